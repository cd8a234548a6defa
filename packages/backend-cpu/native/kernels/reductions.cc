// Reductions over dimensions.
//
// Every reduction is brought into one of two shapes: rows (the reduced dimensions are dense and innermost) or columns (outer, reduced,
// inner, all dense). Other arrangements and blocked layouts go through strided_reduction.h, or are copied first. Sums are taken in float32 lanes over short blocks and added up in float64.
#include "reductions.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "axes.h"
#include "simd/table.h"
#include "strided_reduction.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {

bool denseReductionShape(const Tensor& given, unsigned mask, bool columnsAllowed, ReductionShape& s) {
  s.source = given;
  int rank = given.dim();
  int64_t kept = 1, reduced = 1;
  for (int i = 0; i < rank; i++) (mask >> i & 1 ? reduced : kept) *= given.sizes[i];
  s.reduced = reduced;
  s.outer = kept;
  s.inner = 1;
  if (given.layout || given.numel() == 0) return !given.layout;
  // dimensions by stride, outermost first, with neighbours of one kind joined
  std::vector<int> order;
  for (int i = 0; i < rank; i++)
    if (given.sizes[i] != 1) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return given.strides[a] > given.strides[b]; });
  bool dense = true, keptInOrder = true;
  int64_t expected = 1;
  for (size_t k = order.size(); k-- > 0;) {
    dense = dense && given.strides[order[k]] == expected;
    expected *= given.sizes[order[k]];
  }
  int lastKept = -1;
  std::vector<std::pair<bool, int64_t>> groups;
  for (int d : order) {
    bool isReduced = mask >> d & 1;
    if (!isReduced) {
      keptInOrder = keptInOrder && d > lastKept;
      lastKept = d;
    }
    if (!groups.empty() && groups.back().first == isReduced) groups.back().second *= given.sizes[d];
    else groups.push_back({isReduced, given.sizes[d]});
  }
  if (dense && keptInOrder) {
    size_t n = groups.size();
    auto pattern = [&](std::initializer_list<bool> kinds) { return n == kinds.size() && std::equal(kinds.begin(), kinds.end(), groups.begin(), [](bool k, auto& g) { return k == g.first; }); };
    if (n == 0 || pattern({true}) || pattern({false}) || pattern({false, true})) {
      return true;
    }
    if (columnsAllowed && (pattern({true, false}) || pattern({false, true, false}))) {
      s.inner = groups.back().second;
      s.outer = kept / s.inner;
      return true;
    }
  }
  return false;
}

ReductionShape reductionShape(Planner& p, const Tensor& given, unsigned mask, bool columnsAllowed) {
  ReductionShape s;
  if (denseReductionShape(given, mask, columnsAllowed, s)) return s;
  int rank = given.dim();
  // copy with the reduced dimensions last
  Dims sizes, strides;
  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < rank; i++)
      if ((mask >> i & 1) == static_cast<unsigned>(pass)) {
        sizes.push_back(given.sizes[i]);
        strides.push_back(given.strides[i]);
      }
  s.source = p.contiguous(p.view(given, sizes, strides, given.offset));
  s.inner = 1;
  return s;
}

unsigned reductionMask(const Dims& dims, int rank) {
  if (dims.n == 0) return rank >= 32 ? ~0u : (1u << rank) - 1;
  unsigned mask = 0;
  for (int64_t d : dims) {
    int axis = axisOf(d, rank);
    require(!(mask >> axis & 1) , "a dimension reduced twice");
    mask |= 1u << axis;
  }
  return mask;
}

Dims reducedSizes(const Dims& sizes, unsigned mask, bool keep) {
  Dims out;
  for (int i = 0; i < sizes.n; i++) {
    if (!(mask >> i & 1)) out.push_back(sizes[i]);
    else if (keep) out.push_back(1);
  }
  return out;
}

