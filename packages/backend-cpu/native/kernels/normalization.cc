// Normalisations: batch norm as a per-channel multiply-add that fuses, the others row by row.
#include "memory_format.h"
#include "normalization.h"

#include <cmath>

#include "gemm.h"
#include "simd/table.h"
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
  // of strided layouts the result has channels last, where x has, or none
  Tensor in = x.layout || hasFormat(x, kChannelsLast) || hasFormat(x, kChannelsLast3d) ? x : p.contiguous(x);
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
  return pointwise(p, PwOp::AddCMul, d, d, {Value::of(alongChannels(p, shift, x.dim())), Value::of(in), Value::of(alongChannels(p, scale, x.dim()))}, 1);
}

void batchNorm(Planner& p, Args& a) {
  require(!a.boolean(5), "batch_norm in training mode");
  require(!a.isNone(3) && !a.isNone(4), "batch_norm without running statistics");
  a.ret(batchNormInference(p, a.tensorAnyLayout(0), a.optionalTensor(1), a.optionalTensor(2), a.tensor(3), a.tensor(4), a.number(7)));
}

// y = (x - mean) / sqrt(variance + eps) * weight + bias over `rows` rows of `count` elements each. weight and bias repeat every `period`
// rows: where `perElement`, one number an element, else one for each `span` neighbours. `statistics`: mean and 1 / sqrt(variance + eps).
struct RowNormSpec {
  int64_t rows = 0, count = 0;
  double eps = 0;
  bool centred = true;      // false: by the root of the mean square alone
  bool perElement = true;
  int64_t period = 1, span = 1;
};

template <class T>
void normalizeRows(const RowNormSpec& s, const T* x, const T* weight, const T* bias, T* y, T* means, T* inverses) {
  const GemmTable& table = gemmTable();
  parallelFor(s.rows, 16384 / std::max<int64_t>(s.count, 1) + 1, [&](int64_t from, int64_t end) {
    for (int64_t r = from; r < end; r++) {
      const T* in = x + r * s.count;
      T* out = y + r * s.count;
      double mean = 0, variance = 0;
      if constexpr (std::is_same_v<T, float>) {
        if (s.centred) table.rowMoments(in, s.count, &mean, &variance);
        else variance = simd().sumSquares(in, s.count) / static_cast<double>(s.count);
      } else {
        if (s.centred)
          for (int64_t i = 0; i < s.count; i++) mean += in[i];
        mean /= static_cast<double>(s.count);
        for (int64_t i = 0; i < s.count; i++) variance += (in[i] - mean) * (in[i] - mean);
        variance /= static_cast<double>(s.count);
      }
      double inverse = 1.0 / std::sqrt(variance + s.eps);
      if (means) means[r] = static_cast<T>(mean);
      if (inverses) inverses[r] = static_cast<T>(inverse);
      if (s.perElement) {
        if constexpr (std::is_same_v<T, float>) {
          table.normalizeRow(in, out, s.count, static_cast<float>(mean), static_cast<float>(inverse), weight, bias);
        } else {
          for (int64_t i = 0; i < s.count; i++) out[i] = (in[i] - mean) * inverse * (weight ? weight[i] : 1) + (bias ? bias[i] : 0);
        }
      } else {
        int64_t channels = s.count / s.span, first = r % s.period * channels;
        for (int64_t c = 0; c < channels; c++) {
          double scale = inverse * (weight ? weight[first + c] : 1), shift = (bias ? bias[first + c] : 0) - mean * scale;
          T a = static_cast<T>(scale), b = static_cast<T>(shift);
          const T* from1 = in + c * s.span;
          T* to = out + c * s.span;
          for (int64_t i = 0; i < s.span; i++) to[i] = from1[i] * a + b;
        }
      }
    }
  });
}

Tensor rowNorm(Planner& p, const Tensor& given, const Tensor& weight, const Tensor& bias, const RowNormSpec& s, Tensor* mean = nullptr, Tensor* inverse = nullptr) {
  require(given.dtype == DType::F32 || given.dtype == DType::F64, "normalisation: this dtype");
  Tensor x = p.contiguous(given), w = weight.defined() ? p.contiguous(weight) : weight, b = bias.defined() ? p.contiguous(bias) : bias;
  for (const Tensor* t : {&w, &b})
    if (t->defined()) require(t->dtype == x.dtype, "normalisation: weights of another dtype");
  Tensor y = p.empty(x.dtype, x.sizes);
  std::vector<Tensor> writes = {y};
  for (Tensor* t : {mean, inverse})
    if (t) writes.push_back(*t);
  Slot in = slotOf(x), sw = slotOf(w), sb = slotOf(b), out = slotOf(y), sm = mean ? slotOf(*mean) : Slot{}, si = inverse ? slotOf(*inverse) : Slot{};
  auto record = [&]<class T>(T) {
    p.step("normalize", {x, w, b}, writes, [=](Run& r) { normalizeRows<T>(s, r.ptr<T>(in), r.ptrOrNull<T>(sw), r.ptrOrNull<T>(sb), r.ptr<T>(out), r.ptrOrNull<T>(sm), r.ptrOrNull<T>(si)); });
  };
  if (x.dtype == DType::F64) record(double{});
  else record(float{});
  return y;
}

