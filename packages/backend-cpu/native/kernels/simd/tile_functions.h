// Tile loops for every operation and compute type, and conversions to and from every dtype.
#define U1(NAME, T, EXPR)                                                                                                     \
  static void NAME(const void* pa, const void*, const void*, void* po, int64_t n, const double* pqr) {                        \
    const T* a = static_cast<const T*>(pa);                                                                                   \
    T* o = static_cast<T*>(po);                                                                                               \
    [[maybe_unused]] T p = static_cast<T>(pqr[0]), q = static_cast<T>(pqr[1]), r = static_cast<T>(pqr[2]);                    \
    _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) {                                                                    \
      T x = a[i];                                                                                                             \
      o[i] = static_cast<T>(EXPR);                                                                                            \
    }                                                                                                                         \
  }
#define B2(NAME, T, EXPR)                                                                                                     \
  static void NAME(const void* pa, const void* pb, const void*, void* po, int64_t n, const double* pqr) {                     \
    const T *a = static_cast<const T*>(pa), *b = static_cast<const T*>(pb);                                                   \
    T* o = static_cast<T*>(po);                                                                                               \
    [[maybe_unused]] T p = static_cast<T>(pqr[0]);                                                                            \
    _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) {                                                                    \
      T x = a[i], y = b[i];                                                                                                   \
      o[i] = static_cast<T>(EXPR);                                                                                            \
    }                                                                                                                         \
  }
#define T3(NAME, T, EXPR)                                                                                                     \
  static void NAME(const void* pa, const void* pb, const void* pc, void* po, int64_t n, const double* pqr) {                  \
    const T *a = static_cast<const T*>(pa), *b = static_cast<const T*>(pb), *c = static_cast<const T*>(pc);                   \
    T* o = static_cast<T*>(po);                                                                                               \
    [[maybe_unused]] T p = static_cast<T>(pqr[0]);                                                                            \
    _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) {                                                                    \
      T x = a[i], y = b[i], z = c[i];                                                                                         \
      o[i] = static_cast<T>(EXPR);                                                                                            \
    }                                                                                                                         \
  }

// --- float32 --------------------------------------------------------------------------------------------------

TSJIT_INLINE float floor_(float x) {
#if defined(__SSE4_1__) || !defined(__x86_64__)
  return __builtin_floorf(x);
#else
  float t = abs_(x) < 8388608.0f ? static_cast<float>(static_cast<int32_t>(abs_(x) < 8388608.0f ? x : 0.0f)) : x;
  t = t > x ? t - 1.0f : t;
  return copysign_(t, x);
#endif
}
TSJIT_INLINE float trunc_(float x) {
#if defined(__SSE4_1__) || !defined(__x86_64__)
  return __builtin_truncf(x);
#else
  float t = abs_(x) < 8388608.0f ? static_cast<float>(static_cast<int32_t>(abs_(x) < 8388608.0f ? x : 0.0f)) : x;
  return copysign_(t, x);
#endif
}
TSJIT_INLINE float round_(float x) {  // half to even
  float m = copysign_(8388608.0f, x);
  float t = copysign_((x + m) - m, x);
  return abs_(x) < 8388608.0f ? t : x;
}
TSJIT_INLINE float nanMax(float x, float y) { return (x > y || x != x) ? x : y; }
TSJIT_INLINE float nanMin(float x, float y) { return (x < y || x != x) ? x : y; }
TSJIT_INLINE float clampLow(float x, float p) { return x < p ? p : x; }
TSJIT_INLINE float clampHigh(float x, float q) { return x > q ? q : x; }
TSJIT_INLINE float roundBFloat(float x) {
  uint32_t u = __builtin_bit_cast(uint32_t, x);
  uint32_t v = (u + 0x7fffu + ((u >> 16) & 1u)) & 0xffff0000u;
  return x == x ? __builtin_bit_cast(float, v) : __builtin_nanf("");
}
// To the nearest float16 and back, without tables: the addition of a suitable power of two rounds.
TSJIT_INLINE float roundHalf(float x) {
  float a = abs_(x);
  int32_t e = bitsOf(a) & 0x7f800000;
  e = e < 0x38800000 ? 0x38800000 : e;              // below 2^-14: denormals have the spacing of 2^-24
  float magic = floatOf(e + (13 << 23)) * 1.5f;     // 2^(exponent + 13) * 1.5: the spacing of sums is 2^(exponent - 10)
  float t = (a + magic) - magic;
  t = t > 65504.0f ? __builtin_inff() : t;
  t = a > 1e30f ? a + __builtin_inff() : t;
  return x == x ? copysign_(t, x) : x;
}
TSJIT_INLINE float softplus_(float x, float beta, float threshold) {
  float s = x * beta;
  float y = log1p_(exp_(min_(s, threshold + 1.0f))) / beta;
  return s > threshold ? x : (x == x ? y : x);
}
TSJIT_INLINE float geluErf_(float x) { return x * 0.5f * (1.0f + erf_(x * 0.70710678118654752440f)); }
TSJIT_INLINE float geluTanh_(float x) {
  float inner = 0.79788456080286535588f * (x + 0.044715f * x * x * x);
  return 0.5f * x * (1.0f + tanh_(inner));
}
TSJIT_INLINE float floorDiv_(float x, float y) {
  float m = std::fmod(x, y);
  float d = (x - m) / y;
  if (m != 0 && (y < 0) != (m < 0)) d -= 1;
  float f;
  if (d != 0) {
    f = std::floor(d);
    if (d - f > 0.5f) f += 1;
  } else {
    f = std::copysign(0.0f, x / y);
  }
  return y == 0 ? x / y : f;
}
template <class F>
TSJIT_INLINE F remainder_(F x, F y) {
  F m = std::fmod(x, y);
  return m != 0 && (m < 0) != (y < 0) ? m + y : m;
}
template <class F>
static F erfinv_(F y) {  // Giles' start, then Newton in float64
  double w = static_cast<double>(y);
  if (!(w > -1 && w < 1)) return w == 1 ? static_cast<F>(INFINITY) : w == -1 ? static_cast<F>(-INFINITY) : static_cast<F>(NAN);
  double l = -std::log((1 - w) * (1 + w)), x;
  if (l < 5) {
    double z = l - 2.5;
    x = 2.81022636e-08;
    for (double k : {3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941}) x = k + x * z;
  } else {
    double z = std::sqrt(l) - 3;
    x = -0.000200214257;
    for (double k : {0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682}) x = k + x * z;
  }
  x *= w;
  for (int i = 0; i < 2; i++) x -= (std::erf(x) - w) / (1.1283791670955126 * std::exp(-x * x));
  return static_cast<F>(x);
}
template <class F>
static F digamma_(F in) {
  double x = static_cast<double>(in), result = 0;
  if (x == 0) return std::copysign(static_cast<F>(INFINITY), -in);
  if (x < 0) {
    if (x == std::trunc(x)) return static_cast<F>(NAN);
    double q, r = std::modf(x, &q);
    result = -M_PI / std::tan(M_PI * r);
    x = 1 - x;
  }
  while (x < 10) result -= 1 / x, x += 1;
  if (x == 10) return static_cast<F>(result + 2.25175258906672110764);
  double z = 1 / (x * x), y = 0;
  for (double k : {8.33333333333333333333e-2, -2.10927960927960927961e-2, 7.57575757575757575758e-3, -4.16666666666666666667e-3, 3.96825396825396825397e-3, -8.33333333333333333333e-3, 8.33333333333333333333e-2}) y = y * z + k;
  return static_cast<F>(result + std::log(x) - 0.5 / x - y * z);
}