namespace {

enum class Red { Sum, Mean, Max, Min, Prod, Any, All, SumSquares, SumAbs, CountNonZero };

template <class T>
struct Wide { using type = double; };
template <>
struct Wide<int64_t> { using type = int64_t; };

template <Red R, class T>
typename Wide<T>::type reduceRow(const T* x, int64_t n) {
  using W = typename Wide<T>::type;
  if constexpr (std::is_same_v<T, float>) {
    const SimdTable& t = simd();
    if constexpr (R == Red::Sum || R == Red::Mean) return t.sum(x, n);
    if constexpr (R == Red::Max) return t.max(x, n);
    if constexpr (R == Red::Min) return t.min(x, n);
    if constexpr (R == Red::SumSquares) return t.sumSquares(x, n);
  }
  W r = R == Red::Prod || R == Red::All ? W(1) : W(0);
  if constexpr (R == Red::Max || R == Red::Min) r = static_cast<W>(x[0]);
  for (int64_t i = 0; i < n; i++) {
    W v = static_cast<W>(x[i]);
    if constexpr (R == Red::Sum || R == Red::Mean) r += v;
    else if constexpr (R == Red::Max) r = (v > r || v != v) ? v : r;
    else if constexpr (R == Red::Min) r = (v < r || v != v) ? v : r;
    else if constexpr (R == Red::Prod) r *= v;
    else if constexpr (R == Red::Any) r = (r != W(0) || v != W(0)) ? W(1) : W(0);
    else if constexpr (R == Red::All) r = (r != W(0) && v != W(0)) ? W(1) : W(0);
    else if constexpr (R == Red::SumSquares) r += v * v;
    else if constexpr (R == Red::SumAbs) r += v < 0 ? -v : v;
    else r += v != W(0) ? W(1) : W(0);
  }
  return r;
}
template <Red R, class W>
W combine(W a, W b) {
  if constexpr (R == Red::Max) return (b > a || b != b) ? b : a;
  else if constexpr (R == Red::Min) return (b < a || b != b) ? b : a;
  else if constexpr (R == Red::Prod) return a * b;
  else if constexpr (R == Red::Any) return (a != W(0) || b != W(0)) ? W(1) : W(0);
  else if constexpr (R == Red::All) return (a != W(0) && b != W(0)) ? W(1) : W(0);
  else return a + b;
}

constexpr int64_t kPiece = 1 << 16;

template <Red R, class T, class Store>
void runRows(const T* x, int64_t outer, int64_t n, const Store& store) {
  using W = typename Wide<T>::type;
  auto row = [&](int64_t o) {
    const T* at = x + o * n;
    W r{};
    if (n == 0) {
      r = R == Red::Prod || R == Red::All ? W(1) : W(0);
    } else {
      // pieces of a fixed size: the result does not depend on the number of threads
      r = reduceRow<R>(at, std::min(n, kPiece));
      for (int64_t i = kPiece; i < n; i += kPiece) r = combine<R>(r, reduceRow<R>(at + i, std::min(kPiece, n - i)));
    }
    store(o, r);
  };
  if (outer == 1 && n > 2 * kPiece) {
    int64_t pieces = (n + kPiece - 1) / kPiece;
    std::vector<W> partial(static_cast<size_t>(pieces));
    parallelFor(pieces, 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) partial[i] = reduceRow<R>(x + i * kPiece, std::min(kPiece, n - i * kPiece));
    });
    W r = partial[0];
    for (int64_t i = 1; i < pieces; i++) r = combine<R>(r, partial[i]);
    return store(0, r);
  }
  parallelFor(outer, std::max<int64_t>(1, 32768 / std::max<int64_t>(n, 1)), [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; o++) row(o);
  });
}

// [outer, reduced, inner] float32: sums and extremes of columns
template <Red R, class Store>
void runColumns(const float* x, int64_t outer, int64_t n, int64_t inner, const Store& store) {
  constexpr int64_t kColumns = 512, kBlock = 128;
  int64_t strips = (inner + kColumns - 1) / kColumns;
  const SimdTable& t = simd();
  parallelFor(outer * strips, std::max<int64_t>(1, 32768 / (n * std::min(inner, kColumns))), [&](int64_t begin, int64_t end) {
    float acc[kColumns];
    double total[kColumns];
    for (int64_t k = begin; k < end; k++) {
      int64_t o = k / strips, c = k % strips * kColumns, m = std::min(kColumns, inner - c);
      const float* at = x + o * n * inner + c;
      if constexpr (R == Red::Max || R == Red::Min) {
        std::memcpy(acc, at, m * sizeof(float));
        for (int64_t i = 1; i < n; i++) (R == Red::Max ? t.accumulateMax : t.accumulateMin)(at + i * inner, acc, m);
        for (int64_t j = 0; j < m; j++) store(o * inner + c + j, static_cast<double>(acc[j]));
      } else {
        std::fill_n(total, m, 0.0);
        for (int64_t i = 0; i < n; i += kBlock) {
          std::fill_n(acc, m, 0.0f);
          for (int64_t r = i; r < std::min(n, i + kBlock); r++) t.accumulate(at + r * inner, acc, m);
          for (int64_t j = 0; j < m; j++) total[j] += static_cast<double>(acc[j]);
        }
        for (int64_t j = 0; j < m; j++) store(o * inner + c + j, total[j]);
      }
    }
  });
}

