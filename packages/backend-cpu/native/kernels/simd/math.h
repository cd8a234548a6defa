// Branch-free scalar functions that compilers turn into vector code. Included once per instruction set inside its namespace.
// Errors are below 2 units in the last place unless said otherwise (measured against float64 in the tests).
#define TSJIT_INLINE static inline __attribute__((always_inline))

TSJIT_INLINE int32_t bitsOf(float x) { return __builtin_bit_cast(int32_t, x); }
TSJIT_INLINE float floatOf(int32_t x) { return __builtin_bit_cast(float, x); }
TSJIT_INLINE float fma_(float a, float b, float c) {
#ifdef __FMA__
  return __builtin_fmaf(a, b, c);
#else
  return a * b + c;
#endif
}
TSJIT_INLINE float abs_(float x) { return floatOf(bitsOf(x) & 0x7fffffff); }
TSJIT_INLINE float copysign_(float x, float s) { return floatOf((bitsOf(x) & 0x7fffffff) | (bitsOf(s) & static_cast<int32_t>(0x80000000))); }
TSJIT_INLINE float min_(float a, float b) { return a < b ? a : b; }
TSJIT_INLINE float max_(float a, float b) { return a > b ? a : b; }

// 2^n for n in [-126, 127]
TSJIT_INLINE float pow2_(int32_t n) { return floatOf((n + 127) << 23); }

// Nearest integer, for |x| < 2^22.
TSJIT_INLINE float nearest_(float x) {
  constexpr float magic = 12582912.0f;  // 1.5 * 2^23
  return (x + magic) - magic;
}

// exp(hi + lo) for |lo| far below |hi|: Cody and Waite's reduction, a polynomial for 2^f, scaling in two steps (denormals, infinity).
TSJIT_INLINE float exp2parts_(float r, float n) {
  // exp(r) for |r| <= ln2/2; coefficients of a minimax fit
  float p = 1.9875691500e-4f;
  p = fma_(p, r, 1.3981999507e-3f);
  p = fma_(p, r, 8.3334519073e-3f);
  p = fma_(p, r, 4.1665795894e-2f);
  p = fma_(p, r, 1.6666665459e-1f);
  p = fma_(p, r, 5.0000001201e-1f);
  p = fma_(p, r * r, r) + 1.0f;
  int32_t k = static_cast<int32_t>(n);
  int32_t k1 = k >> 1, k2 = k - k1;
  return p * pow2_(k1) * pow2_(k2);
}
TSJIT_INLINE float exp_(float x) {
  float c = x < -104.5f ? -104.5f : x;
  c = c > 89.5f ? 89.5f : c;
  float n = nearest_(c * 1.44269504088896341f);
  float r = fma_(n, -0.693359375f, c);
  r = fma_(n, 2.12194440e-4f, r);
  n = x == x ? n : 0.0f;
  float y = exp2parts_(r, n);
  return x == x ? y : x;
}
TSJIT_INLINE float exp2_(float x) {
  float c = x < -151.0f ? -151.0f : x;
  c = c > 129.0f ? 129.0f : c;
  float n = nearest_(c);
  float r = (c - n) * 0.693147180559945f;
  n = x == x ? n : 0.0f;
  float y = exp2parts_(r, n);
  return x == x ? y : x;
}
TSJIT_INLINE float expm1_(float x) {
  float c = x < -20.0f ? -20.0f : x;
  c = c > 89.5f ? 89.5f : c;
  float n = nearest_(c * 1.44269504088896341f);
  float r = fma_(n, -0.693359375f, c);
  r = fma_(n, 2.12194440e-4f, r);
  n = x == x ? n : 0.0f;
  float p = 1.9875691500e-4f;
  p = fma_(p, r, 1.3981999507e-3f);
  p = fma_(p, r, 8.3334519073e-3f);
  p = fma_(p, r, 4.1665795894e-2f);
  p = fma_(p, r, 1.6666665459e-1f);
  p = fma_(p, r, 5.0000001201e-1f);
  p = fma_(p, r * r, r);  // exp(r) - 1
  int32_t k = static_cast<int32_t>(n);
  int32_t k1 = k >> 1, k2 = k - k1;
  float s1 = pow2_(k1), s2 = pow2_(k2);
  float small = k == 0 ? p : fma_(p, s1 * s2, s1 * s2 - 1.0f);
  float y = k > 100 ? (p + 1.0f) * s1 * s2 : small;
  return x == x ? y : x;
}

