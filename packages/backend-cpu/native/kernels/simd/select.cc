// Which table this machine runs. Compiled for the baseline like every other file.
#include <cstdlib>
#include <cstring>

#include "table.h"

namespace tsjit {

namespace baseline { void fill(SimdTable& t); }
#ifdef TSJIT_HAVE_V3
namespace v3 { void fill(SimdTable& t); }
#endif
#ifdef TSJIT_HAVE_V4
namespace v4 { void fill(SimdTable& t); }
#endif

static void choose(SimdTable& t) {
  const char* wanted = std::getenv("TSJIT_CPU_ISA");
  auto allowed = [&](const char* name) { return !wanted || !*wanted || std::strcmp(wanted, name) == 0; };
  (void)allowed;
#ifdef TSJIT_HAVE_V4
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd") && allowed("x86-64-v4")) return v4::fill(t);
#endif
#ifdef TSJIT_HAVE_V3
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2") && allowed("x86-64-v3")) return v3::fill(t);
#endif
  baseline::fill(t);
}

const SimdTable& simd() {
  static const SimdTable chosen = [] {
    SimdTable t{};
    choose(t);
    return t;
  }();
  return chosen;
}
const char* simdName() { return simd().name; }

}  // namespace tsjit