U1(f_copy, float, x)
U1(f_neg, float, -x)
U1(f_abs, float, abs_(x))
U1(f_sign, float, (x > 0.0f ? 1.0f : 0.0f) - (x < 0.0f ? 1.0f : 0.0f))
U1(f_square, float, x * x)
U1(f_sqrt, float, __builtin_sqrtf(x))
U1(f_rsqrt, float, 1.0f / __builtin_sqrtf(x))
U1(f_reciprocal, float, 1.0f / x)
U1(f_exp, float, exp_(x))
U1(f_exp2, float, exp2_(x))
U1(f_expm1, float, expm1_(x))
U1(f_log, float, log_(x))
U1(f_log2, float, log2_(x))
U1(f_log10, float, static_cast<double>(log2_(x)) * 0.30102999566398119521)
U1(f_log1p, float, log1p_(x))
U1(f_tanh, float, tanh_(x))
U1(f_erf, float, erf_(x))
U1(f_sigmoid, float, sigmoid_(x))
U1(f_logsigmoid, float, min_(x, 0.0f) - log1p_(exp_(-abs_(x))))
U1(f_relu, float, (x < 0.0f ? 0.0f : x))
U1(f_relu6, float, clampHigh(clampLow(x, 0.0f), 6.0f))
U1(f_silu, float, x / (1.0f + exp_(-x)))
U1(f_mish, float, x * tanh_(softplus_(x, 1.0f, 20.0f)))
U1(f_hardswish, float, x * clampHigh(clampLow(x + 3.0f, 0.0f), 6.0f) * (1.0f / 6.0f))
U1(f_hardsigmoid, float, clampHigh(clampLow(x + 3.0f, 0.0f), 6.0f) * (1.0f / 6.0f))
U1(f_geluerf, float, geluErf_(x))
U1(f_gelutanh, float, geluTanh_(x))
U1(f_softsign, float, x / (1.0f + abs_(x)))
U1(f_ceil, float, -floor_(-x))
U1(f_floor, float, floor_(x))
U1(f_round, float, round_(x))
U1(f_trunc, float, trunc_(x))
U1(f_frac, float, x - trunc_(x))
U1(f_elu, float, (x < 0.0f ? expm1_(x * r) * (p * q) : x * q))
U1(f_leaky, float, (x > 0.0f ? x : x * p))
U1(f_clamp, float, clampHigh(clampLow(x, p), q))
U1(f_threshold, float, (x <= p ? q : x))
U1(f_softplus, float, softplus_(x, p, q))
U1(f_hardshrink, float, ((x >= -p && x <= p) ? 0.0f : x))
U1(f_softshrink, float, (x > p ? x - p : (x < -p ? x + p : x * 0.0f)))
U1(f_affine, float, fma_(x, p, q))
U1(f_isnan, float, (x != x ? 1.0f : 0.0f))
U1(f_isinf, float, (abs_(x) == __builtin_inff() ? 1.0f : 0.0f))
U1(f_isfinite, float, (abs_(x) < __builtin_inff() ? 1.0f : 0.0f))
U1(f_not, float, (x == 0.0f ? 1.0f : 0.0f))
U1(f_tobool, float, (x != 0.0f ? 1.0f : 0.0f))
U1(f_roundhalf, float, roundHalf(x))
U1(f_roundbfloat, float, roundBFloat(x))
U1(f_signbit, float, (bitsOf(x) < 0 ? 1.0f : 0.0f))
U1(f_deg2rad, float, x * 0.017453292519943295f)
U1(f_rad2deg, float, x * 57.29577951308232f)
U1(f_nantonum, float, (x != x ? p : (x == __builtin_inff() ? q : (x == -__builtin_inff() ? r : x))))
U1(f_logit, float, log_((p < 0.0f ? x : clampHigh(clampLow(x, p), 1.0f - p)) / (1.0f - (p < 0.0f ? x : clampHigh(clampLow(x, p), 1.0f - p)))))