RowNormSpec overLast(const Tensor& x, const Dims& shape, const Tensor& weight, const Tensor& bias, double eps) {
  require(shape.n > 0 && x.dim() >= shape.n, "normalisation: a shape that does not fit");
  for (int i = 0; i < shape.n; i++) require(x.sizes[x.dim() - shape.n + i] == shape[i], "normalisation: a shape that does not fit");
  for (const Tensor* t : {&weight, &bias})
    if (t->defined()) require(t->sizes == shape, "normalisation: weights of another shape");
  RowNormSpec s;
  s.count = shape.product();
  require(s.count > 0, "normalisation: an empty shape");
  s.rows = x.numel() / s.count;
  s.eps = eps;
  return s;
}

void layerNormKernel(Planner& p, Args& a) { a.ret(layerNorm(p, a.tensor(0), a.ints(1), a.optionalTensor(2), a.optionalTensor(3), a.number(4))); }
void nativeLayerNorm(Planner& p, Args& a) {
  Tensor x = a.tensor(0), w = a.optionalTensor(2), b = a.optionalTensor(3);
  Dims shape = a.ints(1), sizes = x.sizes;
  for (int i = 0; i < shape.n && i < sizes.n; i++) sizes[sizes.n - 1 - i] = 1;
  Tensor mean = p.empty(x.dtype, sizes), inverse = p.empty(x.dtype, sizes);
  a.ret(rowNorm(p, x, w, b, overLast(x, shape, w, b, a.number(4)), &mean, &inverse));
  a.ret(mean);
  a.ret(inverse);
}
void rmsNorm(Planner& p, Args& a) {
  Tensor x = a.tensor(0), w = a.optionalTensor(2);
  double eps = a.isNone(3) ? (x.dtype == DType::F64 ? 2.220446049250313e-16 : 1.1920928955078125e-07) : a.number(3);
  RowNormSpec s = overLast(x, a.ints(1), w, {}, eps);
  s.centred = false;
  a.ret(rowNorm(p, x, w, {}, s));
}
RowNormSpec overGroups(const Tensor& x, int64_t groups, const Tensor& weight, const Tensor& bias, double eps) {
  require(x.dim() >= 2 && groups > 0 && x.size(1) % groups == 0 && x.numel() > 0, "group_norm: groups that divide the channels");
  for (const Tensor* t : {&weight, &bias})
    if (t->defined()) require(t->dim() == 1 && t->size(0) == x.size(1), "group_norm: weights of another size");
  RowNormSpec s;
  s.rows = x.size(0) * groups;
  s.count = x.numel() / s.rows;
  s.eps = eps;
  s.perElement = false;
  s.period = groups;
  s.span = s.count / (x.size(1) / groups);
  return s;
}
void groupNorm(Planner& p, Args& a) {
  Tensor x = a.tensor(0), w = a.optionalTensor(2), b = a.optionalTensor(3);
  a.ret(rowNorm(p, x, w, b, overGroups(x, a.integer(1), w, b, a.number(4))));
}
void nativeGroupNorm(Planner& p, Args& a) {
  Tensor x = a.tensor(0), w = a.optionalTensor(1), b = a.optionalTensor(2);
  int64_t n = a.integer(3), groups = a.integer(6);
  require(x.dim() >= 2 && x.size(0) == n && x.size(1) == a.integer(4), "native_group_norm: sizes that do not fit");
  Tensor mean = p.empty(x.dtype, {n, groups}), inverse = p.empty(x.dtype, {n, groups});
  a.ret(rowNorm(p, x, w, b, overGroups(x, groups, w, b, a.number(7)), &mean, &inverse));
  a.ret(mean);
  a.ret(inverse);
}
void instanceNorm(Planner& p, Args& a) {
  Tensor x = a.tensorAnyLayout(0), w = a.optionalTensor(1), b = a.optionalTensor(2);
  if (!a.boolean(5)) {
    require(!a.isNone(3) && !a.isNone(4), "instance_norm without running statistics");
    a.ret(batchNormInference(p, x, w, b, a.tensor(3), a.tensor(4), a.number(7)));
    return;
  }
  require(a.isNone(3) && a.isNone(4), "instance_norm that updates running statistics");
  x = p.plain(x);
  require(x.dim() >= 3 && x.numel() > x.size(0) * x.size(1), "instance_norm: more than one value a channel");
  a.ret(rowNorm(p, x, w, b, overGroups(x, x.size(1), w, b, a.number(7))));
}
void batchNormNoTraining(Planner& p, Args& a) {
  Tensor x = a.tensorAnyLayout(0);
  a.ret(batchNormInference(p, x, a.optionalTensor(1), a.optionalTensor(2), a.tensor(3), a.tensor(4), a.number(6)));
  a.ret(p.empty(x.dtype, {0}));
  a.ret(p.empty(x.dtype, {0}));
}

}  // namespace

Tensor layerNorm(Planner& p, const Tensor& x, const Dims& shape, const Tensor& weight, const Tensor& bias, double eps) {
  return rowNorm(p, x, weight, bias, overLast(x, shape, weight, bias, eps));
}

TSJIT_KERNEL("aten::batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor", batchNorm);
TSJIT_KERNEL("aten::layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1.0000000000000001e-05, bool cudnn_enable=True) -> Tensor", layerNormKernel);
TSJIT_KERNEL("aten::native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor)", nativeLayerNorm);
TSJIT_KERNEL("aten::rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor", rmsNorm);
TSJIT_KERNEL("aten::group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1.0000000000000001e-05, bool cudnn_enabled=True) -> Tensor", groupNorm);
TSJIT_KERNEL("aten::native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps) -> (Tensor, Tensor, Tensor)", nativeGroupNorm);
TSJIT_KERNEL("aten::instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor", instanceNorm);
TSJIT_KERNEL("aten::_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor)", batchNormNoTraining);

}  // namespace tsjit
