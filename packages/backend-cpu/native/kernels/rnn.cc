// LSTM, GRU and simple recurrent layers and cells: the inputs of all steps as one matrix product, then one parallel region over the whole
// sequence in which each thread owns some hidden units (all their gates) and meets the others once a step.
#include <atomic>
#include <cstring>

#include "gemm.h"
#include "matmul.h"
#include "tsjit/planner.h"
#include "tsjit/pointwise.h"

namespace tsjit {
namespace {

enum class Cell { Lstm, Gru, Tanh, Relu };
int gateCount(Cell c) { return c == Cell::Lstm ? 4 : c == Cell::Gru ? 3 : 1; }

class SpinBarrier {
 public:
  void wait(int threads) {
    if (threads == 1) return;
    int turn = turn_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == threads) {
      arrived_.store(0, std::memory_order_relaxed);
      turn_.store(turn + 1, std::memory_order_release);
      turn_.notify_all();
      return;
    }
    for (int spins = 0; spins < 4000; spins++) {
      if (turn_.load(std::memory_order_acquire) != turn) return;
      pause();
    }
    turn_.wait(turn, std::memory_order_acquire);  // the others may need this processor
  }

 private:
  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
  std::atomic<int> arrived_{0}, turn_{0};
};

size_t rounded(size_t bytes) { return (bytes + 63) / 64 * 64; }

// One layer in one direction. `gates`: inputs times weights plus bias, overwritten; element (step, row, gate) at step * gateStep + row * gateRow.
struct RecurrentStep final : Step {
  Cell cell = Cell::Lstm;
  int64_t steps = 0, batch = 0, hidden = 0;
  bool backward = false;
  Tensor gates, weight, bias, h0, c0, output, hn, cn;  // h0, c0, hn, cn: dense [batch, hidden]
  int64_t gateStep = 0, gateRow = 0, outStep = 0, outRow = 0, outOffset = 0;
  Planner* planner = nullptr;  // alive until prepare() is done
  std::shared_ptr<PackedWeight> packed;
  size_t packedAt = 0;  // in scratch memory
  size_t gateBytes = 0;
  int threads = 1;
  Slot sg, sw, sb, sh0, sc0, so, shn, scn;

  void prepare() override {
    sg = slotOf(gates);
    sb = slotOf(bias);
    sh0 = slotOf(h0);
    sc0 = slotOf(c0);
    so = slotOf(output);
    shn = slotOf(hn);
    scn = slotOf(cn);
    threads = threadCount();
    gateBytes = rounded(packedBBytes<float>(hidden, hidden));
    int n = gateCount(cell);
    if (weight.isData())
      packed = planner->packed(weight, "recurrent", gateBytes * static_cast<size_t>(n), [this](char* to) {
        FileBlock::Use use(weight.buffer->file.get());
        pack(weight.data<float>(), to);
      });
    else
      sw = slotOf(weight), scratchBytes = gateBytes * static_cast<size_t>(n);
    if (cell == Cell::Gru) scratchBytes += rounded(static_cast<size_t>(batch * 3 * hidden) * sizeof(float));
    packedAt = scratchBytes;
    if (packed) scratchBytes += packed->scratchBytes();
  }
  void pack(const float* w, char* to) const {
    for (int i = 0; i < gateCount(cell); i++)
      packB(w + i * hidden * weight.stride(0), weight.stride(1), weight.stride(0), hidden, hidden, reinterpret_cast<float*>(to + static_cast<size_t>(i) * gateBytes));
  }

