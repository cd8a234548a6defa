#include "matmul.h"

#include "gemm.h"
#include "tsjit/parallel.h"
#include "tsjit/weight_rows.h"

namespace tsjit {
namespace {

size_t rounded(size_t bytes) { return (bytes + 63) / 64 * 64; }

struct MatmulStep final : Step {
  MatmulSpec s;
  Planner* planner = nullptr;  // alive until prepare() is done
  Tensor current;              // what is written: the tail's output once there is one
  GemmTail tail;
  Slot a, b, bias, out;
  std::shared_ptr<PackedWeight> packed;
  size_t packedAt = 0;  // in scratch memory
  enum Way { Packed, PackedBatches, Shared, ByBatch, Vector } way = Packed;
  bool direct = false, dotted = false;  // B as it lies: rows of it, columns of it
  size_t bBytes = 0, aBytes = 0;
  int threads = 1;

  bool fuseTail(const PointwiseStep& t) override { return s.out.dtype == DType::F32 && tail.add(t, current, s.n); }

  void prepare() override {
    a = slotOf(s.a);
    bias = slotOf(s.bias);
    out = slotOf(current);
    threads = threadCount();
    if (s.a.dtype == DType::F64) prepareTyped<double>();
    else prepareTyped<float>();
    if (!packed) b = slotOf(s.b);
  }
  void run(Run& run) override {
    if (s.a.dtype == DType::F64) runTyped<double>(run);
    else runTyped<float>(run);
  }

  template <class T>
  void prepareTyped() {
    const auto& g = gemmKernels<T>();
    bool oneB = s.bOffsets.empty() && (s.bBatch == 0 || s.batch == 1);
    if (oneB && s.aOffsets.empty() && s.batch > 1 && s.aBatch == s.m * s.aRow) {  // one tall matrix
      s.m *= s.batch;
      s.batch = 1;
    }
    if (s.m == 1) s.aRow = s.k;
    GemmShape shape{s.m, s.n, s.k};
    bBytes = rounded(packedBBytes<T>(s.k, s.n));
    bool vector = s.n == 1 && s.bRow == 1 && s.aColumn == 1;
    if (vector) {
      way = Vector;
    } else if (s.b.isData() && oneB && !(s.batch == 1 && s.m <= 2 && s.bRow == 1 && s.aColumn == 1 && bBytes > (size_t{16} << 20))) {  // few rows read a large B as it lies just as fast
      way = s.batch == 1 ? Packed : PackedBatches;
      packed = planner->packed(s.b, "gemm", bBytes, [this](char* to) { packKnown(reinterpret_cast<T*>(to)); });
    } else {
      double work = static_cast<double>(s.m) * static_cast<double>(s.n) * static_cast<double>(s.k);
      way = s.batch == 1 || (work > 4e6 && s.batch < threads) ? Shared : ByBatch;
      dotted = s.bRow == 1 && s.m <= 2 && s.aColumn == 1 && s.n > 1;
      direct = !dotted && s.bColumn == 1 && s.m <= 2 * g.mr && s.aColumn == 1;
    }
    aBytes = rounded(gemmScratchBytes<T>(shape, threads, s.aColumn == 1));
    size_t oneA = aBytes;
    switch (way) {
      case Packed: packedAt = aBytes; break;
      case PackedBatches: packedAt = threads * oneA; break;
      case Shared: scratchBytes = bBytes + aBytes; break;
      case Vector: break;
      case ByBatch:
        oneA = aBytes = rounded(gemmScratchBytes<T>(shape, 1, s.aColumn == 1));
        scratchBytes = threads * (bBytes + oneA);
        break;
    }
    if (packed) scratchBytes = packedAt + packed->scratchBytes();
  }

  // Columns of B that lie as rows of a weight are packed as they come from its file.
  template <class T>
  void packKnown(T* to) const {
    if (s.bRow != 1 || s.bColumn != s.k || s.b.dim() != 2 || s.b.size(0) != s.n || !WeightRows::fits(s.b, s.k)) {
      FileBlock::Use use(s.b.buffer->file.get());
      packB(s.b.data<T>(), s.bRow, s.bColumn, s.k, s.n, to);
      return;
    }
    WeightRows rows(s.b);
    int64_t nr = gemmKernels<T>().nr;
    parallelFor((s.n + nr - 1) / nr, std::max<int64_t>(1, 65536 / (s.k * nr)), [&](int64_t from, int64_t end) {
      for (int64_t p = from; p < end; p++) {
        int64_t width = std::min(nr, s.n - p * nr);
        packPanels(rows.get<T>(p * nr, width), int64_t{1}, s.k, s.k, width, to + p * nr * s.k, int64_t{0}, int64_t{1});
      }
    });
    rows.finish();
  }

