// A compiled segment: its program, its constants, its plans by input signature.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "program.h"

namespace tsjit {

// How values cross the bridge: records of doubles. Tensor: [Tensor, dtype, rank, group, offset, flags, sizes…, strides…], its address in a
// table of its own; group -1: memory of its own (then offset is 0 and the address is that of the first element), else the storage's
// number: leaves of one storage share it (offset counts from the storage's start). flags: 1 wrapped number, 2 frozen, 4 one of several of its
// storage (the storage's bytes follow the strides).
struct Record {
  enum Kind { None, Tensor, Int, Bool, RuntimeFloat, String, List, Tuple, Device, Float, BigInt, Complex, Opaque };
};

struct Plan;
class Segment;

struct FreeBlock {
  size_t bytes = 0;
  void operator()(char* p) const;
};
using BlockPtr = std::unique_ptr<char, FreeBlock>;

struct Plan {
  ~Plan();
  int id = 0;
  std::vector<double> signature;
  struct Guard { int input; double value; };
  std::vector<Guard> guards;  // floats that planning looked at
  std::vector<std::unique_ptr<Step>> steps;
  std::vector<std::shared_ptr<Buffer>> buffers;
  struct ArenaRef { int buffer; size_t offset; };
  std::vector<ArenaRef> arenaRefs;
  size_t arenaBytes = 0, scratchBytes = 0, staticBytes = 0;
  struct AliasRef { int buffer; int output; };
  std::vector<AliasRef> aliases;  // intermediates that live in an output's memory
  struct InputRef { int buffer; int leaf; };  // leaf -1 - k: the constant tensor k
  std::vector<InputRef> inputRefs;
  struct OutputRef { int buffer; size_t bytes; };
  std::vector<OutputRef> outputRefs;
  std::vector<BlockPtr> statics;
  std::vector<double> outputs;           // records; see `PlannerImpl::encode`
  std::vector<int> writtenLeaves;
  std::string listing;                   // the steps' names
  uint64_t lastUse = 0;
  uint64_t runs = 0;

  // One run at a time: steps may keep state (primitives, memory objects).
  std::mutex running;
  std::vector<char*> table;
  char* boundArena = nullptr;
  std::vector<double> profile;           // nanoseconds by step, where profiling
};

class Segment {
 public:
  Segment(Program program, std::string name);
  void setConstants(const double* records, size_t count, const double* addresses, size_t addressCount);

  // The plan for a signature, made now if there is none. Throws Bailout.
  std::shared_ptr<Plan> plan(const double* signature, size_t length, const double* floats);
  // Runs a plan: `leaves` are input addresses, `outputs` output addresses.
  void run(Plan& plan, const double* leaves, const double* floats, char* const* outputs);

  const Program& program() const { return program_; }
  const std::string& name() const { return name_; }
  uint64_t plansMade = 0;
  bool profiling = false;
  std::vector<Value> constants;
  std::vector<std::shared_ptr<Buffer>> constantBuffers;
  std::vector<bool> thawed;  // constants that the program writes
  std::shared_ptr<PackedCache> packedCache = std::make_shared<PackedCache>();
  size_t planCount() const { return plans_.size(); }

 private:
  std::shared_ptr<Plan> make(const double* signature, size_t length, const double* floats);
  void evict();
  Program program_;
  std::string name_;
  std::unordered_multimap<uint64_t, std::shared_ptr<Plan>> plans_;
  uint64_t clock_ = 0;
  int nextPlan_ = 1;
  std::vector<double> constantRecords_, constantAddresses_;
  void bindConstants();
};

}  // namespace tsjit
