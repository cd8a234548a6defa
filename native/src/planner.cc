#include <cmath>
#include <cstring>

#include "allocator.h"
#include "planner_impl.h"
#include "call_checks.h"
#include "tsjit/parallel.h"

namespace tsjit {
namespace {

constexpr int kInstructionBudget = 200000;
constexpr size_t kStepBudget = 20000;

size_t extentBytes(DType dtype, const Dims& sizes, const Dims& strides) {
  int64_t extent = 1;
  for (int i = 0; i < sizes.n; i++) {
    if (sizes[i] < 0) throw Bailout("a negative size");
    if (sizes[i] == 0) return 0;
    int64_t span;
    if (__builtin_mul_overflow(sizes[i] - 1, strides[i], &span) || __builtin_add_overflow(extent, span, &extent)) throw Bailout("a tensor too large");
  }
  int64_t bytes;
  if (__builtin_mul_overflow(extent, static_cast<int64_t>(itemSize(dtype)), &bytes) || bytes > (int64_t{1} << 45)) throw Bailout("a tensor too large");
  return static_cast<size_t>(bytes);
}

struct MemcpyStep final : Step {
  int from, to;
  size_t bytes;
  void run(Run& run) override { std::memcpy(run.addresses[to], run.addresses[from], bytes); }
};

}  // namespace

std::shared_ptr<Buffer> PlannerImpl::newBuffer(size_t bytes) {
  auto buffer = std::make_shared<Buffer>();
  buffer->id = static_cast<int>(plan_.buffers.size());
  buffer->bytes = bytes;
  plan_.buffers.push_back(buffer);
  states_.emplace_back();
  addresses_.push_back(nullptr);
  made_.emplace_back();
  made_.back().sizes.n = -1;
  return buffer;
}

Tensor PlannerImpl::empty(DType dtype, const Dims& sizes) { return emptyStrided(dtype, sizes, contiguousStrides(sizes)); }

Tensor PlannerImpl::emptyStrided(DType dtype, const Dims& sizes, const Dims& strides) {
  Tensor t;
  t.dtype = dtype;
  t.sizes = sizes;
  t.strides = strides;
  size_t bytes = extentBytes(dtype, sizes, strides);
  auto buffer = newBuffer(bytes);
  made_.back() = t;
  t.buffer = std::move(buffer);
  return t;
}

Tensor PlannerImpl::emptyLayout(DType dtype, const Dims& sizes, std::shared_ptr<const Layout> layout) {
  Tensor t;
  t.dtype = dtype;
  t.sizes = sizes;
  t.strides = contiguousStrides(sizes);
  auto buffer = newBuffer(layout->bytes());
  t.layout = std::move(layout);
  made_.back() = t;
  t.buffer = std::move(buffer);
  return t;
}

Tensor PlannerImpl::plain(const Tensor& t) {
  if (!t.layout) return t;
  auto key = std::make_pair(t.buffer->id, states_[t.buffer->id].writes);
  auto known = plainMemo_.find(key);
  if (known != plainMemo_.end() && known->second.dtype == t.dtype && known->second.sizes == t.sizes && states_[known->second.buffer->id].writes == 1) return known->second;
  Tensor result = t.layout->toPlain(*this, t);
  plainMemo_[key] = result;
  plainCopies_.insert(result.buffer->id);
  return result;
}

Tensor PlannerImpl::contiguous(const Tensor& t) {
  Tensor p = plain(t);
  if (p.isContiguous()) return p;
  Tensor result = empty(p.dtype, p.sizes);
  copy(result, p);
  return result;
}

namespace {

// The same bytes as a dtype that elementwise copies know: complex numbers as pairs, other bytes as integers of their size.
Tensor asCopyable(const Tensor& t) {
  Tensor r = t;
  DType half = t.dtype == DType::C32 ? DType::F16 : t.dtype == DType::C64 ? DType::F32 : DType::F64;
  switch (t.dtype) {
    case DType::C32: case DType::C64: case DType::C128:
      r.dtype = half;
      for (int i = 0; i < r.strides.n; i++) r.strides[i] *= 2;
      r.offset *= 2;
      r.sizes.push_back(2);
      r.strides.push_back(1);
      return r;
    case DType::U64: r.dtype = DType::I64; return r;
    case DType::QI32: r.dtype = DType::I32; return r;
    case DType::QI8: case DType::QU8: case DType::F8E5M2: case DType::F8E4M3: case DType::F8E5M2Z: case DType::F8E4M3Z: r.dtype = DType::U8; return r;
    default: return r;
  }
}

DType castCompute(DType from, DType to) {
  if (isFloat(to)) return to;
  return isFloat(from) ? from : DType::I64;
}

}  // namespace

Tensor PlannerImpl::cast(const Tensor& t, DType dtype) {
  if (t.dtype == dtype) return t;
  return pointwise(*this, PwOp::Copy, castCompute(t.dtype, dtype), dtype, {Value::of(t)});
}

void PlannerImpl::copy(const Tensor& target, const Tensor& source) {
  if (target.dtype == source.dtype) {
    Tensor to = asCopyable(target), from = asCopyable(source);
    require(from.sizes.n <= to.sizes.n, "a copy between other shapes");
    if (isComplex(target.dtype) && source.numel() == 1) from.sizes = Dims{2}, from.strides = Dims{1};
    pointwise(*this, PwOp::Copy, to.dtype, to.dtype, {Value::of(from)}, 0, 0, 0, &to);
    return;
  }
  pointwise(*this, PwOp::Copy, castCompute(source.dtype, target.dtype), target.dtype, {Value::of(source)}, 0, 0, 0, &target);
}

Slot PlannerImpl::slot(const Tensor& t) {
  require(t.defined(), "slot of an undefined tensor");
  return slotOf(t);
}

void PlannerImpl::step(const char* name, const std::vector<Tensor>& reads, const std::vector<Tensor>& writes, std::function<void(Run&)> body, size_t scratchBytes) {
  auto step = std::make_unique<LambdaStep>();
  step->name = name;
  step->body = std::move(body);
  step->scratchBytes = scratchBytes;
  for (const Tensor& t : reads)
    if (t.defined()) step->reads.push_back(t.buffer);
  for (const Tensor& t : writes)
    if (t.defined()) step->writes.push_back(t.buffer);
  record(std::move(step));
}

void PlannerImpl::record(std::unique_ptr<Step> step) {
  bool now = true;
  for (auto& b : step->writes)
    if (plainCopies_.count(b->id)) throw Bailout("a write to a view of what lies in blocks");
  for (auto& b : step->reads) now = now && b->isData();
  for (auto& b : step->writes) {
    const State& state = states_[b->id];
    now = now && ((b->where == Buffer::Where::Arena && !state.recorded) || (b->where == Buffer::Where::Static && !state.pinned));
  }
  if (const PointwiseStep* pw = now ? step->asPointwise() : nullptr) {
    for (const PwInstruction& i : pw->code)
      for (const PwOperand* o : {&i.a, &i.b, &i.c}) now = now && o->kind != PwOperand::Kind::RuntimeFloat;
  }
  for (auto& b : step->writes) states_[b->id].writes++;
  if (now) return runNow(*step);
  if (steps_.size() >= kStepBudget) throw Bailout("budget: more than 20000 steps");
  for (auto& b : step->writes) {
    switch (b->where) {
      case Buffer::Where::Constant: throw ThawConstant{b->id};
      case Buffer::Where::Static: thawStatic(*b); break;
      case Buffer::Where::Input: break;
      default: states_[b->id].recorded = true;
    }
  }
  for (auto& b : step->reads)
    if (b->where == Buffer::Where::Static) states_[b->id].pinned = true;
  step->node = node_;
  steps_.push_back(std::move(step));
}

void PlannerImpl::runNow(Step& step) {
  for (auto& b : step.writes) {
    if (b->where != Buffer::Where::Arena) continue;
    char* block = allocateBlock(b->bytes);
    plan_.statics.emplace_back(block, FreeBlock{b->bytes});
    plan_.staticBytes += b->bytes;
    b->where = Buffer::Where::Static;
    b->address = block;
    addresses_[b->id] = block;
  }
  step.prepare();
  BlockPtr scratch;
  if (step.scratchBytes) scratch = BlockPtr(allocateBlock(step.scratchBytes), FreeBlock{step.scratchBytes});
  Run run{addresses_.data(), floats_, scratch.get()};
  step.run(run);
}

// Data computed at plan time that a recorded step will overwrite: its image is copied into fresh memory at each run.
void PlannerImpl::thawStatic(Buffer& buffer) {
  auto self = plan_.buffers[buffer.id];
  auto image = newBuffer(buffer.bytes);
  image->where = Buffer::Where::Static;
  image->address = buffer.address;
  addresses_[image->id] = buffer.address;
  states_[image->id].pinned = true;
  buffer.where = Buffer::Where::Arena;
  buffer.address = nullptr;
  addresses_[buffer.id] = nullptr;
  states_[buffer.id].recorded = true;
  states_[buffer.id].pinned = false;
  auto copy = std::make_unique<MemcpyStep>();
  copy->name = "image";
  copy->from = image->id;
  copy->to = buffer.id;
  copy->bytes = buffer.bytes;
  copy->reads = {image};
  copy->writes = {self};
  copy->node = node_;
  size_t at = 0;
  while (at < steps_.size()) {
    bool touches = false;
    for (auto& b : steps_[at]->reads) touches = touches || b.get() == &buffer;
    for (auto& b : steps_[at]->writes) touches = touches || b.get() == &buffer;
    if (touches) break;
    at++;
  }
  steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(at), std::move(copy));
}