// libm, one element at a time: rare operations
U1(f_tan, float, std::tan(x))
U1(f_asin, float, std::asin(x))
U1(f_acos, float, std::acos(x))
U1(f_atan, float, std::atan(x))
U1(f_sinh, float, std::sinh(x))
U1(f_cosh, float, std::cosh(x))
U1(f_asinh, float, std::asinh(x))
U1(f_acosh, float, std::acosh(x))
U1(f_atanh, float, std::atanh(x))
U1(f_erfc, float, std::erfc(x))
U1(f_erfinv, float, erfinv_(x))
U1(f_lgamma, float, std::lgamma(x))
U1(f_digamma, float, digamma_(x))
U1(f_sinc, float, (x == 0.0f ? 1.0f : std::sin(static_cast<float>(M_PI) * x) / (static_cast<float>(M_PI) * x)))
U1(f_powscalar, float, std::pow(x, p))

template <int kShift>
static void f_sincos(const void* pa, const void*, const void*, void* po, int64_t n, const double*) {
  const float* a = static_cast<const float*>(pa);
  float* o = static_cast<float*>(po);
  int32_t large = 0;
  for (int64_t i = 0; i < n; i++) large |= abs_(a[i]) < 30000.0f ? 0 : 1;
  if (large) {
    for (int64_t i = 0; i < n; i++) o[i] = kShift ? std::cos(a[i]) : std::sin(a[i]);
    return;
  }
  _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) o[i] = sincos_(a[i], kShift);
}

B2(f_add, float, fma_(p, y, x))
B2(f_sub, float, fma_(-p, y, x))
B2(f_rsub, float, fma_(-p, x, y))
B2(f_mul, float, x * y)
B2(f_div, float, x / y)
B2(f_floordiv, float, floorDiv_(x, y))
B2(f_truncdiv, float, std::trunc(x / y))
B2(f_remainder, float, remainder_(x, y))
B2(f_fmod, float, std::fmod(x, y))
B2(f_pow, float, std::pow(x, y))
B2(f_atan2, float, std::atan2(x, y))
B2(f_minimum, float, nanMin(x, y))
B2(f_maximum, float, nanMax(x, y))
B2(f_fmin, float, std::fmin(x, y))
B2(f_fmax, float, std::fmax(x, y))
B2(f_hypot, float, std::hypot(x, y))
B2(f_prelu, float, (x > 0.0f ? x : x * y))
B2(f_copysign, float, copysign_(x, y))
B2(f_logaddexp, float, (x == y && abs_(x) == __builtin_inff() ? x : max_(x, y) + log1p_(exp_(-abs_(x - y)))))
B2(f_xlogy, float, (y != y ? y : (x == 0.0f ? 0.0f : x * log_(y))))
B2(f_heaviside, float, (x == 0.0f ? y : (x > 0.0f ? 1.0f : 0.0f)))
B2(f_eq, float, (x == y ? 1.0f : 0.0f))
B2(f_ne, float, (x != y ? 1.0f : 0.0f))
B2(f_lt, float, (x < y ? 1.0f : 0.0f))
B2(f_le, float, (x <= y ? 1.0f : 0.0f))
B2(f_gt, float, (x > y ? 1.0f : 0.0f))
B2(f_ge, float, (x >= y ? 1.0f : 0.0f))
B2(f_and, float, ((x != 0.0f) & (y != 0.0f) ? 1.0f : 0.0f))
B2(f_or, float, ((x != 0.0f) | (y != 0.0f) ? 1.0f : 0.0f))
B2(f_xor, float, ((x != 0.0f) != (y != 0.0f) ? 1.0f : 0.0f))
T3(f_where, float, (z != 0.0f ? x : y))
T3(f_lerp, float, (abs_(z) < 0.5f ? fma_(z, y - x, x) : y - (y - x) * (1.0f - z)))
T3(f_addcmul, float, x + p * y * z)
T3(f_addcdiv, float, x + p * (y / z))
T3(f_clamptensor, float, (x != x ? x : (y != y ? y : (z != z ? z : min_(max_(x, y), z)))))

