// Row kernels over float32: sums in sixteen independent lanes, so that results do not depend on the vector width used (the sum inside
// softmax excepted).
constexpr int kLanes = 16;

static double sumRow(const float* x, int64_t n) {
  double total = 0;
  int64_t i = 0;
  while (i < n) {  // blocks short enough for float32 partial sums, added up in float64
    int64_t end = i + 2048 < n ? i + 2048 : n;
    float lane[kLanes] = {};
    for (; i + kLanes <= end; i += kLanes)
      for (int l = 0; l < kLanes; l++) lane[l] += x[i + l];
    double part = 0;
    for (; i < end; i++) part += x[i];
    for (int l = 0; l < kLanes; l++) part += lane[l];
    total += part;
  }
  return total;
}
static double sumSquaresRow(const float* x, int64_t n) {
  double total = 0;
  int64_t i = 0;
  while (i < n) {
    int64_t end = i + 2048 < n ? i + 2048 : n;
    float lane[kLanes] = {};
    for (; i + kLanes <= end; i += kLanes)
      for (int l = 0; l < kLanes; l++) lane[l] = fma_(x[i + l], x[i + l], lane[l]);
    double part = 0;
    for (; i < end; i++) part += static_cast<double>(x[i]) * x[i];
    for (int l = 0; l < kLanes; l++) part += lane[l];
    total += part;
  }
  return total;
}
static double sumSquaredDeviationsRow(const float* x, int64_t n, float mean) {
  double total = 0;
  int64_t i = 0;
  while (i < n) {
    int64_t end = i + 2048 < n ? i + 2048 : n;
    float lane[kLanes] = {};
    for (; i + kLanes <= end; i += kLanes)
      for (int l = 0; l < kLanes; l++) {
        float d = x[i + l] - mean;
        lane[l] = fma_(d, d, lane[l]);
      }
    double part = 0;
    for (; i < end; i++) part += (static_cast<double>(x[i]) - mean) * (static_cast<double>(x[i]) - mean);
    for (int l = 0; l < kLanes; l++) part += lane[l];
    total += part;
  }
  return total;
}
// One register of floats as the compiler's own vectors.
#if defined(__AVX512F__)
constexpr int64_t kWide = 16;
#elif defined(__AVX2__)
constexpr int64_t kWide = 8;
#else
constexpr int64_t kWide = 4;
#endif
typedef float Floats __attribute__((vector_size(kWide * 4)));
typedef int32_t Ints __attribute__((vector_size(kWide * 4)));
TSJIT_INLINE Floats splat(float x) { return x - Floats{}; }
TSJIT_INLINE Floats loadAll(const float* x) {
  Floats v;
  __builtin_memcpy(&v, x, sizeof(v));
  return v;
}
TSJIT_INLINE void storeAll(float* y, Floats v) { __builtin_memcpy(y, &v, sizeof(v)); }
TSJIT_INLINE Floats loadSome(const float* x, int64_t n, float rest) {
#ifdef __AVX512F__
  return reinterpret_cast<Floats>(_mm512_mask_loadu_ps(_mm512_set1_ps(rest), static_cast<__mmask16>((1u << n) - 1), x));
#else
  float t[kWide];
  for (int64_t i = 0; i < kWide; i++) t[i] = i < n ? x[i] : rest;
  return loadAll(t);
#endif
}
TSJIT_INLINE void storeSome(float* y, Floats v, int64_t n) {
#ifdef __AVX512F__
  _mm512_mask_storeu_ps(y, static_cast<__mmask16>((1u << n) - 1), reinterpret_cast<__m512>(v));
#else
  float t[kWide];
  storeAll(t, v);
  for (int64_t i = 0; i < n; i++) y[i] = t[i];
#endif
}
TSJIT_INLINE Floats largerOf(Floats a, Floats b) { return a > b ? a : b; }  // b where either is NaN
TSJIT_INLINE Floats smallerOf(Floats a, Floats b) { return a < b ? a : b; }
TSJIT_INLINE float largestOf(Floats v) {
  float best = v[0];
  for (int l = 1; l < kWide; l++) best = v[l] > best ? v[l] : best;
  return best;
}
TSJIT_INLINE double sumOf(Floats v) {
  double sum = 0;
  for (int l = 0; l < kWide; l++) sum += v[l];
  return sum;
}
// exp_ for x <= 0 (or NaN).
TSJIT_INLINE Floats expOfNegative(Floats x) {
  Floats c = x < -104.5f ? splat(-104.5f) : x;
  Floats n = (c * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
  Floats r = c - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  Floats p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = (p * (r * r) + r) + 1.0f;
  Ints k = __builtin_convertvector(n, Ints), k1 = k >> 1, k2 = k - k1;
  return p * reinterpret_cast<Floats>((k1 + 127) << 23) * reinterpret_cast<Floats>((k2 + 127) << 23);
}
constexpr float kInfinity = __builtin_inff();

template <bool MAX>
static float extremeRow(const float* x, int64_t n) {  // NaN where there is one
  const float none = MAX ? -kInfinity : kInfinity;
  Floats best[4] = {splat(none), splat(none), splat(none), splat(none)};
  Ints nan[4] = {};
  int64_t i = 0;
  for (; i + 4 * kWide <= n; i += 4 * kWide)
    for (int k = 0; k < 4; k++) {
      Floats v = loadAll(x + i + kWide * k);
      best[k] = MAX ? largerOf(v, best[k]) : smallerOf(v, best[k]);
      nan[k] |= v != v;
    }
  for (; i < n; i += kWide) {
    Floats v = n - i < kWide ? loadSome(x + i, n - i, none) : loadAll(x + i);
    best[0] = MAX ? largerOf(v, best[0]) : smallerOf(v, best[0]);
    nan[0] |= v != v;
  }
  Ints bad = nan[0] | nan[1] | nan[2] | nan[3];
  Floats a = MAX ? largerOf(best[0], best[1]) : smallerOf(best[0], best[1]), b = MAX ? largerOf(best[2], best[3]) : smallerOf(best[2], best[3]);
  a = MAX ? largerOf(a, b) : smallerOf(a, b);
  bool any = false;
  float r = a[0];
  for (int l = 0; l < kWide; l++) {
    any = any || bad[l];
    r = (MAX ? a[l] > r : a[l] < r) ? a[l] : r;
  }
  return any ? __builtin_nanf("") : r;
}
static float maxRow(const float* x, int64_t n) { return extremeRow<true>(x, n); }
static float minRow(const float* x, int64_t n) { return extremeRow<false>(x, n); }
// The largest that is no NaN: whatever is NaN makes the exponentials' sum NaN.
TSJIT_INLINE float topOf(const float* x, int64_t n) {
  Floats a = splat(-kInfinity), b = a;
  int64_t i = 0;
  for (; i + 2 * kWide <= n; i += 2 * kWide) {
    a = largerOf(loadAll(x + i), a);
    b = largerOf(loadAll(x + i + kWide), b);
  }
  for (; i < n; i += kWide) a = largerOf(n - i < kWide ? loadSome(x + i, n - i, -kInfinity) : loadAll(x + i), a);
  return largestOf(largerOf(a, b));
}
// Sum of exp(x - top); stores the exponentials where STORE.
template <bool STORE>
TSJIT_INLINE double expRowSum(const float* x, float* y, int64_t n, float top) {
  double total = 0;
  int64_t i = 0;
  while (i + kWide <= n) {  // blocks short enough for float32 partial sums
    int64_t end = i + 2048 < n ? i + 2048 : n;
    Floats sum = {};
    for (; i + kWide <= end; i += kWide) {
      Floats e = expOfNegative(loadAll(x + i) - top);
      if (STORE) storeAll(y + i, e);
      sum += e;
    }
    total += sumOf(sum);
  }
  if (i < n) {
    int64_t m = n - i;
    Floats e = expOfNegative(loadSome(x + i, m, top) - top);
    if (STORE) storeSome(y + i, e, m);
    for (int64_t l = 0; l < m; l++) total += e[l];
  }
  return total;
}
static void softmaxRow(const float* x, float* y, int64_t n) {
  float top = topOf(x, n);
  float scale = static_cast<float>(1.0 / expRowSum<true>(x, y, n, top));
  for (int64_t i = 0; i < n; i++) y[i] *= scale;
}
static void logSoftmaxRow(const float* x, float* y, int64_t n) {
  float top = topOf(x, n);
  float shift = static_cast<float>(std::log(expRowSum<false>(x, nullptr, n, top)));
  for (int64_t i = 0; i < n; i++) y[i] = x[i] - top - shift;
}
static void accumulateRow(const float* x, float* y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] += x[i];
}
static void accumulateMaxRow(const float* x, float* y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = (x[i] > y[i] || x[i] != x[i]) ? x[i] : y[i];
}
static void accumulateMinRow(const float* x, float* y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = (x[i] < y[i] || x[i] != x[i]) ? x[i] : y[i];
}
static void expRow(const float* x, float* y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = exp_(x[i]);
}
static void fillRows(SimdTable& t) {
  t.sum = sumRow;
  t.max = maxRow;
  t.min = minRow;
  t.sumSquares = sumSquaresRow;
  t.sumSquaredDeviations = sumSquaredDeviationsRow;
  t.softmax = softmaxRow;
  t.logSoftmax = logSoftmaxRow;
  t.accumulate = accumulateRow;
  t.accumulateMax = accumulateMaxRow;
  t.accumulateMin = accumulateMinRow;
  t.exp = expRow;
}
