// A short list of sizes, strides or indices, without heap. Ranks above kMaxRank bail out.
#pragma once
#include <cstdint>
#include <initializer_list>

#include "tsjit/bailout.h"

namespace tsjit {

constexpr int kMaxRank = 12;

struct Dims {
  int64_t v[kMaxRank];
  int n = 0;

  Dims() = default;
  Dims(std::initializer_list<int64_t> list) {
    for (int64_t x : list) push_back(x);
  }
  Dims(int count, int64_t value) {
    for (int i = 0; i < count; i++) push_back(value);
  }
  void push_back(int64_t x) {
    if (n == kMaxRank) throw Bailout("more than 12 dimensions");
    v[n++] = x;
  }
  void insert(int at, int64_t x) {
    push_back(0);
    for (int i = n - 1; i > at; i--) v[i] = v[i - 1];
    v[at] = x;
  }
  void erase(int at) {
    for (int i = at; i + 1 < n; i++) v[i] = v[i + 1];
    n--;
  }
  int size() const { return n; }
  bool empty() const { return n == 0; }
  int64_t& operator[](int i) { return v[i]; }
  int64_t operator[](int i) const { return v[i]; }
  int64_t& back() { return v[n - 1]; }
  int64_t back() const { return v[n - 1]; }
  const int64_t* begin() const { return v; }
  const int64_t* end() const { return v + n; }
  int64_t* begin() { return v; }
  int64_t* end() { return v + n; }
  bool operator==(const Dims& o) const {
    if (n != o.n) return false;
    for (int i = 0; i < n; i++)
      if (v[i] != o.v[i]) return false;
    return true;
  }
  bool operator!=(const Dims& o) const { return !(*this == o); }
  int64_t product() const {
    int64_t p = 1;
    for (int i = 0; i < n; i++) p *= v[i];
    return p;
  }
};

Dims contiguousStrides(const Dims& sizes);

}  // namespace tsjit
