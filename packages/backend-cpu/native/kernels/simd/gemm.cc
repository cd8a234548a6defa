// Compiled once per instruction set: TSJIT_ISA names the namespace and the table.
#include <cstring>

#include "gemm_table.h"

namespace tsjit {
namespace TSJIT_ISA {

#include "math.h"
#include "gemm_micro.h"
#include "gemm_rows.h"

void fillGemmTable(GemmTable& t) {
  t.name = TSJIT_ISA_NAME;
  fillGemm(t.f32);
  fillGemm(t.f64);
  t.pool.maxTaps = maxTaps;
  t.pool.averageTaps = averageTaps;
  t.pool.weightedTaps = weightedTaps;
  t.normalizeRow = normalizeRow;
  t.rowMoments = rowMoments;
  t.softmaxStep = softmaxStep;
  t.scaleRow = scaleRow;
  t.lstmGates = lstmGates;
  t.gruGates = gruGates;
  t.tanhRow = tanhRow;
}

}  // namespace TSJIT_ISA
}  // namespace tsjit
