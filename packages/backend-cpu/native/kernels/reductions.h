// How a reduction's dimensions lie in memory.
#pragma once
#include "tsjit/planner.h"

namespace tsjit {

struct ReductionShape {
  Tensor source;           // dense
  int64_t outer = 1, reduced = 1, inner = 1;
};
// Bit i of `mask`: dimension i is reduced. Copies where the memory fits neither rows nor (where allowed) columns.
ReductionShape reductionShape(Planner& p, const Tensor& t, unsigned mask, bool columnsAllowed);
// The same without a copy: false where it would take one.
bool denseReductionShape(const Tensor& t, unsigned mask, bool columnsAllowed, ReductionShape& shape);
unsigned reductionMask(const Dims& dims, int rank);  // none: all dimensions
Dims reducedSizes(const Dims& sizes, unsigned mask, bool keep);

// What a dtype is computed in.
inline DType reductionCompute(DType t) {
  switch (t) {
    case DType::F32: case DType::F16: case DType::BF16: return DType::F32;
    case DType::F64: return DType::F64;
    default:
      require(!isComplex(t), "a reduction of complex numbers");
      return DType::I64;
  }
}
// The extreme and its first position along one dimension of a contiguous float32 tensor, as [outer, inner] results.
void extremeColumns(Planner& p, const Tensor& x, int axis, bool max, const Tensor& values, const Tensor& indices);

}  // namespace tsjit
