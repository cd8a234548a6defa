#include "segment.h"

#include <chrono>
#include <cstring>

#include "allocator.h"
#include "planner_impl.h"

namespace tsjit {
namespace {

constexpr size_t kMaxPlans = 96;
constexpr size_t kMaxPlanBytes = size_t{512} << 20;

uint64_t hashOf(const double* data, size_t n) {
  uint64_t h = 0x9e3779b97f4a7c15ull + n;
  for (size_t i = 0; i < n; i++) {
    uint64_t bits;
    std::memcpy(&bits, data + i, 8);
    h = (h ^ bits) * 0xff51afd7ed558ccdull;
    h ^= h >> 32;
  }
  return h;
}

// The arena of the running segment: one block a thread, grown as needed.
struct ThreadArena {
  char* block = nullptr;
  size_t bytes = 0;
  ~ThreadArena() { freeBlock(block, bytes); }
  char* get(size_t wanted) {
    if (wanted > bytes) {
      freeBlock(block, bytes);
      block = nullptr;
      bytes = 0;
      block = allocateBlock(wanted);
      bytes = wanted;
    }
    return block;
  }
};
thread_local ThreadArena arena, scratch;

}  // namespace

void FreeBlock::operator()(char* p) const { freeBlock(p, bytes); }

Plan::~Plan() = default;

const KernelRegistration* findKernel(const char* op) {
  static const auto* table = [] {
    auto* t = new std::unordered_map<std::string, const KernelRegistration*>;
    for (auto* k = KernelRegistration::first; k; k = k->next) {
      std::string schema(k->schema);
      t->emplace(schema.substr(0, schema.find('(')), k);
    }
    return t;
  }();
  const char* bracket = std::strchr(op, '(');
  auto found = table->find(bracket ? std::string(op, bracket) : std::string(op));
  return found == table->end() ? nullptr : found->second;
}

bool findPrim(const std::string& op, Prim& prim) {
  static const std::unordered_map<std::string, Prim> table = {
      {"prim::If", Prim::If}, {"prim::Loop", Prim::Loop}, {"prim::ListConstruct", Prim::ListConstruct}, {"prim::ListUnpack", Prim::ListUnpack},
      {"prim::TupleConstruct", Prim::TupleConstruct}, {"prim::TupleUnpack", Prim::TupleUnpack}, {"prim::unchecked_cast", Prim::UncheckedCast},
      {"prim::unchecked_unwrap_optional", Prim::UncheckedCast}, {"aten::_unwrap_optional", Prim::UncheckedCast},
      {"prim::Uninitialized", Prim::Uninitialized}, {"prim::RaiseException", Prim::Raise}, {"aten::warn", Prim::Nothing},
  };
  auto found = table.find(op);
  if (found == table.end()) return false;
  prim = found->second;
  return true;
}

Segment::Segment(Program program, std::string name) : program_(std::move(program)), name_(std::move(name)) {}

void Segment::setConstants(const double* records, size_t count, const double* addresses, size_t addressCount) {
  constantRecords_.assign(records, records + count);
  constantAddresses_.assign(addresses, addresses + addressCount);
  bindConstants();
}

void Segment::bindConstants() {
  plans_.clear();
  packedCache = std::make_shared<PackedCache>();
  constants.clear();
  constantBuffers.clear();
  const double* r = constantRecords_.data();
  const double* end = r + constantRecords_.size();
  size_t address = 0;
  std::function<Value()> decode = [&]() -> Value {
    auto next = [&]() -> double {
      if (r >= end) throw Bailout("truncated constants", true);
      return *r++;
    };
    int kind = static_cast<int>(next());
    switch (kind) {
      case Record::None: return Value::none();
      case Record::Int: return Value::ofInt(static_cast<int64_t>(next()));
      case Record::BigInt: {
        int64_t high = static_cast<int64_t>(next());
        return Value::ofInt(static_cast<int64_t>((static_cast<uint64_t>(high) << 32) | static_cast<uint64_t>(next())));
      }
      case Record::Bool: return Value::ofBool(next() != 0);
      case Record::Float: return Value::ofFloat(next());
      case Record::Complex: {
        Value v;
        v.tag = Value::Tag::Complex;
        v.d = next();
        v.im = next();
        return v;
      }
      case Record::String:
      case Record::Device: {
        int n = static_cast<int>(next());
        std::string s;
        for (int i = 0; i < n; i++) s += static_cast<char>(next());
        Value v = Value::ofString(std::move(s));
        if (kind == Record::Device) v.tag = Value::Tag::Device;
        return v;
      }
      case Record::List:
      case Record::Tuple: {
        int n = static_cast<int>(next());
        std::vector<Value> items;
        for (int i = 0; i < n; i++) items.push_back(decode());
        return kind == Record::List ? Value::list(std::move(items)) : Value::tuple(std::move(items));
      }
      case Record::Tensor: {
        Tensor t;
        t.dtype = static_cast<DType>(static_cast<int>(next()));
        int rank = static_cast<int>(next());
        next();  // group: constants have memory of their own
        t.offset = static_cast<int64_t>(next());
        int flags = static_cast<int>(next());
        t.wrappedNumber = flags & 1;
        for (int i = 0; i < rank; i++) t.sizes.push_back(static_cast<int64_t>(next()));
        for (int i = 0; i < rank; i++) t.strides.push_back(static_cast<int64_t>(next()));
        auto b = std::make_shared<Buffer>();
        b->id = static_cast<int>(constantBuffers.size());
        if (thawed.size() <= static_cast<size_t>(b->id)) thawed.resize(b->id + 1, false);
        if (address >= constantAddresses_.size()) throw Bailout("truncated constants", true);
        if ((flags & 2) && !thawed[b->id]) {
          b->where = Buffer::Where::Constant;
          b->address = reinterpret_cast<char*>(static_cast<uintptr_t>(constantAddresses_[address]));
          b->file = FileBlock::find(b->address);
        } else {
          b->where = Buffer::Where::Input;
          if (auto file = FileBlock::find(reinterpret_cast<char*>(static_cast<uintptr_t>(constantAddresses_[address])))) file->pin();
        }
        b->input = static_cast<int>(address);
        int64_t extent = t.offset + 1;
        for (int i = 0; i < rank; i++) extent = t.sizes[i] == 0 ? 0 : extent + (t.sizes[i] - 1) * t.strides[i];
        b->bytes = static_cast<size_t>(std::max<int64_t>(extent, 0)) * itemSize(t.dtype);
        address++;
        constantBuffers.push_back(b);
        t.buffer = std::move(b);
        return Value::of(std::move(t));
      }
      default: {
        Value v;
        v.tag = Value::Tag::Other;
        return v;
      }
    }
  };
  for (size_t i = 0; i < program_.constants.size(); i++) constants.push_back(decode());
}

std::shared_ptr<Plan> Segment::plan(const double* signature, size_t length, const double* floats) {
  uint64_t h = hashOf(signature, length);
  auto range = plans_.equal_range(h);
  for (auto it = range.first; it != range.second; ++it) {
    Plan& p = *it->second;
    if (p.signature.size() != length || std::memcmp(p.signature.data(), signature, length * sizeof(double)) != 0) continue;
    bool holds = true;
    for (auto& g : p.guards) holds = holds && std::memcmp(&floats[g.input], &g.value, sizeof(double)) == 0;
    if (!holds) continue;
    p.lastUse = ++clock_;
    return it->second;
  }
  std::shared_ptr<Plan> made;
  for (int attempt = 0;; attempt++) {
    try {
      made = make(signature, length, floats);
      break;
    } catch (const ThawConstant& t) {
      if (attempt > 64) throw Bailout("constants written in place", true);
      thawed[t.constant] = true;
      bindConstants();
    } catch (const std::bad_alloc&) {
      throw Bailout("out of memory");
    } catch (const Bailout&) {
      throw;
    } catch (const std::exception& e) {
      throw Bailout(e.what());
    }
  }
  made->lastUse = ++clock_;
  evict();
  plans_.emplace(h, made);
  return made;
}

void Segment::evict() {
  for (;;) {
    size_t bytes = 0;
    auto oldest = plans_.end();
    for (auto it = plans_.begin(); it != plans_.end(); ++it) {
      bytes += it->second->staticBytes + it->second->steps.size() * 1024;
      if (oldest == plans_.end() || it->second->lastUse < oldest->second->lastUse) oldest = it;
    }
    if (plans_.empty() || (plans_.size() < kMaxPlans && bytes < kMaxPlanBytes)) return;
    plans_.erase(oldest);
  }
}

std::shared_ptr<Plan> Segment::make(const double* signature, size_t length, const double* floats) {
  auto plan = std::make_shared<Plan>();
  plan->id = nextPlan_++;
  plan->signature.assign(signature, signature + length);
  PlannerImpl planner(*this, *plan, floats);
  planner.build(signature, length);
  plansMade++;
  plan->table.resize(plan->buffers.size(), nullptr);
  for (auto& b : plan->buffers)
    if (b->isData()) plan->table[b->id] = b->address;
  return plan;
}

void Segment::run(Plan& plan, const double* leaves, const double* floats, char* const* outputs) {
  std::lock_guard<std::mutex> lock(plan.running);
  char** table = plan.table.data();
  for (const auto& ref : plan.inputRefs)
    table[ref.buffer] = reinterpret_cast<char*>(static_cast<uintptr_t>(ref.leaf >= 0 ? leaves[ref.leaf] : constantAddresses_[-1 - ref.leaf]));
  for (size_t i = 0; i < plan.outputRefs.size(); i++) table[plan.outputRefs[i].buffer] = outputs[i];
  for (const auto& ref : plan.aliases) table[ref.buffer] = outputs[ref.output];
  char* base = arena.get(plan.arenaBytes);
  if (base != plan.boundArena) {
    for (const auto& ref : plan.arenaRefs) table[ref.buffer] = base + ref.offset;
    plan.boundArena = base;
  }
  Run run{table, floats, plan.scratchBytes ? scratch.get(plan.scratchBytes) : nullptr};
  plan.runs++;
  if (profiling) {
    plan.profile.resize(plan.steps.size(), 0);
    for (size_t i = 0; i < plan.steps.size(); i++) {
      auto begin = std::chrono::steady_clock::now();
      plan.steps[i]->run(run);
      plan.profile[i] += std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
    }
    return;
  }
  for (auto& step : plan.steps) step->run(run);
}

}  // namespace tsjit
