// Elements in another place: flips, pixel shuffles, grids, windows, triangles and diagonals.
#include <algorithm>
#include <cstring>

#include "axes.h"
#include "memory_format.h"
#include "offsets.h"
#include "strided_copy.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

Tensor flipped(Planner& p, const Tensor& x, const Dims& dims) {
  Dims from = x.strides;
  int64_t offset = 0;
  unsigned seen = 0;
  for (int64_t d : dims) {
    int axis = axisOf(d, x.dim());
    require(!(seen >> axis & 1), "a dimension flipped twice");
    seen |= 1u << axis;
    if (x.dim() == 0) continue;
    from[axis] = -x.strides[axis];
    offset += (x.sizes[axis] - 1) * x.strides[axis];
  }
  Tensor y = p.emptyStrided(x.dtype, x.sizes, nonOverlappingDense(x) ? x.strides : orderedStrides(x));
  if (x.numel() == 0) return y;
  size_t item = itemSize(x.dtype);
  Slot in = p.slot(x), out = p.slot(y);
  int last = x.dim() - 1;
  while (last > 0 && x.sizes[last] == 1) last--;
  if (x.isContiguous() && x.dim() > 0 && (seen >> last & 1) && item <= 8) {  // rows backwards
    Loops<1> rows;
    for (int d = 0; d < last; d++) rows.add(x.sizes[d], {from[d]});
    int64_t n = x.sizes[last], count = rows.count();
    p.step("flip", {x}, {y}, [=](Run& r) {
      bySize(item, [&](auto unit) {
        using T = decltype(unit);
        parallelFor(count, std::max<int64_t>(1, 32768 / n), [&](int64_t begin, int64_t end) {
          for (int64_t o = begin; o < end; o++) {
            int64_t at;
            rows.at(o, 0, &at);
            const T* source = r.ptr<T>(in) + offset + at;
            T* target = r.ptr<T>(out) + o * n;
            for (int64_t i = 0; i < n; i++) target[i] = source[-i];
          }
        });
      });
    });
    return y;
  }
  StridedCopy copy(item, x.sizes, y.strides, from);
  offset *= static_cast<int64_t>(item);
  p.step("flip", {x}, {y}, [=](Run& r) { copy.run(r.ptr<char>(out), r.ptr<char>(in) + offset); });
  return y;
}
void flip(Planner& p, Args& a) { a.ret(flipped(p, a.tensor(0), a.ints(1))); }
template <int AXIS>
void flipAxis(Planner& p, Args& a) {  // flipud, fliplr
  require(a.tensorAnyLayout(0).dim() > AXIS, "a flip of too few dimensions");
  a.ret(flipped(p, a.tensor(0), Dims{AXIS}));
}
void rot90(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  Dims dims = a.ints(2);
  require(dims.n == 2 && x.dim() >= 2, "rot90's dimensions");
  int d0 = axisOf(dims[0], x.dim()), d1 = axisOf(dims[1], x.dim());
  require(d0 != d1, "rot90's dimensions");
  int64_t k = (a.integer(1) % 4 + 4) % 4;
  if (k == 0) return a.ret(p.callTensor("aten::clone", {Value::of(x), Value::ofInt(0)}));
  if (k == 2) return a.ret(flipped(p, x, Dims{d0, d1}));
  Tensor f = flipped(p, x, Dims{k == 1 ? d1 : d0});
  std::swap(f.sizes[d0], f.sizes[d1]);
  std::swap(f.strides[d0], f.strides[d1]);
  a.ret(f);
}

