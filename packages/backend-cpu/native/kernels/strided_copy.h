// Copies between strided memories of one item size: whole rows where both are dense, blocks where one is transposed.
#pragma once
#include <cstdint>

#include "tsjit/dims.h"

namespace tsjit {

class StridedCopy {
 public:
  StridedCopy(size_t item, const Dims& sizes, const Dims& toStrides, const Dims& fromStrides);
  void run(char* to, const char* from) const;

 private:
  void runRange(char* to, const char* from, int64_t begin, int64_t end) const;
  size_t item_;
  int rank_ = 0;
  int64_t sizes_[kMaxRank], to_[kMaxRank], from_[kMaxRank];  // strides in bytes, outermost first
  int64_t outer_ = 1, total_ = 1;
  bool transposed_ = false;  // the last two dimensions: `to` dense in the last, `from` dense in the one before
};

}  // namespace tsjit