template <Red R>
Tensor reduceStrided(Planner& p, const Tensor& x, unsigned mask, bool keep, const char* name) {
  require(x.numel() > 0, "a reduction of nothing");
  Tensor y = p.empty(x.dtype, reducedSizes(x.sizes, mask, keep));
  ReductionPass pass;
  pass.kind = R == Red::Max ? ReductionPass::Max : R == Red::Min ? ReductionPass::Min : R == Red::Prod ? ReductionPass::Prod : ReductionPass::Sum;
  if (R == Red::SumAbs) pass.map = ReductionPass::Abs;
  if (R == Red::SumSquares) pass.map = ReductionPass::Square;
  if (R == Red::Any || R == Red::All || R == Red::CountNonZero) pass.map = ReductionPass::NonZero;
  int64_t count = x.numel() / std::max<int64_t>(y.numel(), 1);
  auto finish = [count](auto* acc, auto*, int64_t n) {
    using A = std::remove_pointer_t<decltype(acc)>;
    for (int64_t i = 0; i < n; i++) {
      if (R == Red::Mean) acc[i] /= static_cast<A>(count);
      if (R == Red::Any) acc[i] = acc[i] != A(0);
      if (R == Red::All) acc[i] = acc[i] == static_cast<A>(count);
    }
  };
  auto nothing = [](auto*, int64_t) {};
  if (x.dtype == DType::F32) recordReduction<float>(p, name, x, mask, {pass}, y, Tensor{}, nothing, finish);
  else if (x.dtype == DType::F64) recordReduction<double>(p, name, x, mask, {pass}, y, Tensor{}, nothing, finish);
  else recordReduction<int64_t>(p, name, x, mask, {pass}, y, Tensor{}, nothing, finish);
  return y;
}

// The reduction of x (float32, float64 or int64) over `mask` as a tensor of x's dtype.
template <Red R>
Tensor reduce(Planner& p, const Tensor& x, unsigned mask, bool keep, const char* name) {
  constexpr bool columns = R == Red::Sum || R == Red::Mean || R == Red::Max || R == Red::Min;
  ReductionShape s;
  if (!denseReductionShape(x, mask, columns && x.dtype == DType::F32, s)) return reduceStrided<R>(p, x, mask, keep, name);
  require(!((R == Red::Max || R == Red::Min) && s.reduced == 0), "an extreme of nothing");
  Tensor y = p.empty(x.dtype, reducedSizes(x.sizes, mask, keep));
  Slot in = p.slot(s.source), out = p.slot(y);
  int64_t outer = s.outer, n = s.reduced, inner = s.inner;
  double divisor = R == Red::Mean ? static_cast<double>(n) : 1.0;
  DType dtype = x.dtype;
  p.step(name, {s.source}, {y}, [=](Run& r) {
    if (dtype == DType::F32) {
      float* to = r.ptr<float>(out);
      auto store = [=](int64_t i, double v) { to[i] = static_cast<float>(v / divisor); };
      if (inner == 1) runRows<R>(r.ptr<float>(in), outer, n, store);
      else if constexpr (columns) runColumns<R>(r.ptr<float>(in), outer, n, inner, store);
    } else if (dtype == DType::F64) {
      double* to = r.ptr<double>(out);
      runRows<R>(r.ptr<double>(in), outer, n, [=](int64_t i, double v) { to[i] = v / divisor; });
    } else {
      int64_t* to = r.ptr<int64_t>(out);
      runRows<R>(r.ptr<int64_t>(in), outer, n, [=](int64_t i, int64_t v) { to[i] = v; });
    }
  });
  return y;
}

Dims optionalDims(const Args& a, int i) { return a.isNone(i) ? Dims{} : a.ints(i); }

