// Weights in oneDNN's Winograd formats, transformed on all threads with vectors: the library's own reorder is scalar, on one thread, and
// takes longer than dozens of runs of the convolution.
#pragma once
#ifdef TSJIT_HAVE_DNNL
#include "dnnl_engine.h"
#include "tsjit/weight_rows.h"

namespace tsjit::onednn {

// `weights`: rows of [in, 3, 3]; `scale`: a factor for each output channel, or null. False where the format is not one that this
// library version was seen to lay out as expected (each format is compared once with the library's reorder on a small case).
bool packWinograd(const Desc& target, WeightRows& weights, const float* scale, float* to);

}  // namespace tsjit::onednn
#endif
