#ifdef TSJIT_HAVE_DNNL
#include "dnnl_winograd.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "tsjit/parallel.h"

namespace tsjit::onednn {
namespace {

constexpr int kLanes = 16;

// Lavin and Gray's transforms of a 3x3 kernel, with the points that oneDNN uses for F(4x4, 3x3).
constexpr float kTwo[4][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
constexpr float kFour[6][3] = {{1.13777777777778f, 0, 0},
                               {-0.688403361344538f, -0.430252100840336f, -0.26890756302521f},
                               {-0.688403361344538f, 0.430252100840336f, -0.26890756302521f},
                               {0.119514472455649f, 0.179271708683473f, 0.26890756302521f},
                               {0.119514472455649f, -0.179271708683473f, 0.26890756302521f},
                               {0, 0, 1}};

// Where output block `ob` (of oc_block channels) and input channel `i` of transform element (u, v) start.
int64_t offsetOf(const dnnl_wino_desc_t& w, int64_t u, int64_t v, int64_t ob, int64_t i) {
  int64_t a = w.alpha, outBlocks = w.oc / w.oc_block, inBlocks = w.ic / w.ic_block;
  switch (w.wino_format) {
    case dnnl_wino_wei_aaOio: return ((((u * a + v) * outBlocks + ob) * w.ic) + i) * w.oc_block;
    case dnnl_wino_wei_aaOBiOo:
      return (((u * a + v) * (outBlocks / w.oc2_block) + ob / w.oc2_block) * w.ic + i) * w.oc2_block * w.oc_block + ob % w.oc2_block * w.oc_block;
    default: {  // OBaaIBOIio
      int64_t outer = (ob / w.oc2_block * a + u) * a + v, chunk = i / (w.ic2_block * w.ic_block), inside = i % (w.ic2_block * w.ic_block);
      return (((outer * (inBlocks / w.ic2_block) + chunk) * w.oc2_block + ob % w.oc2_block) * w.ic2_block * w.ic_block + inside) * w.oc_block;
    }
  }
}

template <int A>
void transform(const dnnl_wino_desc_t& w, const float (&g)[A][3], int64_t inputs, int64_t outputs, WeightRows& weights, const float* scale, float* to) {
  int64_t blocks = w.oc / kLanes;
  parallelFor(blocks, 1, [&](int64_t from, int64_t end) {
    for (int64_t ob = from; ob < end; ob++) {
      int64_t channels = std::clamp<int64_t>(outputs - ob * kLanes, 0, kLanes);
      const float* rows = weights.get<float>(ob * kLanes, channels);
      for (int64_t i = 0; i < w.ic; i++) {
        alignas(64) float k[9][kLanes] = {}, half[3][A][kLanes], out[kLanes];
        if (i < inputs)
          for (int o = 0; o < channels; o++) {
            const float* x = rows + (o * inputs + i) * 9;
            float f = scale ? scale[ob * kLanes + o] : 1.0f;
            for (int e = 0; e < 9; e++) k[e][o] = x[e] * f;
          }
        for (int h = 0; h < 3; h++)
          for (int v = 0; v < A; v++)
            for (int o = 0; o < kLanes; o++) half[h][v][o] = k[h * 3][o] * g[v][0] + k[h * 3 + 1][o] * g[v][1] + k[h * 3 + 2][o] * g[v][2];
        for (int u = 0; u < A; u++)
          for (int v = 0; v < A; v++) {
            for (int o = 0; o < kLanes; o++) out[o] = half[0][v][o] * g[u][0] + half[1][v][o] * g[u][1] + half[2][v][o] * g[u][2];
            float* place = to + offsetOf(w, u, v, ob, i);
            for (int o = 0; o < kLanes; o++) place[o] = out[o];
          }
      }
    }
  });
}

bool pack(const Desc& target, WeightRows& weights, const float* scale, float* to) {
  const dnnl_memory_desc_t& d = target.data;
  if (d.format_kind != dnnl_format_kind_wino || d.ndims != 4 || d.data_type != dnnl_f32) return false;
  const dnnl_wino_desc_t& w = d.format_desc.wino_desc;
  if (w.r != 3 || w.oc_block != kLanes || d.dims[2] != 3 || d.dims[3] != 3) return false;
  if ((w.wino_format == dnnl_wino_wei_aaOio || w.wino_format == dnnl_wino_wei_aaOBiOo) && w.alpha == 4) transform<4>(w, kTwo, d.dims[1], d.dims[0], weights, scale, to);
  else if (w.wino_format == dnnl_wino_wei_OBaaIBOIio && w.alpha == 6) transform<6>(w, kFour, d.dims[1], d.dims[0], weights, scale, to);
  else return false;
  return true;
}

// The same format for few channels, filled by both.
bool agrees(const Desc& target) {
  Desc small = target;
  dnnl_memory_desc_t& d = small.data;
  dnnl_wino_desc_t& w = d.format_desc.wino_desc;
  w.ic2_block = w.wino_format == dnnl_wino_wei_OBaaIBOIio ? 2 : w.ic2_block;
  w.oc2_block = w.wino_format == dnnl_wino_wei_aaOio ? w.oc2_block : 2;
  w.ic = w.ic_block * 4;
  w.oc = w.oc_block * 4;
  d.dims[0] = d.padded_dims[0] = w.oc;
  d.dims[1] = d.padded_dims[1] = w.ic;
  size_t count = static_cast<size_t>(w.alpha) * w.alpha * w.ic * w.oc;
  w.size = count * sizeof(float);
  std::vector<float> weights(static_cast<size_t>(w.ic * w.oc * 9)), theirs(count, 0.0f), ours(count, 0.0f);
  uint32_t state = 1;
  for (float& x : weights) {
    state = state * 1664525u + 1013904223u;
    x = static_cast<float>(state >> 8) / 16777216.0f - 0.5f;
  }
  WeightRows rows(weights.data(), w.ic * 9);
  if (!pack(small, rows, nullptr, ours.data())) return false;
  try {
    Desc plain({w.oc, w.ic, 3, 3}, kF32, ::dnnl::memory::format_tag::oihw);
    ::dnnl::memory from(plain, engine(), weights.data()), to(small, engine(), theirs.data());
    ::dnnl::reorder(from, to).execute(stream(), from, to);
  } catch (const ::dnnl::error&) {
    return false;
  }
  for (size_t i = 0; i < count; i++)
    if (!(std::fabs(ours[i] - theirs[i]) <= 1e-5f)) return false;
  return true;
}

}  // namespace

bool packWinograd(const Desc& target, WeightRows& weights, const float* scale, float* to) {
  if (target.data.format_kind != dnnl_format_kind_wino) return false;
  static std::mutex mutex;
  static int known[8] = {};  // by format: 1 agrees, 2 does not
  int format = static_cast<int>(target.data.format_desc.wino_desc.wino_format);
  if (format < 0 || format >= 8) return false;
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (known[format] == 0) known[format] = agrees(target) ? 1 : 2;
    if (known[format] == 2) return false;
  }
  return pack(target, weights, scale, to);
}

}  // namespace tsjit::onednn
#endif
