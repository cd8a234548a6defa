// Memory as the planner sees it, and tensors as views of it. No addresses are fixed while planning except those of constants and
// of what was computed at plan time.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "tsjit/dims.h"
#include "tsjit/dtype.h"
#include "tsjit/file_block.h"

namespace tsjit {

class Planner;
struct Tensor;

struct Buffer {
  enum class Where : uint8_t {
    Input,     // the caller's memory: its address is bound at each run
    Constant,  // a weight: `address` is fixed and its data does not change (plans check its storage's version)
    Static,    // computed once while planning from constants and sizes: `address` is fixed, owned by the plan
    Arena,     // an intermediate: a place in the plan's arena
    Output,    // handed to the caller: allocated anew at each run
  };
  int id = -1;           // index into the run's address table
  Where where = Where::Arena;
  size_t bytes = 0;
  char* address = nullptr;     // Constant and Static; read through data()
  std::shared_ptr<FileBlock> file;  // Constant: its bytes come from a file when they are first needed
  int input = -1;              // Input: which one
  bool isData() const { return where == Where::Constant || where == Where::Static; }  // known while planning
  // The bytes of plan-time data. They stay in memory, unless a FileBlock::Use is open.
  char* data() const {
    if (file) file->need();
    return address;
  }
};

// How a tensor's bytes are laid out where that is not plain strides (oneDNN's blocked formats). Kernels that know it subclass it.
struct Layout {
  virtual ~Layout() = default;
  virtual size_t bytes() const = 0;
  virtual bool equals(const Layout& other) const = 0;
  // Elements of the physical buffer (padding included), so that elementwise steps may run over it flat.
  virtual int64_t physicalElements() const = 0;
  // The physical dimensions, outermost first, dense: each counts `size` steps of `step` along logical axis `axis` (nChw16c of [N,C,H,W]:
  // {N,0,1} {C/16,1,16} {H,2,1} {W,3,1} {16,1,1}). Lets per-channel operands take part without a reorder. False: not known.
  struct PhysicalDim { int64_t size; int axis; int64_t step; };
  virtual bool physicalDims(std::vector<PhysicalDim>& dims) const { (void)dims; return false; }
  // Records the reorder of `t` (which has this layout) into plain row-major memory.
  virtual Tensor toPlain(Planner& p, const Tensor& t) const = 0;
};

// A tensor while planning. Cheap to copy.
struct Tensor {
  DType dtype = DType::F32;
  Dims sizes;
  Dims strides;                          // in elements; meaningless where `layout` is set
  int64_t offset = 0;                    // of the first element, in elements
  std::shared_ptr<Buffer> buffer;        // null: undefined tensor
  std::shared_ptr<const Layout> layout;  // null: plain strides
  bool wrappedNumber = false;            // stands for a Python scalar in dtype promotion
  int inputLeaf = -1;                    // the very tensor object that came in as this input (views of it have -1)

  bool defined() const { return buffer != nullptr; }
  int dim() const { return sizes.n; }
  int64_t numel() const { return sizes.product(); }
  int64_t size(int i) const { return sizes[i < 0 ? i + sizes.n : i]; }
  int64_t stride(int i) const { return strides[i < 0 ? i + strides.n : i]; }
  bool isContiguous() const;
  bool isData() const { return buffer && buffer->isData(); }
  // Plan-time data (isData() only).
  template <class T>
  T* data() const {
    return reinterpret_cast<T*>(buffer->data()) + offset;
  }
};

}  // namespace tsjit
