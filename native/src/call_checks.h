// What calls are left to the host, which throws what PyTorch throws. What may not be written in place: memory that several elements share, and memory that another argument sees in another order. Such calls bail
// out, and the host throws what PyTorch throws (packages/runtime/src/write-checks.ts, which holds the same rules).
#pragma once
#include <algorithm>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <string>
#include <unordered_map>

#include "tsjit/planner.h"

namespace tsjit {

inline bool overlapsItself(const Tensor& t) {
  if (t.layout || t.numel() == 0) return false;
  for (int i = 0; i < t.sizes.n; i++)
    if (t.strides[i] == 0 && t.sizes[i] > 1) return true;
  return false;
}

// Without holes, in whatever order of dimensions.
inline bool isDense(const Tensor& t) {
  if (t.numel() == 0) return true;
  bool used[kMaxRank] = {};
  int64_t expected = 1;
  for (int left = 0; left < t.sizes.n; left++) {
    bool found = false;
    for (int i = 0; i < t.sizes.n && !found; i++) {
      if (used[i] || (t.sizes[i] != 1 && t.strides[i] != expected)) continue;
      used[i] = found = true;
      if (t.sizes[i] != 1) expected *= t.strides[i] == expected ? t.sizes[i] : 1;
    }
    if (!found) return false;
  }
  return true;
}

inline bool overlapsPartly(const Tensor& a, const Tensor& b, bool wholly) {
  if (a.buffer != b.buffer || a.numel() == 0 || b.numel() == 0 || a.layout || b.layout || !isDense(a) || !isDense(b)) return false;
  int64_t itemA = static_cast<int64_t>(itemSize(a.dtype)), itemB = static_cast<int64_t>(itemSize(b.dtype));
  int64_t beginA = a.offset * itemA, beginB = b.offset * itemB, endA = beginA + a.numel() * itemA, endB = beginB + b.numel() * itemB;
  if (beginA == beginB && endA == endB) return wholly || !(a.strides == b.strides);
  return beginA < endB && beginB < endA;
}

// Operators that PyTorch refuses for bools (true: and integers) alone; the reference kernels throw what it throws (backend-reference/src/refused-dtypes.ts).
inline void checkDTypes(const char* schema, const Value* const* inputs, int count) {
  static const std::unordered_map<std::string, bool> refused = {
      {"argmax", false}, {"argmin", false}, {"relu", false}, {"hardtanh", false}, {"relu6", false}, {"threshold", false}, {"addcmul", false}, {"topk", false},
      {"positive", false}, {"round", false}, {"floor", false}, {"ceil", false}, {"trunc", false}, {"fmod", false}, {"reflection_pad1d", false},
      {"reflection_pad2d", false}, {"replication_pad1d", false}, {"replication_pad2d", false}, {"median", false}, {"frac", true}, {"hypot", true}, {"lerp", true},
      {"scaled_dot_product_attention", true},
  };
  if (std::strncmp(schema, "aten::", 6) != 0) return;
  std::string name(schema + 6, std::strcspn(schema + 6, ".("));
  if (!name.empty() && name.back() == '_') name.pop_back();
  auto found = refused.find(name);
  if (found == refused.end()) return;
  bool any = false;
  for (int i = 0; i < count; i++) {
    if (!inputs[i]->isTensor()) continue;
    DType t = inputs[i]->tensor.dtype;
    if (t != DType::Bool && (!found->second || isFloat(t) || isComplex(t))) return;
    any = true;
  }
  require(!any, "a dtype that the operator refuses");
}

inline void checkWrites(const char* schema, const Value* const* inputs, int count) {
  const char* open = std::strchr(schema, '(');
  if (!open || std::strncmp(open, "(Tensor(a!) self", 16) != 0 || count == 0 || !inputs[0]->isTensor()) return;
  std::string name(schema, open);
  name = name.substr(0, name.find('.'));
  auto is = [&](std::initializer_list<const char*> names) {
    for (const char* other : names)
      if (name == other) return true;
    return false;
  };
  const Tensor& target = inputs[0]->tensor;
  bool mayOverlap = is({"aten::zero_", "aten::fill_", "aten::index_fill_", "aten::masked_fill_", "aten::index_put_"});
  if (!mayOverlap && overlapsItself(target)) throw Bailout("a write to memory that several elements share");
  bool apart = is({"aten::index_put_", "aten::index_fill_", "aten::index_copy_", "aten::index_add_", "aten::scatter_", "aten::scatter_add_", "aten::scatter_reduce_"});
  std::function<bool(const Value&)> meets = [&](const Value& v) {
    if (v.tag == Value::Tag::List && v.items) return std::any_of(v.items->begin(), v.items->end(), meets);
    return v.isTensor() && overlapsPartly(target, v.tensor, apart);
  };
  for (int i = 1; i < count; i++)
    if (meets(*inputs[i])) throw Bailout("a write to memory that is read in another order");
}

}  // namespace tsjit
