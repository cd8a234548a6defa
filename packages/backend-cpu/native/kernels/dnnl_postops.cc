#ifdef TSJIT_HAVE_DNNL
#include "dnnl_postops.h"

#include <cmath>

namespace tsjit::onednn {
namespace {

using alg = ::dnnl::algorithm;

bool isFull(const Tensor& t, const Tensor& current) {
  if (t.dtype != DType::F32 || t.sizes != current.sizes) return false;
  if (current.layout) return t.layout && t.layout->equals(*current.layout);
  if (t.layout) return false;
  for (int i = 0; i < t.sizes.n; i++)
    if (t.sizes[i] != 1 && t.strides[i] != current.strides[i]) return false;
  return true;
}

// A dense [C] along the channel axis.
bool isChannel(const Tensor& t, const Tensor& current) {
  if (t.dtype != DType::F32 || t.layout || t.sizes.n > current.sizes.n) return false;
  int lead = current.sizes.n - t.sizes.n;
  bool found = false;
  for (int i = 0; i < t.sizes.n; i++) {
    if (i + lead == 1 && t.sizes[i] == current.sizes[1]) {
      found = t.sizes[i] == 1 || t.strides[i] == 1;
      if (!found) return false;
    } else if (t.sizes[i] != 1) {
      return false;
    }
  }
  return found;
}

bool eltwise(const PwInstruction& ins, std::vector<PostOp>& ops) {
  auto add = [&](alg a, double alpha = 0, double beta = 0) {
    PostOp o;
    o.algorithm = a;
    o.alpha = static_cast<float>(alpha);
    o.beta = static_cast<float>(beta);
    ops.push_back(o);
    return true;
  };
  switch (ins.op) {
    case PwOp::Copy: return true;
    case PwOp::Relu: return add(alg::eltwise_relu);
    case PwOp::LeakyRelu: return add(alg::eltwise_relu, ins.p);
    case PwOp::Relu6: return add(alg::eltwise_clip, 0, 6);
    case PwOp::Clamp: {
      float low = std::isfinite(ins.p) ? static_cast<float>(ins.p) : -3.4028235e38f, high = std::isfinite(ins.q) ? static_cast<float>(ins.q) : 3.4028235e38f;
      return low <= high && add(alg::eltwise_clip, low, high);
    }
    case PwOp::HardSwish: return add(alg::eltwise_hardswish);
    case PwOp::HardSigmoid: return add(alg::eltwise_linear, 1.0 / 6, 0.5) && add(alg::eltwise_clip, 0, 1);
    case PwOp::Sigmoid: return add(alg::eltwise_logistic);
    case PwOp::Silu: return add(alg::eltwise_swish, 1);
    case PwOp::GeluErf: return add(alg::eltwise_gelu_erf);
    case PwOp::GeluTanh: return add(alg::eltwise_gelu_tanh);
    case PwOp::Tanh: return add(alg::eltwise_tanh);
    case PwOp::Elu: return ins.q == 1 && ins.r == 1 && add(alg::eltwise_elu, ins.p);
    case PwOp::Affine: return add(alg::eltwise_linear, ins.p, ins.q);
    case PwOp::Abs: return add(alg::eltwise_abs);
    case PwOp::Square: return add(alg::eltwise_square);
    case PwOp::Mish: return add(alg::eltwise_mish);
    default: return false;
  }
}

}  // namespace

bool translateTail(const PointwiseStep& tail, const Tensor& current, std::vector<PostOp>& ops, ChannelAffine& affine) {
  if (tail.compute != PwCompute::F32 || tail.outputs.size() != 1 || tail.shape != current.sizes || tail.code.empty()) return false;
  const Tensor& out = tail.outputs[0].tensor;
  if (tail.outputs[0].result != static_cast<int>(tail.code.size()) - 1 || !isFull(out, current)) return false;
  for (const Tensor& t : tail.inputs)
    if (t.buffer == current.buffer && (!isFull(t, current) || t.offset != current.offset)) return false;

  auto isX = [&](const PwOperand& o, size_t i) {  // the chain's value before instruction i
    if (o.kind == PwOperand::Kind::Tensor) return i == 0 && tail.inputs[o.index].buffer == current.buffer;
    return o.kind == PwOperand::Kind::Result && i > 0 && o.index == static_cast<int>(i) - 1;
  };
  auto other = [&](const PwOperand& o) -> const Tensor* {
    if (o.kind != PwOperand::Kind::Tensor || tail.inputs[o.index].buffer == current.buffer) return nullptr;
    return &tail.inputs[o.index];
  };

  // shift + x * scale, all known
  const PwInstruction& first = tail.code[0];
  if (tail.code.size() == 1 && first.op == PwOp::AddCMul && first.p == 1 && (isX(first.b, 0) || isX(first.c, 0))) {
    const Tensor *shift = other(first.a), *scale = other(isX(first.b, 0) ? first.c : first.b);
    if (shift && scale && shift->isData() && scale->isData() && isChannel(*shift, current) && isChannel(*scale, current)) {
      affine.scale = *scale;
      affine.shift = *shift;
      return true;
    }
  }

  for (size_t i = 0; i < tail.code.size(); i++) {
    const PwInstruction& ins = tail.code[i];
    PostOp o;
    switch (ins.op) {
      case PwOp::Add:
      case PwOp::Mul: {
        bool left = isX(ins.a, i), right = isX(ins.b, i);
        if (left == right) return false;
        const Tensor* t = other(left ? ins.b : ins.a);
        if (!t || (ins.op == PwOp::Add && ins.p != 1)) return false;
        o.algorithm = ins.op == PwOp::Add ? alg::binary_add : alg::binary_mul;
        if (t->buffer == out.buffer) {  // accumulates in place
          if (ins.op != PwOp::Add || !isFull(*t, current) || t->offset != out.offset) return false;
          o.kind = PostOp::Sum;
          ops.push_back(o);
          break;
        }
        if (isFull(*t, current)) o.kind = PostOp::BinaryFull;
        else if (isChannel(*t, current)) o.kind = PostOp::BinaryChannel;
        else return false;
        o.operand = *t;
        ops.push_back(o);
        break;
      }
      case PwOp::AddCMul: {
        bool b = isX(ins.b, i), c = isX(ins.c, i);
        if (b == c || ins.p != 1) return false;
        const Tensor *shift = other(ins.a), *scale = other(b ? ins.c : ins.b);
        if (!shift || !scale || !isChannel(*shift, current) || !isChannel(*scale, current)) return false;
        o.kind = PostOp::BinaryChannel;
        o.algorithm = alg::binary_mul;
        o.operand = *scale;
        ops.push_back(o);
        o.algorithm = alg::binary_add;
        o.operand = *shift;
        ops.push_back(o);
        break;
      }
      default:
        if (!isX(ins.a, i) || ins.b.kind != PwOperand::Kind::None) return false;
        if (!eltwise(ins, ops)) return false;
    }
  }
  return true;
}

}  // namespace tsjit::onednn
#endif
