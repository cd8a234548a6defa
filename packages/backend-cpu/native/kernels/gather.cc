// Positions along one dimension: gather, index_select, take, scatter and its reductions, index_add, index_copy, index_fill, one_hot.
#include <algorithm>
#include <limits>
#include <string>

#include "offsets.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

struct Messages {
  const char* pythonClass;
  const char* text = nullptr;  // instead of the usual one; see RangeCheck::check
  bool wrap = false;           // negative positions count from the end
};

// A 0-dim tensor as one of one dimension.
Tensor atLeastOne(Planner& p, const Tensor& t) { return t.dim() > 0 ? t : p.view(t, Dims{1}, Dims{1}, t.offset); }

// A vector of positions along `axis` as an index of `sizes`.
Tensor alongAxis(Planner& p, const Tensor& index, const Dims& sizes, int axis) {
  require(index.dim() <= 1, "an index that is no vector");
  Dims s = sizes, strides(sizes.n, 0);
  s[axis] = index.numel();
  strides[axis] = index.dim() ? index.strides[0] : 1;
  return p.view(index, s, strides, index.offset);
}
// int64 positions with any strides.
Tensor positions(Planner& p, const Tensor& t) {
  require(t.dtype == DType::I64 || t.dtype == DType::I32, "an index that is neither int64 nor int32");
  return p.cast(t, DType::I64);
}

