// Scaled dot-product attention: for a block of queries, scores against all keys by a matrix product, softmax of each row while it is in
// cache, and a product with the values. Queries, keys and values are read as they lie.
#include <algorithm>
#include <cmath>
#include <limits>

#include "gemm.h"
#include "matmul.h"
#include "memory_format.h"
#include "normalization.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

size_t rounded(size_t bytes) { return (bytes + 63) / 64 * 64; }

// The offset of each (batch, head); the last batch dimension's index is divided by `repeatLast`.
std::vector<int64_t> headOffsets(const Tensor& t, const Dims& batch, int64_t repeatLast = 1) {
  int rank = batch.n, lead = rank - (t.dim() - 2);
  std::vector<int64_t> out;
  int64_t count = batch.product();
  require(count <= (1 << 20), "more than a million heads");
  for (int64_t i = 0; i < count; i++) {
    int64_t rest = i, at = 0;
    for (int d = rank - 1; d >= 0; d--) {
      int64_t index = rest % batch[d];
      rest /= batch[d];
      int k = d - lead;
      if (k < 0) continue;
      if (d == rank - 1) index /= repeatLast;
      at += t.sizes[k] == 1 ? 0 : index * t.strides[k];
    }
    out.push_back(at);
  }
  return out;
}

struct AttentionStep final : Step {
  Tensor q, k, v, mask, out;
  std::vector<int64_t> qAt, kAt, vAt, maskAt, outAt;
  int64_t heads = 0, queries = 0, keys = 0, depth = 0, width = 0, outRow = 0;
  float scale = 1;
  bool causal = false;
  int threads = 1;
  int64_t block = 0;
  size_t keyBytes = 0, valueBytes = 0, scoreBytes = 0, rowBytes = 0;
  bool directValues = false;
  Slot sq, sk, sv, smask, sout;

  void prepare() override {
    const auto& g = gemmKernels<float>();
    sq = slotOf(q);
    sk = slotOf(k);
    sv = slotOf(v);
    smask = slotOf(mask);
    sout = slotOf(out);
    threads = threadCount();
    block = std::clamp<int64_t>(65536 / std::max<int64_t>(keys, 1), g.mr, std::max<int64_t>(queries, 1));
    if (heads < threads) block = std::min(block, std::max<int64_t>((queries + threads - 1) / threads, g.mr));
    keyBytes = rounded(packedBBytes<float>(depth, keys));
    directValues = v.stride(-1) == 1 && width % g.nr == 0;
    valueBytes = directValues ? 0 : rounded(packedBBytes<float>(keys, width));
    scoreBytes = rounded(static_cast<size_t>(block * ((keys + g.nr - 1) / g.nr * g.nr)) * sizeof(float));
    rowBytes = rounded(static_cast<size_t>(block) * sizeof(float));
    scratchBytes = static_cast<size_t>(threads) * (keyBytes + valueBytes + scoreBytes + rowBytes);
  }