// --- float64 --------------------------------------------------------------------------------------------------

U1(d_copy, double, x)
U1(d_neg, double, -x)
U1(d_abs, double, std::fabs(x))
U1(d_sign, double, (x > 0 ? 1.0 : 0.0) - (x < 0 ? 1.0 : 0.0))
U1(d_square, double, x * x)
U1(d_sqrt, double, __builtin_sqrt(x))
U1(d_rsqrt, double, 1 / __builtin_sqrt(x))
U1(d_reciprocal, double, 1 / x)
U1(d_exp, double, std::exp(x))
U1(d_exp2, double, std::exp2(x))
U1(d_expm1, double, std::expm1(x))
U1(d_log, double, std::log(x))
U1(d_log2, double, std::log2(x))
U1(d_log10, double, std::log10(x))
U1(d_log1p, double, std::log1p(x))
U1(d_sin, double, std::sin(x))
U1(d_cos, double, std::cos(x))
U1(d_tan, double, std::tan(x))
U1(d_asin, double, std::asin(x))
U1(d_acos, double, std::acos(x))
U1(d_atan, double, std::atan(x))
U1(d_sinh, double, std::sinh(x))
U1(d_cosh, double, std::cosh(x))
U1(d_tanh, double, std::tanh(x))
U1(d_asinh, double, std::asinh(x))
U1(d_acosh, double, std::acosh(x))
U1(d_atanh, double, std::atanh(x))
U1(d_erf, double, std::erf(x))
U1(d_erfc, double, std::erfc(x))
U1(d_erfinv, double, erfinv_(x))
U1(d_lgamma, double, std::lgamma(x))
U1(d_digamma, double, digamma_(x))
U1(d_sigmoid, double, 1 / (1 + std::exp(-x)))
U1(d_logsigmoid, double, std::fmin(x, 0) - std::log1p(std::exp(-std::fabs(x))))
U1(d_relu, double, (x < 0 ? 0.0 : x))
U1(d_relu6, double, (x < 0 ? 0.0 : (x > 6 ? 6.0 : x)))
U1(d_silu, double, x / (1 + std::exp(-x)))
U1(d_mish, double, x * std::tanh(x > 20 ? x : std::log1p(std::exp(x))))
U1(d_hardswish, double, x * (x + 3 < 0 ? 0.0 : (x + 3 > 6 ? 6.0 : x + 3)) / 6)
U1(d_hardsigmoid, double, (x + 3 < 0 ? 0.0 : (x + 3 > 6 ? 6.0 : x + 3)) / 6)
U1(d_geluerf, double, x * 0.5 * (1 + std::erf(x * M_SQRT1_2)))
U1(d_gelutanh, double, 0.5 * x * (1 + std::tanh(0.79788456080286535588 * (x + 0.044715 * x * x * x))))
U1(d_softsign, double, x / (1 + std::fabs(x)))
U1(d_ceil, double, std::ceil(x))
U1(d_floor, double, std::floor(x))
U1(d_round, double, std::nearbyint(x))
U1(d_trunc, double, std::trunc(x))
U1(d_frac, double, x - std::trunc(x))
U1(d_elu, double, (x < 0 ? std::expm1(x * r) * (p * q) : x * q))
U1(d_leaky, double, (x > 0 ? x : x * p))
U1(d_clamp, double, (x < p ? (p > q ? q : p) : (x > q ? q : x)))
U1(d_threshold, double, (x <= p ? q : x))
U1(d_softplus, double, (x * p > q ? x : std::log1p(std::exp(x * p)) / p))
U1(d_hardshrink, double, ((x >= -p && x <= p) ? 0.0 : x))
U1(d_softshrink, double, (x > p ? x - p : (x < -p ? x + p : x * 0.0)))
U1(d_affine, double, x * p + q)
U1(d_powscalar, double, std::pow(x, p))
U1(d_isnan, double, (x != x ? 1.0 : 0.0))
U1(d_isinf, double, (std::fabs(x) == INFINITY ? 1.0 : 0.0))
U1(d_isfinite, double, (std::fabs(x) < INFINITY ? 1.0 : 0.0))
U1(d_not, double, (x == 0 ? 1.0 : 0.0))
U1(d_tobool, double, (x != 0 ? 1.0 : 0.0))
U1(d_signbit, double, (std::signbit(x) ? 1.0 : 0.0))
U1(d_deg2rad, double, x * 0.017453292519943295)
U1(d_rad2deg, double, x * 57.29577951308232)
U1(d_nantonum, double, (x != x ? p : (x == INFINITY ? q : (x == -INFINITY ? r : x))))
U1(d_sinc, double, (x == 0 ? 1.0 : std::sin(M_PI * x) / (M_PI * x)))
U1(d_logit, double, std::log((p < 0 ? x : std::fmin(std::fmax(x, p), 1 - p)) / (1 - (p < 0 ? x : std::fmin(std::fmax(x, p), 1 - p)))))
B2(d_add, double, x + p * y)
B2(d_sub, double, x - p * y)
B2(d_rsub, double, y - p * x)
B2(d_mul, double, x * y)
B2(d_div, double, x / y)
static double floorDivDouble(double x, double y) {
  if (y == 0) return x / y;
  double m = std::fmod(x, y), d = (x - m) / y;
  if (m != 0 && (y < 0) != (m < 0)) d -= 1;
  if (d == 0) return std::copysign(0.0, x / y);
  double f = std::floor(d);
  return d - f > 0.5 ? f + 1 : f;
}
B2(d_floordiv, double, floorDivDouble(x, y))
B2(d_truncdiv, double, std::trunc(x / y))
B2(d_remainder, double, remainder_(x, y))
B2(d_fmod, double, std::fmod(x, y))
B2(d_pow, double, std::pow(x, y))
B2(d_atan2, double, std::atan2(x, y))
B2(d_minimum, double, ((x < y || x != x) ? x : y))
B2(d_maximum, double, ((x > y || x != x) ? x : y))
B2(d_fmin, double, std::fmin(x, y))
B2(d_fmax, double, std::fmax(x, y))
B2(d_hypot, double, std::hypot(x, y))
B2(d_prelu, double, (x > 0 ? x : x * y))
B2(d_copysign, double, std::copysign(x, y))
B2(d_logaddexp, double, (x == y && std::fabs(x) == INFINITY ? x : std::fmax(x, y) + std::log1p(std::exp(-std::fabs(x - y)))))
B2(d_xlogy, double, (y != y ? y : (x == 0 ? 0.0 : x * std::log(y))))
B2(d_heaviside, double, (x == 0 ? y : (x > 0 ? 1.0 : 0.0)))
B2(d_eq, double, (x == y ? 1.0 : 0.0))
B2(d_ne, double, (x != y ? 1.0 : 0.0))
B2(d_lt, double, (x < y ? 1.0 : 0.0))
B2(d_le, double, (x <= y ? 1.0 : 0.0))
B2(d_gt, double, (x > y ? 1.0 : 0.0))
B2(d_ge, double, (x >= y ? 1.0 : 0.0))
B2(d_and, double, ((x != 0 && y != 0) ? 1.0 : 0.0))
B2(d_or, double, ((x != 0 || y != 0) ? 1.0 : 0.0))
B2(d_xor, double, ((x != 0) != (y != 0) ? 1.0 : 0.0))
T3(d_where, double, (z != 0 ? x : y))
T3(d_lerp, double, (std::fabs(z) < 0.5 ? x + z * (y - x) : y - (y - x) * (1 - z)))
T3(d_addcmul, double, x + p * y * z)
T3(d_addcdiv, double, x + p * (y / z))
T3(d_clamptensor, double, (x != x ? x : (y != y ? y : (z != z ? z : std::fmin(std::fmax(x, y), z)))))

