// Tensors as addresses of elements chosen by index tensors: what index, index_put, gather and scatter share.
#pragma once
#include <atomic>
#include <cstring>
#include <vector>

#include "axes.h"
#include "tsjit/failure.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"

namespace tsjit {

// Up to kMaxRank dimensions with strides of several operands, neighbours joined where every operand allows it.
template <int N>
struct Loops {
  struct Dim { int64_t size, stride[N]; };
  std::vector<Dim> dims;  // outermost first
  void add(int64_t size, std::initializer_list<int64_t> strides) {
    if (size == 1) return;
    Dim d{size, {}};
    int k = 0;
    for (int64_t s : strides) d.stride[k++] = s;
    if (!dims.empty()) {
      Dim& last = dims.back();
      bool joins = true;
      for (int i = 0; i < N; i++) joins = joins && last.stride[i] == d.stride[i] * size;
      if (joins) {
        d.size *= last.size;
        last = d;
        return;
      }
    }
    dims.push_back(d);
  }
  int64_t count() const {
    int64_t n = 1;
    for (auto& d : dims) n *= d.size;
    return n;
  }
  // The operands' offsets at a linear index over all but the last `inner` dimensions.
  void at(int64_t index, int inner, int64_t* offsets) const {
    for (int i = 0; i < N; i++) offsets[i] = 0;
    for (int d = static_cast<int>(dims.size()) - 1 - inner; d >= 0; d--) {
      int64_t c = index % dims[d].size;
      index /= dims[d].size;
      for (int i = 0; i < N; i++) offsets[i] += c * dims[d].stride[i];
    }
  }
  int64_t outer(int inner) const {
    int64_t n = 1;
    for (size_t d = 0; d + static_cast<size_t>(inner) < dims.size(); d++) n *= dims[d].size;
    return n;
  }
};

// An int64 index tensor, contiguous.
inline Tensor indexTensor(Planner& p, const Tensor& t) {
  require(t.dtype == DType::I64 || t.dtype == DType::I32, "an index that is neither int64 nor int32");
  return p.contiguous(p.cast(t, DType::I64));
}

// The first index out of range that several threads saw, thrown after they met.
class RangeCheck {
 public:
  // Wraps negative indices where `wrap`; false (and 0) where out of range.
  bool resolve(int64_t& i, int64_t size, int dim, bool wrap) {
    int64_t k = wrap && i < 0 ? i + size : i;
    if (static_cast<uint64_t>(k) < static_cast<uint64_t>(size)) {
      i = k;
      return true;
    }
    if (!failed_.exchange(true)) {
      index_ = i;
      dim_ = dim;
      size_ = size;
    }
    i = 0;
    return false;
  }
  // Whether n positions `stride` apart are all within [0, size), or [-size, size) with `wrap`; notes the first that is not. Without branches,
  // so that the loop after it needs no checks.
  bool within(const int64_t* index, int64_t stride, int64_t n, int64_t size, int dim, bool wrap) {
    const uint64_t shift = wrap ? static_cast<uint64_t>(size) : 0, limit = shift + static_cast<uint64_t>(size);
    bool bad = false;
    if (stride == 1) {
      for (int64_t i = 0; i < n; i++) bad |= static_cast<uint64_t>(index[i]) + shift >= limit;
    } else {
      for (int64_t i = 0; i < n; i++) bad |= static_cast<uint64_t>(index[i * stride]) + shift >= limit;
    }
    if (!bad) return true;
    for (int64_t i = 0; i < n; i++) {
      int64_t k = index[i * stride];
      if (!resolve(k, size, dim, wrap)) break;
    }
    return false;
  }
  int64_t size() const { return size_; }  // of the dimension that was too small
  bool failed() const { return failed_.load(std::memory_order_relaxed); }
  // `message`: what PyTorch says instead of naming the index; one that ends in ": " goes before the usual text; # is the index, $ the size.
  void check(const char* pythonClass, const char* message = nullptr) const {
    if (!failed()) return;
    std::string usual = "index " + std::to_string(index_) + " is out of bounds for dimension " + std::to_string(dim_) + " with size " + std::to_string(size_);
    bool prefix = message && message[std::strlen(message) - 1] == ' ';
    std::string text = !message ? usual : prefix ? message + usual : message;
    auto insert = [&](char mark, int64_t number) {
      if (size_t at = text.find(mark); at != std::string::npos) text.replace(at, 1, std::to_string(number));
    };
    insert('#', index_);
    insert('$', size_);
    throw RunFailure("TSJ_INDEX_RANGE", pythonClass, text);
  }

 private:
  std::atomic<bool> failed_{false};
  int64_t index_ = 0, size_ = 0;
  int dim_ = 0;
};

struct Element16 { uint64_t a, b; };
// Calls work(T{}) with an unsigned type of an element's size.
template <class Work>
void bySize(size_t item, const Work& work) {
  switch (item) {
    case 1: return work(uint8_t{});
    case 2: return work(uint16_t{});
    case 4: return work(uint32_t{});
    case 8: return work(uint64_t{});
    default: return work(Element16{});
  }
}

}  // namespace tsjit