// sum and mean: dims at `dimAt` (-1: all), keepdim after it, dtype at `dtypeAt`
template <Red R, int DIM, int DTYPE>
void sumLike(Planner& p, Args& a) {
  Tensor x = a.tensorAnyLayout(0);
  DType result = a.dtypeOr(DTYPE, isFloat(x.dtype) || isComplex(x.dtype) || R == Red::Mean ? x.dtype : DType::I64);
  require(R != Red::Mean || isFloat(result), "mean of integers");
  unsigned mask = reductionMask(DIM < 0 ? Dims{} : optionalDims(a, DIM < 0 ? 0 : DIM), x.dim());
  bool keep = DIM >= 0 && a.boolean(DIM + 1);
  if (!reducibleLayout(x, mask)) x = p.plain(x);
  DType compute = reductionCompute(result);
  Tensor y = reduce<R>(p, p.cast(x, compute), mask, keep, R == Red::Mean ? "mean" : "sum");
  a.ret(p.cast(y, result));
}
template <int DIM>
void prod(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  constexpr int dtypeAt = DIM < 0 ? 1 : 3;
  DType result = a.dtypeOr(dtypeAt, isFloat(x.dtype) ? x.dtype : DType::I64);
  unsigned mask = reductionMask(DIM < 0 ? Dims{} : Dims{a.integer(1)}, x.dim());
  Tensor y = reduce<Red::Prod>(p, p.cast(x, reductionCompute(result)), mask, DIM >= 0 && a.boolean(2), "prod");
  a.ret(p.cast(y, result));
}
template <Red R>
void extreme(Planner& p, Args& a) {  // amax, amin, max, min
  Tensor x = a.tensorAnyLayout(0);
  require(x.numel() > 0, "an extreme of nothing");
  unsigned mask = reductionMask(a.size() > 1 ? optionalDims(a, 1) : Dims{}, x.dim());
  if (!reducibleLayout(x, mask)) x = p.plain(x);
  Tensor y = reduce<R>(p, p.cast(x, reductionCompute(x.dtype)), mask, a.size() > 2 && a.boolean(2), R == Red::Max ? "amax" : "amin");
  a.ret(p.cast(y, x.dtype));
}
template <Red R>
void anyAll(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  require(x.dtype != DType::U8, "any or all of uint8");
  unsigned mask = reductionMask(a.size() > 1 ? optionalDims(a, 1) : Dims{}, x.dim());
  if (a.size() > 1 && !a.isNone(1) && a.ints(1).n == 0) throw Bailout("any or all over no dimensions");
  Tensor y = reduce<R>(p, p.cast(x, reductionCompute(x.dtype)), mask, a.size() > 2 && a.boolean(2), R == Red::Any ? "any" : "all");
  a.ret(p.cast(y, DType::Bool));
}
Tensor normOf(Planner& p, const Tensor& given, double order, const Dims& dims, bool keep, DType result) {
  require(isFloat(given.dtype) && isFloat(result), "a norm of integers");
  DType compute = reductionCompute(result);
  Tensor x = p.cast(given, compute), y;
  unsigned mask = reductionMask(dims, x.dim());
  if (order == 2) {
    y = reduce<Red::SumSquares>(p, x, mask, keep, "norm");
    y = pointwise(p, PwOp::Sqrt, compute, compute, {Value::of(y)});
  } else if (order == 1) {
    y = reduce<Red::SumAbs>(p, x, mask, keep, "norm");
  } else if (order == 0) {
    y = reduce<Red::CountNonZero>(p, x, mask, keep, "norm");
  } else if (std::isinf(order)) {
    Tensor m = pointwise(p, PwOp::Abs, compute, compute, {Value::of(x)});
    y = order > 0 ? reduce<Red::Max>(p, m, mask, keep, "norm") : reduce<Red::Min>(p, m, mask, keep, "norm");
  } else {
    Tensor m = pointwise(p, PwOp::Abs, compute, compute, {Value::of(x)});
    m = pointwise(p, PwOp::PowScalar, compute, compute, {Value::of(m)}, order);
    y = reduce<Red::Sum>(p, m, mask, keep, "norm");
    y = pointwise(p, PwOp::PowScalar, compute, compute, {Value::of(y)}, 1 / order);
  }
  return p.cast(y, result);
}
void vectorNorm(Planner& p, Args& a) { a.ret(normOf(p, a.tensor(0), a.number(1), optionalDims(a, 2), a.boolean(3), a.dtypeOr(4, a.tensorAnyLayout(0).dtype))); }
void normAll(Planner& p, Args& a) { a.ret(normOf(p, a.tensor(0), a.isNone(1) ? 2 : a.number(1), {}, false, a.tensorAnyLayout(0).dtype)); }
void normDim(Planner& p, Args& a) { a.ret(normOf(p, a.tensor(0), a.isNone(1) ? 2 : a.number(1), a.ints(2), a.boolean(3), a.tensorAnyLayout(0).dtype)); }

