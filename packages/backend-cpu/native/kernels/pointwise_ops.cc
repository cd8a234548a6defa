// Registrations of the elementwise operators: dtype promotion and the choice of operation; the work is `pointwise`.
#include <cmath>
#include <limits>

#include "fill_value.h"
#include "promotion.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

using In = std::vector<Value>;

DType floatOf(DType t) { return isFloat(t) || isComplex(t) ? t : DType::F32; }

// The result of an operation on `operands`, or that written into `self`.
void finish(Planner& p, Args& a, bool inPlace, PwOp op, DType compute, DType result, const In& operands, double x = 0, double y = 0, double z = 0) {
  if (!inPlace) return a.ret(pointwise(p, op, compute, result, operands, x, y, z));
  Tensor self = a.tensorAnyLayout(0);
  require(canCast(result, self.dtype), "an in-place result that its dtype cannot hold");
  pointwise(p, op, compute, self.dtype, operands, x, y, z, &self);
  a.ret(a.value(0));
}

// --- unary ----------------------------------------------------------------------------------------------------

// Integers are computed as float32.
template <PwOp OP, bool IN = false>
void unaryFloat(Planner& p, Args& a) {
  DType t = floatOf(a.tensorAnyLayout(0).dtype);
  finish(p, a, IN, OP, t, t, {a.value(0)});
}
template <PwOp OP, bool IN = false>
void unarySame(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(t != DType::Bool || OP == PwOp::Sign, "an operation that bool does not have");
  finish(p, a, IN, OP, t, t, {a.value(0)});
}
template <PwOp OP, bool IN = false>
void unaryBool(Planner& p, Args& a) {
  finish(p, a, IN, OP, a.tensorAnyLayout(0).dtype, DType::Bool, {a.value(0)});
}
// Floats only.
template <PwOp OP, bool IN = false>
void unaryOnlyFloat(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(isFloat(t), "an operation for floating point only");
  finish(p, a, IN, OP, t, t, {a.value(0)});
}
void logSigmoid(Planner& p, Args& a) {  // its result is contiguous
  Tensor x = p.contiguous(a.tensor(0));
  require(isFloat(x.dtype), "an operation for floating point only");
  a.ret(pointwise(p, PwOp::LogSigmoid, x.dtype, x.dtype, {Value::of(x)}));
}
template <bool IN = false>
void gelu(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(isFloat(t), "gelu of integers");
  const std::string& how = a.text(1);
  require(how == "none" || how == "tanh", "gelu's approximate");
  finish(p, a, IN, how == "tanh" ? PwOp::GeluTanh : PwOp::GeluErf, t, t, {a.value(0)});
}
// One, two or three numbers as parameters.
template <PwOp OP, bool IN = false>
void unaryWithNumbers(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(isFloat(t) || (OP == PwOp::Threshold && t != DType::Bool) || (OP == PwOp::Clamp && t != DType::Bool && t != DType::U8), "an operation for floating point only");
  finish(p, a, IN, OP, t, t, {a.value(0)}, a.size() > 1 ? a.number(1) : 0, a.size() > 2 ? a.number(2) : 0, a.size() > 3 ? a.number(3) : 0);
}
template <bool IN = false>
void selu(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(isFloat(t), "selu of integers");
  finish(p, a, IN, PwOp::Elu, t, t, {a.value(0)}, 1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1);
}
template <bool IN = false>
void celu(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(isFloat(t), "celu of integers");
  double alpha = a.number(1);
  finish(p, a, IN, PwOp::Elu, t, t, {a.value(0)}, alpha, 1, 1 / alpha);
}
template <bool IN = false>
void nanToNum(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  if (!isFloat(t)) return finish(p, a, IN, PwOp::Copy, t, t, {a.value(0)});
  double most = t == DType::F16 ? 65504.0 : t == DType::BF16 ? 3.3895313892515355e38 : t == DType::F32 ? 3.4028234663852886e38 : std::numeric_limits<double>::max();
  finish(p, a, IN, PwOp::NanToNum, t, t, {a.value(0)}, a.isNone(1) ? 0 : a.number(1), a.isNone(2) ? most : a.number(2), a.isNone(3) ? -most : a.number(3));
}
template <bool IN = false>
void logit(Planner& p, Args& a) {
  DType t = floatOf(a.tensorAnyLayout(0).dtype);
  finish(p, a, IN, PwOp::Logit, t, t, {a.value(0)}, a.isNone(1) ? -1 : a.number(1));
}

// --- binary ---------------------------------------------------------------------------------------------------

bool isBool(const Value& v) { return v.isTensor() ? v.tensor.dtype == DType::Bool : v.tag == Value::Tag::Bool; }

