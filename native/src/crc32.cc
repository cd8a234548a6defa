// With carry-less multiplication: 64 bytes a step are folded into four remainders ("Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction",
// Gopal et al., Intel 2009); the last 16 go through the table. Else four tables, four bytes a step.
#include "crc32.h"

#include <array>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define TSJIT_CRC_FOLDS 1
#endif

namespace tsjit {
namespace {

using Tables = std::array<std::array<uint32_t, 256>, 4>;

constexpr Tables makeTables() {
  Tables t{};
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = (c >> 1) ^ ((c & 1) ? 0xEDB88320u : 0);
    t[0][i] = c;
  }
  for (uint32_t i = 0; i < 256; i++)
    for (int k = 1; k < 4; k++) t[k][i] = (t[k - 1][i] >> 8) ^ t[0][t[k - 1][i] & 255];
  return t;
}
constexpr Tables kTables = makeTables();

// On the inverted state.
uint32_t byTables(const uint8_t* p, size_t n, uint32_t c) {
  for (; n >= 4; n -= 4, p += 4) {
    c ^= static_cast<uint32_t>(p[0]) | static_cast<uint32_t>(p[1]) << 8 | static_cast<uint32_t>(p[2]) << 16 | static_cast<uint32_t>(p[3]) << 24;
    c = kTables[3][c & 255] ^ kTables[2][(c >> 8) & 255] ^ kTables[1][(c >> 16) & 255] ^ kTables[0][c >> 24];
  }
  for (; n > 0; n--, p++) c = (c >> 8) ^ kTables[0][(c ^ *p) & 255];
  return c;
}

#ifdef TSJIT_CRC_FOLDS
__attribute__((target("pclmul,sse4.1"))) inline __m128i fold(__m128i remainder, __m128i next, __m128i powers) {
  __m128i low = _mm_clmulepi64_si128(remainder, powers, 0x00), high = _mm_clmulepi64_si128(remainder, powers, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

// n >= 64
__attribute__((target("pclmul,sse4.1"))) uint32_t byFolds(const uint8_t* p, size_t n, uint32_t c) {
  // x^(512+32), x^(512-32) and x^(128+32), x^(128-32) modulo the polynomial, reflected
  const __m128i by64 = _mm_set_epi64x(0x01c6e41596, 0x0154442bd4), by16 = _mm_set_epi64x(0x00ccaa009e, 0x01751997d0);
  auto load = [](const uint8_t* at) __attribute__((target("pclmul,sse4.1"))) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); };
  __m128i a = _mm_xor_si128(load(p), _mm_cvtsi32_si128(static_cast<int>(c))), b = load(p + 16), d = load(p + 32), e = load(p + 48);
  p += 64;
  n -= 64;
  for (; n >= 64; n -= 64, p += 64) {
    a = fold(a, load(p), by64);
    b = fold(b, load(p + 16), by64);
    d = fold(d, load(p + 32), by64);
    e = fold(e, load(p + 48), by64);
  }
  a = fold(a, b, by16);
  a = fold(a, d, by16);
  a = fold(a, e, by16);
  for (; n >= 16; n -= 16, p += 16) a = fold(a, load(p), by16);
  uint8_t last[16];
  _mm_storeu_si128(reinterpret_cast<__m128i*>(last), a);
  return byTables(p, n, byTables(last, 16, 0));
}
#endif

}  // namespace

uint32_t crc32(const void* data, size_t size, uint32_t before) {
  auto p = static_cast<const uint8_t*>(data);
#ifdef TSJIT_CRC_FOLDS
  static const bool folds = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
  if (folds && size >= 64) return ~byFolds(p, size, ~before);
#endif
  return ~byTables(p, size, ~before);
}

}  // namespace tsjit