// --- with positions ----------------------------------------------------------------------------------------------

template <bool MAX, class T>
void findRows(const T* x, int64_t outer, int64_t n, T* values, int64_t* indices) {
  parallelFor(outer, std::max<int64_t>(1, 16384 / n), [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; o++) {
      const T* row = x + o * n;
      T best = row[0];
      int64_t at = 0;
      if constexpr (std::is_same_v<T, float>) {
        best = MAX ? simd().max(row, n) : simd().min(row, n);
        for (at = 0; at < n && !(row[at] == best || (best != best && row[at] != row[at])); at++) {}
        best = row[at];  // the zero that stands there, with its sign
      } else {
        for (int64_t i = 1; i < n && best == best; i++)
          if ((MAX ? row[i] > best : row[i] < best) || row[i] != row[i]) best = row[i], at = i;
      }
      if (values) values[o] = best;
      indices[o] = at;
    }
  });
}
template <bool MAX>
std::pair<Tensor, Tensor> find(Planner& p, const Tensor& given, unsigned mask, bool keep) {
  DType compute = reductionCompute(given.dtype);
  Tensor x = p.cast(given, compute);
  Dims sizes = reducedSizes(given.sizes, mask, keep);
  Tensor values = p.empty(compute, sizes), indices = p.empty(DType::I64, sizes);
  int axis = 0, axes = 0;
  for (int d = 0; d < x.dim(); d++)
    if (mask >> d & 1) axis = d, axes++;
  if (compute == DType::F32 && axes == 1 && axis < x.dim() - 1 && x.isContiguous() && x.numel() > 0) {
    extremeColumns(p, x, axis, MAX, values, indices);
    return {p.cast(values, given.dtype), indices};
  }
  ReductionShape s = reductionShape(p, x, mask, false);
  require(s.reduced > 0, "an extreme of nothing");
  Slot in = p.slot(s.source), v = p.slot(values), i = p.slot(indices);
  int64_t outer = s.outer, n = s.reduced;
  p.step(MAX ? "argmax" : "argmin", {s.source}, {values, indices}, [=](Run& r) {
    if (compute == DType::F32) findRows<MAX>(r.ptr<float>(in), outer, n, r.ptr<float>(v), r.ptr<int64_t>(i));
    else if (compute == DType::F64) findRows<MAX>(r.ptr<double>(in), outer, n, r.ptr<double>(v), r.ptr<int64_t>(i));
    else findRows<MAX>(r.ptr<int64_t>(in), outer, n, r.ptr<int64_t>(v), r.ptr<int64_t>(i));
  });
  return {p.cast(values, given.dtype), indices};
}
template <bool MAX>
void argExtreme(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  require(x.dtype != DType::Bool, "argmax of bool");
  bool all = a.isNone(1);
  if (all && !x.isContiguous()) x = p.contiguous(x);  // positions count in row-major order
  unsigned mask = reductionMask(all ? Dims{} : Dims{a.integer(1)}, x.dim());
  Tensor found = find<MAX>(p, x, mask, !all && a.boolean(2)).second;
  if (all && a.boolean(2)) found = p.view(found, Dims(x.dim(), 1), Dims(x.dim(), 1), found.offset);
  a.ret(found);
}
template <bool MAX>
void extremeWithIndex(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  auto [values, indices] = find<MAX>(p, x, reductionMask(Dims{a.integer(1)}, x.dim()), a.boolean(2));
  a.ret(values);
  a.ret(indices);
}

// --- variance ------------------------------------------------------------------------------------------------------