std::shared_ptr<PackedWeight> PlannerImpl::packed(const Tensor& source, const std::string& key, size_t bytes, PackedWeight::Fill fill) {
  require(source.isData(), "packing of data that is not known");
  if (source.buffer->where != Buffer::Where::Constant) return std::make_shared<PackedWeight>(nullptr, "", bytes, std::move(fill));
  std::string full = key + '@' + std::to_string(source.buffer->id) + '+' + std::to_string(source.offset) + ':' + dtypeName(source.dtype);
  for (int64_t x : source.sizes) full += ',' + std::to_string(x);
  for (int64_t x : source.strides) full += '/' + std::to_string(x);
  return std::make_shared<PackedWeight>(segment_.packedCache, full, bytes, std::move(fill));
}

std::vector<Value> PlannerImpl::call(const char* op, std::vector<Value> args) {
  const KernelRegistration* found = findKernel(op);
  if (!found) throw Bailout(std::string("no native kernel for ") + op);
  std::vector<const Value*> pointers(args.size());
  for (size_t i = 0; i < args.size(); i++) pointers[i] = &args[i];
  Args a(*this, pointers.data(), static_cast<int>(args.size()));
  found->kernel(*this, a);
  return std::move(a.results);
}

double PlannerImpl::read(const Value& v) {
  if (v.tag == Value::Tag::Int || v.tag == Value::Tag::Bool) return static_cast<double>(v.i);
  require(v.tag == Value::Tag::Float, "a float argument is not a float");
  if (v.runtimeInput >= 0) {
    bool known = false;
    for (auto& g : plan_.guards) known = known || g.input == v.runtimeInput;
    if (!known) plan_.guards.push_back({v.runtimeInput, floats_[v.runtimeInput]});
  }
  return v.d;
}

