// Register-tiled matrix kernels. Included once per instruction set inside its namespace.
#if defined(__AVX512F__)
constexpr int kVectorBytes = 64;
#elif defined(__AVX2__)
constexpr int kVectorBytes = 32;
#else
constexpr int kVectorBytes = 16;
#endif

template <class T>
struct Vec {
  static constexpr int width = kVectorBytes / sizeof(T);
  typedef T type __attribute__((vector_size(kVectorBytes), aligned(sizeof(T)), may_alias));
};
#if defined(__AVX512F__)
constexpr int kTileRows = 14, kTileVectors = 2;
#elif defined(__AVX2__)
constexpr int kTileRows = 6, kTileVectors = 2;
#else
constexpr int kTileRows = 4, kTileVectors = 2;
#endif

template <class T>
TSJIT_INLINE typename Vec<T>::type loadVec(const T* p) {
  return *reinterpret_cast<const typename Vec<T>::type*>(p);
}
template <class T>
TSJIT_INLINE void storeVec(T* p, typename Vec<T>::type v) {
  *reinterpret_cast<typename Vec<T>::type*>(p) = v;
}

// U independent sums along k hide the multiply-add latency where there are few rows.
template <class T, int M, bool Packed, int U>
static void microTile(int64_t k, const T* a, int64_t lda, const T* b, int64_t ldb, T* c, int64_t ldc, const T* bias, bool accumulate) {
  using V = typename Vec<T>::type;
  constexpr int W = Vec<T>::width, NV = kTileVectors;
  V sum[M][NV * U];
#pragma GCC unroll 32
  for (int i = 0; i < M; i++) {
#pragma GCC unroll 32
    for (int j = 0; j < NV * U; j++) sum[i][j] = V{};
#pragma GCC unroll 32
    for (int j = 0; j < NV; j++) {
      if (accumulate) sum[i][j] = loadVec(c + i * ldc + j * W);
      else if (bias) sum[i][j] = loadVec(bias + j * W);
    }
  }
  const T* rows[Packed ? 1 : M];
  if constexpr (!Packed) {
#pragma GCC unroll 32
    for (int i = 0; i < M; i++) rows[i] = a + i * lda;
  }
  int64_t p = 0;
  for (; p + U <= k; p += U) {
#pragma GCC unroll 8
    for (int u = 0; u < U; u++) {
      V bv[NV];
#pragma GCC unroll 32
      for (int j = 0; j < NV; j++) bv[j] = loadVec(b + j * W);
      b += ldb;
#pragma GCC unroll 32
      for (int i = 0; i < M; i++) {
        T x = Packed ? a[u * M + i] : rows[i][p + u];
#pragma GCC unroll 32
        for (int j = 0; j < NV; j++) sum[i][u * NV + j] += x * bv[j];
      }
    }
    if constexpr (Packed) a += M * U;
  }
  if constexpr (U > 1) {
    for (; p < k; p++) {
      V bv[NV];
#pragma GCC unroll 32
      for (int j = 0; j < NV; j++) bv[j] = loadVec(b + j * W);
      b += ldb;
#pragma GCC unroll 32
      for (int i = 0; i < M; i++) {
        T x = Packed ? a[i] : rows[i][p];
#pragma GCC unroll 32
        for (int j = 0; j < NV; j++) sum[i][j] += x * bv[j];
      }
      if constexpr (Packed) a += M;
    }
#pragma GCC unroll 32
    for (int i = 0; i < M; i++)
#pragma GCC unroll 32
      for (int j = 0; j < NV; j++)
#pragma GCC unroll 8
        for (int u = 1; u < U; u++) sum[i][j] += sum[i][u * NV + j];
  }
#pragma GCC unroll 32
  for (int i = 0; i < M; i++)
#pragma GCC unroll 32
    for (int j = 0; j < NV; j++) storeVec(c + i * ldc + j * W, sum[i][j]);
}

template <class T, int M>
static void tileRows(int64_t k, const T* a, int64_t lda, const T* b, int64_t ldb, T* c, int64_t ldc, const T* bias, bool accumulate) {
  constexpr int U = M == 1 ? 4 : M == 2 ? 2 : 1;
  if (lda == 0) microTile<T, M, true, U>(k, a, lda, b, ldb, c, ldc, bias, accumulate);
  else microTile<T, M, false, U>(k, a, lda, b, ldb, c, ldc, bias, accumulate);
}

