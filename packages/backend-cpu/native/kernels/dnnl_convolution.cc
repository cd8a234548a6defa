// Convolutions by oneDNN: which layout and algorithm, weights packed once, tails as post-operations.
#include "convolution.h"

#ifdef TSJIT_HAVE_DNNL
#include <chrono>
#include <cstring>
#include <mutex>
#include <unordered_map>

#include "dnnl_blocked.h"
#include "dnnl_postops.h"
#include "dnnl_winograd.h"
#include "memory_format.h"
#include "tsjit/parallel.h"

namespace tsjit {
namespace {

using namespace onednn;
using alg = ::dnnl::algorithm;
using kind = ::dnnl::prop_kind;
using dims = ::dnnl::memory::dims;

// One way of computing a convolution.
struct Way {
  alg algorithm = alg::convolution_direct;
  Desc source, result;
  std::string implementation;  // what oneDNN calls it
};

dims space(const ConvolutionSpec& s, const int64_t* v, int64_t minus = 0) {
  dims d;
  for (int i = 0; i < s.spatial; i++) d.push_back(v[i] - minus);
  return d;
}

Desc weightsAny(const ConvolutionSpec& s) {
  dims d;
  if (s.groups > 1) d = {s.groups, s.outputChannels / s.groups, s.inputChannels / s.groups};
  else d = {s.outputChannels, s.inputChannels};
  for (int i = 0; i < s.spatial; i++) d.push_back(s.kernel[i]);
  return Desc(d, kF32, ::dnnl::memory::format_tag::any);
}

// The weight tensor's own strides as oneDNN's weights.
Desc weightsDesc(const ConvolutionSpec& s, const Tensor& w) {
  Dims sizes, strides;
  int64_t outPerGroup = s.outputChannels / s.groups, inPerGroup = s.inputChannels / s.groups;
  int out = s.transposed ? 1 : 0, in = s.transposed ? 0 : 1;  // transposed weights are [in, out / groups, …]
  if (s.groups > 1) {
    sizes.push_back(s.groups);
    strides.push_back((s.transposed ? inPerGroup : outPerGroup) * w.strides[0]);
  }
  sizes.push_back(outPerGroup);
  strides.push_back(w.strides[out]);
  sizes.push_back(inPerGroup);
  strides.push_back(w.strides[in]);
  for (int i = 0; i < s.spatial; i++) {
    sizes.push_back(s.kernel[i]);
    strides.push_back(w.strides[i + 2]);
  }
  return describeStrided(sizes, strides);
}

// A created descriptor, whichever of the two primitives it is.
struct Made {
  bool ok = false;
  Desc source, weights, bias, result, scratch;
  std::string name;
  ::dnnl::convolution_forward::primitive_desc forward;
  ::dnnl::deconvolution_forward::primitive_desc backward;
  bool transposed = false;
  ::dnnl::primitive primitive() const { return transposed ? ::dnnl::primitive(::dnnl::deconvolution_forward(backward)) : ::dnnl::primitive(::dnnl::convolution_forward(forward)); }
};

Made make(const ConvolutionSpec& s, alg algorithm, const Desc& source, const Desc& result, bool bias, const ::dnnl::primitive_attr& given) {
  Made m;
  m.transposed = s.transposed;
  ::dnnl::primitive_attr attr = given;
  attr.set_scratchpad_mode(::dnnl::scratchpad_mode::user);
  Desc w = weightsAny(s), b({s.outputChannels}, kF32, ::dnnl::memory::format_tag::x);
  dims strides = space(s, s.stride), dilation = space(s, s.dilation, 1), begin = space(s, s.padding), end = space(s, s.paddingEnd);
  try {
    auto fill = [&](auto& pd) {
      m.source = pd.src_desc();
      m.weights = pd.weights_desc();
      if (bias) m.bias = pd.bias_desc();
      m.result = pd.dst_desc();
      m.scratch = pd.scratchpad_desc();
      m.name = pd.impl_info_str();
    };
    if (s.transposed) {
      using D = ::dnnl::deconvolution_forward;
      D::desc d = bias ? D::desc(kind::forward_inference, algorithm, source, w, b, result, strides, dilation, begin, end)
                       : D::desc(kind::forward_inference, algorithm, source, w, result, strides, dilation, begin, end);
      m.backward = D::primitive_desc(d, attr, engine());
      fill(m.backward);
    } else {
      using C = ::dnnl::convolution_forward;
      C::desc d = bias ? C::desc(kind::forward_inference, algorithm, source, w, b, result, strides, dilation, begin, end)
                       : C::desc(kind::forward_inference, algorithm, source, w, result, strides, dilation, begin, end);
      m.forward = C::primitive_desc(d, attr, engine());
      fill(m.forward);
    }
    m.ok = m.name.find("ref") == std::string::npos;
  } catch (const ::dnnl::error&) {
    m.ok = false;
  }
  return m;
}

// Microseconds of the fastest of a few runs on zeros.
double timeOf(const Made& m, bool bias) {
  auto primitive = m.primitive();
  ::dnnl::memory source(m.source, engine()), weights(m.weights, engine()), result(m.result, engine()), b, scratch(m.scratch, engine());
  std::memset(source.get_data_handle(), 0, m.source.get_size());
  std::memset(weights.get_data_handle(), 0, m.weights.get_size());
  std::vector<dnnl_exec_arg_t> args = {{DNNL_ARG_SRC, source.get()}, {DNNL_ARG_WEIGHTS, weights.get()}, {DNNL_ARG_DST, result.get()}, {DNNL_ARG_SCRATCHPAD, scratch.get()}};
  if (bias) {
    b = ::dnnl::memory(m.bias, engine());
    std::memset(b.get_data_handle(), 0, m.bias.get_size());
    args.push_back({DNNL_ARG_BIAS, b.get()});
  }
  double best = 1e30;
  for (int i = 0; i < 4; i++) {
    auto begin = std::chrono::steady_clock::now();
    execute(primitive, args.data(), static_cast<int>(args.size()));
    double t = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
    if (i > 0) best = std::min(best, t);  // the first touches memory
  }
  return best;
}

std::string specKey(const ConvolutionSpec& s, const Desc& in, bool bias) {
  std::string key = keyOf(in);
  for (int64_t x : {s.batch, s.groups, s.inputChannels, s.outputChannels, int64_t{s.transposed}, int64_t{s.channelsLast}, int64_t{bias}, int64_t{threadCount()}}) key += std::to_string(x) + ';';
  for (int i = 0; i < s.spatial; i++)
    for (int64_t x : {s.input[i], s.kernel[i], s.stride[i], s.padding[i], s.paddingEnd[i], s.dilation[i], s.output[i]}) key += std::to_string(x) + ';';
  return key;
}

// The layouts to try for an input that lies as `have`, the preferred one first.
std::vector<Way> candidates(const ConvolutionSpec& s, Kind have) {
  Dims in{s.batch, s.inputChannels}, out = s.outputSizes();
  for (int i = 0; i < s.spatial; i++) in.push_back(s.input[i]);
  dims inDims(in.begin(), in.end()), outDims(out.begin(), out.end());
  Desc anyIn(inDims, kF32, ::dnnl::memory::format_tag::any), anyOut(outDims, kF32, ::dnnl::memory::format_tag::any);
  alg direct = s.transposed ? alg::deconvolution_direct : alg::convolution_direct;
  bool even = s.outputChannels % 16 == 0, evenIn = s.inputChannels % 16 == 0;
  bool depthwise = s.groups > 1 && s.groups == s.inputChannels && s.groups == s.outputChannels;
  std::vector<Way> ways;
  auto add = [&](const Desc& a, const Desc& b) { ways.push_back({direct, a, b, {}}); };
  if (s.groups > 1 && !depthwise && !s.transposed) {
    add(anyIn, anyOut);
    add(describe(in, Kind::ChannelsLast), describe(out, Kind::ChannelsLast));
    add(describe(in, Kind::Blocked16), describe(out, Kind::Blocked16));
    return ways;
  }
  if (s.inputChannels <= 4 && s.groups == 1 && have == Kind::Plain && !s.transposed) {
    if (even) add(describe(in, Kind::Plain), describe(out, Kind::Blocked16));
    add(describe(in, Kind::ChannelsLast), describe(out, Kind::ChannelsLast));
  }
  bool blocked = even && evenIn && have != Kind::ChannelsLast;
  if (blocked) add(describe(in, Kind::Blocked16), describe(out, Kind::Blocked16));
  add(describe(in, Kind::ChannelsLast), describe(out, Kind::ChannelsLast));
  if (even && evenIn && !blocked) add(describe(in, Kind::Blocked16), describe(out, Kind::Blocked16));
  add(anyIn, anyOut);
  add(describe(in, Kind::Plain), describe(out, Kind::Plain));
  return ways;
}

bool winogradFits(const ConvolutionSpec& s) {
  if (s.transposed || s.spatial != 2 || s.groups != 1 || s.inputChannels % 16 || s.outputChannels % 16 || s.inputChannels < 32 || s.outputChannels < 32) return false;
  for (int i = 0; i < 2; i++)
    if (s.kernel[i] != 3 || s.stride[i] != 1 || s.dilation[i] != 1 || s.padding[i] > 1 || s.paddingEnd[i] > 1) return false;
  return s.work() > 2e6 && s.batch * s.outputSize() >= 100;
}

// Decided once for each shape. False: oneDNN has nothing but its reference code.
bool choose(const ConvolutionSpec& s, const Tensor& input, bool bias, Way& way) {
  static std::mutex mutex;
  static auto* known = new std::unordered_map<std::string, std::pair<bool, Way>>;
  Desc have = descOf(input);
  std::string key = specKey(s, have, bias);
  {
    std::lock_guard<std::mutex> lock(mutex);
    auto found = known->find(key);
    if (found != known->end()) {
      way = found->second.second;
      return found->second.first;
    }
  }
  Kind lies = kindOf(input);
  std::vector<Way> ways = candidates(s, lies);
  Made best;
  bool grouped = s.groups > 1 && !(s.groups == s.inputChannels && s.groups == s.outputChannels);
  double bestTime = 1e30;
  auto take = [&](const Made& m, alg algorithm) {
    best = m;
    way = {algorithm, m.source, m.result, m.name};
  };
  // a reorder of the input or, later, of the result
  auto reorderTime = [&](const Desc& d) { return d == have ? 0.0 : 1.0 + static_cast<double>(d.get_size()) * 2e-5; };
  Made winograd;
  if (winogradFits(s) && !s.channelsLast) {
    dims in{s.batch, s.inputChannels, s.input[0], s.input[1]}, out{s.batch, s.outputChannels, s.output[0], s.output[1]};
    auto any = ::dnnl::memory::format_tag::any;
    winograd = make(s, alg::convolution_winograd, Desc(in, kF32, any), Desc(out, kF32, any), bias, {});
    // With many channels it wins by 1.3 to 2.8 (measured on Zen 4), and measuring would cost more than a few runs of the network.
    if (winograd.ok && s.inputChannels >= 64 && s.outputChannels >= 64 && s.batch * s.outputSize() >= 49) take(winograd, alg::convolution_winograd);
  }
  if (!best.ok) {
    for (const Way& w : ways) {
      Made m = make(s, w.algorithm, w.source, w.result, bias, {});
      if (!m.ok) continue;
      if (!grouped || s.work() <= 2e5) {
        take(m, w.algorithm);
        break;
      }
      double t = timeOf(m, bias) + reorderTime(m.source);  // here the choices differ widely
      if (t < bestTime) {
        bestTime = t;
        take(m, w.algorithm);
      }
    }
    if (winograd.ok && (!best.ok || timeOf(winograd, bias) + reorderTime(winograd.source) < timeOf(best, bias) + reorderTime(best.source))) take(winograd, alg::convolution_winograd);
  }
  std::lock_guard<std::mutex> lock(mutex);
  if (known->size() > 4096) known->clear();
  known->emplace(key, std::make_pair(best.ok, way));
  return best.ok;
}

uint64_t hashBytes(const void* data, size_t n, uint64_t h = 1469598103934665603ull) {
  const unsigned char* p = static_cast<const unsigned char*>(data);
  for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 1099511628211ull;
  return h;
}

struct ConvolutionStep final : Step {
  ConvolutionSpec s;
  Way way;
  Planner* planner = nullptr;  // alive until prepare() is done
  Tensor input, weight, bias, current;
  bool hasBias = false;
  std::vector<PostOp> posts;
  std::vector<float> scale, shift;  // folded into weights and bias
  Made made;  // with `posts`

