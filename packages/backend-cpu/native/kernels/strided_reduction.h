// Reductions of any strides or blocked layout without a copy: rows where the fastest dimension is reduced, columns where it is kept.
#pragma once
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "axes.h"
#include "simd/table.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"

namespace tsjit {

struct ReductionPass {
  enum Kind : uint8_t { Sum, Prod, Max, Min } kind = Sum;
  enum Map : uint8_t { None, Abs, Square, Power, NonZero, NanToZero, NotNan, Deviation, ExpShift } map = None;  // the last two take a centre
  double p = 0;  // Power
};

// Which elements meet: kept dimensions with their place in the output, reduced ones, each outermost (largest stride) first.
struct ReductionGeometry {
  struct Dim { int64_t size, in, out; };
  std::vector<Dim> kept, reduced;
  int64_t outputs = 1, count = 1;
  bool columns = false;
};

// The geometry of reducing `x` over `mask` into a contiguous output; false where a blocked layout does not allow it.
inline bool reductionGeometry(const Tensor& x, unsigned mask, ReductionGeometry& g) {
  Dims outStrides(x.sizes.n, 0);
  int64_t step = 1;
  for (int i = x.sizes.n - 1; i >= 0; i--) {
    if (mask >> i & 1) {
      g.count *= x.sizes[i];
    } else {
      outStrides[i] = step;
      step *= x.sizes[i];
    }
  }
  g.outputs = step;
  auto add = [&](int64_t size, int64_t in, int axis, int64_t axisStep) {
    if (size == 1) return;
    if (mask >> axis & 1) g.reduced.push_back({size, in, 0});
    else g.kept.push_back({size, in, outStrides[axis] * axisStep});
  };
  if (x.layout) {
    std::vector<Layout::PhysicalDim> dims;
    if (!x.layout->physicalDims(dims) || x.layout->physicalElements() != x.numel()) return false;
    int64_t in = x.numel();
    for (auto& d : dims) {
      if (d.size == 0) return false;
      in /= d.size;
      add(d.size, in, d.axis, d.step);
    }
  } else {
    for (int i = 0; i < x.sizes.n; i++) add(x.sizes[i], x.strides[i], i, 1);
  }
  auto tidy = [](std::vector<ReductionGeometry::Dim>& dims) {
    std::stable_sort(dims.begin(), dims.end(), [](auto& a, auto& b) { return a.in > b.in; });
    std::vector<ReductionGeometry::Dim> out;
    for (auto& d : dims) {
      if (!out.empty() && out.back().in == d.in * d.size && out.back().out == d.out * d.size) out.back() = {out.back().size * d.size, d.in, d.out};
      else out.push_back(d);
    }
    if (out.empty()) out.push_back({1, 1, 1});
    dims = out;
  };
  tidy(g.kept);
  tidy(g.reduced);
  const auto &k = g.kept.back(), &r = g.reduced.back();
  g.columns = k.size > 1 && (r.size == 1 || k.in < r.in || (g.count < 16 && k.size >= 64));
  return true;
}

namespace reduction {

constexpr int64_t kBlock = 512;

template <class F>
void eachIndex(const ReductionGeometry::Dim* dims, int n, const F& body) {
  int64_t at[2 * kMaxRank + 4] = {}, offset = 0;
  for (;;) {
    body(offset);
    int d = n - 1;
    for (; d >= 0; d--) {
      offset += dims[d].in;
      if (++at[d] < dims[d].size) break;
      offset -= dims[d].size * dims[d].in;
      at[d] = 0;
    }
    if (d < 0) return;
  }
}

template <class T>
struct Kernel {
  using A = std::conditional_t<std::is_same_v<T, int64_t>, int64_t, double>;
  static constexpr int which = std::is_same_v<T, float> ? 0 : std::is_same_v<T, double> ? 1 : 2;
  static constexpr bool floating = !std::is_same_v<T, int64_t>;