int PlannerImpl::threads() const { return threadCount(); }

// --- decoding inputs ------------------------------------------------------------------------------------------

Value PlannerImpl::decode(const double*& r, const double* end, int& leaf, int& floatIndex) {
  auto next = [&]() -> double {
    if (r >= end) throw Bailout("a truncated signature");
    return *r++;
  };
  switch (static_cast<int>(next())) {
    case Record::None: return Value::none();
    case Record::Int: return Value::ofInt(static_cast<int64_t>(next()));
    case Record::BigInt: {
      int64_t high = static_cast<int64_t>(next());
      return Value::ofInt(static_cast<int64_t>((static_cast<uint64_t>(high) << 32) | static_cast<uint64_t>(next())));
    }
    case Record::Bool: return Value::ofBool(next() != 0);
    case Record::Float: return Value::ofFloat(next());
    case Record::RuntimeFloat: {
      Value v = Value::ofFloat(floats_[floatIndex]);
      v.runtimeInput = floatIndex++;
      return v;
    }
    case Record::Complex: {
      Value v;
      v.tag = Value::Tag::Complex;
      v.d = next();
      v.im = next();
      return v;
    }
    case Record::String:
    case Record::Device: {
      bool device = static_cast<int>(r[-1]) == Record::Device;
      int n = static_cast<int>(next());
      std::string s;
      for (int i = 0; i < n; i++) s += static_cast<char>(next());
      Value v = Value::ofString(std::move(s));
      if (device) v.tag = Value::Tag::Device;
      return v;
    }
    case Record::List:
    case Record::Tuple: {
      bool tuple = static_cast<int>(r[-1]) == Record::Tuple;
      int n = static_cast<int>(next());
      std::vector<Value> items;
      for (int i = 0; i < n; i++) items.push_back(decode(r, end, leaf, floatIndex));
      Value v = tuple ? Value::tuple(std::move(items)) : Value::list(std::move(items));
      external_.insert(v.items.get());
      return v;
    }
    case Record::Tensor: {
      Tensor t;
      t.dtype = static_cast<DType>(static_cast<int>(next()));
      int rank = static_cast<int>(next());
      int group = static_cast<int>(next());
      t.offset = static_cast<int64_t>(next());
      int flags = static_cast<int>(next());
      t.wrappedNumber = flags & 1;
      for (int i = 0; i < rank; i++) t.sizes.push_back(static_cast<int64_t>(next()));
      for (int i = 0; i < rank; i++) t.strides.push_back(static_cast<int64_t>(next()));
      size_t bytes = flags & 4 ? static_cast<size_t>(next()) : extentBytes(t.dtype, t.sizes, t.strides);  // 4: a whole storage, shared
      t.inputLeaf = leaf;
      std::shared_ptr<Buffer>* shared = group >= 0 ? &groups_[group] : nullptr;
      if (shared && *shared) {
        t.buffer = *shared;
      } else {
        t.buffer = newBuffer(bytes);
        t.buffer->where = Buffer::Where::Input;
        t.buffer->input = leaf;
        plan_.inputRefs.push_back({t.buffer->id, leaf});
        if (shared) *shared = t.buffer;
      }
      leaf++;
      return Value::of(std::move(t));
    }
    case Record::Opaque: {
      Value v;
      v.tag = Value::Tag::Other;
      return v;
    }
    default: throw Bailout("an unknown kind of input");
  }
}