// out[i] = x[i with i[axis] = index[i]] for every i of `index`.
Tensor gathered(Planner& p, const Tensor& given, int axis, const Tensor& index, Messages messages) {
  Tensor x = atLeastOne(p, given);
  require(x.dim() == index.dim(), "an index of another rank");
  for (int d = 0; d < x.dim(); d++) require(d == axis || index.sizes[d] <= x.sizes[d], "an index larger than the tensor");
  Tensor out = p.empty(x.dtype, index.sizes);
  if (out.numel() == 0) return out;
  Loops<3> loops;  // x without the axis, index, out
  for (int d = 0; d < x.dim(); d++) loops.add(index.sizes[d], {d == axis ? 0 : x.strides[d], index.strides[d], out.strides[d]});
  if (loops.dims.empty()) loops.dims.push_back({1, {0, 0, 1}});
  Slot from = p.slot(x), places = p.slot(index), to = p.slot(out);
  int64_t size = x.sizes[axis], step = x.strides[axis], outer = loops.outer(1);
  auto inner = loops.dims.back();
  size_t item = itemSize(x.dtype);
  p.step("gather", {x, index}, {out}, [=](Run& r) {
    RangeCheck range;
    const int64_t* where = r.ptr<int64_t>(places);
    bySize(item, [&](auto unit) {
      using T = decltype(unit);
      const T* source = r.ptr<T>(from);
      T* target = r.ptr<T>(to);
      parallelFor(outer, std::max<int64_t>(1, 16384 / inner.size), [&](int64_t begin, int64_t end) {
        for (int64_t o = begin; o < end; o++) {
          int64_t at[3];
          loops.at(o, 1, at);
          const T* e = source + at[0];
          const int64_t* k = where + at[1];
          T* y = target + at[2];
          if (!range.within(k, inner.stride[1], inner.stride[1] ? inner.size : 1, size, axis, messages.wrap)) return;
          if (inner.stride[1] == 0) {  // the same position for the whole row
            e += (*k < 0 ? *k + size : *k) * step;
            if (inner.stride[0] == 1 && inner.stride[2] == 1) std::memcpy(y, e, static_cast<size_t>(inner.size) * sizeof(T));
            else for (int64_t j = 0; j < inner.size; j++) y[j * inner.stride[2]] = e[j * inner.stride[0]];
            continue;
          }
          const int64_t n = inner.size, es = inner.stride[0], ks = inner.stride[1], ys = inner.stride[2], gap = step;
          if (!messages.wrap && es == 0 && ks == 1 && ys == 1 && gap == 1) {  // along the last dimension
            for (int64_t j = 0; j < n; j++) y[j] = e[k[j]];
          } else if (!messages.wrap) {
            for (int64_t j = 0; j < n; j++) y[j * ys] = e[j * es + k[j * ks] * gap];
          } else {
            for (int64_t j = 0; j < n; j++) y[j * ys] = e[j * es + (k[j * ks] < 0 ? k[j * ks] + size : k[j * ks]) * gap];
          }
        }
      });
    });
    range.check(messages.pythonClass, messages.text);
  });
  return out;
}
void gather(Planner& p, Args& a) {
  Tensor x = a.tensor(0), index = positions(p, a.tensor(2));
  int axis = axisOf(a.integer(1), x.dim());
  bool scalar = index.dim() == 0;
  Tensor y = gathered(p, x, axis, atLeastOne(p, index), {"RuntimeError"});
  a.ret(scalar ? p.view(y, Dims{}, Dims{}, 0) : y);
}
void indexSelect(Planner& p, Args& a) {
  Tensor given = a.tensor(0), x = atLeastOne(p, given);
  int axis = axisOf(a.integer(1), x.dim());
  require(x.numel() > 0 || a.tensor(2).numel() == 0, "index_select of an empty tensor");  // the index is looked at
  Tensor y = gathered(p, x, axis, alongAxis(p, positions(p, a.tensor(2)), x.sizes, axis), {"IndexError", "index out of range in self"});
  a.ret(given.dim() == 0 ? p.view(y, Dims{}, Dims{}, 0) : y);
}
void takeAlongDim(Planner& p, Args& a) {
  Tensor x = a.tensor(0), index = a.tensor(1);
  require(index.dtype == DType::I64, "take_along_dim: indices that are not int64");
  index = positions(p, index);
  int axis = 0;
  if (a.isNone(2)) {
    require(x.isContiguous() && index.isContiguous(), "take_along_dim over tensors that cannot be seen as vectors");
    x = p.view(x, Dims{x.numel()}, Dims{1}, x.offset);
    index = p.view(index, Dims{index.numel()}, Dims{1}, index.offset);
  } else {
    require(x.dim() == index.dim(), "take_along_dim: an index of another rank");
    axis = axisOf(a.integer(2), x.dim());
    // along a dimension, and only there, positions wrap around
    if (x.sizes[axis] > 0) index = p.plain(p.callTensor("aten::remainder.Scalar", {Value::of(index), Value::ofInt(x.sizes[axis])}));
    Dims xs = x.sizes, is = index.sizes;
    xs[axis] = is[axis] = 1;
    Dims shape = broadcastShape(xs, is), xStrides = x.strides, iStrides = index.strides;
    Dims xSizes = shape, iSizes = shape;
    xSizes[axis] = x.sizes[axis];
    iSizes[axis] = index.sizes[axis];
    for (int d = 0; d < shape.n; d++) {
      if (x.sizes[d] == 1 && xSizes[d] != 1) xStrides[d] = 0;
      if (index.sizes[d] == 1 && iSizes[d] != 1) iStrides[d] = 0;
    }
    x = p.view(x, xSizes, xStrides, x.offset);
    index = p.view(index, iSizes, iStrides, index.offset);
  }
  a.ret(gathered(p, x, axis, index, {"RuntimeError"}));
}
void take(Planner& p, Args& a) {
  Tensor x = p.contiguous(a.tensor(0)), index = positions(p, a.tensor(1));
  Dims sizes = index.sizes;
  Tensor flat = p.view(x, Dims{x.numel()}, Dims{1}, x.offset), all = p.contiguous(index);
  require(x.numel() > 0 || index.numel() == 0, "take of an empty tensor");
  Tensor y = gathered(p, flat, 0, p.view(all, Dims{all.numel()}, Dims{1}, all.offset), {"IndexError", "out of range: tried to access index # on a tensor of $ elements.", true});
  a.ret(p.view(y, sizes, contiguousStrides(sizes), 0));
}

enum class Store : uint8_t { Assign, Add, Multiply, Max, Min, Mean };

template <Store S, class T>
void combine(T& to, T value) {
  if constexpr (S == Store::Assign) to = value;
  else if constexpr (S == Store::Add || S == Store::Mean) to = static_cast<T>(to + value);
  else if constexpr (S == Store::Multiply) to = static_cast<T>(to * value);
  else if constexpr (S == Store::Max) to = (value > to || value != value) ? value : to;
  else to = (value < to || value != value) ? value : to;
}

