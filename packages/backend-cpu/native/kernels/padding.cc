// Padding of every mode and roll: each output coordinate takes an input coordinate or the padding value, one pass over the output.
#include <algorithm>
#include <cstring>
#include <vector>

#include "memory_format.h"
#include "offsets.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

using Map = std::vector<int64_t>;  // output coordinate to input coordinate, -1: the padding value; empty: the same

// x by coordinate maps, in x's memory format (contiguous or channels last); `value`: a 0-dim tensor of x's dtype.
Tensor remapped(Planner& p, const char* name, const Tensor& given, const Dims& sizes, const std::vector<Map>& maps, const Tensor& value, bool keepsFormat) {
  int64_t format = kContiguousFormat;
  if (keepsFormat && !given.isContiguous()) {
    if (given.dim() == 4 && hasFormat(given, kChannelsLast)) format = kChannelsLast;
    if (given.dim() == 5 && hasFormat(given, kChannelsLast3d)) format = kChannelsLast3d;
  }
  Tensor x = format == kContiguousFormat ? p.contiguous(given) : given;
  Tensor out = p.emptyStrided(x.dtype, sizes, formatStrides(sizes, format));
  if (out.numel() == 0) return out;
  // dimensions as they lie in memory, the unmapped ones at the end as one chunk
  std::vector<int> order;
  order.push_back(0);
  for (int d = format == kContiguousFormat ? 1 : 2; d < x.dim(); d++) order.push_back(d);
  if (format != kContiguousFormat) order.push_back(1);
  int64_t chunk = 1;
  while (!order.empty() && (x.dim() == 0 || maps[order.back()].empty())) {
    if (x.dim()) chunk *= x.sizes[order.back()];
    order.pop_back();
  }
  struct Dim { int64_t size, stride; const Map map; };
  std::vector<Dim> dims;
  Dims strides = formatStrides(x.sizes, format);
  for (int d : order) dims.push_back({sizes[d], strides[d], maps[d]});
  struct Stretch { int64_t at, length, from; };
  std::vector<Stretch> stretches;
  if (dims.empty()) {
    stretches.push_back({0, 1, 0});
  } else {
    const Map& m = dims.back().map;
    for (int64_t i = 0; i < static_cast<int64_t>(m.size()); i++) {
      if (!stretches.empty()) {
        Stretch& s = stretches.back();
        if (s.from < 0 ? m[i] < 0 : m[i] == s.from + s.length) {
          s.length++;
          continue;
        }
      }
      stretches.push_back({i, 1, m[i]});
    }
  }
  int64_t row = dims.empty() ? 1 : dims.back().size, step = dims.empty() ? 1 : dims.back().stride, rows = 1;
  for (size_t d = 0; d + 1 < dims.size(); d++) rows *= dims[d].size;
  Slot in = p.slot(x), to = p.slot(out), filler = slotOf(value);
  size_t item = itemSize(x.dtype);
  std::vector<Tensor> reads{x};
  if (value.defined()) reads.push_back(value);
  p.step(name, reads, {out}, [=](Run& r) {
    bySize(item, [&](auto unit) {
      using T = decltype(unit);
      const T* source = r.ptr<T>(in);
      T* target = r.ptr<T>(to);
      const T fill = filler.valid() ? *r.ptr<T>(filler) : T{};
      parallelFor(rows, std::max<int64_t>(1, 32768 / (row * chunk)), [&](int64_t begin, int64_t end) {
        for (int64_t o = begin; o < end; o++) {
          int64_t rest = o, base = 0;
          bool outside = false;
          for (int d = static_cast<int>(dims.size()) - 2; d >= 0; d--) {
            int64_t c = rest % dims[d].size;
            rest /= dims[d].size;
            if (!dims[d].map.empty()) c = dims[d].map[c];
            outside = outside || c < 0;
            base += c * dims[d].stride;
          }
          T* y = target + o * row * chunk;
          if (outside) {
            std::fill_n(y, row * chunk, fill);
            continue;
          }
          for (const Stretch& s : stretches) {
            T* z = y + s.at * chunk;
            int64_t n = s.length * chunk;
            if (s.from < 0) std::fill_n(z, n, fill);
            else if (n == 1) *z = source[base + s.from * step];
            else std::memcpy(z, source + base + s.from * step, static_cast<size_t>(n) * sizeof(T));
          }
        }
      });
    });
  });
  return out;
}

