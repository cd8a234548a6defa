#include "file_check.h"

#include <algorithm>
#include <cerrno>

#include "crc32.h"

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <unistd.h>
#define TSJIT_FILE_CHECKS 1
#endif

namespace tsjit {

#ifdef TSJIT_FILE_CHECKS
namespace {

bool matches(int descriptor, const FileCheck::Part& part, std::vector<char>& piece) {
  uint32_t crc = 0;
  for (uint64_t at = 0; at < part.bytes;) {
    ssize_t got = pread(descriptor, piece.data(), std::min<uint64_t>(piece.size(), part.bytes - at), static_cast<off_t>(part.offset + at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    crc = crc32(piece.data(), static_cast<size_t>(got), crc);
    at += static_cast<uint64_t>(got);
  }
  return crc == part.crc;
}

}  // namespace

FileCheck::FileCheck(int descriptor, std::vector<Part> parts) : descriptor_(fcntl(descriptor, F_DUPFD_CLOEXEC, 0)), parts_(std::move(parts)) {
  thread_ = std::thread([this] {
    std::vector<char> piece(size_t{1} << 18);  // stays in the cache between reading and summing
    for (size_t i = 0; i < parts_.size() && wrong_ < 0; i++)
      if (!matches(descriptor_, parts_[i], piece)) wrong_ = static_cast<int>(i);
  });
}

FileCheck::~FileCheck() {
  if (thread_.joinable()) thread_.join();
  if (descriptor_ >= 0) close(descriptor_);
}
#else
FileCheck::FileCheck(int, std::vector<Part> parts) : descriptor_(-1), parts_(std::move(parts)), wrong_(0) {}
FileCheck::~FileCheck() = default;
#endif

int FileCheck::result() {
  if (thread_.joinable()) thread_.join();
  return wrong_;
}

}  // namespace tsjit
