// The JavaScript side of a segment, over Node-API. No state of its own outside the instance data of an environment, so that several
// worker threads may load it.
#include <node_api.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <thread>

#include "allocator.h"
#include "bridge.h"
#include "segment.h"
#include "tsjit/parallel.h"

namespace tsjit {
namespace {

#define CHECK(call)                                                             \
  do {                                                                          \
    if ((call) != napi_ok) {                                                    \
      napi_throw_error(env, "TSJ_ADDON", "Node-API call failed: " #call);       \
      return nullptr;                                                           \
    }                                                                           \
  } while (0)

struct Frame {
  double* data = nullptr;
  size_t length = 0;
};

struct Handle {
  std::unique_ptr<Segment> segment;
  Frame signature, addresses, floats, results;
  int64_t accounted = 0;  // bytes that V8 was told of
  napi_ref frames[4] = {};
  std::shared_ptr<Plan> last;  // what `run` runs
};

struct Instance {
  std::vector<std::unique_ptr<Handle>> handles;
  std::vector<int> freeHandles;
  std::string error;
  bool permanent = false;
};


template <size_t N>
struct Arguments {
  napi_value v[N];
  size_t n = N;
  Instance* instance = nullptr;
  Arguments(napi_env env, napi_callback_info info) {
    void* data = nullptr;
    napi_get_cb_info(env, info, &n, v, nullptr, &data);
    instance = static_cast<Instance*>(data);
  }
};

Handle* handleOf(napi_env env, Instance* instance, napi_value v) {
  uint32_t id = 0;
  napi_get_value_uint32(env, v, &id);
  return id < instance->handles.size() ? instance->handles[id].get() : nullptr;
}

Frame frameOf(napi_env env, napi_value v) {
  Frame f;
  napi_typedarray_type type;
  void* data = nullptr;
  napi_get_typedarray_info(env, v, &type, &f.length, &data, nullptr, nullptr);
  f.data = static_cast<double*>(data);
  return f;
}

std::string stringOf(napi_env env, napi_value v) {
  size_t n = 0;
  napi_get_value_string_utf8(env, v, nullptr, 0, &n);
  std::string s(n, '\0');
  napi_get_value_string_utf8(env, v, s.data(), n + 1, &n);
  return s;
}

napi_value number(napi_env env, double x) {
  napi_value v = nullptr;
  napi_create_double(env, x, &v);
  return v;
}
napi_value string(napi_env env, const std::string& s) {
  napi_value v = nullptr;
  napi_create_string_utf8(env, s.data(), s.size(), &v);
  return v;
}

// --- programs -------------------------------------------------------------------------------------------------

struct Decoder {
  const int32_t* p;
  const int32_t* end;
  const std::vector<std::string>& strings;
  int next() {
    if (p >= end) throw Bailout("a truncated program", true);
    return *p++;
  }
  std::vector<int> list() {
    int n = next();
    std::vector<int> v;
    for (int i = 0; i < n; i++) v.push_back(next());
    return v;
  }
  Block block() {
    Block b;
    b.inputs = list();
    int n = next();
    for (int i = 0; i < n; i++) b.body.push_back(instruction());
    b.outputs = list();
    return b;
  }
  Instruction instruction() {
    Instruction i;
    const std::string& op = strings.at(next());
    if (!findPrim(op, i.prim)) {
      i.kernel = findKernel(op.c_str());
      if (!i.kernel) throw Bailout("no native kernel for " + op, true);
    }
    i.node = next();
    i.inputs = list();
    i.outputs = list();
    int n = next();
    for (int k = 0; k < n; k++) i.blocks.push_back(block());
    return i;
  }
};

void splitLines(const std::string& text, std::vector<std::string>& out) {
  size_t begin = 0;
  while (begin <= text.size()) {
    size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

bool guarded(Instance* instance, const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const Bailout& e) {
    instance->error = e.what();
    instance->permanent = e.permanent;
  } catch (const std::exception& e) {
    instance->error = e.what();
    instance->permanent = false;
  }
  return false;
}

// compile(program: Int32Array, strings: string, name: string, constants: Float64Array, constantAddresses: Float64Array) → handle or -1
// Tells V8 of the weights that a segment reads from files: while it only reserved memory for them it knew of nothing that is worth collecting.
void account(napi_env env, Handle& h, bool alive) {
  int64_t bytes = 0, total;
  if (alive)
    for (auto& b : h.segment->constantBuffers)
      if (b->file) bytes += static_cast<int64_t>(b->bytes);
  napi_adjust_external_memory(env, bytes - h.accounted, &total);
  h.accounted = bytes;
}

napi_value compile(napi_env env, napi_callback_info info) {
  Arguments<5> a(env, info);
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  CHECK(napi_get_typedarray_info(env, a.v[0], &type, &length, &data, nullptr, nullptr));
  std::vector<std::string> strings;
  splitLines(stringOf(env, a.v[1]), strings);
  std::string name = stringOf(env, a.v[2]);
  Frame constants = frameOf(env, a.v[3]), addresses = frameOf(env, a.v[4]);
  int id = -1;
  guarded(a.instance, [&] {
    Decoder d{static_cast<int32_t*>(data), static_cast<int32_t*>(data) + length, strings};
    Program p;
    p.valueCount = d.next();
    p.inputs = d.list();
    p.constants = d.list();
    p.outputs = d.list();
    p.body = d.block();
    auto h = std::make_unique<Handle>();
    h->segment = std::make_unique<Segment>(std::move(p), std::move(name));
    h->segment->setConstants(constants.data, constants.length, addresses.data, addresses.length);
    account(env, *h, true);
    if (a.instance->freeHandles.empty()) {
      id = static_cast<int>(a.instance->handles.size());
      a.instance->handles.push_back(std::move(h));
    } else {
      id = a.instance->freeHandles.back();
      a.instance->freeHandles.pop_back();
      a.instance->handles[id] = std::move(h);
    }
  });
  return number(env, id);
}

// setConstants(handle, constants, addresses)
napi_value setConstants(napi_env env, napi_callback_info info) {
  Arguments<3> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  Frame constants = frameOf(env, a.v[1]), addresses = frameOf(env, a.v[2]);
  bool ok = h && guarded(a.instance, [&] {
    h->last = nullptr;
    h->segment->setConstants(constants.data, constants.length, addresses.data, addresses.length);
    account(env, *h, true);
  });
  napi_value v;
  napi_get_boolean(env, ok, &v);
  return v;
}

// bind(handle, signature, addresses, floats, results: Float64Array): the call frame; arrays must be backed by memory outside V8's heap
napi_value bind(napi_env env, napi_callback_info info) {
  Arguments<5> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  if (!h) return nullptr;
  Frame* frames[4] = {&h->signature, &h->addresses, &h->floats, &h->results};
  for (int i = 0; i < 4; i++) {
    *frames[i] = frameOf(env, a.v[i + 1]);
    if (h->frames[i]) napi_delete_reference(env, h->frames[i]);
    napi_create_reference(env, a.v[i + 1], 1, &h->frames[i]);
  }
  return nullptr;
}

// plan(handle, signatureLength) → plan id, or -1 (see lastError)
napi_value plan(napi_env env, napi_callback_info info) {
  Arguments<2> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  uint32_t length = 0;
  napi_get_value_uint32(env, a.v[1], &length);
  if (!h || length > h->signature.length) return number(env, -1);
  bool ok = guarded(a.instance, [&] { h->last = h->segment->plan(h->signature.data, length, h->floats.data); });
  return number(env, ok ? h->last->id : -1);
}

// template(handle) → Float64Array about the last plan:
// [outputs, bytes…, written leaves, leaf…, guards, (float input, value)…, records…]
napi_value planTemplate(napi_env env, napi_callback_info info) {
  Arguments<1> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  if (!h || !h->last) return nullptr;
  std::vector<double> t;
  Plan& p = *h->last;
  t.push_back(static_cast<double>(p.outputRefs.size()));
  for (auto& o : p.outputRefs) t.push_back(static_cast<double>(o.bytes));
  t.push_back(static_cast<double>(p.writtenLeaves.size()));
  for (int x : p.writtenLeaves) t.push_back(x);
  t.push_back(static_cast<double>(p.guards.size()));
  for (auto& g : p.guards) {
    t.push_back(g.input);
    t.push_back(g.value);
  }
  t.insert(t.end(), p.outputs.begin(), p.outputs.end());
  void* data = nullptr;
  napi_value buffer, array;
  CHECK(napi_create_arraybuffer(env, t.size() * sizeof(double), &data, &buffer));
  std::memcpy(data, t.data(), t.size() * sizeof(double));
  CHECK(napi_create_typedarray(env, napi_float64_array, t.size(), buffer, 0, &array));
  return array;
}

// run(handle, output: ArrayBuffer…): runs the last plan; where an output's address stands in `results` already (not 0) that memory is used.
napi_value run(napi_env env, napi_callback_info info) {
  Arguments<12> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  if (!h || !h->last) return number(env, -1);
  Plan& p = *h->last;
  size_t count = p.outputRefs.size();
  char* few[32];
  std::vector<char*> many;
  char** outputs = few;
  if (count > 32) {
    many.resize(count);
    outputs = many.data();
  }
  size_t next = 1;
  for (size_t i = 0; i < count; i++) {
    auto address = static_cast<uintptr_t>(h->results.data[i]);
    if (address == 0 && next < a.n) {
      void* data = nullptr;
      size_t length = 0;
      napi_get_arraybuffer_info(env, a.v[next++], &data, &length);
      if (length < p.outputRefs[i].bytes) {
        a.instance->error = "an output buffer that is too small";
        return number(env, -1);
      }
      address = reinterpret_cast<uintptr_t>(data);
      h->results.data[i] = static_cast<double>(address);
    }
    outputs[i] = reinterpret_cast<char*>(address);
  }
  if (!guarded(a.instance, [&] { h->segment->run(p, h->addresses.data, h->floats.data, outputs); })) return number(env, -1);
  return nullptr;
}

// --- runs off the event loop ----------------------------------------------------------------------------------

struct Job {
  std::shared_ptr<Plan> plan;
  Segment* segment;
  std::vector<double> leaves, floats;
  std::vector<char*> outputs;
  napi_threadsafe_function done = nullptr;
  napi_deferred deferred = nullptr;
  std::string error;
};

// One thread for all environments: a segment uses all cores by itself.
class Runner {
 public:
  static Runner& get() {
    static Runner* r = new Runner;
    return *r;
  }
  void push(Job* job) {
    std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push_back(job);
    wake_.notify_one();
  }

 private:
  Runner() {
    std::thread([this] { loop(); }).detach();
  }
  void loop() {
    for (;;) {
      Job* job;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, [&] { return !jobs_.empty(); });
        job = jobs_.front();
        jobs_.pop_front();
      }
      try {
        job->segment->run(*job->plan, job->leaves.data(), job->floats.data(), job->outputs.data());
      } catch (const std::exception& e) {
        job->error = e.what();
      }
      napi_call_threadsafe_function(job->done, job, napi_tsfn_blocking);
    }
  }
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job*> jobs_;
};

void finishJob(napi_env env, napi_value, void*, void* data) {
  Job* job = static_cast<Job*>(data);
  if (env) {
    napi_value v;
    if (job->error.empty()) {
      napi_get_undefined(env, &v);
      napi_resolve_deferred(env, job->deferred, v);
    } else {
      napi_value message = string(env, job->error);
      napi_create_error(env, nullptr, message, &v);
      napi_reject_deferred(env, job->deferred, v);
    }
  }
  napi_release_threadsafe_function(job->done, napi_tsfn_release);
  delete job;
}

// runAsync(handle, leafCount, floatCount): like run, with every output's address in `results`; a promise. The caller keeps the memory alive.
napi_value runAsync(napi_env env, napi_callback_info info) {
  Arguments<3> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  if (!h || !h->last) return nullptr;
  uint32_t leaves = 0, floats = 0;
  napi_get_value_uint32(env, a.v[1], &leaves);
  napi_get_value_uint32(env, a.v[2], &floats);
  auto job = std::make_unique<Job>();
  job->plan = h->last;
  job->segment = h->segment.get();
  job->leaves.assign(h->addresses.data, h->addresses.data + leaves);
  job->floats.assign(h->floats.data, h->floats.data + floats);
  for (size_t i = 0; i < h->last->outputRefs.size(); i++) job->outputs.push_back(reinterpret_cast<char*>(static_cast<uintptr_t>(h->results.data[i])));
  napi_value promise, name = string(env, "tsjit");
  CHECK(napi_create_promise(env, &job->deferred, &promise));
  CHECK(napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, nullptr, finishJob, &job->done));
  Runner::get().push(job.release());
  return promise;
}

napi_value dispose(napi_env env, napi_callback_info info) {
  Arguments<1> a(env, info);
  uint32_t id = 0;
  napi_get_value_uint32(env, a.v[0], &id);
  if (id < a.instance->handles.size() && a.instance->handles[id]) {
    Handle& h = *a.instance->handles[id];
    for (napi_ref r : h.frames)
      if (r) napi_delete_reference(env, r);
    account(env, h, false);
    a.instance->handles[id].reset();
    a.instance->freeHandles.push_back(static_cast<int>(id));
  }
  return nullptr;
}

// --- information ----------------------------------------------------------------------------------------------

napi_value lastError(napi_env env, napi_callback_info info) {
  Arguments<1> a(env, info);
  return string(env, (a.instance->permanent ? "!" : "") + a.instance->error);
}

// kernels() → "schema\tfile\n…"
napi_value kernels(napi_env env, napi_callback_info) {
  std::string s;
  for (auto* k = KernelRegistration::first; k; k = k->next) s += std::string(k->schema) + '\t' + k->file + '\n';
  return string(env, s);
}

napi_value supports(napi_env env, napi_callback_info info) {
  Arguments<1> a(env, info);
  std::string op = stringOf(env, a.v[0]);
  Prim prim;
  napi_value v;
  napi_get_boolean(env, findPrim(op, prim) || findKernel(op.c_str()), &v);
  return v;
}

napi_value threads(napi_env env, napi_callback_info info) {
  Arguments<1> a(env, info);
  int32_t n = 0;
  if (a.n > 0 && napi_get_value_int32(env, a.v[0], &n) == napi_ok && n > 0) setThreadCount(n);
  return number(env, threadCount());
}

// listing(handle) → the last plan's steps and sizes, for tests and logs; with profile(handle, true) before: "step nanoseconds"
napi_value listing(napi_env env, napi_callback_info info) {
  Arguments<1> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  std::string s;
  if (h && h->last) {
    Plan& p = *h->last;
    for (size_t i = 0; i < p.steps.size(); i++) {
      s += p.steps[i]->name;
      s += '\t' + std::to_string(p.steps[i]->node) + '\t' + std::to_string(p.profile.size() > i && p.runs ? p.profile[i] / static_cast<double>(p.runs) : 0.0) + '\n';
    }
    s += "plans\t" + std::to_string(h->segment->plansMade) + "\t" + std::to_string(h->segment->planCount()) + "\narena\t" + std::to_string(p.arenaBytes) + "\t0\nstatic\t" +
         std::to_string(p.staticBytes) + "\t0\n";
  }
  return string(env, s);
}
napi_value profile(napi_env env, napi_callback_info info) {
  Arguments<2> a(env, info);
  Handle* h = handleOf(env, a.instance, a.v[0]);
  if (h) napi_get_value_bool(env, a.v[1], &h->segment->profiling);
  return nullptr;
}

}  // namespace

napi_value initialize(napi_env env, napi_value exports) {
  auto* instance = new Instance;
  napi_set_instance_data(env, instance, [](napi_env, void* data, void*) { delete static_cast<Instance*>(data); }, nullptr);
  auto add = [&](const char* name, napi_callback callback) {
    napi_value f;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, instance, &f);
    napi_set_named_property(env, exports, name, f);
  };
  add("compile", compile);
  add("setConstants", setConstants);
  add("bind", bind);
  add("plan", plan);
  add("template", planTemplate);
  add("run", run);
  add("runAsync", runAsync);
  add("dispose", dispose);
  add("lastError", lastError);
  add("kernels", kernels);
  add("supports", supports);
  add("threads", threads);
  add("listing", listing);
  add("profile", profile);
  initializeMemory(env, exports);
  return exports;
}

}  // namespace tsjit
