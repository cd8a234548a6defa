#include "tsjit/file_block.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <tuple>
#include <vector>

#include "allocator.h"
#include "tsjit/bailout.h"
#include "tsjit/parallel.h"

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#define TSJIT_FILE_BLOCKS 1
#endif

namespace tsjit {

#ifdef TSJIT_FILE_BLOCKS

// What a file was when it was opened; a write since then shows in the times.
struct FileIdentity {
  dev_t device;
  ino_t inode;
  off_t size;
  int64_t modified, changed;
  static FileIdentity of(int descriptor) {
    struct stat s;
    if (fstat(descriptor, &s) != 0) throw Bailout("the state of the archive's file cannot be read");
#ifdef __APPLE__
    const timespec &m = s.st_mtimespec, &c = s.st_ctimespec;
#else
    const timespec &m = s.st_mtim, &c = s.st_ctim;
#endif
    return {s.st_dev, s.st_ino, s.st_size, m.tv_sec * 1000000000ll + m.tv_nsec, c.tv_sec * 1000000000ll + c.tv_nsec};
  }
  auto key() const { return std::make_tuple(device, inode, size, modified, changed); }
  // Renaming and unlinking change `changed` alone: the bytes are the same.
  bool sameBytes(const FileIdentity& o) const { return size == o.size && modified == o.modified; }
};

struct SourceFile {
  int descriptor;
  FileIdentity identity;
  ~SourceFile() { close(descriptor); }

  static std::shared_ptr<SourceFile> of(int descriptor) {
    static std::mutex mutex;
    static auto* open = new std::map<decltype(std::declval<FileIdentity>().key()), std::weak_ptr<SourceFile>>;
    FileIdentity identity = FileIdentity::of(descriptor);
    std::lock_guard<std::mutex> lock(mutex);
    for (auto it = open->begin(); it != open->end();) it = it->second.expired() ? open->erase(it) : std::next(it);
    auto& known = (*open)[identity.key()];
    auto file = known.lock();
    if (!file) {
      int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
      if (own < 0) throw Bailout("the archive's file cannot be kept open");
      known = file = std::shared_ptr<SourceFile>(new SourceFile{own, identity});
    }
    return file;
  }
};

FileBlock::FileBlock(int descriptor, uint64_t offset, size_t bytes)
    : file_(SourceFile::of(descriptor)), offset_(offset), bytes_(bytes), address_(allocateBlock(bytes)) {
  drop();  // a block that was used before
}

void FileBlock::checkUnchanged() const {
  if (!FileIdentity::of(file_->descriptor).sameBytes(file_->identity)) throw Bailout("the archive's file changed after it was loaded");
}

bool FileBlock::read(size_t offset, size_t bytes, char* to) const {
  for (size_t at = 0; at < bytes;) {
    ssize_t got = pread(file_->descriptor, to + at, bytes - at, static_cast<off_t>(offset_ + offset + at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += static_cast<size_t>(got);
  }
  return true;
}

void FileBlock::fill() {
  constexpr size_t kPiece = size_t{1} << 20;
  checkUnchanged();
  std::atomic<bool> complete{true};
  parallelFor(static_cast<int64_t>((bytes_ + kPiece - 1) / kPiece), 1, [&](int64_t begin, int64_t end) {
    size_t at = static_cast<size_t>(begin) * kPiece, stop = std::min(bytes_, static_cast<size_t>(end) * kPiece);
    if (!read(at, stop - at, address_ + at)) complete = false;
  });
  checkUnchanged();
  if (!complete) throw Bailout("the archive's file cannot be read");
  filled_ = true;
}

// Gives whole pages back; they read as zeros until `fill`.
void FileBlock::drop() {
  filled_ = false;
  auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  uintptr_t begin = (reinterpret_cast<uintptr_t>(address_) + page - 1) / page * page, end = (reinterpret_cast<uintptr_t>(address_) + bytes_) / page * page;
  if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

#else

struct SourceFile {};
FileBlock::FileBlock(int, uint64_t, size_t) { throw Bailout("no file blocks on this platform", true); }
void FileBlock::fill() {}
void FileBlock::drop() {}
void FileBlock::checkUnchanged() const {}
bool FileBlock::read(size_t, size_t, char*) const { return false; }

#endif

thread_local FileBlock* FileBlock::open_ = nullptr;

void FileBlock::pin() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (!filled_) fill();
  pinned_.store(true, std::memory_order_release);
}

FileBlock::Use::Use(FileBlock* block) : block_(block), outer_(open_) {
  if (!block_) return;
  std::lock_guard<std::mutex> lock(block_->mutex_);
  if (!block_->filled_) block_->fill();
  block_->uses_++;
  open_ = block_;
}

FileBlock::Use::~Use() {
  open_ = outer_;
  if (!block_) return;
  std::lock_guard<std::mutex> lock(block_->mutex_);
  if (--block_->uses_ == 0 && !block_->pinned_) block_->drop();
}

FileBlock::Reader::Reader(FileBlock& block) : block_(block) {
  std::lock_guard<std::mutex> lock(block_.mutex_);
  inMemory_ = block_.pinned_.load(std::memory_order_relaxed);
  if (!inMemory_) block_.checkUnchanged();
}

const char* FileBlock::Reader::get(size_t offset, size_t bytes) {
  if (inMemory_) return block_.address_ + offset;
  thread_local std::vector<char> piece;
  if (piece.size() < bytes) piece.resize(bytes);
  if (!block_.read(offset, bytes, piece.data())) {
    complete_ = false;
    std::fill_n(piece.data(), bytes, '\0');
  }
  return piece.data();
}

void FileBlock::Reader::finish() {
  if (inMemory_) return;
  block_.checkUnchanged();
  if (!complete_) throw Bailout("the archive's file cannot be read");
}

namespace {
std::mutex registryMutex;
std::map<const char*, std::weak_ptr<FileBlock>>& registry() {
  static auto* blocks = new std::map<const char*, std::weak_ptr<FileBlock>>;  // never destroyed: finalisers may run late
  return *blocks;
}
}  // namespace

std::shared_ptr<FileBlock> FileBlock::open(int descriptor, uint64_t offset, size_t bytes) {
  std::shared_ptr<FileBlock> block(new FileBlock(descriptor, offset, bytes));
  std::lock_guard<std::mutex> lock(registryMutex);
  registry()[block->address_] = block;
  return block;
}

std::shared_ptr<FileBlock> FileBlock::find(const char* address) {
  std::shared_ptr<FileBlock> block;  // if it is the last owner, it goes outside the lock
  std::lock_guard<std::mutex> lock(registryMutex);
  auto after = registry().upper_bound(address);
  if (after == registry().begin()) return nullptr;
  block = std::prev(after)->second.lock();
  return block && address < block->address_ + block->bytes_ ? block : nullptr;
}

FileBlock::~FileBlock() {
  {
    std::lock_guard<std::mutex> lock(registryMutex);
    registry().erase(address_);
  }
  drop();  // the allocator keeps the block, not its pages
  freeBlock(address_, bytes_);
}

}  // namespace tsjit