template <PwOp OP, bool IN = false>
void arithmetic(Planner& p, Args& a) {  // with alpha
  DType t = resultType({a.value(0), a.value(1)});
  double alpha = 1;
  if (a.size() > 2) {
    require(!(a.isFloatScalar(2) && !isFloat(t)), "a float alpha for integers");
    alpha = a.number(2);
  }
  require(OP == PwOp::Add || OP == PwOp::Mul || (t != DType::Bool && !isBool(a.value(0)) && !isBool(a.value(1))), "subtraction of bools");
  finish(p, a, IN, OP, t, t, {a.value(0), a.value(1)}, OP == PwOp::Mul ? 1 : alpha);
}
void reverseSubtract(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1)});
  require(!isBool(a.value(0)) && !isBool(a.value(1)) && !(a.isFloatScalar(2) && !isFloat(t)), "subtraction of bools");
  a.ret(pointwise(p, PwOp::Sub, t, t, {a.value(1), a.value(0)}, a.number(2)));
}
void checkDivisor(Planner& p, DType t, const Value& v) {
  if (isFloat(t)) return;
  if (!v.isTensor()) return require(p.read(v) != 0, "integer division by zero");
  require(v.tensor.isData() && !v.tensor.layout && isInteger(v.tensor.dtype) && v.tensor.numel() < 4096 && v.tensor.isContiguous(), "integer division by a tensor");
  for (int64_t i = 0; i < v.tensor.numel(); i++) {
    const char* at = v.tensor.buffer->data() + (v.tensor.offset + i) * static_cast<int64_t>(itemSize(v.tensor.dtype));
    bool zero = true;
    for (size_t k = 0; k < itemSize(v.tensor.dtype); k++) zero = zero && at[k] == 0;
    require(!zero, "integer division by zero");
  }
}
template <PwOp OP, bool IN = false>
void binary(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1)});
  if (OP == PwOp::FloorDiv || OP == PwOp::Remainder || OP == PwOp::Fmod || OP == PwOp::TruncDiv) checkDivisor(p, t, a.value(1));
  finish(p, a, IN, OP, t, t, {a.value(0), a.value(1)});
}
template <PwOp OP, bool IN = false>
void binaryFloat(Planner& p, Args& a) {
  DType t = floatOf(resultType({a.value(0), a.value(1)}));
  finish(p, a, IN, OP, t, t, {a.value(0), a.value(1)});
}
template <PwOp OP>
void binaryOnlyFloat(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1)});
  require(isFloat(t), "an operation for floating point only");
  finish(p, a, false, OP, t, t, {a.value(0), a.value(1)});
}
template <PwOp OP>
void sameDType(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(a.tensorAnyLayout(1).dtype == t, "operands of unlike dtypes");
  finish(p, a, false, OP, t, t, {a.value(0), a.value(1)});
}
template <bool IN = false>
void divMode(Planner& p, Args& a) {
  if (a.isNone(2)) return binaryFloat<PwOp::Div, IN>(p, a);
  DType t = resultType({a.value(0), a.value(1)});
  checkDivisor(p, t, a.value(1));
  const std::string& mode = a.text(2);
  require(mode == "floor" || mode == "trunc", "div's rounding mode");
  finish(p, a, IN, mode == "floor" ? PwOp::FloorDiv : PwOp::TruncDiv, t, t, {a.value(0), a.value(1)});
}
template <PwOp OP, bool IN = false>
void comparison(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1)});
  finish(p, a, IN, OP, t, DType::Bool, {a.value(0), a.value(1)});
}
template <PwOp OP, bool IN = false>
void bitwise(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1)});
  require(!isFloat(t) && !isComplex(t), "a bitwise operation on floats");
  require(!((OP == PwOp::Shl || OP == PwOp::Shr) && t == DType::Bool), "a shift of bools");
  finish(p, a, IN, OP, t, t, {a.value(0), a.value(1)});
}
template <bool IN = false>
void bitwiseNot(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(!isFloat(t) && !isComplex(t), "bitwise_not of floats");
  finish(p, a, IN, t == DType::Bool ? PwOp::Not : PwOp::BitNot, t, t, {a.value(0)});
}
template <bool IN = false>
void power(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1)});
  const Value& e = a.value(1);
  if (a.value(0).isTensor() && !e.isTensor()) {
    double x = p.read(e);
    require(isFloat(t) || x >= 0, "a negative power of integers");
    require(t != DType::Bool, "a power of bools");
    if (isFloat(t)) {
      PwOp op = x == 2 ? PwOp::Square : x == 0.5 ? PwOp::Sqrt : x == -1 ? PwOp::Reciprocal : x == -0.5 ? PwOp::Rsqrt : PwOp::PowScalar;
      if (x == 3 && !IN && t == DType::F32) {
        Tensor squared = pointwise(p, PwOp::Square, t, t, {a.value(0)});
        return a.ret(pointwise(p, PwOp::Mul, t, t, {Value::of(squared), a.value(0)}));
      }
      if (x == 1) op = PwOp::Copy;
      return finish(p, a, IN, op, t, t, {a.value(0)}, x);
    }
    return finish(p, a, IN, PwOp::PowScalar, t, t, {a.value(0)}, x);
  }
  require(isFloat(t) || !e.isTensor() || isFloat(e.tensor.dtype) || e.tensor.isData(), "integer powers by a tensor");
  if (!isFloat(t) && e.isTensor())
    for (int64_t i = 0; i < e.tensor.numel() && e.tensor.dtype == DType::I64 && e.tensor.isContiguous(); i++) require(e.tensor.data<int64_t>()[i] >= 0, "a negative power of integers");
  if (!a.value(0).isTensor()) return a.ret(pointwise(p, PwOp::Pow, t, t, {a.value(0), Value::of(p.contiguous(a.tensor(1)))}));
  finish(p, a, IN, PwOp::Pow, t, t, {a.value(0), a.value(1)});
}
template <PwOp OP>
void binarySwapped(Planner& p, Args& a) {  // a number first
  DType t = resultType({a.value(0), a.value(1)});
  if (OP == PwOp::Remainder) checkDivisor(p, t, a.value(1));
  a.ret(pointwise(p, OP, t, t, {a.value(0), a.value(1)}));
}

// --- clamp, where and friends ----------------------------------------------------------------------------------

