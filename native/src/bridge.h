// Entry points of the bridge; a backend's binding.cc calls `initialize` from its module initialiser.
#pragma once
#include <node_api.h>

namespace tsjit {

napi_value initialize(napi_env env, napi_value exports);
void initializeMemory(napi_env env, napi_value exports);

}  // namespace tsjit
