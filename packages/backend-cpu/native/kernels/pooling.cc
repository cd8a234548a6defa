// Pooling: every kind as windows, one list of bounds for each dimension. Channels-last and blocked tensors are pooled as they lie.
#include <algorithm>
#include <cmath>
#include <limits>

#include "gemm.h"
#include "pooling.h"
#include "tsjit/planner.h"

namespace tsjit {
namespace {

struct PoolSpec {
  int spatial = 0;
  bool average = false;
  bool adaptive = false;
  int64_t input[3], output[3], step[3];
  std::vector<int64_t> begin[3], end[3];  // of the input, by output index
  std::vector<int64_t> padded[3];         // elements that an average divides by
  double divisor = 0;                     // of an average; 0: the product of `padded`
};

void setWindows(PoolSpec& s, int d, int64_t size, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation, bool ceil, bool includePadding) {
  require(kernel > 0 && stride > 0 && dilation > 0 && padding >= 0, "pooling: parameters");
  require(padding <= (dilation * (kernel - 1) + 1) / 2, "pooling: padding larger than half the kernel");
  int64_t room = size + 2 * padding - dilation * (kernel - 1) - 1;
  require(room + (ceil ? stride - 1 : 0) >= 0 && size > 0, "pooling: a kernel larger than the input");
  int64_t count = (room + (ceil ? stride - 1 : 0)) / stride + 1;
  if (ceil && (count - 1) * stride >= size + padding) count--;
  require(count > 0, "pooling: an empty result");
  s.input[d] = size;
  s.output[d] = count;
  s.step[d] = dilation;
  for (int64_t i = 0; i < count; i++) {
    int64_t b = i * stride - padding, e = b + (kernel - 1) * dilation + 1;
    int64_t full = std::min(e, size + padding) - b;
    while (b < 0) b += dilation;
    e = std::min(e, size);
    s.begin[d].push_back(b);
    s.end[d].push_back(e);
    s.padded[d].push_back(includePadding ? full : std::max<int64_t>(e - b, 0));
  }
}

void setAdaptive(PoolSpec& s, int d, int64_t size, int64_t count) {
  require(size > 0 && count > 0, "pooling: empty operands");
  s.input[d] = size;
  s.output[d] = count;
  s.step[d] = 1;
  for (int64_t i = 0; i < count; i++) {
    int64_t b = i * size / count, e = ((i + 1) * size + count - 1) / count;
    s.begin[d].push_back(b);
    s.end[d].push_back(e);
    s.padded[d].push_back(e - b);
  }
}

// One dimension always: spatial ranks below three get leading dimensions of size one.
void normalize(PoolSpec& s, Placement* places, int n) {
  while (s.spatial < 3) {
    for (int d = s.spatial; d > 0; d--) {
      s.input[d] = s.input[d - 1];
      s.output[d] = s.output[d - 1];
      s.step[d] = s.step[d - 1];
      s.begin[d] = std::move(s.begin[d - 1]);
      s.end[d] = std::move(s.end[d - 1]);
      s.padded[d] = std::move(s.padded[d - 1]);
      for (int i = 0; i < n; i++) places[i].stride[d] = places[i].stride[d - 1];
    }
    s.input[0] = s.output[0] = s.step[0] = 1;
    s.begin[0] = {0};
    s.end[0] = {1};
    s.padded[0] = {1};
    for (int i = 0; i < n; i++) places[i].stride[0] = 0;
    s.spatial++;
  }
}

// Output position (z, y, x) of outer block `block`.
template <class T>
void poolOne(const PoolSpec& s, const Placement& from, const T* x, int64_t a, int64_t b, int64_t c, T* out, int64_t* index) {
  T best = -std::numeric_limits<T>::infinity(), sum = 0;
  int64_t at = s.begin[0][a] * s.input[1] * s.input[2] + s.begin[1][b] * s.input[2] + s.begin[2][c];
  for (int64_t i = s.begin[0][a]; i < s.end[0][a]; i += s.step[0])
    for (int64_t j = s.begin[1][b]; j < s.end[1][b]; j += s.step[1]) {
      const T* row = x + i * from.stride[0] + j * from.stride[1];
      if (s.average) {
        for (int64_t k = s.begin[2][c]; k < s.end[2][c]; k++) sum += row[k * from.stride[2]];
      } else {
        for (int64_t k = s.begin[2][c]; k < s.end[2][c]; k += s.step[2]) {
          T v = row[k * from.stride[2]];
          if (v > best || v != v) {
            best = v;
            at = (i * s.input[1] + j) * s.input[2] + k;
          }
        }
      }
    }
  if (s.average) {
    double divisor = s.divisor != 0 ? s.divisor : static_cast<double>(s.padded[0][a] * s.padded[1][b] * s.padded[2][c]);
    *out = static_cast<T>(sum / static_cast<T>(divisor));
    if (s.begin[0][a] >= s.end[0][a] || s.begin[1][b] >= s.end[1][b] || s.begin[2][c] >= s.end[2][c]) *out = T(0);
  } else {
    *out = best;
    if (index) *index = at;
  }
}

template <class T>
void poolScalar(const PoolSpec& s, const Placement& from, const Placement& to, const T* x, T* y, int64_t* indices) {
  double window = 1;
  for (int d = 0; d < 3; d++) window *= static_cast<double>(s.end[d][s.output[d] / 2] - s.begin[d][s.output[d] / 2]);
  int64_t positions = s.output[0] * s.output[1] * s.output[2];
  int64_t grain = static_cast<int64_t>(60000 / (window * static_cast<double>(positions) + 1)) + 1;
  parallelFor(from.outer, grain, [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; o++) {
      const T* source = x + o * from.outerStride;
      T* target = y + o * to.outerStride;
      int64_t* index = indices ? indices + o * positions : nullptr;
      for (int64_t a = 0; a < s.output[0]; a++)
        for (int64_t b = 0; b < s.output[1]; b++)
          for (int64_t c = 0; c < s.output[2]; c++) {
            poolOne(s, from, source, a, b, c, target++, index);
            if (index) index++;
          }
    }
  });
}

void poolVector(const PoolSpec& s, const Placement& from, const Placement& to, const float* x, float* y) {
  const PoolTable& table = gemmTable().pool;
  double window = static_cast<double>(from.inner);
  for (int d = 0; d < 3; d++) window *= static_cast<double>(s.end[d][s.output[d] / 2] - s.begin[d][s.output[d] / 2]);
  int64_t rows = s.output[0] * s.output[1];
  int64_t grain = static_cast<int64_t>(200000 / (window * static_cast<double>(s.output[2]) + 1)) + 1;
  // channels are shared out where there are too few rows
  int64_t pieces = 1;
  if (from.outer * rows == 1 && from.inner % 64 == 0 && s.output[2] == 1 && window > 100000) pieces = std::min<int64_t>(threadCount(), from.inner / 64);
  int64_t width = from.inner / pieces;
  if (from.inner % pieces) pieces = 1, width = from.inner;
  parallelFor(from.outer * rows * pieces, pieces > 1 ? 1 : grain, [&](int64_t begin, int64_t end) {
    std::vector<const float*> taps;
    for (int64_t job = begin; job < end; job++) {
      int64_t piece = job % pieces, row = job / pieces % rows, o = job / pieces / rows;
      int64_t a = row / s.output[1], b = row % s.output[1];
      const float* source = x + o * from.outerStride + piece * width;
      float* target = y + o * to.outerStride + a * to.stride[0] + b * to.stride[1] + piece * width;
      for (int64_t c = 0; c < s.output[2]; c++, target += to.stride[2]) {
        taps.clear();
        for (int64_t i = s.begin[0][a]; i < s.end[0][a]; i += s.step[0])
          for (int64_t j = s.begin[1][b]; j < s.end[1][b]; j += s.step[1])
            for (int64_t k = s.begin[2][c]; k < s.end[2][c]; k += s.step[2]) taps.push_back(source + i * from.stride[0] + j * from.stride[1] + k * from.stride[2]);
        if (taps.empty()) {
          std::fill_n(target, width, s.average ? 0.0f : -std::numeric_limits<float>::infinity());
        } else if (s.average) {
          double divisor = s.divisor != 0 ? s.divisor : static_cast<double>(s.padded[0][a] * s.padded[1][b] * s.padded[2][c]);
          table.averageTaps(taps.data(), static_cast<int64_t>(taps.size()), width, static_cast<float>(1.0 / divisor), target);
        } else {
          table.maxTaps(taps.data(), static_cast<int64_t>(taps.size()), width, target);
        }
      }
    }
  });
}

Tensor pool(Planner& p, const Tensor& given, PoolSpec s, Tensor* indices) {
  require(given.dtype == DType::F32 || given.dtype == DType::F64, "pooling: this dtype");
  require(given.numel() > 0, "pooling: an empty input");
  Placement from;
  Tensor x = place(p, given, s.spatial, from, !indices);
  Dims sizes = given.sizes;
  for (int d = 0; d < s.spatial; d++) sizes[sizes.n - s.spatial + d] = s.output[d];
  Placement to = resized(from, s.output, s.spatial);
  Tensor y = emptyPlaced(p, x, from, sizes);
  std::vector<Tensor> writes = {y};
  Slot index;
  if (indices) {
    *indices = p.empty(DType::I64, sizes);
    writes.push_back(*indices);
    index = p.slot(*indices);
  }
  Placement places[2] = {from, to};
  normalize(s, places, 2);
  auto spec = std::make_shared<PoolSpec>(std::move(s));
  from = places[0];
  to = places[1];
  Slot in = slotOf(x), out = slotOf(y);
  const char* name = spec->average ? "average_pool" : "max_pool";
  if (x.dtype == DType::F64)
    p.step(name, {x}, writes, [=](Run& r) { poolScalar<double>(*spec, from, to, r.ptr<double>(in), r.ptr<double>(out), r.ptrOrNull<int64_t>(index)); });
  else if (from.inner > 1)
    p.step(name, {x}, writes, [=](Run& r) { poolVector(*spec, from, to, r.ptr<float>(in), r.ptr<float>(out)); });
  else
    p.step(name, {x}, writes, [=](Run& r) { poolScalar<float>(*spec, from, to, r.ptr<float>(in), r.ptr<float>(out), r.ptrOrNull<int64_t>(index)); });
  if (indices) *indices = inFormatOf(p, given, *indices);
  return inFormatOf(p, given, y);
}

Dims expanded(const Dims& d, int n) {
  if (d.n == n) return d;
  require(d.n == 1, "pooling: a number for each dimension");
  return Dims(n, d[0]);
}

void checkRank(const Tensor& x, int spatial) { require(x.dim() == spatial + 1 || x.dim() == spatial + 2, "pooling: an input of another rank"); }

template <int N, bool Indices>
void maxPool(Planner& p, Args& a) {
  Tensor x = a.tensorAnyLayout(0);
  checkRank(x, N);
  PoolSpec s;
  s.spatial = N;
  Dims kernel = expanded(a.ints(1), N), stride = a.ints(2);
  stride = stride.empty() ? kernel : expanded(stride, N);
  Dims padding = expanded(a.ints(3), N), dilation = expanded(a.ints(4), N);
  for (int d = 0; d < N; d++) setWindows(s, d, x.size(x.dim() - N + d), kernel[d], stride[d], padding[d], dilation[d], a.boolean(5), false);
  if (Indices) {
    Tensor indices;
    a.ret(pool(p, x, std::move(s), &indices));
    a.ret(indices);
  } else {
    a.ret(pool(p, x, std::move(s), nullptr));
  }
}

template <int N>
void averagePool(Planner& p, Args& a) {
  Tensor x = a.tensorAnyLayout(0);
  checkRank(x, N);
  PoolSpec s;
  s.spatial = N;
  s.average = true;
  Dims kernel = expanded(a.ints(1), N), stride = a.ints(2);
  stride = stride.empty() ? kernel : expanded(stride, N);
  Dims padding = expanded(a.ints(3), N);
  for (int d = 0; d < N; d++) {
    require(padding[d] <= kernel[d] / 2, "pooling: padding larger than half the kernel");
    setWindows(s, d, x.size(x.dim() - N + d), kernel[d], stride[d], padding[d], 1, a.boolean(4), a.boolean(5));
  }
  if (N > 1 && !a.isNone(6)) {
    s.divisor = static_cast<double>(a.integer(6));
    require(s.divisor != 0, "pooling: a divisor of zero");
  }
  a.ret(pool(p, x, std::move(s), nullptr));
}

template <int N, bool Average>
void adaptivePool(Planner& p, Args& a) {
  Tensor x = a.tensorAnyLayout(0);
  checkRank(x, N);
  PoolSpec s;
  s.spatial = N;
  s.average = Average;
  s.adaptive = true;
  Dims size = expanded(a.ints(1), N);
  for (int d = 0; d < N; d++) setAdaptive(s, d, x.size(x.dim() - N + d), size[d]);
  if (Average) {
    a.ret(pool(p, x, std::move(s), nullptr));
  } else {
    Tensor indices;
    a.ret(pool(p, x, std::move(s), &indices));
    a.ret(indices);
  }
}

}  // namespace

