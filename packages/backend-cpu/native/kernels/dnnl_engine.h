// oneDNN: the engine, memory descriptors as tensor layouts, reorders.
#pragma once
#ifdef TSJIT_HAVE_DNNL
#include <dnnl.hpp>

#include "tsjit/planner.h"

namespace tsjit::onednn {

using Desc = ::dnnl::memory::desc;
constexpr auto kF32 = ::dnnl::memory::data_type::f32;

const ::dnnl::engine& engine();
::dnnl::stream& stream();

class DnnlLayout final : public Layout {
 public:
  explicit DnnlLayout(Desc desc) : desc_(std::move(desc)) {}
  const Desc& desc() const { return desc_; }
  size_t bytes() const override { return desc_.get_size(); }
  bool equals(const Layout& other) const override;
  int64_t physicalElements() const override { return static_cast<int64_t>(desc_.get_size() / sizeof(float)); }
  bool physicalDims(std::vector<PhysicalDim>& dims) const override;
  Tensor toPlain(Planner& p, const Tensor& t) const override;

 private:
  Desc desc_;
};

enum class Kind { Plain, ChannelsLast, Blocked16, Blocked8, Other };
// A dense descriptor of a batch of channels and space (rank 3 to 5).
Desc describe(const Dims& sizes, Kind kind);
Desc describeStrided(const Dims& sizes, const Dims& strides);
// How a tensor lies. Channels-last strides of a plain tensor count as ChannelsLast.
Desc descOf(const Tensor& t);
Kind kindOf(const Tensor& t);
// The tensor in another layout: itself where it fits, else a recorded reorder.
Tensor reorder(Planner& p, const Tensor& t, const Desc& wanted);
// A new tensor for a primitive's result: plain where the descriptor is row-major.
Tensor emptyFor(Planner& p, const Dims& sizes, const Desc& desc);
// Identity of a descriptor, for keys.
std::string keyOf(const Desc& desc);

// A memory object whose address is set only when it changed: oneDNN may do work when it is set.
class Bound {
 public:
  Bound() = default;
  explicit Bound(const Desc& desc) : memory_(desc, engine(), DNNL_MEMORY_NONE) {}
  const ::dnnl::memory& at(void* address) {
    if (address != last_) {
      memory_.set_data_handle(address);
      last_ = address;
    }
    return memory_;
  }

 private:
  ::dnnl::memory memory_;
  void* last_ = nullptr;
};

// Runs a primitive without building a map.
void execute(const ::dnnl::primitive& primitive, const dnnl_exec_arg_t* args, int count);

}  // namespace tsjit::onednn
#endif