  void run(Run& run) override {
    const auto& g = gemmKernels<float>();
    const GemmTable& table = gemmTable();
    const float *pq = run.ptr<float>(sq), *pk = run.ptr<float>(sk), *pv = run.ptr<float>(sv);
    const char* pm = run.ptrOrNull<char>(smask);
    float* po = run.ptr<float>(sout);
    int64_t blocks = (queries + block - 1) / block;
    int64_t keyPanels = (keys + g.nr - 1) / g.nr, valuePanels = (width + g.nr - 1) / g.nr;
    int64_t scoreRow = keyPanels * g.nr;
    const float infinity = std::numeric_limits<float>::infinity();
    double work = static_cast<double>(block) * static_cast<double>(keys) * static_cast<double>(depth + width);
    parallelFor(heads * blocks, static_cast<int64_t>(kParallelWork / (work + 1)) + 1, [&](int64_t from, int64_t end) {
      char* mine = run.scratch + static_cast<size_t>(threadNumber()) * (keyBytes + valueBytes + scoreBytes + rowBytes);
      float *keyPack = reinterpret_cast<float*>(mine), *valuePack = reinterpret_cast<float*>(mine + keyBytes), *scores = reinterpret_cast<float*>(mine + keyBytes + valueBytes),
            *sums = reinterpret_cast<float*>(mine + keyBytes + valueBytes + scoreBytes);
      int64_t packedKey = -1, packedValue = -1;
      for (int64_t job = from; job < end; job++) {
        int64_t h = job / blocks, first = job % blocks * block, rows = std::min(block, queries - first);
        int64_t seen = causal ? std::min(keys, first + rows) : keys;  // keys that some row of the block sees
        if (packedKey != kAt[h]) {
          packPanels(pk + kAt[h], k.stride(-1), k.stride(-2), depth, keys, keyPack, 0, keyPanels);
          packedKey = kAt[h];
        }
        const float* values = pv + vAt[h];
        if (!directValues && packedValue != vAt[h]) {
          packPanels(values, v.stride(-2), v.stride(-1), keys, width, valuePack, 0, valuePanels);
          packedValue = vAt[h];
        }
        const float* query = pq + qAt[h] + first * q.stride(-2);
        int64_t tiles = (rows + g.mr - 1) / g.mr;
        for (int64_t t = 0; t < tiles; t++) {
          int64_t r0 = rows * t / tiles, r1 = rows * (t + 1) / tiles;
          int height = static_cast<int>(r1 - r0);
          for (int64_t n = 0; n < seen; n += g.nr)
            g.tile(depth, query + r0 * q.stride(-2), q.stride(-2), keyPack + n * depth, g.nr, scores + r0 * scoreRow + n, scoreRow, height, g.nr, nullptr, false);
          for (int64_t r = r0; r < r1; r++) {
            float* row = scores + r * scoreRow;
            int64_t count = causal ? std::min(keys, first + r + 1) : keys;
            table.scaleRow(row, count, scale);
            if (pm) addMask(pm, h, first + r, row, count);
            table.softmaxStep(row, count, -infinity, sums + r);
            std::fill(row + count, row + seen, 0.0f);
          }
          float* to = po + outAt[h] + (first + r0) * outRow;
          for (int64_t n = 0; n < width; n += g.nr) {
            int columns = static_cast<int>(std::min<int64_t>(g.nr, width - n));
            if (directValues) g.tile(seen, scores + r0 * scoreRow, scoreRow, values + n, v.stride(-2), to + n, outRow, height, columns, nullptr, false);
            else g.tile(seen, scores + r0 * scoreRow, scoreRow, valuePack + n * keys, g.nr, to + n, outRow, height, columns, nullptr, false);
          }
          for (int64_t r = r0; r < r1; r++) {
            float s = sums[r];
            table.scaleRow(to + (r - r0) * outRow, width, s == 0 ? 0.0f : 1.0f / s);
          }
        }
      }
    });
  }

  void addMask(const char* base, int64_t h, int64_t r, float* row, int64_t count) const {
    int64_t rs = mask.size(-2) == 1 ? 0 : mask.stride(-2), cs = mask.size(-1) == 1 ? 0 : mask.stride(-1);
    int64_t at = maskAt[h] + r * rs;
    if (mask.dtype == DType::Bool) {
      const uint8_t* m = reinterpret_cast<const uint8_t*>(base) + at;
      for (int64_t i = 0; i < count; i++) row[i] = m[i * cs] ? row[i] : -std::numeric_limits<float>::infinity();
    } else {
      const float* m = reinterpret_cast<const float*>(base) + at;
      if (cs == 1)
        for (int64_t i = 0; i < count; i++) row[i] += m[i];
      else
        for (int64_t i = 0; i < count; i++) row[i] += m[i * cs];
    }
  }
};

