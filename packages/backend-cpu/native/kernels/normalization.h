#pragma once
#include "tsjit/planner.h"

namespace tsjit {

// Over the last dimensions `shape`; weight and bias may be undefined.
Tensor layerNorm(Planner& p, const Tensor& x, const Dims& shape, const Tensor& weight, const Tensor& bias, double eps);

}  // namespace tsjit
