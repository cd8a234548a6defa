// Embedding: rows of a table by index. Dropout outside training.
#include <cstring>

#include "offsets.h"
#include "tsjit/parallel.h"
#include "tsjit/planner.h"

namespace tsjit {
namespace {

template <class Index>
void gatherRows(const char* table, int64_t rowBytes, int64_t stride, int64_t rows, const Index* indices, int64_t count, char* out) {
  RangeCheck range;
  for (int64_t i = 0; i < count; i++) {
    int64_t index = indices[i];
    range.resolve(index, rows, 0, false);
  }
  range.check("IndexError", "index out of range in self");
  parallelFor(count, 65536 / (rowBytes + 1) + 1, [&](int64_t from, int64_t end) {
    for (int64_t i = from; i < end; i++) std::memcpy(out + i * rowBytes, table + static_cast<int64_t>(indices[i]) * stride, static_cast<size_t>(rowBytes));
  });
}

void embedding(Planner& p, Args& a) {
  Tensor table = a.tensor(0), indices = p.contiguous(a.tensor(1));
  require(table.dim() == 2, "embedding: a table of two dimensions");
  require(indices.dtype == DType::I64 || indices.dtype == DType::I32, "embedding: indices of this dtype");
  if (table.size(1) > 1 && table.stride(1) != 1) table = p.contiguous(table);
  Dims sizes = indices.sizes;
  sizes.push_back(table.size(1));
  Tensor out = p.empty(table.dtype, sizes);
  int64_t item = static_cast<int64_t>(itemSize(table.dtype)), rowBytes = table.size(1) * item, stride = table.stride(0) * item, rows = table.size(0), count = indices.numel();
  Slot from = p.slot(table), at = p.slot(indices), to = p.slot(out);
  bool wide = indices.dtype == DType::I64;
  p.step("embedding", {table, indices}, {out}, [=](Run& r) {
    if (wide) gatherRows(r.ptr<char>(from), rowBytes, stride, rows, r.ptr<int64_t>(at), count, r.ptr<char>(to));
    else gatherRows(r.ptr<char>(from), rowBytes, stride, rows, r.ptr<int32_t>(at), count, r.ptr<char>(to));
  });
  a.ret(out);
}

void dropout(Planner&, Args& a) {
  require(!a.boolean(2) || a.number(1) == 0, "dropout in training mode");
  a.ret(a.tensorAnyLayout(0));
}

}  // namespace

TSJIT_KERNEL("aten::embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor", embedding);
TSJIT_KERNEL("aten::dropout(Tensor input, float p, bool train) -> Tensor", dropout);
TSJIT_KERNEL("aten::dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", dropout);
TSJIT_KERNEL("aten::feature_dropout(Tensor input, float p, bool train) -> Tensor", dropout);
TSJIT_KERNEL("aten::feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", dropout);
TSJIT_KERNEL("aten::alpha_dropout(Tensor input, float p, bool train) -> Tensor", dropout);

}  // namespace tsjit
