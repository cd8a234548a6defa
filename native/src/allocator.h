// Memory for outputs, arenas and constants: 64-byte aligned blocks in size classes with a bounded free list, so that large outputs do
// not cost page faults on every call. Thread safe.
#pragma once
#include <cstddef>

namespace tsjit {

// Never null; throws std::bad_alloc. At least `bytes` usable (the class's size).
char* allocateBlock(size_t bytes);
// `bytes` as given to allocateBlock.
void freeBlock(char* block, size_t bytes);
// Bytes held by callers and bytes kept for reuse.
size_t blocksInUse();
size_t blocksCached();
void trimBlocks();

}  // namespace tsjit
