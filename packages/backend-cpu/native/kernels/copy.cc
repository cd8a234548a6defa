// Copies and conversions: clone, contiguous, to, copy_.
#include "memory_format.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

void hostOnly(const Value& device) { require(device.isNone() || (device.text && (*device.text == "cpu" || *device.text == "cpu:0")), "another device"); }
void stridedOnly(const Value& layout) { require(layout.isNone() || layout.i == 0, "another layout"); }

// A new tensor with t's elements as `dtype`, in a memory format.
Tensor converted(Planner& p, const Tensor& t, DType dtype, int64_t format) {
  Tensor out;
  if (format == kPreserveFormat) {
    if (!t.layout && nonOverlappingDense(t)) {
      out = p.emptyStrided(dtype, t.sizes, t.strides);
    } else if (t.layout) {
      return t.dtype == dtype ? pointwise(p, PwOp::Copy, dtype, dtype, {Value::of(t)}) : p.cast(t, dtype);
    } else {
      out = p.emptyStrided(dtype, t.sizes, orderedStrides(t));
    }
  } else {
    out = p.emptyStrided(dtype, t.sizes, formatStrides(t.sizes, format));
  }
  p.copy(out, p.plain(t));
  return out;
}
void to(Planner& p, Args& a, DType dtype, bool copy, const Value& format) {
  Tensor t = a.tensorAnyLayout(0);
  int64_t f = format.isNone() ? kPreserveFormat : format.i;
  if (t.dtype == dtype && !copy && (f == kPreserveFormat || (!t.layout && hasFormat(t, f)))) return a.ret(a.value(0));
  a.ret(converted(p, t, dtype, f));
}
void clone(Planner& p, Args& a) {
  Tensor t = a.tensorAnyLayout(0);
  a.ret(converted(p, t, t.dtype, a.integerOr(1, kPreserveFormat)));
}
void contiguous(Planner& p, Args& a) {
  Tensor t = a.tensor(0);
  int64_t f = a.integer(1);
  require(f != kPreserveFormat, "contiguous to preserve_format");
  if (hasFormat(t, f)) return a.ret(t.buffer == a.tensorAnyLayout(0).buffer ? a.value(0) : Value::of(t));
  a.ret(converted(p, t, t.dtype, f));
}
void toDType(Planner& p, Args& a) { to(p, a, a.dtypeOr(1, DType::F32), a.boolean(3), a.value(4)); }
void toDevice(Planner& p, Args& a) {
  hostOnly(a.value(1));
  to(p, a, a.dtypeOr(2, DType::F32), a.boolean(4), a.value(5));
}
void toOther(Planner& p, Args& a) { to(p, a, a.tensorAnyLayout(1).dtype, a.boolean(3), a.value(4)); }
void toDTypeLayout(Planner& p, Args& a) {
  stridedOnly(a.value(2));
  hostOnly(a.value(3));
  to(p, a, a.dtypeOr(1, a.tensorAnyLayout(0).dtype), a.boolean(6), a.value(7));
}
void toPrimDevice(Planner& p, Args& a) {
  hostOnly(a.value(1));
  to(p, a, a.dtypeOr(2, a.tensorAnyLayout(0).dtype), a.boolean(4), Value::none());
}
void toPrimDType(Planner& p, Args& a) { to(p, a, a.dtypeOr(1, a.tensorAnyLayout(0).dtype), a.boolean(3), Value::none()); }
void toPrimOther(Planner& p, Args& a) { to(p, a, a.tensorAnyLayout(0).dtype, a.boolean(2), Value::none()); }
void toCopy(Planner& p, Args& a) {
  stridedOnly(a.value(2));
  hostOnly(a.value(3));
  to(p, a, a.dtypeOr(1, a.tensorAnyLayout(0).dtype), true, a.value(6));
}
void typeAs(Planner& p, Args& a) { to(p, a, a.tensorAnyLayout(1).dtype, false, Value::none()); }
void copyInto(Planner& p, Args& a) {
  Tensor self = a.tensor(0), source = a.tensor(1);
  require(self.buffer == a.tensorAnyLayout(0).buffer, "a copy into a blocked tensor");
  require(!(isComplex(source.dtype) && !isComplex(self.dtype)), "a copy of complex numbers into real ones");
  require(!isComplex(self.dtype) || source.dtype == self.dtype, "a copy into complex numbers");
  if (self.buffer == source.buffer) source = p.contiguous(converted(p, source, source.dtype, kPreserveFormat));  // the two may overlap
  p.copy(self, source);
  a.ret(a.value(0));
}

TSJIT_KERNEL("aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor", (clone));
TSJIT_KERNEL("aten::contiguous(Tensor(a) self, *, MemoryFormat memory_format=0) -> Tensor(a)", (contiguous));
TSJIT_KERNEL("aten::to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)", (toDType));
TSJIT_KERNEL("aten::to.device(Tensor(a) self, Device device, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)", (toDevice));
TSJIT_KERNEL("aten::to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)", (toOther));
TSJIT_KERNEL("aten::to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)", (toDTypeLayout));
TSJIT_KERNEL("aten::to.prim_Device(Tensor(a) self, Device? device, int? dtype=None, bool non_blocking=False, bool copy=False) -> Tensor(b|a)", (toPrimDevice));
TSJIT_KERNEL("aten::to.prim_dtype(Tensor(a) self, int? dtype=None, bool non_blocking=False, bool copy=False) -> Tensor(b|a)", (toPrimDType));
TSJIT_KERNEL("aten::to.prim_other(Tensor(a) self, bool non_blocking=False, bool copy=False) -> Tensor(b|a)", (toPrimOther));
TSJIT_KERNEL("aten::_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor", (toCopy));
TSJIT_KERNEL("aten::type_as(Tensor self, Tensor other) -> Tensor", (typeAs));
TSJIT_KERNEL("aten::copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)", (copyInto));

}  // namespace
}  // namespace tsjit
