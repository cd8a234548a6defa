// The vector kernels, compiled once for each instruction set; `simd()` gives the best table for this machine.
#pragma once
#include <cstdint>

#include "tsjit/dtype.h"
#include "tsjit/pointwise.h"

namespace tsjit {

// One operation over n elements of a tile. Operands may be the output.
using TileFn = void (*)(const void* a, const void* b, const void* c, void* out, int64_t n, const double* pqr);
// n elements `stride` elements apart into a dense tile of the compute type, and back.
using LoadFn = void (*)(const void* from, int64_t stride, void* tile, int64_t n);
using StoreFn = void (*)(const void* tile, void* to, int64_t stride, int64_t n);

struct SimdTable {
  const char* name;
  TileFn op[3][static_cast<int>(PwOp::Count)];  // by PwCompute; null where there is none
  LoadFn load[3][32];                           // by PwCompute and dtype
  StoreFn store[3][32];
  // float32 rows of n elements
  double (*sum)(const float* x, int64_t n);
  float (*max)(const float* x, int64_t n);  // NaN where there is one
  float (*min)(const float* x, int64_t n);
  double (*sumSquares)(const float* x, int64_t n);
  // Welford-free mean and variance sums: sum of (x - mean)^2
  double (*sumSquaredDeviations)(const float* x, int64_t n, float mean);
  void (*softmax)(const float* x, float* y, int64_t n);
  void (*logSoftmax)(const float* x, float* y, int64_t n);
  void (*accumulate)(const float* x, float* y, int64_t n);     // y += x
  void (*accumulateMax)(const float* x, float* y, int64_t n);  // y = max(y, x), NaN wins
  void (*accumulateMin)(const float* x, float* y, int64_t n);
  void (*exp)(const float* x, float* y, int64_t n);
};

const SimdTable& simd();
const char* simdName();

}  // namespace tsjit
