// Array buffers over the addon's own memory.
//
// Their memory is given back by the garbage collector's own sweep where V8's C++ interface offers that (looked up at load time, so the
// addon keeps to Node-API's binary stability): finalisers of Node-API run on the event loop only, and a loop that never yields would
// pile up dead outputs.
#include <node_api.h>

#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <new>

#include "allocator.h"
#include "bridge.h"
#include "file_check.h"
#include "tsjit/bailout.h"
#include "tsjit/file_block.h"

namespace v8 {
class Isolate;
class BackingStore;
}  // namespace v8

#if defined(__linux__) && defined(__GNUC__)
#define TSJIT_V8_BACKING_STORES 1
extern "C" {
// v8::Isolate::GetCurrent(), v8::ArrayBuffer::NewBackingStore(void*, size_t, void (*)(void*, size_t, void*), void*),
// v8::ArrayBuffer::New(v8::Isolate*, std::shared_ptr<v8::BackingStore>), v8::BackingStore::~BackingStore()
__attribute__((weak)) v8::Isolate* _ZN2v87Isolate10GetCurrentEv();
__attribute__((weak)) void _ZN2v811ArrayBuffer15NewBackingStoreEPvmPFvS1_mS1_ES1_(void** result, void* data, size_t length, void (*deleter)(void*, size_t, void*), void* deleterData);
__attribute__((weak)) void* _ZN2v811ArrayBuffer3NewEPNS_7IsolateESt10shared_ptrINS_12BackingStoreEE(v8::Isolate* isolate, std::shared_ptr<v8::BackingStore>* store);
__attribute__((weak)) void _ZN2v812BackingStoreD1Ev(void* self);
}
#endif

