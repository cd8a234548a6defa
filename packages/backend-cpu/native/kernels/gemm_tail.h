// Pointwise tails that matrix-like kernels apply to pieces of finished rows while these are in cache.
#pragma once
#include <memory>
#include <vector>

#include "tsjit/pointwise.h"

namespace tsjit {

class GemmTail {
 public:
  // Adds a tail to the result `current` (the tensor that the step writes now: contiguous, `columns` elements a row). False: it cannot be
  // applied row by row. On success `current` becomes the tail's output.
  bool add(const PointwiseStep& tail, Tensor& current, int64_t columns);
  bool empty() const { return ops_.empty(); }
  // Whether every element is treated alike: then rows may be taken together.
  bool uniform() const;
  // The operands' addresses in this run.
  void bind(Run& run, const char** bases) const;
  static constexpr int kMaxOperands = 12;
  // The elements [column, column + n) of row `row`; `piece` points at the first.
  void apply(float* piece, int64_t row, int64_t column, int64_t n, const char* const* bases) const;

 private:
  struct Operand {
    enum Kind : uint8_t { Matrix, RowVector, PerRow, Number } kind;
    Slot slot;
    int64_t rows = 1;  // Matrix: how many there are (rows repeat); PerRow: likewise
    float number = 0;
  };
  struct Source {
    enum Kind : uint8_t { None, Piece, Temporary, Operand } kind = None;
    int index = -1;
  };
  struct Op {
    void (*fn)(const void*, const void*, const void*, void*, int64_t, const double*);
    Source a, b, c;
    int to = -1;  // temporary, -1: the piece itself
    double pqr[3];
  };
  std::vector<Operand> operands_;
  std::vector<Op> ops_;
  int temporaries_ = 0;
  int64_t columns_ = 0;
};

}  // namespace tsjit
