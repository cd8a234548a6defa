// A segment program as the bridge decoded it. Mirrors `SegmentProgram` of packages/runtime/src/backend.ts.
#pragma once
#include <string>
#include <vector>

#include "tsjit/planner.h"

namespace tsjit {

enum class Prim : uint8_t {
  None,  // a registered kernel
  If, Loop, ListConstruct, ListUnpack, TupleConstruct, TupleUnpack, UncheckedCast, Uninitialized, Raise, Nothing,
};

struct Block;
struct Instruction {
  Prim prim = Prim::None;
  const KernelRegistration* kernel = nullptr;
  std::vector<int> inputs, outputs;
  std::vector<Block> blocks;
  int node = -1;
};
struct Block {
  std::vector<int> inputs, outputs;
  std::vector<Instruction> body;
};
struct Program {
  int valueCount = 0;
  std::vector<int> inputs, constants, outputs;
  Block body;
};

// By key (`aten::add.Tensor`) or whole schema text; null where there is none.
const KernelRegistration* findKernel(const char* op);
bool findPrim(const std::string& op, Prim& prim);

}  // namespace tsjit