// --- int64 (all integers and bool) ----------------------------------------------------------------------------

typedef int64_t i64;
typedef uint64_t u64;
TSJIT_INLINE i64 wadd(i64 x, i64 y) { return static_cast<i64>(static_cast<u64>(x) + static_cast<u64>(y)); }
TSJIT_INLINE i64 wmul(i64 x, i64 y) { return static_cast<i64>(static_cast<u64>(x) * static_cast<u64>(y)); }
TSJIT_INLINE i64 wneg(i64 x) { return static_cast<i64>(0 - static_cast<u64>(x)); }
static i64 intPower(i64 base, i64 e) {
  if (e < 0) return base == 1 ? 1 : base == -1 ? (e % 2 ? -1 : 1) : 0;
  i64 result = 1;
  for (; e; e >>= 1, base = wmul(base, base))
    if (e & 1) result = wmul(result, base);
  return result;
}
// Division by zero is refused while planning where the divisor is known; tensors of divisors give 0 here (PyTorch raises).
static i64 truncDivInt(i64 x, i64 y) { return y == 0 ? 0 : y == -1 ? wneg(x) : x / y; }
static i64 floorDivInt(i64 x, i64 y) {
  if (y == 0) return 0;
  if (y == -1) return wneg(x);
  i64 q = x / y;
  return (x % y != 0 && (x < 0) != (y < 0)) ? q - 1 : q;
}
static i64 fmodInt(i64 x, i64 y) { return y == 0 || y == -1 ? 0 : x % y; }
static i64 remainderInt(i64 x, i64 y) {
  if (y == 0 || y == -1) return 0;
  i64 m = x % y;
  return m != 0 && (m < 0) != (y < 0) ? m + y : m;
}
U1(i_copy, i64, x)
U1(i_neg, i64, wneg(x))
U1(i_abs, i64, (x < 0 ? wneg(x) : x))
U1(i_sign, i64, (x > 0) - (x < 0))
U1(i_square, i64, wmul(x, x))
U1(i_relu, i64, (x < 0 ? 0 : x))
U1(i_relu6, i64, (x < 0 ? 0 : (x > 6 ? 6 : x)))
U1(i_clamp, i64, (x < p ? (p > q ? q : p) : (x > q ? q : x)))
U1(i_threshold, i64, (x <= p ? q : x))
U1(i_not, i64, (x == 0))
U1(i_tobool, i64, (x != 0))
U1(i_bitnot, i64, ~x)
U1(i_zero, i64, x - x)
U1(i_one, i64, x - x + 1)
U1(i_signbit, i64, x < 0)
U1(i_powscalar, i64, intPower(x, p))
B2(i_add, i64, wadd(x, wmul(p, y)))
B2(i_sub, i64, wadd(x, wneg(wmul(p, y))))
B2(i_rsub, i64, wadd(y, wneg(wmul(p, x))))
B2(i_mul, i64, wmul(x, y))
B2(i_truncdiv, i64, truncDivInt(x, y))
B2(i_floordiv, i64, floorDivInt(x, y))
B2(i_fmod, i64, fmodInt(x, y))
B2(i_remainder, i64, remainderInt(x, y))
B2(i_pow, i64, intPower(x, y))
B2(i_minimum, i64, (x < y ? x : y))
B2(i_maximum, i64, (x > y ? x : y))
B2(i_eq, i64, x == y)
B2(i_ne, i64, x != y)
B2(i_lt, i64, x < y)
B2(i_le, i64, x <= y)
B2(i_gt, i64, x > y)
B2(i_ge, i64, x >= y)
B2(i_and, i64, (x != 0) & (y != 0))
B2(i_or, i64, (x != 0) | (y != 0))
B2(i_xor, i64, (x != 0) != (y != 0))
B2(i_bitand, i64, x & y)
B2(i_bitor, i64, x | y)
B2(i_bitxor, i64, x ^ y)
B2(i_shl, i64, (y < 0 || y > 63 ? 0 : static_cast<i64>(static_cast<u64>(x) << y)))
B2(i_shr, i64, (y < 0 || y > 63 ? x >> 63 : x >> y))
B2(i_heaviside, i64, (x == 0 ? y : x > 0))
T3(i_where, i64, (z != 0 ? x : y))
T3(i_addcmul, i64, wadd(x, wmul(p, wmul(y, z))))
T3(i_clamptensor, i64, (x < y ? (y > z ? z : y) : (x > z ? z : x)))