// x seen as `sizes` in the order `order`, stored as a tensor of `result` sizes that keeps x's channels-last format where it has one.
Tensor rearranged(Planner& p, const Tensor& given, const Dims& sizes, const Dims& order, const Dims& result, bool keepsFormat) {
  bool channelsLast = keepsFormat && given.dim() == 4 && hasFormat(given, kChannelsLast) && !given.isContiguous();
  Tensor x = channelsLast ? given : p.contiguous(given);
  Tensor out = channelsLast ? p.emptyStrided(x.dtype, result, formatStrides(result, kChannelsLast)) : p.empty(x.dtype, result);
  if (out.numel() == 0) return out;
  // strides of the split view: splitting a dimension never needs a copy
  Dims strides;
  int d = 0;
  int64_t rest = x.dim() ? x.sizes[0] : 1;
  for (int i = 0; i < sizes.n; i++) {
    while (rest == 1 && d + 1 < x.dim() && sizes[i] != 1) rest = x.sizes[++d];
    if (sizes[i] == 1) {
      strides.push_back(0);
      continue;
    }
    require(rest % sizes[i] == 0, "a shuffle of sizes that do not divide");
    rest /= sizes[i];
    strides.push_back(rest * x.strides[d]);
  }
  Dims from, permuted;
  for (int64_t o : order) {
    permuted.push_back(sizes[static_cast<int>(o)]);
    from.push_back(strides[static_cast<int>(o)]);
  }
  // the result's strides split the same way
  Dims to;
  d = 0;
  rest = result.n ? result[0] : 1;
  for (int i = 0; i < permuted.n; i++) {
    while (rest == 1 && d + 1 < result.n && permuted[i] != 1) rest = result[++d];
    if (permuted[i] == 1) {
      to.push_back(0);
      continue;
    }
    rest /= permuted[i];
    to.push_back(rest * out.strides[d]);
  }
  p.copy(p.view(out, permuted, to, 0), p.view(x, permuted, from, x.offset));
  return out;
}
void pixelShuffle(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int64_t r = a.integer(1);
  require(x.dim() >= 3 && r > 0 && r < (1 << 20) && x.size(-3) % (r * r) == 0, "pixel_shuffle's sizes");
  int lead = x.dim() - 3;
  Dims sizes, order, result;
  for (int i = 0; i < lead; i++) sizes.push_back(x.sizes[i]), order.push_back(i), result.push_back(x.sizes[i]);
  int64_t c = x.size(-3) / (r * r), h = x.size(-2), w = x.size(-1);
  for (int64_t s : {c, r, r, h, w}) sizes.push_back(s);
  for (int o : {0, 3, 1, 4, 2}) order.push_back(lead + o);
  for (int64_t s : {c, h * r, w * r}) result.push_back(s);
  a.ret(rearranged(p, x, sizes, order, result, true));
}
void pixelUnshuffle(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int64_t r = a.integer(1);
  require(x.dim() >= 3 && r > 0 && x.size(-2) % r == 0 && x.size(-1) % r == 0, "pixel_unshuffle's sizes");
  int lead = x.dim() - 3;
  Dims sizes, order, result;
  for (int i = 0; i < lead; i++) sizes.push_back(x.sizes[i]), order.push_back(i), result.push_back(x.sizes[i]);
  int64_t c = x.size(-3), h = x.size(-2) / r, w = x.size(-1) / r;
  for (int64_t s : {c, h, r, w, r}) sizes.push_back(s);
  for (int o : {0, 2, 4, 1, 3}) order.push_back(lead + o);
  for (int64_t s : {c * r * r, h, w}) result.push_back(s);
  a.ret(rearranged(p, x, sizes, order, result, true));
}
void channelShuffle(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int64_t groups = a.integer(1);
  require(x.dim() >= 3 && groups > 0 && x.sizes[1] % groups == 0, "channel_shuffle's sizes");
  Dims sizes{x.sizes[0], groups, x.sizes[1] / groups}, order{0, 2, 1};
  for (int i = 2; i < x.dim(); i++) sizes.push_back(x.sizes[i]), order.push_back(i + 1);
  a.ret(rearranged(p, x, sizes, order, x.sizes, true));
}

