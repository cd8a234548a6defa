// Weights in oneDNN's blocked formats (OIhw16i16o and its like), packed on all threads as their rows come: one pass from a file to the packed copy, where the
// library's own reorder needs the whole weight in memory and runs scaled ones without vectors.
#pragma once
#ifdef TSJIT_HAVE_DNNL
#include "dnnl_engine.h"
#include "tsjit/weight_rows.h"

namespace tsjit::onednn {

// `weights`: rows of [in, ...kernel], one for each output channel, no groups; `scale`: a factor for each output channel, or null. False where the format has other
// blocks than output channels, innermost, and input channels around them.
bool packBlocked(const Desc& target, WeightRows& weights, const float* scale, float* to);

}  // namespace tsjit::onednn
#endif