Tensor attend(Planner& p, Tensor q, Tensor k, Tensor v, const Tensor& mask, bool causal, double scale, bool grouped) {
  require(q.dtype == DType::F32 && k.dtype == DType::F32 && v.dtype == DType::F32, "attention: this dtype");
  require(q.dim() >= 2 && k.dim() >= 2 && v.dim() >= 2, "attention: ranks");
  require(!(causal && mask.defined()), "attention: a mask and is_causal");
  auto step = std::make_unique<AttentionStep>();
  AttentionStep& s = *step;
  s.queries = q.size(-2);
  s.keys = k.size(-2);
  s.depth = q.size(-1);
  s.width = v.size(-1);
  require(k.size(-1) == s.depth && v.size(-2) == s.keys, "attention: sizes that do not fit");
  require(s.queries > 0 && s.keys > 0 && s.depth > 0 && s.width > 0, "attention: empty operands");
  int rank = std::max(q.dim(), std::max(k.dim(), v.dim())) - 2;
  Dims batch(rank, 1);
  int64_t repeat = 1;
  if (grouped) {
    require(q.dim() == k.dim() && q.dim() == v.dim() && q.dim() >= 3 && k.size(-3) == v.size(-3) && k.size(-3) > 0 && q.size(-3) % k.size(-3) == 0, "attention: grouped heads");
    repeat = q.size(-3) / k.size(-3);
  }
  for (const Tensor* t : {&q, &k, &v})
    for (int i = 0; i < t->dim() - 2; i++) {
      int at = i + rank - (t->dim() - 2);
      int64_t size = t->sizes[i];
      if (grouped && t != &q && at == rank - 1) size *= repeat;
      require(size == batch[at] || size == 1 || batch[at] == 1, "attention: batches that do not broadcast");
      if (size != 1) batch[at] = size;
    }
  s.heads = batch.product();
  require(s.heads > 0, "attention: empty operands");
  if (q.stride(-1) != 1 || q.stride(-2) <= 0) q = p.contiguous(q);
  for (Tensor* t : {&k, &v})
    if (t->stride(-1) < 0 || t->stride(-2) < 0) *t = p.contiguous(*t);
  if (mask.defined()) {
    require(mask.dtype == DType::Bool || mask.dtype == DType::F32, "attention: a mask of this dtype");
    require(mask.dim() >= 2, "attention: a mask of rank below two");
    require((mask.size(-1) == s.keys || mask.size(-1) == 1) && (mask.size(-2) == s.queries || mask.size(-2) == 1) && mask.dim() - 2 <= rank, "attention: a mask that does not broadcast");
    for (int i = 0; i < mask.dim() - 2; i++) {
      int at = i + rank - (mask.dim() - 2);
      require(mask.sizes[i] == 1 || mask.sizes[i] == batch[at], "attention: a mask that does not broadcast");
    }
    s.maskAt = headOffsets(mask, batch);
  }
  s.qAt = headOffsets(q, batch);
  s.kAt = headOffsets(k, batch, repeat);
  s.vAt = headOffsets(v, batch, repeat);
  Dims sizes = batch;
  sizes.push_back(s.queries);
  sizes.push_back(s.width);
  Tensor out;
  if (rank == 2) {  // dimensions in the order of the queries', as PyTorch's kernel leaves them
    Tensor like = q;
    like.sizes = sizes;
    Dims strides = orderedStrides(like);
    out = p.emptyStrided(DType::F32, sizes, strides.back() == 1 ? strides : contiguousStrides(sizes));
  } else {
    out = p.empty(DType::F32, sizes);
  }
  s.outAt = headOffsets(out, batch);
  s.outRow = out.stride(-2);
  s.scale = static_cast<float>(scale);
  s.causal = causal;
  s.q = q;
  s.k = k;
  s.v = v;
  s.mask = mask;
  s.out = out;
  step->name = "attention";
  step->reads = {q.buffer, k.buffer, v.buffer};
  if (mask.defined()) step->reads.push_back(mask.buffer);
  step->writes = {out.buffer};
  p.record(std::move(step));
  return out;
}

void attention(Planner& p, Args& a) {
  Tensor q = a.tensor(0);
  require(a.number(4) == 0, "attention with dropout");
  require(q.dim() >= 2, "attention: ranks");
  double scale = a.isNone(6) ? 1.0 / std::sqrt(static_cast<double>(q.size(-1))) : a.number(6);
  a.ret(attend(p, q, a.tensor(1), a.tensor(2), a.optionalTensor(3), a.boolean(5), scale, a.boolean(7)));
}

bool sameTensor(const Tensor& a, const Tensor& b) { return a.buffer == b.buffer && a.offset == b.offset && a.sizes == b.sizes && a.strides == b.strides; }