template <bool IN = false>
void clamp(Planner& p, Args& a) {
  In all{a.value(0)};
  if (a.size() > 1 && !a.isNone(1)) all.push_back(a.value(1));
  if (a.size() > 2 && !a.isNone(2)) all.push_back(a.value(2));
  require(all.size() > 1, "clamp without bounds");
  DType t = resultType(all);
  constexpr double most = 9.2233720368547748e18;
  double low = a.isNone(1) ? (isFloat(t) ? -INFINITY : -most) : a.number(1), high = a.isNone(2) ? (isFloat(t) ? INFINITY : most) : a.number(2);
  require(!std::isnan(low) && !std::isnan(high), "clamp to NaN");
  require(t != DType::Bool && (t != DType::U8 || ((a.isNone(1) || low >= 0) && (a.isNone(2) || high >= 0))), "clamp of this dtype to a negative bound");
  finish(p, a, IN, PwOp::Clamp, t, t, {a.value(0)}, low, high);
}
template <bool LOW, bool IN = false>
void clampOne(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1)});
  constexpr double most = 9.2233720368547748e18;
  double bound = a.number(1), none = (LOW ? 1 : -1) * (isFloat(t) ? static_cast<double>(INFINITY) : most);
  require(!std::isnan(bound), "clamp to NaN");
  require(t != DType::Bool && (t != DType::U8 || bound >= 0), "clamp of this dtype to a negative bound");
  finish(p, a, IN, PwOp::Clamp, t, t, {a.value(0)}, LOW ? bound : none, LOW ? none : bound);
}
template <bool IN = false>
void clampTensor(Planner& p, Args& a) {
  if (!a.isNone(1) && !a.isNone(2)) {
    DType t = resultType({a.value(0), a.value(1), a.value(2)});
    return finish(p, a, IN, PwOp::ClampTensor, t, t, {a.value(0), a.value(1), a.value(2)});
  }
  int which = a.isNone(1) ? 2 : 1;
  require(!a.isNone(which), "clamp without bounds");
  DType t = resultType({a.value(0), a.value(which)});
  finish(p, a, IN, which == 1 ? PwOp::Maximum : PwOp::Minimum, t, t, {a.value(0), a.value(which)});
}
void where(Planner& p, Args& a) {
  Tensor c = a.tensorAnyLayout(0);
  require(c.dtype == DType::Bool || c.dtype == DType::U8, "a condition that is not bool");
  DType t = resultType({a.value(1), a.value(2)});
  a.ret(pointwise(p, PwOp::Where, t, t, {a.value(1), a.value(2), a.value(0)}));
}
template <bool IN = false>
void maskedFill(Planner& p, Args& a) {
  Tensor self = a.tensorAnyLayout(0), mask = a.tensorAnyLayout(1);
  require(mask.dtype == DType::Bool, "a mask that is not bool");
  const Value& v = a.value(2);
  DType given = v.isTensor() ? v.tensor.dtype : v.tag == Value::Tag::Float ? DType::F32 : v.tag == Value::Tag::Bool ? DType::Bool : DType::I64;
  require(!v.isTensor() || v.tensor.sizes.n == 0, "masked_fill with more than one value");
  require(canCast(given, self.dtype), "a fill value that the dtype cannot hold");
  requireHeld(p, v, self.dtype);
  if (IN) {
    // self[mask] = value: the mask broadcasts to self
    pointwise(p, PwOp::Where, self.dtype, self.dtype, {v, a.value(0), a.value(1)}, 0, 0, 0, &self);
    return a.ret(a.value(0));
  }
  a.ret(pointwise(p, PwOp::Where, self.dtype, self.dtype, {v, a.value(0), a.value(1)}));
}
template <bool IN = false>
void lerp(Planner& p, Args& a) {
  DType t = a.tensorAnyLayout(0).dtype;
  require(isFloat(t) && a.tensorAnyLayout(1).dtype == t && (!a.value(2).isTensor() || a.value(2).tensor.dtype == t), "lerp of unlike dtypes");
  finish(p, a, IN, PwOp::Lerp, t, t, {a.value(0), a.value(1), a.value(2)});
}
template <PwOp OP, bool IN = false>
void addc(Planner& p, Args& a) {
  DType t = resultType({a.value(0), a.value(1), a.value(2)});
  require(isFloat(t) || (OP == PwOp::AddCMul && t != DType::Bool), "addcdiv of integers");
  require(isFloat(t) || !a.isFloatScalar(3), "a float value for integers");
  finish(p, a, IN, OP, t, t, {a.value(0), a.value(1), a.value(2)}, a.number(3));
}
void prelu(Planner& p, Args& a) {
  Tensor x = a.tensorAnyLayout(0), w = a.tensor(1);
  require(isFloat(x.dtype) && w.dtype == x.dtype, "prelu of unlike dtypes");
  if (w.numel() == 1) {
    w = p.view(w, Dims{}, Dims{}, w.offset);
  } else {
    require(x.dim() >= 2 && w.dim() == 1 && w.numel() == x.size(1), "prelu's weight");
    Dims sizes(x.dim() - 1, 1), strides(x.dim() - 1, 0);
    sizes[0] = w.numel();
    strides[0] = w.stride(0);
    w = p.view(w, sizes, strides, w.offset);
  }
  a.ret(pointwise(p, PwOp::PRelu, x.dtype, x.dtype, {a.value(0), Value::of(w)}));
}
void dropout(Planner&, Args& a) {
  require(!a.boolean(2) || a.number(1) == 0, "dropout while training");
  a.ret(a.value(0));
}

