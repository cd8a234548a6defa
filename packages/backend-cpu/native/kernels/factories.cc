// Tensors made from sizes and numbers.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "axes.h"
#include "fill_value.h"
#include "memory_format.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

// The usual five arguments from `at` on: dtype, layout, device, pin_memory.
DType options(const Args& a, int at, DType otherwise) {
  require(a.isNone(at + 1) || a.integer(at + 1) == 0, "another layout");
  const Value& device = a.value(at + 2);
  require(device.isNone() || (device.text && (*device.text == "cpu" || *device.text == "cpu:0")), "another device");
  return a.dtypeOr(at, otherwise);
}
void fill(Planner& p, const Tensor& t, const Value& v) {
  require(v.isTensor() || (v.isNumber() && v.tag != Value::Tag::Complex), "a fill value that is not a real number");
  require(!isComplex(t.dtype), "a complex fill");
  requireHeld(p, v, t.dtype);
  DType compute = isFloat(t.dtype) ? t.dtype : v.tag == Value::Tag::Float ? DType::F64 : DType::I64;
  if (v.isTensor()) compute = isFloat(t.dtype) ? t.dtype : isFloat(v.tensor.dtype) ? v.tensor.dtype : DType::I64;
  pointwise(p, PwOp::Copy, compute, t.dtype, {v}, 0, 0, 0, &t);
}
DType dtypeOfNumber(const Value& v) { return v.tag == Value::Tag::Float ? DType::F32 : v.tag == Value::Tag::Bool ? DType::Bool : DType::I64; }
Tensor made(Planner& p, const Dims& sizes, DType dtype) {
  for (int64_t s : sizes) require(s >= 0, "a negative size");
  return p.empty(dtype, sizes);
}
template <int N>
void constantOf(Planner& p, Args& a) {  // zeros, ones
  Tensor t = made(p, a.ints(0), options(a, 1, DType::F32));
  fill(p, t, Value::ofInt(N));
  a.ret(t);
}
void empty(Planner& p, Args& a) {
  Dims sizes = a.ints(0);
  DType dtype = options(a, 1, DType::F32);
  for (int64_t s : sizes) require(s >= 0, "a negative size");
  a.ret(p.emptyStrided(dtype, sizes, formatStrides(sizes, a.integerOr(5, kContiguousFormat))));
}
void full(Planner& p, Args& a) {
  Tensor t = made(p, a.ints(0), options(a, 2, dtypeOfNumber(a.value(1))));
  fill(p, t, a.value(1));
  a.ret(t);
}
Tensor like(Planner& p, const Tensor& t, DType dtype, int64_t format) {
  if (format != kPreserveFormat) return p.emptyStrided(dtype, t.sizes, formatStrides(t.sizes, format));
  if (t.layout) return p.empty(dtype, t.sizes);
  return p.emptyStrided(dtype, t.sizes, nonOverlappingDense(t) ? t.strides : orderedStrides(t));
}
template <int N>
void constantLike(Planner& p, Args& a) {
  Tensor self = a.tensorAnyLayout(0), t = like(p, self, options(a, 1, self.dtype), a.integerOr(5, kPreserveFormat));
  fill(p, t, Value::ofInt(N));
  a.ret(t);
}
void emptyLike(Planner& p, Args& a) {
  Tensor self = a.tensorAnyLayout(0);
  a.ret(like(p, self, options(a, 1, self.dtype), a.integerOr(5, kPreserveFormat)));
}
void fullLike(Planner& p, Args& a) {
  Tensor self = a.tensorAnyLayout(0), t = like(p, self, options(a, 2, self.dtype), a.integerOr(6, kPreserveFormat));
  fill(p, t, a.value(1));
  a.ret(t);
}
template <int N>
void newConstant(Planner& p, Args& a) {
  Tensor t = made(p, a.ints(1), options(a, 2, a.tensorAnyLayout(0).dtype));
  fill(p, t, Value::ofInt(N));
  a.ret(t);
}
void newEmpty(Planner& p, Args& a) { a.ret(made(p, a.ints(1), options(a, 2, a.tensorAnyLayout(0).dtype))); }
void newFull(Planner& p, Args& a) {
  Tensor t = made(p, a.ints(1), options(a, 3, a.tensorAnyLayout(0).dtype));
  fill(p, t, a.value(2));
  a.ret(t);
}
void fillInPlace(Planner& p, Args& a) {
  Tensor self = a.tensor(0);
  require(self.buffer == a.tensorAnyLayout(0).buffer, "a fill of a blocked tensor");
  require(!a.value(1).isTensor() || a.value(1).tensor.dim() == 0, "a fill with several values");
  fill(p, self, a.value(1));
  a.ret(a.value(0));
}
void zeroInPlace(Planner& p, Args& a) {
  Tensor self = a.tensor(0);
  require(self.buffer == a.tensorAnyLayout(0).buffer, "a fill of a blocked tensor");
  fill(p, self, Value::ofInt(0));
  a.ret(a.value(0));
}