  Slot in, out, weightSlot, biasSlot;
  std::vector<Slot> operands;
  std::shared_ptr<PackedWeight> packed;
  std::vector<float> biasData;
  ::dnnl::primitive primitive;
  ::dnnl::reorder packing;
  Bound inMemory, weightMemory, plainWeight, biasMemory, outMemory, scratchMemory;
  std::vector<Bound> operandMemory;
  size_t scratchSize = 0, packedSize = 0;
  bool knownWeights = false;

  bool fuseTail(const PointwiseStep& tail) override {
    std::vector<PostOp> more;
    ChannelAffine affine;
    if (posts.size() > 6 || !translateTail(tail, current, more, affine)) return false;
    if (affine.scale.defined()) {
      if (!posts.empty() || !weight.isData() || (bias.defined() && !bias.isData())) {
        // as two operations
        PostOp o;
        o.kind = PostOp::BinaryChannel;
        o.algorithm = alg::binary_mul;
        o.operand = affine.scale;
        more.push_back(o);
        o.algorithm = alg::binary_add;
        o.operand = affine.shift;
        more.push_back(o);
      } else {
        std::vector<float> factor(s.outputChannels), add(s.outputChannels);
        for (int64_t c = 0; c < s.outputChannels; c++) {
          factor[c] = affine.scale.data<float>()[c];
          add[c] = affine.shift.data<float>()[c];
        }
        if (scale.empty()) {
          scale = factor;
          shift = add;
        } else {
          for (int64_t c = 0; c < s.outputChannels; c++) {
            scale[c] *= factor[c];
            shift[c] = shift[c] * factor[c] + add[c];
          }
        }
        hasBias = true;
        made = {};
        current = tail.outputs[0].tensor;
        return true;
      }
    }
    std::vector<PostOp> all = posts;
    all.insert(all.end(), more.begin(), more.end());
    for (PostOp& o : all)
      if (o.kind == PostOp::BinaryChannel) {
        Dims sizes(s.spatial + 2, 1);
        sizes[1] = s.outputChannels;
        o.operand.sizes = sizes;
        o.operand.strides = contiguousStrides(sizes);
      }
    if (!more.empty()) {
      Made m = make(s, way.algorithm, way.source, way.result, hasBias, attributesOf(all));
      if (!m.ok || m.name != way.implementation) return false;
      made = std::move(m);
    }
    posts = std::move(all);
    current = tail.outputs[0].tensor;
    return true;
  }
  static ::dnnl::primitive_attr attributesOf(const std::vector<PostOp>& posts) {
    ::dnnl::primitive_attr attr;
    ::dnnl::post_ops ops;
    for (const PostOp& o : posts) {
      if (o.kind == PostOp::Eltwise) ops.append_eltwise(1.0f, o.algorithm, o.alpha, o.beta);
      else if (o.kind == PostOp::Sum) ops.append_sum(1.0f);
      else ops.append_binary(o.algorithm, o.kind == PostOp::BinaryFull ? descOf(o.operand) : describeStrided(o.operand.sizes, o.operand.strides));
    }
    attr.set_post_ops(ops);
    return attr;
  }

