// The rows of a weight wherever its bytes are: packing reads each row once, so rows of a file need no memory of their own.
#pragma once
#include <optional>

#include "tsjit/buffer.h"

namespace tsjit {

class WeightRows {
 public:
  // `weight` is plan-time data whose rows (its first dimension) are dense. Throws Bailout where its file changed.
  explicit WeightRows(const Tensor& weight) : row_(weight.stride(0) * static_cast<int64_t>(itemSize(weight.dtype))) {
    offset_ = weight.offset * static_cast<int64_t>(itemSize(weight.dtype));
    const Buffer& buffer = *weight.buffer;
    if (buffer.file) {
      offset_ += buffer.address - buffer.file->address();  // a constant may be a part of a stored tensor
      reader_.emplace(*buffer.file);
    } else {
      address_ = buffer.address;
    }
  }
  // Dense rows of `elements` elements in memory.
  template <class T>
  WeightRows(const T* first, int64_t elements) : row_(elements * static_cast<int64_t>(sizeof(T))), offset_(0), address_(reinterpret_cast<const char*>(first)) {}
  // Whether it fits: rows of `elements` elements, one after the other.
  static bool fits(const Tensor& weight, int64_t elements) {
    int64_t expected = 1;
    for (int i = weight.sizes.n - 1; i > 0; expected *= weight.sizes[i], i--)
      if (weight.strides[i] != expected && weight.sizes[i] != 1) return false;
    return weight.isData() && expected == elements && weight.strides[0] == elements;
  }

  // Rows [first, first + count), good until this thread asks again. Called from any thread.
  template <class T>
  const T* get(int64_t first, int64_t count) {
    int64_t at = offset_ + first * row_;
    return reinterpret_cast<const T*>(reader_ ? reader_->get(static_cast<size_t>(at), static_cast<size_t>(count * row_)) : address_ + at);
  }
  // After the last row. Throws Bailout where the file changed or could not be read meanwhile.
  void finish() {
    if (reader_) reader_->finish();
  }

 private:
  int64_t row_, offset_;
  const char* address_ = nullptr;
  std::optional<FileBlock::Reader> reader_;
};

}  // namespace tsjit
