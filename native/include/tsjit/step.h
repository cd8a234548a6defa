// What a plan runs: a flat list of steps over an address table.
#pragma once
#include <functional>
#include <vector>

#include "tsjit/buffer.h"

namespace tsjit {

// A place in a buffer, resolved at run time.
struct Slot {
  int buffer = -1;
  int64_t byteOffset = 0;
  bool valid() const { return buffer >= 0; }
};

// Where byte `offset` of a buffer will be. No planner needed, so usable in fuseTail() and prepare().
// A constant's bytes come into memory for good: ask only for what a run reads. Steps have no other way to their slots, else they might read a weight that is still in its file.
inline Slot slotAt(const Buffer& buffer, int64_t offset) {
  if (buffer.file) buffer.file->need();
  return {buffer.id, offset};
}

// Where a tensor's first element (of a blocked tensor: its first byte) will be.
inline Slot slotOf(const Tensor& t) {
  return t.buffer ? slotAt(*t.buffer, t.layout ? 0 : t.offset * static_cast<int64_t>(itemSize(t.dtype))) : Slot{};
}

// One run of a plan: buffer id to address, float inputs, scratch memory.
class Run {
 public:
  char** addresses;
  const double* runtimeFloats;  // by input index
  char* scratch;                // Step::scratchBytes bytes, 64-byte aligned, not kept between steps

  template <class T>
  T* ptr(Slot s) const {
    return reinterpret_cast<T*>(addresses[s.buffer] + s.byteOffset);
  }
  template <class T>
  T* ptrOrNull(Slot s) const {
    return s.valid() ? ptr<T>(s) : nullptr;
  }
};

struct PointwiseStep;

struct Step {
  virtual ~Step() = default;
  // Called once after fusion and memory planning, before the first run: build primitives, pack constants.
  virtual void prepare() {}
  virtual void run(Run& run) = 0;
  // Steps that can apply a pointwise tail to their result before they store it (convolution, matmul, normalisation) take it here
  // and return true; then the tail's output replaces theirs. `tail` reads this step's only output, which nobody else reads.
  virtual bool fuseTail(const PointwiseStep& tail) { (void)tail; return false; }
  virtual const PointwiseStep* asPointwise() const { return nullptr; }

  const char* name = "";
  int node = -1;                                   // the instruction it came from
  size_t scratchBytes = 0;
  std::vector<std::shared_ptr<Buffer>> reads, writes;
};

struct LambdaStep final : Step {
  std::function<void(Run&)> body;
  void run(Run& run) override { body(run); }
};

}  // namespace tsjit