  static A identity(ReductionPass::Kind k) {
    switch (k) {
      case ReductionPass::Sum: return A(0);
      case ReductionPass::Prod: return A(1);
      case ReductionPass::Max: return floating ? -std::numeric_limits<A>::infinity() : std::numeric_limits<A>::min();
      default: return floating ? std::numeric_limits<A>::infinity() : std::numeric_limits<A>::max();
    }
  }
  // NaN wins
  template <class U>
  static U larger(U a, U b) { return a > b || a != a ? a : b; }
  template <class U>
  static U smaller(U a, U b) { return a < b || a != a ? a : b; }
  static A combine(ReductionPass::Kind k, A a, A b) {
    switch (k) {
      case ReductionPass::Sum: if constexpr (floating) return a + b; else return static_cast<A>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
      case ReductionPass::Prod: if constexpr (floating) return a * b; else return static_cast<A>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
      case ReductionPass::Max: return larger(a, b);
      default: return smaller(a, b);
    }
  }
  static void op(PwOp o, const T* x, const T* y, T* to, int64_t n, double parameter = 0) {
    double pqr[3] = {parameter, 0, 0};
    simd().op[which][static_cast<int>(o)](x, y, nullptr, to, n, pqr);
  }
  // x, or its image in `tile`; centre: one for all or one for each
  static const T* mapped(const ReductionPass& pass, const T* x, T* tile, int64_t n, const A* centre, bool one) {
    switch (pass.map) {
      case ReductionPass::None: return x;
      case ReductionPass::Abs: op(PwOp::Abs, x, nullptr, tile, n); return tile;
      case ReductionPass::Square: op(PwOp::Square, x, nullptr, tile, n); return tile;
      case ReductionPass::NonZero:
        for (int64_t i = 0; i < n; i++) tile[i] = x[i] != T(0) ? T(1) : T(0);
        return tile;
      case ReductionPass::NanToZero:
        for (int64_t i = 0; i < n; i++) tile[i] = x[i] == x[i] ? x[i] : T(0);
        return tile;
      case ReductionPass::NotNan:
        for (int64_t i = 0; i < n; i++) tile[i] = x[i] == x[i] ? T(1) : T(0);
        return tile;
      default: break;
    }
    if constexpr (floating) {
      if (pass.map == ReductionPass::Power) {
        op(PwOp::Abs, x, nullptr, tile, n);
        op(PwOp::PowScalar, tile, nullptr, tile, n, pass.p);
        return tile;
      }
      if (one) {
        T c = static_cast<T>(centre[0]);
        for (int64_t i = 0; i < n; i++) tile[i] = x[i] - c;
      } else {
        for (int64_t i = 0; i < n; i++) tile[i] = x[i] - static_cast<T>(centre[i]);
      }
      op(pass.map == ReductionPass::Deviation ? PwOp::Square : PwOp::Exp, tile, nullptr, tile, n);
    }
    return tile;
  }
  static A row(ReductionPass::Kind k, const T* x, int64_t n) {
    if constexpr (std::is_same_v<T, float>) {
      switch (k) {
        case ReductionPass::Sum: return simd().sum(x, n);
        case ReductionPass::Max: return simd().max(x, n);
        case ReductionPass::Min: return simd().min(x, n);
        default: break;
      }
    }
    A a = identity(k);
    if (k == ReductionPass::Sum && floating) {  // four at a time: less to wait for
      A lane[4] = {};
      int64_t i = 0;
      for (; i + 4 <= n; i += 4)
        for (int l = 0; l < 4; l++) lane[l] += x[i + l];
      for (; i < n; i++) lane[0] += x[i];
      return (lane[0] + lane[1]) + (lane[2] + lane[3]);
    }
    switch (k) {
      case ReductionPass::Sum: for (int64_t i = 0; i < n; i++) a = combine(ReductionPass::Sum, a, static_cast<A>(x[i])); break;
      case ReductionPass::Prod: for (int64_t i = 0; i < n; i++) a = combine(ReductionPass::Prod, a, static_cast<A>(x[i])); break;
      case ReductionPass::Max: for (int64_t i = 0; i < n; i++) a = larger(static_cast<A>(x[i]), a); break;
      default: for (int64_t i = 0; i < n; i++) a = smaller(static_cast<A>(x[i]), a); break;
    }
    return a;
  }

  struct Input {
    DType dtype;
    int64_t item;
    LoadFn load;
  };

  // Sums of N neighbours (a block of channels) over dims, in registers; float32 partial sums over short blocks.
  template <int N>
  static void sumBlock(const std::vector<ReductionGeometry::Dim>& dims, const float* from, double* acc) {
    auto inner = dims.back();
    eachIndex(dims.data(), static_cast<int>(dims.size()) - 1, [&](int64_t offset) {
      const float* x = from + offset;
      for (int64_t i = 0; i < inner.size;) {
        float part[N] = {};
        for (int64_t end = std::min(inner.size, i + 128); i < end; i++, x += inner.in)
          for (int j = 0; j < N; j++) part[j] += x[j];
        for (int j = 0; j < N; j++) acc[j] += part[j];
      }
    });
  }

