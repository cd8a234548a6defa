#ifdef TSJIT_HAVE_DNNL
#include "dnnl_blocked.h"

#include <algorithm>

#include "tsjit/parallel.h"

namespace tsjit::onednn {
namespace {

constexpr int64_t kTile = 16, kMostBlock = 64;

}  // namespace

bool packBlocked(const Desc& target, WeightRows& weights, const float* scale, float* to) {
  const dnnl_memory_desc_t& d = target.data;
  if (d.format_kind != dnnl_blocked || d.data_type != dnnl_f32 || d.ndims < 3 || d.ndims > 5 || d.offset0 != 0 || d.extra.flags != 0) return false;
  const dnnl_blocking_desc_t& b = d.format_desc.blocking;
  bool both = b.inner_nblks == 2 && b.inner_idxs[0] == 1;
  if (!(both || b.inner_nblks == 1) || b.inner_idxs[b.inner_nblks - 1] != 0) return false;
  const int64_t outBlock = b.inner_blks[b.inner_nblks - 1], inBlock = both ? b.inner_blks[0] : 1;
  if (outBlock > kMostBlock) return false;
  const int64_t outputs = d.dims[0], inputs = d.dims[1], paddedInputs = d.padded_dims[1];
  int64_t sizes[3] = {1, 1, 1}, strides[3] = {0, 0, 0};
  for (int i = 2; i < d.ndims; i++) {
    sizes[i + 3 - d.ndims] = d.dims[i];
    strides[i + 3 - d.ndims] = b.strides[i];
    if (d.padded_dims[i] != d.dims[i]) return false;
  }
  // where each element of one input channel's kernel goes
  std::vector<int64_t> places;
  for (int64_t x = 0; x < sizes[0]; x++)
    for (int64_t y = 0; y < sizes[1]; y++)
      for (int64_t z = 0; z < sizes[2]; z++) places.push_back(x * strides[0] + y * strides[1] + z * strides[2]);
  const int64_t kernel = static_cast<int64_t>(places.size()), row = inputs * kernel, blocks = d.padded_dims[0] / outBlock;
  parallelFor(blocks, std::max<int64_t>(1, 65536 / (row * outBlock)), [&](int64_t from, int64_t end) {
    for (int64_t ob = from; ob < end; ob++) {
      const int64_t channels = std::clamp<int64_t>(outputs - ob * outBlock, 0, outBlock);
      const float* rows = weights.get<float>(ob * outBlock, channels);
      float factors[kMostBlock];
      for (int64_t o = 0; o < channels; o++) factors[o] = scale ? scale[ob * outBlock + o] : 1.0f;
      float* block = to + ob * b.strides[0];
      auto place = [&](int64_t i, int64_t k) { return block + i / inBlock * b.strides[1] + i % inBlock * outBlock + places[k]; };
      alignas(64) float tile[kMostBlock][kTile];  // rows of memory may share cache sets: each line is read once
      int64_t i = 0, k = 0;
      for (int64_t e0 = 0; e0 < row; e0 += kTile) {
        const int64_t count = std::min(kTile, row - e0);
        for (int64_t o = 0; o < channels; o++)
          for (int64_t e = 0; e < count; e++) tile[o][e] = rows[o * row + e0 + e] * factors[o];
        for (int64_t e = 0; e < count; e++) {
          float* x = place(i, k);
          for (int64_t o = 0; o < channels; o++) x[o] = tile[o][e];
          std::fill(x + channels, x + outBlock, 0.0f);
          if (++k == kernel) k = 0, i++;
        }
      }
      for (; i < paddedInputs; i++)
        for (k = 0; k < kernel; k++) std::fill_n(place(i, k), outBlock, 0.0f);
    }
  });
  return true;
}

}  // namespace tsjit::onednn
#endif