// --- conversions ----------------------------------------------------------------------------------------------

TSJIT_INLINE float fromHalfBits(uint16_t h) {
  uint32_t sign = static_cast<uint32_t>(h & 0x8000u) << 16, rest = static_cast<uint32_t>(h & 0x7fffu) << 13;
  float normal = __builtin_bit_cast(float, rest) * 5.192296858534828e33f;  // 2^112 rescales denormals too
  uint32_t bits = __builtin_bit_cast(uint32_t, normal);
  bits = (h & 0x7c00u) == 0x7c00u ? (rest | 0x7f800000u) : bits;
  return __builtin_bit_cast(float, bits | sign);
}
TSJIT_INLINE uint16_t toHalfBits(float x) {
  float r = roundHalf(x);
  uint32_t u = __builtin_bit_cast(uint32_t, r), sign = (u >> 16) & 0x8000u;
  float scaled = abs_(r) * 1.925929944387236e-34f;  // 2^-112
  uint32_t bits = __builtin_bit_cast(uint32_t, scaled) >> 13;
  bits = abs_(r) == __builtin_inff() ? 0x7c00u : bits;
  bits = r == r ? bits : 0x7e00u;
  return static_cast<uint16_t>(bits | sign);
}
TSJIT_INLINE float fromBFloatBits(uint16_t h) { return __builtin_bit_cast(float, static_cast<uint32_t>(h) << 16); }
TSJIT_INLINE uint16_t toBFloatBits(float x) {
  uint32_t u = __builtin_bit_cast(uint32_t, x);
  uint32_t v = (u + 0x7fffu + ((u >> 16) & 1u)) >> 16;
  return static_cast<uint16_t>(x == x ? v : 0x7fc0u);
}
struct HalfBits { uint16_t bits; };
struct BFloatBits { uint16_t bits; };
struct BoolByte { uint8_t byte; };

