// The convolution operators: arguments to a ConvolutionSpec, then whoever takes it.
#include "convolution.h"

#include <algorithm>

#include "matmul.h"
#include "pooling.h"

namespace tsjit {
namespace {

struct Arguments {
  Tensor input, weight, bias;
  Dims stride, padding, dilation, outputPadding;
  std::string mode;  // "same" or "valid" in place of padding
  bool transposed = false;
  int64_t groups = 1;
};

Dims expand(const Dims& d, int n, const char* what) {
  if (d.n == n) return d;
  require(d.n == 1, what);
  return Dims(n, d[0]);
}

Tensor convolve(Planner& p, Arguments a) {
  require(a.weight.dim() >= 3 && a.weight.dim() <= 5, "convolution: a weight of rank 3 to 5");
  ConvolutionSpec s;
  s.spatial = a.weight.dim() - 2;
  require(a.input.dtype == a.weight.dtype && (!a.bias.defined() || a.bias.dtype == a.input.dtype), "convolution: one dtype");
  require(a.input.dtype == DType::F32 || a.input.dtype == DType::F64, "convolution: this dtype");
  bool single = a.input.dim() == s.spatial + 1;
  if (single) {
    a.input = p.plain(a.input);
    a.input.sizes.insert(0, 1);
    a.input.strides.insert(0, a.input.sizes[1] * a.input.strides[0]);
    a.input.inputLeaf = -1;
  }
  require(a.input.dim() == s.spatial + 2, "convolution: an input of the weight's rank");
  s.groups = a.groups;
  s.transposed = a.transposed;
  s.batch = a.input.size(0);
  s.inputChannels = a.input.size(1);
  require(s.groups > 0 && s.inputChannels % s.groups == 0, "convolution: channels that the groups divide");
  if (a.transposed) {
    s.outputChannels = a.weight.size(1) * s.groups;
    require(a.weight.size(0) == s.inputChannels, "convolution: channels that fit the weight");
  } else {
    s.outputChannels = a.weight.size(0);
    require(a.weight.size(1) * s.groups == s.inputChannels && s.outputChannels % s.groups == 0, "convolution: channels that fit the weight");
  }
  if (a.bias.defined()) require(a.bias.dim() == 1 && a.bias.size(0) == s.outputChannels, "convolution: a bias of one number a channel");
  Dims stride = expand(a.stride, s.spatial, "convolution: stride"), dilation = expand(a.dilation, s.spatial, "convolution: dilation");
  Dims padding = a.mode.empty() ? expand(a.padding, s.spatial, "convolution: padding") : Dims(s.spatial, 0);
  Dims extra = a.transposed ? expand(a.outputPadding, s.spatial, "convolution: output padding") : Dims(s.spatial, 0);
  for (int i = 0; i < s.spatial; i++) {
    s.input[i] = a.input.size(i + 2);
    s.kernel[i] = a.weight.size(i + 2);
    s.stride[i] = stride[i];
    s.dilation[i] = dilation[i];
    require(stride[i] > 0 && dilation[i] > 0 && s.kernel[i] > 0 && padding[i] >= 0, "convolution: parameters");
    s.padding[i] = s.paddingEnd[i] = padding[i];
    int64_t span = s.dilation[i] * (s.kernel[i] - 1);
    if (a.mode == "same") {
      require(stride[i] == 1, "convolution: padding 'same' with a stride");
      s.padding[i] = span / 2;
      s.paddingEnd[i] = span - span / 2;
    } else {
      require(a.mode.empty() || a.mode == "valid", "convolution: padding mode");
    }
    if (a.transposed) {
      require(extra[i] >= 0 && (extra[i] < stride[i] || extra[i] < dilation[i]), "convolution: output padding");
      s.paddingEnd[i] = padding[i] - extra[i];
      s.output[i] = (s.input[i] - 1) * stride[i] - 2 * padding[i] + span + extra[i] + 1;
    } else {
      int64_t room = s.input[i] + s.padding[i] + s.paddingEnd[i] - span - 1;
      require(room >= 0, "convolution: a kernel larger than the input");
      s.output[i] = room / stride[i] + 1;
    }
    require(s.output[i] > 0, "convolution: an empty result");
  }
  require(s.batch > 0 && s.inputChannels > 0 && s.outputChannels > 0 && s.inputSize() > 0, "convolution: empty operands");

  s.channelsLast = !single && (suggestsChannelsLast(a.input) || (!a.input.layout && suggestsChannelsLast(a.weight)));
  Tensor y;
  bool points = !s.transposed && s.groups == 1 && s.outputSize() == 1 && s.inputSize() == 1 && s.kernelSize() == 1;
  if (points) {  // a linear layer
    Tensor x = p.contiguous(a.input);
    MatmulSpec m;
    m.a = x;
    m.b = a.weight;
    if (a.bias.defined()) m.bias = p.contiguous(a.bias);
    m.m = s.batch;
    m.k = s.inputChannels;
    m.n = s.outputChannels;
    m.aRow = s.inputChannels;
    m.bRow = a.weight.stride(1);
    m.bColumn = a.weight.stride(0);
    if (m.bRow == 1 || m.bColumn == 1) {
      m.out = p.empty(x.dtype, s.outputSizes());
      recordMatmul(p, m);
      y = m.out;
    }
  }
  // few positions: the overhead of a blocked convolution would dominate
  bool few = !s.transposed && s.batch * s.outputSize() <= 48 && s.work() < 4e6 && !a.input.layout;
  if (!y.defined() && few) y = convolutionPlain(p, s, p.plain(a.input), a.weight, a.bias);
  if (!y.defined()) y = convolutionDnnl(p, s, a.input, a.weight, a.bias);
  if (!y.defined()) y = convolutionPlain(p, s, p.plain(a.input), a.weight, a.bias);
  if (s.channelsLast && (y.layout || y.isContiguous())) {
    Tensor z = p.emptyStrided(y.dtype, y.sizes, formatStrides(y.sizes, y.dim() == 4 ? kChannelsLast : kChannelsLast3d));
    p.copy(z, p.plain(y));
    y = z;
  }
  if (single) {
    y = p.plain(y);
    y.sizes.erase(0);
    y.strides.erase(0);
  }
  return y;
}

void fullConvolution(Planner& p, Args& a) {  // both _convolution overloads and convolution begin alike
  Arguments c;
  c.input = a.tensorAnyLayout(0);
  c.weight = a.tensor(1);
  c.bias = a.optionalTensor(2);
  c.stride = a.ints(3);
  c.padding = a.ints(4);
  c.dilation = a.ints(5);
  c.transposed = a.boolean(6);
  c.outputPadding = a.ints(7);
  c.groups = a.integer(8);
  a.ret(convolve(p, c));
}
void simpleConvolution(Planner& p, Args& a) {  // conv1d, conv2d, conv3d and their overloads with a padding mode
  Arguments c;
  c.input = a.tensorAnyLayout(0);
  c.weight = a.tensor(1);
  c.bias = a.optionalTensor(2);
  c.stride = a.ints(3);
  if (a.value(4).text) c.mode = a.text(4);
  else c.padding = a.ints(4);
  c.dilation = a.ints(5);
  c.groups = a.integer(6);
  a.ret(convolve(p, c));
}
void transposedConvolution(Planner& p, Args& a) {
  Arguments c;
  c.input = a.tensorAnyLayout(0);
  c.weight = a.tensor(1);
  c.bias = a.optionalTensor(2);
  c.stride = a.ints(3);
  c.padding = a.ints(4);
  c.outputPadding = a.ints(5);
  c.groups = a.integer(6);
  c.dilation = a.ints(7);
  c.transposed = true;
  a.ret(convolve(p, c));
}

}  // namespace

TSJIT_KERNEL("aten::_convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool benchmark, bool deterministic, bool cudnn_enabled, bool allow_tf32) -> Tensor", fullConvolution);
TSJIT_KERNEL("aten::_convolution.deprecated(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, int[] output_padding, SymInt groups, bool benchmark, bool deterministic, bool cudnn_enabled) -> Tensor", fullConvolution);
TSJIT_KERNEL("aten::convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor", fullConvolution);
TSJIT_KERNEL("aten::_convolution_mode(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, str padding, SymInt[] dilation, SymInt groups) -> Tensor", simpleConvolution);
TSJIT_KERNEL("aten::conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] dilation=[1], SymInt groups=1) -> Tensor", simpleConvolution);
TSJIT_KERNEL("aten::conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor", simpleConvolution);
TSJIT_KERNEL("aten::conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor", simpleConvolution);
TSJIT_KERNEL("aten::conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], str padding=\"valid\", SymInt[1] dilation=[1], SymInt groups=1) -> Tensor", simpleConvolution);
TSJIT_KERNEL("aten::conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], str padding=\"valid\", SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor", simpleConvolution);
TSJIT_KERNEL("aten::conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], str padding=\"valid\", SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor", simpleConvolution);
TSJIT_KERNEL("aten::conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] output_padding=[0], SymInt groups=1, SymInt[1] dilation=[1]) -> Tensor", transposedConvolution);
TSJIT_KERNEL("aten::conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt groups=1, SymInt[2] dilation=[1, 1]) -> Tensor", transposedConvolution);
TSJIT_KERNEL("aten::conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt groups=1, SymInt[3] dilation=[1, 1, 1]) -> Tensor", transposedConvolution);

}  // namespace tsjit
