// Softmax, running sums and extremes with positions along one dimension. Where it is not the innermost one, softmax and extremes take whole
// rows at a time instead of transposing.
#include <algorithm>
#include <cmath>

#include "axes.h"
#include "reductions.h"
#include "simd/table.h"
#include "tsjit/parallel.h"

namespace tsjit {
namespace {

constexpr int64_t kColumns = 256;

struct Columns {
  int64_t outer = 1, n = 1, inner = 1, strips = 1;
};
Columns columnsOf(const Tensor& x, int axis) {
  Columns c;
  for (int d = 0; d < x.dim(); d++) (d < axis ? c.outer : d == axis ? c.n : c.inner) *= x.sizes[d];
  c.strips = (c.inner + kColumns - 1) / kColumns;
  return c;
}
// Calls body(first element, columns) for every strip.
template <class Body>
void eachStrip(const Columns& c, const Body& body) {
  parallelFor(c.outer * c.strips, std::max<int64_t>(1, 16384 / (c.n * std::min(c.inner, kColumns))), [&](int64_t begin, int64_t end) {
    for (int64_t u = begin; u < end; u++) {
      int64_t first = u % c.strips * kColumns;
      body(u / c.strips, first, std::min(kColumns, c.inner - first));
    }
  });
}

Tensor softmaxColumns(Planner& p, const Tensor& x, int axis, bool log) {
  Tensor y = p.empty(DType::F32, x.sizes);
  Columns c = columnsOf(x, axis);
  Slot in = p.slot(x), out = p.slot(y);
  p.step(log ? "log_softmax" : "softmax", {x}, {y}, [=](Run& r) {
    const SimdTable& t = simd();
    const double one[3] = {1, 0, 0};
    TileFn sub = t.op[0][static_cast<int>(PwOp::Sub)], mul = t.op[0][static_cast<int>(PwOp::Mul)];
    eachStrip(c, [&](int64_t outer, int64_t first, int64_t m) {
      const float* from = r.ptr<float>(in) + outer * c.n * c.inner + first;
      float* to = r.ptr<float>(out) + outer * c.n * c.inner + first;
      alignas(64) float top[kColumns], part[kColumns], tile[kColumns];
      double total[kColumns] = {};
      std::copy_n(from, m, top);
      for (int64_t i = 1; i < c.n; i++) t.accumulateMax(from + i * c.inner, top, m);
      for (int64_t i = 0; i < c.n;) {  // blocks short enough for float32 partial sums
        int64_t end = std::min(c.n, i + 128);
        std::fill_n(part, m, 0.0f);
        for (; i < end; i++) {
          float* e = log ? tile : to + i * c.inner;
          sub(from + i * c.inner, top, nullptr, e, m, one);
          t.exp(e, e, m);
          t.accumulate(e, part, m);
        }
        for (int64_t j = 0; j < m; j++) total[j] += static_cast<double>(part[j]);
      }
      if (log) {
        for (int64_t j = 0; j < m; j++) part[j] = static_cast<float>(std::log(total[j]));
        for (int64_t i = 0; i < c.n; i++) {
          sub(from + i * c.inner, top, nullptr, tile, m, one);
          sub(tile, part, nullptr, to + i * c.inner, m, one);
        }
      } else {
        for (int64_t j = 0; j < m; j++) part[j] = static_cast<float>(1.0 / total[j]);
        for (int64_t i = 0; i < c.n; i++) mul(to + i * c.inner, part, nullptr, to + i * c.inner, m, one);
      }
    });
  });
  return y;
}



// `work` on dense rows of the dimension; the result has x's sizes, contiguous.
template <class Work>
Tensor alongRows(Planner& p, const Tensor& x, int axis, const char* name, const Work& work) {
  bool last = axis == x.dim() - 1 || x.dim() == 0;
  Dims sizes = x.sizes, strides = x.strides;
  if (!last) {
    std::swap(sizes[axis], sizes[x.dim() - 1]);
    std::swap(strides[axis], strides[x.dim() - 1]);
  }
  Tensor source = p.contiguous(last ? x : p.view(x, sizes, strides, x.offset)), out = p.empty(x.dtype, sizes);
  Slot in = p.slot(source), to = p.slot(out);
  int64_t n = x.dim() == 0 ? 1 : sizes.back(), outer = n ? x.numel() / n : 0;
  DType dtype = x.dtype;
  p.step(name, {source}, {out}, [=](Run& r) {
    if (outer == 0) return;
    parallelFor(outer, std::max<int64_t>(1, 8192 / n), [&](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; o++) {
        if (dtype == DType::F32) work(r.ptr<float>(in) + o * n, r.ptr<float>(to) + o * n, n);
        else if (dtype == DType::F64) work(r.ptr<double>(in) + o * n, r.ptr<double>(to) + o * n, n);
        else work(r.ptr<int64_t>(in) + o * n, r.ptr<int64_t>(to) + o * n, n);
      }
    });
  });
  if (last) return out;
  Dims back = out.strides;
  std::swap(sizes[axis], sizes[x.dim() - 1]);
  std::swap(back[axis], back[x.dim() - 1]);
  return p.contiguous(p.view(out, sizes, back, out.offset));
}
struct Softmax {
  bool log;
  template <class T>
  void operator()(const T* x, T* y, int64_t n) const {
    if constexpr (std::is_same_v<T, float>) {
      (log ? simd().logSoftmax : simd().softmax)(x, y, n);
    } else if constexpr (std::is_same_v<T, double>) {
      double top = x[0], sum = 0;
      for (int64_t i = 0; i < n; i++) top = (x[i] > top || x[i] != x[i]) ? x[i] : top;
      for (int64_t i = 0; i < n; i++) sum += y[i] = std::exp(x[i] - top);
      double shift = std::log(sum);
      for (int64_t i = 0; i < n; i++) y[i] = log ? x[i] - top - shift : y[i] / sum;
    }
  }
};
template <bool LOG>
void softmax(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  bool half = a.size() > 2 && a.value(2).tag == Value::Tag::Bool;  // aten::_softmax's last argument
  DType result = half ? x.dtype : a.dtypeOr(2, x.dtype);
  require(isFloat(result) && (!half || !a.boolean(2)), "softmax of integers");
  int axis = axisOf(a.integer(1), x.dim());
  DType compute = reductionCompute(result);
  Tensor wide = p.cast(p.cast(x, result), compute);
  int64_t inner = 1;
  for (int d = axis + 1; d < x.dim(); d++) inner *= x.sizes[d];
  if (compute == DType::F32 && inner > 1 && x.numel() > 0) return a.ret(p.cast(softmaxColumns(p, p.contiguous(wide), axis, LOG), result));
  Tensor y = alongRows(p, wide, axis, LOG ? "log_softmax" : "softmax", Softmax{LOG});
  a.ret(p.cast(y, result));
}
struct CumulativeSum {
  template <class T>
  void operator()(const T* x, T* y, int64_t n) const {
    using W = std::conditional_t<std::is_same_v<T, int64_t>, int64_t, double>;
    W sum = 0;
    for (int64_t i = 0; i < n; i++) y[i] = static_cast<T>(sum += x[i]);
  }
};
struct CumulativeProduct {
  template <class T>
  void operator()(const T* x, T* y, int64_t n) const {
    using W = std::conditional_t<std::is_same_v<T, int64_t>, int64_t, double>;
    W product = 1;
    for (int64_t i = 0; i < n; i++) y[i] = static_cast<T>(product *= x[i]);
  }
};
template <class Work>
void cumulative(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  DType result = a.dtypeOr(2, isFloat(x.dtype) ? x.dtype : DType::I64);
  Tensor y = alongRows(p, p.cast(p.cast(x, result), reductionCompute(result)), axisOf(a.integer(1), x.dim()), "cumulative", Work{});
  a.ret(p.cast(y, result));
}
TSJIT_KERNEL("aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", (softmax<false>));
TSJIT_KERNEL("aten::_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", (softmax<false>));
TSJIT_KERNEL("aten::special_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", (softmax<false>));
TSJIT_KERNEL("aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", (softmax<true>));
TSJIT_KERNEL("aten::_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", (softmax<true>));
TSJIT_KERNEL("aten::special_log_softmax(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", (softmax<true>));
TSJIT_KERNEL("aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", (cumulative<CumulativeSum>));
TSJIT_KERNEL("aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", (cumulative<CumulativeProduct>));

}  // namespace

