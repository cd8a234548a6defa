// C = A * B over packed panels of B, on all threads, with a tail applied while C is in cache.
#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

#include "simd/gemm_table.h"
#include "tsjit/parallel.h"

namespace tsjit {

template <class T>
const GemmKernels<T>& gemmKernels();
template <>
inline const GemmKernels<float>& gemmKernels<float>() { return gemmTable().f32; }
template <>
inline const GemmKernels<double>& gemmKernels<double>() { return gemmTable().f64; }

inline int threadNumber() {
#ifdef _OPENMP
  return omp_get_thread_num();
#else
  return 0;
#endif
}

// Bytes of B[k, n] in panels of `nr` columns: panel j holds columns j * nr…, k-major, zero padded.
template <class T>
size_t packedBBytes(int64_t k, int64_t n) {
  int64_t nr = gemmKernels<T>().nr;
  return static_cast<size_t>((n + nr - 1) / nr * nr * std::max<int64_t>(k, 1)) * sizeof(T);
}

template <class T>
void packPanels(const T* b, int64_t kStride, int64_t nStride, int64_t k, int64_t n, T* to, int64_t firstPanel, int64_t endPanel) {
  const auto& g = gemmKernels<T>();
  for (int64_t p = firstPanel; p < endPanel; p++)
    g.packB(b + p * g.nr * nStride, kStride, nStride, k, static_cast<int>(std::min<int64_t>(g.nr, n - p * g.nr)), to + p * g.nr * k);
}

template <class T>
void packB(const T* b, int64_t kStride, int64_t nStride, int64_t k, int64_t n, T* to) {
  int64_t nr = gemmKernels<T>().nr, panels = (n + nr - 1) / nr;
  parallelFor(panels, std::max<int64_t>(1, 65536 / std::max<int64_t>(1, k * nr)), [&](int64_t from, int64_t end) { packPanels(b, kStride, nStride, k, n, to, from, end); });
}

struct GemmShape {
  int64_t m, n, k;
};

// Where the packed rows of A go: a block of at most kGemmRows rows by kGemmDepth columns for each thread.
constexpr int64_t kGemmRows = 168, kGemmDepth = 768;

// The depth blocks of k: even pieces of at most kGemmDepth.
inline int64_t gemmDepth(int64_t k) {
  int64_t blocks = (k + kGemmDepth - 1) / kGemmDepth;
  return blocks <= 1 ? k : ((k + blocks - 1) / blocks + 15) / 16 * 16;
}

template <class T>
size_t gemmScratchBytes(const GemmShape& s, int threads, bool contiguousRows = true) {
  if (s.m <= gemmKernels<T>().mr && contiguousRows) return 0;
  return static_cast<size_t>(threads) * (std::min(s.m, kGemmRows) * gemmDepth(s.k) * sizeof(T) + 64);
}

// The part of C with rows [m0, m1) and panels [p0, p1), on this thread. `b` are packed panels of the whole B. `tail(row, column, count)` is
// called for pieces of finished rows. `packed`: room for packed rows of A (null: A is read as it lies, and its columns must be 1 apart).
template <class T, class Tail>
void gemmPart(const GemmShape& s, const T* a, int64_t lda, int64_t aColumn, const T* b, T* c, int64_t ldc, const T* bias, int64_t m0, int64_t m1, int64_t p0, int64_t p1, T* packed,
              const Tail& tail) {
  const auto& g = gemmKernels<T>();
  int64_t depth = gemmDepth(s.k);
  int64_t groupPanels = std::max<int64_t>(1, 128 / g.nr);
  for (int64_t mb = m0; mb < m1; mb += kGemmRows) {
    int64_t rows = std::min(kGemmRows, m1 - mb);
    int64_t tiles = (rows + g.mr - 1) / g.mr;
    // tiles of nearly equal height
    auto tileBegin = [&](int64_t t) { return rows * t / tiles; };
    for (int64_t kb = 0; kb < s.k || kb == 0; kb += depth) {
      int64_t kc = std::min(depth, s.k - kb);
      bool last = kb + kc >= s.k;
      bool pack = packed && (aColumn != 1 || p1 - p0 > 1);
      if (pack)
        for (int64_t t = 0; t < tiles; t++) {
          int64_t r = tileBegin(t);
          g.packA(a + (mb + r) * lda + kb * aColumn, lda, aColumn, static_cast<int>(tileBegin(t + 1) - r), kc, packed + r * kc);
        }
      for (int64_t pg = p0; pg < p1; pg += groupPanels) {
        int64_t pe = std::min(p1, pg + groupPanels);
        for (int64_t t = 0; t < tiles; t++) {
          int64_t r = tileBegin(t);
          int height = static_cast<int>(tileBegin(t + 1) - r);
          for (int64_t p = pg; p < pe; p++) {
            int64_t column = p * g.nr;
            int width = static_cast<int>(std::min<int64_t>(g.nr, s.n - column));
            g.tile(kc, pack ? packed + r * kc : a + (mb + r) * lda + kb, pack ? 0 : lda, b + p * g.nr * s.k + kb * g.nr, g.nr, c + (mb + r) * ldc + column, ldc, height, width,
                   kb == 0 && bias ? bias + column : nullptr, kb > 0);
          }
          if (last) {
            int64_t column = pg * g.nr, end = std::min(pe * g.nr, s.n);
            for (int64_t i = 0; i < height; i++) tail(mb + r + i, column, end - column);
          }
        }
      }
      if (s.k == 0) break;
    }
  }
}

struct NoTail {
  void operator()(int64_t, int64_t, int64_t) const {}
};

// C = A * B + bias with packed B. `scratch`: gemmScratchBytes.
template <class T, class Tail>
void gemm(const GemmShape& s, const T* a, int64_t lda, int64_t aColumn, const T* b, T* c, int64_t ldc, const T* bias, char* scratch, const Tail& tail) {
  const auto& g = gemmKernels<T>();
  if (s.m == 0 || s.n == 0) return;
  int64_t panels = (s.n + g.nr - 1) / g.nr;
  int threads = threadCount();
  double work = static_cast<double>(s.m) * static_cast<double>(s.n) * static_cast<double>(s.k);
  bool packs = (s.m > g.mr || aColumn != 1) && scratch;
  size_t packedBytes = static_cast<size_t>(std::min(s.m, kGemmRows)) * gemmDepth(s.k) * sizeof(T) + 64;
  auto room = [&](int64_t thread) { return packs ? reinterpret_cast<T*>(scratch + packedBytes / 64 * 64 * thread) : nullptr; };
  if (threads <= 1 || work < kParallelWork || (panels == 1 && s.m <= g.mr)) return gemmPart(s, a, lda, aColumn, b, c, ldc, bias, 0, s.m, 0, panels, room(0), tail);
  // columns are shared out where that balances: each thread then reads its own part of B only
  if (panels >= 4 * threads || panels % threads == 0 || s.m <= g.mr) {
    parallelFor(panels, 1, [&](int64_t p0, int64_t p1) {
      gemmPart(s, a, lda, aColumn, b, c, ldc, bias, 0, s.m, p0, p1, room(threadNumber()), tail);
    });
  } else {
    parallelFor(s.m, g.mr, [&](int64_t m0, int64_t m1) {
      gemmPart(s, a, lda, aColumn, b, c, ldc, bias, m0, m1, 0, panels, room(threadNumber()), tail);
    });
  }
}

}  // namespace tsjit