// Positions with negative ones counted from the end, checked.
Tensor wrappedPositions(Planner& p, const Tensor& given, int axis, int64_t size, Messages messages) {
  Tensor index = p.contiguous(given), wrapped = p.empty(DType::I64, index.sizes);
  Slot in = p.slot(index), out = p.slot(wrapped);
  int64_t n = index.numel();
  p.step("positions", {index}, {wrapped}, [=](Run& r) {
    RangeCheck range;
    for (int64_t i = 0; i < n; i++) {
      int64_t k = r.ptr<int64_t>(in)[i];
      range.resolve(k, size, axis, true);
      r.ptr<int64_t>(out)[i] = k;
    }
    range.check(messages.pythonClass, messages.text);
  });
  return wrapped;
}

// self[i with i[axis] = index[i]] op= alpha * source[i], in order; `source` has index's sizes or strides 0. `exclude`: the elements met are
// set to the operation's neutral value first. Mean divides by how many came together.
void scatterInto(Planner& p, const Tensor& givenSelf, int axis, Tensor index, Tensor source, Store store, Messages messages, bool exclude = false, double alpha = 1) {
  Tensor self = atLeastOne(p, givenSelf);
  require(self.dim() == index.dim() && source.dim() == index.dim(), "scatter: tensors of unlike ranks");
  for (int d = 0; d < self.dim(); d++) require((d == axis || index.sizes[d] <= self.sizes[d]) && index.sizes[d] <= source.sizes[d], "scatter: an index larger than the tensors");
  require(source.dtype == self.dtype, "scatter of another dtype");
  if (index.numel() == 0) return;
  // what is written must not be what is read
  if (source.buffer == self.buffer) source = p.callTensor("aten::clone", {Value::of(source), Value::ofInt(0)});
  if (index.buffer == self.buffer) index = p.callTensor("aten::clone", {Value::of(index), Value::ofInt(0)});
  if (messages.wrap) index = wrappedPositions(p, index, axis, self.sizes[axis], messages);
  DType dtype = self.dtype;
  if (store != Store::Assign) require(dtype == DType::F32 || dtype == DType::F64 || dtype == DType::I64 || dtype == DType::I32, "a scattered reduction of this dtype");
  Loops<3> loops;
  for (int d = 0; d < self.dim(); d++) loops.add(index.sizes[d], {d == axis ? 0 : self.strides[d], index.strides[d], source.strides[d]});
  if (loops.dims.empty()) loops.dims.push_back({1, {0, 0, 0}});
  Slot to = p.slot(self), places = p.slot(index), from = p.slot(source);
  int64_t size = self.sizes[axis], step = self.strides[axis], outer = loops.outer(1);
  auto inner = loops.dims.back();
  int64_t extent = 1;
  for (int d = 0; d < self.dim(); d++) {
    require(self.strides[d] >= 0, "scatter into negative strides");
    extent += (self.sizes[d] - 1) * self.strides[d];
  }
  auto each = [=](Run& r, auto unit, const auto& work) {
    using T = decltype(unit);
    T* target = r.ptr<T>(to);
    const T* values = r.ptr<T>(from);
    const int64_t* where = r.ptr<int64_t>(places);
    for (int64_t o = 0; o < outer; o++) {
      int64_t at[3];
      loops.at(o, 1, at);
      T* y = target + at[0];
      const int64_t* k = where + at[1];
      const T* v = values + at[2];
      if (inner.stride[1] == 0) {
        T* e = y + *k * step;
        for (int64_t j = 0; j < inner.size; j++) work(e[j * inner.stride[0]], v[j * inner.stride[2]]);
      } else {
        const int64_t n = inner.size, ys = inner.stride[0], ks = inner.stride[1], vs = inner.stride[2], gap = step;
        for (int64_t j = 0; j < n; j++) work(y[j * ys + k[j * ks] * gap], v[j * vs]);
      }
    }
  };
  Loops<1> all;
  for (int d = 0; d < index.dim(); d++)
    if (index.strides[d] != 0) all.add(index.sizes[d], {index.strides[d]});
  const auto row = all.dims.empty() ? Loops<1>::Dim{1, {0}} : all.dims.back();
  const int64_t checks = all.outer(1);
  auto check = [=](Run& r) {
    RangeCheck range;
    const int64_t* where = r.ptr<int64_t>(places);
    for (int64_t o = 0; o < checks && !range.failed(); o++) {
      int64_t offset;
      all.at(o, 1, &offset);
      range.within(where + offset, row.stride[0], row.size, size, axis, false);
    }
    range.check(messages.pythonClass, messages.text);
  };
  size_t scratch = store == Store::Mean ? static_cast<size_t>(extent) * sizeof(int64_t) : 0;
  auto reduce = [=](Run& r, auto unit) {
    using T = decltype(unit);
    T* target = r.ptr<T>(to);
    if (exclude) {
      T neutral = store == Store::Multiply ? T(1) : T(0);
      if (store == Store::Max) neutral = std::numeric_limits<T>::has_infinity ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();
      if (store == Store::Min) neutral = std::numeric_limits<T>::has_infinity ? std::numeric_limits<T>::infinity() : std::numeric_limits<T>::max();
      each(r, unit, [=](T& y, const T&) { y = neutral; });
    }
    T factor = static_cast<T>(alpha);
    switch (store) {
      case Store::Add:
        if (alpha == 1) each(r, unit, [](T& y, const T& v) { combine<Store::Add>(y, v); });
        else each(r, unit, [=](T& y, const T& v) { combine<Store::Add>(y, static_cast<T>(factor * v)); });
        break;
      case Store::Multiply: each(r, unit, [](T& y, const T& v) { combine<Store::Multiply>(y, v); }); break;
      case Store::Max: each(r, unit, [](T& y, const T& v) { combine<Store::Max>(y, v); }); break;
      case Store::Min: each(r, unit, [](T& y, const T& v) { combine<Store::Min>(y, v); }); break;
      case Store::Mean: {
        int64_t* counts = reinterpret_cast<int64_t*>(r.scratch);
        std::fill_n(counts, extent, exclude ? 0 : 1);
        each(r, unit, [=](T& y, const T& v) {
          y = static_cast<T>(y + v);
          counts[&y - target]++;
        });
        each(r, unit, [=](T& y, const T&) {
          int64_t& n = counts[&y - target];
          if (n > 1) {
            if constexpr (std::is_integral_v<T>) {
              T q = static_cast<T>(y / static_cast<T>(n));
              y = (y % static_cast<T>(n) != 0 && y < 0) ? static_cast<T>(q - 1) : q;  // towards minus infinity
            } else {
              y /= static_cast<T>(n);
            }
          }
          n = 1;  // once
        });
        break;
      }
      default: break;
    }
  };
  p.step(store == Store::Assign ? "scatter" : "scatter_reduce", {self, index, source}, {self}, [=](Run& r) {
    check(r);
    if (store == Store::Assign) return bySize(itemSize(dtype), [&](auto unit) { each(r, unit, [](auto& y, const auto& v) { y = v; }); });
    switch (dtype) {
      case DType::F32: return reduce(r, float{});
      case DType::F64: return reduce(r, double{});
      case DType::I64: return reduce(r, int64_t{});
      default: return reduce(r, int32_t{});
    }
  }, scratch);
}