// Attention after projections to queries, keys and values that one weight holds.
Tensor multiHead(Planner& p, const Tensor& q, const Tensor& k, const Tensor& v, int64_t width, int64_t heads, const Tensor& inWeight, const Tensor& inBias, const Tensor& outWeight,
                 const Tensor& outBias) {
  for (const Tensor* t : {&q, &k, &v}) require(t->dim() == 3 && t->size(2) == width && t->size(0) == q.size(0), "multi-head attention: sizes that do not fit");
  require(heads > 0 && width % heads == 0 && inWeight.dim() == 2 && inWeight.size(0) == 3 * width && inBias.dim() == 1 && inBias.size(0) == 3 * width, "multi-head attention: sizes that do not fit");
  int64_t b = q.size(0), e = width / heads;
  Tensor parts[3];
  auto split = [&](const Tensor& y, int64_t offset) {  // [batch, length, …] to [batch, heads, length, e]
    return p.view(y, {b, heads, y.size(1), e}, {y.stride(0), e, y.stride(1), 1}, y.offset + offset);
  };
  if (sameTensor(q, k) && sameTensor(q, v)) {
    Tensor y = linear(p, q, inWeight, inBias);
    for (int i = 0; i < 3; i++) parts[i] = split(y, i * width);
  } else {
    const Tensor* inputs[3] = {&q, &k, &v};
    for (int64_t i = 0; i < 3; i++) {
      Tensor w = p.view(inWeight, {width, width}, {inWeight.stride(0), inWeight.stride(1)}, inWeight.offset + i * width * inWeight.stride(0));
      Tensor c = p.view(inBias, {width}, {inBias.stride(0)}, inBias.offset + i * width * inBias.stride(0));
      parts[i] = split(linear(p, *inputs[i], w, c), 0);
    }
  }
  Tensor z = attend(p, parts[0], parts[1], parts[2], {}, false, 1.0 / std::sqrt(static_cast<double>(e)), false);  // rows of all heads together
  int64_t l = q.size(1);
  Tensor rows = p.contiguous(p.view(z, {b, l, heads, e}, {z.stride(0), z.stride(2), z.stride(1), 1}, z.offset));
  return linear(p, p.view(rows, {b, l, width}, {l * width, width, 1}, rows.offset), outWeight, outBias);
}

void nativeMultiHeadAttention(Planner& p, Args& a) {
  require(a.isNone(9) && !a.boolean(10), "multi-head attention with a mask or with weights as a result");
  a.ret(multiHead(p, a.tensor(0), a.tensor(1), a.tensor(2), a.integer(3), a.integer(4), a.tensor(5), a.tensor(6), a.tensor(7), a.tensor(8)));
  a.ret(Value::none());
}

void transformerEncoderLayer(Planner& p, Args& a) {
  Tensor x = a.tensor(0);
  require(a.isNone(18), "an encoder layer with a mask");
  int64_t width = a.integer(1), heads = a.integer(2);
  bool gelu = a.boolean(7), first = a.boolean(8);
  double eps = a.number(9);
  auto norm = [&](const Tensor& t, int at) { return layerNorm(p, t, {width}, a.tensor(at), a.tensor(at + 1), eps); };
  auto attendTo = [&](const Tensor& t) { return multiHead(p, t, t, t, width, heads, a.tensor(3), a.tensor(4), a.tensor(5), a.tensor(6)); };
  auto feed = [&](const Tensor& t) {
    Tensor h = linear(p, t, a.tensor(14), a.tensor(15));
    h = pointwise(p, gelu ? PwOp::GeluErf : PwOp::Relu, h.dtype, h.dtype, {Value::of(h)});
    return linear(p, h, a.tensor(16), a.tensor(17));
  };
  auto add = [&](const Tensor& s, const Tensor& t) { return pointwise(p, PwOp::Add, s.dtype, s.dtype, {Value::of(s), Value::of(t)}, 1); };
  if (first) {
    x = add(attendTo(norm(x, 10)), x);
    x = add(feed(norm(x, 12)), x);
  } else {
    x = norm(add(attendTo(x), x), 10);
    x = norm(add(feed(x), x), 12);
  }
  a.ret(x);
}

}  // namespace

TSJIT_KERNEL("aten::scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor", attention);
TSJIT_KERNEL("aten::_native_multi_head_attention(Tensor query, Tensor key, Tensor value, int embed_dim, int num_head, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, Tensor? mask=None, bool need_weights=True, bool average_attn_weights=True, int? mask_type=None) -> (Tensor, Tensor)", nativeMultiHeadAttention);
TSJIT_KERNEL("aten::_transformer_encoder_layer_fwd(Tensor src, int embed_dim, int num_heads, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, bool use_gelu, bool norm_first, float eps, Tensor norm_weight_1, Tensor norm_bias_1, Tensor norm_weight_2, Tensor norm_bias_2, Tensor ffn_weight_1, Tensor ffn_bias_1, Tensor ffn_weight_2, Tensor ffn_bias_2, Tensor? mask=None, int? mask_type=None) -> Tensor", transformerEncoderLayer);

}  // namespace tsjit