// Views of the vectors along one dimension each.
void grid(Planner& p, Args& a, bool swap) {
  auto list = a.tensors(0);
  require(!list.empty(), "meshgrid of nothing");
  swap = swap && list.size() > 1;
  if (swap) std::swap(list[0], list[1]);
  Dims shape;
  for (auto& t : list) {
    require(t.dim() <= 1 && t.dtype == list[0].dtype, "meshgrid of tensors that are no vectors of one dtype");
    shape.push_back(t.numel());
  }
  std::vector<Value> out;
  for (size_t i = 0; i < list.size(); i++) {
    Dims strides(shape.n, 0);
    strides[static_cast<int>(i)] = list[i].dim() ? list[i].strides[0] : 1;
    out.push_back(Value::of(p.view(list[i], shape, strides, list[i].offset)));
  }
  if (swap) std::swap(out[0], out[1]);
  a.ret(Value::list(std::move(out)));
}
void meshgrid(Planner& p, Args& a) { grid(p, a, false); }
void meshgridIndexing(Planner& p, Args& a) {
  require(a.text(1) == "ij" || a.text(1) == "xy", "meshgrid's indexing");
  grid(p, a, a.text(1) == "xy");
}

Tensor half(Planner& p, const Tensor& x, int axis, int64_t start, int64_t length) {
  Dims sizes = x.sizes;
  sizes[axis] = length;
  return p.view(x, sizes, x.strides, x.offset + start * x.strides[axis]);
}
void glu(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  require(x.dim() > 0 && isFloat(x.dtype), "glu of this tensor");
  int axis = axisOf(a.integer(1), x.dim());
  require(x.sizes[axis] % 2 == 0, "glu of an odd size");
  int64_t n = x.sizes[axis] / 2;
  Tensor gate = pointwise(p, PwOp::Sigmoid, x.dtype, x.dtype, {Value::of(half(p, x, axis, n, n))});
  a.ret(pointwise(p, PwOp::Mul, x.dtype, x.dtype, {Value::of(half(p, x, axis, 0, n)), Value::of(gate)}));
}
void diff(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  int64_t n = a.integer(1);
  require(x.dim() > 0 && n >= 0, "diff of this tensor");
  int axis = axisOf(a.integer(2), x.dim());
  if (!a.isNone(3) || !a.isNone(4)) {
    std::vector<Value> parts;
    if (!a.isNone(3)) parts.push_back(a.value(3));
    parts.push_back(Value::of(x));
    if (!a.isNone(4)) parts.push_back(a.value(4));
    x = p.callTensor("aten::cat", {Value::list(std::move(parts)), Value::ofInt(axis)});
  }
  if (n == 0) return a.ret(p.callTensor("aten::clone", {Value::of(x), Value::ofInt(0)}));
  n = std::min(n, x.sizes[axis]);
  for (int64_t i = 0; i < n; i++) {
    int64_t m = std::max<int64_t>(x.sizes[axis] - 1, 0);
    Tensor high = half(p, x, axis, x.sizes[axis] ? 1 : 0, m), low = half(p, x, axis, 0, m);
    if (x.dtype == DType::Bool) x = p.callTensor("aten::logical_xor", {Value::of(high), Value::of(low)});
    else x = p.callTensor("aten::sub.Tensor", {Value::of(high), Value::of(low), Value::ofInt(1)});
  }
  a.ret(x);
}

// --- windows ----------------------------------------------------------------------------------------------------

