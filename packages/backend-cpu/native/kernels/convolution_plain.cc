// Convolutions without oneDNN, and those too small for it: matrix products over windows gathered panel by panel.
#include <algorithm>
#include <cstring>

#include "convolution.h"
#include "gemm.h"
#include "gemm_tail.h"

namespace tsjit {
namespace {

size_t rounded(size_t bytes) { return (bytes + 63) / 64 * 64; }

struct PlainConvolutionStep final : Step {
  ConvolutionSpec s;
  Planner* planner = nullptr;  // alive until prepare() is done
  Tensor input, weight, bias, current;
  GemmTail tail;
  Slot in, w, b, out;
  std::shared_ptr<PackedWeight> packed;
  size_t packedAt = 0;  // in scratch memory
  bool few = false;  // positions are the rows, else channels are
  int threads = 1;
  int64_t inner = 0, depth = 0, rows = 0;  // kernel positions, depth of a product, output channels of a group
  size_t windowBytes = 0, resultBytes = 0, weightBytes = 0;

  bool fuseTail(const PointwiseStep& t) override { return current.dtype == DType::F32 && tail.add(t, current, s.outputSize()); }

  void prepare() override {
    in = slotOf(input);
    b = slotOf(bias);
    out = slotOf(current);
    threads = threadCount();
    inner = s.kernelSize();
    depth = s.inputChannels / s.groups * inner;
    rows = s.outputChannels / s.groups;
    if (current.dtype == DType::F64) prepareTyped<double>();
    else prepareTyped<float>();
  }
  void run(Run& run) override {
    if (current.dtype == DType::F64) runTyped<double>(run);
    else runTyped<float>(run);
  }

  // Input channels gathered at once.
  int64_t channelBlock() const { return std::max<int64_t>(1, 1024 / inner); }

  template <class T>
  void prepareTyped() {
    const auto& g = gemmKernels<T>();
    int64_t perGroup = s.inputChannels / s.groups;
    few = s.batch * s.outputSize() < 2 * g.nr && rows >= g.nr / 2 && !s.transposed;
    size_t item = sizeof(T);
    if (few) {
      int64_t positions = s.batch * s.outputSize();
      windowBytes = rounded(static_cast<size_t>(positions * depth) * item);
      resultBytes = rounded(static_cast<size_t>(positions * rows) * item);
      weightBytes = rounded(packedBBytes<T>(depth, rows));
      scratchBytes = windowBytes + resultBytes;
    } else {
      weightBytes = rounded(static_cast<size_t>(rows * depth) * item);
      windowBytes = rounded(static_cast<size_t>(std::min(perGroup, channelBlock()) * inner * g.nr) * item);
      scratchBytes = static_cast<size_t>(threads) * windowBytes;
    }
    auto fill = [this](char* to, const T* from) {
      for (int64_t group = 0; group < s.groups; group++) packWeights(from, group, reinterpret_cast<T*>(to + static_cast<size_t>(group) * weightBytes));
    };
    if (weight.isData()) {
      std::string key = std::string("plain conv:") + (few ? "few" : "many") + std::to_string(s.transposed) + ':' + std::to_string(s.groups);
      packed = planner->packed(weight, key, weightBytes * static_cast<size_t>(s.groups), [this, fill](char* to) {
        FileBlock::Use use(weight.buffer->file.get());
        fill(to, weight.data<T>());
      });
      packedAt = scratchBytes;
      scratchBytes += packed->scratchBytes();
    } else {
      w = slotOf(weight);
      scratchBytes += weightBytes * static_cast<size_t>(s.groups);
    }
  }

  template <class T>
  T weightAt(const T* from, int64_t group, int64_t row, int64_t channel, const int64_t* at) const {
    int64_t perGroup = s.inputChannels / s.groups;
    int64_t offset = s.transposed ? (group * perGroup + channel) * weight.strides[0] + row * weight.strides[1] : (group * rows + row) * weight.strides[0] + channel * weight.strides[1];
    for (int i = 0; i < s.spatial; i++) offset += at[i] * weight.strides[i + 2];
    return from[offset];
  }
  template <class T>
  void packWeights(const T* from, int64_t group, T* to) const {
    const auto& g = gemmKernels<T>();
    int64_t perGroup = s.inputChannels / s.groups;
    std::vector<T> matrix(static_cast<size_t>(rows * depth));
    for (int64_t r = 0; r < rows; r++)
      for (int64_t c = 0; c < perGroup; c++) {
        int64_t at[3] = {0, 0, 0};
        for (int64_t i = 0; i < inner; i++) {
          matrix[r * depth + c * inner + i] = weightAt(from, group, r, c, at);
          for (int d = s.spatial - 1; d >= 0 && ++at[d] == s.kernel[d]; d--) at[d] = 0;
        }
      }
    if (few) {
      packPanels(matrix.data(), int64_t{1}, depth, depth, rows, to, int64_t{0}, (rows + g.nr - 1) / g.nr);
    } else {
      int64_t tiles = (rows + g.mr - 1) / g.mr;
      for (int64_t t = 0; t < tiles; t++) {
        int64_t r0 = rows * t / tiles, r1 = rows * (t + 1) / tiles;
        // depth blocks lie apart, so that each is dense
        for (int64_t c0 = 0; c0 < perGroup; c0 += channelBlock()) {
          int64_t k0 = c0 * inner, k1 = std::min(perGroup, c0 + channelBlock()) * inner;
          g.packA(matrix.data() + r0 * depth + k0, depth, 1, static_cast<int>(r1 - r0), k1 - k0, to + r0 * depth + k0 * (r1 - r0));
        }
      }
    }
  }

