#include "allocator.h"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>
#ifdef __linux__
#include <sys/mman.h>
#endif

namespace tsjit {
namespace {

// Classes: four steps in each power of two from 64 bytes on, so that at most a fifth is wasted.
constexpr int kClasses = 4 * 42;
constexpr size_t kCacheLimit = size_t{256} << 20;
constexpr size_t kHuge = size_t{2} << 20;

int classOf(size_t bytes, size_t& rounded) {
  if (bytes <= 256) {
    size_t k = bytes <= 64 ? 0 : (bytes - 1) / 64;
    rounded = (k + 1) * 64;
    return static_cast<int>(k);
  }
  int log = 63 - __builtin_clzll(bytes - 1);  // 2^log < bytes <= 2^(log+1)
  size_t step = size_t{1} << (log - 2);
  size_t k = (bytes - (size_t{1} << log) + step - 1) / step;  // 1..4
  rounded = (size_t{1} << log) + k * step;
  return (log - 7) * 4 + static_cast<int>(k) - 1;
}

struct Pool {
  std::mutex mutex;
  std::vector<char*> free[kClasses];
  size_t cached = 0;
};
Pool& pool() {
  static Pool* instance = new Pool;  // never destroyed: finalisers may run late
  return *instance;
}
std::atomic<size_t> inUse{0};

}  // namespace

char* allocateBlock(size_t bytes) {
  if (bytes == 0) bytes = 1;
  if (bytes > (size_t{1} << 46)) throw std::bad_alloc();
  size_t rounded;
  int c = classOf(bytes, rounded);
  inUse.fetch_add(rounded, std::memory_order_relaxed);
  {
    Pool& p = pool();
    std::lock_guard<std::mutex> lock(p.mutex);
    if (!p.free[c].empty()) {
      char* block = p.free[c].back();
      p.free[c].pop_back();
      p.cached -= rounded;
      return block;
    }
  }
  size_t alignment = rounded >= kHuge ? kHuge : 64;
  void* block = nullptr;
  if (posix_memalign(&block, alignment, rounded) != 0) {
    trimBlocks();
    if (posix_memalign(&block, alignment, rounded) != 0) {
      inUse.fetch_sub(rounded, std::memory_order_relaxed);
      throw std::bad_alloc();
    }
  }
#ifdef __linux__
  if (rounded >= kHuge) madvise(block, rounded, MADV_HUGEPAGE);
#endif
  return static_cast<char*>(block);
}

void freeBlock(char* block, size_t bytes) {
  if (!block) return;
  if (bytes == 0) bytes = 1;
  size_t rounded;
  int c = classOf(bytes, rounded);
  inUse.fetch_sub(rounded, std::memory_order_relaxed);
  {
    Pool& p = pool();
    std::lock_guard<std::mutex> lock(p.mutex);
    if (p.cached + rounded <= kCacheLimit) {
      p.free[c].push_back(block);
      p.cached += rounded;
      return;
    }
  }
  std::free(block);
}

void trimBlocks() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  for (auto& list : p.free) {
    for (char* block : list) std::free(block);
    list.clear();
  }
  p.cached = 0;
}

size_t blocksInUse() { return inUse.load(std::memory_order_relaxed); }
size_t blocksCached() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  return p.cached;
}

}  // namespace tsjit
