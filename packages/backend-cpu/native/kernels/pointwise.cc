// The fused elementwise step: how it is recorded, prepared and run.
#include "tsjit/pointwise.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "memory_format.h"
#include "simd/table.h"
#include "strided_copy.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"

namespace tsjit {
namespace {

constexpr int64_t kTile = 1024;

size_t computeSize(PwCompute c) { return c == PwCompute::F32 ? 4 : 8; }

DType computeDType(PwCompute c) { return c == PwCompute::F32 ? DType::F32 : c == PwCompute::F64 ? DType::F64 : DType::I64; }

// Memory of one thread for tiles; grows, never shrinks below what the largest chain needed.
char* tileMemory(size_t bytes) {
  struct Memory {
    char* block = nullptr;
    size_t bytes = 0;
    ~Memory() { std::free(block); }
  };
  thread_local Memory memory;
  if (memory.bytes < bytes) {
    std::free(memory.block);
    memory.block = static_cast<char*>(std::aligned_alloc(64, (bytes + 63) / 64 * 64));
    memory.bytes = memory.block ? bytes : 0;
    if (!memory.block) throw std::bad_alloc();
  }
  return memory.block;
}

bool heavy(PwOp op) {
  switch (op) {
    case PwOp::Copy: case PwOp::Neg: case PwOp::Abs: case PwOp::Sign: case PwOp::Square: case PwOp::Relu: case PwOp::Relu6: case PwOp::Clamp: case PwOp::Affine:
    case PwOp::Add: case PwOp::Sub: case PwOp::RSub: case PwOp::Mul: case PwOp::Minimum: case PwOp::Maximum: case PwOp::Where: case PwOp::LeakyRelu: case PwOp::HardSwish:
    case PwOp::HardSigmoid: case PwOp::Eq: case PwOp::Ne: case PwOp::Lt: case PwOp::Le: case PwOp::Gt: case PwOp::Ge: case PwOp::And: case PwOp::Or: case PwOp::Not:
    case PwOp::AddCMul: case PwOp::Threshold: case PwOp::ToBool: return false;
    default: return true;
  }
}

}  // namespace

// --- preparing and running ------------------------------------------------------------------------------------

struct PointwiseStep::Prepared {
  enum Access : uint8_t { Linear, Scalar, Strided };
  struct Operand {
    Slot slot;
    Access access;
    int64_t item = 0;
    int64_t strides[kMaxRank];  // of the collapsed dimensions, in elements
    LoadFn load = nullptr;
    StoreFn store = nullptr;
    int tile = -1;       // where it is loaded to; -1: read in place
    bool sameType = false;
  };
  struct Source {
    enum Kind : uint8_t { None, Tile, Direct } kind = None;
    int index = -1;
  };
  struct Op {
    TileFn fn;
    Source a, b, c;
    double pqr[3];
    int tile = -1;           // result, or
    int directOutput = -1;   // the output that it is written to at once
  };
  struct Constant { int tile; double number; int64_t integer; int runtimeFloat; };
  int rank = 0;
  int64_t sizes[kMaxRank];
  int64_t total = 1, inner = 1, grain = 1;
  bool rowTiles = false;     // tiles end where rows end
  std::vector<Operand> inputs, outputs;
  std::vector<int> outputTile;  // tile that holds output i; -1: written directly
  std::vector<Op> ops;
  std::vector<Constant> constants;
  int tiles = 0;
  PwCompute compute;
  std::shared_ptr<StridedCopy> copy;
  Slot copyFrom, copyTo;
};

void PointwiseStep::prepare() {
  auto pr = std::make_shared<Prepared>();
  Prepared& P = *pr;
  P.compute = compute;
  const SimdTable& table = simd();
  const int which = static_cast<int>(compute);

  // dimensions and strides of every operand
  Dims sizes = shape;
  std::vector<Dims> strides;
  std::vector<int64_t> offsets;
  const Layout* layout = outputs[0].tensor.layout.get();
  std::vector<Layout::PhysicalDim> physical;
  if (layout) {
    bool known = layout->physicalDims(physical);
    if (!known) physical = {{layout->physicalElements(), -1, 0}};
    sizes = Dims();
    for (auto& d : physical) sizes.push_back(d.size);
    Dims dense = contiguousStrides(sizes);
    auto add = [&](const Tensor& t) {
      if (t.layout) {
        strides.push_back(dense);
        offsets.push_back(0);
        return;
      }
      Dims s;
      int lead = shape.n - t.sizes.n;
      for (auto& d : physical) {
        int axis = d.axis - lead;
        bool broadcast = d.axis < 0 || axis < 0 || t.sizes[axis] == 1;
        s.push_back(broadcast ? 0 : t.strides[axis] * d.step);
      }
      strides.push_back(s);
      offsets.push_back(t.offset);
    };
    for (auto& t : inputs) add(t);
    for (auto& o : outputs) add(o.tensor);
  } else {
    auto add = [&](const Tensor& t) {
      Dims s(shape.n, 0);
      int lead = shape.n - t.sizes.n;
      for (int i = 0; i < t.sizes.n; i++) s[i + lead] = t.sizes[i] == 1 ? 0 : t.strides[i];
      strides.push_back(s);
      offsets.push_back(t.offset);
    };
    for (auto& t : inputs) add(t);
    for (auto& o : outputs) add(o.tensor);
  }
  const size_t nIn = inputs.size();
  P.total = sizes.product();

  if (code.size() == 1 && code[0].op == PwOp::Copy && outputs.size() == 1 && inputs.size() == 1 && inputs[0].dtype == outputs[0].tensor.dtype) {
    P.copy = std::make_shared<StridedCopy>(itemSize(inputs[0].dtype), sizes, strides[1], strides[0]);
    int64_t item = static_cast<int64_t>(itemSize(inputs[0].dtype));
    P.copyFrom = slotAt(*inputs[0].buffer, offsets[0] * item);
    P.copyTo = slotAt(*outputs[0].tensor.buffer, offsets[1] * item);
    prepared = pr;
    return;
  }

  // order by the first output's strides, outermost first; drop ones; collapse
  std::vector<int> order;
  for (int i = 0; i < sizes.n; i++)
    if (sizes[i] != 1) order.push_back(i);
  const Dims& key = strides[nIn];
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return key[a] > key[b]; });
  std::vector<int64_t> size;
  std::vector<std::vector<int64_t>> stride(strides.size());
  for (int d : order) {
    bool collapse = !size.empty();
    for (size_t k = 0; k < strides.size() && collapse; k++) collapse = stride[k].back() == strides[k][d] * sizes[d];
    if (collapse) {
      size.back() *= sizes[d];
      for (size_t k = 0; k < strides.size(); k++) stride[k].back() = strides[k][d];
    } else {
      size.push_back(sizes[d]);
      for (size_t k = 0; k < strides.size(); k++) stride[k].push_back(strides[k][d]);
    }
  }
  if (size.empty()) {
    size.push_back(1);
    for (auto& s : stride) s.push_back(1);
  }
  P.rank = static_cast<int>(size.size());
  for (int i = 0; i < P.rank; i++) P.sizes[i] = size[i];
  P.inner = size.back();

  auto makeOperand = [&](const Tensor& t, size_t k) {
    Prepared::Operand o;
    o.item = static_cast<int64_t>(itemSize(t.dtype));
    o.slot = slotAt(*t.buffer, offsets[k] * o.item);
    bool scalar = true, linear = true;
    int64_t expected = 1;
    for (int i = P.rank - 1; i >= 0; i--) {
      o.strides[i] = stride[k][i];
      scalar = scalar && stride[k][i] == 0;
      linear = linear && (stride[k][i] == expected || size[i] == 1);
      expected *= size[i];
    }
    o.access = linear ? Prepared::Linear : scalar ? Prepared::Scalar : Prepared::Strided;
    o.load = table.load[which][static_cast<int>(t.dtype)];
    o.store = table.store[which][static_cast<int>(t.dtype)];
    o.sameType = t.dtype == computeDType(compute);
    require(o.load && o.store, "a pointwise operand of an unsupported dtype");
    return o;
  };
  for (size_t k = 0; k < nIn; k++) P.inputs.push_back(makeOperand(inputs[k], k));
  for (size_t k = 0; k < outputs.size(); k++) P.outputs.push_back(makeOperand(outputs[k].tensor, nIn + k));

  bool anyStrided = false;
  for (auto& o : P.inputs) anyStrided = anyStrided || o.access == Prepared::Strided;
  for (auto& o : P.outputs) anyStrided = anyStrided || o.access == Prepared::Strided;
  P.rowTiles = P.rank > 1 && anyStrided && P.inner >= 192;

  // tiles: loads, constants, results (reused after their last reader)
  for (auto& o : P.inputs) {
    bool inPlace = o.sameType && (o.access == Prepared::Linear || (P.rowTiles && o.access == Prepared::Strided && o.strides[P.rank - 1] == 1));
    if (!inPlace) o.tile = P.tiles++;
  }
  std::vector<int> lastUse(code.size(), -1);
  for (size_t i = 0; i < code.size(); i++)
    for (const PwOperand* o : {&code[i].a, &code[i].b, &code[i].c})
      if (o->kind == PwOperand::Kind::Result) lastUse[o->index] = static_cast<int>(i);
  std::vector<int> outputsOfResult(code.size(), 0);
  for (auto& o : outputs) outputsOfResult[o.result]++;
  // The last instruction that reads an input in place: outputs may be written before the tile's end only after it (in-place operands).
  int lastDirectRead = -1;
  for (size_t i = 0; i < code.size(); i++)
    for (const PwOperand* o : {&code[i].a, &code[i].b, &code[i].c})
      if (o->kind == PwOperand::Kind::Tensor && P.inputs[o->index].tile < 0) lastDirectRead = static_cast<int>(i);
  P.outputTile.assign(outputs.size(), -2);
  std::vector<int> tileOfResult(code.size(), -1), directOf(code.size(), -1);
  std::vector<int> freeTiles;
  double cost = 0;
  for (size_t i = 0; i < code.size(); i++) {
    const PwInstruction& ins = code[i];
    Prepared::Op op;
    op.fn = table.op[which][static_cast<int>(ins.op)];
    require(op.fn != nullptr, "a pointwise operation that this dtype lacks");
    cost += heavy(ins.op) ? 8 : 1;
    op.pqr[0] = ins.p;
    op.pqr[1] = ins.q;
    op.pqr[2] = ins.r;
    auto source = [&](const PwOperand& o) {
      Prepared::Source s;
      switch (o.kind) {
        case PwOperand::Kind::None: break;
        case PwOperand::Kind::Tensor:
          s.kind = P.inputs[o.index].tile >= 0 ? Prepared::Source::Tile : Prepared::Source::Direct;
          s.index = P.inputs[o.index].tile >= 0 ? P.inputs[o.index].tile : o.index;
          break;
        case PwOperand::Kind::Result:
          if (directOf[o.index] >= 0) {  // it lies in an output already
            s.kind = Prepared::Source::Direct;
            s.index = static_cast<int>(nIn) + directOf[o.index];
          } else {
            s.kind = Prepared::Source::Tile;
            s.index = tileOfResult[o.index];
          }
          break;
        default:
          P.constants.push_back({P.tiles++, o.number, o.integer, o.kind == PwOperand::Kind::RuntimeFloat ? o.index : -1});
          s.kind = Prepared::Source::Tile;
          s.index = P.constants.back().tile;
      }
      return s;
    };
    op.a = source(ins.a);
    op.b = source(ins.b);
    op.c = source(ins.c);
    for (const PwOperand* o : {&ins.a, &ins.b, &ins.c})
      if (o->kind == PwOperand::Kind::Result && lastUse[o->index] == static_cast<int>(i) && tileOfResult[o->index] >= 0 && outputsOfResult[o->index] == 0 &&
          std::find(freeTiles.begin(), freeTiles.end(), tileOfResult[o->index]) == freeTiles.end())
        freeTiles.push_back(tileOfResult[o->index]);
    int direct = -1;
    if (static_cast<int>(i) >= lastDirectRead)
      for (size_t k = 0; k < outputs.size(); k++)
        if (outputs[k].result == static_cast<int>(i) && P.outputs[k].sameType && direct < 0 &&
            (P.outputs[k].access == Prepared::Linear || (P.rowTiles && P.outputs[k].access == Prepared::Strided && P.outputs[k].strides[P.rank - 1] == 1)))
          direct = static_cast<int>(k);
    if (direct >= 0) {
      op.directOutput = direct;
      directOf[i] = direct;
      P.outputTile[direct] = -1;
    } else {
      if (freeTiles.empty()) {
        op.tile = P.tiles++;
      } else {
        op.tile = freeTiles.back();
        freeTiles.pop_back();
      }
      tileOfResult[i] = op.tile;
    }
    P.ops.push_back(op);
  }
  for (size_t k = 0; k < outputs.size(); k++) {
    if (P.outputTile[k] == -1) continue;
    int r = outputs[k].result;
    P.outputTile[k] = tileOfResult[r] >= 0 ? tileOfResult[r] : -3 - directOf[r];  // a second copy of a result that lies in an output
  }
  cost += 0.5 * static_cast<double>(P.inputs.size() + P.outputs.size());
  P.grain = static_cast<int64_t>(std::max(4096.0, 80000.0 / cost));
  prepared = pr;
}

