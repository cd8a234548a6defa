// Row kernels over float32: sums in eight or more independent lanes, so that results do not depend on the vector width used.
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
static float maxRow(const float* x, int64_t n) {
  float lane[kLanes];
  for (int l = 0; l < kLanes; l++) lane[l] = -__builtin_inff();
  int32_t nan[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int l = 0; l < kLanes; l++) {
      lane[l] = x[i + l] > lane[l] ? x[i + l] : lane[l];
      nan[l] |= x[i + l] != x[i + l] ? 1 : 0;
    }
  float best = -__builtin_inff();
  bool bad = false;
  for (; i < n; i++) {
    best = x[i] > best ? x[i] : best;
    bad = bad || x[i] != x[i];
  }
  for (int l = 0; l < kLanes; l++) {
    best = lane[l] > best ? lane[l] : best;
    bad = bad || nan[l];
  }
  return bad ? __builtin_nanf("") : best;
}
static float minRow(const float* x, int64_t n) {
  float lane[kLanes];
  for (int l = 0; l < kLanes; l++) lane[l] = __builtin_inff();
  int32_t nan[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int l = 0; l < kLanes; l++) {
      lane[l] = x[i + l] < lane[l] ? x[i + l] : lane[l];
      nan[l] |= x[i + l] != x[i + l] ? 1 : 0;
    }
  float best = __builtin_inff();
  bool bad = false;
  for (; i < n; i++) {
    best = x[i] < best ? x[i] : best;
    bad = bad || x[i] != x[i];
  }
  for (int l = 0; l < kLanes; l++) {
    best = lane[l] < best ? lane[l] : best;
    bad = bad || nan[l];
  }
  return bad ? __builtin_nanf("") : best;
}
static void softmaxRow(const float* x, float* y, int64_t n) {
  float top = maxRow(x, n);
  for (int64_t i = 0; i < n; i++) y[i] = exp_(x[i] - top);
  float scale = static_cast<float>(1.0 / sumRow(y, n));
  for (int64_t i = 0; i < n; i++) y[i] *= scale;
}
static void logSoftmaxRow(const float* x, float* y, int64_t n) {
  float top = maxRow(x, n);
  float tile[1024];
  double total = 0;
  for (int64_t i = 0; i < n; i += 1024) {
    int64_t m = n - i < 1024 ? n - i : 1024;
    for (int64_t k = 0; k < m; k++) tile[k] = exp_(x[i + k] - top);
    total += sumRow(tile, m);
  }
  float shift = static_cast<float>(std::log(total));
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
