// Elementwise work as data, so that the planner can fuse chains into one pass over tiles and fold them into convolutions and matmuls.
#pragma once
#include "tsjit/step.h"
#include "tsjit/value.h"

namespace tsjit {

// Operations. a, b, c are operands, p, q and r parameters. All of them exist in float32 and float64; those that make sense for integers in
// int64 too. The list may grow at its end.
enum class PwOp : uint8_t {
  // unary
  Copy, Neg, Abs, Sign, Square, Sqrt, Rsqrt, Reciprocal, Exp, Exp2, Expm1, Log, Log2, Log10, Log1p, Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh,
  Tanh, Asinh, Acosh, Atanh, Erf, Erfc, Erfinv, Lgamma, Sigmoid, LogSigmoid, Relu, Relu6, Silu, Mish, HardSwish, HardSigmoid, GeluErf, GeluTanh,
  Softsign, Ceil, Floor, Round, Trunc, Frac,
  Elu,         // p alpha, q scale; third parameter input scale in r
  LeakyRelu,   // p slope
  Clamp,       // p low, q high (HardTanh; infinite where absent)
  Threshold,   // a > p ? a : q
  Softplus,    // p beta, q threshold
  HardShrink, SoftShrink,  // p lambda
  Affine,      // a * p + q
  PowScalar,   // a ** p
  // binary
  Add,         // a + p * b
  Sub,         // a - p * b
  RSub,        // b - p * a
  Mul, Div, FloorDiv, TruncDiv, Remainder, Fmod, Pow, Atan2, Minimum, Maximum, Fmin, Fmax, Hypot, PRelu, CopySign, LogAddExp,
  // comparisons: 0 or 1
  Eq, Ne, Lt, Le, Gt, Ge, And, Or, Xor, Not, IsNan, IsInf, IsFinite,
  // ternary
  Where,       // c ? a : b
  Lerp,        // a + c * (b - a)
  AddCMul,     // a + p * b * c
  AddCDiv,     // a + p * b / c
  ClampTensor, // min(max(a, b), c)
  // integers
  BitAnd, BitOr, BitXor, BitNot, Shl, Shr,
  // rounds a float32 to what float16 or bfloat16 can hold, so that fused chains give PyTorch's numbers
  RoundHalf, RoundBFloat,
  Signbit, Deg2Rad, Rad2Deg, Digamma, Log1pExp, XLogY, Heaviside, NanToNum, Logit, ToBool, Erfcx, I0, Sinc,
  Count,
};

// One operand of a pointwise program: a tensor (broadcast to the iteration shape), the result of an earlier instruction, or a number.
struct PwOperand {
  enum class Kind : uint8_t { None, Tensor, Result, Number, RuntimeFloat } kind = Kind::None;
  int index = -1;     // Tensor: into PointwiseStep::inputs; Result: instruction; RuntimeFloat: segment input
  double number = 0;  // Number
  int64_t integer = 0;  // Number that came from an int: exact
};

struct PwInstruction {
  PwOp op;
  PwOperand a, b, c;
  double p = 0, q = 0, r = 0;
};

// What a chain computes in: float32 (also for f16 and bf16), float64, or int64 (all integer types and bool; stores wrap).
enum class PwCompute : uint8_t { F32, F64, I64 };

// A fused chain: loads (converting from the inputs' dtypes), instructions, stores (converting to the outputs' dtypes). Only F32 chains are
// offered to `fuseTail`.
struct PointwiseStep final : Step {
  PwCompute compute = PwCompute::F32;
  Dims shape;                            // iteration shape (logical sizes, where outputs are blocked too)
  std::vector<Tensor> inputs;
  std::vector<PwInstruction> code;
  struct Out { Tensor tensor; int result; };
  std::vector<Out> outputs;
  void prepare() override;
  void run(Run& run) override;
  const PointwiseStep* asPointwise() const override { return this; }
  struct Prepared;
  std::shared_ptr<Prepared> prepared;
};

// Records an elementwise operation and returns its output: broadcasts, allocates with PyTorch's stride rules, keeps a common blocked
// layout. `compute`: the dtype to compute in (its operands convert to it first), `result`: the output's dtype (`compute`, or Bool for
// comparisons). `inPlace`: write into this tensor's memory (with its dtype) instead.
Tensor pointwise(Planner& p, PwOp op, DType compute, DType result, const std::vector<Value>& operands, double a = 0, double b = 0, double c = 0,
                 const Tensor* inPlace = nullptr);

}  // namespace tsjit
