// Where the elements of images lie, for kernels that work on plain, channels-last and blocked tensors alike.
#pragma once
#include "dnnl_engine.h"
#include "memory_format.h"
#include "tsjit/planner.h"

namespace tsjit {

// Whether a plain tensor's strides say channels last, as PyTorch's suggest_memory_format decides it (ambiguous ones do not).
inline bool suggestsChannelsLast(const Tensor& t) {
  if (t.layout || t.dim() < 4 || t.dim() > 5) return false;
  int64_t least = 0;
  if (t.strides[1] == 0) return false;
  for (int k = 0; k < t.dim(); k++) {
    int d = k == 0 ? 1 : k == t.dim() - 1 ? 0 : t.dim() - k;  // channels, the last dimension … the first spatial one, the batch
    if (t.sizes[d] == 0 || t.strides[d] < least) return false;
    if (d == 0 && least == t.strides[1]) return false;
    least = t.strides[d];
    if (t.sizes[d] > 1) least *= t.sizes[d];
  }
  return true;
}

struct Placement {  // where elements lie: outer blocks of `inner` neighbouring channels
  int64_t outer = 0, inner = 1;
  int64_t outerStride = 0, stride[3] = {0, 0, 0};
};

// The input as it lies where the kernels can follow that, else plain.
inline Tensor place(Planner& p, const Tensor& t, int spatial, Placement& place, bool vector) {
#ifdef TSJIT_HAVE_DNNL
  if (vector && t.dim() == spatial + 2 && t.dtype == DType::F32) {
    onednn::Kind kind = onednn::kindOf(t);
    int64_t block = kind == onednn::Kind::ChannelsLast ? t.size(1) : kind == onednn::Kind::Blocked16 ? 16 : kind == onednn::Kind::Blocked8 ? 8 : 0;
    if (block > 1 && t.size(1) % block == 0) {
      place.inner = block;
      place.outer = t.size(0) * (t.size(1) / block);
      int64_t step = block;
      for (int d = spatial - 1; d >= 0; d--) {
        place.stride[d] = step;
        step *= t.size(d + 2);
      }
      place.outerStride = step;
      return t;
    }
  }
#else
  (void)vector;
#endif
  Tensor c = p.contiguous(t);
  place.inner = 1;
  int64_t step = 1;
  for (int d = spatial - 1; d >= 0; d--) {
    place.stride[d] = step;
    step *= c.size(c.dim() - spatial + d);
  }
  place.outerStride = step;
  place.outer = c.numel() / std::max<int64_t>(step, 1);
  return c;
}

// The same placement with other spatial sizes.
inline Placement resized(const Placement& from, const int64_t* sizes, int spatial) {
  Placement to = from;
  int64_t step = from.inner;
  for (int d = spatial - 1; d >= 0; d--) {
    to.stride[d] = step;
    step *= sizes[d];
  }
  to.outerStride = step;
  return to;
}

// A result for an input that `place` placed.
inline Tensor emptyPlaced(Planner& p, const Tensor& placed, const Placement& from, const Dims& sizes) {
#ifdef TSJIT_HAVE_DNNL
  if (suggestsChannelsLast(placed) && from.inner > 1) return p.emptyStrided(placed.dtype, sizes, formatStrides(sizes, sizes.n == 4 ? kChannelsLast : kChannelsLast3d));
  if (from.inner > 1) return onednn::emptyFor(p, sizes, onednn::describe(sizes, onednn::kindOf(placed)));
#else
  (void)from;
#endif
  return p.empty(placed.dtype, sizes);
}

// A row-major result as the program expects it for this input: channels last where the input is.
inline Tensor inFormatOf(Planner& p, const Tensor& given, const Tensor& y) {
  if (y.layout || !suggestsChannelsLast(given) || !y.isContiguous()) return y;
  Tensor z = p.emptyStrided(y.dtype, y.sizes, formatStrides(y.sizes, y.dim() == 4 ? kChannelsLast : kChannelsLast3d));
  p.copy(z, y);
  return z;
}

}  // namespace tsjit
