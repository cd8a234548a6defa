// Thrown by a step while it runs: the run stops with this error (the JavaScript side throws a RuntimeError with this code, and the
// Python class in brackets after it). Never from inside parallelFor: raise a flag there and throw after it.
// While planning it counts as a Bailout.
#pragma once
#include <stdexcept>
#include <string>

namespace tsjit {

struct RunFailure : std::runtime_error {
  // what() is "~code\tpythonClass\tmessage", which crosses the bridge as it is
  RunFailure(const std::string& code, const std::string& pythonClass, const std::string& message) : std::runtime_error("~" + code + '\t' + pythonClass + '\t' + message) {}
};

}  // namespace tsjit