// What an operator works on: a copy (contiguous, or `preserved`), or the tensor itself where its memory can be written.
Tensor written(Planner& p, Args& a, bool inPlace, bool preserved = false) {
  if (!inPlace) return p.plain(p.callTensor("aten::clone", {Value::of(a.tensor(0)), Value::ofInt(preserved ? 1 : 0)}));
  Tensor self = a.tensor(0);
  require(self.buffer == a.tensorAnyLayout(0).buffer, "writing into a blocked tensor");
  for (int d = 0; d < self.dim(); d++) require(self.strides[d] != 0 || self.sizes[d] <= 1, "writing into an expanded tensor");
  return self;
}
void finish(Args& a, const Tensor& self, bool inPlace) { inPlace ? a.ret(a.value(0)) : a.ret(self); }
// A number as a tensor that every element shares.
Tensor numberLike(Planner& p, const Value& v, DType dtype, const Dims& sizes) {
  require(v.isNumber() && v.tag != Value::Tag::Complex && !isComplex(dtype), "a value that is no real number");
  Tensor t = p.empty(dtype, Dims{});
  DType compute = isFloat(dtype) ? dtype : v.tag == Value::Tag::Float ? DType::F64 : DType::I64;
  pointwise(p, PwOp::Copy, compute, dtype, {v}, 0, 0, 0, &t);
  return p.view(t, sizes, Dims(sizes.n, 0), 0);
}
Store storeOf(const std::string& name) {
  if (name == "add" || name == "sum") return Store::Add;
  if (name == "multiply" || name == "prod") return Store::Multiply;
  if (name == "amax") return Store::Max;
  if (name == "amin") return Store::Min;
  if (name == "mean") return Store::Mean;
  throw Bailout("a scatter reduction of another name");
}
const Messages kScatter{"RuntimeError"};

