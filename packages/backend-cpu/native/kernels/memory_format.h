// PyTorch's memory formats as strides.
#pragma once
#include <algorithm>
#include <vector>

#include "tsjit/buffer.h"

namespace tsjit {

constexpr int64_t kContiguousFormat = 0, kPreserveFormat = 1, kChannelsLast = 2, kChannelsLast3d = 3;

inline Dims formatStrides(const Dims& sizes, int64_t format) {
  if (format == kContiguousFormat || format == kPreserveFormat) return contiguousStrides(sizes);
  require(sizes.n == (format == kChannelsLast ? 4 : 5), "channels last of another rank");
  Dims strides(sizes.n, 1);
  int64_t step = std::max<int64_t>(sizes[1], 1);
  for (int i = sizes.n - 1; i >= 2; i--) {
    strides[i] = step;
    step *= std::max<int64_t>(sizes[i], 1);
  }
  strides[0] = step;
  return strides;
}
inline bool hasFormat(const Tensor& t, int64_t format) {
  if (format == kContiguousFormat) return t.isContiguous();
  if (format == kPreserveFormat) return true;
  if (t.layout || t.sizes.n != (format == kChannelsLast ? 4 : 5)) return false;
  Dims strides = formatStrides(t.sizes, format);
  for (int i = 0; i < t.sizes.n; i++)
    if (t.sizes[i] != 1 && t.strides[i] != strides[i]) return false;
  return true;
}
inline bool nonOverlappingDense(const Tensor& t) {
  if (t.layout) return false;
  std::vector<int> order;
  for (int i = 0; i < t.sizes.n; i++)
    if (t.sizes[i] != 1) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](int a, int b) { return t.strides[a] < t.strides[b]; });
  int64_t expected = 1;
  for (int d : order) {
    if (t.strides[d] != expected) return false;
    expected *= t.sizes[d];
  }
  return true;
}
// Dense strides in the order of t's own (PyTorch's infer_dense_strides): for copies that preserve the format.
inline Dims orderedStrides(const Tensor& t) {
  int n = t.sizes.n;
  std::vector<int> perm(static_cast<size_t>(n));
  for (int i = 0; i < n; i++) perm[i] = n - 1 - i;
  auto shouldSwap = [&](int d0, int d1) {
    int64_t a = t.strides[d0], b = t.strides[d1];
    if (a == 0 || b == 0) return 0;
    if (a < b) return -1;
    if (a > b) return 1;
    return t.sizes[d0] > t.sizes[d1] ? 1 : 0;
  };
  for (int i = 1; i < n; i++) {
    int d1 = i;
    for (int d0 = i - 1; d0 >= 0; d0--) {
      int c = shouldSwap(perm[d0], perm[d1]);
      if (c > 0) {
        std::swap(perm[d0], perm[d1]);
        d1 = d0;
      } else if (c < 0) {
        break;
      }
    }
  }
  Dims out(n, 1);
  int64_t step = 1;
  for (int d : perm) {
    out[d] = step;
    step *= std::max<int64_t>(t.sizes[d], 1);
  }
  return out;
}

}  // namespace tsjit
