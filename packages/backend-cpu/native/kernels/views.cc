// Views: other sizes and strides over the same memory; no steps.
#include <algorithm>

#include "axes.h"
#include "tsjit/planner.h"

namespace tsjit {
namespace {

Tensor withSizes(Planner& p, const Tensor& t, const Dims& sizes, const Dims& strides) { return p.view(t, sizes, strides, t.offset); }

// Sizes with one -1 resolved.
Dims inferSizes(Dims sizes, int64_t numel) {
  int unknown = -1;
  int64_t known = 1;
  for (int i = 0; i < sizes.n; i++) {
    if (sizes[i] == -1) {
      require(unknown < 0, "two unknown sizes");
      unknown = i;
    } else {
      require(sizes[i] >= 0, "a negative size");
      known *= sizes[i];
    }
  }
  if (unknown >= 0) {
    require(known != 0 && numel % known == 0, "sizes that do not fit");
    sizes[unknown] = numel / known;
  } else {
    require(known == numel, "sizes that do not fit");
  }
  return sizes;
}

// The strides of the same elements seen as `sizes`, or false where a copy is needed (PyTorch's computeStride).
bool viewStrides(const Tensor& t, const Dims& sizes, Dims& strides) {
  if (t.numel() == 0) {
    strides = t.sizes == sizes ? t.strides : contiguousStrides(sizes);
    return true;
  }
  strides = Dims(sizes.n, 1);
  if (t.dim() == 0) return true;
  int view = sizes.n - 1;
  int64_t chunkBase = t.strides.back(), tensorNumel = 1, viewNumel = 1;
  for (int d = t.dim() - 1; d >= 0; d--) {
    tensorNumel *= t.sizes[d];
    if (d == 0 || (t.sizes[d - 1] != 1 && t.strides[d - 1] != tensorNumel * chunkBase)) {
      while (view >= 0 && (viewNumel < tensorNumel || sizes[view] == 1)) {
        strides[view] = viewNumel * chunkBase;
        viewNumel *= sizes[view];
        view--;
      }
      if (viewNumel != tensorNumel) return false;
      if (d > 0) {
        chunkBase = t.strides[d - 1];
        tensorNumel = 1;
        viewNumel = 1;
      }
    }
  }
  return view == -1;
}

Tensor reshaped(Planner& p, const Tensor& t, const Dims& wanted, bool mayCopy) {
  Dims sizes = inferSizes(wanted, t.numel()), strides;
  if (viewStrides(t, sizes, strides)) return withSizes(p, t, sizes, strides);
  require(mayCopy, "a view that its strides do not allow");
  Tensor c = p.contiguous(t);
  return withSizes(p, c, sizes, contiguousStrides(sizes));
}

void view(Planner& p, Args& a) { a.ret(reshaped(p, a.tensor(0), a.ints(1), false)); }
void reshape(Planner& p, Args& a) { a.ret(reshaped(p, a.tensor(0), a.ints(1), true)); }
void viewAs(Planner& p, Args& a) { a.ret(reshaped(p, a.tensor(0), a.tensorAnyLayout(1).sizes, false)); }
void reshapeAs(Planner& p, Args& a) { a.ret(reshaped(p, a.tensor(0), a.tensorAnyLayout(1).sizes, true)); }
void viewDType(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  auto to = static_cast<DType>(a.integer(1));
  require(itemSize(to) == itemSize(t.dtype), "a view as a dtype of another size");
  Tensor v = withSizes(p, t, t.sizes, t.strides);
  v.dtype = to;
  a.ret(v);
}
void flatten(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  if (t.dim() == 0) return a.ret(withSizes(p, t, Dims{1}, Dims{1}));
  int begin = axisOf(a.integer(1), t.dim()), end = axisOf(a.integer(2), t.dim());
  require(begin <= end, "flatten's dimensions");
  if (begin == end) return a.ret(a.value(0));
  Dims sizes;
  int64_t product = 1;
  for (int i = 0; i < t.dim(); i++) {
    if (i >= begin && i <= end) product *= t.sizes[i];
    if (i < begin || i > end) sizes.push_back(t.sizes[i]);
    if (i == end) sizes.push_back(product);
  }
  a.ret(reshaped(p, t, sizes, true));
}
void unflatten(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  int axis = axisOf(a.integer(1), t.dim());
  Dims inner = inferSizes(a.ints(2), t.sizes[axis]), sizes;
  for (int i = 0; i < t.dim(); i++) {
    if (i != axis) sizes.push_back(t.sizes[i]);
    else for (int64_t s : inner) sizes.push_back(s);
  }
  a.ret(reshaped(p, t, sizes, false));
}

Tensor permuted(Planner& p, const Tensor& t, const Dims& order) {
  require(order.n == t.dim(), "permute's dimensions");
  Dims sizes, strides;
  unsigned seen = 0;
  for (int64_t d : order) {
    int axis = axisOf(d, t.dim());
    require(!(seen >> axis & 1), "permute's dimensions");
    seen |= 1u << axis;
    sizes.push_back(t.sizes[axis]);
    strides.push_back(t.strides[axis]);
  }
  return withSizes(p, t, sizes, strides);
}
void permute(Planner& p, Args& a) { a.ret(permuted(p, a.tensor(0), a.ints(1))); }
void transpose(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  int x = axisOf(a.integer(1), t.dim()), y = axisOf(a.integer(2), t.dim());
  Dims sizes = t.sizes, strides = t.strides;
  if (t.dim() > 0) {
    std::swap(sizes[x], sizes[y]);
    std::swap(strides[x], strides[y]);
  }
  a.ret(withSizes(p, t, sizes, strides));
}
void t(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() <= 2, "t of more than two dimensions");
  if (t.dim() < 2) return a.ret(withSizes(p, t, t.sizes, t.strides));
  a.ret(withSizes(p, t, Dims{t.sizes[1], t.sizes[0]}, Dims{t.strides[1], t.strides[0]}));
}
void reverseAxes(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  Dims order;
  for (int i = t.dim() - 1; i >= 0; i--) order.push_back(i);
  a.ret(permuted(p, t, order));
}
void swapLastTwo(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() >= 2, "mT of fewer than two dimensions");
  Dims sizes = t.sizes, strides = t.strides;
  std::swap(sizes[t.dim() - 1], sizes[t.dim() - 2]);
  std::swap(strides[t.dim() - 1], strides[t.dim() - 2]);
  a.ret(withSizes(p, t, sizes, strides));
}
void movedim(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  Dims from = a.ints(1), to = a.ints(2), order(t.dim(), -1);
  require(from.n == to.n, "movedim's dimensions");
  unsigned moved = 0;
  for (int i = 0; i < from.n; i++) {
    int source = axisOf(from[i], t.dim()), target = axisOf(to[i], t.dim());
    require(order[target] == -1 && !(moved >> source & 1), "movedim's dimensions");
    order[target] = source;
    moved |= 1u << source;
  }
  int next = 0;
  for (int i = 0; i < t.dim(); i++) {
    if (order[i] != -1) continue;
    while (moved >> next & 1) next++;
    order[i] = next++;
  }
  a.ret(permuted(p, t, order));
}

