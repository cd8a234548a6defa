// Tensors put together: cat, stack, constant padding, repeat, flip, roll.
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
Tensor padded(Planner& p, const Tensor& x, const Dims& pad, const Value& value) {
  require(pad.n % 2 == 0 && pad.n / 2 <= x.dim(), "pad's list");
  Dims sizes = x.sizes;
  int64_t offset = 0;
  Tensor source = x;
  Dims begin(x.dim(), 0);
  for (int i = 0; i < pad.n / 2; i++) {
    int axis = x.dim() - 1 - i;
    int64_t before = pad[2 * i], after = pad[2 * i + 1];
    sizes[axis] += before + after;
    require(sizes[axis] >= 0, "pad below nothing");
    // negative padding cuts
    if (before < 0) source = part(p, source, axis, -before, source.sizes[axis] + before);
    if (after < 0) source = part(p, source, axis, 0, source.sizes[axis] + after);
    begin[axis] = std::max<int64_t>(before, 0);
  }
  bool channelsLast = x.dim() == 4 && hasFormat(x, kChannelsLast) && !x.isContiguous();
  Tensor out = channelsLast ? p.emptyStrided(x.dtype, sizes, formatStrides(sizes, kChannelsLast)) : p.empty(x.dtype, sizes);
  DType compute = isFloat(x.dtype) ? x.dtype : value.tag == Value::Tag::Float ? DType::F64 : DType::I64;
  require(!isComplex(x.dtype), "pad of complex numbers");
  bool any = false;
  for (int i = 0; i < pad.n; i++) any = any || pad[i] > 0;
  if (any) pointwise(p, PwOp::Copy, compute, x.dtype, {value}, 0, 0, 0, &out);
  for (int i = 0; i < out.dim(); i++) offset += begin[i] * out.strides[i];
  if (source.numel() > 0) p.copy(p.view(out, source.sizes, out.strides, offset), source);
  return out;
}
void constantPad(Planner& p, Args& a) { a.ret(padded(p, a.tensor(0), a.ints(1), a.value(2))); }

// The elements that padding repeats, as strips copied from the input: one dimension after another.
Tensor borders(Planner& p, Tensor x, const Dims& pad, bool reflect) {
  require(x.dtype != DType::Bool, "border padding of bool");
  for (int i = 0; i < pad.n / 2; i++) {
    int axis = x.dim() - 1 - i;
    int64_t before = pad[2 * i], after = pad[2 * i + 1], n = x.sizes[axis];
    if (before == 0 && after == 0) continue;
    require(before >= 0 && after >= 0 && n > 0 && (!reflect || (before < n && after < n)), "padding beyond the input");
    Dims sizes = x.sizes;
    sizes[axis] = n + before + after;
    Tensor out = p.empty(x.dtype, sizes);
    p.copy(part(p, out, axis, before, n), x);
    if (reflect) {
      for (int64_t k = 0; k < before; k++) p.copy(part(p, out, axis, before - 1 - k, 1), part(p, x, axis, k + 1, 1));
      for (int64_t k = 0; k < after; k++) p.copy(part(p, out, axis, before + n + k, 1), part(p, x, axis, n - 2 - k, 1));
    } else {
      // one element repeated: a view with stride 0
      auto repeated = [&](int64_t from, int64_t count) {
        Tensor t = part(p, x, axis, from, 1);
        Dims s = t.sizes, st = t.strides;
        s[axis] = count;
        st[axis] = 0;
        return p.view(t, s, st, t.offset);
      };
      if (before) p.copy(part(p, out, axis, 0, before), repeated(0, before));
      if (after) p.copy(part(p, out, axis, before + n, after), repeated(n - 1, after));
    }
    x = out;
  }
  return x;
}
template <bool REFLECT, int N>
void borderPad(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  require(a.ints(1).n == 2 * N && (x.dim() == N + 1 || x.dim() == N + 2), "padding of this many dimensions");
  Tensor y = borders(p, x, a.ints(1), REFLECT);
  a.ret(y.buffer == x.buffer ? p.callTensor("aten::clone", {Value::of(x), Value::ofInt(0)}) : y);
}
void pad(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  const std::string& mode = a.text(2);
  if (mode == "constant") return a.ret(padded(p, x, a.ints(1), a.isNone(3) ? Value::ofFloat(0) : a.value(3)));
  require((mode == "reflect" || mode == "replicate") && a.isNone(3), "pad's mode");
  Dims list = a.ints(1);
  require(list.n % 2 == 0 && (x.dim() == list.n / 2 + 1 || x.dim() == list.n / 2 + 2) && list.n <= 6, "padding of this many dimensions");
  Tensor y = borders(p, x, list, mode == "reflect");
  a.ret(y.buffer == x.buffer ? p.callTensor("aten::clone", {Value::of(x), Value::ofInt(0)}) : y);
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
void roll(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  Dims shifts = a.ints(1), dims = a.ints(2);
  bool flat = dims.n == 0;
  Dims original = x.sizes;
  if (flat) {
    require(shifts.n == 1, "roll's lists");
    x = p.contiguous(x);
    x = p.view(x, Dims{x.numel()}, Dims{1}, x.offset);
    dims = Dims{0};
  }
  require(shifts.n == dims.n, "roll's lists");
  for (int k = 0; k < dims.n; k++) {
    int axis = axisOf(dims[k], x.dim());
    int64_t n = x.sizes[axis];
    Tensor out = p.empty(x.dtype, x.sizes);
    if (x.numel() > 0) {
      int64_t s = ((shifts[k] % n) + n) % n;
      p.copy(part(p, out, axis, s, n - s), part(p, x, axis, 0, n - s));
      if (s) p.copy(part(p, out, axis, 0, s), part(p, x, axis, n - s, s));
    }
    x = out;
  }
  a.ret(flat ? p.view(x, original, contiguousStrides(original), 0) : x);
}

TSJIT_KERNEL("aten::cat(Tensor[] tensors, int dim=0) -> Tensor", (cat));
TSJIT_KERNEL("aten::concat(Tensor[] tensors, int dim=0) -> Tensor", (cat));
TSJIT_KERNEL("aten::concatenate(Tensor[] tensors, int dim=0) -> Tensor", (cat));
TSJIT_KERNEL("aten::stack(Tensor[] tensors, int dim=0) -> Tensor", (stack));
TSJIT_KERNEL("aten::constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor", (constantPad));
TSJIT_KERNEL("aten::pad(Tensor self, SymInt[] pad, str mode=\"constant\", float? value=None) -> Tensor", (pad));
TSJIT_KERNEL("aten::reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor", (borderPad<true, 1>));
TSJIT_KERNEL("aten::reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor", (borderPad<true, 2>));
TSJIT_KERNEL("aten::reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor", (borderPad<true, 3>));
TSJIT_KERNEL("aten::replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor", (borderPad<false, 1>));
TSJIT_KERNEL("aten::replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor", (borderPad<false, 2>));
TSJIT_KERNEL("aten::replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor", (borderPad<false, 3>));
TSJIT_KERNEL("aten::repeat(Tensor self, SymInt[] repeats) -> Tensor", (repeat));
TSJIT_KERNEL("aten::tile(Tensor self, SymInt[] dims) -> Tensor", (tile));
TSJIT_KERNEL("aten::repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor", (repeatInterleave));
TSJIT_KERNEL("aten::roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor", (roll));

}  // namespace
}  // namespace tsjit