void extremeColumns(Planner& p, const Tensor& x, int axis, bool max, const Tensor& values, const Tensor& indices) {
  Columns c = columnsOf(x, axis);
  Slot in = p.slot(x), out = p.slot(values), places = p.slot(indices);
  auto run = [=](Run& r, auto better) {
    eachStrip(c, [&](int64_t outer, int64_t first, int64_t m) {
      const float* from = r.ptr<float>(in) + outer * c.n * c.inner + first;
      float best[kColumns];
      int32_t at[kColumns] = {};
      std::copy_n(from, m, best);
      for (int64_t i = 1; i < c.n; i++) {
        const float* row = from + i * c.inner;
        const auto place = static_cast<int32_t>(i);
        for (int64_t j = 0; j < m; j++) {
          bool takes = better(row[j], best[j]) | ((row[j] != row[j]) & (best[j] == best[j]));  // the first NaN stays; no branches
          best[j] = takes ? row[j] : best[j];
          at[j] = takes ? place : at[j];
        }
      }
      std::copy_n(best, m, r.ptr<float>(out) + outer * c.inner + first);
      int64_t* index = r.ptr<int64_t>(places) + outer * c.inner + first;
      for (int64_t j = 0; j < m; j++) index[j] = at[j];
    });
  };
  require(c.n <= INT32_MAX, "a dimension too large");
  p.step(max ? "argmax" : "argmin", {x}, {values, indices}, [=](Run& r) {
    if (max) run(r, [](float a, float b) { return a > b; });
    else run(r, [](float a, float b) { return a < b; });
  });
}

}  // namespace tsjit
