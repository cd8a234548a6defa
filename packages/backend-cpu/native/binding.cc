// The addon's module: the shared bridge and what only this backend knows about itself.
#include <node_api.h>

#include <string>

#include "bridge.h"
#include "simd/table.h"
#ifdef TSJIT_HAVE_DNNL
#include <dnnl.h>
#endif

namespace {

napi_value describe(napi_env env, napi_callback_info) {
  std::string s = std::string("instructions\t") + tsjit::simdName();
#ifdef TSJIT_HAVE_DNNL
  const dnnl_version_t* v = dnnl_version();
  s += "\nonednn\t" + std::to_string(v->major) + '.' + std::to_string(v->minor) + '.' + std::to_string(v->patch);
#endif
#ifdef _OPENMP
  s += "\nopenmp\tyes";
#endif
  napi_value text;
  napi_create_string_utf8(env, s.data(), s.size(), &text);
  return text;
}

}  // namespace

NAPI_MODULE_INIT() {
  tsjit::initialize(env, exports);
  napi_value f;
  napi_create_function(env, "describe", NAPI_AUTO_LENGTH, describe, nullptr, &f);
  napi_set_named_property(env, exports, "describe", f);
  return exports;
}