struct Windows {
  int64_t kh, kw, dh, dw, ph, pw, sh, sw, oh, ow;
};
Windows windows(const Args& a, int first, int64_t h, int64_t w) {
  Dims k = a.ints(first), d = a.ints(first + 1), pad = a.ints(first + 2), s = a.ints(first + 3);
  for (const Dims* x : {&k, &d, &pad, &s}) {
    require(x->n == 2, "a window's sizes");
    for (int64_t v : *x) require(v >= 0 && v < (1 << 24), "a window's sizes");
  }
  Windows r{k[0], k[1], d[0], d[1], pad[0], pad[1], s[0], s[1], 0, 0};
  require(r.kh > 0 && r.kw > 0 && r.dh > 0 && r.dw > 0 && r.sh > 0 && r.sw > 0, "a window's sizes");
  int64_t spanH = h + 2 * r.ph - r.dh * (r.kh - 1) - 1, spanW = w + 2 * r.pw - r.dw * (r.kw - 1) - 1;
  require(spanH >= 0 && spanW >= 0, "windows larger than the image");
  r.oh = spanH / r.sh + 1;
  r.ow = spanW / r.sw + 1;
  return r;
}
// Calls body(column row, image row or -1, first and last+1 output column within the image, image column of the first) for one kernel place.
template <class Body>
void eachRow(const Windows& g, int64_t h, int64_t w, int64_t ki, int64_t kj, const Body& body) {
  int64_t shift = kj * g.dw - g.pw;  // image column = ox * sw + shift
  int64_t begin = shift >= 0 ? 0 : std::min(g.ow, (-shift + g.sw - 1) / g.sw);
  int64_t end = w - shift <= 0 ? 0 : std::min(g.ow, (w - shift + g.sw - 1) / g.sw);
  end = std::max(end, begin);
  for (int64_t oy = 0; oy < g.oh; oy++) {
    int64_t iy = oy * g.sh + ki * g.dh - g.ph;
    body(oy, iy >= 0 && iy < h ? iy : -1, begin, end, begin * g.sw + shift);
  }
}
void im2col(Planner& p, Args& a) {
  Tensor x = p.contiguous(a.tensor(0));
  bool batched = x.dim() == 4;
  require(batched || x.dim() == 3, "im2col of three or four dimensions");
  int64_t n = batched ? x.sizes[0] : 1, c = x.size(-3), h = x.size(-2), w = x.size(-1);
  require(c > 0 && h > 0 && w > 0, "im2col of an empty image");
  Windows g = windows(a, 1, h, w);
  Dims sizes{c * g.kh * g.kw, g.oh * g.ow};
  if (batched) sizes.insert(0, n);
  Tensor y = p.empty(x.dtype, sizes);
  Slot in = p.slot(x), out = p.slot(y);
  size_t item = itemSize(x.dtype);
  auto run = [=](auto* from, auto* to) {
    int64_t places = g.kh * g.kw, each = g.oh * g.ow;
    parallelFor(n * c * places, std::max<int64_t>(1, 16384 / each), [&](int64_t b, int64_t e) {
      for (int64_t u = b; u < e; u++) {
        auto* image = from + u / places * h * w;
        auto* row = to + u * each;
        eachRow(g, h, w, u % places / g.kw, u % g.kw, [&](int64_t oy, int64_t iy, int64_t begin, int64_t end, int64_t ix) {
          auto* y = row + oy * g.ow;
          if (iy < 0) return void(std::fill_n(y, g.ow, 0));
          std::fill_n(y, begin, 0);
          if (g.sw == 1) std::copy_n(image + iy * w + ix, end - begin, y + begin);
          else for (int64_t i = begin; i < end; i++) y[i] = image[iy * w + ix + (i - begin) * g.sw];
          std::fill(y + end, y + g.ow, 0);
        });
      }
    });
  };
  require(isFloat(x.dtype) || x.dtype == DType::Bool, "im2col of this dtype");
  p.step("im2col", {x}, {y}, [=](Run& r) {
    switch (item) {
      case 1: return run(r.ptr<uint8_t>(in), r.ptr<uint8_t>(out));
      case 2: return run(r.ptr<uint16_t>(in), r.ptr<uint16_t>(out));
      case 4: return run(r.ptr<uint32_t>(in), r.ptr<uint32_t>(out));
      default: return run(r.ptr<uint64_t>(in), r.ptr<uint64_t>(out));
    }
  });
  a.ret(y);
}
void col2im(Planner& p, Args& a) {
  Tensor x = p.contiguous(a.tensor(0));
  require(x.dtype == DType::F32 || x.dtype == DType::F64, "col2im of this dtype");
  bool batched = x.dim() == 3;
  require(batched || x.dim() == 2, "col2im of two or three dimensions");
  Dims size = a.ints(1);
  require(size.n == 2 && size[0] > 0 && size[1] > 0 && size[0] < (1 << 24) && size[1] < (1 << 24), "col2im's output size");
  int64_t h = size[0], w = size[1];
  Windows g = windows(a, 2, h, w);
  int64_t places = g.kh * g.kw, n = batched ? x.sizes[0] : 1;
  require(x.size(-2) % places == 0 && x.size(-1) == g.oh * g.ow && x.size(-2) > 0, "col2im's columns");
  int64_t c = x.size(-2) / places;
  Dims sizes{c, h, w};
  if (batched) sizes.insert(0, n);
  Tensor y = p.empty(x.dtype, sizes);
  Slot in = p.slot(x), out = p.slot(y);
  bool single = x.dtype == DType::F32;
  auto run = [=](auto* from, auto* to) {
    parallelFor(n * c, 1, [&](int64_t b, int64_t e) {
      for (int64_t u = b; u < e; u++) {
        auto* image = to + u * h * w;
        std::fill_n(image, h * w, 0);
        for (int64_t k = 0; k < places; k++) {
          auto* row = from + (u * places + k) * g.oh * g.ow;
          eachRow(g, h, w, k / g.kw, k % g.kw, [&](int64_t oy, int64_t iy, int64_t begin, int64_t end, int64_t ix) {
            if (iy < 0) return;
            auto* y = image + iy * w + ix;
            for (int64_t i = begin; i < end; i++) y[(i - begin) * g.sw] += row[oy * g.ow + i];
          });
        }
      }
    });
  };
  p.step("col2im", {x}, {y}, [=](Run& r) { single ? run(r.ptr<float>(in), r.ptr<float>(out)) : run(r.ptr<double>(in), r.ptr<double>(out)); });
  a.ret(y);
}

