// Interpolation: nearest, linear and cubic in one to three dimensions, from a table of taps and weights for each dimension.
// The arithmetic of positions and weights is PyTorch's (aten/src/ATen/native/UpSample.h).
#include <algorithm>
#include <cmath>

#include "gemm.h"
#include "pooling.h"

namespace tsjit {
namespace {

enum class Mode { Nearest, NearestExact, Linear, Cubic };

struct Axis {
  int64_t input = 1, output = 1;
  int taps = 1;
  std::vector<int64_t> index;   // [output][taps]
  std::vector<float> weight;
  std::vector<double> exact;
};

template <class T>
void cubicWeights(T t, T* w) {
  constexpr T a = T(-0.75);
  auto near = [&](T x) { return ((a + 2) * x - (a + 3)) * x * x + 1; };
  auto far = [&](T x) { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a; };
  w[0] = far(t + 1);
  w[1] = near(t);
  w[2] = near(1 - t);
  w[3] = far(2 - t);
}

// T: the type that PyTorch computes positions in for this dtype.
template <class T>
Axis makeAxis(Mode mode, int64_t input, int64_t output, bool align, double factor) {
  Axis a;
  a.input = input;
  a.output = output;
  a.taps = mode == Mode::Linear ? 2 : mode == Mode::Cubic ? 4 : 1;
  T scale;
  if (mode != Mode::Nearest && mode != Mode::NearestExact && align) scale = output > 1 ? static_cast<T>(input - 1) / static_cast<T>(output - 1) : T(0);
  else scale = factor > 0 ? static_cast<T>(1.0 / factor) : static_cast<T>(input) / static_cast<T>(output);
  for (int64_t i = 0; i < output; i++) {
    T w[4] = {1, 0, 0, 0};
    int64_t at[4] = {0, 0, 0, 0};
    if (mode == Mode::Nearest) {
      at[0] = std::min(static_cast<int64_t>(std::floor(static_cast<T>(i) * scale)), input - 1);
    } else if (mode == Mode::NearestExact) {
      at[0] = std::min(static_cast<int64_t>(std::floor((static_cast<T>(i) + T(0.5)) * scale)), input - 1);
    } else {
      T x = align ? scale * static_cast<T>(i) : scale * (static_cast<T>(i) + T(0.5)) - T(0.5);
      if (mode == Mode::Linear) {
        if (!align && x < 0) x = 0;
        at[0] = std::min(static_cast<int64_t>(std::floor(x)), input - 1);
        at[1] = at[0] + (at[0] < input - 1 ? 1 : 0);
        w[1] = std::min(std::max(x - static_cast<T>(at[0]), T(0)), T(1));
        w[0] = T(1) - w[1];
      } else {
        int64_t base = static_cast<int64_t>(std::floor(x));
        cubicWeights(x - static_cast<T>(base), w);
        for (int k = 0; k < 4; k++) at[k] = std::clamp<int64_t>(base - 1 + k, 0, input - 1);
      }
    }
    for (int k = 0; k < a.taps; k++) {
      a.index.push_back(at[k]);
      a.weight.push_back(static_cast<float>(w[k]));
      a.exact.push_back(static_cast<double>(w[k]));
    }
  }
  return a;
}

struct ResizeSpec {
  Axis axis[3];
  Placement from, to;
};

void resizeVector(const ResizeSpec& s, const float* x, float* y) {
  const PoolTable& table = gemmTable().pool;
  const Axis &a = s.axis[0], &b = s.axis[1], &c = s.axis[2];
  int64_t rows = a.output * b.output;
  parallelFor(s.from.outer * rows, 16384 / (s.from.inner * c.output * a.taps * b.taps * c.taps + 1) + 1, [&](int64_t begin, int64_t end) {
    for (int64_t job = begin; job < end; job++) {
      int64_t o = job / rows, i = job % rows / b.output, j = job % b.output;
      const float* source = x + o * s.from.outerStride;
      float* target = y + o * s.to.outerStride + i * s.to.stride[0] + j * s.to.stride[1];
      for (int64_t k = 0; k < c.output; k++, target += s.to.stride[2]) {
        const float* taps[64];
        float weights[64];
        int n = 0;
        for (int p = 0; p < a.taps; p++)
          for (int q = 0; q < b.taps; q++)
            for (int r = 0; r < c.taps; r++) {
              taps[n] = source + a.index[i * a.taps + p] * s.from.stride[0] + b.index[j * b.taps + q] * s.from.stride[1] + c.index[k * c.taps + r] * s.from.stride[2];
              weights[n++] = a.weight[i * a.taps + p] * b.weight[j * b.taps + q] * c.weight[k * c.taps + r];
            }
        if (n == 1) std::copy_n(taps[0], s.from.inner, target);
        else table.weightedTaps(taps, weights, n, s.from.inner, target);
      }
    }
  });
}

template <class T>
void resizeScalar(const ResizeSpec& s, const T* x, T* y) {
  const Axis &a = s.axis[0], &b = s.axis[1], &c = s.axis[2];
  auto weights = [](const Axis& axis) {
    if constexpr (std::is_same_v<T, float>) return axis.weight.data();
    else return axis.exact.data();
  };
  const T *wa = weights(a), *wb = weights(b), *wc = weights(c);
  int64_t rows = a.output * b.output;
  parallelFor(s.from.outer * rows, 16384 / (c.output * a.taps * b.taps * c.taps + 1) + 1, [&](int64_t begin, int64_t end) {
    for (int64_t job = begin; job < end; job++) {
      int64_t o = job / rows, i = job % rows / b.output, j = job % b.output;
      const T* source = x + o * s.from.outerStride;
      T* target = y + o * s.to.outerStride + i * s.to.stride[0] + j * s.to.stride[1];
      for (int64_t k = 0; k < c.output; k++) {
        T sum = 0;
        for (int p = 0; p < a.taps; p++)
          for (int q = 0; q < b.taps; q++) {
            const T* row = source + a.index[i * a.taps + p] * s.from.stride[0] + b.index[j * b.taps + q] * s.from.stride[1];
            T part = 0;
            for (int r = 0; r < c.taps; r++) part += row[c.index[k * c.taps + r]] * wc[k * c.taps + r];
            sum += part * wa[i * a.taps + p] * wb[j * b.taps + q];
          }
        target[k] = sum;
      }
    }
  });
}

Tensor resize(Planner& p, const Tensor& given, Mode mode, int n, const Dims& output, bool align, const std::vector<double>& factors) {
  require(given.dim() == n + 2, "interpolation: an input of another rank");
  require(given.dtype == DType::F32 || given.dtype == DType::F64, "interpolation: this dtype");
  require(given.numel() > 0 && output.n == n, "interpolation: sizes");
  auto spec = std::make_shared<ResizeSpec>();
  Tensor x = place(p, given, n, spec->from, true);
  Dims sizes = given.sizes;
  for (int d = 0; d < n; d++) {
    require(output[d] > 0, "interpolation: an empty result");
    sizes[d + 2] = output[d];
  }
  spec->to = resized(spec->from, output.v, n);
  for (int d = 0; d < n; d++) {
    double factor = d < static_cast<int>(factors.size()) ? factors[d] : 0;
    spec->axis[3 - n + d] = x.dtype == DType::F64 ? makeAxis<double>(mode, given.size(d + 2), output[d], align, factor) : makeAxis<float>(mode, given.size(d + 2), output[d], align, factor);
  }
  for (int d = 0; d < 3 - n; d++) {
    spec->axis[d].index = {0};
    spec->axis[d].weight = {1};
    spec->axis[d].exact = {1};
  }
  for (Placement* q : {&spec->from, &spec->to}) {  // three dimensions always
    for (int d = 2; d >= 0; d--) q->stride[d] = d >= 3 - n ? q->stride[d - (3 - n)] : 0;
  }
  Tensor y = emptyPlaced(p, x, spec->from, sizes);
  Slot in = slotOf(x), out = slotOf(y);
  if (x.dtype == DType::F64) p.step("resize", {x}, {y}, [=](Run& r) { resizeScalar(*spec, r.ptr<double>(in), r.ptr<double>(out)); });
  else if (spec->from.inner > 1) p.step("resize", {x}, {y}, [=](Run& r) { resizeVector(*spec, r.ptr<float>(in), r.ptr<float>(out)); });
  else p.step("resize", {x}, {y}, [=](Run& r) { resizeScalar(*spec, r.ptr<float>(in), r.ptr<float>(out)); });
  return inFormatOf(p, given, y);
}

constexpr bool aligns(Mode m) { return m == Mode::Linear || m == Mode::Cubic; }

template <Mode MODE, int N>
void sized(Planner& p, Args& a) {  // (self, output_size, [align_corners], scales…)
  int at = 2 + (aligns(MODE) ? 1 : 0);
  std::vector<double> factors;
  for (int d = 0; d < N; d++) factors.push_back(a.isNone(at + d) ? 0 : a.number(at + d));
  a.ret(resize(p, a.tensorAnyLayout(0), MODE, N, a.ints(1), aligns(MODE) && a.boolean(2), factors));
}
template <Mode MODE, int N>
void scaled(Planner& p, Args& a) {  // (input, output_size?, [align_corners], scale_factors?)
  Tensor x = a.tensorAnyLayout(0);
  int at = 2 + (aligns(MODE) ? 1 : 0);
  std::vector<double> factors;
  Dims output;
  require(a.isNone(1) != a.isNone(at), "interpolation: either sizes or factors");
  require(x.dim() == N + 2, "interpolation: an input of another rank");
  if (a.isNone(1)) {
    factors = a.numbers(at);
    require(factors.size() == N, "interpolation: a factor for each dimension");
    for (int d = 0; d < N; d++) output.push_back(static_cast<int64_t>(static_cast<double>(x.size(d + 2)) * factors[d]));
  } else {
    output = a.ints(1);
  }
  a.ret(resize(p, x, MODE, N, output, aligns(MODE) && a.boolean(2), factors));
}

}  // namespace

TSJIT_KERNEL("aten::upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor", (sized<Mode::Nearest, 1>));
TSJIT_KERNEL("aten::upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor", (scaled<Mode::Nearest, 1>));
TSJIT_KERNEL("aten::upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor", (sized<Mode::Nearest, 2>));
TSJIT_KERNEL("aten::upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor", (scaled<Mode::Nearest, 2>));
TSJIT_KERNEL("aten::upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor", (sized<Mode::Nearest, 3>));
TSJIT_KERNEL("aten::upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor", (scaled<Mode::Nearest, 3>));
TSJIT_KERNEL("aten::_upsample_nearest_exact1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor", (sized<Mode::NearestExact, 1>));
TSJIT_KERNEL("aten::_upsample_nearest_exact1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor", (scaled<Mode::NearestExact, 1>));
TSJIT_KERNEL("aten::_upsample_nearest_exact2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor", (sized<Mode::NearestExact, 2>));
TSJIT_KERNEL("aten::_upsample_nearest_exact2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor", (scaled<Mode::NearestExact, 2>));
TSJIT_KERNEL("aten::_upsample_nearest_exact3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor", (sized<Mode::NearestExact, 3>));
TSJIT_KERNEL("aten::_upsample_nearest_exact3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor", (scaled<Mode::NearestExact, 3>));
TSJIT_KERNEL("aten::upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None) -> Tensor", (sized<Mode::Linear, 1>));
TSJIT_KERNEL("aten::upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor", (scaled<Mode::Linear, 1>));
TSJIT_KERNEL("aten::upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor", (sized<Mode::Linear, 2>));
TSJIT_KERNEL("aten::upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor", (scaled<Mode::Linear, 2>));
TSJIT_KERNEL("aten::upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor", (sized<Mode::Linear, 3>));
TSJIT_KERNEL("aten::upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor", (scaled<Mode::Linear, 3>));
TSJIT_KERNEL("aten::upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor", (sized<Mode::Cubic, 2>));
TSJIT_KERNEL("aten::upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor", (scaled<Mode::Cubic, 2>));
}  // namespace tsjit