void PointwiseStep::run(Run& run) {
  using Prepared = PointwiseStep::Prepared;
  const Prepared& P = *prepared;
  if (P.total == 0) return;
  if (P.copy) return P.copy->run(run.ptr<char>(P.copyTo), run.ptr<char>(P.copyFrom));
  const size_t cell = computeSize(P.compute);
  const size_t tileBytes = kTile * cell;
  const size_t nIn = P.inputs.size(), nOut = P.outputs.size();

  auto body = [&](int64_t begin, int64_t end) {
    char* memory = tileMemory((P.tiles + 1) * tileBytes);
    auto tile = [&](int k) { return memory + static_cast<size_t>(k) * tileBytes; };
    const int64_t most = std::min(kTile, end - begin);
    for (auto& c : P.constants) {
      double x = c.runtimeFloat >= 0 ? run.runtimeFloats[c.runtimeFloat] : c.number;
      if (P.compute == PwCompute::F32) std::fill_n(reinterpret_cast<float*>(tile(c.tile)), most, static_cast<float>(x));
      else if (P.compute == PwCompute::F64) std::fill_n(reinterpret_cast<double*>(tile(c.tile)), most, x);
      else std::fill_n(reinterpret_cast<int64_t*>(tile(c.tile)), most, c.runtimeFloat >= 0 ? static_cast<int64_t>(x) : c.integer);
    }
    char* base[64];
    for (size_t k = 0; k < nIn; k++) base[k] = run.ptr<char>(P.inputs[k].slot);
    for (size_t k = 0; k < nOut; k++) base[nIn + k] = run.ptr<char>(P.outputs[k].slot);
    for (size_t k = 0; k < nIn; k++)
      if (P.inputs[k].access == Prepared::Scalar) P.inputs[k].load(base[k], 0, tile(P.inputs[k].tile), most);

    int64_t at[kMaxRank];
    auto seek = [&](int64_t index) {
      for (int d = P.rank - 1; d >= 0; d--) {
        at[d] = index % P.sizes[d];
        index /= P.sizes[d];
      }
    };
    if (P.rank > 1) seek(begin);
    else at[0] = begin;
    // calls visit(first element's offset, count) for the rows of a tile
    auto rows = [&](const Prepared::Operand& o, int64_t n, const auto& visit) {
      int64_t c[kMaxRank];
      for (int d = 0; d < P.rank; d++) c[d] = at[d];
      int64_t offset = 0;
      for (int d = 0; d < P.rank; d++) offset += c[d] * o.strides[d];
      int64_t done = 0;
      for (;;) {
        int64_t count = std::min(n - done, P.inner - c[P.rank - 1]);
        visit(offset, done, count);
        done += count;
        if (done == n) return;
        offset -= c[P.rank - 1] * o.strides[P.rank - 1];
        c[P.rank - 1] = 0;
        for (int d = P.rank - 2; d >= 0; d--) {
          offset += o.strides[d];
          if (++c[d] < P.sizes[d]) break;
          offset -= c[d] * o.strides[d];
          c[d] = 0;
        }
      }
    };
    char* where[64];
    for (int64_t index = begin; index < end;) {
      int64_t n = std::min(kTile, end - index);
      if (P.rowTiles) n = std::min(n, P.inner - at[P.rank - 1]);
      for (size_t k = 0; k < nIn; k++) {
        const Prepared::Operand& o = P.inputs[k];
        if (o.access == Prepared::Linear) {
          char* p = base[k] + index * o.item;
          if (o.tile < 0) where[k] = p;
          else o.load(p, 1, tile(o.tile), n);
        } else if (o.access == Prepared::Strided) {
          const int64_t inner = o.strides[P.rank - 1];
          if (P.rowTiles) {
            int64_t offset = 0;
            for (int d = 0; d < P.rank; d++) offset += at[d] * o.strides[d];
            if (o.tile < 0) where[k] = base[k] + offset * o.item;
            else o.load(base[k] + offset * o.item, inner, tile(o.tile), n);
          } else {
            char* t = tile(o.tile);
            rows(o, n, [&](int64_t offset, int64_t done, int64_t count) { o.load(base[k] + offset * o.item, inner, t + done * static_cast<int64_t>(cell), count); });
          }
        }
      }
      for (size_t k = 0; k < nOut; k++) {
        const Prepared::Operand& o = P.outputs[k];
        if (o.access == Prepared::Linear) {
          where[nIn + k] = base[nIn + k] + index * o.item;
        } else if (P.rowTiles) {
          int64_t offset = 0;
          for (int d = 0; d < P.rank; d++) offset += at[d] * o.strides[d];
          where[nIn + k] = base[nIn + k] + offset * o.item;
        }
      }
      auto source = [&](const Prepared::Source& s) -> const void* {
        return s.kind == Prepared::Source::Tile ? tile(s.index) : s.kind == Prepared::Source::Direct ? where[s.index] : nullptr;
      };
      for (const Prepared::Op& op : P.ops)
        op.fn(source(op.a), source(op.b), source(op.c), op.directOutput >= 0 ? where[nIn + op.directOutput] : tile(op.tile), n, op.pqr);
      for (size_t k = 0; k < nOut; k++) {
        int t = P.outputTile[k];
        if (t == -1) continue;
        const Prepared::Operand& o = P.outputs[k];
        const char* from = t >= 0 ? tile(t) : where[nIn + static_cast<size_t>(-3 - t)];
        if (o.access == Prepared::Linear) o.store(from, where[nIn + k], 1, n);
        else if (P.rowTiles) o.store(from, where[nIn + k], o.strides[P.rank - 1], n);
        else rows(o, n, [&](int64_t offset, int64_t done, int64_t count) { o.store(from + done * static_cast<int64_t>(cell), base[nIn + k] + offset * o.item, o.strides[P.rank - 1], count); });
      }
      index += n;
      if (P.rank > 1 && index < end) {
        if (P.rowTiles && at[P.rank - 1] + n < P.inner) at[P.rank - 1] += n;
        else seek(index);
      }
    }
  };
  parallelFor(P.total, P.grain, body);
}