// --- triangles and diagonals --------------------------------------------------------------------------------------

template <bool LOWER>
void triangleInPlace(Planner& p, Args& a) {
  Tensor self = a.tensor(0);
  require(self.buffer == a.tensorAnyLayout(0).buffer, "writing into a blocked tensor");
  p.copy(self, p.callTensor(LOWER ? "aten::tril" : "aten::triu", {Value::of(self), a.value(1)}));
  a.ret(a.value(0));
}
template <bool LOWER>
void triangleIndices(Planner& p, Args& a) {
  int64_t rows = a.integer(0), columns = a.integer(1), shift = a.integer(2);
  require(rows >= 0 && columns >= 0 && rows < (1 << 16) && columns < (1 << 16) && rows * columns < (1 << 24) && std::abs(shift) < (1 << 20), "a triangle's sizes");
  require(a.isNone(4) || a.integer(4) == 0, "another layout");
  DType dtype = a.dtypeOr(3, DType::I64);
  require(dtype == DType::I64 || dtype == DType::I32, "a triangle's dtype");
  std::vector<int64_t> r, c;
  for (int64_t i = 0; i < rows; i++) {
    int64_t begin = LOWER ? 0 : std::clamp<int64_t>(i + shift, 0, columns), end = LOWER ? std::clamp<int64_t>(i + shift + 1, 0, columns) : columns;
    for (int64_t j = begin; j < end; j++) r.push_back(i), c.push_back(j);
  }
  Tensor t = p.empty(DType::I64, Dims{2, static_cast<int64_t>(r.size())});
  Slot out = p.slot(t);
  p.step("triangle", {}, {t}, [=](Run& run) {
    std::copy(r.begin(), r.end(), run.ptr<int64_t>(out));
    std::copy(c.begin(), c.end(), run.ptr<int64_t>(out) + r.size());
  });
  a.ret(p.cast(t, dtype));
}
Tensor embedded(Planner& p, const Tensor& x, int64_t shift, int64_t dim1, int64_t dim2) {
  int rank = x.dim() + 1;
  int d1 = axisOf(dim1, rank), d2 = axisOf(dim2, rank);
  require(x.dim() > 0 && d1 != d2 && std::abs(shift) < (1 << 24), "diag_embed's dimensions");
  int64_t n = x.size(-1) + std::abs(shift);
  Dims sizes;
  for (int i = 0, k = 0; i < rank; i++) sizes.push_back(i == d1 || i == d2 ? n : x.sizes[k++]);
  Tensor y = p.empty(x.dtype, sizes);
  pointwise(p, PwOp::Copy, isFloat(x.dtype) ? x.dtype : DType::I64, x.dtype, {Value::ofInt(0)}, 0, 0, 0, &y);
  Dims view, strides;
  for (int i = 0; i < rank; i++)
    if (i != d1 && i != d2) view.push_back(sizes[i]), strides.push_back(y.strides[i]);
  view.push_back(x.size(-1));
  strides.push_back(y.strides[d1] + y.strides[d2]);
  int64_t offset = shift >= 0 ? shift * y.strides[d2] : -shift * y.strides[d1];
  if (x.numel() > 0) p.copy(p.view(y, view, strides, offset), x);
  return y;
}
void diagEmbed(Planner& p, Args& a) {
  require(!isComplex(a.tensorAnyLayout(0).dtype), "complex numbers");
  a.ret(embedded(p, a.tensor(0), a.integer(1), a.integer(2), a.integer(3)));
}
void diag(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  require(!isComplex(x.dtype) && (x.dim() == 1 || x.dim() == 2), "diag of this tensor");
  if (x.dim() == 1) return a.ret(embedded(p, x, a.integer(1), 0, 1));
  Tensor view = p.callTensor("aten::diagonal", {Value::of(x), a.value(1), Value::ofInt(0), Value::ofInt(1)});
  a.ret(p.callTensor("aten::clone", {Value::of(view), Value::ofInt(0)}));
}