template <class C, class S>
TSJIT_INLINE C convertIn(S x) { return static_cast<C>(x); }
template <class C>
TSJIT_INLINE C convertIn(HalfBits x) { return static_cast<C>(fromHalfBits(x.bits)); }
template <class C>
TSJIT_INLINE C convertIn(BFloatBits x) { return static_cast<C>(fromBFloatBits(x.bits)); }
template <class C>
TSJIT_INLINE C convertIn(BoolByte x) { return x.byte != 0 ? C(1) : C(0); }

template <class S, class C>
struct Out { TSJIT_INLINE S of(C x) { return static_cast<S>(x); } };
// narrow integers go through int64, so that negative numbers wrap as in PyTorch instead of being undefined
#define NARROW(S)                                                                                    \
  template <> struct Out<S, float> { TSJIT_INLINE S of(float x) { return static_cast<S>(static_cast<int64_t>(x)); } };  \
  template <> struct Out<S, double> { TSJIT_INLINE S of(double x) { return static_cast<S>(static_cast<int64_t>(x)); } };
NARROW(uint8_t) NARROW(int8_t) NARROW(int16_t) NARROW(uint16_t) NARROW(uint32_t)
template <class C>
struct Out<HalfBits, C> { TSJIT_INLINE HalfBits of(C x) { return {toHalfBits(static_cast<float>(x))}; } };
template <class C>
struct Out<BFloatBits, C> { TSJIT_INLINE BFloatBits of(C x) { return {toBFloatBits(static_cast<float>(x))}; } };
template <class C>
struct Out<BoolByte, C> { TSJIT_INLINE BoolByte of(C x) { return {static_cast<uint8_t>(x != C(0) ? 1 : 0)}; } };

template <class C, class S>
static void loadTile(const void* from, int64_t stride, void* tile, int64_t n) {
  const S* s = static_cast<const S*>(from);
  C* t = static_cast<C*>(tile);
  if (stride == 1) {
    for (int64_t i = 0; i < n; i++) t[i] = convertIn<C>(s[i]);
  } else if (stride == 0) {
    C x = convertIn<C>(s[0]);
    for (int64_t i = 0; i < n; i++) t[i] = x;
  } else {
    for (int64_t i = 0; i < n; i++) t[i] = convertIn<C>(s[i * stride]);
  }
}
template <class C, class S>
static void storeTile(const void* tile, void* to, int64_t stride, int64_t n) {
  const C* t = static_cast<const C*>(tile);
  S* s = static_cast<S*>(to);
  if (stride == 1) {
    for (int64_t i = 0; i < n; i++) s[i] = Out<S, C>::of(t[i]);
  } else {
    for (int64_t i = 0; i < n; i++) s[i * stride] = Out<S, C>::of(t[i]);
  }
}
#if defined(__F16C__)
static void loadHalf(const void* from, int64_t stride, void* tile, int64_t n) {
  if (stride != 1) return loadTile<float, HalfBits>(from, stride, tile, n);
  const uint16_t* s = static_cast<const uint16_t*>(from);
  float* t = static_cast<float*>(tile);
  int64_t i = 0;
  for (; i + 8 <= n; i += 8) _mm256_storeu_ps(t + i, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(s + i))));
  for (; i < n; i++) t[i] = fromHalfBits(s[i]);
}
static void storeHalf(const void* tile, void* to, int64_t stride, int64_t n) {
  if (stride != 1) return storeTile<float, HalfBits>(tile, to, stride, n);
  const float* t = static_cast<const float*>(tile);
  uint16_t* s = static_cast<uint16_t*>(to);
  int64_t i = 0;
  for (; i + 8 <= n; i += 8) _mm_storeu_si128(reinterpret_cast<__m128i*>(s + i), _mm256_cvtps_ph(_mm256_loadu_ps(t + i), _MM_FROUND_TO_NEAREST_INT));
  for (; i < n; i++) s[i] = toHalfBits(t[i]);
}
#endif

template <class C>
static void fillConversions(LoadFn* load, StoreFn* store) {
  auto set = [&](DType d, LoadFn l, StoreFn s) {
    load[static_cast<int>(d)] = l;
    store[static_cast<int>(d)] = s;
  };
  set(DType::U8, loadTile<C, uint8_t>, storeTile<C, uint8_t>);
  set(DType::I8, loadTile<C, int8_t>, storeTile<C, int8_t>);
  set(DType::I16, loadTile<C, int16_t>, storeTile<C, int16_t>);
  set(DType::I32, loadTile<C, int32_t>, storeTile<C, int32_t>);
  set(DType::I64, loadTile<C, int64_t>, storeTile<C, int64_t>);
  set(DType::U16, loadTile<C, uint16_t>, storeTile<C, uint16_t>);
  set(DType::U32, loadTile<C, uint32_t>, storeTile<C, uint32_t>);
  set(DType::F32, loadTile<C, float>, storeTile<C, float>);
  set(DType::F64, loadTile<C, double>, storeTile<C, double>);
  set(DType::F16, loadTile<C, HalfBits>, storeTile<C, HalfBits>);
  set(DType::BF16, loadTile<C, BFloatBits>, storeTile<C, BFloatBits>);
  set(DType::Bool, loadTile<C, BoolByte>, storeTile<C, BoolByte>);
}

