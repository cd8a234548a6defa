// Pointwise tails as oneDNN post-operations.
#pragma once
#ifdef TSJIT_HAVE_DNNL
#include "dnnl_engine.h"
#include "tsjit/pointwise.h"

namespace tsjit::onednn {

// Sum adds what the result's memory holds before.
struct PostOp {
  enum Kind { Eltwise, BinaryFull, BinaryChannel, Sum } kind = Eltwise;
  ::dnnl::algorithm algorithm = ::dnnl::algorithm::undef;
  float alpha = 0, beta = 0;
  Tensor operand;
};

// y = x * scale[c] + shift[c] with numbers known while planning.
struct ChannelAffine {
  Tensor scale, shift;  // either may be undefined
};

// Translates a tail of `current` (sizes [N, C, ...]). False where an instruction has no counterpart. `affine` is set where the tail is one
// per-channel scale and shift of known numbers (then `ops` stays empty).
bool translateTail(const PointwiseStep& tail, const Tensor& current, std::vector<PostOp>& ops, ChannelAffine& affine);

}  // namespace tsjit::onednn
#endif
