// From recorded steps to a plan: tails folded into producers, pointwise chains fused, dead steps removed, memory placed.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "planner_impl.h"

namespace tsjit {
namespace {

constexpr size_t kMaxCode = 48, kMaxInputs = 12, kMaxOutputs = 6;

bool sameView(const Tensor& a, const Tensor& b) {
  if (a.buffer != b.buffer || a.dtype != b.dtype || a.sizes != b.sizes) return false;
  if (a.layout || b.layout) return a.layout && b.layout && a.layout->equals(*b.layout);
  if (a.offset != b.offset) return false;
  for (int i = 0; i < a.sizes.n; i++)
    if (a.sizes[i] != 1 && a.strides[i] != b.strides[i]) return false;
  return true;
}

const Layout* layoutOf(const PointwiseStep& s) { return s.outputs[0].tensor.layout.get(); }

bool sameIteration(const PointwiseStep& a, const PointwiseStep& b) {
  if (a.compute != b.compute || a.shape != b.shape) return false;
  const Layout *x = layoutOf(a), *y = layoutOf(b);
  return x == y || (x && y && x->equals(*y));
}

// Whether a value of this dtype, stored and loaded again, is what the chain already holds.
bool forwards(PwCompute compute, DType dtype) {
  switch (compute) {
    case PwCompute::F32: return dtype == DType::F32 || dtype == DType::F16 || dtype == DType::BF16 || dtype == DType::Bool;
    case PwCompute::F64: return dtype == DType::F64 || dtype == DType::Bool;
    case PwCompute::I64: return dtype == DType::I64 || dtype == DType::Bool;
  }
  return false;
}

void fillBuffers(PointwiseStep& s) {
  s.reads.clear();
  s.writes.clear();
  for (auto& t : s.inputs)
    if (std::find(s.reads.begin(), s.reads.end(), t.buffer) == s.reads.end()) s.reads.push_back(t.buffer);
  for (auto& o : s.outputs)
    if (std::find(s.writes.begin(), s.writes.end(), o.tensor.buffer) == s.writes.end()) s.writes.push_back(o.tensor.buffer);
}

// `first` then `second` as one step, or null where one pass over the elements would not give the same.
std::unique_ptr<PointwiseStep> merged(const PointwiseStep& first, const PointwiseStep& second) {
  if (!sameIteration(first, second) || first.code.size() + second.code.size() > kMaxCode) return nullptr;
  auto m = std::make_unique<PointwiseStep>();
  m->name = "pointwise";
  m->node = first.node;
  m->compute = first.compute;
  m->shape = first.shape;
  m->inputs = first.inputs;
  m->code = first.code;
  m->outputs = first.outputs;
  int base = static_cast<int>(first.code.size());
  std::vector<PwOperand> mapped;
  for (const Tensor& t : second.inputs) {
    PwOperand o;
    bool found = false;
    for (auto& out : first.outputs) {
      if (out.tensor.buffer != t.buffer) continue;
      if (!sameView(out.tensor, t) || !forwards(first.compute, t.dtype)) return nullptr;
      o.kind = PwOperand::Kind::Result;
      o.index = out.result;
      found = true;
    }
    if (!found) {
      o.kind = PwOperand::Kind::Tensor;
      for (size_t i = 0; i < m->inputs.size(); i++)
        if (sameView(m->inputs[i], t)) o.index = static_cast<int>(i), found = true;
      if (!found) {
        o.index = static_cast<int>(m->inputs.size());
        m->inputs.push_back(t);
      }
    }
    mapped.push_back(o);
  }
  auto remap = [&](PwOperand o) {
    if (o.kind == PwOperand::Kind::Tensor) return mapped[o.index];
    if (o.kind == PwOperand::Kind::Result) o.index += base;
    return o;
  };
  for (PwInstruction i : second.code) {
    i.a = remap(i.a);
    i.b = remap(i.b);
    i.c = remap(i.c);
    m->code.push_back(i);
  }
  for (auto& out : second.outputs) {
    bool replaced = false;
    for (auto& mine : m->outputs) {
      if (mine.tensor.buffer != out.tensor.buffer) continue;
      if (!sameView(mine.tensor, out.tensor)) return nullptr;
      mine.result = out.result + base;
      replaced = true;
    }
    if (!replaced) m->outputs.push_back({out.tensor, out.result + base});
  }
  // memory both read and written must be the same elements at the same time
  for (auto& out : m->outputs)
    for (auto& in : m->inputs)
      if (in.buffer == out.tensor.buffer && !(sameView(in, out.tensor) && in.sizes == m->shape)) return nullptr;
  if (m->inputs.size() > kMaxInputs || m->outputs.size() > kMaxOutputs) return nullptr;
  fillBuffers(*m);
  return m;
}

// Drops outputs that `keep` does not want and the code that nobody needs then.
template <class Keep>
void prune(PointwiseStep& s, const Keep& keep) {
  s.outputs.erase(std::remove_if(s.outputs.begin(), s.outputs.end(), [&](auto& o) { return !keep(*o.tensor.buffer); }), s.outputs.end());
  std::vector<int> renumbered(s.code.size(), -1);
  std::vector<bool> needed(s.code.size(), false), inputNeeded(s.inputs.size(), false);
  for (auto& o : s.outputs) needed[o.result] = true;
  for (size_t i = s.code.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (const PwOperand* o : {&s.code[i].a, &s.code[i].b, &s.code[i].c}) {
      if (o->kind == PwOperand::Kind::Result) needed[o->index] = true;
      if (o->kind == PwOperand::Kind::Tensor) inputNeeded[o->index] = true;
    }
  }
  std::vector<int> inputNumber(s.inputs.size(), -1);
  std::vector<Tensor> inputs;
  for (size_t i = 0; i < s.inputs.size(); i++)
    if (inputNeeded[i]) inputNumber[i] = static_cast<int>(inputs.size()), inputs.push_back(s.inputs[i]);
  std::vector<PwInstruction> code;
  for (size_t i = 0; i < s.code.size(); i++) {
    if (!needed[i]) continue;
    renumbered[i] = static_cast<int>(code.size());
    PwInstruction ins = s.code[i];
    for (PwOperand* o : {&ins.a, &ins.b, &ins.c}) {
      if (o->kind == PwOperand::Kind::Result) o->index = renumbered[o->index];
      if (o->kind == PwOperand::Kind::Tensor) o->index = inputNumber[o->index];
    }
    code.push_back(ins);
  }
  for (auto& o : s.outputs) o.result = renumbered[o.result];
  s.inputs = std::move(inputs);
  s.code = std::move(code);
  fillBuffers(s);
}

// Who touches a buffer, by step index.
class Uses {
 public:
  explicit Uses(size_t buffers) : readers_(buffers), writers_(buffers) {}
  void add(const Step& s, int at) {
    for (auto& b : s.reads) readers_[b->id].insert(at);
    for (auto& b : s.writes) writers_[b->id].insert(at);
  }
  void remove(const Step& s, int at) {
    for (auto& b : s.reads) readers_[b->id].erase(at);
    for (auto& b : s.writes) writers_[b->id].erase(at);
  }
  static bool between(const std::set<int>& s, int low, int high) {  // exclusive
    auto it = s.upper_bound(low);
    return it != s.end() && *it < high;
  }
  // Whether a step at `from` may run at `to` instead as far as the steps strictly between are concerned.
  bool movable(const Step& s, int from, int to) const {
    int low = std::min(from, to), high = std::max(from, to);
    for (auto& b : s.reads)
      if (between(writers_[b->id], low, high)) return false;
    for (auto& b : s.writes)
      if (between(writers_[b->id], low, high) || between(readers_[b->id], low, high)) return false;
    return true;
  }
  const std::set<int>& readers(const Buffer& b) const { return readers_[b.id]; }
  const std::set<int>& writers(const Buffer& b) const { return writers_[b.id]; }

