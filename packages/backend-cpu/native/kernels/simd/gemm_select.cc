// Which matrix kernels this machine runs: those of the instruction set that `simd()` chose. Compiled for the baseline.
#include <cstring>

#include "gemm_table.h"
#include "table.h"

namespace tsjit {

namespace baseline { void fillGemmTable(GemmTable& t); }
#ifdef TSJIT_HAVE_V3
namespace v3 { void fillGemmTable(GemmTable& t); }
#endif
#ifdef TSJIT_HAVE_V4
namespace v4 { void fillGemmTable(GemmTable& t); }
#endif

const GemmTable& gemmTable() {
  static const GemmTable chosen = [] {
    GemmTable t{};
    [[maybe_unused]] const char* name = simdName();
#ifdef TSJIT_HAVE_V4
    if (std::strcmp(name, "x86-64-v4") == 0) {
      v4::fillGemmTable(t);
      return t;
    }
#endif
#ifdef TSJIT_HAVE_V3
    if (std::strcmp(name, "x86-64-v3") == 0) {
      v3::fillGemmTable(t);
      return t;
    }
#endif
    baseline::fillGemmTable(t);
    return t;
  }();
  return chosen;
}

}  // namespace tsjit
