// Memory whose bytes lie in a file until somebody needs them: a weight that is only packed never stays in memory beside its packed copy.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace tsjit {

struct SourceFile;

class FileBlock {
 public:
  // `bytes` at `offset` of an open file, which is kept open. Throws std::bad_alloc, Bailout where the file cannot be kept.
  FileBlock(int descriptor, uint64_t offset, size_t bytes);
  ~FileBlock();
  FileBlock(const FileBlock&) = delete;
  FileBlock& operator=(const FileBlock&) = delete;

  char* address() const { return address_; }
  size_t bytes() const { return bytes_; }
  // The bytes are in memory from now on. Throws Bailout where the file changed meanwhile.
  void pin();
  // What readers of `address` call: pins, unless this thread has a Use of the block open.
  void need() {
    if (!pinned_.load(std::memory_order_acquire) && open_ != this) pin();
  }

  // The bytes are in memory while it lives.
  class Use {
   public:
    explicit Use(FileBlock* block);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    FileBlock* block_;
    FileBlock* outer_;
  };

  // The block that holds an address, if any.
  static std::shared_ptr<FileBlock> find(const char* address);
  // Makes it known to `find`, until `forget`.
  static void enter(const std::shared_ptr<FileBlock>& block);
  static void forget(const char* address);

 private:
  void fill();
  void drop();

  std::shared_ptr<SourceFile> file_;
  uint64_t offset_;
  size_t bytes_;
  char* address_;
  std::mutex mutex_;
  std::atomic<bool> pinned_{false};
  bool filled_ = false;
  int uses_ = 0;
  static thread_local FileBlock* open_;
};

}  // namespace tsjit