template <class T>
static void tile(int64_t k, const T* a, int64_t lda, const T* b, int64_t ldb, T* c, int64_t ldc, int m, int n, const T* bias, bool accumulate) {
  constexpr int NR = kTileVectors * Vec<T>::width;
  T edge[kTileRows * NR], edgeBias[NR];
  T* to = c;
  int64_t ldTo = ldc;
  if (n < NR) {
    to = edge;
    ldTo = NR;
    if (accumulate)
      for (int i = 0; i < m; i++)
        for (int j = 0; j < NR; j++) edge[i * NR + j] = j < n ? c[i * ldc + j] : T(0);
    else if (bias) {
      for (int j = 0; j < NR; j++) edgeBias[j] = j < n ? bias[j] : T(0);
      bias = edgeBias;
    }
  }
  switch (m) {
#define TSJIT_TILE(M) \
  case M: \
    if constexpr (M <= kTileRows) tileRows<T, M>(k, a, lda, b, ldb, to, ldTo, bias, accumulate); \
    break;
    TSJIT_TILE(1) TSJIT_TILE(2) TSJIT_TILE(3) TSJIT_TILE(4) TSJIT_TILE(5) TSJIT_TILE(6) TSJIT_TILE(7) TSJIT_TILE(8) TSJIT_TILE(9) TSJIT_TILE(10)
    TSJIT_TILE(11) TSJIT_TILE(12) TSJIT_TILE(13) TSJIT_TILE(14)
#undef TSJIT_TILE
  }
  if (n < NR)
    for (int i = 0; i < m; i++)
      for (int j = 0; j < n; j++) c[i * ldc + j] = edge[i * NR + j];
}

template <class T>
static void packA(const T* a, int64_t rowStride, int64_t columnStride, int m, int64_t k, T* to) {
  if (columnStride == 1) {
    int64_t j = 0;
    for (; j + 8 <= k; j += 8)
      for (int i = 0; i < m; i++) {
        const T* row = a + i * rowStride + j;
#pragma GCC unroll 8
        for (int u = 0; u < 8; u++) to[(j + u) * m + i] = row[u];
      }
    for (; j < k; j++)
      for (int i = 0; i < m; i++) to[j * m + i] = a[i * rowStride + j];
    return;
  }
  for (int64_t j = 0; j < k; j++)
    for (int i = 0; i < m; i++) to[j * m + i] = a[i * rowStride + j * columnStride];
}

template <class T>
static void packB(const T* b, int64_t kStride, int64_t nStride, int64_t k, int n, T* to) {
  constexpr int NR = kTileVectors * Vec<T>::width;
  if (n < NR)
    for (int64_t j = 0; j < k; j++)
      for (int i = n; i < NR; i++) to[j * NR + i] = T(0);
  if (nStride == 1) {
    for (int64_t j = 0; j < k; j++)
      for (int i = 0; i < n; i++) to[j * NR + i] = b[j * kStride + i];
    return;
  }
  // columns are rows of memory: blocks of 16 keep both sides in cache
  for (int64_t j0 = 0; j0 < k; j0 += 16) {
    int64_t j1 = j0 + 16 < k ? j0 + 16 : k;
    for (int i = 0; i < n; i++) {
      const T* column = b + i * nStride;
      for (int64_t j = j0; j < j1; j++) to[j * NR + i] = column[j * kStride];
    }
  }
}

// Four rows at a time share the loads of x.
template <class T>
static void dots(const T* a, int64_t lda, int64_t rows, int64_t k, const T* x, T* y) {
  using V = typename Vec<T>::type;
  constexpr int W = Vec<T>::width;
  int64_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    V s[4][2] = {};
    int64_t j = 0;
    for (; j + 2 * W <= k; j += 2 * W) {
      V x0 = loadVec(x + j), x1 = loadVec(x + j + W);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++) {
        s[i][0] += loadVec(a + (r + i) * lda + j) * x0;
        s[i][1] += loadVec(a + (r + i) * lda + j + W) * x1;
      }
    }
    for (int i = 0; i < 4; i++) {
      V v = s[i][0] + s[i][1];
      T total = 0;
      for (int w = 0; w < W; w++) total += v[w];
      for (int64_t q = j; q < k; q++) total += a[(r + i) * lda + q] * x[q];
      y[r + i] = total;
    }
  }
  for (; r < rows; r++) {
    V s0{}, s1{};
    int64_t j = 0;
    for (; j + 2 * W <= k; j += 2 * W) {
      s0 += loadVec(a + r * lda + j) * loadVec(x + j);
      s1 += loadVec(a + r * lda + j + W) * loadVec(x + j + W);
    }
    s0 += s1;
    T total = 0;
    for (int w = 0; w < W; w++) total += s0[w];
    for (; j < k; j++) total += a[r * lda + j] * x[j];
    y[r] = total;
  }
}

template <class T>
static void fillGemm(GemmKernels<T>& t) {
  t.mr = kTileRows;
  t.nr = kTileVectors * Vec<T>::width;
  t.tile = tile<T>;
  t.packA = packA<T>;
  t.packB = packB<T>;
  t.dots = dots<T>;
}
