// Advanced indexing: index and index_put with tensors of positions, and with masks where their contents are known or do not matter.
#include <algorithm>
#include <cstring>

#include "offsets.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

// The positions of a mask's true elements, one index tensor for each of its dimensions; its contents must be known while planning.
std::vector<Tensor> positionsOf(Planner& p, const Tensor& given) {
  require(given.isData(), "a mask whose count depends on data");
  Tensor mask = p.contiguous(given);
  const uint8_t* m = mask.data<uint8_t>();
  std::vector<int64_t> found;
  for (int64_t i = 0; i < mask.numel(); i++)
    if (m[i]) found.push_back(i);
  std::vector<Tensor> out;
  int64_t below = mask.numel();
  for (int d = 0; d < mask.dim(); d++) {
    int64_t size = mask.sizes[d];
    below = size ? below / size : 0;
    Tensor t = p.empty(DType::I64, Dims{static_cast<int64_t>(found.size())});
    Slot to = p.slot(t);
    p.step("nonzero", {mask}, {t}, [=](Run& r) {
      for (size_t i = 0; i < found.size(); i++) r.ptr<int64_t>(to)[i] = found[i] / below % size;
    });
    out.push_back(t);
  }
  return out;
}

// self[indices] as [before…, positions…, after…]: offsets of the positions, and how the rest lies in memory.
struct Indexed {
  Tensor offsets;               // int64 [count], in elements from self's first
  int64_t count = 1;            // positions
  Dims sizes;                   // of the result
  Dims strides;                 // of the result, as PyTorch lays it out
  Loops<1> before, after;       // self's strides
  bool contiguous = false;      // whether `strides` are
};

