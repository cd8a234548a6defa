// Order along one dimension: sort, argsort, topk, kthvalue, median, and search in sorted sequences.
#include <algorithm>
#include <cmath>
#include <vector>

#include "axes.h"
#include "memory_format.h"
#include "simd/table.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"

namespace tsjit {
namespace {

template <class T>
using Ranked = std::pair<T, int64_t>;

// NaN counts as the largest number.
template <class T>
bool below(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) return a < b || (b != b && a == a);
  else return a < b;
}
template <class T>
bool ascending(const Ranked<T>& a, const Ranked<T>& b) { return below(a.first, b.first); }
template <class T>
bool descending(const Ranked<T>& a, const Ranked<T>& b) { return below(b.first, a.first); }

// One dimension of x, row by row: work(ranked elements of the row, n) leaves in front what is stored as values and indices.
// The outputs have x's sizes with `keep` elements along the axis.
template <class Work>
void rankedRows(Planner& p, const char* name, const Tensor& x, int axis, int64_t keep, const Tensor& values, const Tensor& indices, Work work) {
  struct Dim { int64_t size, in, value, index; };
  std::vector<Dim> outer;
  int64_t rows = 1, n = x.dim() ? x.sizes[axis] : 1;
  for (int d = 0; d < x.dim(); d++) {
    if (d == axis) continue;
    outer.push_back({x.sizes[d], x.strides[d], values.strides[d], indices.strides[d]});
    rows *= x.sizes[d];
  }
  if (rows == 0 || keep == 0) return;
  int64_t step = x.dim() ? x.strides[axis] : 1, valueStep = x.dim() ? values.strides[axis] : 1, indexStep = x.dim() ? indices.strides[axis] : 1;
  int which = x.dtype == DType::F64 ? 1 : isFloat(x.dtype) ? 0 : 2;
  LoadFn load = simd().load[which][static_cast<int>(x.dtype)];
  StoreFn store = simd().store[which][static_cast<int>(x.dtype)];
  require(load && store && !isComplex(x.dtype), "an order of this dtype");
  Slot from = p.slot(x), to = p.slot(values), places = p.slot(indices);
  int64_t item = static_cast<int64_t>(itemSize(x.dtype));
  auto run = [=](Run& r, auto unit) {
    using T = decltype(unit);
    parallelFor(rows, std::max<int64_t>(1, 4096 / n), [&](int64_t begin, int64_t end) {
      std::vector<Ranked<T>> row(static_cast<size_t>(n));
      std::vector<T> flat(static_cast<size_t>(std::max(n, keep)));
      for (int64_t o = begin; o < end; o++) {
        int64_t in = 0, value = 0, index = 0, rest = o;
        for (size_t d = outer.size(); d-- > 0;) {
          int64_t c = rest % outer[d].size;
          rest /= outer[d].size;
          in += c * outer[d].in;
          value += c * outer[d].value;
          index += c * outer[d].index;
        }
        load(r.ptr<char>(from) + in * item, step, flat.data(), n);
        for (int64_t i = 0; i < n; i++) row[i] = {flat[i], i};
        work(row.data(), n);
        int64_t* k = r.ptr<int64_t>(places) + index;
        for (int64_t i = 0; i < keep; i++) {
          flat[i] = row[i].first;
          k[i * indexStep] = row[i].second;
        }
        store(flat.data(), r.ptr<char>(to) + value * item, valueStep, keep);
      }
    });
  };
  p.step(name, {x}, {values, indices}, [=](Run& r) {
    if (which == 0) run(r, float{});
    else if (which == 1) run(r, double{});
    else run(r, int64_t{});
  });
}

// Where equal values keep no order, they stand where the standard library's sort leaves them, as in PyTorch; long vectors of integers go
// through a radix sort there, which is stable.
std::pair<Tensor, Tensor> sorted(Planner& p, const Tensor& x, int64_t dim, bool down, bool stable) {
  int axis = axisOf(dim, x.dim());
  if (x.dim() == 1 && !down && x.numel() >= 32768 && !isFloat(x.dtype) && x.dtype != DType::Bool) stable = true;
  Dims strides = nonOverlappingDense(x) ? x.strides : orderedStrides(x);
  Tensor values = p.emptyStrided(x.dtype, x.sizes, strides), indices = p.emptyStrided(DType::I64, x.sizes, strides);
  rankedRows(p, "sort", x, axis, x.dim() ? x.sizes[axis] : 1, values, indices, [=](auto* row, int64_t n) {
    using T = typename std::remove_pointer_t<decltype(row)>::first_type;
    if (stable) std::stable_sort(row, row + n, down ? descending<T> : ascending<T>);
    else std::sort(row, row + n, down ? descending<T> : ascending<T>);
  });
  return {values, indices};
}
void sort(Planner& p, Args& a) {
  auto [values, indices] = sorted(p, a.tensor(0), a.integer(1), a.boolean(2), false);
  a.ret(values);
  a.ret(indices);
}
void sortStable(Planner& p, Args& a) {
  auto [values, indices] = sorted(p, a.tensor(0), a.integer(2), a.boolean(3), !a.isNone(1) && a.boolean(1));
  a.ret(values);
  a.ret(indices);
}
void argsort(Planner& p, Args& a) { a.ret(sorted(p, a.tensor(0), a.integer(1), a.boolean(2), false).second); }
void argsortStable(Planner& p, Args& a) { a.ret(sorted(p, a.tensor(0), a.integer(2), a.boolean(3), a.boolean(1)).second); }
void msort(Planner& p, Args& a) { a.ret(sorted(p, a.tensor(0), 0, false, false).first); }

// Which of several equal elements come first is the standard library's choice, by the same steps as PyTorch's.
void topk(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int axis = axisOf(a.integer(2), x.dim());
  int64_t k = a.integer(1);
  bool largest = a.boolean(3), inOrder = a.boolean(4);
  require(k >= 0 && k <= (x.dim() ? x.sizes[axis] : 1), "topk's k out of range");
  require(x.dtype != DType::Bool, "topk of bool");
  Dims sizes = x.sizes;
  if (x.dim()) sizes[axis] = k;
  Tensor values = p.empty(x.dtype, sizes), indices = p.empty(DType::I64, sizes);
  rankedRows(p, "topk", x, axis, k, values, indices, [=](auto* row, int64_t n) {
    using T = typename std::remove_pointer_t<decltype(row)>::first_type;
    auto order = largest ? descending<T> : ascending<T>;
    if (k * 64 <= n) {
      std::partial_sort(row, row + k, row + n, order);
    } else {
      std::nth_element(row, row + k - 1, row + n, order);
      if (inOrder) std::sort(row, row + k - 1, order);
    }
  });
  a.ret(values);
  a.ret(indices);
}

// Sedgewick's quickselect (1978), by whose steps PyTorch's kthvalue chooses among equal values: what belongs at k gets there.
template <class T>
void quickSelect(Ranked<T>* row, int64_t n, int64_t k) {
  auto after = [](const Ranked<T>& a, const Ranked<T>& b) { return below(b.first, a.first); };
  int64_t left = 0, right = n - 1;
  while (right > left) {
    if (right == left + 1) {
      if (after(row[left], row[right])) std::swap(row[left], row[right]);
      return;
    }
    std::swap(row[(left + right) / 2], row[left + 1]);
    if (after(row[left + 1], row[right])) std::swap(row[left + 1], row[right]);
    if (after(row[left], row[right])) std::swap(row[left], row[right]);
    if (after(row[left + 1], row[left])) std::swap(row[left + 1], row[left]);
    int64_t i = left + 1, j = right;
    Ranked<T> pivot = row[left];
    while (true) {
      do i++; while (after(pivot, row[i]));
      do j--; while (after(row[j], pivot));
      if (j < i) break;
      std::swap(row[i], row[j]);
    }
    std::swap(row[left], row[j]);
    if (j <= k) left = i;
    if (j >= k) right = j - 1;
  }
}

// The element at place `k` (from 0) of each row. `nan`: the first NaN where there is one, and of equal ones the first.
std::pair<Tensor, Tensor> selected(Planner& p, const Tensor& x, int axis, int64_t k, bool keep, bool nan) {
  Dims sizes = x.sizes;
  if (x.dim()) sizes[axis] = 1;
  Tensor values = p.empty(x.dtype, sizes), indices = p.empty(DType::I64, sizes);
  rankedRows(p, "select", x, axis, 1, values, indices, [=](auto* row, int64_t n) {
    if (nan)
      for (int64_t i = 0; i < n; i++)
        if (row[i].first != row[i].first) return std::swap(row[0], row[i]);
    if (!nan) quickSelect(row, n, k);
    else std::nth_element(row, row + k, row + n, [](auto& x, auto& y) { return below(x.first, y.first) || (!below(y.first, x.first) && x.second < y.second); });
    row[0] = row[k];
  });
  if (!keep && x.dim()) {
    sizes.erase(axis);
    values = p.view(values, sizes, contiguousStrides(sizes), 0);
    indices = p.view(indices, sizes, contiguousStrides(sizes), 0);
  }
  return {values, indices};
}
void kthvalue(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int axis = axisOf(a.integer(2), x.dim());
  int64_t k = a.integer(1), n = x.dim() ? x.sizes[axis] : 1;
  require(k >= 1 && k <= n, "kthvalue's k out of range");
  require(x.dtype != DType::Bool, "kthvalue of bool");
  auto [values, indices] = selected(p, x, axis, k - 1, a.boolean(3), false);
  a.ret(values);
  a.ret(indices);
}
void medianDim(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int axis = axisOf(a.integer(1), x.dim());
  int64_t n = x.dim() ? x.sizes[axis] : 1;
  require(n > 0 && x.dtype != DType::Bool, "median of nothing or of bool");
  auto [values, indices] = selected(p, x, axis, (n - 1) / 2, a.boolean(2), true);
  a.ret(values);
  a.ret(indices);
}
void median(Planner& p, Args& a) {
  Tensor x = p.contiguous(a.tensor(0));
  require(x.numel() > 0 && x.dtype != DType::Bool, "median of nothing or of bool");
  int64_t n = x.numel();
  a.ret(selected(p, p.view(x, Dims{n}, Dims{1}, x.offset), 0, (n - 1) / 2, false, true).first);
}

// How many boundaries of each value's row lie below it (or, to the right, not above it).
Tensor searched(Planner& p, const Tensor& given, const Tensor& values, bool right, bool narrow) {
  require(given.dim() >= 1, "boundaries of no dimension");
  Tensor boundaries = p.contiguous(given), v = p.contiguous(values);
  DType compute = boundaries.dtype == DType::F64 || v.dtype == DType::F64 ? DType::F64 : isFloat(boundaries.dtype) || isFloat(v.dtype) ? DType::F32 : DType::I64;
  require(!isComplex(boundaries.dtype) && !isComplex(v.dtype), "a search among complex numbers");
  boundaries = p.cast(boundaries, compute);
  v = p.cast(v, compute);
  bool shared = boundaries.dim() == 1;
  if (!shared) {
    require(v.dim() == boundaries.dim(), "searchsorted: sequences of another rank");
    for (int d = 0; d + 1 < v.dim(); d++) require(v.sizes[d] == boundaries.sizes[d], "searchsorted: sequences of other sizes");
  }
  int64_t n = boundaries.size(-1), each = shared ? v.numel() : v.size(-1), rows = shared ? 1 : (each ? v.numel() / each : 0);
  Tensor out = p.empty(DType::I64, v.sizes);
  Slot from = p.slot(boundaries), in = p.slot(v), to = p.slot(out);
  auto run = [=](const auto* b, const auto* x, int64_t* y) {
    parallelFor(rows * each, 4096, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) {
        auto* row = b + i / each * n;
        auto value = x[i];
        int64_t low = 0, high = n;
        while (low < high) {
          int64_t middle = low + (high - low) / 2;
          bool after = right ? !(row[middle] > value) : !(row[middle] >= value);
          if (after) low = middle + 1;
          else high = middle;
        }
        y[i] = low;
      }
    });
  };
  p.step("searchsorted", {boundaries, v}, {out}, [=](Run& r) {
    if (compute == DType::F32) run(r.ptr<float>(from), r.ptr<float>(in), r.ptr<int64_t>(to));
    else if (compute == DType::F64) run(r.ptr<double>(from), r.ptr<double>(in), r.ptr<int64_t>(to));
    else run(r.ptr<int64_t>(from), r.ptr<int64_t>(in), r.ptr<int64_t>(to));
  });
  return narrow ? p.cast(out, DType::I32) : out;
}
void bucketize(Planner& p, Args& a) {
  require(a.tensor(1).dim() == 1, "bucketize: boundaries that are no vector");
  a.ret(searched(p, a.tensor(1), a.tensor(0), a.boolean(3), a.boolean(2)));
}
void searchsorted(Planner& p, Args& a) {
  require(a.isNone(5), "searchsorted with a sorter");
  bool right = a.boolean(3);
  if (!a.isNone(4)) {
    require(a.text(4) == "right" || (a.text(4) == "left" && !right), "searchsorted's side");
    right = a.text(4) == "right";
  }
  a.ret(searched(p, a.tensor(0), a.tensor(1), right, a.boolean(2)));
}

TSJIT_KERNEL("aten::sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)", (sort));
TSJIT_KERNEL("aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)", (sortStable));
TSJIT_KERNEL("aten::argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor", (argsort));
TSJIT_KERNEL("aten::argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor", (argsortStable));
TSJIT_KERNEL("aten::msort(Tensor self) -> Tensor", (msort));
TSJIT_KERNEL("aten::topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)", (topk));
TSJIT_KERNEL("aten::kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)", (kthvalue));
TSJIT_KERNEL("aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", (medianDim));
TSJIT_KERNEL("aten::median(Tensor self) -> Tensor", (median));
TSJIT_KERNEL("aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor", (bucketize));
TSJIT_KERNEL("aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor", (searchsorted));

}  // namespace
}  // namespace tsjit