static void fillTiles(SimdTable& t) {
#define F(OP, NAME) t.op[0][static_cast<int>(PwOp::OP)] = f_##NAME;
#define D(OP, NAME) t.op[1][static_cast<int>(PwOp::OP)] = d_##NAME;
#define I(OP, NAME) t.op[2][static_cast<int>(PwOp::OP)] = i_##NAME;
#define FD(OP, NAME) F(OP, NAME) D(OP, NAME)
#define FDI(OP, NAME) F(OP, NAME) D(OP, NAME) I(OP, NAME)
  FDI(Copy, copy) FDI(Neg, neg) FDI(Abs, abs) FDI(Sign, sign) FDI(Square, square) FD(Sqrt, sqrt) FD(Rsqrt, rsqrt) FD(Reciprocal, reciprocal)
  FD(Exp, exp) FD(Exp2, exp2) FD(Expm1, expm1) FD(Log, log) FD(Log2, log2) FD(Log10, log10) FD(Log1p, log1p)
  t.op[0][static_cast<int>(PwOp::Sin)] = f_sincos<0>;
  t.op[0][static_cast<int>(PwOp::Cos)] = f_sincos<1>;
  D(Sin, sin) D(Cos, cos) FD(Tan, tan) FD(Asin, asin) FD(Acos, acos) FD(Atan, atan) FD(Sinh, sinh) FD(Cosh, cosh) FD(Tanh, tanh)
  FD(Asinh, asinh) FD(Acosh, acosh) FD(Atanh, atanh) FD(Erf, erf) FD(Erfc, erfc) FD(Erfinv, erfinv) FD(Lgamma, lgamma) FD(Digamma, digamma)
  FD(Sigmoid, sigmoid) FD(LogSigmoid, logsigmoid) FDI(Relu, relu) FDI(Relu6, relu6) FD(Silu, silu) FD(Mish, mish) FD(HardSwish, hardswish)
  FD(HardSigmoid, hardsigmoid) FD(GeluErf, geluerf) FD(GeluTanh, gelutanh) FD(Softsign, softsign) FD(Ceil, ceil) FD(Floor, floor) FD(Round, round)
  FD(Trunc, trunc) FD(Frac, frac) I(Ceil, copy) I(Floor, copy) I(Round, copy) I(Trunc, copy)
  FD(Elu, elu) FD(LeakyRelu, leaky) FDI(Clamp, clamp) FDI(Threshold, threshold) FD(Softplus, softplus) FD(HardShrink, hardshrink)
  FD(SoftShrink, softshrink) FD(Affine, affine) FDI(PowScalar, powscalar)
  FDI(Add, add) FDI(Sub, sub) FDI(RSub, rsub) FDI(Mul, mul) FD(Div, div) FDI(FloorDiv, floordiv) FDI(TruncDiv, truncdiv) FDI(Remainder, remainder)
  FDI(Fmod, fmod) FDI(Pow, pow) FD(Atan2, atan2) FDI(Minimum, minimum) FDI(Maximum, maximum) FD(Fmin, fmin) FD(Fmax, fmax) I(Fmin, minimum)
  I(Fmax, maximum) FD(Hypot, hypot) FD(PRelu, prelu) FD(CopySign, copysign) FD(LogAddExp, logaddexp) FD(XLogY, xlogy) FDI(Heaviside, heaviside)
  FDI(Eq, eq) FDI(Ne, ne) FDI(Lt, lt) FDI(Le, le) FDI(Gt, gt) FDI(Ge, ge) FDI(And, and) FDI(Or, or) FDI(Xor, xor) FDI(Not, not) FDI(ToBool, tobool)
  FD(IsNan, isnan) FD(IsInf, isinf) FD(IsFinite, isfinite) I(IsNan, zero) I(IsInf, zero) I(IsFinite, one)
  FDI(Where, where) FD(Lerp, lerp) FDI(AddCMul, addcmul) FD(AddCDiv, addcdiv) FDI(ClampTensor, clamptensor)
  I(BitAnd, bitand) I(BitOr, bitor) I(BitXor, bitxor) I(BitNot, bitnot) I(Shl, shl) I(Shr, shr)
  F(RoundHalf, roundhalf) F(RoundBFloat, roundbfloat) FDI(Signbit, signbit) FD(Deg2Rad, deg2rad) FD(Rad2Deg, rad2deg) FD(NanToNum, nantonum)
  FD(Sinc, sinc) FD(Logit, logit)
#undef F
#undef D
#undef I
#undef FD
#undef FDI
  fillConversions<float>(t.load[0], t.store[0]);
  fillConversions<double>(t.load[1], t.store[1]);
  fillConversions<int64_t>(t.load[2], t.store[2]);
#if defined(__F16C__)
  t.load[0][static_cast<int>(DType::F16)] = loadHalf;
  t.store[0][static_cast<int>(DType::F16)] = storeHalf;
#endif
}