// --- a copy with another tensor in the place of a view --------------------------------------------------------------

template <class View>
void scattered(Planner& p, Args& a, const View& view) {
  Tensor self = a.tensor(0), source = a.tensor(1);
  require(nonOverlappingDense(self) && source.dtype == self.dtype, "a scattered view of tensors of other strides or dtypes");
  Tensor out = p.plain(p.callTensor("aten::clone", {Value::of(self), Value::ofInt(kPreserveFormat)})), place = view(out);
  require(place.sizes == source.sizes, "a scattered view of other sizes");
  p.copy(place, source);
  a.ret(out);
}
void selectScatter(Planner& p, Args& a) {
  scattered(p, a, [&](const Tensor& t) { return p.callTensor("aten::select.int", {Value::of(t), a.value(2), a.value(3)}); });
}
void sliceScatter(Planner& p, Args& a) {
  scattered(p, a, [&](const Tensor& t) { return p.callTensor("aten::slice.Tensor", {Value::of(t), a.value(2), a.value(3), a.value(4), a.value(5)}); });
}
void diagonalScatter(Planner& p, Args& a) {
  scattered(p, a, [&](const Tensor& t) { return p.callTensor("aten::diagonal", {Value::of(t), a.value(2), a.value(3), a.value(4)}); });
}

// --- lists of tensors --------------------------------------------------------------------------------------------