  void prepare() override {
    knownWeights = weight.isData() && (!bias.defined() || bias.isData());
    Made m = made.ok ? std::move(made) : make(s, way.algorithm, way.source, way.result, hasBias, attributesOf(posts));
    made = {};
    if (!m.ok) throw Bailout("oneDNN refused a convolution that it had accepted");
    primitive = m.primitive();
    in = slotOf(input);
    out = slotOf(current);
    inMemory = Bound(m.source);
    outMemory = Bound(m.result);
    scratchSize = (m.scratch.get_size() + 63) / 64 * 64;
    scratchMemory = Bound(m.scratch);
    weightMemory = Bound(m.weights);
    packedSize = (m.weights.get_size() + 63) / 64 * 64;
    Desc given = weightsDesc(s, weight);
    if (knownWeights) {
      uint64_t h = scale.empty() ? 0 : hashBytes(scale.data(), scale.size() * sizeof(float));
      packed = planner->packed(weight, "conv:" + keyOf(m.weights) + std::to_string(s.transposed) + ':' + std::to_string(s.groups) + ':' + std::to_string(h), packedSize, [this, m, given](char* to) { pack(m, given, to); });
    } else {
      weightSlot = slotOf(weight);
      plainWeight = Bound(given);
      ::dnnl::reorder::primitive_desc pd(engine(), given, engine(), m.weights);
      packing = ::dnnl::reorder(pd);
    }
    if (hasBias) {
      biasMemory = Bound(m.bias);
      if (knownWeights) {
        biasData.assign(s.outputChannels, 0.0f);
        for (int64_t c = 0; c < s.outputChannels; c++) {
          float b = bias.defined() ? bias.data<float>()[c * bias.strides[0]] : 0.0f;
          biasData[c] = scale.empty() ? b : b * scale[c] + shift[c];
        }
      } else {
        biasSlot = slotOf(bias);
      }
    }
    for (const PostOp& o : posts)
      if (o.kind == PostOp::BinaryFull || o.kind == PostOp::BinaryChannel) {
        operands.push_back(slotOf(o.operand));
        operandMemory.emplace_back(o.kind == PostOp::BinaryFull ? descOf(o.operand) : describeStrided(o.operand.sizes, o.operand.strides));
      }
    scratchBytes = scratchSize + (knownWeights ? packed->scratchBytes() : packedSize);
  }

