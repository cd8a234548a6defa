// Normalisations: batch norm as a per-channel multiply-add that fuses, the others row by row.
#include <cmath>

#include "gemm.h"
#include "gemm_tail.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

Tensor alongChannels(Planner& p, const Tensor& v, int rank) {  // [C] as [1, C, 1, …]
  Dims sizes(rank, 1), strides(rank, 0);
  sizes[1] = v.size(0);
  strides[1] = v.stride(0);
  return p.view(v, sizes, strides, v.offset);
}

// y = x * scale + shift with scale = weight / sqrt(var + eps) and shift = bias - mean * scale, both computed while planning where they can be.
Tensor batchNormInference(Planner& p, const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& mean, const Tensor& variance, double eps) {
  require(x.dim() >= 2, "batch_norm: an input of two or more dimensions");
  require(x.dtype == DType::F32 || x.dtype == DType::F64, "batch_norm: this dtype");
  int64_t channels = x.size(1);
  for (const Tensor* t : {&weight, &bias, &mean, &variance})
    if (t->defined()) require(t->dim() == 1 && t->size(0) == channels && t->dtype == x.dtype, "batch_norm: statistics of another size or dtype");
  DType d = x.dtype;
  Tensor m = p.contiguous(mean), v = p.contiguous(variance), w = weight.defined() ? p.contiguous(weight) : weight, b = bias.defined() ? p.contiguous(bias) : bias;
  Tensor scale = p.empty(d, {channels}), shift = p.empty(d, {channels});
  auto fill = [&]<class T>(T) {
    Slot sm = p.slot(m), sv = p.slot(v), sw = slotOf(w), sb = slotOf(b), to1 = p.slot(scale), to2 = p.slot(shift);
    p.step("batch_norm", {m, v, w, b}, {scale, shift}, [=](Run& r) {
      const T *pm = r.ptr<T>(sm), *pv = r.ptr<T>(sv), *pw = r.ptrOrNull<T>(sw), *pb = r.ptrOrNull<T>(sb);
      T *s = r.ptr<T>(to1), *t = r.ptr<T>(to2);
      for (int64_t c = 0; c < channels; c++) {
        T inverse = T(1) / std::sqrt(pv[c] + static_cast<T>(eps));
        s[c] = pw ? inverse * pw[c] : inverse;
        t[c] = (pb ? pb[c] : T(0)) - pm[c] * s[c];
      }
    });
  };
  if (d == DType::F64) fill(double{});
  else fill(float{});
  return pointwise(p, PwOp::AddCMul, d, d, {Value::of(alongChannels(p, shift, x.dim())), Value::of(x), Value::of(alongChannels(p, scale, x.dim()))}, 1);
}

void batchNorm(Planner& p, Args& a) {
  require(!a.boolean(5), "batch_norm in training mode");
  require(!a.isNone(3) && !a.isNone(4), "batch_norm without running statistics");
  a.ret(batchNormInference(p, a.tensorAnyLayout(0), a.optionalTensor(1), a.optionalTensor(2), a.tensor(3), a.tensor(4), a.number(7)));
}

}  // namespace

TSJIT_KERNEL("aten::batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor", batchNorm);

}  // namespace tsjit