namespace tsjit {
namespace {

struct Block {
  char* data;
  size_t bytes;
  std::shared_ptr<FileBlock> file;  // owns the memory where there is one
};

void release(void*, size_t, void* hint) {
  Block* b = static_cast<Block*>(hint);
  if (!b->file) freeBlock(b->data, b->bytes);
  delete b;
}

#ifdef TSJIT_V8_BACKING_STORES
bool haveBackingStores() {
  return _ZN2v87Isolate10GetCurrentEv && _ZN2v811ArrayBuffer15NewBackingStoreEPvmPFvS1_mS1_ES1_ && _ZN2v811ArrayBuffer3NewEPNS_7IsolateESt10shared_ptrINS_12BackingStoreEE &&
         _ZN2v812BackingStoreD1Ev;
}
struct DeleteStore {
  void operator()(v8::BackingStore* s) const {
    _ZN2v812BackingStoreD1Ev(s);
    ::operator delete(static_cast<void*>(s));
  }
};
#endif

// An array buffer over the first `size` bytes of a block, which it releases.
napi_value bufferOver(napi_env env, Block* block, size_t size) {
#ifdef TSJIT_V8_BACKING_STORES
  if (haveBackingStores()) {
    void* store = nullptr;  // what a std::unique_ptr<BackingStore> holds
    _ZN2v811ArrayBuffer15NewBackingStoreEPvmPFvS1_mS1_ES1_(&store, block->data, size, release, block);
    std::shared_ptr<v8::BackingStore> shared(static_cast<v8::BackingStore*>(store), DeleteStore{});
    return static_cast<napi_value>(_ZN2v811ArrayBuffer3NewEPNS_7IsolateESt10shared_ptrINS_12BackingStoreEE(_ZN2v87Isolate10GetCurrentEv(), &shared));
  }
#endif
  napi_value buffer = nullptr;
  if (napi_create_external_arraybuffer(env, block->data, size, [](napi_env, void*, void* hint) { release(nullptr, 0, hint); }, block, &buffer) != napi_ok) {
    release(nullptr, 0, block);
    return nullptr;
  }
  return buffer;
}

// allocate(bytes, result: Float64Array) → ArrayBuffer; result[0] becomes its address
napi_value allocate(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  size_t n = 2;
  napi_get_cb_info(env, info, &n, argv, nullptr, nullptr);
  double bytes = 0;
  napi_get_value_double(env, argv[0], &bytes);
  napi_typedarray_type type;
  size_t length = 0;
  void* out = nullptr;
  if (napi_get_typedarray_info(env, argv[1], &type, &length, &out, nullptr, nullptr) != napi_ok || length < 1) return nullptr;
  if (!(bytes >= 0 && bytes < 1e14)) return nullptr;
  auto size = static_cast<size_t>(bytes);
  auto block = std::make_unique<Block>();
  try {
    block->bytes = size;
    block->data = allocateBlock(size);
  } catch (const std::bad_alloc&) {
    return nullptr;  // the caller throws its typed error
  }
  static_cast<double*>(out)[0] = static_cast<double>(reinterpret_cast<uintptr_t>(block->data));
  return bufferOver(env, block.release(), size);
}

// reserve(bytes, result: Float64Array, descriptor, offset) → an owner: memory for bytes of an open file that are read when native code first needs them, or by
// `fill`. result[0] becomes its address. The owner is an array buffer of one byte, never read, since V8 collects garbage in the measure of what array
// buffers hold, and this holds nothing yet.
napi_value reserve(napi_env env, napi_callback_info info) {
  napi_value argv[4];
  size_t n = 4;
  napi_get_cb_info(env, info, &n, argv, nullptr, nullptr);
  double bytes = 0, offset = 0;
  int32_t descriptor = -1;
  napi_get_value_double(env, argv[0], &bytes);
  napi_typedarray_type type;
  size_t length = 0;
  void* out = nullptr;
  if (napi_get_typedarray_info(env, argv[1], &type, &length, &out, nullptr, nullptr) != napi_ok || length < 1) return nullptr;
  if (!(bytes >= 1 && bytes < 1e14) || napi_get_value_int32(env, argv[2], &descriptor) != napi_ok || napi_get_value_double(env, argv[3], &offset) != napi_ok) return nullptr;
  auto block = std::make_unique<Block>();
  try {
    block->file = FileBlock::open(descriptor, static_cast<uint64_t>(offset), static_cast<size_t>(bytes));
  } catch (const std::bad_alloc&) {
    return nullptr;
  } catch (const Bailout&) {
    return nullptr;
  }
  block->data = block->file->address();
  block->bytes = block->file->bytes();
  static_cast<double*>(out)[0] = static_cast<double>(reinterpret_cast<uintptr_t>(block->data));
  return bufferOver(env, block.release(), 1);
}

// fill(address of reserved memory) → an array buffer over it, whose bytes are in memory now, for good; undefined where the file changed
napi_value fill(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  size_t n = 1;
  napi_get_cb_info(env, info, &n, argv, nullptr, nullptr);
  double address = 0;
  napi_get_value_double(env, argv[0], &address);
  auto file = FileBlock::find(reinterpret_cast<char*>(static_cast<uintptr_t>(address)));
  if (!file) return nullptr;
  try {
    file->pin();
  } catch (const Bailout&) {
    return nullptr;
  }
  size_t size = file->bytes();
  return bufferOver(env, new Block{file->address(), size, file}, size);
}

std::mutex checksMutex;
std::map<uint32_t, std::unique_ptr<FileCheck>>& checks() {
  static auto* all = new std::map<uint32_t, std::unique_ptr<FileCheck>>;
  return *all;
}

// startFileCheck(descriptor, Float64Array of offset, bytes, CRC-32 for each part) → number to give to `endFileCheck`, or 0
napi_value startFileCheck(napi_env env, napi_callback_info info) {
  napi_value argv[2], v;
  size_t n = 2, length = 0;
  napi_get_cb_info(env, info, &n, argv, nullptr, nullptr);
  int32_t descriptor = -1;
  napi_get_value_int32(env, argv[0], &descriptor);
  napi_typedarray_type type;
  void* data = nullptr;
  uint32_t id = 0;
  if (napi_get_typedarray_info(env, argv[1], &type, &length, &data, nullptr, nullptr) == napi_ok && type == napi_float64_array) {
    auto numbers = static_cast<const double*>(data);
    std::vector<FileCheck::Part> parts;
    for (size_t i = 0; i + 2 < length; i += 3) parts.push_back({static_cast<uint64_t>(numbers[i]), static_cast<uint64_t>(numbers[i + 1]), static_cast<uint32_t>(numbers[i + 2])});
    try {
      auto check = std::make_unique<FileCheck>(descriptor, std::move(parts));
      std::lock_guard<std::mutex> lock(checksMutex);
      static uint32_t last = 0;
      id = ++last;
      checks()[id] = std::move(check);
    } catch (const std::exception&) {  // no thread to be had: the caller checks itself
      id = 0;
    }
  }
  napi_create_uint32(env, id, &v);
  return v;
}

// endFileCheck(number) → index of the first part that is wrong, or -1; waits
napi_value endFileCheck(napi_env env, napi_callback_info info) {
  napi_value argv[1], v;
  size_t n = 1;
  napi_get_cb_info(env, info, &n, argv, nullptr, nullptr);
  uint32_t id = 0;
  napi_get_value_uint32(env, argv[0], &id);
  std::unique_ptr<FileCheck> check;
  {
    std::lock_guard<std::mutex> lock(checksMutex);
    auto found = checks().find(id);
    if (found != checks().end()) {
      check = std::move(found->second);
      checks().erase(found);
    }
  }
  napi_create_int32(env, check ? check->result() : -1, &v);
  return v;
}

// addressOf(ArrayBuffer | SharedArrayBuffer seen through a Uint8Array) → number
napi_value addressOf(napi_env env, napi_callback_info info) {
  napi_value argv[1], v;
  size_t n = 1;
  napi_get_cb_info(env, info, &n, argv, nullptr, nullptr);
  bool is = false;
  void* data = nullptr;
  size_t length = 0;
  if (napi_is_arraybuffer(env, argv[0], &is) == napi_ok && is) {
    napi_get_arraybuffer_info(env, argv[0], &data, &length);
  } else {
    napi_typedarray_type type;
    napi_get_typedarray_info(env, argv[0], &type, &length, &data, nullptr, nullptr);
  }
  napi_create_double(env, static_cast<double>(reinterpret_cast<uintptr_t>(data)), &v);
  return v;
}

// detach(ArrayBuffer): frees external memory at once
napi_value detach(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  size_t n = 1;
  napi_get_cb_info(env, info, &n, argv, nullptr, nullptr);
  napi_detach_arraybuffer(env, argv[0]);
  return nullptr;
}

napi_value memoryStatistics(napi_env env, napi_callback_info) {
  napi_value object, v;
  napi_create_object(env, &object);
  napi_create_double(env, static_cast<double>(blocksInUse()), &v);
  napi_set_named_property(env, object, "inUse", v);
  napi_create_double(env, static_cast<double>(blocksCached()), &v);
  napi_set_named_property(env, object, "cached", v);
  return object;
}

napi_value trim(napi_env, napi_callback_info) {
  trimBlocks();
  return nullptr;
}

}  // namespace

void initializeMemory(napi_env env, napi_value exports) {
  auto add = [&](const char* name, napi_callback callback) {
    napi_value f;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &f);
    napi_set_named_property(env, exports, name, f);
  };
  add("allocate", allocate);
  add("reserve", reserve);
  add("fill", fill);
  add("startFileCheck", startFileCheck);
  add("endFileCheck", endFileCheck);
  add("addressOf", addressOf);
  add("detach", detach);
  add("memoryStatistics", memoryStatistics);
  add("trim", trim);
}

}  // namespace tsjit
