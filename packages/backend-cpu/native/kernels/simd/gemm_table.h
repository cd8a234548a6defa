// Matrix kernels, compiled once for each instruction set; `gemmTable()` gives the best for this machine.
#pragma once
#include <cstdint>

namespace tsjit {

// One thread's part of C = A * B, where B lies in panels of `nr` columns (see gemm.h).
template <class T>
struct GemmKernels {
  int mr, nr;
  // C[m, n] = A[m, k] * B + (accumulate ? C : bias or 0). `a` is row-major (`lda`) or, where `lda` is 0, packed k-major in tiles of m.
  // m <= mr and n <= nr; B has all nr columns, `ldb` apart.
  void (*tile)(int64_t k, const T* a, int64_t lda, const T* b, int64_t ldb, T* c, int64_t ldc, int m, int n, const T* bias, bool accumulate);
  // Rows of A, k-major: to[j * m + i] = a[i * rowStride + j * columnStride].
  void (*packA)(const T* a, int64_t rowStride, int64_t columnStride, int m, int64_t k, T* to);
  // A panel of B: to[j * nr + i] = b[j * kStride + i * nStride] for i < n, zeros above.
  void (*packB)(const T* b, int64_t kStride, int64_t nStride, int64_t k, int n, T* to);
  // y[i] = sum_j a[i * lda + j] * x[j] for rows of contiguous elements.
  void (*dots)(const T* a, int64_t lda, int64_t rows, int64_t k, const T* x, T* y);
};

struct PoolTable {
  // One output position of `inner` contiguous channels: out = max or sum over count taps, taps[i] pointing at `inner` elements.
  void (*maxTaps)(const float* const* taps, int64_t count, int64_t inner, float* out);
  void (*averageTaps)(const float* const* taps, int64_t count, int64_t inner, float scale, float* out);
  void (*weightedTaps)(const float* const* taps, const float* weights, int64_t count, int64_t inner, float* out);
};

struct GemmTable {
  const char* name;
  GemmKernels<float> f32;
  GemmKernels<double> f64;
  PoolTable pool;
  // y = (x - mean) * scale[i] * g[i] + b[i]; g and b may be null
  void (*normalizeRow)(const float* x, float* y, int64_t n, float mean, float scale, const float* g, const float* b);
  void (*rowMoments)(const float* x, int64_t n, double* mean, double* variance);  // variance: mean of squared deviations
  // Online softmax of attention: scores[n] (scaled and masked already) against the running maximum: returns the new maximum, writes
  // exp(score - maximum) back and gives their sum.
  float (*softmaxStep)(float* scores, int64_t n, float maximum, float* sum);
  void (*scaleRow)(float* x, int64_t n, float s);
  // LSTM: gates i f g o of `n` units each `stride` apart, pre-activation; c in place, h out.
  void (*lstmGates)(const float* gates, int64_t stride, int64_t n, float* c, float* h);
  // GRU: x part (3n, with its bias) and h part (3n, with its bias), reset, update, new.
  void (*gruGates)(const float* x, const float* g, int64_t stride, int64_t n, const float* hOld, float* h);
  void (*tanhRow)(const float* x, float* y, int64_t n);
};

const GemmTable& gemmTable();

}  // namespace tsjit
