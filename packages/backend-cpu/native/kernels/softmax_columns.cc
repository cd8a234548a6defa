// Softmax and extremes with positions along a dimension that is not the innermost one: whole rows at a time, no transposition.
#include <algorithm>
#include <cmath>

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

}  // namespace

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
          bool takes = better(row[j], best[j]) || (row[j] != row[j] && best[j] == best[j]);  // the first NaN stays
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