  int64_t aAt(int64_t i) const { return s.aOffsets.empty() ? i * s.aBatch : s.aOffsets[i]; }
  int64_t bAt(int64_t i) const { return s.bOffsets.empty() ? i * s.bBatch : s.bOffsets[i]; }

  template <class T>
  void runTyped(Run& run) {
    if (s.batch * s.m * s.n == 0) return;
    const T *pa = run.ptr<T>(a), *pbias = run.ptrOrNull<T>(bias);
    T* pc = run.ptr<T>(out);
    const char* bases[GemmTail::kMaxOperands];
    if (!tail.empty()) tail.bind(run, bases);
    if (tail.empty()) {
      runWith<T>(run, pa, pbias, pc, [](int64_t) { return NoTail{}; });
    } else if constexpr (std::is_same_v<T, float>) {
      runWith<T>(run, pa, pbias, pc, [&](int64_t batch) {
        int64_t first = batch * s.m;
        float* c = pc + first * s.n;
        return [this, first, c, &bases](int64_t row, int64_t column, int64_t count) { tail.apply(c + row * s.n + column, first + row, column, count, bases); };
      });
    }
  }

  template <class T, class MakeTail>
  void runWith(Run& run, const T* pa, const T* pbias, T* pc, const MakeTail& makeTail) {
    GemmShape shape{s.m, s.n, s.k};
    const auto& g = gemmKernels<T>();
    int64_t panels = (s.n + g.nr - 1) / g.nr;
    switch (way) {
      case Packed:
        gemm(shape, pa + aAt(0), s.aRow, s.aColumn, reinterpret_cast<const T*>(packed->get(run.scratch + packedAt)), pc, s.n, pbias, run.scratch, makeTail(0));
        return;
      case PackedBatches: {
        auto weights = reinterpret_cast<const T*>(packed->get(run.scratch + packedAt));
        for (int64_t i = 0; i < s.batch; i++) gemm(shape, pa + aAt(i), s.aRow, s.aColumn, weights, pc + i * s.m * s.n, s.n, pbias, run.scratch, makeTail(i));
        return;
      }
      case Shared:
        for (int64_t i = 0; i < s.batch; i++) {
          const T* pb = run.ptr<T>(b) + bAt(i);
          T* c = pc + i * s.m * s.n;
          if (dotted || direct) {
            parallelFor(panels, std::max<int64_t>(1, kParallelWork / std::max<int64_t>(1, g.nr * s.k * s.m)), [&](int64_t p0, int64_t p1) { unpacked(pa + aAt(i), pb, c, pbias, p0, p1, makeTail(i)); });
            continue;
          }
          T* packedB = reinterpret_cast<T*>(run.scratch);
          packB(pb, s.bRow, s.bColumn, s.k, s.n, packedB);
          gemm(shape, pa + aAt(i), s.aRow, s.aColumn, packedB, c, s.n, pbias, run.scratch + bBytes, makeTail(i));
        }
        return;
      case Vector:
        for (int64_t i = 0; i < s.batch; i++) {
          const T *matrix = pa + aAt(i), *x = run.ptr<T>(b) + bAt(i);
          T* y = pc + i * s.m;
          parallelFor(s.m, std::max<int64_t>(4, kParallelWork / std::max<int64_t>(1, s.k)), [&](int64_t from, int64_t end) {
            g.dots(matrix + from * s.aRow, s.aRow, end - from, s.k, x, y + from);
            auto finish = makeTail(i);
            for (int64_t r = from; r < end; r++) {
              if (pbias) y[r] += pbias[0];
              finish(r, 0, 1);
            }
          });
        }
        return;
      case ByBatch: {
        int64_t grain = static_cast<int64_t>(static_cast<double>(kParallelWork) / (static_cast<double>(s.m) * static_cast<double>(s.n) * static_cast<double>(std::max<int64_t>(s.k, 1)))) + 1;
        parallelFor(s.batch, grain, [&](int64_t from, int64_t end) {
          char* mine = run.scratch + threadNumber() * (bBytes + aBytes);
          for (int64_t i = from; i < end; i++) {
            const T* pb = run.ptr<T>(b) + bAt(i);
            T* c = pc + i * s.m * s.n;
            if (dotted || direct) {
              unpacked(pa + aAt(i), pb, c, pbias, 0, panels, makeTail(i));
              continue;
            }
            T* packedB = reinterpret_cast<T*>(mine);
            if (i == from || bAt(i) != bAt(i - 1)) packPanels(pb, s.bRow, s.bColumn, s.k, s.n, packedB, 0, panels);
            gemmPart(shape, pa + aAt(i), s.aRow, s.aColumn, packedB, c, s.n, pbias, 0, s.m, 0, panels, aBytes ? reinterpret_cast<T*>(mine + bBytes) : nullptr, makeTail(i));
          }
        });
        return;
      }
    }
  }