// --- recording ------------------------------------------------------------------------------------------------

namespace {

// PyTorch's TensorIterator: the output's dimensions are ordered like the operands'.
Dims outputStrides(const Dims& shape, const std::vector<Tensor>& operands) {
  bool contiguous = true;
  const Tensor* only = nullptr;
  bool sameStrides = true;
  for (auto& t : operands) {
    if (t.sizes == shape) {
      contiguous = contiguous && t.isContiguous();
      if (only && only->strides != t.strides) sameStrides = false;
      if (!only) only = &t;
    } else {
      sameStrides = false;
      if (t.numel() != 1) contiguous = contiguous && t.isContiguous();
    }
  }
  if (contiguous) return contiguousStrides(shape);
  if (sameStrides && only && nonOverlappingDense(*only)) return only->strides;
  std::vector<Dims> strides;
  for (auto& t : operands) {
    Dims s(shape.n, 0);
    int lead = shape.n - t.sizes.n;
    for (int i = 0; i < t.sizes.n; i++) s[i + lead] = t.sizes[i] == 1 && shape[i + lead] != 1 ? 0 : t.strides[i];
    strides.push_back(s);
  }
  auto compare = [&](int d0, int d1) {
    for (auto& s : strides) {
      int64_t a = s[d0], b = s[d1];
      if (a == 0 || b == 0) continue;
      if (a < b) return -1;
      if (a > b) return 1;
      if (shape[d0] > shape[d1]) return 1;
    }
    return 0;
  };
  std::vector<int> perm(shape.n);
  for (int i = 0; i < shape.n; i++) perm[i] = shape.n - 1 - i;
  for (int i = 1; i < shape.n; i++) {
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
  Dims out(shape.n, 1);
  int64_t step = 1;
  for (int d : perm) {
    out[d] = step;
    step *= std::max<int64_t>(shape[d], 1);
  }
  return out;
}

// Whether zeros stay zeros: padding of blocked layouts must.
bool keepsZeros(PwOp op, double p, double q) {
  switch (op) {
    case PwOp::Copy: case PwOp::Neg: case PwOp::Abs: case PwOp::Sign: case PwOp::Square: case PwOp::Sqrt: case PwOp::Expm1: case PwOp::Log1p: case PwOp::Sin: case PwOp::Tan:
    case PwOp::Asin: case PwOp::Atan: case PwOp::Sinh: case PwOp::Tanh: case PwOp::Asinh: case PwOp::Atanh: case PwOp::Erf: case PwOp::Relu: case PwOp::Relu6: case PwOp::Silu:
    case PwOp::Mish: case PwOp::HardSwish: case PwOp::GeluErf: case PwOp::GeluTanh: case PwOp::Softsign: case PwOp::Ceil: case PwOp::Floor: case PwOp::Round: case PwOp::Trunc:
    case PwOp::Frac: case PwOp::Elu: case PwOp::LeakyRelu: case PwOp::HardShrink: case PwOp::SoftShrink: case PwOp::RoundHalf: case PwOp::RoundBFloat: return true;
    case PwOp::Clamp: return p <= 0 && q >= 0;
    case PwOp::Affine: return q == 0;
    default: return false;
  }
}
bool keepsZerosOfTwo(PwOp op) {
  return op == PwOp::Add || op == PwOp::Sub || op == PwOp::RSub || op == PwOp::Mul || op == PwOp::Minimum || op == PwOp::Maximum;
}

// Integers whose arithmetic is done in int64: numbers become what the dtype holds of them first, as PyTorch's do.
bool isNarrow(DType t) { return t == DType::U8 || t == DType::I8 || t == DType::I16 || t == DType::I32; }
int64_t wrapped(int64_t x, DType t) {
  switch (t) {
    case DType::U8: return static_cast<uint8_t>(x);
    case DType::I8: return static_cast<int8_t>(x);
    case DType::I16: return static_cast<int16_t>(x);
    default: return static_cast<int32_t>(x);
  }
}

PwCompute computeOf(DType t) {
  switch (t) {
    case DType::F32: case DType::F16: case DType::BF16: return PwCompute::F32;
    case DType::F64: return PwCompute::F64;
    case DType::U8: case DType::I8: case DType::I16: case DType::I32: case DType::I64: case DType::Bool: case DType::U16: case DType::U32: return PwCompute::I64;
    default: throw Bailout(std::string("elementwise work in ") + dtypeName(t));
  }
}

}  // namespace

Tensor pointwise(Planner& p, PwOp op, DType computeType, DType result, const std::vector<Value>& given, double a, double b, double c, const Tensor* inPlace) {
  auto step = std::make_unique<PointwiseStep>();
  step->name = "pointwise";
  step->compute = computeOf(computeType);
  std::vector<Value> operands = given;

  // shape
  Dims shape;
  for (auto& v : operands)
    if (v.isTensor() && v.tensor.sizes.n > shape.n) shape = Dims(v.tensor.sizes.n, 1);
  for (auto& v : operands) {
    if (!v.isTensor()) continue;
    const Dims& s = v.tensor.sizes;
    int lead = shape.n - s.n;
    for (int i = 0; i < s.n; i++) {
      if (s[i] == 1) continue;
      if (shape[i + lead] == 1) shape[i + lead] = s[i];
      else require(shape[i + lead] == s[i], "sizes that do not broadcast");
    }
  }
  if (inPlace) {
    require(shape.n <= inPlace->sizes.n, "an in-place result of another shape");
    if (shape != inPlace->sizes) {
      Dims target = inPlace->sizes;
      int lead = target.n - shape.n;
      for (int i = 0; i < shape.n; i++) require(shape[i] == 1 || shape[i] == target[i + lead], "an in-place result of another shape");
      shape = target;
    }
  }

  // layout: kept where every operand can follow it
  std::shared_ptr<const Layout> layout;
  for (auto& v : operands)
    if (v.isTensor() && v.tensor.layout) layout = v.tensor.layout;
  if (inPlace && inPlace->layout) layout = inPlace->layout;
  if (layout) {
    bool fits = true;
    std::vector<Layout::PhysicalDim> physical;
    bool known = layout->physicalDims(physical);
    bool padded = layout->physicalElements() != shape.product();
    int tensors = 0, full = 0;
    for (auto& v : operands) {
      if (!v.isTensor()) continue;
      tensors++;
      const Tensor& t = v.tensor;
      if (t.layout) {
        full++;
        fits = fits && t.sizes == shape && t.layout->equals(*layout);
      } else {
        fits = fits && (t.numel() == 1 || (known && !padded));
      }
    }
    size_t size = itemSize(result);
    for (auto& v : operands)
      if (v.isTensor() && v.tensor.layout) fits = fits && itemSize(v.tensor.dtype) == size;
    if (padded) fits = fits && ((operands.size() == 1 && keepsZeros(op, a, b)) || (full == 2 && operands.size() == 2 && keepsZerosOfTwo(op)) ||
                                (operands.size() == 2 && full == 1 && op == PwOp::Mul));
    if (inPlace) fits = fits && inPlace->layout && inPlace->layout->equals(*layout);
    if (!fits) {
      require(!(inPlace && inPlace->layout), "in-place work on a blocked tensor");
      for (auto& v : operands)
        if (v.isTensor()) v = Value::of(p.plain(v.tensor));
      layout = nullptr;
    }
  }

  if (isNarrow(computeType) && op != PwOp::Copy) {
    for (auto& v : operands) {
      if (v.isTensor()) {
        DType t = v.tensor.dtype;
        if (t != computeType && t != DType::Bool && itemSize(t) >= itemSize(computeType)) v = Value::of(p.cast(v.tensor, computeType));
      } else if (v.tag == Value::Tag::Int) {
        v = Value::ofInt(wrapped(v.i, computeType));
      }
    }
    if (op == PwOp::Clamp || op == PwOp::Threshold)
      for (double bound : {a, b})
        require(std::fabs(bound) >= 9e18 || (bound == std::trunc(bound) && static_cast<double>(wrapped(static_cast<int64_t>(bound), computeType)) == bound), "a bound that the dtype does not hold");
  }

  // operands
  PwInstruction ins;
  ins.op = op;
  ins.p = a;
  ins.q = b;
  ins.r = c;
  if (step->compute != PwCompute::I64 && operands.size() == 2 && operands[0].isTensor() && !operands[1].isTensor() && operands[1].runtimeInput < 0 && a == 1) {
    // with a number: one fused multiply-add
    const Value& n = operands[1];
    double x = n.tag == Value::Tag::Float ? n.d : static_cast<double>(n.i);
    bool done = true;
    if (op == PwOp::Add) ins.p = 1, ins.q = x;
    else if (op == PwOp::Sub) ins.p = 1, ins.q = -x;
    else if (op == PwOp::RSub) ins.p = -1, ins.q = x;
    else done = false;
    if (done && std::isfinite(x)) {
      ins.op = PwOp::Affine;
      operands.pop_back();
    } else {
      ins.p = a;
      ins.q = b;
    }
  } else if (step->compute != PwCompute::I64 && op == PwOp::Mul && operands.size() == 2 && operands[0].isTensor() && !operands[1].isTensor() && operands[1].runtimeInput < 0) {
    const Value& n = operands[1];
    ins.op = PwOp::Affine;
    ins.p = n.tag == Value::Tag::Float ? n.d : static_cast<double>(n.i);
    ins.q = -0.0;  // x + -0 is x for every x
    operands.pop_back();
  }
  std::vector<Tensor> tensors;
  PwOperand* places[3] = {&ins.a, &ins.b, &ins.c};
  require(operands.size() <= 3, "too many operands");
  for (size_t i = 0; i < operands.size(); i++) {
    const Value& v = operands[i];
    PwOperand& o = *places[i];
    if (v.isTensor()) {
      // a single number known while planning is a number
      o.kind = PwOperand::Kind::Tensor;
      o.index = -1;
      for (size_t k = 0; k < tensors.size(); k++)
        if (tensors[k].buffer == v.tensor.buffer && tensors[k].offset == v.tensor.offset && tensors[k].sizes == v.tensor.sizes && tensors[k].strides == v.tensor.strides && tensors[k].dtype == v.tensor.dtype)
          o.index = static_cast<int>(k);
      if (o.index < 0) {
        o.index = static_cast<int>(tensors.size());
        tensors.push_back(v.tensor);
      }
    } else if (v.tag == Value::Tag::Float && v.runtimeInput >= 0 && step->compute != PwCompute::I64) {
      o.kind = PwOperand::Kind::RuntimeFloat;
      o.index = v.runtimeInput;
    } else if (v.tag == Value::Tag::Float) {
      o.kind = PwOperand::Kind::Number;
      o.number = p.read(v);
      o.integer = std::isfinite(o.number) ? static_cast<int64_t>(o.number) : 0;
    } else if (v.tag == Value::Tag::Int || v.tag == Value::Tag::Bool) {
      o.kind = PwOperand::Kind::Number;
      o.number = static_cast<double>(v.i);
      o.integer = v.i;
    } else {
      throw Bailout("an elementwise operand that is neither a tensor nor a real number");
    }
  }
  step->shape = shape;
  step->inputs = tensors;
  step->code.push_back(ins);
  int last = 0;
  DType stored = inPlace ? inPlace->dtype : result;
  if (step->compute == PwCompute::F32 && (stored == DType::F16 || stored == DType::BF16)) {
    // not after a plain load of the same dtype
    PwInstruction round;
    round.op = stored == DType::F16 ? PwOp::RoundHalf : PwOp::RoundBFloat;
    round.a.kind = PwOperand::Kind::Result;
    round.a.index = 0;
    if (!(ins.op == PwOp::Copy && tensors.size() == 1 && tensors[0].dtype == stored)) {
      step->code.push_back(round);
      last = 1;
    }
  }
  bool truth = ins.op == PwOp::Copy ? tensors.size() == 1 && tensors[0].dtype == DType::Bool : (ins.op >= PwOp::Eq && ins.op <= PwOp::IsFinite) || ins.op == PwOp::BitAnd || ins.op == PwOp::BitOr || ins.op == PwOp::BitXor || ins.op == PwOp::Signbit;
  if (stored == DType::Bool && !truth) {
    // a chain goes on with what a bool holds
    PwInstruction boolean;
    boolean.op = PwOp::ToBool;
    boolean.a.kind = PwOperand::Kind::Result;
    boolean.a.index = last;
    step->code.push_back(boolean);
    last++;
  }
  Tensor out;
  if (inPlace) out = *inPlace;
  else if (layout) out = p.emptyLayout(result, shape, layout);
  else {
    std::vector<Tensor> ordered = tensors;
    if (op == PwOp::Where && operands[2].isTensor()) ordered.insert(ordered.begin(), operands[2].tensor);  // PyTorch's operand order
    out = p.emptyStrided(result, shape, outputStrides(shape, ordered));
  }
  step->outputs.push_back({out, last});
  for (auto& t : tensors) step->reads.push_back(t.buffer);
  step->writes.push_back(out.buffer);
  p.record(std::move(step));
  return out;
}

}  // namespace tsjit