  // acc[0..n) over the reduced dimensions; `from` is the first element of the first column; the outermost reduced dimension counts from
  // `begin` to `end` only.
  static void pass(const ReductionGeometry& g, const Input& in, const ReductionPass& ps, const char* from, int64_t n, int64_t begin, int64_t end, A* acc, const A* centre) {
    constexpr DType own = std::is_same_v<T, float> ? DType::F32 : std::is_same_v<T, double> ? DType::F64 : DType::I64;
    alignas(64) T tile[kBlock], image[kBlock];
    auto fetch = [&](const char* at, int64_t stride, int64_t m) -> const T* {
      if (in.dtype == own && stride == 1) return reinterpret_cast<const T*>(at);
      in.load(at, stride, tile, m);
      return tile;
    };
    for (int64_t i = 0; i < n; i++) acc[i] = identity(ps.kind);
    if (g.count == 0 || begin >= end) return;
    std::vector<ReductionGeometry::Dim> dims = g.reduced;
    from += begin * dims[0].in * in.item;
    dims[0].size = end - begin;
    int rank = static_cast<int>(dims.size());
    int64_t step = g.kept.back().in;
    if (!g.columns) {
      auto inner = dims.back();
      for (int64_t c = 0; c < n; c++) {
        A a = identity(ps.kind);
        eachIndex(dims.data(), rank - 1, [&](int64_t offset) {
          const char* at = from + (c * step + offset) * in.item;
          if constexpr (std::is_same_v<T, float>) {
            if (in.dtype == own && inner.in == 1 && ps.kind == ReductionPass::Sum) {
              const float* x = reinterpret_cast<const float*>(at);
              if (ps.map == ReductionPass::None) return void(a += simd().sum(x, inner.size));
              if (ps.map == ReductionPass::Square) return void(a += simd().sumSquares(x, inner.size));
              if (ps.map == ReductionPass::Deviation) return void(a += simd().sumSquaredDeviations(x, inner.size, static_cast<float>(centre[c])));
            }
            if (in.dtype == own && inner.in == 1 && ps.map == ReductionPass::None && ps.kind != ReductionPass::Prod)
              return void(a = combine(ps.kind, row(ps.kind, reinterpret_cast<const float*>(at), inner.size), a));
          }
          for (int64_t i = 0; i < inner.size; i += kBlock) {
            int64_t m = std::min(kBlock, inner.size - i);
            a = combine(ps.kind, row(ps.kind, mapped(ps, fetch(at + i * inner.in * in.item, inner.in, m), image, m, centre ? centre + c : nullptr, true), m), a);
          }
        });
        acc[c] = a;
      }
      return;
    }
    if constexpr (std::is_same_v<T, float>) {
      if (ps.kind == ReductionPass::Sum && ps.map == ReductionPass::None && in.dtype == own && step == 1) {
        if (n == 16) return sumBlock<16>(dims, reinterpret_cast<const float*>(from), acc);
        if (n == 8) return sumBlock<8>(dims, reinterpret_cast<const float*>(from), acc);
      }
      if (ps.kind != ReductionPass::Prod) {
        alignas(64) float part[kBlock];
        int rows = 0;
        auto add = ps.kind == ReductionPass::Sum ? simd().accumulate : ps.kind == ReductionPass::Max ? simd().accumulateMax : simd().accumulateMin;
        auto flush = [&] {
          for (int64_t i = 0; i < n; i++) acc[i] = combine(ps.kind, static_cast<A>(part[i]), acc[i]);
          rows = 0;
        };
        eachIndex(dims.data(), rank, [&](int64_t offset) {
          const float* x = mapped(ps, fetch(from + offset * in.item, step, n), image, n, centre, false);
          if (rows++ == 0) std::copy_n(x, n, part);
          else add(x, part, n);
          if (rows == 128) flush();
        });
        if (rows) flush();
        return;
      }
    }
    eachIndex(dims.data(), rank, [&](int64_t offset) {
      const T* x = mapped(ps, fetch(from + offset * in.item, step, n), image, n, centre, false);
      switch (ps.kind) {
        case ReductionPass::Sum: for (int64_t i = 0; i < n; i++) acc[i] = combine(ReductionPass::Sum, acc[i], static_cast<A>(x[i])); break;
        case ReductionPass::Prod: for (int64_t i = 0; i < n; i++) acc[i] = combine(ReductionPass::Prod, acc[i], static_cast<A>(x[i])); break;
        case ReductionPass::Max: for (int64_t i = 0; i < n; i++) acc[i] = larger(static_cast<A>(x[i]), acc[i]); break;
        default: for (int64_t i = 0; i < n; i++) acc[i] = smaller(static_cast<A>(x[i]), acc[i]); break;
      }
    });
  }
};

}  // namespace reduction

// Records: centre = between(first pass) and result = finish(last pass, centre), block by block; both work on arrays of n accumulators
// (double, int64 for integers) in place. With one pass there is no centre. `second`, where defined, receives the centres.
template <class T, class Between, class Finish>
void recordReduction(Planner& p, const char* name, const Tensor& x, unsigned mask, const std::vector<ReductionPass>& passes, const Tensor& out, const Tensor& second, Between between,
                     Finish finish) {
  using K = reduction::Kernel<T>;
  using A = typename K::A;
  ReductionGeometry g;
  require(reductionGeometry(x, mask, g), "a reduction of a blocked layout");
  auto input = typename K::Input{x.dtype, static_cast<int64_t>(itemSize(x.dtype)), simd().load[K::which][static_cast<int>(x.dtype)]};
  constexpr int wide = std::is_same_v<A, double> ? 1 : 2;
  StoreFn store = simd().store[wide][static_cast<int>(out.dtype)], store2 = second.defined() ? simd().store[wide][static_cast<int>(second.dtype)] : nullptr;
  require(input.load && store, "a reduction of this dtype");
  Slot from = p.slot(x), to = p.slot(out), to2 = slotOf(second);
  int64_t item = static_cast<int64_t>(itemSize(out.dtype));
  int64_t inner = g.kept.back().size, blocks = (inner + reduction::kBlock - 1) / reduction::kBlock, outer = inner ? g.outputs / inner : 0;
  std::vector<Tensor> writes{out};
  if (second.defined()) writes.push_back(second);
  p.step(name, {x}, writes, [=](Run& r) {
    if (g.outputs == 0) return;
    const char* base = r.ptr<char>(from);
    char *y = r.ptr<char>(to), *y2 = r.ptrOrNull<char>(to2);
    int64_t units = outer * blocks, work = std::max<int64_t>(1, g.count) * std::min(inner, reduction::kBlock) * static_cast<int64_t>(passes.size());
    bool split = units < threadCount() && work > 65536 && g.reduced[0].size > 1;
    auto unit = [&](int64_t u) {
      int64_t i0 = u % blocks * reduction::kBlock, n = std::min(reduction::kBlock, inner - i0), rest = u / blocks, in = i0 * g.kept.back().in, at = i0 * g.kept.back().out;
      for (int d = static_cast<int>(g.kept.size()) - 2; d >= 0; d--) {
        in += rest % g.kept[d].size * g.kept[d].in;
        at += rest % g.kept[d].size * g.kept[d].out;
        rest /= g.kept[d].size;
      }
      A acc[reduction::kBlock], centre[reduction::kBlock];
      for (size_t k = 0; k < passes.size(); k++) {
        bool last = k + 1 == passes.size();
        A* into = last ? acc : centre;
        const A* c = k ? centre : nullptr;
        int64_t size = g.reduced[0].size, pieces = split ? std::min<int64_t>(threadCount(), size) : 1;
        if (pieces > 1) {
          std::vector<A> part(static_cast<size_t>(pieces * n));
          parallelFor(pieces, 1, [&](int64_t b, int64_t e) {
            for (int64_t q = b; q < e; q++) K::pass(g, input, passes[k], base + in * input.item, n, size * q / pieces, size * (q + 1) / pieces, part.data() + q * n, c);
          });
          for (int64_t i = 0; i < n; i++) {
            into[i] = part[i];
            for (int64_t q = 1; q < pieces; q++) into[i] = K::combine(passes[k].kind, part[q * n + i], into[i]);
          }
        } else {
          K::pass(g, input, passes[k], base + in * input.item, n, 0, size, into, c);
        }
        if (!last) between(centre, n);
      }
      finish(acc, centre, n);
      store(acc, y + at * item, g.kept.back().out, n);
      if (y2) store2(centre, y2 + at * item, g.kept.back().out, n);
    };
    if (split) {
      for (int64_t u = 0; u < units; u++) unit(u);
    } else {
      parallelFor(units, std::max<int64_t>(1, 32768 / work), [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; u++) unit(u);
      });
    }
  });
}

// Whether `x` can be reduced as it lies.
inline bool reducibleLayout(const Tensor& x, unsigned mask) {
  ReductionGeometry g;
  return !x.layout || reductionGeometry(x, mask, g);
}

}  // namespace tsjit