enum class Reduce : uint8_t { None, Add, Named };
// scatter(self, dim, index, src or value[, reduce])
template <bool IN_PLACE, bool VALUE, Reduce REDUCE>
void scatter(Planner& p, Args& a) {
  Tensor self = written(p, a, IN_PLACE), index = atLeastOne(p, positions(p, a.tensor(2)));
  int axis = axisOf(a.integer(1), self.dim());
  Store store = REDUCE == Reduce::None ? Store::Assign : REDUCE == Reduce::Add ? Store::Add : storeOf(a.text(4));
  if (REDUCE == Reduce::Named) require(a.text(4) == "add" || a.text(4) == "multiply", "scatter's reduction");
  Tensor source = VALUE ? numberLike(p, a.value(3), self.dtype, index.sizes) : atLeastOne(p, a.tensor(3));
  scatterInto(p, self, axis, index, source, store, kScatter);
  finish(a, self, IN_PLACE);
}
template <bool IN_PLACE>
void scatterReduce(Planner& p, Args& a) {
  Tensor self = written(p, a, IN_PLACE), index = atLeastOne(p, positions(p, a.tensor(2)));
  const std::string& name = a.text(4);
  require(name == "sum" || name == "prod" || name == "mean" || name == "amax" || name == "amin", "scatter_reduce's reduction");
  scatterInto(p, self, axisOf(a.integer(1), self.dim()), index, atLeastOne(p, a.tensor(3)), storeOf(name), kScatter, !a.boolean(5));
  finish(a, self, IN_PLACE);
}
template <bool IN_PLACE, Store STORE>
void indexAlong(Planner& p, Args& a) {  // index_add, index_copy
  Tensor self = written(p, a, IN_PLACE), target = atLeastOne(p, self), source = atLeastOne(p, a.tensor(3));
  int axis = axisOf(a.integer(1), self.dim());
  Tensor index = alongAxis(p, positions(p, a.tensor(2)), target.sizes, axis);
  require(source.sizes == index.sizes, "index_add or index_copy: a source of other sizes");
  double alpha = STORE == Store::Add ? a.number(4) : 1;
  Messages messages = STORE == Store::Assign ? Messages{"IndexError", "index_copy_(): "} : target.dim() > 1 ? Messages{"RuntimeError"} : Messages{"IndexError", "index out of range in self"};
  scatterInto(p, target, axis, index, source, STORE, messages, false, alpha);
  finish(a, self, IN_PLACE);
}
template <bool IN_PLACE>
void indexFill(Planner& p, Args& a) {
  Tensor self = written(p, a, IN_PLACE, true), target = atLeastOne(p, self);
  int axis = axisOf(a.integer(1), self.dim());
  Tensor index = alongAxis(p, positions(p, a.tensor(2)), target.sizes, axis), value;
  if (a.value(3).isTensor()) {
    Tensor given = a.tensor(3);
    require(given.dim() == 0, "index_fill with a value that is no scalar");
    value = p.cast(given, self.dtype);
    value = p.view(value, index.sizes, Dims(index.dim(), 0), value.offset);
  } else {
    value = numberLike(p, a.value(3), self.dtype, index.sizes);
  }
  scatterInto(p, target, axis, index, value, Store::Assign, {"IndexError", nullptr, true});
  finish(a, self, IN_PLACE);
}