void PlannerImpl::build(const double* signature, size_t length) {
  const Program& program = segment_.program();
  values_.assign(program.valueCount, Value{});
  for (auto& b : segment_.constantBuffers) {  // ids 0…: the same in every plan
    plan_.buffers.push_back(b);
    states_.emplace_back();
    made_.emplace_back();
    made_.back().sizes.n = -1;
    addresses_.push_back(b->address);
  }
  const double* r = signature;
  const double* end = signature + length;
  int leaf = 0, floatIndex = 0;
  std::vector<Value> inputs;
  for (size_t i = 0; i < program.inputs.size(); i++) values_[program.inputs[i]] = decode(r, end, leaf, floatIndex);
  for (size_t i = 0; i < program.constants.size(); i++) {
    const Value& v = segment_.constants[i];
    values_[program.constants[i]] = v;
    if (v.items) external_.insert(v.items.get());
  }
  for (auto& b : segment_.constantBuffers)
    if (b->where == Buffer::Where::Input) plan_.inputRefs.push_back({b->id, -1 - b->input});  // a constant that may change

  execute(program.body);
  for (int id : program.outputs) encode(values_[id]);
  optimize();
}

// --- interpretation -------------------------------------------------------------------------------------------

void PlannerImpl::execute(const Block& block) {
  for (const Instruction& i : block.body) execute(i);
}