  // For each of `count` output positions from `first`: the offset in an input plane under kernel position `k`, -1 outside.
  void offsets(const int64_t* k, int64_t first, int64_t count, int64_t* to) const {
    int64_t at[3];
    int64_t rest = first;
    for (int d = s.spatial - 1; d >= 0; d--) {
      at[d] = rest % s.output[d];
      rest /= s.output[d];
    }
    for (int64_t i = 0; i < count; i++) {
      int64_t offset = 0;
      bool inside = true;
      for (int d = 0; d < s.spatial; d++) {
        int64_t x;
        if (s.transposed) {
          int64_t y = at[d] + s.padding[d] - k[d] * s.dilation[d];
          x = y / s.stride[d];
          inside = inside && y >= 0 && y % s.stride[d] == 0 && x < s.input[d];
        } else {
          x = at[d] * s.stride[d] - s.padding[d] + k[d] * s.dilation[d];
          inside = inside && x >= 0 && x < s.input[d];
        }
        offset += x * input.strides[d + 2];
      }
      to[i] = inside ? offset : -1;
      for (int d = s.spatial - 1; d >= 0 && ++at[d] == s.output[d]; d--) at[d] = 0;
    }
  }

  template <class T>
  void runTyped(Run& run) {
    const T *x = run.ptr<T>(in), *pb = run.ptrOrNull<T>(b);
    T* y = run.ptr<T>(out);
    const char* weights = packed ? packed->get(run.scratch + packedAt) : nullptr;
    char* scratch = run.scratch;
    if (!packed) {
      char* to = scratch + (few ? windowBytes + resultBytes : static_cast<size_t>(threads) * windowBytes);
      for (int64_t group = 0; group < s.groups; group++) packWeights(run.ptr<T>(w), group, reinterpret_cast<T*>(to + static_cast<size_t>(group) * weightBytes));
      weights = to;
    }
    if (few) runFew(run, x, weights, pb, y, scratch);
    else runMany(run, x, weights, pb, y, scratch);
  }

  template <class T>
  void applyTail(Run& run, T* y, int64_t firstRow, int64_t count) {
    if (tail.empty()) return;
    if constexpr (std::is_same_v<T, float>) {
      const char* bases[GemmTail::kMaxOperands];
      tail.bind(run, bases);
      int64_t columns = s.outputSize();
      if (tail.uniform()) {
        tail.apply(y + firstRow * columns, 0, 0, count * columns, bases);
        return;
      }
      for (int64_t r = firstRow; r < firstRow + count; r++) tail.apply(y + r * columns, r, 0, columns, bases);
    }
  }

  template <class T>
  void runFew(Run& run, const T* x, const char* weights, const T* pb, T* y, char* scratch) {
    int64_t positions = s.outputSize(), perGroup = s.inputChannels / s.groups;
    T *windows = reinterpret_cast<T*>(scratch), *result = reinterpret_cast<T*>(scratch + windowBytes);
    int64_t offset[256];
    for (int64_t group = 0; group < s.groups; group++) {
      int64_t at[3] = {0, 0, 0};
      for (int64_t i = 0; i < inner; i++) {
        offsets(at, 0, positions, offset);
        for (int64_t n = 0; n < s.batch; n++) {
          const T* image = x + n * input.strides[0] + group * perGroup * input.strides[1];
          for (int64_t q = 0; q < positions; q++) {
            T* row = windows + (n * positions + q) * depth + i;
            if (offset[q] < 0) {
              for (int64_t c = 0; c < perGroup; c++) row[c * inner] = T(0);
            } else {
              const T* from = image + offset[q];
              for (int64_t c = 0; c < perGroup; c++) row[c * inner] = from[c * input.strides[1]];
            }
          }
        }
        for (int d = s.spatial - 1; d >= 0 && ++at[d] == s.kernel[d]; d--) at[d] = 0;
      }
      gemm(GemmShape{s.batch * positions, rows, depth}, windows, depth, 1, reinterpret_cast<const T*>(weights + static_cast<size_t>(group) * weightBytes), result, rows,
           pb ? pb + group * rows : nullptr, nullptr, NoTail{});
      for (int64_t n = 0; n < s.batch; n++) {
        T* to = y + (n * s.outputChannels + group * rows) * positions;
        const T* from = result + n * positions * rows;
        for (int64_t r = 0; r < rows; r++)
          for (int64_t q = 0; q < positions; q++) to[r * positions + q] = from[q * rows + r];
      }
    }
    applyTail(run, y, 0, s.batch * s.outputChannels);
  }

