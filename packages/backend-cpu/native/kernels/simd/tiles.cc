// Compiled once per instruction set: TSJIT_ISA names the namespace and the table.
#include <cmath>
#include <cstring>
#include <limits>
#if defined(__F16C__) || defined(__AVX512F__)
#include <immintrin.h>
#endif

#include "table.h"

namespace tsjit {
namespace TSJIT_ISA {

#include "math.h"
#include "tile_functions.h"
#include "rows.h"

// A function, not a static object: nothing of this file may run before the processor was asked.
void fill(SimdTable& t) {
  t.name = TSJIT_ISA_NAME;
  fillTiles(t);
  fillRows(t);
}

}  // namespace TSJIT_ISA
}  // namespace tsjit