static bool conditionOf(const Value& v) {
  require(v.tag == Value::Tag::Bool || v.tag == Value::Tag::Int, "a condition that depends on data");
  return v.i != 0;
}

void PlannerImpl::execute(const Instruction& ins) {
  if (++executed_ > kInstructionBudget) throw Bailout("budget: more than 200000 instructions");
  switch (ins.prim) {
    case Prim::None: {
      node_ = ins.node;
      const Value* inputs[64];
      std::vector<const Value*> many;
      const Value** in = inputs;
      int n = static_cast<int>(ins.inputs.size());
      if (n > 64) {
        many.resize(n);
        in = many.data();
      }
      for (int i = 0; i < n; i++) in[i] = &values_[ins.inputs[i]];
      Args a(*this, in, n);
      checkWrites(ins.kernel->schema, in, n);
      checkDTypes(ins.kernel->schema, in, n);
      ins.kernel->kernel(*this, a);
      if (a.results.size() != ins.outputs.size()) {
        if (!ins.outputs.empty()) throw Bailout(std::string("wrong number of results from ") + ins.kernel->schema, true);
      }
      for (size_t i = 0; i < ins.outputs.size(); i++) values_[ins.outputs[i]] = std::move(a.results[i]);
      return;
    }
    case Prim::If: {
      const Block& b = ins.blocks[conditionOf(values_[ins.inputs[0]]) ? 0 : 1];
      execute(b);
      std::vector<Value> results;
      for (int id : b.outputs) results.push_back(values_[id]);
      for (size_t i = 0; i < ins.outputs.size(); i++) values_[ins.outputs[i]] = results[i];
      return;
    }
    case Prim::Loop: return loop(ins);
    case Prim::ListConstruct:
    case Prim::TupleConstruct: {
      std::vector<Value> items;
      for (int id : ins.inputs) items.push_back(values_[id]);
      values_[ins.outputs[0]] = ins.prim == Prim::ListConstruct ? Value::list(std::move(items)) : Value::tuple(std::move(items));
      return;
    }
    case Prim::ListUnpack:
    case Prim::TupleUnpack: {
      auto items = values_[ins.inputs[0]].items;
      require(items && items->size() == ins.outputs.size(), "unpacking another number of values");
      for (size_t i = 0; i < ins.outputs.size(); i++) values_[ins.outputs[i]] = (*items)[i];
      return;
    }
    case Prim::UncheckedCast: values_[ins.outputs[0]] = values_[ins.inputs[0]]; return;
    case Prim::Uninitialized:
      for (int id : ins.outputs) values_[id] = Value::none();
      return;
    case Prim::Raise: throw Bailout("raise");
    case Prim::Nothing: return;
  }
}

void PlannerImpl::loop(const Instruction& ins) {
  const Block& body = ins.blocks[0];
  const Value& trip = values_[ins.inputs[0]];
  require(trip.tag == Value::Tag::Int, "a trip count that depends on data");
  int64_t count = trip.i;
  bool go = conditionOf(values_[ins.inputs[1]]);
  std::vector<Value> carried;
  for (size_t i = 2; i < ins.inputs.size(); i++) carried.push_back(values_[ins.inputs[i]]);
  for (int64_t i = 0; go && i < count; i++) {
    if (++executed_ > kInstructionBudget) throw Bailout("budget: more than 200000 instructions");
    values_[body.inputs[0]] = Value::ofInt(i);
    for (size_t k = 0; k < carried.size(); k++) values_[body.inputs[k + 1]] = carried[k];
    execute(body);
    go = conditionOf(values_[body.outputs[0]]);
    for (size_t k = 0; k < carried.size(); k++) carried[k] = values_[body.outputs[k + 1]];
  }
  for (size_t k = 0; k < carried.size(); k++) values_[ins.outputs[k]] = carried[k];
}

