#ifdef TSJIT_HAVE_DNNL
#include "dnnl_engine.h"

#include <algorithm>
#include <cstring>

namespace tsjit::onednn {

const ::dnnl::engine& engine() {
  static const ::dnnl::engine e(::dnnl::engine::kind::cpu, 0);
  return e;
}
::dnnl::stream& stream() {
  thread_local ::dnnl::stream s(engine());
  return s;
}

bool DnnlLayout::equals(const Layout& other) const {
  auto* o = dynamic_cast<const DnnlLayout*>(&other);
  return o && o->desc_ == desc_;
}

bool DnnlLayout::physicalDims(std::vector<PhysicalDim>& dims) const {
  const dnnl_memory_desc_t& d = desc_.data;
  if (d.format_kind != dnnl_blocked || d.offset0 != 0) return false;
  const dnnl_blocking_desc_t& b = d.format_desc.blocking;
  int64_t block[DNNL_MAX_NDIMS];
  std::fill_n(block, DNNL_MAX_NDIMS, 1);
  for (int i = 0; i < b.inner_nblks; i++) block[b.inner_idxs[i]] *= b.inner_blks[i];
  for (int i = 0; i < d.ndims; i++)
    if (d.dims[i] != d.padded_dims[i] || d.dims[i] % block[i] != 0) return false;
  std::vector<int> order;
  for (int i = 0; i < d.ndims; i++) order.push_back(i);
  // equal strides: sizes of one go first
  std::stable_sort(order.begin(), order.end(), [&](int x, int y) { return b.strides[x] != b.strides[y] ? b.strides[x] > b.strides[y] : d.dims[x] / block[x] < d.dims[y] / block[y]; });
  dims.clear();
  for (int i : order) dims.push_back({d.dims[i] / block[i], i, block[i]});
  int64_t inside[DNNL_MAX_NDIMS];
  std::copy_n(block, DNNL_MAX_NDIMS, inside);
  for (int i = 0; i < b.inner_nblks; i++) {
    int axis = static_cast<int>(b.inner_idxs[i]);
    inside[axis] /= b.inner_blks[i];
    dims.push_back({b.inner_blks[i], axis, inside[axis]});
  }
  // dense?
  int64_t expected = 1;
  for (int i = 0; i < b.inner_nblks; i++) expected *= b.inner_blks[i];
  for (size_t k = order.size(); k-- > 0;) {
    int i = order[k];
    if (d.dims[i] / block[i] != 1 && b.strides[i] != expected) return false;
    expected *= d.dims[i] / block[i];
  }
  return true;
}

Desc describeStrided(const Dims& sizes, const Dims& strides) {
  return Desc(::dnnl::memory::dims(sizes.begin(), sizes.end()), kF32, ::dnnl::memory::dims(strides.begin(), strides.end()));
}

Desc describe(const Dims& sizes, Kind kind) {
  using tag = ::dnnl::memory::format_tag;
  static const tag table[4][3] = {
      {tag::ncw, tag::nchw, tag::ncdhw}, {tag::nwc, tag::nhwc, tag::ndhwc}, {tag::nCw16c, tag::nChw16c, tag::nCdhw16c}, {tag::nCw8c, tag::nChw8c, tag::nCdhw8c}};
  int spatial = sizes.n - 2;
  require(spatial >= 1 && spatial <= 3, "a blocked layout of this rank");
  return Desc(::dnnl::memory::dims(sizes.begin(), sizes.end()), kF32, table[static_cast<int>(kind)][spatial - 1]);
}

Desc descOf(const Tensor& t) {
  if (t.layout) {
    auto* l = dynamic_cast<const DnnlLayout*>(t.layout.get());
    require(l != nullptr, "a layout of another library");
    return l->desc();
  }
  if (t.isContiguous()) return describeStrided(t.sizes, contiguousStrides(t.sizes));
  return describeStrided(t.sizes, t.strides);
}

Kind kindOf(const Tensor& t) {
  if (t.sizes.n < 3 || t.sizes.n > 5) return Kind::Other;
  if (!t.layout && t.isContiguous()) return Kind::Plain;
  Desc d = descOf(t);
  for (Kind k : {Kind::ChannelsLast, Kind::Blocked16, Kind::Blocked8})
    if (d == describe(t.sizes, k)) return k;
  return Kind::Other;
}

std::string keyOf(const Desc& desc) {
  const dnnl_memory_desc_t& d = desc.data;
  std::string key;
  auto put = [&](int64_t x) {
    key += std::to_string(x);
    key += ',';
  };
  put(d.ndims);
  put(d.format_kind);
  put(d.offset0);
  for (int i = 0; i < d.ndims; i++) {
    put(d.dims[i]);
    put(d.padded_dims[i]);
  }
  const char* raw = reinterpret_cast<const char*>(&d.format_desc);
  if (d.format_kind == dnnl_blocked) {
    const auto& b = d.format_desc.blocking;
    for (int i = 0; i < d.ndims; i++) put(b.strides[i]);
    for (int i = 0; i < b.inner_nblks; i++) {
      put(b.inner_blks[i]);
      put(b.inner_idxs[i]);
    }
  } else if (d.format_kind == dnnl_format_kind_wino) {
    const auto& w = d.format_desc.wino_desc;
    for (int64_t x : {int64_t{w.wino_format}, int64_t{w.r}, int64_t{w.alpha}, int64_t{w.ic}, int64_t{w.oc}, int64_t{w.ic_block}, int64_t{w.oc_block}, int64_t{w.ic2_block}, int64_t{w.oc2_block}}) put(x);
  } else {
    key.append(raw, sizeof(d.format_desc));
  }
  const char* extra = reinterpret_cast<const char*>(&d.extra);
  put(static_cast<int64_t>(d.extra.flags));
  (void)extra;
  return key;
}

void execute(const ::dnnl::primitive& primitive, const dnnl_exec_arg_t* args, int count) {
  dnnl_status_t status = dnnl_primitive_execute(primitive.get(), stream().get(), count, args);
  if (status != dnnl_success) throw std::runtime_error("oneDNN failed with status " + std::to_string(status));
}

namespace {

struct ReorderStep final : Step {
  Desc fromDesc, toDesc;
  Slot from, to;
  ::dnnl::reorder primitive;
  Bound source, target, scratch;
  void prepare() override {
    ::dnnl::primitive_attr attr;
    attr.set_scratchpad_mode(::dnnl::scratchpad_mode::user);
    ::dnnl::reorder::primitive_desc pd(engine(), fromDesc, engine(), toDesc, attr);
    primitive = ::dnnl::reorder(pd);
    source = Bound(fromDesc);
    target = Bound(toDesc);
    scratch = Bound(pd.scratchpad_desc());
    scratchBytes = pd.scratchpad_desc().get_size();
  }
  void run(Run& run) override {
    dnnl_exec_arg_t args[3] = {{DNNL_ARG_FROM, source.at(run.ptr<char>(from)).get()}, {DNNL_ARG_TO, target.at(run.ptr<char>(to)).get()}, {DNNL_ARG_SCRATCHPAD, nullptr}};
    if (scratchBytes) args[2].memory = scratch.at(run.scratch).get();
    execute(primitive, args, scratchBytes ? 3 : 2);
  }
};

void recordReorder(Planner& p, const Tensor& from, const Tensor& to, const Desc& fromDesc, const Desc& toDesc) {
  auto step = std::make_unique<ReorderStep>();
  step->name = "reorder";
  step->fromDesc = fromDesc;
  step->toDesc = toDesc;
  step->from = slotOf(from);
  step->to = slotOf(to);
  step->reads = {from.buffer};
  step->writes = {to.buffer};
  p.record(std::move(step));
}

}  // namespace

Tensor DnnlLayout::toPlain(Planner& p, const Tensor& t) const {
  Tensor result = p.empty(t.dtype, t.sizes);
  recordReorder(p, t, result, desc_, describeStrided(t.sizes, contiguousStrides(t.sizes)));
  return result;
}

Tensor emptyFor(Planner& p, const Dims& sizes, const Desc& desc) {
  if (desc.get_size() == static_cast<size_t>(sizes.product()) * sizeof(float)) {
    Desc plain = describeStrided(sizes, contiguousStrides(sizes));
    // dimensions of size one do not matter
    bool single = sizes.n > 2;
    for (int i = 2; i < sizes.n; i++) single = single && sizes[i] == 1;
    if (desc == plain || (single && desc == describe(sizes, Kind::ChannelsLast))) return p.empty(DType::F32, sizes);
  }
  return p.emptyLayout(DType::F32, sizes, std::make_shared<DnnlLayout>(desc));
}

Tensor reorder(Planner& p, const Tensor& t, const Desc& wanted) {
  Tensor source = t;
  if (!t.layout) {
    for (int i = 0; i < t.sizes.n; i++)
      if (t.strides[i] < 0 || (t.strides[i] == 0 && t.sizes[i] > 1)) source = p.contiguous(t);
  }
  Desc have = descOf(source);
  if (have == wanted) return source;
  if (!source.layout) {  // strides of dimensions of size one do not matter
    Dims strides = source.strides;
    const dnnl_memory_desc_t& w = wanted.data;
    if (w.format_kind == dnnl_blocked && w.format_desc.blocking.inner_nblks == 0) {
      for (int i = 0; i < source.sizes.n; i++)
        if (source.sizes[i] == 1) strides[i] = w.format_desc.blocking.strides[i];
      if (describeStrided(source.sizes, strides) == wanted) return source;
    }
  }
  Tensor result = p.emptyLayout(DType::F32, t.sizes, std::make_shared<DnnlLayout>(wanted));
  recordReorder(p, source, result, have, wanted);
  return result;
}

}  // namespace tsjit::onednn
#endif
