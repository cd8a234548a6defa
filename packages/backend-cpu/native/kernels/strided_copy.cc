#include "strided_copy.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "tsjit/parallel.h"

namespace tsjit {

StridedCopy::StridedCopy(size_t item, const Dims& sizes, const Dims& toStrides, const Dims& fromStrides) : item_(item) {
  std::vector<int> order;
  total_ = sizes.product();
  for (int i = 0; i < sizes.n; i++)
    if (sizes[i] != 1) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return toStrides[a] > toStrides[b]; });
  auto signedItem = static_cast<int64_t>(item);
  for (int d : order) {
    int64_t t = toStrides[d] * signedItem, f = fromStrides[d] * signedItem;
    if (rank_ > 0 && to_[rank_ - 1] == t * sizes[d] && from_[rank_ - 1] == f * sizes[d]) {
      sizes_[rank_ - 1] *= sizes[d];
      to_[rank_ - 1] = t;
      from_[rank_ - 1] = f;
    } else {
      sizes_[rank_] = sizes[d];
      to_[rank_] = t;
      from_[rank_] = f;
      rank_++;
    }
  }
  if (rank_ == 0) {
    sizes_[0] = 1;
    to_[0] = from_[0] = signedItem;
    rank_ = 1;
  }
  // bring the dimension that is dense in `from` next to the last one
  if (rank_ >= 2 && from_[rank_ - 1] != signedItem && to_[rank_ - 1] == signedItem) {
    for (int d = rank_ - 2; d >= 0; d--) {
      if (from_[d] != signedItem) continue;
      for (int e = d; e < rank_ - 2; e++) {
        std::swap(sizes_[e], sizes_[e + 1]);
        std::swap(to_[e], to_[e + 1]);
        std::swap(from_[e], from_[e + 1]);
      }
      transposed_ = true;
      break;
    }
  }
  int inner = transposed_ ? 2 : 1;
  for (int i = 0; i < rank_ - inner; i++) outer_ *= sizes_[i];
}

namespace {

template <class T>
void copyRow(char* to, const char* from, int64_t n, int64_t ts, int64_t fs) {
  if (ts == sizeof(T) && fs == 0) {
    std::fill_n(reinterpret_cast<T*>(to), n, *reinterpret_cast<const T*>(from));
    return;
  }
  if (ts == sizeof(T)) {
    T* t = reinterpret_cast<T*>(to);
    for (int64_t i = 0; i < n; i++) t[i] = *reinterpret_cast<const T*>(from + i * fs);
    return;
  }
  for (int64_t i = 0; i < n; i++) *reinterpret_cast<T*>(to + i * ts) = *reinterpret_cast<const T*>(from + i * fs);
}

// to[i][j] = from[j][i] over rows i of `to` in [0, m), j in [0, n)
template <class T>
void copyTransposed(char* to, const char* from, int64_t m, int64_t n, int64_t toRow, int64_t fromRow) {
  constexpr int64_t kBlock = 16;
  for (int64_t i0 = 0; i0 < m; i0 += kBlock)
    for (int64_t j0 = 0; j0 < n; j0 += kBlock) {
      int64_t im = std::min(m, i0 + kBlock), jm = std::min(n, j0 + kBlock);
      if (im - i0 == kBlock && jm - j0 == kBlock) {
        T block[kBlock][kBlock];
        for (int64_t j = 0; j < kBlock; j++) std::memcpy(block[j], from + (j0 + j) * fromRow + i0 * static_cast<int64_t>(sizeof(T)), sizeof(block[j]));
        for (int64_t i = 0; i < kBlock; i++) {
          T* row = reinterpret_cast<T*>(to + (i0 + i) * toRow) + j0;
          for (int64_t j = 0; j < kBlock; j++) row[j] = block[j][i];
        }
      } else {
        for (int64_t i = i0; i < im; i++)
          for (int64_t j = j0; j < jm; j++) *(reinterpret_cast<T*>(to + i * toRow) + j) = *(reinterpret_cast<const T*>(from + j * fromRow) + i);
      }
    }
}

struct Wide { uint64_t a, b; };

}  // namespace

void StridedCopy::runRange(char* to, const char* from, int64_t begin, int64_t end) const {
  int inner = transposed_ ? 2 : 1;
  int outerRank = rank_ - inner;
  for (int64_t index = begin; index < end; index++) {
    int64_t rest = index, t = 0, f = 0;
    for (int d = outerRank - 1; d >= 0; d--) {
      int64_t c = rest % sizes_[d];
      rest /= sizes_[d];
      t += c * to_[d];
      f += c * from_[d];
    }
    int64_t n = sizes_[rank_ - 1];
    if (transposed_) {
      int64_t m = sizes_[rank_ - 2];
      switch (item_) {
        case 1: copyTransposed<uint8_t>(to + t, from + f, m, n, to_[rank_ - 2], from_[rank_ - 1]); break;
        case 2: copyTransposed<uint16_t>(to + t, from + f, m, n, to_[rank_ - 2], from_[rank_ - 1]); break;
        case 4: copyTransposed<uint32_t>(to + t, from + f, m, n, to_[rank_ - 2], from_[rank_ - 1]); break;
        case 8: copyTransposed<uint64_t>(to + t, from + f, m, n, to_[rank_ - 2], from_[rank_ - 1]); break;
        default: copyTransposed<Wide>(to + t, from + f, m, n, to_[rank_ - 2], from_[rank_ - 1]); break;
      }
    } else if (to_[rank_ - 1] == static_cast<int64_t>(item_) && from_[rank_ - 1] == static_cast<int64_t>(item_)) {
      std::memcpy(to + t, from + f, static_cast<size_t>(n) * item_);
    } else {
      switch (item_) {
        case 1: copyRow<uint8_t>(to + t, from + f, n, to_[rank_ - 1], from_[rank_ - 1]); break;
        case 2: copyRow<uint16_t>(to + t, from + f, n, to_[rank_ - 1], from_[rank_ - 1]); break;
        case 4: copyRow<uint32_t>(to + t, from + f, n, to_[rank_ - 1], from_[rank_ - 1]); break;
        case 8: copyRow<uint64_t>(to + t, from + f, n, to_[rank_ - 1], from_[rank_ - 1]); break;
        default: copyRow<Wide>(to + t, from + f, n, to_[rank_ - 1], from_[rank_ - 1]); break;
      }
    }
  }
}

void StridedCopy::run(char* to, const char* from) const {
  if (total_ == 0) return;
  int64_t bytes = total_ * static_cast<int64_t>(item_);
  if (bytes < (1 << 17)) return runRange(to, from, 0, outer_);
  if (outer_ > 1) {
    int64_t each = std::max<int64_t>(1, bytes / outer_);
    parallelFor(outer_, std::max<int64_t>(1, (1 << 16) / each), [&](int64_t begin, int64_t end) { runRange(to, from, begin, end); });
    return;
  }
  // one long row or one matrix: cut the outermost dimension that is left
  int cut = transposed_ ? rank_ - 2 : rank_ - 1;
  parallelFor(sizes_[cut], std::max<int64_t>(16, sizes_[cut] * (1 << 16) / bytes), [&](int64_t begin, int64_t end) {
    StridedCopy part = *this;
    part.sizes_[cut] = end - begin;
    part.runRange(to + begin * to_[cut], from + begin * from_[cut], 0, 1);
  });
}

}  // namespace tsjit
