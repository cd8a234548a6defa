// Matrix products as steps: recorded by the matmul family, linear, 1x1 convolutions and recurrent cells.
#pragma once
#include "gemm_tail.h"
#include "tsjit/planner.h"

namespace tsjit {

// out[batch, m, n] = alpha * a[batch, m, k] * b[batch, k, n] + bias[n]. Strides in elements; out is contiguous. B that is known while
// planning and the same for all batches is packed once.
struct MatmulSpec {
  Tensor a, b, bias, out;
  int64_t batch = 1, m = 0, n = 0, k = 0;
  int64_t aBatch = 0, aRow = 0, aColumn = 1;  // strides of a
  int64_t bBatch = 0, bRow = 0, bColumn = 1;  // strides of b: along k, along n
  std::vector<int64_t> aOffsets, bOffsets;    // of each batch, where one stride does not do
};
void recordMatmul(Planner& p, const MatmulSpec& spec);

// y = x * w^T + bias over the last dimension.
Tensor linear(Planner& p, const Tensor& x, const Tensor& w, const Tensor& bias);

}  // namespace tsjit