void select(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "select of a 0-dim tensor");
  int axis = axisOf(a.integer(1), t.dim());
  int64_t i = a.integer(2), n = t.sizes[axis];
  require(i >= -n && i < n, "an index out of range");
  if (i < 0) i += n;
  Dims sizes = t.sizes, strides = t.strides;
  int64_t offset = t.offset + i * strides[axis];
  sizes.erase(axis);
  strides.erase(axis);
  a.ret(p.view(t, sizes, strides, offset));
}
Tensor sliced(Planner& p, const Tensor& t, int axis, int64_t start, int64_t end, int64_t step) {
  int64_t n = t.sizes[axis];
  require(step > 0, "a slice with a step below one");
  start = std::clamp<int64_t>(start < 0 ? start + n : start, 0, n);
  end = std::clamp<int64_t>(end < 0 ? end + n : end, start, n);
  Dims sizes = t.sizes, strides = t.strides;
  sizes[axis] = (end - start + step - 1) / step;
  int64_t offset = t.offset + start * strides[axis];
  strides[axis] *= step;
  return p.view(t, sizes, strides, offset);
}
void slice(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "slice of a 0-dim tensor");
  a.ret(sliced(p, t, axisOf(a.integer(1), t.dim()), a.integerOr(2, 0), a.integerOr(3, INT64_MAX), a.integer(4)));
}
void narrow(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "narrow of a 0-dim tensor");
  int axis = axisOf(a.integer(1), t.dim());
  int64_t n = t.sizes[axis], start = a.integer(2), length = a.integer(3);
  if (start < 0) start += n;
  require(start >= 0 && length >= 0 && start + length <= n, "narrow out of range");
  a.ret(sliced(p, t, axis, start, start + length, 1));
}
void unbind(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "unbind of a 0-dim tensor");
  int axis = axisOf(a.integer(1), t.dim());
  Dims sizes = t.sizes, strides = t.strides;
  sizes.erase(axis);
  strides.erase(axis);
  std::vector<Value> parts;
  for (int64_t i = 0; i < t.sizes[axis]; i++) parts.push_back(Value::of(p.view(t, sizes, strides, t.offset + i * t.strides[axis])));
  a.ret(Value::list(std::move(parts)));
}
void splitBySizes(Planner& p, Args& a, const Tensor& t, int axis, const std::vector<int64_t>& sizes) {
  std::vector<Value> parts;
  int64_t at = 0;
  for (int64_t n : sizes) {
    require(n >= 0, "a negative split");
    parts.push_back(Value::of(sliced(p, t, axis, at, at + n, 1)));
    at += n;
  }
  a.ret(Value::list(std::move(parts)));
}
void splitWithSizes(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "split of a 0-dim tensor");
  int axis = axisOf(a.integer(2), t.dim());
  std::vector<int64_t> sizes;
  int64_t sum = 0;
  require(a.value(1).items != nullptr, "split's sizes");
  for (auto& v : *a.value(1).items) sizes.push_back(v.i), sum += v.i;
  require(sum == t.sizes[axis], "split's sizes");
  splitBySizes(p, a, t, axis, sizes);
}
void splitEvery(Planner& p, Args& a, int64_t each, int axis, const Tensor& t) {
  int64_t n = t.sizes[axis];
  require(each > 0 || n == 0, "split's size");
  std::vector<int64_t> sizes;
  for (int64_t at = 0; at < n; at += each) sizes.push_back(std::min(each, n - at));
  if (sizes.empty()) sizes.push_back(0);
  splitBySizes(p, a, t, axis, sizes);
}
void split(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "split of a 0-dim tensor");
  splitEvery(p, a, a.integer(1), axisOf(a.integer(2), t.dim()), t);
}
void chunk(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "chunk of a 0-dim tensor");
  int axis = axisOf(a.integer(2), t.dim());
  int64_t chunks = a.integer(1), n = t.sizes[axis];
  require(chunks > 0, "chunk's count");
  if (n == 0) return splitBySizes(p, a, t, axis, std::vector<int64_t>(static_cast<size_t>(chunks), 0));
  splitEvery(p, a, (n + chunks - 1) / chunks, axis, t);
}
void tensorSplit(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "tensor_split of a 0-dim tensor");
  int axis = axisOf(a.integer(2), t.dim());
  int64_t sections = a.integer(1), n = t.sizes[axis];
  require(sections > 0, "tensor_split's sections");
  std::vector<int64_t> sizes;
  for (int64_t i = 0; i < sections; i++) sizes.push_back(n / sections + (i < n % sections ? 1 : 0));
  splitBySizes(p, a, t, axis, sizes);
}

