// Running extremes and sums along one dimension, and reductions made of others.
#include <cmath>

#include "axes.h"
#include "simd/table.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

// One dimension of a contiguous x: outer rows of `n` elements `inner` apart.
struct Line {
  int64_t outer = 1, n = 1, inner = 1;
};
Line lineOf(const Tensor& x, int axis) {
  Line l;
  for (int d = 0; d < x.dim(); d++) (d < axis ? l.outer : d == axis ? l.n : l.inner) *= x.sizes[d];
  return l;
}
DType computeOf(DType t) {
  require(!isComplex(t), "a scan of complex numbers");
  return t == DType::F64 ? DType::F64 : isFloat(t) ? DType::F32 : DType::I64;
}

template <bool MAX>
void runningExtreme(Planner& p, Args& a) {
  Tensor given = a.tensor(0);
  DType compute = computeOf(given.dtype);
  int axis = axisOf(a.integer(1), given.dim());
  Tensor x = p.contiguous(p.cast(given, compute)), values = p.empty(compute, x.sizes), indices = p.empty(DType::I64, x.sizes);
  Line l = lineOf(x, axis);
  Slot in = p.slot(x), out = p.slot(values), places = p.slot(indices);
  auto run = [=](const auto* from, auto* to, int64_t* index) {
    if (l.n == 0) return;
    parallelFor(l.outer * l.inner, std::max<int64_t>(1, 8192 / l.n), [&](int64_t begin, int64_t end) {
      for (int64_t u = begin; u < end; u++) {
        int64_t base = u / l.inner * l.n * l.inner + u % l.inner, best = 0;
        auto top = from[base];
        for (int64_t i = 0; i < l.n; i++) {
          auto v = from[base + i * l.inner];
          if (v != v || (!(top != top) && (MAX ? v >= top : v <= top))) top = v, best = i;
          to[base + i * l.inner] = top;
          index[base + i * l.inner] = best;
        }
      }
    });
  };
  p.step(MAX ? "cummax" : "cummin", {x}, {values, indices}, [=](Run& r) {
    if (compute == DType::F32) run(r.ptr<float>(in), r.ptr<float>(out), r.ptr<int64_t>(places));
    else if (compute == DType::F64) run(r.ptr<double>(in), r.ptr<double>(out), r.ptr<int64_t>(places));
    else run(r.ptr<int64_t>(in), r.ptr<int64_t>(out), r.ptr<int64_t>(places));
  });
  a.ret(p.cast(values, given.dtype));
  a.ret(indices);
}
void logcumsumexp(Planner& p, Args& a) {
  Tensor given = a.tensor(0);
  require(isFloat(given.dtype), "logcumsumexp of integers");
  DType compute = computeOf(given.dtype);
  int axis = axisOf(a.integer(1), given.dim());
  Tensor x = p.contiguous(p.cast(given, compute)), y = p.empty(compute, x.sizes);
  Line l = lineOf(x, axis);
  Slot in = p.slot(x), out = p.slot(y);
  auto run = [=](const auto* from, auto* to) {
    using T = std::remove_pointer_t<decltype(to)>;
    for (int64_t u = 0; u < l.outer * l.inner; u++) {
      int64_t base = u / l.inner * l.n * l.inner + u % l.inner;
      double sum = -INFINITY;
      for (int64_t i = 0; i < l.n; i++) {
        double v = from[base + i * l.inner], low = std::min(v, sum), high = std::max(v, sum);
        if (std::isnan(v) || std::isnan(sum)) sum = NAN;
        else if (low != high || std::isfinite(low)) sum = std::log1p(std::exp(low - high)) + high;
        else sum = v;
        to[base + i * l.inner] = static_cast<T>(sum);
      }
    }
  };
  p.step("logcumsumexp", {x}, {y}, [=](Run& r) { compute == DType::F32 ? run(r.ptr<float>(in), r.ptr<float>(out)) : run(r.ptr<double>(in), r.ptr<double>(out)); });
  a.ret(p.cast(y, given.dtype));
}
template <bool PRODUCT>
void cumulativeInPlace(Planner& p, Args& a) {
  Tensor self = a.tensor(0);
  require(self.buffer == a.tensorAnyLayout(0).buffer, "writing into a blocked tensor");
  require(self.dtype != DType::Bool && !isComplex(self.dtype), "a running sum in place of this dtype");
  require(a.isNone(2) || a.dtypeOr(2, self.dtype) == self.dtype, "a running sum in place as another dtype");
  p.copy(self, p.callTensor(PRODUCT ? "aten::cumprod" : "aten::cumsum", {Value::of(self), a.value(1), Value::ofInt(static_cast<int64_t>(self.dtype))}));
  a.ret(a.value(0));
}

// --- made of others -----------------------------------------------------------------------------------------------