// TensorIterator's order: dense strides following the operands', the first one that tells two dimensions apart counts.
Dims iteratorStrides(const Dims& sizes, const std::vector<Dims>& operands) {
  int n = sizes.n;
  std::vector<int> perm(static_cast<size_t>(n));
  for (int i = 0; i < n; i++) perm[i] = n - 1 - i;
  auto compare = [&](int d0, int d1) {
    for (auto& o : operands) {
      if (o[d0] == 0 || o[d1] == 0) continue;
      if (o[d0] != o[d1]) return o[d0] < o[d1] ? -1 : 1;
      if (sizes[d0] > sizes[d1]) return 1;
    }
    return 0;
  };
  for (int i = 1; i < n; i++) {
    int d1 = i;
    for (int d0 = i - 1; d0 >= 0; d0--) {
      int c = compare(perm[d0], perm[d1]);
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
    step *= std::max<int64_t>(sizes[d], 1);
  }
  return out;
}

Indexed addressed(Planner& p, const Tensor& self, const std::vector<Tensor>& given) {
  std::vector<Tensor> list;
  for (const Tensor& t : given) {
    if (t.defined() && (t.dtype == DType::Bool || t.dtype == DType::U8)) {
      for (int d = 0; d < t.dim(); d++) require(static_cast<int>(list.size()) + d < self.dim() && t.sizes[d] == self.sizes[static_cast<int>(list.size()) + d], "a mask of another size");
      require(t.dim() > 0, "a 0-dim mask");
      for (const Tensor& i : positionsOf(p, t)) list.push_back(i);
    } else {
      list.push_back(t);
    }
  }
  require(static_cast<int>(list.size()) <= self.dim(), "more indices than dimensions");
  list.resize(static_cast<size_t>(self.dim()));
  Indexed r;
  Dims shape;
  int first = -1, last = -1, used = 0;
  for (int d = 0; d < self.dim(); d++) {
    if (!list[d].defined()) continue;
    if (first < 0) first = d;
    last = d;
    used++;
    shape = broadcastShape(shape, list[d].sizes);
  }
  require(used > 0, "an index without tensors");
  bool adjacent = last - first + 1 == used;
  r.count = shape.product();
  Dims own;  // self's strides in the result's order, 0 for positions
  for (int d = 0; d < self.dim(); d++)
    if (!list[d].defined() && adjacent && d < first) r.before.add(self.sizes[d], {self.strides[d]}), r.sizes.push_back(self.sizes[d]), own.push_back(self.strides[d]);
  int at = r.sizes.n;
  for (int64_t s : shape) r.sizes.push_back(s), own.push_back(0);
  for (int d = 0; d < self.dim(); d++)
    if (!list[d].defined() && !(adjacent && d < first)) r.after.add(self.sizes[d], {self.strides[d]}), r.sizes.push_back(self.sizes[d]), own.push_back(self.strides[d]);

  struct Source { Slot slot; int64_t size, stride; int dim; };
  std::vector<Source> sources;
  std::vector<Tensor> reads;
  std::vector<Dims> operands{own};
  for (int d = 0; d < self.dim(); d++) {
    if (!list[d].defined()) continue;
    Tensor t = list[d];
    require(t.dtype == DType::I64 || t.dtype == DType::I32, "an index that is neither int64 nor int32");
    Dims strides(shape.n, 0), placed(r.sizes.n, 0);
    int lead = shape.n - t.dim();
    for (int i = lead; i < shape.n; i++) strides[i] = t.sizes[i - lead] == 1 && shape[i] != 1 ? 0 : t.strides[i - lead];
    for (int i = 0; i < shape.n; i++) placed[at + i] = strides[i];
    operands.push_back(placed);
    t = indexTensor(p, p.view(t, shape, strides, t.offset));
    reads.push_back(t);
    sources.push_back({p.slot(t), self.sizes[d], self.strides[d], static_cast<int>(sources.size())});  // PyTorch names the place among the tensors
  }
  r.strides = iteratorStrides(r.sizes, operands);
  Dims plain = contiguousStrides(r.sizes);
  r.contiguous = true;
  for (int i = 0; i < plain.n; i++) r.contiguous = r.contiguous && (r.sizes[i] == 1 || plain[i] == r.strides[i]);
  for (int i = 0; i < self.dim(); i++) require(self.sizes[i] > 0 || list[i].defined() || r.sizes.product() == 0, "an index into nothing");
  r.offsets = p.empty(DType::I64, Dims{r.count});
  Slot to = p.slot(r.offsets);
  int64_t count = r.count;
  p.step("index offsets", reads, {r.offsets}, [=](Run& run) {
    int64_t* offsets = run.ptr<int64_t>(to);
    RangeCheck range;
    parallelFor(count, 16384, [&](int64_t begin, int64_t end) {
      for (size_t s = 0; s < sources.size(); s++) {
        const auto& source = sources[s];
        const int64_t* index = run.ptr<int64_t>(source.slot);
        if (!range.within(index + begin, 1, end - begin, source.size, source.dim, true)) return;
        const int64_t size = source.size, stride = source.stride;
        if (s == 0) {
          for (int64_t i = begin; i < end; i++) offsets[i] = (index[i] + (index[i] < 0 ? size : 0)) * stride;
        } else {
          for (int64_t i = begin; i < end; i++) offsets[i] += (index[i] + (index[i] < 0 ? size : 0)) * stride;
        }
      }
    });
    range.check("IndexError", range.size() == 0 ? "index is out of bounds for dimension with size 0" : nullptr);
  });
  return r;
}

template <class T>
void copyElements(T* to, const T* from, int64_t n) {
  if (n * sizeof(T) >= 64) std::memcpy(to, from, static_cast<size_t>(n) * sizeof(T));
  else for (int64_t i = 0; i < n; i++) to[i] = from[i];
}

Tensor indexed(Planner& p, const Tensor& self, const std::vector<Tensor>& indices) {
  Indexed at = addressed(p, self, indices);
  Tensor out = p.empty(self.dtype, at.sizes);
  Slot from = p.slot(self), to = p.slot(out), slot = p.slot(at.offsets);
  int64_t before = at.before.count(), each = at.after.count(), count = at.count;
  bool dense = at.after.dims.empty() || (at.after.dims.size() == 1 && at.after.dims[0].stride[0] == 1);
  size_t item = itemSize(self.dtype);
  if (before * each * count > 0) {
    p.step("index", {self, at.offsets}, {out}, [=](Run& r) {
      const int64_t* offsets = r.ptr<int64_t>(slot);
      bySize(item, [&](auto unit) {
        using T = decltype(unit);
        const T* x = r.ptr<T>(from);
        T* y = r.ptr<T>(to);
        parallelFor(before * count, std::max<int64_t>(1, 32768 / each), [&](int64_t begin, int64_t end) {
          for (int64_t u = begin; u < end;) {
            int64_t base, k = u % count, stop = std::min(count, k + end - u);
            at.before.at(u / count, 0, &base);
            const T* row = x + base;
            if (each == 1) {
              for (; k < stop; k++, u++) y[u] = row[offsets[k]];
            } else if (dense) {
              for (; k < stop; k++, u++) copyElements(y + u * each, row + offsets[k], each);
            } else {
              const auto& inner = at.after.dims.back();
              int64_t outer = at.after.outer(1), n = inner.size, step = inner.stride[0];
              for (; k < stop; k++, u++)
                for (int64_t o = 0; o < outer; o++) {
                  int64_t offset;
                  at.after.at(o, 1, &offset);
                  const T* e = row + offsets[k] + offset;
                  T* z = y + u * each + o * n;
                  for (int64_t i = 0; i < n; i++) z[i] = e[i * step];
                }
            }
          }
        });
      });
    });
  }
  if (at.contiguous) return out;
  Tensor strided = p.emptyStrided(out.dtype, out.sizes, at.strides);
  p.copy(strided, out);
  return strided;
}
void index(Planner& p, Args& a) { a.ret(indexed(p, a.tensor(0), a.optionalTensors(1))); }

// self[indices] = values, or += with `accumulate`; later positions win.
void put(Planner& p, const Tensor& self, const std::vector<Tensor>& indices, Tensor values, bool accumulate) {
  require(values.dtype == self.dtype, "index_put of another dtype");
  bool mask = indices.size() == 1 && indices[0].defined() && (indices[0].dtype == DType::Bool || indices[0].dtype == DType::U8) && !indices[0].isData();
  if (mask && values.numel() == 1 && !accumulate) {  // how many are true does not matter
    Tensor m = indices[0];
    require(m.dim() <= self.dim(), "a mask of too many dimensions");
    Dims sizes = m.sizes, strides = m.strides;
    for (int d = 0; d < m.dim(); d++) require(m.sizes[d] == self.sizes[d], "a mask of another size");
    while (sizes.n < self.dim()) sizes.push_back(1), strides.push_back(0);
    m = p.view(m, sizes, strides, m.offset);
    if (m.dtype == DType::U8) m = p.cast(m, DType::Bool);
    Tensor value = p.view(values, Dims{}, Dims{}, values.offset);
    pointwise(p, PwOp::Where, self.dtype, self.dtype, {Value::of(value), Value::of(self), Value::of(m)}, 0, 0, 0, &self);
    return;
  }
  Indexed at = addressed(p, self, indices);
  // fresh memory where the two might overlap
  if (values.buffer == self.buffer) values = p.callTensor("aten::clone", {Value::of(values), Value::ofInt(0)});
  const bool one = values.numel() == 1;
  if (one) {
    values = p.view(values, Dims{}, Dims{}, values.offset);
  } else {
    int lead = at.sizes.n - values.dim();
    require(lead >= 0, "values of more dimensions than positions");
    Dims strides(at.sizes.n, 0);
    for (int i = lead; i < at.sizes.n; i++) {
      require(values.sizes[i - lead] == at.sizes[i] || values.sizes[i - lead] == 1, "values that do not broadcast");
      strides[i] = values.sizes[i - lead] == 1 ? 0 : values.strides[i - lead];
    }
    values = p.contiguous(p.view(values, at.sizes, strides, values.offset));
  }
  Slot to = p.slot(self), from = p.slot(values), slot = p.slot(at.offsets);
  int64_t before = at.before.count(), each = at.after.count(), count = at.count;
  if (before * each * count == 0) return;
  auto run = [=](Run& r, auto unit, auto store) {
    using T = decltype(unit);
    T* x = r.ptr<T>(to);
    const T* v = r.ptr<T>(from);
    const int64_t* offsets = r.ptr<int64_t>(slot);
    int inner = at.after.dims.empty() ? 0 : 1;
    int64_t outer = at.after.outer(inner), n = inner ? at.after.dims.back().size : 1, step = inner ? at.after.dims.back().stride[0] : 1;
    for (int64_t u = 0; u < before * count; u++) {
      int64_t base;
      at.before.at(u / count, 0, &base);
      for (int64_t o = 0; o < outer; o++) {
        int64_t offset;
        at.after.at(o, inner, &offset);
        T* e = x + base + offsets[u % count] + offset;
        const T* w = one ? v : v + u * each + o * n;
        for (int64_t i = 0; i < n; i++) store(e[i * step], one ? *v : w[i]);
      }
    }
  };
  DType dtype = self.dtype;
  std::vector<Tensor> reads{self, values, at.offsets};
  if (!accumulate) {
    p.step("index_put", reads, {self}, [=](Run& r) { bySize(itemSize(dtype), [&](auto unit) { run(r, unit, [](auto& to, auto value) { to = value; }); }); });
    return;
  }
  require(dtype == DType::F32 || dtype == DType::F64 || dtype == DType::I64 || dtype == DType::I32, "index_put with accumulation of this dtype");
  p.step("index_put", reads, {self}, [=](Run& r) {
    auto add = [](auto& to, auto value) { to += value; };
    switch (dtype) {
      case DType::F32: return run(r, float{}, add);
      case DType::F64: return run(r, double{}, add);
      case DType::I64: return run(r, uint64_t{}, add);
      default: return run(r, uint32_t{}, add);
    }
  });
}
void indexPut(Planner& p, Args& a) {
  Tensor self = p.callTensor("aten::clone", {a.value(0), Value::ofInt(1)});
  self = p.plain(self);
  put(p, self, a.optionalTensors(1), a.tensor(2), a.boolean(3));
  a.ret(self);
}
void indexPutInPlace(Planner& p, Args& a) {
  Tensor self = a.tensor(0);
  require(self.buffer == a.tensorAnyLayout(0).buffer, "index_put_ into a blocked tensor");
  put(p, self, a.optionalTensors(1), a.tensor(2), a.boolean(3));
  a.ret(a.value(0));
}

TSJIT_KERNEL("aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor", (index));
TSJIT_KERNEL("aten::index.Tensor_hacked_twin(Tensor self, Tensor[] indices) -> Tensor", (index));
TSJIT_KERNEL("aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor", (indexPut));
TSJIT_KERNEL("aten::index_put.hacked_twin(Tensor self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor", (indexPut));
TSJIT_KERNEL("aten::index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)", (indexPutInPlace));
TSJIT_KERNEL("aten::index_put_.hacked_twin(Tensor(a!) self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)", (indexPutInPlace));

}  // namespace
}  // namespace tsjit
