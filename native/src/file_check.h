// Checks the CRC-32s of parts of a file on a thread of its own, beside other work.
#pragma once
#include <cstdint>
#include <thread>
#include <vector>

namespace tsjit {

class FileCheck {
 public:
  struct Part {
    uint64_t offset, bytes;
    uint32_t crc;
  };
  // Keeps a duplicate of the descriptor.
  FileCheck(int descriptor, std::vector<Part> parts);
  ~FileCheck();
  FileCheck(const FileCheck&) = delete;
  FileCheck& operator=(const FileCheck&) = delete;
  // Waits. The index of the first part that differs or cannot be read, or -1.
  int result();

 private:
  int descriptor_;
  std::vector<Part> parts_;
  int wrong_ = -1;
  std::thread thread_;
};

}  // namespace tsjit