template <class T>
void momentsOf(const T* x, int64_t n, double& mean, double& squares) {
  if constexpr (std::is_same_v<T, float>) {
    mean = simd().sum(x, n) / static_cast<double>(n);
    squares = simd().sumSquaredDeviations(x, n, static_cast<float>(mean));
    double shift = mean - static_cast<double>(static_cast<float>(mean));
    squares -= static_cast<double>(n) * shift * shift;
    squares = squares < 0 ? 0 : squares;
  } else {
    double sum = 0, s = 0;
    for (int64_t i = 0; i < n; i++) sum += x[i];
    mean = sum / static_cast<double>(n);
    for (int64_t i = 0; i < n; i++) s += (x[i] - mean) * (x[i] - mean);
    squares = s;
  }
}
// Returns the deviation or variance and the mean.
std::pair<Tensor, Tensor> moments(Planner& p, const Tensor& given, unsigned mask, double correction, bool keep, bool root) {
  require(isFloat(given.dtype), "a variance of integers");
  DType compute = reductionCompute(given.dtype);
  Tensor x = p.cast(given, compute);
  ReductionShape s;
  bool rows = denseReductionShape(x, mask, false, s);
  Dims sizes = reducedSizes(given.sizes, mask, keep);
  Tensor var = p.empty(compute, sizes), mean = p.empty(compute, sizes);
  if (!rows) {
    int64_t count = x.numel() / std::max<int64_t>(var.numel(), 1);
    double divisor = std::max(0.0, static_cast<double>(count) - correction);
    auto between = [count](auto* acc, int64_t n) {
      for (int64_t i = 0; i < n; i++) acc[i] /= static_cast<double>(count);
    };
    auto finish = [divisor, root](auto* acc, auto*, int64_t n) {
      for (int64_t i = 0; i < n; i++) acc[i] = root ? std::sqrt(acc[i] / divisor) : acc[i] / divisor;
    };
    std::vector<ReductionPass> passes{{ReductionPass::Sum, ReductionPass::None, 0}, {ReductionPass::Sum, ReductionPass::Deviation, 0}};
    if (compute == DType::F32) recordReduction<float>(p, root ? "std" : "var", x, mask, passes, var, mean, between, finish);
    else recordReduction<double>(p, root ? "std" : "var", x, mask, passes, var, mean, between, finish);
    return {p.cast(var, given.dtype), p.cast(mean, given.dtype)};
  }
  Slot in = p.slot(s.source), v = p.slot(var), m = p.slot(mean);
  int64_t outer = s.outer, n = s.reduced;
  double divisor = std::max(0.0, static_cast<double>(n) - correction);
  auto work = [=](auto* x, auto* vy, auto* my) {
    using T = std::remove_pointer_t<decltype(vy)>;
    parallelFor(outer, std::max<int64_t>(1, 16384 / std::max<int64_t>(n, 1)), [=](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; o++) {
        double mu = NAN, squares = NAN;
        if (n > 0) momentsOf<T>(x + o * n, n, mu, squares);
        double variance = squares / divisor;
        vy[o] = static_cast<T>(root ? std::sqrt(variance) : variance);
        my[o] = static_cast<T>(mu);
      }
    });
  };
  p.step(root ? "std" : "var", {s.source}, {var, mean}, [=](Run& r) {
    if (compute == DType::F32) work(r.ptr<float>(in), r.ptr<float>(v), r.ptr<float>(m));
    else work(r.ptr<double>(in), r.ptr<double>(v), r.ptr<double>(m));
  });
  return {p.cast(var, given.dtype), p.cast(mean, given.dtype)};
}
template <bool ROOT, bool MEAN>
void varAll(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  auto [v, m] = moments(p, x, reductionMask({}, x.dim()), a.boolean(1) ? 1 : 0, false, ROOT);
  a.ret(v);
  if (MEAN) a.ret(m);
}
template <bool ROOT, bool MEAN>
void varDim(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  auto [v, m] = moments(p, x, reductionMask(optionalDims(a, 1), x.dim()), a.boolean(2) ? 1 : 0, a.boolean(3), ROOT);
  a.ret(v);
  if (MEAN) a.ret(m);
}
template <bool ROOT, bool MEAN>
void varCorrection(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  auto [v, m] = moments(p, x, reductionMask(optionalDims(a, 1), x.dim()), a.isNone(2) ? 1 : a.number(2), a.boolean(3), ROOT);
  a.ret(v);
  if (MEAN) a.ret(m);
}

