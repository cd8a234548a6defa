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
  static std::shared_ptr<FileBlock> open(int descriptor, uint64_t offset, size_t bytes);
  // The block that holds an address, if any.
  static std::shared_ptr<FileBlock> find(const char* address);
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

  // Reads pieces of a block from several threads, without bringing the block into memory where it is not.
  class Reader {
   public:
    // Throws Bailout where the file changed.
    explicit Reader(FileBlock& block);
    // `bytes` at `offset`, good until this thread asks again. Where they cannot be read they are zeros and `finish` throws.
    const char* get(size_t offset, size_t bytes);
    // To be called after the last piece: throws Bailout where the file changed meanwhile or could not be read.
    void finish();

   private:
    FileBlock& block_;
    bool inMemory_;
    std::atomic<bool> complete_{true};
  };

 private:
  FileBlock(int descriptor, uint64_t offset, size_t bytes);
  void fill();
  void drop();
  void checkUnchanged() const;
  bool read(size_t offset, size_t bytes, char* to) const;

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
