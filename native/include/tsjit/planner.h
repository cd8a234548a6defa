// What a kernel talks to while a plan is made. A kernel runs once for each input signature: it checks and computes sizes, asks for
// outputs, records steps. It must decide from metadata and scalar arguments alone, never from tensor data (other than `isData()` data).
//
//   // aten::relu(Tensor self) -> Tensor
//   static void cumsum(Planner& p, Args& a) {
//     Tensor x = p.contiguous(a.tensor(0));
//     Tensor y = p.empty(x.dtype, x.sizes);
//     Slot in = p.slot(x), out = p.slot(y);
//     p.step("cumsum", {x}, {y}, [=](Run& r) { run(r.ptr<float>(in), r.ptr<float>(out), n); });
//     a.ret(y);
//   }
//   TSJIT_KERNEL("aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", cumsum);
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tsjit/step.h"
#include "tsjit/packed_weight.h"
#include "tsjit/value.h"

namespace tsjit {

class Planner {
 public:
  virtual ~Planner() = default;

  // A new contiguous tensor (uninitialised), or one with given strides (extent computed from them).
  virtual Tensor empty(DType dtype, const Dims& sizes) = 0;
  virtual Tensor emptyStrided(DType dtype, const Dims& sizes, const Dims& strides) = 0;
  // A new tensor in a blocked layout.
  virtual Tensor emptyLayout(DType dtype, const Dims& sizes, std::shared_ptr<const Layout> layout) = 0;
  // Another view of the same memory.
  Tensor view(const Tensor& base, const Dims& sizes, const Dims& strides, int64_t offset) const;

  // The tensor itself where it fits, else a recorded conversion.
  virtual Tensor plain(const Tensor& t) = 0;                // out of a blocked layout
  virtual Tensor contiguous(const Tensor& t) = 0;           // plain and row-major
  virtual Tensor cast(const Tensor& t, DType dtype) = 0;
  // Records target[...] = source (broadcast, cast, any strides).
  virtual void copy(const Tensor& target, const Tensor& source) = 0;

  // Where a plain tensor's first element will be.
  virtual Slot slot(const Tensor& t) = 0;

  // Records work. Where everything read is data known while planning and everything written is fresh, it runs at once, the results become
  // `Static` and nothing is recorded: that is how sizes, masks and transformed weights cost nothing at run time.
  virtual void step(const char* name, const std::vector<Tensor>& reads, const std::vector<Tensor>& writes, std::function<void(Run&)> body, size_t scratchBytes = 0) = 0;
  virtual void record(std::unique_ptr<Step> step) = 0;      // reads and writes filled in by the maker

  // A packed weight, shared between the plans of one segment under `key` while `source` keeps its version. `fill` may run later than this call:
  // capture by value. The step adds its scratchBytes() to its own.
  virtual std::shared_ptr<PackedWeight> packed(const Tensor& source, const std::string& key, size_t bytes, PackedWeight::Fill fill) = 0;

  // Calls another kernel by operator key or full schema text, with all arguments.
  virtual std::vector<Value> call(const char* op, std::vector<Value> args) = 0;
  Tensor callTensor(const char* op, std::vector<Value> args) { return call(op, std::move(args)).at(0).tensor; }

  // Makes a runtime float part of the signature and gives its value.
  virtual double read(const Value& v) = 0;
  virtual int threads() const = 0;
  // Whether a list came in from outside: then it must not be changed.
  virtual bool isExternal(const Value& list) const = 0;
};

using Kernel = void (*)(Planner&, Args&);

struct KernelRegistration {
  const char* schema;  // the operator table's text, whole
  Kernel kernel;
  const char* file;
  KernelRegistration* next;
  KernelRegistration(const char* schema, Kernel kernel, const char* file);
  static KernelRegistration* first;
};

#define TSJIT_CONCAT_(a, b) a##b
#define TSJIT_CONCAT(a, b) TSJIT_CONCAT_(a, b)
#define TSJIT_KERNEL(schema, function) \
  static ::tsjit::KernelRegistration TSJIT_CONCAT(tsjitKernel, __COUNTER__)(schema, function, __FILE__)

}  // namespace tsjit