Tensor expanded(Planner& p, const Tensor& t, const Dims& wanted) {
  require(wanted.n >= t.dim(), "expand to fewer dimensions");
  Dims sizes = wanted, strides(wanted.n, 0);
  int lead = wanted.n - t.dim();
  for (int i = wanted.n - 1; i >= 0; i--) {
    int64_t size = i >= lead ? t.sizes[i - lead] : 1;
    int64_t stride = i >= lead ? t.strides[i - lead] : (i + 1 < wanted.n ? sizes[i + 1] * strides[i + 1] : 1);
    if (sizes[i] == -1) {
      require(i >= lead, "expand of an unknown size");
      sizes[i] = size;
    }
    require(sizes[i] >= 0 && (size == sizes[i] || size == 1), "expand to sizes that do not fit");
    strides[i] = size != sizes[i] ? 0 : stride;
  }
  return withSizes(p, t, sizes, strides);
}
void expand(Planner& p, Args& a) { a.ret(expanded(p, a.tensor(0), a.ints(1))); }
void expandAs(Planner& p, Args& a) { a.ret(expanded(p, a.tensor(0), a.tensorAnyLayout(1).sizes)); }
void broadcastTensors(Planner& p, Args& a) {
  auto list = a.tensors(0);
  Dims shape;
  for (auto& t : list) shape = broadcastShape(shape, t.sizes);
  std::vector<Value> out;
  for (auto& t : list) out.push_back(Value::of(expanded(p, t, shape)));
  a.ret(Value::list(std::move(out)));
}