// --- ranges -----------------------------------------------------------------------------------------------------

void range(Planner& p, Args& a, const Value& start, const Value& end, const Value& step, DType given, bool haveDType) {
  bool floats = start.tag == Value::Tag::Float || end.tag == Value::Tag::Float || step.tag == Value::Tag::Float;
  DType dtype = haveDType ? given : floats ? DType::F32 : DType::I64;
  double d0 = p.read(start), d1 = p.read(end), ds = p.read(step);
  require(ds != 0 && std::isfinite(d0) && std::isfinite(d1) && (ds > 0 ? d1 >= d0 : d1 <= d0), "arange's bounds");
  int64_t n;
  if (!floats && !isFloat(dtype)) n = (end.i - start.i + step.i - (step.i > 0 ? 1 : -1)) / step.i;
  else n = static_cast<int64_t>(std::ceil((d1 - d0) / ds));
  DType wide = isFloat(dtype) ? (dtype == DType::F64 ? DType::F64 : DType::F32) : DType::I64;
  Tensor t = p.empty(wide, Dims{n});
  Slot out = p.slot(t);
  int64_t i0 = floats ? static_cast<int64_t>(d0) : start.i, is = floats ? static_cast<int64_t>(ds) : step.i;
  p.step("arange", {}, {t}, [=](Run& r) {
    if (wide == DType::I64)
      for (int64_t i = 0; i < n; i++) r.ptr<int64_t>(out)[i] = i0 + i * is;
    else if (wide == DType::F32)
      for (int64_t i = 0; i < n; i++) r.ptr<float>(out)[i] = static_cast<float>(d0 + static_cast<double>(i) * ds);
    else
      for (int64_t i = 0; i < n; i++) r.ptr<double>(out)[i] = d0 + static_cast<double>(i) * ds;
  });
  a.ret(p.cast(t, dtype));
}
void arange(Planner& p, Args& a) { range(p, a, Value::ofInt(0), a.value(0), Value::ofInt(1), options(a, 1, DType::F32), !a.isNone(1)); }
void arangeStart(Planner& p, Args& a) { range(p, a, a.value(0), a.value(1), Value::ofInt(1), options(a, 2, DType::F32), !a.isNone(2)); }
void arangeStep(Planner& p, Args& a) { range(p, a, a.value(0), a.value(1), a.value(2), options(a, 3, DType::F32), !a.isNone(3)); }
void linspace(Planner& p, Args& a) {
  DType dtype = options(a, 3, DType::F32);
  require(dtype == DType::F32 || dtype == DType::F64, "linspace of this dtype");
  double d0 = a.number(0), d1 = a.number(1);
  int64_t n = a.integer(2);
  require(n >= 0, "linspace's steps");
  Tensor t = p.empty(dtype, Dims{n});
  Slot out = p.slot(t);
  auto run = [=](auto* y) {
    using T = std::remove_pointer_t<decltype(y)>;
    T begin = static_cast<T>(d0), end = static_cast<T>(d1), step = (end - begin) / static_cast<T>(std::max<int64_t>(n - 1, 1));
    for (int64_t i = 0; i < n; i++) y[i] = i < n / 2 ? begin + step * static_cast<T>(i) : end - step * static_cast<T>(n - 1 - i);
    if (n == 1) y[0] = begin;
  };
  p.step("linspace", {}, {t}, [=](Run& r) { dtype == DType::F32 ? run(r.ptr<float>(out)) : run(r.ptr<double>(out)); });
  a.ret(t);
}
void eyeOf(Planner& p, Args& a, int64_t n, int64_t m, DType dtype) {
  require(n >= 0 && m >= 0, "eye's sizes");
  Tensor t = p.empty(DType::I64, Dims{n, m});
  Slot out = p.slot(t);
  p.step("eye", {}, {t}, [=](Run& r) {
    int64_t* y = r.ptr<int64_t>(out);
    std::fill_n(y, n * m, 0);
    for (int64_t i = 0; i < std::min(n, m); i++) y[i * m + i] = 1;
  });
  a.ret(p.cast(t, dtype));
}
void eye(Planner& p, Args& a) { eyeOf(p, a, a.integer(0), a.integer(0), options(a, 1, DType::F32)); }
void eyeM(Planner& p, Args& a) { eyeOf(p, a, a.integer(0), a.integer(1), options(a, 2, DType::F32)); }

