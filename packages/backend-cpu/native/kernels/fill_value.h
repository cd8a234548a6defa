// Numbers that a tensor is filled with: PyTorch refuses those that the dtype does not hold, and the reference kernels throw what it throws.
#pragma once
#include <cmath>

#include "tsjit/bailout.h"
#include "tsjit/planner.h"

namespace tsjit {

inline void requireHeld(Planner& p, const Value& v, DType dtype) {
  if (v.tag != Value::Tag::Float && v.tag != Value::Tag::Int) return;
  double most = 0;
  switch (dtype) {
    case DType::U8: most = 255; break;
    case DType::I8: most = 127; break;
    case DType::I16: most = 32767; break;
    case DType::I32: most = 2147483647; break;
    case DType::I64: most = 9.2233720368547758e18; break;
    case DType::F16: most = 65504; break;
    default: return;
  }
  double x = p.read(v), least = dtype == DType::U8 || dtype == DType::F16 ? -most : -most - 1;  // small negative numbers wrap in uint8
  require(std::isfinite(x) ? x >= least && x <= most : isFloat(dtype), "a fill value that the dtype does not hold");
}

}  // namespace tsjit