void squeeze(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  Dims sizes, strides;
  bool all = a.size() == 1;
  unsigned wanted = 0;
  if (!all)
    for (int64_t d : a.ints(1)) wanted |= 1u << axisOf(d, t.dim());
  for (int i = 0; i < t.dim(); i++) {
    if (t.sizes[i] == 1 && (all || wanted >> i & 1)) continue;
    sizes.push_back(t.sizes[i]);
    strides.push_back(t.strides[i]);
  }
  a.ret(withSizes(p, t, sizes, strides));
}
void unsqueeze(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  int axis = axisOf(a.integer(1), t.dim() + 1);
  Dims sizes = t.sizes, strides = t.strides;
  strides.insert(axis, axis < t.dim() ? t.sizes[axis] * t.strides[axis] : 1);
  sizes.insert(axis, 1);
  a.ret(withSizes(p, t, sizes, strides));
}
void alias(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  a.ret(withSizes(p, t, t.sizes, t.strides));
}
void same(Planner&, Args& a) {
  require(!isComplex(a.tensorAnyLayout(0).dtype), "a complex tensor");
  a.ret(a.value(0));
}
void positive(Planner&, Args& a) {
  require(a.tensorAnyLayout(0).dtype != DType::Bool, "the `+` operator on a bool tensor");
  a.ret(a.value(0));
}
void asStrided(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  Dims sizes = a.ints(1), strides = a.ints(2);
  require(sizes.n == strides.n, "as_strided's strides");
  // the caller's storages are known from the tensor's first element on only
  require(a.isNone(3) || t.buffer->where != Buffer::Where::Input, "as_strided with an offset into the caller's storage");
  int64_t offset = a.integerOr(3, t.offset), extent = offset + 1;
  for (int i = 0; i < sizes.n; i++) {
    require(sizes[i] >= 0 && strides[i] >= 0, "as_strided's sizes");
    extent += std::max<int64_t>(sizes[i] - 1, 0) * strides[i];
  }
  require(offset >= 0 && extent * static_cast<int64_t>(itemSize(t.dtype)) <= static_cast<int64_t>(t.buffer->bytes), "as_strided beyond the storage");
  a.ret(p.view(t, sizes, strides, offset));
}
void diagonal(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() >= 2, "diagonal of fewer than two dimensions");
  int64_t shift = a.integer(1);
  int x = axisOf(a.integer(2), t.dim()), y = axisOf(a.integer(3), t.dim());
  require(x != y, "diagonal's dimensions");
  int64_t n = shift >= 0 ? std::min(t.sizes[x], t.sizes[y] - shift) : std::min(t.sizes[x] + shift, t.sizes[y]);
  n = std::max<int64_t>(n, 0);
  int64_t offset = t.offset + (n == 0 ? 0 : shift >= 0 ? shift * t.strides[y] : -shift * t.strides[x]);
  Dims sizes = t.sizes, strides = t.strides;
  int64_t stride = strides[x] + strides[y];
  sizes.erase(std::max(x, y));
  strides.erase(std::max(x, y));
  sizes.erase(std::min(x, y));
  strides.erase(std::min(x, y));
  sizes.push_back(n);
  strides.push_back(stride);
  a.ret(p.view(t, sizes, strides, offset));
}
void unfold(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  int axis = axisOf(a.integer(1), t.dim());
  int64_t size = a.integer(2), step = a.integer(3);
  require(t.dim() > 0 && step > 0 && size >= 0 && size <= t.sizes[axis], "unfold's size");
  Dims sizes = t.sizes, strides = t.strides;
  sizes[axis] = (t.sizes[axis] - size) / step + 1;
  sizes.push_back(size);
  strides.push_back(strides[axis]);
  strides[axis] *= step;
  a.ret(p.view(t, sizes, strides, t.offset));
}