  template <class T>
  void runMany(Run& run, const T* x, const char* weights, const T* pb, T* y, char* scratch) {
    const auto& g = gemmKernels<T>();
    int64_t positions = s.outputSize(), perGroup = s.inputChannels / s.groups, panels = (positions + g.nr - 1) / g.nr;
    int64_t tiles = (rows + g.mr - 1) / g.mr;
    double cost = static_cast<double>(rows) * static_cast<double>(depth) * g.nr;
    int64_t total = s.batch * s.groups * panels;
    parallelFor(total, static_cast<int64_t>(100000 / (cost + 1)) + 1, [&](int64_t from, int64_t end) {
      T* window = reinterpret_cast<T*>(scratch + static_cast<size_t>(threadNumber()) * windowBytes);
      int64_t offset[64];
      for (int64_t job = from; job < end; job++) {
        int64_t panel = job % panels, group = job / panels % s.groups, n = job / panels / s.groups;
        int64_t first = panel * g.nr;
        int count = static_cast<int>(std::min<int64_t>(g.nr, positions - first));
        const T* image = x + n * input.strides[0] + group * perGroup * input.strides[1];
        T* to = y + (n * s.outputChannels + group * rows) * positions + first;
        const T* matrix = reinterpret_cast<const T*>(weights + static_cast<size_t>(group) * weightBytes);
        for (int64_t c0 = 0; c0 < perGroup; c0 += channelBlock()) {
          int64_t c1 = std::min(perGroup, c0 + channelBlock()), kc = (c1 - c0) * inner;
          int64_t at[3] = {0, 0, 0};
          for (int64_t i = 0; i < inner; i++) {
            offsets(at, first, count, offset);
            bool dense = offset[0] >= 0;
            for (int q = 1; q < count; q++) dense = dense && offset[q] == offset[0] + q;
            for (int64_t c = c0; c < c1; c++) {
              const T* plane = image + c * input.strides[1];
              T* row = window + ((c - c0) * inner + i) * g.nr;
              if (dense) {
                std::memcpy(row, plane + offset[0], sizeof(T) * count);
              } else {
                for (int q = 0; q < count; q++) row[q] = offset[q] < 0 ? T(0) : plane[offset[q]];
              }
              for (int q = count; q < g.nr; q++) row[q] = T(0);
            }
            for (int d = s.spatial - 1; d >= 0 && ++at[d] == s.kernel[d]; d--) at[d] = 0;
          }
          for (int64_t t = 0; t < tiles; t++) {
            int64_t r0 = rows * t / tiles, r1 = rows * (t + 1) / tiles;
            T* c = to + r0 * positions;
            int height = static_cast<int>(r1 - r0);
            bool more = c0 > 0;
            if (!more && pb) {
              for (int r = 0; r < height; r++) std::fill_n(c + r * positions, count, pb[group * rows + r0 + r]);
              more = true;
            }
            g.tile(kc, matrix + r0 * depth + c0 * inner * height, 0, window, g.nr, c, positions, height, count, nullptr, more);
          }
        }
        if (!tail.empty()) {
          if constexpr (std::is_same_v<T, float>) {
            const char* bases[GemmTail::kMaxOperands];
            tail.bind(run, bases);
            int64_t row = n * s.outputChannels + group * rows;
            for (int64_t r = 0; r < rows; r++) tail.apply(to + r * positions, row + r, first, count, bases);
          }
        }
      }
    });
  }
};

}  // namespace

Tensor convolutionPlain(Planner& p, const ConvolutionSpec& s, const Tensor& input, const Tensor& weight, const Tensor& bias) {
  auto step = std::make_unique<PlainConvolutionStep>();
  step->name = "conv.plain";
  step->s = s;
  step->planner = &p;
  step->input = input;
  // windows are gathered row by row
  for (int i = 0; i < input.sizes.n; i++)
    if (input.strides[i] < 0) step->input = p.contiguous(input);
  if (step->input.stride(-1) != 1) step->input = p.contiguous(input);
  step->weight = weight;
  if (bias.defined()) step->bias = p.contiguous(bias);
  Tensor y = p.empty(input.dtype, s.outputSizes());
  step->current = y;
  step->reads = {step->input.buffer, weight.buffer};
  if (bias.defined()) step->reads.push_back(step->bias.buffer);
  step->writes = {y.buffer};
  p.record(std::move(step));
  return y;
}

}  // namespace tsjit