  void pack(const Made& m, const Desc& given, char* to) {
    if (packRows(m.weights, reinterpret_cast<float*>(to))) return;
    FileBlock::Use use(weight.buffer->file.get());
    std::vector<float> scaled;
    const float* from = weight.data<float>();
    Desc fromDesc = given;
    if (!scale.empty() && packScaled(m, given, from, to)) return;
    if (!scale.empty()) {
      Dims sizes = weight.sizes;
      int64_t perGroup = s.outputChannels / s.groups, inner = s.kernelSize();
      scaled.resize(weight.numel());
      Tensor dense = weight;
      dense.strides = contiguousStrides(sizes);
      int64_t rows = sizes[0], columns = sizes[1];
      bool denseKernel = true;
      for (int d = s.spatial - 1, step = 1; d >= 0; step *= static_cast<int>(s.kernel[d]), d--) denseKernel = denseKernel && (weight.strides[d + 2] == step || s.kernel[d] == 1);
      for (int64_t a = 0; a < rows; a++)
        for (int64_t b = 0; b < columns; b++) {
          int64_t channel = s.transposed ? a / (s.inputChannels / s.groups) * perGroup + b : a;
          const float* x = from + a * weight.strides[0] + b * weight.strides[1];
          float* y = scaled.data() + (a * columns + b) * inner;
          float f = scale[channel];
          if (denseKernel) {
            for (int64_t i = 0; i < inner; i++) y[i] = x[i] * f;
            continue;
          }
          int64_t at[3] = {0, 0, 0};
          for (int64_t i = 0; i < inner; i++) {
            int64_t offset = 0;
            for (int d = 0; d < s.spatial; d++) offset += at[d] * weight.strides[d + 2];
            y[i] = x[offset] * f;
            for (int d = s.spatial - 1; d >= 0 && ++at[d] == s.kernel[d]; d--) at[d] = 0;
          }
        }
      fromDesc = weightsDesc(s, dense);
      from = scaled.data();
    }
    std::memset(to, 0, packedSize);
    ::dnnl::memory source(fromDesc, engine(), const_cast<float*>(from)), target(m.weights, engine(), to);
    ::dnnl::reorder(source, target).execute(stream(), source, target);
  }

