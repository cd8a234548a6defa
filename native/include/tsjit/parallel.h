// Threads: OpenMP's pool, shared with oneDNN.
#pragma once
#include <algorithm>
#include <cstdint>
#ifdef _OPENMP
#include <omp.h>
#endif

namespace tsjit {

// Multiply-adds below which a second thread costs more than it brings: waking it takes 1-2 us on an idle machine, and a whole time slice
// where the other core is busy.
constexpr int64_t kParallelWork = 400000;

int threadCount();          // for the running segment
void setThreadCount(int n);

// Calls body(begin, end) over [0, n) in at most threadCount() pieces of at least `grain`; on the calling thread alone where one piece is enough.
template <class Body>
void parallelFor(int64_t n, int64_t grain, const Body& body) {
  if (n <= 0) return;
#ifdef _OPENMP
  int64_t pieces = std::min<int64_t>(threadCount(), grain > 0 ? (n + grain - 1) / grain : n);
  if (pieces > 1 && !omp_in_parallel()) {
#pragma omp parallel num_threads(static_cast<int>(pieces))
    {
      int64_t count = omp_get_num_threads(), id = omp_get_thread_num();
      int64_t chunk = (n + count - 1) / count, begin = id * chunk, end = std::min(n, begin + chunk);
      if (begin < end) body(begin, end);
    }
    return;
  }
#endif
  body(int64_t{0}, n);
}

}  // namespace tsjit
