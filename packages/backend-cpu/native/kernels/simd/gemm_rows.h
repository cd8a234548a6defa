// Row kernels of normalisation, attention, recurrent cells and pooling. Included once per instruction set inside its namespace.
static void maxTaps(const float* const* taps, int64_t count, int64_t inner, float* out) {
  using V = Vec<float>::type;
  constexpr int W = Vec<float>::width;
  int64_t c = 0;
  for (; c + W <= inner; c += W) {
    V m = loadVec(taps[0] + c);
    for (int64_t t = 1; t < count; t++) {
      V x = loadVec(taps[t] + c);
      m = (x > m) | (x != x) ? x : m;
    }
    storeVec(out + c, m);
  }
  for (; c < inner; c++) {
    float m = taps[0][c];
    for (int64_t t = 1; t < count; t++) {
      float x = taps[t][c];
      m = x > m || x != x ? x : m;
    }
    out[c] = m;
  }
}
static void averageTaps(const float* const* taps, int64_t count, int64_t inner, float scale, float* out) {
  using V = Vec<float>::type;
  constexpr int W = Vec<float>::width;
  int64_t c = 0;
  for (; c + W <= inner; c += W) {
    V s{};
    for (int64_t t = 0; t < count; t++) s += loadVec(taps[t] + c);
    storeVec(out + c, s * scale);
  }
  for (; c < inner; c++) {
    float s = 0;
    for (int64_t t = 0; t < count; t++) s += taps[t][c];
    out[c] = s * scale;
  }
}

static void weightedTaps(const float* const* taps, const float* weights, int64_t count, int64_t inner, float* out) {
  using V = Vec<float>::type;
  constexpr int W = Vec<float>::width;
  int64_t c = 0;
  for (; c + W <= inner; c += W) {
    V s{};
    for (int64_t t = 0; t < count; t++) s += loadVec(taps[t] + c) * weights[t];
    storeVec(out + c, s);
  }
  for (; c < inner; c++) {
    float s = 0;
    for (int64_t t = 0; t < count; t++) s = fma_(taps[t][c], weights[t], s);
    out[c] = s;
  }
}

static void rowMoments(const float* x, int64_t n, double* mean, double* variance) {
  constexpr int L = 16;
  double total = 0;
  for (int64_t at = 0; at < n; at += 2048) {
    int64_t end = at + 2048 < n ? at + 2048 : n, i = at;
    float lane[L] = {};
    for (; i + L <= end; i += L)
      for (int l = 0; l < L; l++) lane[l] += x[i + l];
    for (; i < end; i++) total += x[i];
    for (int l = 0; l < L; l++) total += lane[l];
  }
  double m = total / static_cast<double>(n);
  float mf = static_cast<float>(m);
  double squares = 0;
  for (int64_t at = 0; at < n; at += 2048) {
    int64_t end = at + 2048 < n ? at + 2048 : n, i = at;
    float lane[L] = {};
    for (; i + L <= end; i += L)
      for (int l = 0; l < L; l++) {
        float d = x[i + l] - mf;
        lane[l] = fma_(d, d, lane[l]);
      }
    for (; i < end; i++) squares += static_cast<double>(x[i] - mf) * (x[i] - mf);
    for (int l = 0; l < L; l++) squares += lane[l];
  }
  double shift = m - mf;  // the deviations above are from the rounded mean
  *mean = m;
  *variance = squares / static_cast<double>(n) - shift * shift;
}
static void normalizeRow(const float* x, float* y, int64_t n, float mean, float scale, const float* g, const float* b) {
  if (g && b) {
    for (int64_t i = 0; i < n; i++) y[i] = fma_((x[i] - mean) * scale, g[i], b[i]);
  } else if (g) {
    for (int64_t i = 0; i < n; i++) y[i] = (x[i] - mean) * scale * g[i];
  } else if (b) {
    for (int64_t i = 0; i < n; i++) y[i] = fma_(x[i] - mean, scale, b[i]);
  } else {
    for (int64_t i = 0; i < n; i++) y[i] = (x[i] - mean) * scale;
  }
}

static float softmaxStep(float* scores, int64_t n, float maximum, float* sum) {
  constexpr int L = 16;
  float lane[L];
  for (int l = 0; l < L; l++) lane[l] = maximum;
  int64_t i = 0;
  for (; i + L <= n; i += L)
    for (int l = 0; l < L; l++) lane[l] = scores[i + l] > lane[l] ? scores[i + l] : lane[l];
  for (; i < n; i++) lane[0] = scores[i] > lane[0] ? scores[i] : lane[0];
  float top = lane[0];
  for (int l = 1; l < L; l++) top = lane[l] > top ? lane[l] : top;
  if (top == -__builtin_inff()) {  // nothing is seen
    bool odd = false;  // not a number, which no comparison sees
    for (i = 0; i < n; i++) odd |= scores[i] != scores[i];
    *sum = odd ? __builtin_nanf("") : 0.0f;
    for (i = 0; i < n; i++) scores[i] = *sum;
    return top;
  }
  float shift = top;
  float total[L] = {};
  for (i = 0; i + L <= n; i += L)
    for (int l = 0; l < L; l++) {
      float e = exp_(scores[i + l] - shift);
      scores[i + l] = e;
      total[l] += e;
    }
  for (; i < n; i++) {
    float e = exp_(scores[i] - shift);
    scores[i] = e;
    total[0] += e;
  }
  float s = 0;
  for (int l = 0; l < L; l++) s += total[l];
  *sum = s;
  return top;
}
static void scaleRow(float* x, int64_t n, float s) {
  for (int64_t i = 0; i < n; i++) x[i] *= s;
}
static void lstmGates(const float* gates, int64_t stride, int64_t n, float* c, float* h) {
  const float *gi = gates, *gf = gates + stride, *gg = gates + 2 * stride, *go = gates + 3 * stride;
#pragma GCC ivdep
  for (int64_t i = 0; i < n; i++) {
    float cell = fma_(sigmoid_(gf[i]), c[i], sigmoid_(gi[i]) * tanh_(gg[i]));
    c[i] = cell;
    h[i] = sigmoid_(go[i]) * tanh_(cell);
  }
}
static void gruGates(const float* x, const float* g, int64_t stride, int64_t n, const float* hOld, float* h) {
#pragma GCC ivdep
  for (int64_t i = 0; i < n; i++) {
    float r = sigmoid_(x[i] + g[i]), z = sigmoid_(x[i + stride] + g[i + stride]);
    float fresh = tanh_(fma_(r, g[i + 2 * stride], x[i + 2 * stride]));
    h[i] = fma_(z, hOld[i] - fresh, fresh);
  }
}
static void tanhRow(const float* x, float* y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = tanh_(x[i]);
}