// log(x * 2^shift): exponent and a mantissa in [sqrt(1/2), sqrt(2)), a polynomial for log(1 + f) (Cephes).
TSJIT_INLINE float log_(float x) {
  bool tiny = x < 1.17549435e-38f;
  float s = tiny ? x * 8388608.0f : x;
  int32_t bits = bitsOf(s) - 0x3f3504f3;
  int32_t e = bits >> 23;
  float m = floatOf((bits & 0x007fffff) + 0x3f3504f3);
  float n = static_cast<float>(e) - (tiny ? 23.0f : 0.0f);
  float f = m - 1.0f;
  float z = f * f;
  float p = 7.0376836292e-2f;
  p = fma_(p, f, -1.1514610310e-1f);
  p = fma_(p, f, 1.1676998740e-1f);
  p = fma_(p, f, -1.2420140846e-1f);
  p = fma_(p, f, 1.4249322787e-1f);
  p = fma_(p, f, -1.6668057665e-1f);
  p = fma_(p, f, 2.0000714765e-1f);
  p = fma_(p, f, -2.4999993993e-1f);
  p = fma_(p, f, 3.3333331174e-1f);
  float y = f * z * p;
  y = fma_(n, -2.12194440e-4f, y);
  y = fma_(-0.5f, z, y);
  float r = f + y;
  r = fma_(n, 0.693359375f, r);
  r = x == 0.0f ? -__builtin_inff() : r;
  r = x < 0.0f ? __builtin_nanf("") : r;
  r = x > 3.4028235e38f ? x : r;
  return x == x ? r : x;
}
TSJIT_INLINE float log1p_(float x) {
  float u = 1.0f + x;
  float correction = (x - (u - 1.0f)) / u;
  float y = log_(u) + correction;
  y = abs_(x) < 1e-4f ? fma_(-0.5f * x, x, x) : y;
  return x > 3.4028235e38f ? x : (u == 0.0f ? -__builtin_inff() : y);
}
TSJIT_INLINE float log2_(float x) {
  bool tiny = x < 1.17549435e-38f;
  float s = tiny ? x * 8388608.0f : x;
  int32_t bits = bitsOf(s) - 0x3f3504f3;
  int32_t e = bits >> 23;
  float m = floatOf((bits & 0x007fffff) + 0x3f3504f3);
  float n = static_cast<float>(e) - (tiny ? 23.0f : 0.0f);
  double f = static_cast<double>(log_(m));
  float r = static_cast<float>(f * 1.4426950408889634 + n);
  r = x == 0.0f ? -__builtin_inff() : r;
  r = x < 0.0f ? __builtin_nanf("") : r;
  r = x > 3.4028235e38f ? x : r;
  return x == x ? r : x;
}

TSJIT_INLINE float tanh_(float x) {
  float a = abs_(x);
  float z = x * x;
  float p = -5.70498872745e-3f;
  p = fma_(p, z, 2.06390887954e-2f);
  p = fma_(p, z, -5.37397155531e-2f);
  p = fma_(p, z, 1.33314422036e-1f);
  p = fma_(p, z, -3.33332819422e-1f);
  float small = fma_(p * z, x, x);
  float e = exp_(2.0f * min_(a, 20.0f));
  float big = copysign_(1.0f - 2.0f / (e + 1.0f), x);
  float y = a < 0.625f ? small : big;
  return x == x ? y : x;
}
TSJIT_INLINE float sigmoid_(float x) { return 1.0f / (1.0f + exp_(-x)); }

// N. Juffa's erf: a polynomial near zero, one minus an exponential elsewhere.
TSJIT_INLINE float erf_(float a) {
  float t = abs_(a), s = a * a;
  float r = fma_(-1.72853470e-5f, t, 3.83197126e-4f);
  float u = fma_(-3.88396438e-3f, t, 2.42546219e-2f);
  r = fma_(r, s, u);
  r = fma_(r, t, -1.06777877e-1f);
  r = fma_(r, t, -6.34846687e-1f);
  r = fma_(r, t, -1.28717512e-1f);
  r = fma_(r, t, -t);
  float big = copysign_(1.0f - exp_(r), a);
  float q = -5.96761703e-4f;
  q = fma_(q, s, 4.99119423e-3f);
  q = fma_(q, s, -2.67681349e-2f);
  q = fma_(q, s, 1.12819925e-1f);
  q = fma_(q, s, -3.76125336e-1f);
  q = fma_(q, s, 1.28379166e-1f);
  q = fma_(q, a, a);
  float y = t > 0.927734375f ? (t > 4.5f ? copysign_(1.0f, a) : big) : q;
  return a == a ? y : a;
}

// sin and cos for |x| up to about 1e5 (callers send larger ones to libm): x minus the nearest multiple of pi/2 in three parts.
TSJIT_INLINE float sincos_(float x, int32_t quadrantShift) {
  float n = nearest_(x * 0.636619772367581343f);
  float r = fma_(n, -1.57079601287841796875f, x);
  r = fma_(n, -3.1391647326017846e-7f, r);
  r = fma_(n, -5.390302529957765e-15f, r);
  int32_t q = static_cast<int32_t>(n) + quadrantShift;
  float z = r * r;
  float s = 2.718311493989822e-6f;
  s = fma_(s, z, -1.98393348360966317347e-4f);
  s = fma_(s, z, 8.3333293858894631756e-3f);
  s = fma_(s, z, -1.66666666416265235595e-1f);
  s = fma_(s * z, r, r);
  float c = 2.43904487962774090654e-5f;
  c = fma_(c, z, -1.38867637746099294692e-3f);
  c = fma_(c, z, 4.16666233237390631894e-2f);
  c = fma_(c, z, -4.99999997251031003120e-1f);
  c = fma_(c, z, 1.0f);
  float y = q & 1 ? c : s;
  return q & 2 ? -y : y;
}
