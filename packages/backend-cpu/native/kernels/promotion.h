// PyTorch's result_type: tensors with dimensions decide, then 0-dim tensors, then numbers; a lower rank counts only where its kind
// (bool, integer, float, complex) is higher.
#pragma once
#include <vector>

#include "tsjit/value.h"

namespace tsjit {

inline DType resultType(const std::vector<Value>& values) {
  int dim = -1, zero = -1, number = -1;
  auto join = [](int& state, DType t) { state = state < 0 ? static_cast<int>(t) : static_cast<int>(promote(static_cast<DType>(state), t)); };
  for (const Value& v : values) {
    switch (v.tag) {
      case Value::Tag::Tensor:
        if (v.tensor.wrappedNumber) {
          DType t = v.tensor.dtype;
          join(number, isComplex(t) ? DType::C64 : isFloat(t) ? DType::F32 : t);
        } else {
          join(v.tensor.sizes.n > 0 ? dim : zero, v.tensor.dtype);
        }
        break;
      case Value::Tag::Int: join(number, DType::I64); break;
      case Value::Tag::Bool: join(number, DType::Bool); break;
      case Value::Tag::Float: join(number, DType::F32); break;
      case Value::Tag::Complex: join(number, DType::C64); break;
      default: throw Bailout("an operand that is neither a tensor nor a number");
    }
  }
  auto combine = [](int high, int low) {
    if (high < 0) return low;
    if (low < 0) return high;
    DType h = static_cast<DType>(high), l = static_cast<DType>(low);
    if (isComplex(h)) return high;
    if (isFloat(h)) {
      if (!isComplex(l)) return high;
      return static_cast<int>(h == DType::F64 ? DType::C128 : h == DType::F16 ? DType::C32 : DType::C64);
    }
    if (h == DType::Bool || isFloat(l) || isComplex(l)) return static_cast<int>(promote(h, l));
    return high;
  };
  return static_cast<DType>(combine(dim, combine(zero, number)));
}

// Whether an in-place result of dtype `from` may be stored as `to`.
inline bool canCast(DType from, DType to) {
  if (isComplex(from) && !isComplex(to)) return false;
  if (isFloat(from) && !isFloat(to) && !isComplex(to)) return false;
  if (from != DType::Bool && to == DType::Bool) return false;
  return true;
}

}  // namespace tsjit