  // The weights as they come from their file, where the layout is one that is known here.
  bool packRows(const Desc& target, float* to) {
    if (s.transposed || s.groups > 1 || !WeightRows::fits(weight, s.inputChannels * s.kernelSize())) return false;
    WeightRows rows(weight);
    const float* factors = scale.empty() ? nullptr : scale.data();
    bool done = way.algorithm == alg::convolution_winograd ? packWinograd(target, rows, factors, to) : packBlocked(target, rows, factors, to);
    if (done) rows.finish();
    return done;
  }

  // The weights times `scale` reordered in one pass, where oneDNN can.
  bool packScaled(const Made& m, const Desc& given, const float* from, char* to) {
    if (s.transposed) return false;
    try {
      ::dnnl::primitive_attr attr;
      attr.set_output_scales(s.groups > 1 ? 3 : 1, scale);
      ::dnnl::memory source(given, engine(), const_cast<float*>(from)), target(m.weights, engine(), to);
      ::dnnl::reorder::primitive_desc pd(engine(), given, engine(), m.weights, attr);
      std::memset(to, 0, packedSize);
      ::dnnl::reorder(pd).execute(stream(), source, target);
      return true;
    } catch (const ::dnnl::error&) {
      return false;
    }
  }

  void run(Run& run) override {
    dnnl_exec_arg_t args[16];
    int n = 0;
    char* weights = knownWeights ? packed->get(run.scratch + scratchSize) : run.scratch + scratchSize;
    if (!knownWeights) {
      dnnl_exec_arg_t reorderArgs[2] = {{DNNL_ARG_FROM, plainWeight.at(run.ptr<char>(weightSlot)).get()}, {DNNL_ARG_TO, weightMemory.at(weights).get()}};
      execute(packing, reorderArgs, 2);
    }
    args[n++] = {DNNL_ARG_SRC, inMemory.at(run.ptr<char>(in)).get()};
    args[n++] = {DNNL_ARG_WEIGHTS, weightMemory.at(weights).get()};
    if (hasBias) args[n++] = {DNNL_ARG_BIAS, biasMemory.at(knownWeights ? reinterpret_cast<char*>(biasData.data()) : run.ptr<char>(biasSlot)).get()};
    args[n++] = {DNNL_ARG_DST, outMemory.at(run.ptr<char>(out)).get()};
    if (scratchSize) args[n++] = {DNNL_ARG_SCRATCHPAD, scratchMemory.at(run.scratch).get()};
    size_t k = 0;
    for (size_t i = 0; i < posts.size(); i++)
      if (posts[i].kind == PostOp::BinaryFull || posts[i].kind == PostOp::BinaryChannel) {
        args[n++] = {DNNL_ARG_ATTR_MULTIPLE_POST_OP(static_cast<int>(i)) | DNNL_ARG_SRC_1, operandMemory[k].at(run.ptr<char>(operands[k])).get()};
        k++;
      }
    execute(primitive, args, n);
  }
};

}  // namespace

Tensor convolutionDnnl(Planner& p, const ConvolutionSpec& s, const Tensor& input, const Tensor& weight, const Tensor& bias) {
  if (input.dtype != DType::F32) return {};
  for (int i = 0; i < weight.sizes.n; i++)
    if (weight.strides[i] < 0 || (weight.strides[i] == 0 && weight.sizes[i] > 1)) return {};
  for (int i = 0; i < s.spatial; i++)
    if (s.padding[i] < 0 || s.paddingEnd[i] < 0) return {};
  Way way;
  Tensor b = bias.defined() ? p.contiguous(bias) : bias;
  if (!choose(s, input, bias.defined(), way)) return {};
  auto step = std::make_unique<ConvolutionStep>();
  step->name = way.algorithm == alg::convolution_winograd ? "conv.winograd" : "conv";
  step->s = s;
  step->way = way;
  step->planner = &p;
  step->input = reorder(p, input, way.source);
  step->weight = weight;
  step->bias = b;
  step->hasBias = b.defined();
  Dims sizes = s.outputSizes();
  Tensor y;
  if (s.channelsLast && way.result == describe(sizes, Kind::ChannelsLast)) y = p.emptyStrided(DType::F32, sizes, formatStrides(sizes, sizes.n == 4 ? kChannelsLast : kChannelsLast3d));
  else y = emptyFor(p, sizes, way.result);
  step->current = y;
  step->reads = {step->input.buffer, weight.buffer};
  if (b.defined()) step->reads.push_back(b.buffer);
  step->writes = {y.buffer};
  p.record(std::move(step));
  return y;
}

}  // namespace tsjit
#else
namespace tsjit {
Tensor convolutionDnnl(Planner&, const ConvolutionSpec&, const Tensor&, const Tensor&, const Tensor&) { return {}; }
}  // namespace tsjit
#endif
