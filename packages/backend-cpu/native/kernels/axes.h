// Dimensions as programs write them, and broadcasting.
#pragma once
#include <algorithm>

#include "tsjit/dims.h"

namespace tsjit {

// A dimension counted from either end; 0-dim tensors take 0 and -1.
inline int axisOf(int64_t dim, int rank) {
  int64_t r = std::max(rank, 1);
  require(dim >= -r && dim < r, "a dimension out of range");
  return static_cast<int>(dim < 0 ? dim + r : dim);
}

inline Dims broadcastShape(const Dims& a, const Dims& b) {
  Dims out(std::max(a.n, b.n), 1);
  for (int i = 0; i < out.n; i++) {
    int64_t x = i < out.n - a.n ? 1 : a[i - (out.n - a.n)], y = i < out.n - b.n ? 1 : b[i - (out.n - b.n)];
    require(x == y || x == 1 || y == 1, "sizes that do not broadcast");
    out[i] = x == 1 ? y : x;
  }
  return out;
}

}  // namespace tsjit