void logsumexp(Planner& p, Args& a) {
  Tensor given = a.tensor(0);
  DType result = isFloat(given.dtype) ? given.dtype : DType::F32, compute = reductionCompute(result);
  Tensor x = p.cast(given, compute);
  unsigned mask = reductionMask(a.ints(1), x.dim());
  require(x.numel() > 0, "logsumexp of nothing");
  Tensor y = p.empty(compute, reducedSizes(x.sizes, mask, a.boolean(2)));
  auto between = [](auto* top, int64_t n) {
    for (int64_t i = 0; i < n; i++) top[i] = std::isinf(top[i]) ? 0 : top[i];
  };
  auto finish = [](auto* acc, auto* top, int64_t n) {
    for (int64_t i = 0; i < n; i++) acc[i] = std::log(acc[i]) + top[i];
  };
  std::vector<ReductionPass> passes{{ReductionPass::Max, ReductionPass::None, 0}, {ReductionPass::Sum, ReductionPass::ExpShift, 0}};
  if (compute == DType::F32) recordReduction<float>(p, "logsumexp", x, mask, passes, y, Tensor{}, between, finish);
  else recordReduction<double>(p, "logsumexp", x, mask, passes, y, Tensor{}, between, finish);
  a.ret(p.cast(y, result));
}

TSJIT_KERNEL("aten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor", (sumLike<Red::Sum, -1, 1>));
TSJIT_KERNEL("aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", (sumLike<Red::Sum, 1, 3>));
TSJIT_KERNEL("aten::mean(Tensor self, *, ScalarType? dtype=None) -> Tensor", (sumLike<Red::Mean, -1, 1>));
TSJIT_KERNEL("aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", (sumLike<Red::Mean, 1, 3>));
TSJIT_KERNEL("aten::prod(Tensor self, *, ScalarType? dtype=None) -> Tensor", (prod<-1>));
TSJIT_KERNEL("aten::prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", (prod<1>));
TSJIT_KERNEL("aten::amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", (extreme<Red::Max>));
TSJIT_KERNEL("aten::max(Tensor self) -> Tensor", (extreme<Red::Max>));
TSJIT_KERNEL("aten::amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", (extreme<Red::Min>));
TSJIT_KERNEL("aten::min(Tensor self) -> Tensor", (extreme<Red::Min>));
TSJIT_KERNEL("aten::any(Tensor self) -> Tensor", (anyAll<Red::Any>));
TSJIT_KERNEL("aten::any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", (anyAll<Red::Any>));
TSJIT_KERNEL("aten::any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", (anyAll<Red::Any>));
TSJIT_KERNEL("aten::all(Tensor self) -> Tensor", (anyAll<Red::All>));
TSJIT_KERNEL("aten::all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", (anyAll<Red::All>));
TSJIT_KERNEL("aten::all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", (anyAll<Red::All>));
TSJIT_KERNEL("aten::linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", (vectorNorm));
TSJIT_KERNEL("aten::norm.Scalar(Tensor self, Scalar p=2) -> Tensor", (normAll));
TSJIT_KERNEL("aten::norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor", (normDim));
TSJIT_KERNEL("aten::argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", (argExtreme<true>));
TSJIT_KERNEL("aten::argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", (argExtreme<false>));
TSJIT_KERNEL("aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", (extremeWithIndex<true>));
TSJIT_KERNEL("aten::min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", (extremeWithIndex<false>));
TSJIT_KERNEL("aten::var(Tensor self, bool unbiased=True) -> Tensor", (varAll<false, false>));
TSJIT_KERNEL("aten::std(Tensor self, bool unbiased=True) -> Tensor", (varAll<true, false>));
TSJIT_KERNEL("aten::var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)", (varAll<false, true>));
TSJIT_KERNEL("aten::std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)", (varAll<true, true>));
TSJIT_KERNEL("aten::var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor", (varDim<false, false>));
TSJIT_KERNEL("aten::std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor", (varDim<true, false>));
TSJIT_KERNEL("aten::var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)", (varDim<false, true>));
TSJIT_KERNEL("aten::std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)", (varDim<true, true>));
TSJIT_KERNEL("aten::var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor", (varCorrection<false, false>));
TSJIT_KERNEL("aten::std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor", (varCorrection<true, false>));
TSJIT_KERNEL("aten::var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)", (varCorrection<false, true>));
TSJIT_KERNEL("aten::std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)", (varCorrection<true, true>));
TSJIT_KERNEL("aten::logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor", (logsumexp));

}  // namespace
}  // namespace tsjit