Tensor nonzeroMask(Planner& p, const Value& x) { return p.callTensor("aten::ne.Scalar", {x, Value::ofInt(0)}); }
void countNonzero(Planner& p, Args& a) {
  Value dims = a.isNone(1) ? Value::none() : a.value(1);
  a.ret(p.callTensor("aten::sum.dim_IntList", {Value::of(nonzeroMask(p, a.value(0))), dims, Value::ofBool(false), Value::none()}));
}
void aminmax(Planner& p, Args& a) {
  Value dims = a.isNone(1) ? Value::list({}) : Value::list({Value::ofInt(a.integer(1))});
  Tensor low = p.callTensor("aten::amin", {a.value(0), dims, a.value(2)}), high = p.callTensor("aten::amax", {a.value(0), dims, a.value(2)});
  a.ret(low);
  a.ret(high);
}
Tensor withoutNan(Planner& p, const Value& x) {
  if (!isFloat(x.tensor.dtype)) return x.tensor;
  Tensor nan = p.callTensor("aten::isnan", {x});
  return p.callTensor("aten::masked_fill.Scalar", {x, Value::of(nan), Value::ofInt(0)});
}
void nansum(Planner& p, Args& a) {
  a.ret(p.callTensor("aten::sum.dim_IntList", {Value::of(withoutNan(p, a.value(0))), a.value(1), a.value(2), a.value(3)}));
}
void nanmean(Planner& p, Args& a) {
  require(a.tensorAnyLayout(0).dtype == DType::F32 || a.tensorAnyLayout(0).dtype == DType::F64, "nanmean of this dtype");
  require(a.isNone(3), "nanmean as another dtype");
  Tensor sum = p.callTensor("aten::sum.dim_IntList", {Value::of(withoutNan(p, a.value(0))), a.value(1), a.value(2), Value::none()});
  Tensor real = p.callTensor("aten::logical_not", {Value::of(p.callTensor("aten::isnan", {a.value(0)}))});
  Tensor count = p.callTensor("aten::sum.dim_IntList", {Value::of(real), a.value(1), a.value(2), Value::none()});
  a.ret(p.callTensor("aten::div.Tensor", {Value::of(sum), Value::of(count)}));
}
void trace(Planner& p, Args& a) {
  require(a.tensorAnyLayout(0).dtype != DType::Bool, "trace of bool");
  require(a.tensorAnyLayout(0).dim() == 2, "trace of a tensor that is no matrix");
  Tensor d = p.callTensor("aten::diagonal", {a.value(0), Value::ofInt(0), Value::ofInt(0), Value::ofInt(1)});
  a.ret(p.callTensor("aten::sum", {Value::of(d), Value::none()}));
}
template <bool ALL>
void normAs(Planner& p, Args& a) {  // norm with a dtype
  Value order = a.isNone(1) ? Value::ofInt(2) : a.value(1);
  if (ALL) a.ret(p.callTensor("aten::linalg_vector_norm", {a.value(0), order, Value::none(), Value::ofBool(false), a.value(2)}));
  else a.ret(p.callTensor("aten::linalg_vector_norm", {a.value(0), order, a.value(2), a.value(3), a.value(4)}));
}
void frobenius(Planner& p, Args& a) {
  require(a.ints(1).n <= 2, "frobenius_norm of more than two dimensions");
  a.ret(p.callTensor("aten::linalg_vector_norm", {a.value(0), Value::ofInt(2), a.value(1), a.value(2), Value::none()}));
}
void linalgNorm(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  // with an order over two dimensions it is a matrix norm
  bool matrix = !a.isNone(1) && (a.isNone(2) ? x.dim() == 2 : a.ints(2).n == 2);
  require(!matrix && (a.isNone(1) || !a.isNone(2) || x.dim() == 1), "a matrix norm");
  a.ret(p.callTensor("aten::linalg_vector_norm", {Value::of(x), a.isNone(1) ? Value::ofInt(2) : a.value(1), a.value(2), a.value(3), a.value(4)}));
}

TSJIT_KERNEL("aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)", (runningExtreme<true>));
TSJIT_KERNEL("aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)", (runningExtreme<false>));
TSJIT_KERNEL("aten::logcumsumexp(Tensor self, int dim) -> Tensor", (logcumsumexp));
TSJIT_KERNEL("aten::cumsum_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)", (cumulativeInPlace<false>));
TSJIT_KERNEL("aten::cumprod_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)", (cumulativeInPlace<true>));
TSJIT_KERNEL("aten::count_nonzero(Tensor self, int? dim=None) -> Tensor", (countNonzero));
TSJIT_KERNEL("aten::count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor", (countNonzero));
TSJIT_KERNEL("aten::aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)", (aminmax));
TSJIT_KERNEL("aten::nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", (nansum));
TSJIT_KERNEL("aten::nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", (nanmean));
TSJIT_KERNEL("aten::trace(Tensor self) -> Tensor", (trace));
TSJIT_KERNEL("aten::norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor", (normAs<false>));
TSJIT_KERNEL("aten::norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor", (normAs<true>));
TSJIT_KERNEL("aten::frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor", (frobenius));
TSJIT_KERNEL("aten::linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", (linalgNorm));

}  // namespace
}  // namespace tsjit
