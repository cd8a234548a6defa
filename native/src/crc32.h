// CRC-32 as zip archives use it (reflected polynomial 0xEDB88320).
#pragma once
#include <cstddef>
#include <cstdint>

namespace tsjit {

// The checksum of `size` bytes that follow bytes whose checksum is `before` (0 at the beginning).
uint32_t crc32(const void* data, size_t size, uint32_t before = 0);

}  // namespace tsjit
