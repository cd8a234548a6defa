#include "gemm_tail.h"

#include <algorithm>

#include "simd/table.h"

namespace tsjit {
namespace {

constexpr int64_t kPiece = 256;
constexpr int kMaxTemporaries = 10;

// The trailing dimensions of `t` that lie densely and equal those of `shape`; everything before them must be of size one.
bool denseSuffix(const Tensor& t, const Dims& shape, int64_t& count) {
  int64_t step = 1;
  int i = t.sizes.n - 1, j = shape.n - 1;
  for (; i >= 0; i--, j--) {
    if (t.sizes[i] != shape[j]) break;
    if (t.sizes[i] != 1 && t.strides[i] != step) return false;
    step *= t.sizes[i];
  }
  for (; i >= 0; i--)
    if (t.sizes[i] != 1) return false;
  count = step;
  return true;
}

// One number for each row: the dimensions that make up a row are of size one, those before lie densely.
bool perRow(const Tensor& t, const Dims& shape, int64_t columns, int64_t& count) {
  Tensor leading = t;
  Dims rows = shape;
  int64_t inside = 1;
  while (inside < columns && rows.n > 0) {
    inside *= rows.back();
    if (leading.sizes.n > 0) {
      if (leading.sizes.back() != 1) return false;
      leading.sizes.n--;
    }
    rows.n--;
  }
  return inside == columns && denseSuffix(leading, rows, count) && count > 0;
}

}  // namespace

bool GemmTail::uniform() const {
  for (const Operand& o : operands_)
    if (o.kind != Operand::Number && !(o.kind == Operand::PerRow && o.rows == 1)) return false;
  return true;
}

bool GemmTail::add(const PointwiseStep& tail, Tensor& current, int64_t columns) {
  if (tail.compute != PwCompute::F32 || tail.outputs.size() != 1 || tail.shape != current.sizes || columns <= 0) return false;
  const Tensor& out = tail.outputs[0].tensor;
  if (out.dtype != DType::F32 || out.layout || !out.isContiguous() || out.sizes != current.sizes) return false;
  if (tail.outputs[0].result != static_cast<int>(tail.code.size()) - 1) return false;
  const SimdTable& table = simd();

  std::vector<Operand> operands = operands_;
  std::vector<Source> sources;
  for (const Tensor& t : tail.inputs) {
    if (t.buffer == current.buffer) {
      if (t.layout || t.sizes != current.sizes || t.offset != current.offset || !t.isContiguous()) return false;
      sources.push_back({Source::Piece, 0});
      continue;
    }
    if (t.dtype != DType::F32 || t.layout || t.buffer == out.buffer) return false;  // the result's memory holds partial sums
    Operand o;
    int64_t count = 0;
    o.slot = slotOf(t);
    if (t.numel() == 1) {
      o.kind = Operand::PerRow;
      o.rows = 1;
    } else if (denseSuffix(t, current.sizes, count) && count >= columns && count % columns == 0) {
      o.kind = count == columns ? Operand::RowVector : Operand::Matrix;
      o.rows = count / columns;
    } else if (perRow(t, current.sizes, columns, count)) {
      o.kind = Operand::PerRow;
      o.rows = count;
    } else {
      return false;
    }
    sources.push_back({Source::Operand, static_cast<int>(operands.size())});
    operands.push_back(o);
  }
  // The piece itself is overwritten by the last instruction only, so intermediate results lie in temporaries.
  std::vector<Op> ops = ops_;
  int base = temporaries_;
  for (size_t i = 0; i < tail.code.size(); i++) {
    const PwInstruction& ins = tail.code[i];
    Op op;
    op.fn = table.op[0][static_cast<int>(ins.op)];
    if (!op.fn) return false;
    op.pqr[0] = ins.p;
    op.pqr[1] = ins.q;
    op.pqr[2] = ins.r;
    bool good = true;
    auto source = [&](const PwOperand& o) -> Source {
      switch (o.kind) {
        case PwOperand::Kind::None: return {};
        case PwOperand::Kind::Tensor: return sources[o.index];
        case PwOperand::Kind::Result: return {Source::Temporary, base + o.index};
        case PwOperand::Kind::Number: {
          Operand number;
          number.kind = Operand::Number;
          number.number = static_cast<float>(o.number);
          operands.push_back(number);
          return {Source::Operand, static_cast<int>(operands.size()) - 1};
        }
        default: good = false; return {};
      }
    };
    op.a = source(ins.a);
    op.b = source(ins.b);
    op.c = source(ins.c);
    if (!good) return false;
    op.to = i + 1 == tail.code.size() ? -1 : base + static_cast<int>(i);
    ops.push_back(op);
  }
  int temporaries = base + static_cast<int>(tail.code.size()) - 1;
  if (temporaries > kMaxTemporaries || operands.size() > kMaxOperands) return false;
  operands_ = std::move(operands);
  ops_ = std::move(ops);
  temporaries_ = temporaries;
  columns_ = columns;
  current = out;
  return true;
}

void GemmTail::bind(Run& run, const char** bases) const {
  for (size_t i = 0; i < operands_.size(); i++) bases[i] = operands_[i].slot.valid() ? run.ptr<char>(operands_[i].slot) : nullptr;
}

void GemmTail::apply(float* piece, int64_t row, int64_t column, int64_t n, const char* const* bases) const {
  alignas(64) float temporary[kMaxTemporaries][kPiece];
  alignas(64) float constant[3][kPiece];
  for (int64_t at = 0; at < n; at += kPiece) {
    int64_t m = std::min(kPiece, n - at);
    for (const Op& op : ops_) {
      int constants = 0;
      auto source = [&](const Source& s) -> const void* {
        switch (s.kind) {
          case Source::None: return nullptr;
          case Source::Piece: return piece + at;
          case Source::Temporary: return temporary[s.index];
          case Source::Operand: {
            const Operand& o = operands_[s.index];
            const float* p = reinterpret_cast<const float*>(bases[s.index]);
            float x = o.number;
            switch (o.kind) {
              case Operand::RowVector: return p + column + at;
              case Operand::Matrix: return p + (row % o.rows) * columns_ + column + at;
              case Operand::PerRow: x = p[row % o.rows]; break;
              case Operand::Number: break;
            }
            float* c = constant[constants++];
            std::fill_n(c, m, x);
            return c;
          }
        }
        return nullptr;
      };
      const void *a = source(op.a), *b = source(op.b), *c = source(op.c);
      op.fn(a, b, c, op.to < 0 ? piece + at : temporary[op.to], m, op.pqr);
    }
  }
}

}  // namespace tsjit