// --- outputs --------------------------------------------------------------------------------------------------

void PlannerImpl::encode(const Value& v) {
  auto& out = plan_.outputs;
  switch (v.tag) {
    case Value::Tag::None: out.push_back(Record::None); return;
    case Value::Tag::Int:
      if (v.i >= -9007199254740991 && v.i <= 9007199254740991) {
        out.push_back(Record::Int);
        out.push_back(static_cast<double>(v.i));
      } else {
        out.push_back(Record::BigInt);
        out.push_back(static_cast<double>(v.i >> 32));
        out.push_back(static_cast<double>(static_cast<uint64_t>(v.i) & 0xffffffffu));
      }
      return;
    case Value::Tag::Bool:
      out.push_back(Record::Bool);
      out.push_back(static_cast<double>(v.i));
      return;
    case Value::Tag::Float:
      out.push_back(v.runtimeInput >= 0 ? Record::RuntimeFloat : Record::Float);
      out.push_back(v.runtimeInput >= 0 ? v.runtimeInput : v.d);
      return;
    case Value::Tag::Complex:
      out.push_back(Record::Complex);
      out.push_back(v.d);
      out.push_back(v.im);
      return;
    case Value::Tag::String:
    case Value::Tag::Device:
      out.push_back(v.tag == Value::Tag::String ? Record::String : Record::Device);
      out.push_back(static_cast<double>(v.text->size()));
      for (char c : *v.text) out.push_back(static_cast<unsigned char>(c));
      return;
    case Value::Tag::List:
    case Value::Tag::Tuple:
      out.push_back(v.tag == Value::Tag::List ? Record::List : Record::Tuple);
      out.push_back(static_cast<double>(v.items->size()));
      for (const Value& e : *v.items) encode(e);
      return;
    case Value::Tag::Tensor: return encodeTensor(v.tensor);
    default: throw Bailout("a result of an unknown kind");
  }
}

void PlannerImpl::encodeTensor(Tensor t) {
  t = plain(t);
  Buffer& b = *t.buffer;
  if (b.where == Buffer::Where::Static) thawStatic(b);
  int kind, index;
  if (b.where == Buffer::Where::Input) {
    bool constant = b.id < static_cast<int>(segment_.constantBuffers.size());
    kind = constant ? 2 : 1;
    index = constant ? b.id : b.input;
  } else if (b.where == Buffer::Where::Constant) {
    kind = 2;
    index = b.id;
  } else {
    kind = 0;
    auto known = outputOf_.find(b.id);
    if (known == outputOf_.end()) {
      b.where = Buffer::Where::Output;
      known = outputOf_.emplace(b.id, static_cast<int>(plan_.outputRefs.size())).first;
      plan_.outputRefs.push_back({b.id, b.bytes});
    }
    index = known->second;
  }
  auto& out = plan_.outputs;
  for (double x : {static_cast<double>(Record::Tensor), static_cast<double>(t.dtype), static_cast<double>(t.sizes.n), static_cast<double>(kind), static_cast<double>(index),
                   static_cast<double>(t.offset), static_cast<double>(t.inputLeaf), t.wrappedNumber ? 1.0 : 0.0})
    out.push_back(x);
  for (int64_t x : t.sizes) out.push_back(static_cast<double>(x));
  for (int64_t x : t.strides) out.push_back(static_cast<double>(x));
}

}  // namespace tsjit
