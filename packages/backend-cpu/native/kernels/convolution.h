// Convolutions of one to three dimensions: what every way of computing them shares.
#pragma once
#include "tsjit/planner.h"

namespace tsjit {

struct ConvolutionSpec {
  int spatial = 0;  // 1 to 3
  int64_t batch = 0, groups = 1, inputChannels = 0, outputChannels = 0;
  int64_t input[3], kernel[3], stride[3], padding[3], paddingEnd[3], dilation[3], output[3];
  bool transposed = false;
  bool channelsLast = false;  // what the program sees of the result
  int64_t kernelSize() const { return product(kernel); }
  int64_t outputSize() const { return product(output); }
  int64_t inputSize() const { return product(input); }
  int64_t product(const int64_t* v) const {
    int64_t p = 1;
    for (int i = 0; i < spatial; i++) p *= v[i];
    return p;
  }
  double work() const {  // multiply-adds
    double positions = static_cast<double>(batch) * static_cast<double>(transposed ? inputSize() : outputSize());
    return positions * static_cast<double>(inputChannels) * static_cast<double>(outputChannels) / static_cast<double>(groups) * static_cast<double>(kernelSize());
  }
  Dims outputSizes() const {
    Dims d{batch, outputChannels};
    for (int i = 0; i < spatial; i++) d.push_back(output[i]);
    return d;
  }
};

// Each gives an undefined tensor where it does not take the case on.
// oneDNN: `input` in any layout, the result in the layout that oneDNN likes.
Tensor convolutionDnnl(Planner& p, const ConvolutionSpec& s, const Tensor& input, const Tensor& weight, const Tensor& bias);
// Own kernels over plain memory.
Tensor convolutionPlain(Planner& p, const ConvolutionSpec& s, const Tensor& input, const Tensor& weight, const Tensor& bias);

}  // namespace tsjit