template <int RANK, int AXIS>
void stacked(Planner& p, Args& a) {  // vstack, hstack, dstack, column_stack: at least RANK dimensions, joined along AXIS
  auto list = a.tensors(0);
  require(!list.empty(), "a stack of nothing");
  std::vector<Value> parts;
  int axis = AXIS;
  for (Tensor t : list) {
    if constexpr (RANK == 0) {  // column_stack: vectors become columns
      if (t.dim() <= 1) t = p.view(t, Dims{t.numel(), 1}, Dims{t.dim() ? t.strides[0] : 1, 1}, t.offset);
    } else if (t.dim() < RANK) {
      int64_t n = t.numel(), s = t.dim() ? t.strides.back() : 1;
      if (RANK == 1) t = p.view(t, Dims{1}, Dims{1}, t.offset);
      else if (RANK == 2) t = p.view(t, Dims{1, n}, Dims{n * s, s}, t.offset);
      else if (t.dim() <= 1) t = p.view(t, Dims{1, n, 1}, Dims{n * s, s, 1}, t.offset);
      else t = p.view(t, Dims{t.sizes[0], t.sizes[1], 1}, Dims{t.strides[0], t.strides[1], 1}, t.offset);
    }
    parts.push_back(Value::of(t));
  }
  if (RANK == 1 && parts[0].tensor.dim() == 1) axis = 0;
  a.ret(p.callTensor("aten::cat", {Value::list(std::move(parts)), Value::ofInt(axis)}));
}
void outer(Planner& p, Args& a) {
  Tensor x = a.tensor(0), y = a.tensor(1);
  require(x.dim() == 1 && y.dim() == 1, "outer of tensors that are no vectors");
  Tensor column = p.view(x, Dims{x.sizes[0], 1}, Dims{x.strides[0], 1}, x.offset);
  a.ret(p.callTensor("aten::mul.Tensor", {Value::of(column), Value::of(y)}));
}

TSJIT_KERNEL("aten::flip(Tensor self, int[] dims) -> Tensor", (flip));
TSJIT_KERNEL("aten::flipud(Tensor self) -> Tensor", (flipAxis<0>));
TSJIT_KERNEL("aten::fliplr(Tensor self) -> Tensor", (flipAxis<1>));
TSJIT_KERNEL("aten::rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor", (rot90));
TSJIT_KERNEL("aten::pixel_shuffle(Tensor self, int upscale_factor) -> Tensor", (pixelShuffle));
TSJIT_KERNEL("aten::pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor", (pixelUnshuffle));
TSJIT_KERNEL("aten::channel_shuffle(Tensor self, SymInt groups) -> Tensor", (channelShuffle));
TSJIT_KERNEL("aten::meshgrid(Tensor[] tensors) -> Tensor[]", (meshgrid));
TSJIT_KERNEL("aten::meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]", (meshgridIndexing));
TSJIT_KERNEL("aten::glu(Tensor self, int dim=-1) -> Tensor", (glu));
TSJIT_KERNEL("aten::diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor", (diff));
TSJIT_KERNEL("aten::im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor", (im2col));
TSJIT_KERNEL("aten::col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor", (col2im));
TSJIT_KERNEL("aten::tril_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!)", (triangleInPlace<true>));
TSJIT_KERNEL("aten::triu_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!)", (triangleInPlace<false>));
TSJIT_KERNEL("aten::tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (triangleIndices<true>));
TSJIT_KERNEL("aten::triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (triangleIndices<false>));
TSJIT_KERNEL("aten::diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor", (diagEmbed));
TSJIT_KERNEL("aten::diag(Tensor self, int diagonal=0) -> Tensor", (diag));
TSJIT_KERNEL("aten::select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor", (selectScatter));
TSJIT_KERNEL("aten::slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor", (sliceScatter));
TSJIT_KERNEL("aten::diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor", (diagonalScatter));
TSJIT_KERNEL("aten::hstack(Tensor[] tensors) -> Tensor", (stacked<1, 1>));
TSJIT_KERNEL("aten::vstack(Tensor[] tensors) -> Tensor", (stacked<2, 0>));
TSJIT_KERNEL("aten::dstack(Tensor[] tensors) -> Tensor", (stacked<3, 2>));
TSJIT_KERNEL("aten::column_stack(Tensor[] tensors) -> Tensor", (stacked<0, 1>));
TSJIT_KERNEL("aten::outer(Tensor self, Tensor vec2) -> Tensor", (outer));

}  // namespace
}  // namespace tsjit
