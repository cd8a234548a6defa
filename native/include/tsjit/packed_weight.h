// A weight in the layout that a kernel reads. A large one is packed into scratch memory at the first run of a plan and for keeping at the second: a first
// result waits for no memory that it does not need, and a model that runs once never holds its weights twice.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tsjit {

// Packed weights of one segment, shared by its plans.
struct PackedCache {
  std::mutex mutex;
  std::unordered_map<std::string, std::weak_ptr<char>> blocks;
};

class PackedWeight {
 public:
  using Fill = std::function<void(char*)>;
  // `cache` may be null: then nothing is shared and `key` means nothing. `fill` may be called at any later time; it reads the weight through `WeightRows` or
  // with a `FileBlock::Use` open, so that the weight itself does not stay in memory.
  PackedWeight(std::shared_ptr<PackedCache> cache, std::string key, size_t bytes, Fill fill);

  // What `get` may need of scratch memory.
  size_t scratchBytes() const { return deferred_ ? bytes_ : 0; }
  // The packed bytes, good for this run. One thread at a time.
  char* get(char* scratch);

 private:
  void keep();

  std::shared_ptr<PackedCache> cache_;
  std::string key_;
  size_t bytes_;
  Fill fill_;
  bool deferred_ = false, used_ = false;
  std::shared_ptr<char> block_;
};

}  // namespace tsjit