  void run(Run& run) override {
    const auto& g = gemmKernels<float>();
    const GemmTable& table = gemmTable();
    float *pg = run.ptr<float>(sg), *po = run.ptr<float>(so) + outOffset, *phn = run.ptr<float>(shn), *pcn = run.ptrOrNull<float>(scn);
    const float *ph0 = run.ptr<float>(sh0), *pb = run.ptrOrNull<float>(sb);
    const char* weights = packed ? packed->get(run.scratch + packedAt) : nullptr;
    char* scratch = run.scratch;
    if (!packed) {
      pack(run.ptr<float>(sw), scratch);
      weights = scratch;
      scratch += gateBytes * static_cast<size_t>(gateCount(cell));
    }
    float* fromHidden = reinterpret_cast<float*>(scratch);  // GRU
    if (pcn) std::memcpy(pcn, run.ptr<float>(sc0), static_cast<size_t>(batch * hidden) * sizeof(float));
    int64_t panels = (hidden + g.nr - 1) / g.nr;
    int count = gateCount(cell);
    double work = static_cast<double>(batch) * static_cast<double>(hidden) * static_cast<double>(hidden) * count;
    int team = static_cast<int>(std::min<int64_t>(work < 40000 ? 1 : threads, panels));
    SpinBarrier barrier;

    auto body = [&](int id, int size) {
      int64_t p0 = panels * id / size, p1 = panels * (id + 1) / size;
      int64_t u0 = p0 * g.nr, u1 = std::min(hidden, p1 * g.nr);
      for (int64_t i = 0; i < steps; i++) {
        int64_t t = backward ? steps - 1 - i : i, before = backward ? t + 1 : t - 1;
        const float* h = i == 0 ? ph0 : po + before * outStep;
        int64_t hRow = i == 0 ? hidden : outRow;
        float *x = pg + t * gateStep, *out = po + t * outStep;
        for (int64_t m = 0; m < batch; m += g.mr) {
          int rows = static_cast<int>(std::min<int64_t>(g.mr, batch - m));
          int64_t pieces = count * (p1 - p0);
          for (int64_t piece = 0; piece < pieces; piece++) {
            int64_t turned = i % 2 ? pieces - 1 - piece : piece;  // back and forth: what was read last is still in cache
            int64_t k = turned / (p1 - p0), unit = (p0 + turned % (p1 - p0)) * g.nr;
            int width = static_cast<int>(std::min<int64_t>(g.nr, hidden - unit));
            const float* w = reinterpret_cast<const float*>(weights + static_cast<size_t>(k) * gateBytes) + unit * hidden;
            if (cell == Cell::Gru)
              g.tile(hidden, h + m * hRow, hRow, w, g.nr, fromHidden + m * 3 * hidden + k * hidden + unit, 3 * hidden, rows, width, pb ? pb + k * hidden + unit : nullptr, false);
            else
              g.tile(hidden, h + m * hRow, hRow, w, g.nr, x + m * gateRow + k * hidden + unit, gateRow, rows, width, nullptr, true);
          }
        }
        if (u1 > u0)
          for (int64_t m = 0; m < batch; m++) {
            float *row = x + m * gateRow + u0, *to = out + m * outRow + u0;
            int64_t n = u1 - u0;
            switch (cell) {
              case Cell::Lstm: table.lstmGates(row, hidden, n, pcn + m * hidden + u0, to); break;
              case Cell::Gru: table.gruGates(row, fromHidden + m * 3 * hidden + u0, hidden, n, h + m * hRow + u0, to); break;
              case Cell::Tanh: table.tanhRow(row, to, n); break;
              case Cell::Relu:
                for (int64_t j = 0; j < n; j++) to[j] = row[j] > 0 || row[j] != row[j] ? row[j] : 0.0f;
                break;
            }
          }
        barrier.wait(size);
      }
    };
#ifdef _OPENMP
    if (team > 1 && !omp_in_parallel()) {
#pragma omp parallel num_threads(team)
      body(omp_get_thread_num(), omp_get_num_threads());
    } else {
      body(0, 1);
    }
#else
    body(0, 1);
#endif
    const float* last = po + (backward ? 0 : steps - 1) * outStep;
    for (int64_t m = 0; m < batch; m++) std::memcpy(phn + m * hidden, last + m * outRow, static_cast<size_t>(hidden) * sizeof(float));
  }
};

struct Layer {
  Tensor wIn, wHidden, bIn, bHidden;
};

// `x`: [steps, batch, features], or [batch, steps, features] where `batchFirst`; dense. Writes the columns from `column` of `output`.
void recordLayer(Planner& p, Cell cell, const Tensor& x, bool batchFirst, bool backward, const Layer& w, const Tensor& h0, const Tensor& c0, const Tensor& output, int64_t column,
                 const Tensor& hn, const Tensor& cn) {
  int64_t steps = x.size(batchFirst ? 1 : 0), batch = x.size(batchFirst ? 0 : 1), features = x.size(2), hidden = w.wHidden.size(1);
  int gates = gateCount(cell);
  require(w.wIn.dim() == 2 && w.wHidden.dim() == 2 && w.wIn.size(0) == gates * hidden && w.wIn.size(1) == features && w.wHidden.size(0) == gates * hidden, "recurrent: weights of another shape");
  for (const Tensor* t : {&w.wIn, &w.wHidden, &w.bIn, &w.bHidden, &h0, &c0})
    if (t->defined()) require(t->dtype == DType::F32, "recurrent: this dtype");
  for (const Tensor* t : {&w.bIn, &w.bHidden})
    if (t->defined()) require(t->dim() == 1 && t->size(0) == gates * hidden, "recurrent: a bias of another size");
  require(steps > 0 && batch > 0 && hidden > 0 && features > 0, "recurrent: empty operands");
  Tensor bias = w.bIn.defined() ? p.contiguous(w.bIn) : w.bIn;
  bool separate = cell == Cell::Gru;
  if (!separate && w.bHidden.defined()) bias = bias.defined() ? pointwise(p, PwOp::Add, DType::F32, DType::F32, {Value::of(bias), Value::of(w.bHidden)}, 1) : p.contiguous(w.bHidden);
  MatmulSpec m;
  m.a = x;
  m.b = w.wIn.stride(0) == 1 || w.wIn.stride(1) == 1 ? w.wIn : p.contiguous(w.wIn);
  m.bias = bias;
  m.m = steps * batch;
  m.k = features;
  m.n = gates * hidden;
  m.aRow = features;
  m.bRow = m.b.stride(1);
  m.bColumn = m.b.stride(0);
  m.out = p.empty(DType::F32, {x.size(0), x.size(1), m.n});
  recordMatmul(p, m);

  auto step = std::make_unique<RecurrentStep>();
  step->name = "recurrent";
  step->cell = cell;
  step->steps = steps;
  step->batch = batch;
  step->hidden = hidden;
  step->backward = backward;
  step->gates = m.out;
  step->weight = w.wHidden;
  if (separate && w.bHidden.defined()) step->bias = p.contiguous(w.bHidden);
  step->h0 = h0;
  step->c0 = c0;
  step->output = output;
  step->hn = hn;
  step->cn = cn;
  step->gateStep = batchFirst ? m.n : batch * m.n;
  step->gateRow = batchFirst ? steps * m.n : m.n;
  step->outStep = output.stride(batchFirst ? 1 : 0);
  step->outRow = output.stride(batchFirst ? 0 : 1);
  step->outOffset = column;
  step->planner = &p;
  for (const Tensor* t : {&step->gates, &step->weight, &step->bias, &step->h0, &step->c0})
    if (t->defined()) step->reads.push_back(t->buffer);
  for (const Tensor* t : {&step->output, &step->hn, &step->cn, &step->gates})
    if (t->defined()) step->writes.push_back(t->buffer);
  p.record(std::move(step));
}

// A dense [batch, hidden] slice of a [layers, batch, hidden] state.
Tensor stateOf(Planner& p, const Tensor& dense, int64_t index) {
  return p.view(dense, {dense.size(1), dense.size(2)}, {dense.stride(1), dense.stride(2)}, dense.offset + index * dense.stride(0));
}

void layers(Planner& p, Args& a, Cell cell) {
  Tensor x = a.tensor(0);
  std::vector<Tensor> states = cell == Cell::Lstm ? a.tensors(1) : std::vector<Tensor>{a.tensor(1)};
  std::vector<Tensor> params = a.tensors(2);
  bool biases = a.boolean(3);
  int64_t count = a.integer(4);
  require(!a.boolean(6) || a.number(5) == 0, "recurrent layers in training mode with dropout");
  bool both = a.boolean(7), batchFirst = a.boolean(8);
  require(states.size() == (cell == Cell::Lstm ? 2u : 1u) && count > 0, "recurrent: states");
  require(x.dtype == DType::F32, "recurrent: this dtype");
  require(x.dim() == 3 || x.dim() == 2, "recurrent: an input of rank two or three");
  bool single = x.dim() == 2;
  if (single) {
    batchFirst = false;
    x = p.view(x, {x.size(0), 1, x.size(1)}, {x.stride(0), x.size(1) * x.stride(1), x.stride(1)}, x.offset);
    for (Tensor& s : states) {
      require(s.dim() == 2, "recurrent: a state of rank two");
      s = p.view(s, {s.size(0), 1, s.size(1)}, {s.stride(0), s.size(1) * s.stride(1), s.stride(1)}, s.offset);
    }
  }
  x = p.contiguous(x);
  bool transposed = batchFirst;
  int directions = both ? 2 : 1, each = biases ? 4 : 2;
  require(params.size() == static_cast<size_t>(count * directions * each), "recurrent: another number of weights (a projection?)");
  int64_t batch = x.size(batchFirst ? 0 : 1), hidden = params[1].dim() == 2 ? params[1].size(1) : 0;
  for (Tensor& s : states) {
    require(s.dim() == 3 && s.size(0) == count * directions && s.size(1) == batch && s.size(2) == hidden, "recurrent: a state of another shape");
    s = p.contiguous(s);
  }
  Tensor hn = p.empty(DType::F32, states[0].sizes), cn;
  if (cell == Cell::Lstm) cn = p.empty(DType::F32, states[1].sizes);
  Tensor result;
  for (int64_t l = 0; l < count; l++) {
    // time first in memory, as PyTorch leaves it
    int64_t steps = x.size(batchFirst ? 1 : 0), width = hidden * directions;
    Tensor y = p.empty(DType::F32, {steps, batch, width});
    Tensor seen = batchFirst ? p.view(y, {batch, steps, width}, {width, batch * width, 1}, 0) : y;
    for (int d = 0; d < directions; d++) {
      int64_t index = l * directions + d;
      const Tensor* w = &params[static_cast<size_t>(index * each)];
      Layer layer{w[0], w[1], biases ? w[2] : Tensor{}, biases ? w[3] : Tensor{}};
      recordLayer(p, cell, x, batchFirst, d == 1, layer, stateOf(p, states[0], index), cn.defined() ? stateOf(p, states[1], index) : Tensor{}, seen, d * hidden, stateOf(p, hn, index),
                  cn.defined() ? stateOf(p, cn, index) : Tensor{});
    }
    x = y;
    batchFirst = false;
    result = seen;
  }
  auto squeeze = [&](const Tensor& t) {
    if (!single) return t;
    return p.view(t, {t.size(0), t.size(2)}, {t.stride(0), t.stride(2)}, t.offset);
  };
  if (transposed) result = p.view(x, {x.size(1), x.size(0), x.size(2)}, {x.stride(1), x.stride(0), x.stride(2)}, x.offset);
  a.ret(squeeze(result));
  a.ret(squeeze(hn));
  if (cn.defined()) a.ret(squeeze(cn));
}

void oneStep(Planner& p, Args& a, Cell cell) {
  Tensor x = a.tensor(0);
  std::vector<Tensor> states = cell == Cell::Lstm ? a.tensors(1) : std::vector<Tensor>{a.tensor(1)};
  require(states.size() == (cell == Cell::Lstm ? 2u : 1u), "recurrent: states");
  require(x.dtype == DType::F32 && (x.dim() == 2 || x.dim() == 1), "recurrent: this input");
  bool single = x.dim() == 1;
  auto row = [&](const Tensor& t) {
    Tensor c = p.contiguous(t);
    return single ? p.view(c, {1, c.numel()}, {c.numel(), 1}, c.offset) : c;
  };
  x = row(x);
  for (Tensor& s : states) {
    s = row(s);
    require(s.dim() == 2 && s.size(0) == x.size(0), "recurrent: a state of another shape");
  }
  Layer w{a.tensor(2), a.tensor(3), a.optionalTensor(4), a.optionalTensor(5)};
  require(w.wHidden.dim() == 2, "recurrent: weights of another shape");
  int64_t batch = x.size(0), hidden = w.wHidden.size(1);
  for (Tensor& s : states) require(s.size(1) == hidden, "recurrent: a state of another shape");
  x = p.view(x, {1, batch, x.size(1)}, {batch * x.size(1), x.size(1), 1}, x.offset);
  Tensor y = p.empty(DType::F32, {1, batch, hidden}), hn = p.empty(DType::F32, {batch, hidden}), cn;
  if (cell == Cell::Lstm) cn = p.empty(DType::F32, {batch, hidden});
  recordLayer(p, cell, x, false, false, w, states[0], cell == Cell::Lstm ? states[1] : Tensor{}, y, 0, hn, cn);
  auto shaped = [&](const Tensor& t) { return single ? p.view(t, {hidden}, {1}, t.offset) : t; };
  a.ret(shaped(hn));
  if (cn.defined()) a.ret(shaped(cn));
}

template <Cell CELL>
void layersOf(Planner& p, Args& a) { layers(p, a, CELL); }
template <Cell CELL>
void cellOf(Planner& p, Args& a) { oneStep(p, a, CELL); }

}  // namespace

TSJIT_KERNEL("aten::lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)", layersOf<Cell::Lstm>);
TSJIT_KERNEL("aten::gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)", layersOf<Cell::Gru>);
TSJIT_KERNEL("aten::rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)", layersOf<Cell::Tanh>);
TSJIT_KERNEL("aten::rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)", layersOf<Cell::Relu>);
TSJIT_KERNEL("aten::lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> (Tensor, Tensor)", cellOf<Cell::Lstm>);
TSJIT_KERNEL("aten::gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor", cellOf<Cell::Gru>);
TSJIT_KERNEL("aten::rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor", cellOf<Cell::Tanh>);
TSJIT_KERNEL("aten::rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor", cellOf<Cell::Relu>);
}  // namespace tsjit