enum class Mode { Constant, Reflect, Replicate, Circular };

Tensor padded(Planner& p, Tensor x, const Dims& pad, Mode mode, const Value& value) {
  require(pad.n % 2 == 0 && pad.n / 2 <= x.dim(), "pad's list");
  require(mode == Mode::Constant || (x.numel() > 0 && (mode == Mode::Circular || x.dtype != DType::Bool)), "padding of nothing or of bool");
  Dims sizes = x.sizes;
  std::vector<Map> maps(static_cast<size_t>(x.dim()));
  bool outside = false;
  for (int i = 0; i < pad.n / 2; i++) {
    int axis = x.dim() - 1 - i;
    int64_t before = pad[2 * i], after = pad[2 * i + 1], n = x.sizes[axis];
    if (before == 0 && after == 0) continue;
    require(std::abs(before) < (int64_t{1} << 40) && std::abs(after) < (int64_t{1} << 40), "pad's list");
    // negative padding cuts first
    int64_t first = std::max<int64_t>(0, -before);
    n += std::min<int64_t>(0, before) + std::min<int64_t>(0, after);
    before = std::max<int64_t>(0, before);
    after = std::max<int64_t>(0, after);
    require(n >= 0 && (mode == Mode::Constant || n > 0), "pad below nothing");
    require(mode != Mode::Reflect || (before < n && after < n), "reflected padding beyond the input");
    require(mode != Mode::Circular || (before <= n && after <= n), "circular padding beyond the input");
    sizes[axis] = before + n + after;
    require(sizes[axis] <= (int64_t{1} << 28), "a padded size too large");
    outside = outside || before > 0 || after > 0;
    for (int64_t k = -before; k < n + after; k++) {
      int64_t at = k;
      if (k < 0 || k >= n) {
        switch (mode) {
          case Mode::Constant: at = -1; break;
          case Mode::Reflect: at = k < 0 ? -k : 2 * (n - 1) - k; break;
          case Mode::Replicate: at = k < 0 ? 0 : n - 1; break;
          case Mode::Circular: at = k < 0 ? k + n : k - n; break;
        }
      }
      maps[axis].push_back(at < 0 ? -1 : at + first);
    }
  }
  Tensor filler;
  if (mode == Mode::Constant && outside) {
    require(!isComplex(x.dtype), "pad of complex numbers");
    filler = p.empty(x.dtype, Dims{});
    pointwise(p, PwOp::Copy, isFloat(x.dtype) ? x.dtype : value.tag == Value::Tag::Float ? DType::F64 : DType::I64, x.dtype, {value}, 0, 0, 0, &filler);
  }
  return remapped(p, "pad", x, sizes, maps, filler, mode != Mode::Circular);
}
void constantPad(Planner& p, Args& a) { a.ret(padded(p, a.tensor(0), a.ints(1), Mode::Constant, a.value(2))); }