void oneHot(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  require(x.dtype == DType::I64, "one_hot of another dtype");
  x = p.contiguous(x);
  int64_t classes = a.integer(1), n = x.numel();
  if (classes == -1) {
    require(x.isData() && n > 0, "one_hot whose number of classes depends on data");
    const int64_t* v = x.data<int64_t>();
    classes = *std::max_element(v, v + n) + 1;
    require(*std::min_element(v, v + n) >= 0, "one_hot of negative classes");
  }
  require(classes > 0 && classes < (int64_t{1} << 32), "one_hot's number of classes");
  Dims sizes = x.sizes;
  sizes.push_back(classes);
  Tensor y = p.empty(DType::I64, sizes);
  Slot from = p.slot(x), to = p.slot(y);
  p.step("one_hot", {x}, {y}, [=](Run& r) {
    const int64_t* v = r.ptr<int64_t>(from);
    int64_t* out = r.ptr<int64_t>(to);
    for (int64_t i = 0; i < n; i++) {
      if (v[i] < 0) throw RunFailure("TSJ_INDEX_RANGE", "RuntimeError", "Class values must be non-negative.");
      if (v[i] >= classes) throw RunFailure("TSJ_INDEX_RANGE", "RuntimeError", "Class values must be smaller than num_classes.");
    }
    std::fill_n(out, n * classes, 0);
    for (int64_t i = 0; i < n; i++) out[i * classes + v[i]] = 1;
  });
  a.ret(y);
}

TSJIT_KERNEL("aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor", (gather));
TSJIT_KERNEL("aten::index_select(Tensor self, int dim, Tensor index) -> Tensor", (indexSelect));
TSJIT_KERNEL("aten::take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor", (takeAlongDim));
TSJIT_KERNEL("aten::take(Tensor self, Tensor index) -> Tensor", (take));
TSJIT_KERNEL("aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor", (scatter<false, false, Reduce::None>));
TSJIT_KERNEL("aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor", (scatter<false, true, Reduce::None>));
TSJIT_KERNEL("aten::scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor", (scatter<false, false, Reduce::Named>));
TSJIT_KERNEL("aten::scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor", (scatter<false, true, Reduce::Named>));
TSJIT_KERNEL("aten::scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)", (scatter<true, false, Reduce::None>));
TSJIT_KERNEL("aten::scatter_.value(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)", (scatter<true, true, Reduce::None>));
TSJIT_KERNEL("aten::scatter_.reduce(Tensor(a!) self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor(a!)", (scatter<true, false, Reduce::Named>));
TSJIT_KERNEL("aten::scatter_.value_reduce(Tensor(a!) self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor(a!)", (scatter<true, true, Reduce::Named>));
TSJIT_KERNEL("aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor", (scatter<false, false, Reduce::Add>));
TSJIT_KERNEL("aten::scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)", (scatter<true, false, Reduce::Add>));
TSJIT_KERNEL("aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor", (scatterReduce<false>));
TSJIT_KERNEL("aten::scatter_reduce_.two(Tensor(a!) self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(a!)", (scatterReduce<true>));
TSJIT_KERNEL("aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor", (indexAlong<false, Store::Add>));
TSJIT_KERNEL("aten::index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!)", (indexAlong<true, Store::Add>));
TSJIT_KERNEL("aten::index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor", (indexAlong<false, Store::Assign>));
TSJIT_KERNEL("aten::index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!)", (indexAlong<true, Store::Assign>));
TSJIT_KERNEL("aten::index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor", (indexFill<false>));
TSJIT_KERNEL("aten::index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)", (indexFill<true>));
TSJIT_KERNEL("aten::index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor", (indexFill<false>));
TSJIT_KERNEL("aten::index_fill_.int_Tensor(Tensor(a!) self, int dim, Tensor index, Tensor value) -> Tensor(a!)", (indexFill<true>));
TSJIT_KERNEL("aten::one_hot(Tensor self, int num_classes=-1) -> Tensor", (oneHot));

}  // namespace
}  // namespace tsjit
