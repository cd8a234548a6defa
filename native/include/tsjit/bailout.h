// Thrown while planning: "these inputs cannot be planned". Nothing has run yet, so the caller runs the region operator by operator,
// which also produces the exact error where the inputs are wrong. `permanent`: no input will ever do.
#pragma once
#include <stdexcept>
#include <string>

namespace tsjit {

struct Bailout : std::runtime_error {
  bool permanent;
  explicit Bailout(const std::string& reason, bool permanent = false) : std::runtime_error(reason), permanent(permanent) {}
};

inline void require(bool condition, const char* reason) {
  if (!condition) throw Bailout(reason);
}

}  // namespace tsjit