TSJIT_KERNEL("aten::max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> Tensor", (maxPool<1, false>));
TSJIT_KERNEL("aten::max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> (Tensor, Tensor)", (maxPool<1, true>));
TSJIT_KERNEL("aten::avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], bool ceil_mode=False, bool count_include_pad=True) -> Tensor", averagePool<1>);
TSJIT_KERNEL("aten::adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor", (adaptivePool<1, true>));
TSJIT_KERNEL("aten::adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)", (adaptivePool<1, false>));
TSJIT_KERNEL("aten::max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor", (maxPool<2, false>));
TSJIT_KERNEL("aten::max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)", (maxPool<2, true>));
TSJIT_KERNEL("aten::avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor", averagePool<2>);
TSJIT_KERNEL("aten::adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor", (adaptivePool<2, true>));
TSJIT_KERNEL("aten::_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor", (adaptivePool<2, true>));
TSJIT_KERNEL("aten::adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)", (adaptivePool<2, false>));
TSJIT_KERNEL("aten::max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor", (maxPool<3, false>));
TSJIT_KERNEL("aten::max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)", (maxPool<3, true>));
TSJIT_KERNEL("aten::avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor", averagePool<3>);
TSJIT_KERNEL("aten::adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor", (adaptivePool<3, true>));
TSJIT_KERNEL("aten::_adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor", (adaptivePool<3, true>));
TSJIT_KERNEL("aten::adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)", (adaptivePool<3, false>));

}  // namespace tsjit
