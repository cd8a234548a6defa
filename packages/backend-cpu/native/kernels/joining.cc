// Tensors put together: cat, stack, repeat.
#include <algorithm>

#include "axes.h"
#include "memory_format.h"
#include "promotion.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

Tensor part(Planner& p, const Tensor& t, int axis, int64_t start, int64_t length) {
  Dims sizes = t.sizes;
  sizes[axis] = length;
  return p.view(t, sizes, t.strides, t.offset + start * t.strides[axis]);
}
Tensor joined(Planner& p, std::vector<Tensor> list, int64_t dim) {
  require(!list.empty(), "cat of nothing");
  std::vector<Value> values;
  for (auto& t : list) values.push_back(Value::of(t));
  DType dtype = resultType(values);
  // empty vectors take no part (an old habit of PyTorch)
  const Tensor* first = nullptr;
  for (auto& t : list)
    if (!first && !(t.dim() == 1 && t.numel() == 0)) first = &t;
  if (!first) return p.empty(dtype, Dims{0});
  require(first->dim() > 0, "cat of 0-dim tensors");
  int axis = axisOf(dim, first->dim());
  Dims sizes = first->sizes;
  sizes[axis] = 0;
  bool channelsLast = true;
  for (auto& t : list) {
    if (t.dim() == 1 && t.numel() == 0) continue;
    require(t.dim() == first->dim(), "cat of unlike ranks");
    for (int i = 0; i < t.dim(); i++) require(i == axis || t.sizes[i] == sizes[i], "cat of unlike sizes");
    sizes[axis] += t.sizes[axis];
    channelsLast = channelsLast && t.dim() == 4 && hasFormat(t, kChannelsLast) && !t.isContiguous();
  }
  Tensor out = channelsLast ? p.emptyStrided(dtype, sizes, formatStrides(sizes, kChannelsLast)) : p.empty(dtype, sizes);
  int64_t at = 0;
  for (auto& t : list) {
    if (t.dim() == 1 && t.numel() == 0 && first->dim() != 1) continue;
    if (t.numel() > 0) p.copy(part(p, out, axis, at, t.sizes[axis]), t);
    at += t.sizes[axis];
  }
  return out;
}
void cat(Planner& p, Args& a) { a.ret(joined(p, a.tensors(0), a.integer(1))); }
void stack(Planner& p, Args& a) {
  auto list = a.tensors(0);
  require(!list.empty(), "stack of nothing");
  const Dims same = list[0].sizes;
  int axis = axisOf(a.integer(1), same.n + 1);
  for (auto& t : list) require(t.sizes == same, "stack of unlike sizes");
  if (axis < same.n && list[0].numel() > 0) {  // as PyTorch: cat, then the dimension seen as two
    Tensor out = joined(p, list, axis);
    Dims sizes = same, strides = out.strides;
    strides.insert(axis, same[axis] * out.strides[axis]);
    sizes.insert(axis, static_cast<int64_t>(list.size()));
    return a.ret(p.view(out, sizes, strides, out.offset));
  }
  for (auto& t : list) {
    Dims sizes = t.sizes, strides = t.strides;
    sizes.insert(axis, 1);
    strides.insert(axis, axis < t.dim() ? t.sizes[axis] * t.strides[axis] : 1);
    t = p.view(t, sizes, strides, t.offset);
  }
  a.ret(joined(p, list, axis));
}
Tensor repeated(Planner& p, const Tensor& given, const Dims& times) {
  require(times.n >= given.dim(), "repeat's list");
  // [r0, s0, r1, s1…]: copies over a view with stride 0 along each r
  int lead = times.n - given.dim();
  Dims sizes(times.n, 1);
  for (int i = 0; i < times.n; i++) {
    require(times[i] >= 0, "a negative repeat");
    sizes[i] = times[i] * (i < lead ? 1 : given.sizes[i - lead]);
  }
  Tensor out = p.empty(given.dtype, sizes);
  if (out.numel() == 0) return out;
  Dims wide, from, to;
  for (int i = 0; i < times.n; i++) {
    int64_t size = i < lead ? 1 : given.sizes[i - lead], stride = i < lead ? 0 : given.strides[i - lead];
    if (times[i] != 1) {
      wide.push_back(times[i]);
      from.push_back(0);
      to.push_back(size * out.strides[i]);
    }
    wide.push_back(size);
    from.push_back(stride);
    to.push_back(out.strides[i]);
  }
  p.copy(p.view(out, wide, to, 0), p.view(given, wide, from, given.offset));
  return out;
}
void repeat(Planner& p, Args& a) { a.ret(repeated(p, a.tensor(0), a.ints(1))); }
void tile(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  Dims times = a.ints(1);
  while (times.n < x.dim()) times.insert(0, 1);
  a.ret(repeated(p, x, times));
}
void repeatInterleave(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int64_t n = a.integer(1);
  require(n >= 0, "a negative repeat");
  if (a.isNone(2)) {
    x = p.contiguous(x);
    x = p.view(x, Dims{x.numel()}, Dims{1}, x.offset);
  }
  require(x.dim() > 0, "repeat_interleave of a 0-dim tensor");
  int axis = a.isNone(2) ? 0 : axisOf(a.integer(2), x.dim());
  Dims sizes = x.sizes;
  sizes[axis] *= n;
  Tensor out = p.empty(x.dtype, sizes);
  if (out.numel() > 0) {
    Dims wide = x.sizes, from = x.strides, to = out.strides;
    wide.insert(axis + 1, n);
    from.insert(axis + 1, 0);
    to[axis] = out.strides[axis] * n;
    to.insert(axis + 1, out.strides[axis]);
    p.copy(p.view(out, wide, to, 0), p.view(x, wide, from, x.offset));
  }
  a.ret(out);
}

TSJIT_KERNEL("aten::cat(Tensor[] tensors, int dim=0) -> Tensor", (cat));
TSJIT_KERNEL("aten::concat(Tensor[] tensors, int dim=0) -> Tensor", (cat));
TSJIT_KERNEL("aten::concatenate(Tensor[] tensors, int dim=0) -> Tensor", (cat));
TSJIT_KERNEL("aten::stack(Tensor[] tensors, int dim=0) -> Tensor", (stack));
TSJIT_KERNEL("aten::repeat(Tensor self, SymInt[] repeats) -> Tensor", (repeat));
TSJIT_KERNEL("aten::tile(Tensor self, SymInt[] dims) -> Tensor", (tile));
TSJIT_KERNEL("aten::repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor", (repeatInterleave));

}  // namespace
}  // namespace tsjit
