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

inline RunFailure indexOutOfRange(int64_t index, int dim, int64_t size, const char* pythonClass = "IndexError") {
  return {"TSJ_INDEX_RANGE", pythonClass, "index " + std::to_string(index) + " is out of bounds for dimension " + std::to_string(dim) + " with size " + std::to_string(size)};
}

}  // namespace tsjit