  // The panels [p0, p1) from B as it lies.
  template <class T, class Tail>
  void unpacked(const T* pa, const T* pb, T* c, const T* pbias, int64_t p0, int64_t p1, const Tail& finish) {
    const auto& g = gemmKernels<T>();
    int64_t n0 = p0 * g.nr, n1 = std::min(p1 * g.nr, s.n);
    if (n0 >= n1) return;
    if (dotted) {
      for (int64_t i = 0; i < s.m; i++) {
        g.dots(pb + n0 * s.bColumn, s.bColumn, n1 - n0, s.k, pa + i * s.aRow, c + i * s.n + n0);
        if (pbias)
          for (int64_t j = n0; j < n1; j++) c[i * s.n + j] += pbias[j];
      }
    } else {
      for (int64_t m0 = 0; m0 < s.m; m0 += g.mr) {
        int height = static_cast<int>(std::min<int64_t>(g.mr, s.m - m0));
        for (int64_t n = n0; n < n1; n += g.nr) {
          int width = static_cast<int>(std::min<int64_t>(g.nr, n1 - n));
          if (width == g.nr) {
            g.tile(s.k, pa + m0 * s.aRow, s.aRow, pb + n, s.bRow, c + m0 * s.n + n, s.n, height, width, pbias ? pbias + n : nullptr, false);
            continue;
          }
          // the last columns: by depth pieces through a small panel
          constexpr int64_t piece = 64;
          T panel[piece * 64];
          for (int64_t k0 = 0; k0 < s.k || k0 == 0; k0 += piece) {
            int64_t kc = std::min(piece, s.k - k0);
            g.packB(pb + k0 * s.bRow + n, s.bRow, 1, kc, width, panel);
            g.tile(kc, pa + m0 * s.aRow + k0, s.aRow, panel, g.nr, c + m0 * s.n + n, s.n, height, width, k0 == 0 && pbias ? pbias + n : nullptr, k0 > 0);
          }
        }
      }
    }
    for (int64_t i = 0; i < s.m; i++) finish(i, n0, n1 - n0);
  }
};

// The leading dimensions of `t` but its last `keep`, as one dimension of a single stride; false where they do not lie so.
bool collapse(const Tensor& t, int keep, int64_t& count, int64_t& stride) {
  count = 1;
  stride = 0;
  int64_t expected = 0;
  for (int i = t.sizes.n - 1 - keep; i >= 0; i--) {
    if (t.sizes[i] == 1) continue;
    if (count == 1) stride = t.strides[i];
    else if (t.strides[i] != expected) return false;
    count *= t.sizes[i];
    expected = t.strides[i] * t.sizes[i];
  }
  return true;
}

// A matrix whose rows or columns lie next to each other, without broadcast rows.
Tensor usable(Planner& p, const Tensor& t) {
  int r = t.sizes.n - 2, c = t.sizes.n - 1;
  bool zero = (t.strides[r] == 0 && t.sizes[r] > 1) || (t.strides[c] == 0 && t.sizes[c] > 1) || t.strides[r] < 0 || t.strides[c] < 0;
  bool near = t.strides[c] == 1 || t.strides[r] == 1 || t.sizes[c] == 1 || t.sizes[r] == 1;
  return zero || !near ? p.contiguous(t) : t;
}

void requireFloats(const Tensor& a, const Tensor& b) {
  require(a.dtype == b.dtype, "a matrix product of different dtypes");
  require(a.dtype == DType::F32 || a.dtype == DType::F64, "a matrix product of this dtype");
}

Tensor product(Planner& p, Tensor a, Tensor b, const Tensor& bias = {}) {
  requireFloats(a, b);
  require(a.dim() > 0 && b.dim() > 0, "a matrix product of a scalar");
  bool vectorA = a.dim() == 1, vectorB = b.dim() == 1;
  if (vectorA) {
    a.sizes.insert(0, 1);
    a.strides.insert(0, a.sizes[1] * a.strides[0]);
  }
  if (vectorB) {
    b.sizes.push_back(1);
    b.strides.push_back(1);
  }
  a = usable(p, a);
  b = usable(p, b);
  MatmulSpec s;
  s.m = a.size(-2);
  s.k = a.size(-1);
  s.n = b.size(-1);
  require(b.size(-2) == s.k, "matrices of sizes that do not fit");
  Dims batch;  // broadcast
  int rank = std::max(a.dim(), b.dim()) - 2;
  for (int i = 0; i < rank; i++) {
    int ia = i - (rank - (a.dim() - 2)), ib = i - (rank - (b.dim() - 2));
    int64_t x = ia >= 0 ? a.sizes[ia] : 1, y = ib >= 0 ? b.sizes[ib] : 1;
    require(x == y || x == 1 || y == 1, "batches that do not broadcast");
    batch.push_back(x == 1 ? y : x);
  }
  s.batch = batch.product();
  Dims sizes = batch;
  if (!vectorA) sizes.push_back(s.m);
  if (!vectorB) sizes.push_back(s.n);
  s.out = p.empty(a.dtype, sizes);
  s.aRow = a.stride(-2);
  s.aColumn = a.size(-1) == 1 ? 1 : a.stride(-1);
  s.bRow = b.size(-2) == 1 ? b.size(-1) * b.stride(-1) : b.stride(-2);
  s.bColumn = b.size(-1) == 1 ? s.k : b.stride(-1);
  if (b.size(-1) == 1 && s.bRow != 1) s.bColumn = 1;
  // batch strides, or every batch's offset
  auto strides = [&](const Tensor& t, int64_t& stride, std::vector<int64_t>& offsets) {
    Dims st(rank, 0);
    int lead = rank - (t.dim() - 2);
    for (int i = 0; i < t.dim() - 2; i++) st[i + lead] = t.sizes[i] == 1 ? 0 : t.strides[i];
    int64_t count = 1, expected = 0;
    bool single = true;
    stride = 0;
    for (int i = rank - 1; i >= 0; i--) {
      if (batch[i] == 1) continue;
      if (count == 1) stride = st[i];
      else single = single && st[i] == expected;
      count *= batch[i];
      expected = st[i] * batch[i];
      if (stride == 0) expected = 0;
    }
    if (single) return;
    require(count <= (1 << 20), "more than a million matrices");
    for (int64_t i = 0; i < count; i++) {
      int64_t rest = i, at = 0;
      for (int d = rank - 1; d >= 0; d--) {
        at += rest % batch[d] * st[d];
        rest /= batch[d];
      }
      offsets.push_back(at);
    }
  };
  strides(a, s.aBatch, s.aOffsets);
  strides(b, s.bBatch, s.bOffsets);
  s.a = a;
  s.b = b;
  if (bias.defined()) s.bias = p.contiguous(bias);
  recordMatmul(p, s);
  return s.out;
}

}  // namespace

void recordMatmul(Planner& p, const MatmulSpec& spec) {
  auto step = std::make_unique<MatmulStep>();
  step->s = spec;
  step->planner = &p;
  step->current = spec.out;
  step->name = "matmul";
  step->reads = {spec.a.buffer, spec.b.buffer};
  if (spec.bias.defined()) step->reads.push_back(spec.bias.buffer);
  step->writes = {spec.out.buffer};
  p.record(std::move(step));
}

Tensor linear(Planner& p, const Tensor& x0, const Tensor& w, const Tensor& bias) {
  requireFloats(x0, w);
  require(x0.dim() >= 1 && (w.dim() == 2 || w.dim() == 1), "linear: ranks");
  if (w.dim() == 1 || (bias.defined() && (bias.dim() != 1 || bias.dtype != x0.dtype || bias.size(0) != w.size(0)))) {
    Tensor wt = w;
    if (w.dim() == 2) wt = p.view(w, {w.size(1), w.size(0)}, {w.stride(1), w.stride(0)}, w.offset);
    Tensor y = product(p, x0, wt);
    return bias.defined() ? pointwise(p, PwOp::Add, y.dtype, y.dtype, {Value::of(y), Value::of(bias)}, 1) : y;
  }
  Tensor x = x0;
  MatmulSpec s;
  s.k = x.size(-1);
  s.n = w.size(0);
  require(w.size(1) == s.k, "linear: sizes that do not fit");
  int64_t rows, stride;
  if (!collapse(x, 1, rows, stride) || (stride <= 0 && rows > 1) || x.stride(-1) <= 0) {
    x = p.contiguous(x);
    collapse(x, 1, rows, stride);
  }
  Tensor wc = usable(p, w);
  s.a = x;
  s.b = wc;
  if (bias.defined()) s.bias = p.contiguous(bias);
  Dims sizes = x.sizes;
  sizes.back() = s.n;
  s.out = p.empty(x.dtype, sizes);
  s.m = rows;
  s.aRow = rows == 1 ? s.k : stride;
  s.aColumn = s.k == 1 ? 1 : x.stride(-1);
  s.bRow = wc.stride(1);
  s.bColumn = wc.stride(0);
  recordMatmul(p, s);
  return s.out;
}

namespace {

void linearKernel(Planner& p, Args& a) { a.ret(linear(p, a.tensor(0), a.tensor(1), a.optionalTensor(2))); }

void matmulKernel(Planner& p, Args& a) { a.ret(product(p, a.tensor(0), a.tensor(1))); }

void mm(Planner& p, Args& a) {
  Tensor x = a.tensor(0), y = a.tensor(1);
  require(x.dim() == 2 && y.dim() == 2, "mm: matrices");
  a.ret(product(p, x, y));
}
void bmm(Planner& p, Args& a) {
  Tensor x = a.tensor(0), y = a.tensor(1);
  require(x.dim() == 3 && y.dim() == 3 && x.size(0) == y.size(0), "bmm: batches of matrices");
  a.ret(product(p, x, y));
}
void mv(Planner& p, Args& a) {
  Tensor x = a.tensor(0), y = a.tensor(1);
  require(x.dim() == 2 && y.dim() == 1, "mv: a matrix and a vector");
  a.ret(product(p, x, y));
}
void dot(Planner& p, Args& a) {
  Tensor x = a.tensor(0), y = a.tensor(1);
  require(x.dim() == 1 && y.dim() == 1, "dot: vectors");
  a.ret(product(p, x, y));
}

// beta * self + alpha * (x @ y)
Tensor added(Planner& p, const Tensor& self, const Tensor& x, const Tensor& y, const Value& betaValue, const Value& alphaValue) {
  double beta = p.read(betaValue), alpha = p.read(alphaValue);
  requireFloats(x, y);
  if (beta == 1 && alpha == 1 && self.dtype == x.dtype && self.dim() == 1 && y.dim() >= 2 && self.size(0) == y.size(-1)) return product(p, x, y, self);
  Tensor z = product(p, x, y);
  require(self.dtype == z.dtype, "a sum of another dtype");
  for (int i = 0; i < self.dim(); i++) {  // self broadcasts to the product, not the other way
    int at = i + z.dim() - self.dim();
    require(at >= 0 && (self.sizes[i] == 1 || self.sizes[i] == z.sizes[at]), "a sum of sizes that do not broadcast");
  }
  if (beta == 0) return alpha == 1 ? z : pointwise(p, PwOp::Mul, z.dtype, z.dtype, {Value::of(z), Value::ofFloat(alpha)});
  Tensor scaled = beta == 1 ? self : pointwise(p, PwOp::Mul, z.dtype, z.dtype, {Value::of(self), Value::ofFloat(beta)});
  return pointwise(p, PwOp::Add, z.dtype, z.dtype, {Value::of(scaled), Value::of(z)}, alpha);
}
void addmm(Planner& p, Args& a) {
  Tensor x = a.tensor(1), y = a.tensor(2);
  require(x.dim() == 2 && y.dim() == 2, "addmm: matrices");
  a.ret(added(p, a.tensor(0), x, y, a.value(3), a.value(4)));
}
void addmv(Planner& p, Args& a) {
  Tensor x = a.tensor(1), y = a.tensor(2);
  require(x.dim() == 2 && y.dim() == 1, "addmv: a matrix and a vector");
  a.ret(added(p, a.tensor(0), x, y, a.value(3), a.value(4)));
}
void baddbmm(Planner& p, Args& a) {
  Tensor x = a.tensor(1), y = a.tensor(2);
  require(x.dim() == 3 && y.dim() == 3 && x.size(0) == y.size(0), "baddbmm: batches of matrices");
  a.ret(added(p, a.tensor(0), x, y, a.value(3), a.value(4)));
}

}  // namespace

TSJIT_KERNEL("aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor", linearKernel);
TSJIT_KERNEL("aten::matmul(Tensor self, Tensor other) -> Tensor", matmulKernel);
TSJIT_KERNEL("aten::mm(Tensor self, Tensor mat2) -> Tensor", mm);
TSJIT_KERNEL("aten::bmm(Tensor self, Tensor mat2) -> Tensor", bmm);
TSJIT_KERNEL("aten::mv(Tensor self, Tensor vec) -> Tensor", mv);
TSJIT_KERNEL("aten::dot(Tensor self, Tensor tensor) -> Tensor", dot);
TSJIT_KERNEL("aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", addmm);
TSJIT_KERNEL("aten::addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor", addmv);
TSJIT_KERNEL("aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", baddbmm);

}  // namespace tsjit