 private:
  std::vector<std::set<int>> readers_, writers_;
};

PointwiseStep* pointwiseOf(Step* s) { return s ? const_cast<PointwiseStep*>(s->asPointwise()) : nullptr; }

}  // namespace

void PlannerImpl::fuse() {
  Uses uses(plan_.buffers.size());
  for (size_t i = 0; i < steps_.size(); i++) uses.add(*steps_[i], static_cast<int>(i));

  // Whether a tensor is all of its buffer in the order in which its maker fills it.
  auto wholeBuffer = [&](const Tensor& t) {
    const Tensor& made = made_[t.buffer->id];
    if (made.sizes.n < 0 || made.dtype != t.dtype) return false;
    if (made.layout || t.layout) return made.layout && t.layout && made.layout->equals(*t.layout) && made.sizes == t.sizes;
    if (t.offset != 0) return false;
    if (made.sizes == t.sizes) {
      for (int i = 0; i < t.sizes.n; i++)
        if (t.sizes[i] != 1 && t.strides[i] != made.strides[i]) return false;
      return true;
    }
    return made.isContiguous() && t.isContiguous() && made.numel() == t.numel();
  };

  // A pointwise step at `at` into the step that produces one of its operands, if that one can apply it before it stores.
  auto foldTail = [&](int at) {
    PointwiseStep* tail = pointwiseOf(steps_[at].get());
    if (!tail || tail->compute != PwCompute::F32 || tail->outputs.size() != 1) return false;
    const Buffer* result = tail->outputs[0].tensor.buffer.get();
    std::vector<std::pair<int, Buffer*>> producers;
    for (size_t i = 0; i < tail->inputs.size(); i++) {
      const Tensor& t = tail->inputs[i];
      if (t.sizes != tail->shape || !wholeBuffer(t)) continue;
      bool only = true;  // one view of it, and nobody else's
      for (size_t k = 0; k < tail->inputs.size(); k++) only = only && (k == i || tail->inputs[k].buffer != t.buffer);
      auto& writers = uses.writers(*t.buffer);
      auto& readers = uses.readers(*t.buffer);
      if (!only || writers.empty()) continue;
      int k = *writers.begin();
      if (t.buffer.get() == result) {
        // in place: written whole by the last writer before, not looked at in between
        if (t.buffer->where != Buffer::Where::Arena && t.buffer->where != Buffer::Where::Output) continue;
        auto here = writers.find(at);
        if (here == writers.end() || here == writers.begin() || !sameView(t, tail->outputs[0].tensor)) continue;
        k = *std::prev(here);  // it may itself add to what others wrote and read before
        if (Uses::between(readers, k, at)) continue;
      } else if (t.buffer->where != Buffer::Where::Arena || writers.size() != 1 || k >= at || readers.size() != 1) {
        continue;
      }
      producers.push_back({k, t.buffer.get()});
    }
    std::sort(producers.rbegin(), producers.rend());
    for (auto& [k, buffer] : producers) {
      Step* producer = steps_[k].get();
      if (pointwiseOf(producer) || producer->writes.size() != 1) continue;
      uses.remove(*tail, at);
      bool movable = uses.movable(*producer, k, at);
      uses.add(*tail, at);
      if (!movable) continue;
      if (!producer->fuseTail(*tail)) continue;
      // the producer runs at the tail's place: everything the tail reads is ready there
      std::unique_ptr<Step> step = std::move(steps_[k]);
      uses.remove(*step, k);
      uses.remove(*tail, at);
      step->writes = {tail->outputs[0].tensor.buffer};
      for (auto& b : tail->reads)
        if (b.get() != buffer && std::find(step->reads.begin(), step->reads.end(), b) == step->reads.end()) step->reads.push_back(b);
      steps_[at] = std::move(step);
      uses.add(*steps_[at], at);
      return true;
    }
    return false;
  };
  for (size_t i = 0; i < steps_.size(); i++) foldTail(static_cast<int>(i));

  // chains and siblings
  for (size_t i = 0; i < steps_.size(); i++) {
    int p = static_cast<int>(i);
    while (PointwiseStep* step = pointwiseOf(steps_[p].get())) {
      std::set<int, std::greater<int>> candidates;
      for (auto& b : step->reads) {
        auto& writers = uses.writers(*b);
        auto w = writers.lower_bound(p);
        if (w != writers.begin()) candidates.insert(*std::prev(w));
        auto& readers = uses.readers(*b);
        auto r = readers.lower_bound(p);
        for (int n = 0; n < 3 && r != readers.begin(); n++) candidates.insert(*--r);
      }
      bool done = false;
      for (int g : candidates) {
        PointwiseStep* group = pointwiseOf(steps_[g].get());
        if (!group || !sameIteration(*group, *step)) continue;
        bool up = uses.movable(*step, p, g), down = !up && uses.movable(*group, g, p);
        if (!up && !down) continue;
        auto both = merged(*group, *step);
        if (!both) continue;
        uses.remove(*group, g);
        uses.remove(*step, p);
        int at = up ? g : p;
        steps_[g].reset();
        steps_[p].reset();
        both->scratchBytes = 0;
        steps_[at] = std::move(both);
        uses.add(*steps_[at], at);
        done = true;
        p = at;  // the larger group may reach others
        // results that only the chain itself read are gone
        PointwiseStep* now = pointwiseOf(steps_[at].get());
        uses.remove(*now, at);
        prune(*now, [&](const Buffer& b) { return b.where != Buffer::Where::Arena || !uses.readers(b).empty(); });
        uses.add(*now, at);
        break;
      }
      if (!done) break;
    }
  }
  for (size_t i = 0; i < steps_.size(); i++)
    if (steps_[i]) foldTail(static_cast<int>(i));
  steps_.erase(std::remove(steps_.begin(), steps_.end(), nullptr), steps_.end());
}

void PlannerImpl::removeDead() {
  std::vector<bool> wanted(plan_.buffers.size(), false);
  for (auto& b : plan_.buffers) wanted[b->id] = b->where == Buffer::Where::Output || b->where == Buffer::Where::Input;
  for (size_t i = steps_.size(); i-- > 0;) {
    bool live = false;
    for (auto& b : steps_[i]->writes) live = live || wanted[b->id];
    if (!live) {
      steps_[i].reset();
      continue;
    }
    if (PointwiseStep* p = pointwiseOf(steps_[i].get())) prune(*p, [&](const Buffer& b) { return wanted[b.id]; });
    for (auto& b : steps_[i]->reads) wanted[b->id] = true;
    for (auto& b : steps_[i]->writes) wanted[b->id] = true;
  }
  steps_.erase(std::remove(steps_.begin(), steps_.end(), nullptr), steps_.end());
}

namespace {

struct Life {
  int first = -1, last = -1;
  int root = -1;  // buffers that share memory: the one whose place counts
};

}  // namespace

// Lifetimes, in-place reuse, and places in the arena.
void PlannerImpl::placeArena() {
  std::vector<Life> lives(plan_.buffers.size());
  for (size_t i = 0; i < steps_.size(); i++) {
    for (auto* list : {&steps_[i]->reads, &steps_[i]->writes})
      for (auto& b : *list) {
        Life& l = lives[b->id];
        if (l.first < 0) l.first = static_cast<int>(i);
        l.last = static_cast<int>(i);
      }
  }
  std::vector<int> root(plan_.buffers.size());
  for (size_t i = 0; i < root.size(); i++) root[i] = static_cast<int>(i);
  auto find = [&](int x) {
    while (root[x] != x) x = root[x] = root[root[x]];
    return x;
  };
  auto bufferOf = [&](int id) -> Buffer& { return *plan_.buffers[id]; };
  // groups: an output may take the place of an operand that dies
  for (size_t i = 0; i < steps_.size(); i++) {
    PointwiseStep* p = pointwiseOf(steps_[i].get());
    if (!p) continue;
    std::vector<int> taken;
    for (auto& out : p->outputs) {
      int o = out.tensor.buffer->id;
      Buffer& ob = bufferOf(o);
      if ((ob.where != Buffer::Where::Arena && ob.where != Buffer::Where::Output) || lives[o].first != static_cast<int>(i) || find(o) != o) continue;
      for (auto& in : p->inputs) {
        int n = in.buffer->id;
        Buffer& nb = bufferOf(n);
        if (nb.where != Buffer::Where::Arena || nb.bytes != ob.bytes || in.dtype != out.tensor.dtype || in.sizes != p->shape) continue;
        if (in.layout || out.tensor.layout) {
          if (!in.layout || !out.tensor.layout || !in.layout->equals(*out.tensor.layout)) continue;
        } else if (in.strides != out.tensor.strides || in.offset != out.tensor.offset) {
          continue;
        }
        int r = find(n);
        if (lives[r].last != static_cast<int>(i) || std::find(taken.begin(), taken.end(), r) != taken.end()) continue;
        bool otherViews = false;  // the same memory read in another order, or written too
        for (auto& other : p->outputs) otherViews = otherViews || find(other.tensor.buffer->id) == r;
        for (auto& other : p->inputs) otherViews = otherViews || (find(other.buffer->id) == r && !(sameView(other, in)));
        if (otherViews) continue;
        Buffer& rb = bufferOf(r);
        if (rb.where != Buffer::Where::Arena || rb.bytes != ob.bytes) continue;
        // merge into the buffer that is an output, if one is
        root[r] = o;
        lives[o].first = lives[r].first;
        lives[o].last = std::max(lives[o].last, lives[r].last);
        taken.push_back(o);
        break;
      }
    }
  }
  struct Place { int id; size_t bytes; int first, last; size_t offset; };
  std::vector<Place> places;
  for (auto& b : plan_.buffers) {
    if (b->where != Buffer::Where::Arena || lives[b->id].first < 0 || find(b->id) != b->id) continue;
    places.push_back({b->id, (b->bytes + 127) / 64 * 64, lives[b->id].first, lives[b->id].last, 0});
  }
  size_t total = 0;
  if (places.size() <= 3000) {
    // largest first, each at the lowest gap among those alive at the same time
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.bytes != b.bytes ? a.bytes > b.bytes : a.first < b.first; });
    std::vector<std::pair<size_t, size_t>> busy;
    for (size_t i = 0; i < places.size(); i++) {
      busy.clear();
      for (size_t j = 0; j < i; j++)
        if (places[j].first <= places[i].last && places[i].first <= places[j].last) busy.push_back({places[j].offset, places[j].offset + places[j].bytes});
      std::sort(busy.begin(), busy.end());
      size_t at = 0;
      for (auto& [begin, end] : busy) {
        if (begin >= at + places[i].bytes) break;
        at = std::max(at, end);
      }
      places[i].offset = at;
      total = std::max(total, at + places[i].bytes);
    }
  } else {
    // in order of time, best fit from a free list
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.first < b.first; });
    std::multimap<size_t, size_t> freeBySize;               // bytes to offset
    std::multimap<int, std::pair<size_t, size_t>> endings;  // last step to (offset, bytes)
    for (auto& p : places) {
      while (!endings.empty() && endings.begin()->first < p.first) {
        auto [offset, bytes] = endings.begin()->second;
        freeBySize.emplace(bytes, offset);
        endings.erase(endings.begin());
      }
      auto fit = freeBySize.lower_bound(p.bytes);
      if (fit != freeBySize.end() && fit->first <= 4 * p.bytes) {
        p.offset = fit->second;
        size_t bytes = fit->first;
        freeBySize.erase(fit);
        endings.emplace(p.last, std::make_pair(p.offset, bytes));
      } else {
        p.offset = total;
        total += p.bytes;
        endings.emplace(p.last, std::make_pair(p.offset, p.bytes));
      }
    }
  }
  plan_.arenaBytes = total;
  std::vector<size_t> offsetOf(plan_.buffers.size(), 0);
  for (auto& p : places) offsetOf[p.id] = p.offset;
  std::vector<int> outputNumber(plan_.buffers.size(), -1);
  for (size_t i = 0; i < plan_.outputRefs.size(); i++) outputNumber[plan_.outputRefs[i].buffer] = static_cast<int>(i);
  for (auto& b : plan_.buffers) {
    if (b->where != Buffer::Where::Arena || lives[b->id].first < 0) continue;
    int r = find(b->id);
    if (bufferOf(r).where == Buffer::Where::Output) plan_.aliases.push_back({b->id, outputNumber[r]});
    else plan_.arenaRefs.push_back({b->id, offsetOf[r]});
  }
}

void PlannerImpl::optimize() {
  removeDead();
  fuse();
  removeDead();
  placeArena();
  std::set<int> written;
  for (auto& s : steps_) {
    for (auto& b : s->writes)
      if (b->where == Buffer::Where::Input) written.insert(b->id < static_cast<int>(segment_.constantBuffers.size()) ? -1 - b->input : b->input);
    s->prepare();
    plan_.scratchBytes = std::max(plan_.scratchBytes, s->scratchBytes);
    if (!plan_.listing.empty()) plan_.listing += ' ';
    plan_.listing += s->name;
  }
  plan_.writtenLeaves.assign(written.begin(), written.end());
  plan_.steps = std::move(steps_);
}

}  // namespace tsjit