TSJIT_KERNEL("aten::view(Tensor(a) self, SymInt[] size) -> Tensor(a)", (view));
TSJIT_KERNEL("aten::_unsafe_view(Tensor self, SymInt[] size) -> Tensor", (view));
TSJIT_KERNEL("aten::reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)", (reshape));
TSJIT_KERNEL("aten::view_as(Tensor(a) self, Tensor other) -> Tensor(a)", (viewAs));
TSJIT_KERNEL("aten::reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)", (reshapeAs));
TSJIT_KERNEL("aten::view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)", (viewDType));
TSJIT_KERNEL("aten::flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)", (flatten));
TSJIT_KERNEL("aten::unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a)", (unflatten));
TSJIT_KERNEL("aten::permute(Tensor(a) self, int[] dims) -> Tensor(a)", (permute));
TSJIT_KERNEL("aten::transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", (transpose));
TSJIT_KERNEL("aten::swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)", (transpose));
TSJIT_KERNEL("aten::swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", (transpose));
TSJIT_KERNEL("aten::t(Tensor(a) self) -> Tensor(a)", (t));
TSJIT_KERNEL("aten::numpy_T(Tensor(a) self) -> Tensor(a)", (reverseAxes));
TSJIT_KERNEL("aten::numpy_T.a(Tensor(a) self) -> Tensor(a)", (reverseAxes));
TSJIT_KERNEL("aten::mT(Tensor(a) self) -> Tensor(a)", (swapLastTwo));
TSJIT_KERNEL("aten::mT.a(Tensor(a) self) -> Tensor(a)", (swapLastTwo));
TSJIT_KERNEL("aten::movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)", (movedim));
TSJIT_KERNEL("aten::movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", (movedim));
TSJIT_KERNEL("aten::moveaxis.int(Tensor(a) self, int source, int destination) -> Tensor(a)", (movedim));
TSJIT_KERNEL("aten::moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", (movedim));
TSJIT_KERNEL("aten::select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)", (select));
TSJIT_KERNEL("aten::slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)", (slice));
TSJIT_KERNEL("aten::narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a)", (narrow));
TSJIT_KERNEL("aten::unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]", (unbind));
TSJIT_KERNEL("aten::split_with_sizes(Tensor(a -> *) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]", (splitWithSizes));
TSJIT_KERNEL("aten::split.sizes(Tensor(a -> *) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]", (splitWithSizes));
TSJIT_KERNEL("aten::split(Tensor(a -> *) self, int[] split_sizes, int dim=0) -> Tensor(a)[]", (splitWithSizes));
TSJIT_KERNEL("aten::unsafe_split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]", (splitWithSizes));
TSJIT_KERNEL("aten::split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[]", (split));
TSJIT_KERNEL("aten::unsafe_split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]", (split));
TSJIT_KERNEL("aten::chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]", (chunk));
TSJIT_KERNEL("aten::unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]", (chunk));
TSJIT_KERNEL("aten::tensor_split.sections(Tensor(a -> *) self, SymInt sections, int dim=0) -> Tensor(a)[]", (tensorSplit));
TSJIT_KERNEL("aten::expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)", (expand));
TSJIT_KERNEL("aten::broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a)", (expand));
TSJIT_KERNEL("aten::expand_as(Tensor(a) self, Tensor other) -> Tensor(a)", (expandAs));
TSJIT_KERNEL("aten::broadcast_tensors(Tensor[] tensors) -> Tensor[]", (broadcastTensors));
TSJIT_KERNEL("aten::squeeze(Tensor(a) self) -> Tensor(a)", (squeeze));
TSJIT_KERNEL("aten::squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)", (squeeze));
TSJIT_KERNEL("aten::squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)", (squeeze));
TSJIT_KERNEL("aten::unsqueeze(Tensor(a) self, int dim) -> Tensor(a)", (unsqueeze));
TSJIT_KERNEL("aten::detach(Tensor(a) self) -> Tensor(a)", (alias));
TSJIT_KERNEL("aten::alias(Tensor(a) self) -> Tensor(a)", (alias));
TSJIT_KERNEL("aten::resolve_conj(Tensor(a) self) -> Tensor(a)", (same));
TSJIT_KERNEL("aten::resolve_neg(Tensor(a) self) -> Tensor(a)", (same));
TSJIT_KERNEL("aten::real(Tensor(a) self) -> Tensor(a)", (same));
TSJIT_KERNEL("aten::positive(Tensor(a) self) -> Tensor(a)", (positive));
TSJIT_KERNEL("aten::as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)", (asStrided));
TSJIT_KERNEL("aten::diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)", (diagonal));
TSJIT_KERNEL("aten::unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)", (unfold));

}  // namespace
}  // namespace tsjit