TSJIT_KERNEL("aten::sqrt(Tensor self) -> Tensor", (unaryFloat<PwOp::Sqrt>));
TSJIT_KERNEL("aten::sqrt_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Sqrt, true>));
TSJIT_KERNEL("aten::rsqrt(Tensor self) -> Tensor", (unaryFloat<PwOp::Rsqrt>));
TSJIT_KERNEL("aten::rsqrt_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Rsqrt, true>));
TSJIT_KERNEL("aten::reciprocal(Tensor self) -> Tensor", (unaryFloat<PwOp::Reciprocal>));
TSJIT_KERNEL("aten::reciprocal_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Reciprocal, true>));
TSJIT_KERNEL("aten::exp(Tensor self) -> Tensor", (unaryFloat<PwOp::Exp>));
TSJIT_KERNEL("aten::exp_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Exp, true>));
TSJIT_KERNEL("aten::exp2(Tensor self) -> Tensor", (unaryFloat<PwOp::Exp2>));
TSJIT_KERNEL("aten::exp2_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Exp2, true>));
TSJIT_KERNEL("aten::expm1(Tensor self) -> Tensor", (unaryFloat<PwOp::Expm1>));
TSJIT_KERNEL("aten::expm1_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Expm1, true>));
TSJIT_KERNEL("aten::log(Tensor self) -> Tensor", (unaryFloat<PwOp::Log>));
TSJIT_KERNEL("aten::log_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Log, true>));
TSJIT_KERNEL("aten::log2(Tensor self) -> Tensor", (unaryFloat<PwOp::Log2>));
TSJIT_KERNEL("aten::log2_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Log2, true>));
TSJIT_KERNEL("aten::log10(Tensor self) -> Tensor", (unaryFloat<PwOp::Log10>));
TSJIT_KERNEL("aten::log10_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Log10, true>));
TSJIT_KERNEL("aten::log1p(Tensor self) -> Tensor", (unaryFloat<PwOp::Log1p>));
TSJIT_KERNEL("aten::log1p_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Log1p, true>));
TSJIT_KERNEL("aten::sin(Tensor self) -> Tensor", (unaryFloat<PwOp::Sin>));
TSJIT_KERNEL("aten::sin_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Sin, true>));
TSJIT_KERNEL("aten::cos(Tensor self) -> Tensor", (unaryFloat<PwOp::Cos>));
TSJIT_KERNEL("aten::cos_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Cos, true>));
TSJIT_KERNEL("aten::tan(Tensor self) -> Tensor", (unaryFloat<PwOp::Tan>));
TSJIT_KERNEL("aten::tan_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Tan, true>));
TSJIT_KERNEL("aten::asin(Tensor self) -> Tensor", (unaryFloat<PwOp::Asin>));
TSJIT_KERNEL("aten::asin_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Asin, true>));
TSJIT_KERNEL("aten::acos(Tensor self) -> Tensor", (unaryFloat<PwOp::Acos>));
TSJIT_KERNEL("aten::acos_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Acos, true>));
TSJIT_KERNEL("aten::atan(Tensor self) -> Tensor", (unaryFloat<PwOp::Atan>));
TSJIT_KERNEL("aten::atan_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Atan, true>));
TSJIT_KERNEL("aten::sinh(Tensor self) -> Tensor", (unaryFloat<PwOp::Sinh>));
TSJIT_KERNEL("aten::sinh_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Sinh, true>));
TSJIT_KERNEL("aten::cosh(Tensor self) -> Tensor", (unaryFloat<PwOp::Cosh>));
TSJIT_KERNEL("aten::cosh_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Cosh, true>));
TSJIT_KERNEL("aten::tanh(Tensor self) -> Tensor", (unaryFloat<PwOp::Tanh>));
TSJIT_KERNEL("aten::tanh_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Tanh, true>));
TSJIT_KERNEL("aten::asinh(Tensor self) -> Tensor", (unaryFloat<PwOp::Asinh>));
TSJIT_KERNEL("aten::asinh_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Asinh, true>));
TSJIT_KERNEL("aten::acosh(Tensor self) -> Tensor", (unaryFloat<PwOp::Acosh>));
TSJIT_KERNEL("aten::acosh_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Acosh, true>));
TSJIT_KERNEL("aten::atanh(Tensor self) -> Tensor", (unaryFloat<PwOp::Atanh>));
TSJIT_KERNEL("aten::atanh_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Atanh, true>));
TSJIT_KERNEL("aten::erf(Tensor self) -> Tensor", (unaryFloat<PwOp::Erf>));
TSJIT_KERNEL("aten::erf_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Erf, true>));
TSJIT_KERNEL("aten::erfc(Tensor self) -> Tensor", (unaryFloat<PwOp::Erfc>));
TSJIT_KERNEL("aten::erfc_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Erfc, true>));
TSJIT_KERNEL("aten::erfinv(Tensor self) -> Tensor", (unaryFloat<PwOp::Erfinv>));
TSJIT_KERNEL("aten::erfinv_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Erfinv, true>));
TSJIT_KERNEL("aten::lgamma(Tensor self) -> Tensor", (unaryFloat<PwOp::Lgamma>));
TSJIT_KERNEL("aten::lgamma_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Lgamma, true>));
TSJIT_KERNEL("aten::digamma(Tensor self) -> Tensor", (unaryFloat<PwOp::Digamma>));
TSJIT_KERNEL("aten::digamma_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Digamma, true>));
TSJIT_KERNEL("aten::sigmoid(Tensor self) -> Tensor", (unaryFloat<PwOp::Sigmoid>));
TSJIT_KERNEL("aten::sigmoid_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Sigmoid, true>));
TSJIT_KERNEL("aten::deg2rad(Tensor self) -> Tensor", (unaryFloat<PwOp::Deg2Rad>));
TSJIT_KERNEL("aten::deg2rad_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Deg2Rad, true>));
TSJIT_KERNEL("aten::rad2deg(Tensor self) -> Tensor", (unaryFloat<PwOp::Rad2Deg>));
TSJIT_KERNEL("aten::rad2deg_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Rad2Deg, true>));
TSJIT_KERNEL("aten::sinc(Tensor self) -> Tensor", (unaryFloat<PwOp::Sinc>));
TSJIT_KERNEL("aten::sinc_(Tensor(a!) self) -> Tensor(a!)", (unaryFloat<PwOp::Sinc, true>));
TSJIT_KERNEL("aten::special_expit(Tensor self) -> Tensor", (unaryFloat<PwOp::Sigmoid>));
TSJIT_KERNEL("aten::special_erf(Tensor self) -> Tensor", (unaryFloat<PwOp::Erf>));
TSJIT_KERNEL("aten::arcsin(Tensor self) -> Tensor", (unaryFloat<PwOp::Asin>));
TSJIT_KERNEL("aten::arccos(Tensor self) -> Tensor", (unaryFloat<PwOp::Acos>));
TSJIT_KERNEL("aten::arctan(Tensor self) -> Tensor", (unaryFloat<PwOp::Atan>));
TSJIT_KERNEL("aten::neg(Tensor self) -> Tensor", (unarySame<PwOp::Neg>));
TSJIT_KERNEL("aten::neg_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Neg, true>));
TSJIT_KERNEL("aten::negative(Tensor self) -> Tensor", (unarySame<PwOp::Neg>));
TSJIT_KERNEL("aten::negative_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Neg, true>));
TSJIT_KERNEL("aten::abs(Tensor self) -> Tensor", (unarySame<PwOp::Abs>));
TSJIT_KERNEL("aten::abs_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Abs, true>));
TSJIT_KERNEL("aten::absolute(Tensor self) -> Tensor", (unarySame<PwOp::Abs>));
TSJIT_KERNEL("aten::absolute_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Abs, true>));
TSJIT_KERNEL("aten::sign(Tensor self) -> Tensor", (unarySame<PwOp::Sign>));
TSJIT_KERNEL("aten::sign_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Sign, true>));
TSJIT_KERNEL("aten::sgn(Tensor self) -> Tensor", (unarySame<PwOp::Sign>));
TSJIT_KERNEL("aten::sgn_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Sign, true>));
TSJIT_KERNEL("aten::square(Tensor self) -> Tensor", (unarySame<PwOp::Square>));
TSJIT_KERNEL("aten::square_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Square, true>));
TSJIT_KERNEL("aten::ceil(Tensor self) -> Tensor", (unarySame<PwOp::Ceil>));
TSJIT_KERNEL("aten::ceil_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Ceil, true>));
TSJIT_KERNEL("aten::floor(Tensor self) -> Tensor", (unarySame<PwOp::Floor>));
TSJIT_KERNEL("aten::floor_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Floor, true>));
TSJIT_KERNEL("aten::round(Tensor self) -> Tensor", (unarySame<PwOp::Round>));
TSJIT_KERNEL("aten::round_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Round, true>));
TSJIT_KERNEL("aten::trunc(Tensor self) -> Tensor", (unarySame<PwOp::Trunc>));
TSJIT_KERNEL("aten::trunc_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Trunc, true>));
TSJIT_KERNEL("aten::fix(Tensor self) -> Tensor", (unarySame<PwOp::Trunc>));
TSJIT_KERNEL("aten::fix_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Trunc, true>));
TSJIT_KERNEL("aten::relu(Tensor self) -> Tensor", (unarySame<PwOp::Relu>));
TSJIT_KERNEL("aten::relu_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Relu, true>));
TSJIT_KERNEL("aten::relu6(Tensor self) -> Tensor", (unarySame<PwOp::Relu6>));
TSJIT_KERNEL("aten::relu6_(Tensor(a!) self) -> Tensor(a!)", (unarySame<PwOp::Relu6, true>));
TSJIT_KERNEL("aten::silu(Tensor self) -> Tensor", (unaryOnlyFloat<PwOp::Silu>));
TSJIT_KERNEL("aten::silu_(Tensor(a!) self) -> Tensor(a!)", (unaryOnlyFloat<PwOp::Silu, true>));
TSJIT_KERNEL("aten::mish(Tensor self) -> Tensor", (unaryOnlyFloat<PwOp::Mish>));
TSJIT_KERNEL("aten::mish_(Tensor(a!) self) -> Tensor(a!)", (unaryOnlyFloat<PwOp::Mish, true>));
TSJIT_KERNEL("aten::hardswish(Tensor self) -> Tensor", (unaryOnlyFloat<PwOp::HardSwish>));
TSJIT_KERNEL("aten::hardswish_(Tensor(a!) self) -> Tensor(a!)", (unaryOnlyFloat<PwOp::HardSwish, true>));
TSJIT_KERNEL("aten::hardsigmoid(Tensor self) -> Tensor", (unaryOnlyFloat<PwOp::HardSigmoid>));
TSJIT_KERNEL("aten::hardsigmoid_(Tensor(a!) self) -> Tensor(a!)", (unaryOnlyFloat<PwOp::HardSigmoid, true>));
TSJIT_KERNEL("aten::frac(Tensor self) -> Tensor", (unaryOnlyFloat<PwOp::Frac>));
TSJIT_KERNEL("aten::frac_(Tensor(a!) self) -> Tensor(a!)", (unaryOnlyFloat<PwOp::Frac, true>));
TSJIT_KERNEL("aten::log_sigmoid(Tensor self) -> Tensor", (logSigmoid));
TSJIT_KERNEL("aten::isnan(Tensor self) -> Tensor", (unaryBool<PwOp::IsNan>));
TSJIT_KERNEL("aten::isinf(Tensor self) -> Tensor", (unaryBool<PwOp::IsInf>));
TSJIT_KERNEL("aten::isfinite(Tensor self) -> Tensor", (unaryBool<PwOp::IsFinite>));
TSJIT_KERNEL("aten::signbit(Tensor self) -> Tensor", (unaryBool<PwOp::Signbit>));
TSJIT_KERNEL("aten::logical_not(Tensor self) -> Tensor", (unaryBool<PwOp::Not>));
TSJIT_KERNEL("aten::logical_not_(Tensor(a!) self) -> Tensor(a!)", (unaryBool<PwOp::Not, true>));
TSJIT_KERNEL("aten::gelu(Tensor self, *, str approximate=\"none\") -> Tensor", (gelu<>));
TSJIT_KERNEL("aten::gelu_(Tensor(a!) self, *, str approximate=\"none\") -> Tensor(a!)", (gelu<true>));
TSJIT_KERNEL("aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor", (unaryWithNumbers<PwOp::Clamp>));
TSJIT_KERNEL("aten::hardtanh_(Tensor(a!) self, Scalar min_val=-1, Scalar max_val=1) -> Tensor(a!)", (unaryWithNumbers<PwOp::Clamp, true>));
TSJIT_KERNEL("aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor", (unaryWithNumbers<PwOp::LeakyRelu>));
TSJIT_KERNEL("aten::leaky_relu_(Tensor(a!) self, Scalar negative_slope=0.01) -> Tensor(a!)", (unaryWithNumbers<PwOp::LeakyRelu, true>));
TSJIT_KERNEL("aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor", (unaryWithNumbers<PwOp::Elu>));
TSJIT_KERNEL("aten::elu_(Tensor(a!) self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor(a!)", (unaryWithNumbers<PwOp::Elu, true>));
TSJIT_KERNEL("aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor", (unaryWithNumbers<PwOp::Softplus>));
TSJIT_KERNEL("aten::threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor", (unaryWithNumbers<PwOp::Threshold>));
TSJIT_KERNEL("aten::threshold_(Tensor(a!) self, Scalar threshold, Scalar value) -> Tensor(a!)", (unaryWithNumbers<PwOp::Threshold, true>));
TSJIT_KERNEL("aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor", (unaryWithNumbers<PwOp::HardShrink>));
TSJIT_KERNEL("aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor", (unaryWithNumbers<PwOp::SoftShrink>));
TSJIT_KERNEL("aten::selu(Tensor self) -> Tensor", (selu<>));
TSJIT_KERNEL("aten::selu_(Tensor(a!) self) -> Tensor(a!)", (selu<true>));
TSJIT_KERNEL("aten::celu(Tensor self, Scalar alpha=1.) -> Tensor", (celu<>));
TSJIT_KERNEL("aten::celu_(Tensor(a!) self, Scalar alpha=1.) -> Tensor(a!)", (celu<true>));
TSJIT_KERNEL("aten::nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor", (nanToNum<>));
TSJIT_KERNEL("aten::nan_to_num_(Tensor(a!) self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor(a!)", (nanToNum<true>));
TSJIT_KERNEL("aten::logit(Tensor self, float? eps=None) -> Tensor", (logit<>));
TSJIT_KERNEL("aten::logit_(Tensor(a!) self, float? eps=None) -> Tensor(a!)", (logit<true>));
TSJIT_KERNEL("aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", (arithmetic<PwOp::Add>));
TSJIT_KERNEL("aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor", (arithmetic<PwOp::Add>));
TSJIT_KERNEL("aten::add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", (arithmetic<PwOp::Add, true>));
TSJIT_KERNEL("aten::add_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)", (arithmetic<PwOp::Add, true>));
TSJIT_KERNEL("aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", (arithmetic<PwOp::Sub>));
TSJIT_KERNEL("aten::sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor", (arithmetic<PwOp::Sub>));
TSJIT_KERNEL("aten::subtract.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", (arithmetic<PwOp::Sub>));
TSJIT_KERNEL("aten::subtract.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor", (arithmetic<PwOp::Sub>));
TSJIT_KERNEL("aten::sub_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", (arithmetic<PwOp::Sub, true>));
TSJIT_KERNEL("aten::sub_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)", (arithmetic<PwOp::Sub, true>));
TSJIT_KERNEL("aten::rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", (reverseSubtract));
TSJIT_KERNEL("aten::rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor", (arithmetic<PwOp::RSub>));
TSJIT_KERNEL("aten::mul.Tensor(Tensor self, Tensor other) -> Tensor", (arithmetic<PwOp::Mul>));
TSJIT_KERNEL("aten::mul.Scalar(Tensor self, Scalar other) -> Tensor", (arithmetic<PwOp::Mul>));
TSJIT_KERNEL("aten::multiply.Tensor(Tensor self, Tensor other) -> Tensor", (arithmetic<PwOp::Mul>));
TSJIT_KERNEL("aten::multiply.Scalar(Tensor self, Scalar other) -> Tensor", (arithmetic<PwOp::Mul>));
TSJIT_KERNEL("aten::mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (arithmetic<PwOp::Mul, true>));
TSJIT_KERNEL("aten::mul_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (arithmetic<PwOp::Mul, true>));
TSJIT_KERNEL("aten::div.Tensor(Tensor self, Tensor other) -> Tensor", (binaryFloat<PwOp::Div>));
TSJIT_KERNEL("aten::div.Scalar(Tensor self, Scalar other) -> Tensor", (binaryFloat<PwOp::Div>));
TSJIT_KERNEL("aten::true_divide.Tensor(Tensor self, Tensor other) -> Tensor", (binaryFloat<PwOp::Div>));
TSJIT_KERNEL("aten::true_divide.Scalar(Tensor self, Scalar other) -> Tensor", (binaryFloat<PwOp::Div>));
TSJIT_KERNEL("aten::divide.Tensor(Tensor self, Tensor other) -> Tensor", (binaryFloat<PwOp::Div>));
TSJIT_KERNEL("aten::divide.Scalar(Tensor self, Scalar other) -> Tensor", (binaryFloat<PwOp::Div>));
TSJIT_KERNEL("aten::div_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (binaryFloat<PwOp::Div, true>));
TSJIT_KERNEL("aten::div_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (binaryFloat<PwOp::Div, true>));
TSJIT_KERNEL("aten::true_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (binaryFloat<PwOp::Div, true>));
TSJIT_KERNEL("aten::true_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (binaryFloat<PwOp::Div, true>));
TSJIT_KERNEL("aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor", (divMode<>));
TSJIT_KERNEL("aten::div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor", (divMode<>));
TSJIT_KERNEL("aten::div_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)", (divMode<true>));
TSJIT_KERNEL("aten::div_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)", (divMode<true>));
TSJIT_KERNEL("aten::floor_divide(Tensor self, Tensor other) -> Tensor", (binary<PwOp::FloorDiv>));
TSJIT_KERNEL("aten::floor_divide.Scalar(Tensor self, Scalar other) -> Tensor", (binary<PwOp::FloorDiv>));
TSJIT_KERNEL("aten::floor_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (binary<PwOp::FloorDiv, true>));
TSJIT_KERNEL("aten::floor_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (binary<PwOp::FloorDiv, true>));
TSJIT_KERNEL("aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Remainder>));
TSJIT_KERNEL("aten::remainder.Scalar(Tensor self, Scalar other) -> Tensor", (binary<PwOp::Remainder>));
TSJIT_KERNEL("aten::remainder_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (binary<PwOp::Remainder, true>));
TSJIT_KERNEL("aten::remainder_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (binary<PwOp::Remainder, true>));
TSJIT_KERNEL("aten::remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor", (binarySwapped<PwOp::Remainder>));
TSJIT_KERNEL("aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Fmod>));
TSJIT_KERNEL("aten::fmod.Scalar(Tensor self, Scalar other) -> Tensor", (binary<PwOp::Fmod>));
TSJIT_KERNEL("aten::fmod_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (binary<PwOp::Fmod, true>));
TSJIT_KERNEL("aten::fmod_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (binary<PwOp::Fmod, true>));
TSJIT_KERNEL("aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor", (power<>));
TSJIT_KERNEL("aten::pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor", (power<>));
TSJIT_KERNEL("aten::pow.Scalar(Scalar self, Tensor exponent) -> Tensor", (power<>));
TSJIT_KERNEL("aten::pow_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)", (power<true>));
TSJIT_KERNEL("aten::pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)", (power<true>));
TSJIT_KERNEL("aten::maximum(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Maximum>));
TSJIT_KERNEL("aten::max.other(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Maximum>));
TSJIT_KERNEL("aten::minimum(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Minimum>));
TSJIT_KERNEL("aten::min.other(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Minimum>));
TSJIT_KERNEL("aten::fmax(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Fmax>));
TSJIT_KERNEL("aten::fmin(Tensor self, Tensor other) -> Tensor", (binary<PwOp::Fmin>));
TSJIT_KERNEL("aten::heaviside(Tensor self, Tensor values) -> Tensor", (sameDType<PwOp::Heaviside>));
TSJIT_KERNEL("aten::copysign.Tensor(Tensor self, Tensor other) -> Tensor", (binaryFloat<PwOp::CopySign>));
TSJIT_KERNEL("aten::copysign.Scalar(Tensor self, Scalar other) -> Tensor", (binaryFloat<PwOp::CopySign>));
TSJIT_KERNEL("aten::atan2(Tensor self, Tensor other) -> Tensor", (binaryFloat<PwOp::Atan2>));
TSJIT_KERNEL("aten::arctan2(Tensor self, Tensor other) -> Tensor", (binaryFloat<PwOp::Atan2>));
TSJIT_KERNEL("aten::atan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)", (binaryFloat<PwOp::Atan2, true>));
TSJIT_KERNEL("aten::xlogy.Tensor(Tensor self, Tensor other) -> Tensor", (binaryFloat<PwOp::XLogY>));
TSJIT_KERNEL("aten::xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor", (binaryFloat<PwOp::XLogY>));
TSJIT_KERNEL("aten::xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor", (binaryFloat<PwOp::XLogY>));
TSJIT_KERNEL("aten::hypot(Tensor self, Tensor other) -> Tensor", (binaryOnlyFloat<PwOp::Hypot>));
TSJIT_KERNEL("aten::logaddexp(Tensor self, Tensor other) -> Tensor", (binaryOnlyFloat<PwOp::LogAddExp>));
TSJIT_KERNEL("aten::logical_and(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::And>));
TSJIT_KERNEL("aten::logical_or(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Or>));
TSJIT_KERNEL("aten::logical_xor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Xor>));
TSJIT_KERNEL("aten::logical_and_(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::And, true>));
TSJIT_KERNEL("aten::logical_or_(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Or, true>));
TSJIT_KERNEL("aten::logical_xor_(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Xor, true>));
TSJIT_KERNEL("aten::eq.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Eq>));
TSJIT_KERNEL("aten::eq.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Eq>));
TSJIT_KERNEL("aten::eq_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Eq, true>));
TSJIT_KERNEL("aten::eq_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (comparison<PwOp::Eq, true>));
TSJIT_KERNEL("aten::ne.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Ne>));
TSJIT_KERNEL("aten::ne.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Ne>));
TSJIT_KERNEL("aten::ne_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Ne, true>));
TSJIT_KERNEL("aten::ne_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (comparison<PwOp::Ne, true>));
TSJIT_KERNEL("aten::lt.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Lt>));
TSJIT_KERNEL("aten::lt.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Lt>));
TSJIT_KERNEL("aten::lt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Lt, true>));
TSJIT_KERNEL("aten::lt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (comparison<PwOp::Lt, true>));
TSJIT_KERNEL("aten::le.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Le>));
TSJIT_KERNEL("aten::le.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Le>));
TSJIT_KERNEL("aten::le_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Le, true>));
TSJIT_KERNEL("aten::le_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (comparison<PwOp::Le, true>));
TSJIT_KERNEL("aten::gt.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Gt>));
TSJIT_KERNEL("aten::gt.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Gt>));
TSJIT_KERNEL("aten::gt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Gt, true>));
TSJIT_KERNEL("aten::gt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (comparison<PwOp::Gt, true>));
TSJIT_KERNEL("aten::ge.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Ge>));
TSJIT_KERNEL("aten::ge.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Ge>));
TSJIT_KERNEL("aten::ge_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (comparison<PwOp::Ge, true>));
TSJIT_KERNEL("aten::ge_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (comparison<PwOp::Ge, true>));
TSJIT_KERNEL("aten::greater.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Gt>));
TSJIT_KERNEL("aten::greater.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Gt>));
TSJIT_KERNEL("aten::greater_equal.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Ge>));
TSJIT_KERNEL("aten::greater_equal.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Ge>));
TSJIT_KERNEL("aten::less.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Lt>));
TSJIT_KERNEL("aten::less.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Lt>));
TSJIT_KERNEL("aten::less_equal.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Le>));
TSJIT_KERNEL("aten::less_equal.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Le>));
TSJIT_KERNEL("aten::not_equal.Tensor(Tensor self, Tensor other) -> Tensor", (comparison<PwOp::Ne>));
TSJIT_KERNEL("aten::not_equal.Scalar(Tensor self, Scalar other) -> Tensor", (comparison<PwOp::Ne>));
TSJIT_KERNEL("aten::bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::BitAnd>));
TSJIT_KERNEL("aten::bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::BitAnd>));
TSJIT_KERNEL("aten::bitwise_and.Scalar_Tensor(Scalar self, Tensor other) -> Tensor", (bitwise<PwOp::BitAnd>));
TSJIT_KERNEL("aten::__and__.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::BitAnd>));
TSJIT_KERNEL("aten::__and__.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::BitAnd>));
TSJIT_KERNEL("aten::bitwise_and_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (bitwise<PwOp::BitAnd, true>));
TSJIT_KERNEL("aten::bitwise_and_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (bitwise<PwOp::BitAnd, true>));
TSJIT_KERNEL("aten::__iand__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (bitwise<PwOp::BitAnd, true>));
TSJIT_KERNEL("aten::__iand__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (bitwise<PwOp::BitAnd, true>));
TSJIT_KERNEL("aten::bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::BitOr>));
TSJIT_KERNEL("aten::bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::BitOr>));
TSJIT_KERNEL("aten::bitwise_or.Scalar_Tensor(Scalar self, Tensor other) -> Tensor", (bitwise<PwOp::BitOr>));
TSJIT_KERNEL("aten::__or__.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::BitOr>));
TSJIT_KERNEL("aten::__or__.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::BitOr>));
TSJIT_KERNEL("aten::bitwise_or_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (bitwise<PwOp::BitOr, true>));
TSJIT_KERNEL("aten::bitwise_or_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (bitwise<PwOp::BitOr, true>));
TSJIT_KERNEL("aten::__ior__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (bitwise<PwOp::BitOr, true>));
TSJIT_KERNEL("aten::__ior__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (bitwise<PwOp::BitOr, true>));
TSJIT_KERNEL("aten::bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::BitXor>));
TSJIT_KERNEL("aten::bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::BitXor>));
TSJIT_KERNEL("aten::bitwise_xor.Scalar_Tensor(Scalar self, Tensor other) -> Tensor", (bitwise<PwOp::BitXor>));
TSJIT_KERNEL("aten::__xor__.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::BitXor>));
TSJIT_KERNEL("aten::__xor__.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::BitXor>));
TSJIT_KERNEL("aten::bitwise_xor_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (bitwise<PwOp::BitXor, true>));
TSJIT_KERNEL("aten::bitwise_xor_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (bitwise<PwOp::BitXor, true>));
TSJIT_KERNEL("aten::__ixor__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", (bitwise<PwOp::BitXor, true>));
TSJIT_KERNEL("aten::__ixor__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", (bitwise<PwOp::BitXor, true>));
TSJIT_KERNEL("aten::__lshift__.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::Shl>));
TSJIT_KERNEL("aten::__lshift__.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::Shl>));
TSJIT_KERNEL("aten::bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::Shl>));
TSJIT_KERNEL("aten::bitwise_left_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::Shl>));
TSJIT_KERNEL("aten::__rshift__.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::Shr>));
TSJIT_KERNEL("aten::__rshift__.Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::Shr>));
TSJIT_KERNEL("aten::bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor", (bitwise<PwOp::Shr>));
TSJIT_KERNEL("aten::bitwise_right_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor", (bitwise<PwOp::Shr>));
TSJIT_KERNEL("aten::bitwise_not(Tensor self) -> Tensor", (bitwiseNot<>));
TSJIT_KERNEL("aten::bitwise_not_(Tensor(a!) self) -> Tensor(a!)", (bitwiseNot<true>));
TSJIT_KERNEL("aten::clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor", (clamp<>));
TSJIT_KERNEL("aten::clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor", (clamp<>));
TSJIT_KERNEL("aten::clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)", (clamp<true>));
TSJIT_KERNEL("aten::clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor", (clampTensor<>));
TSJIT_KERNEL("aten::clamp_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)", (clampTensor<true>));
TSJIT_KERNEL("aten::clamp_min(Tensor self, Scalar min) -> Tensor", (clampOne<true>));
TSJIT_KERNEL("aten::clamp_min_(Tensor(a!) self, Scalar min) -> Tensor(a!)", (clampOne<true, true>));
TSJIT_KERNEL("aten::clamp_max(Tensor self, Scalar max) -> Tensor", (clampOne<false>));
TSJIT_KERNEL("aten::clamp_max_(Tensor(a!) self, Scalar max) -> Tensor(a!)", (clampOne<false, true>));
TSJIT_KERNEL("aten::clamp_min.Tensor(Tensor self, Tensor min) -> Tensor", (binary<PwOp::Maximum>));
TSJIT_KERNEL("aten::clamp_max.Tensor(Tensor self, Tensor max) -> Tensor", (binary<PwOp::Minimum>));
TSJIT_KERNEL("aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor", (where));
TSJIT_KERNEL("aten::where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor", (where));
TSJIT_KERNEL("aten::where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor", (where));
TSJIT_KERNEL("aten::where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor", (where));
TSJIT_KERNEL("aten::masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor", (maskedFill<>));
TSJIT_KERNEL("aten::masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor", (maskedFill<>));
TSJIT_KERNEL("aten::masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!)", (maskedFill<true>));
TSJIT_KERNEL("aten::masked_fill_.Tensor(Tensor(a!) self, Tensor mask, Tensor value) -> Tensor(a!)", (maskedFill<true>));
TSJIT_KERNEL("aten::lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor", (lerp<>));
TSJIT_KERNEL("aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor", (lerp<>));
TSJIT_KERNEL("aten::lerp_.Scalar(Tensor(a!) self, Tensor end, Scalar weight) -> Tensor(a!)", (lerp<true>));
TSJIT_KERNEL("aten::lerp_.Tensor(Tensor(a!) self, Tensor end, Tensor weight) -> Tensor(a!)", (lerp<true>));
TSJIT_KERNEL("aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor", (addc<PwOp::AddCMul>));
TSJIT_KERNEL("aten::addcmul_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)", (addc<PwOp::AddCMul, true>));
TSJIT_KERNEL("aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor", (addc<PwOp::AddCDiv>));
TSJIT_KERNEL("aten::addcdiv_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)", (addc<PwOp::AddCDiv, true>));
TSJIT_KERNEL("aten::prelu(Tensor self, Tensor weight) -> Tensor", (prelu));
TSJIT_KERNEL("aten::alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", (dropout));
TSJIT_KERNEL("aten::feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor", (dropout));
TSJIT_KERNEL("aten::feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", (dropout));

}  // namespace
}  // namespace tsjit
