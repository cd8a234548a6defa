// Interprets a segment program with plan-time values and turns what kernels record into a plan.
#pragma once
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "segment.h"
#include "tsjit/pointwise.h"

namespace tsjit {

// Thrown where the program writes a constant that was taken for frozen: planning starts again without relying on it.
struct ThawConstant {
  int constant;
};

class PlannerImpl final : public Planner {
 public:
  PlannerImpl(Segment& segment, Plan& plan, const double* floats) : segment_(segment), plan_(plan), floats_(floats) {}
  void build(const double* signature, size_t length);

  Tensor empty(DType dtype, const Dims& sizes) override;
  Tensor emptyStrided(DType dtype, const Dims& sizes, const Dims& strides) override;
  Tensor emptyLayout(DType dtype, const Dims& sizes, std::shared_ptr<const Layout> layout) override;
  Tensor plain(const Tensor& t) override;
  Tensor contiguous(const Tensor& t) override;
  Tensor cast(const Tensor& t, DType dtype) override;
  void copy(const Tensor& target, const Tensor& source) override;
  Slot slot(const Tensor& t) override;
  void step(const char* name, const std::vector<Tensor>& reads, const std::vector<Tensor>& writes, std::function<void(Run&)> body, size_t scratchBytes) override;
  void record(std::unique_ptr<Step> step) override;
  std::shared_ptr<PackedWeight> packed(const Tensor& source, const std::string& key, size_t bytes, PackedWeight::Fill fill) override;
  std::vector<Value> call(const char* op, std::vector<Value> args) override;
  double read(const Value& v) override;
  int threads() const override;
  bool isExternal(const Value& list) const override { return list.items && external_.count(list.items.get()) > 0; }

 private:
  struct State {
    bool recorded = false;  // a recorded step writes it
    bool pinned = false;    // a recorded step reads its plan-time contents
    int writes = 0;         // how often it was written, plan time included
  };
  std::shared_ptr<Buffer> newBuffer(size_t bytes);
  Value decode(const double*& r, const double* end, int& leaf, int& floatIndex);
  void execute(const Block& block);
  void execute(const Instruction& instruction);
  void loop(const Instruction& instruction);
  void runNow(Step& step);
  void thawStatic(Buffer& buffer);
  void encode(const Value& v);
  void encodeTensor(Tensor t);

  // optimize.cc
  void optimize();
  void fuse();
  void removeDead();
  void placeArena();

  Segment& segment_;
  Plan& plan_;
  const double* floats_;
  std::vector<Value> values_;
  std::vector<std::unique_ptr<Step>> steps_;
  std::vector<State> states_;
  std::vector<Tensor> made_;  // by buffer: the tensor it was allocated for, without the buffer (sizes.n < 0: none)
  std::vector<char*> addresses_;  // plan-time table
  std::unordered_map<int, std::shared_ptr<Buffer>> groups_;
  std::unordered_set<const void*> external_;
  std::unordered_map<int, int> outputOf_;  // buffer id to output number
  std::map<std::pair<int, int>, Tensor> plainMemo_;  // (buffer, writes) to the reordered tensor
  std::set<int> plainCopies_;                        // buffers of these: what is written there the tensor in blocks would not see
  std::vector<char> scratch_;
  int node_ = -1;
  int executed_ = 0;
};

}  // namespace tsjit