Tensor bordered(Planner& p, const Tensor& x, const Dims& pad, Mode mode) {
  require(pad.n % 2 == 0 && pad.n >= 2 && pad.n <= 6 && (x.dim() == pad.n / 2 + 1 || x.dim() == pad.n / 2 + 2), "padding of this many dimensions");
  return padded(p, x, pad, mode, Value::none());
}
template <Mode MODE, int N>
void borderPad(Planner& p, Args& a) {
  require(a.ints(1).n == 2 * N, "padding of this many dimensions");
  a.ret(bordered(p, a.tensor(0), a.ints(1), MODE));
}
void circularPad(Planner& p, Args& a) { a.ret(bordered(p, a.tensor(0), a.ints(1), Mode::Circular)); }
void pad(Planner& p, Args& a) {
  const std::string& mode = a.text(2);
  if (mode == "constant") return a.ret(padded(p, a.tensor(0), a.ints(1), Mode::Constant, a.isNone(3) ? Value::ofFloat(0) : a.value(3)));
  require(a.isNone(3) && (mode == "reflect" || mode == "replicate" || mode == "circular"), "pad's mode");
  a.ret(bordered(p, a.tensor(0), a.ints(1), mode == "reflect" ? Mode::Reflect : mode == "replicate" ? Mode::Replicate : Mode::Circular));
}
void padEnum(Planner& p, Args& a) {
  int64_t mode = a.integer(2);  // reflect, replicate, circular, constant
  require(mode >= 0 && mode <= 3, "pad's mode");
  if (mode == 3) return a.ret(padded(p, a.tensor(0), a.ints(1), Mode::Constant, a.isNone(3) ? Value::ofFloat(0) : a.value(3)));
  require(a.isNone(3), "pad's mode");
  a.ret(bordered(p, a.tensor(0), a.ints(1), mode == 0 ? Mode::Reflect : mode == 1 ? Mode::Replicate : Mode::Circular));
}

void roll(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  Dims shifts = a.ints(1), dims = a.ints(2), original = x.sizes;
  bool flat = dims.n == 0;
  if (flat) {
    require(shifts.n == 1, "roll's lists");
    x = p.contiguous(x);
    x = p.view(x, Dims{x.numel()}, Dims{1}, x.offset);
    dims = Dims{0};
  }
  require(shifts.n == dims.n, "roll's lists");
  Dims shift(x.dim(), 0);
  for (int k = 0; k < dims.n; k++) {
    int axis = axisOf(dims[k], x.dim());
    int64_t n = x.dim() ? x.sizes[axis] : 1;
    if (n > 0 && x.dim()) shift[axis] = ((shift[axis] + shifts[k] % n) % n + n) % n;
  }
  std::vector<Map> maps(static_cast<size_t>(x.dim()));
  for (int d = 0; d < x.dim(); d++) {
    if (shift[d] == 0) continue;
    require(x.sizes[d] <= (int64_t{1} << 28), "a roll of a dimension too large");
    for (int64_t i = 0; i < x.sizes[d]; i++) maps[d].push_back(i < shift[d] ? i - shift[d] + x.sizes[d] : i - shift[d]);
  }
  Tensor y = remapped(p, "roll", x, x.sizes, maps, Tensor{}, false);
  a.ret(flat ? p.view(y, original, contiguousStrides(original), 0) : y);
}

TSJIT_KERNEL("aten::constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor", (constantPad));
TSJIT_KERNEL("aten::pad(Tensor self, SymInt[] pad, str mode=\"constant\", float? value=None) -> Tensor", (pad));
TSJIT_KERNEL("aten::_pad_enum(Tensor self, SymInt[] pad, int mode, float? value=None) -> Tensor", (padEnum));
TSJIT_KERNEL("aten::_pad_circular(Tensor self, SymInt[] pad) -> Tensor", (circularPad));
TSJIT_KERNEL("aten::reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor", (borderPad<Mode::Reflect, 1>));
TSJIT_KERNEL("aten::reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor", (borderPad<Mode::Reflect, 2>));
TSJIT_KERNEL("aten::reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor", (borderPad<Mode::Reflect, 3>));
TSJIT_KERNEL("aten::replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor", (borderPad<Mode::Replicate, 1>));
TSJIT_KERNEL("aten::replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor", (borderPad<Mode::Replicate, 2>));
TSJIT_KERNEL("aten::replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor", (borderPad<Mode::Replicate, 3>));
TSJIT_KERNEL("aten::roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor", (roll));

}  // namespace
}  // namespace tsjit
