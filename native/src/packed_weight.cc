#include "tsjit/packed_weight.h"

#include "allocator.h"
#include "tsjit/bailout.h"
#include "tsjit/failure.h"

namespace tsjit {
namespace {
constexpr size_t kDeferred = size_t{1} << 19;
}

PackedWeight::PackedWeight(std::shared_ptr<PackedCache> cache, std::string key, size_t bytes, Fill fill)
    : cache_(std::move(cache)), key_(std::move(key)), bytes_(bytes), fill_(std::move(fill)) {
  if (cache_) {
    std::lock_guard<std::mutex> lock(cache_->mutex);
    auto found = cache_->blocks.find(key_);
    if (found != cache_->blocks.end()) block_ = found->second.lock();
  }
  if (block_) return;
  deferred_ = bytes_ >= kDeferred;
  if (!deferred_) keep();
}

void PackedWeight::keep() {
  std::unique_lock<std::mutex> lock;
  if (cache_) {
    lock = std::unique_lock<std::mutex>(cache_->mutex);
    block_ = cache_->blocks[key_].lock();
    if (block_) return;
  }
  size_t bytes = bytes_;
  std::shared_ptr<char> block(allocateBlock(bytes), [bytes](char* p) { freeBlock(p, bytes); });
  fill_(block.get());
  block_ = std::move(block);
  if (cache_) cache_->blocks[key_] = block_;
}

char* PackedWeight::get(char* scratch) {
  if (block_) return block_.get();
  try {
    if (!used_) {
      used_ = true;
      fill_(scratch);
      return scratch;
    }
    keep();
  } catch (const Bailout& changed) {
    throw RunFailure("TSJ_ARCHIVE_CHANGED", "RuntimeError", changed.what());
  } catch (const std::bad_alloc&) {
    throw RunFailure("TSJ_OUT_OF_MEMORY", "RuntimeError", std::to_string(bytes_) + " bytes for packed weights could not be allocated");
  }
  return block_.get();
}

}  // namespace tsjit
