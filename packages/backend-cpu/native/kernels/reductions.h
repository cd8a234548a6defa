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
unsigned reductionMask(const Dims& dims, int rank);  // none: all dimensions
Dims reducedSizes(const Dims& sizes, unsigned mask, bool keep);

}  // namespace tsjit