template <bool LOWER>
void triangle(Planner& p, Args& a) {
  Tensor x = p.contiguous(a.tensor(0)), y = p.empty(x.dtype, x.sizes);
  require(x.dim() >= 2, "tril or triu of fewer than two dimensions");
  int64_t shift = a.integer(1), rows = x.size(-2), columns = x.size(-1), matrices = rows * columns > 0 ? x.numel() / (rows * columns) : 0, item = static_cast<int64_t>(itemSize(x.dtype));
  Slot in = p.slot(x), out = p.slot(y);
  p.step(LOWER ? "tril" : "triu", {x}, {y}, [=](Run& r) {
    const char* from = r.ptr<char>(in);
    char* to = r.ptr<char>(out);
    for (int64_t k = 0; k < matrices * rows; k++, from += columns * item, to += columns * item) {
      int64_t cut = std::clamp<int64_t>(k % rows + shift + (LOWER ? 1 : 0), 0, columns) * item;  // first byte beyond the lower part
      if (LOWER) {
        std::memcpy(to, from, cut);
        std::memset(to + cut, 0, columns * item - cut);
      } else {
        std::memset(to, 0, cut);
        std::memcpy(to + cut, from + cut, columns * item - cut);
      }
    }
  });
  a.ret(y);
}

TSJIT_KERNEL("aten::zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (constantOf<0>));
TSJIT_KERNEL("aten::ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (constantOf<1>));
TSJIT_KERNEL("aten::empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor", (empty));
TSJIT_KERNEL("aten::full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (full));
TSJIT_KERNEL("aten::zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor", (constantLike<0>));
TSJIT_KERNEL("aten::ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor", (constantLike<1>));
TSJIT_KERNEL("aten::empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor", (emptyLike));
TSJIT_KERNEL("aten::full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor", (fullLike));
TSJIT_KERNEL("aten::new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (newConstant<0>));
TSJIT_KERNEL("aten::new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (newConstant<1>));
TSJIT_KERNEL("aten::new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (newEmpty));
TSJIT_KERNEL("aten::new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (newFull));
TSJIT_KERNEL("aten::fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!)", (fillInPlace));
TSJIT_KERNEL("aten::fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)", (fillInPlace));
TSJIT_KERNEL("aten::zero_(Tensor(a!) self) -> Tensor(a!)", (zeroInPlace));
TSJIT_KERNEL("aten::arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (arange));
TSJIT_KERNEL("aten::arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (arangeStart));
TSJIT_KERNEL("aten::arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (arangeStep));
TSJIT_KERNEL("aten::linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (linspace));
TSJIT_KERNEL("aten::eye(SymInt n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (eye));
TSJIT_KERNEL("aten::eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (eyeM));
TSJIT_KERNEL("aten::tril(Tensor self, SymInt diagonal=0) -> Tensor", (triangle<true>));
TSJIT_KERNEL("aten::triu(Tensor self, SymInt diagonal=0) -> Tensor", (triangle<false>));

}  // namespace
}  // namespace tsjit
