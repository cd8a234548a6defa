// einsum as permutations, sums and batched matrix products, pair by pair from the left (PyTorch's order without a path).
#include <algorithm>
#include <string>

#include "axes.h"
#include "tsjit/planner.h"

namespace tsjit {
namespace {

Value listOf(const Dims& d) {
  std::vector<Value> items;
  for (int64_t i : d) items.push_back(Value::ofInt(i));
  return Value::list(std::move(items));
}
Tensor permuted(Planner& p, const Tensor& t, const Dims& order) {
  Dims sizes, strides;
  for (int64_t o : order) sizes.push_back(t.sizes[static_cast<int>(o)]), strides.push_back(t.strides[static_cast<int>(o)]);
  return p.view(t, sizes, strides, t.offset);
}
Tensor reshaped(Planner& p, const Tensor& t, const Dims& sizes) { return p.callTensor("aten::reshape", {Value::of(t), listOf(sizes)}); }
Tensor summed(Planner& p, const Tensor& t, const Dims& dims, bool keep) {
  return dims.n == 0 ? t : p.callTensor("aten::sum.dim_IntList", {Value::of(t), listOf(dims), Value::ofBool(keep), Value::none()});
}

// left and right have the same dimensions, those that they lack with size 1; the result keeps `over` with size 1.
Tensor product(Planner& p, const Tensor& left, const Tensor& right, const Dims& over) {
  if (over.n == 0) return p.callTensor("aten::mul.Tensor", {Value::of(left), Value::of(right)});
  Dims both, onlyLeft, contracted, onlyRight;
  for (int d = 0; d < left.dim(); d++) {
    bool l = left.sizes[d] != 1, r = right.sizes[d] != 1;
    if (std::find(over.begin(), over.end(), d) != over.end()) contracted.push_back(d);
    else (l && r ? both : l ? onlyLeft : onlyRight).push_back(d);
  }
  int64_t batch = 1, rows = 1, inner = 1, columns = 1;
  Dims sizes, lOrder, rOrder, place(left.dim(), 0);
  for (int64_t d : both) batch *= left.sizes[static_cast<int>(d)], sizes.push_back(left.sizes[static_cast<int>(d)]), lOrder.push_back(d), rOrder.push_back(d);
  for (int64_t d : onlyLeft) rows *= left.sizes[static_cast<int>(d)], sizes.push_back(left.sizes[static_cast<int>(d)]), lOrder.push_back(d);
  for (int64_t d : contracted) inner *= left.sizes[static_cast<int>(d)], sizes.push_back(1), lOrder.push_back(d), rOrder.push_back(d);
  for (int64_t d : onlyRight) columns *= right.sizes[static_cast<int>(d)], sizes.push_back(right.sizes[static_cast<int>(d)]), lOrder.push_back(d), rOrder.push_back(d);
  for (int64_t d : onlyLeft) rOrder.push_back(d);
  int next = 0;
  for (const Dims* group : {&both, &onlyLeft, &contracted, &onlyRight})
    for (int64_t d : *group) place[static_cast<int>(d)] = next++;
  Tensor l = reshaped(p, permuted(p, left, lOrder), Dims{batch, rows, inner}), r = reshaped(p, permuted(p, right, rOrder), Dims{batch, inner, columns});
  Tensor y = p.callTensor("aten::bmm", {Value::of(l), Value::of(r)});
  return permuted(p, reshaped(p, p.plain(y), sizes), place);
}

constexpr int kLabels = 52;
int labelOf(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : -1; }
// Labels of one term; the ellipsis is kLabels.
std::vector<int> termOf(const std::string& text) {
  std::vector<int> labels;
  bool dots = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == ' ') continue;
    if (text[i] == '.') {
      require(!dots && text.compare(i, 3, "...") == 0, "einsum's ellipsis");
      dots = true;
      i += 2;
      labels.push_back(kLabels);
    } else {
      require(labelOf(text[i]) >= 0, "einsum's subscripts");
      labels.push_back(labelOf(text[i]));
    }
  }
  return labels;
}

void einsum(Planner& p, Args& a) {
  require(a.isNone(2), "einsum with a path");
  std::string equation = a.text(0);
  auto operands = a.tensors(1);
  require(!operands.empty(), "einsum of nothing");
  size_t arrow = equation.find("->");
  std::string left = equation.substr(0, arrow);
  std::vector<std::vector<int>> terms;
  for (size_t begin = 0; begin <= left.size();) {
    size_t end = std::min(left.find(',', begin), left.size());
    terms.push_back(termOf(left.substr(begin, end - begin)));
    begin = end + 1;
  }
  require(terms.size() == operands.size(), "einsum's number of operands");

  int ellipsis = 0;  // dimensions that it stands for
  int count[kLabels] = {};
  for (size_t i = 0; i < operands.size(); i++) {
    int named = 0;
    bool dots = false;
    for (int l : terms[i]) {
      if (l == kLabels) dots = true;
      else named++, count[l]++;
    }
    require(dots ? named <= operands[i].dim() : named == operands[i].dim(), "einsum's subscripts");
    if (dots) ellipsis = std::max(ellipsis, operands[i].dim() - named);
  }
  // where each label goes: the output's first, then what is summed over
  int place[kLabels], dotsAt = -1, n = 0;
  std::fill_n(place, kLabels, -1);
  if (arrow != std::string::npos) {
    for (int l : termOf(equation.substr(arrow + 2))) {
      if (l == kLabels) {
        dotsAt = n;
        n += ellipsis;
      } else {
        require(place[l] < 0 && count[l] > 0, "einsum's output");
        place[l] = n++;
      }
    }
  } else {
    dotsAt = 0;
    n = ellipsis;
    for (int l = 0; l < kLabels; l++)
      if (count[l] == 1) place[l] = n++;
  }
  int outputs = n;
  if (dotsAt < 0) {
    dotsAt = n;
    n += ellipsis;
  }
  for (int l = 0; l < kLabels; l++)
    if (count[l] > 0 && place[l] < 0) place[l] = n++;
  require(n <= kMaxRank, "einsum of many subscripts");

  std::vector<int> used(static_cast<size_t>(n), 0);
  for (size_t i = 0; i < operands.size(); i++) {
    const Tensor& t = operands[i];
    Dims sizes(n, 1), strides(n, 0);
    std::vector<bool> seen(static_cast<size_t>(n), false);
    int covered = t.dim() - static_cast<int>(std::count_if(terms[i].begin(), terms[i].end(), [](int l) { return l != kLabels; }));
    int d = 0;
    auto put = [&](int at) {
      if (seen[at]) {  // a diagonal
        require(sizes[at] == t.sizes[d], "einsum: a repeated subscript of unlike sizes");
        strides[at] += t.strides[d];
      } else {
        sizes[at] = t.sizes[d];
        strides[at] = t.strides[d];
        seen[at] = true;
      }
      d++;
    };
    for (int l : terms[i]) {
      if (l != kLabels) put(place[l]);
      else
        for (int k = 0; k < covered; k++) put(dotsAt + ellipsis - covered + k);
    }
    for (int k = 0; k < n; k++) {
      if (sizes[k] == 1) strides[k] = 0;
      require(sizes[k] != 0, "einsum of an empty tensor");
      if (sizes[k] != 1) used[k]++;
    }
    operands[i] = p.view(t, sizes, strides, t.offset);
  }
  for (int k = 0; k < n; k++) {
    int64_t size = 1;
    for (auto& t : operands) {
      require(t.sizes[k] == 1 || size == 1 || t.sizes[k] == size, "einsum: unlike sizes");
      size = std::max(size, t.sizes[k]);
    }
  }
  Tensor result = operands[0];
  for (size_t i = 1; i < operands.size(); i++) {
    Tensor other = operands[i];
    Dims mine, theirs, over;
    for (int k = outputs; k < n; k++) {
      bool l = result.sizes[k] != 1, r = other.sizes[k] != 1;
      if (l && r) {
        if (--used[k] == 1) over.push_back(k), used[k] = 0;
      } else if (used[k] == 1 && (l || r)) {
        (l ? mine : theirs).push_back(k);
        used[k] = 0;
      }
    }
    result = product(p, summed(p, result, mine, true), summed(p, other, theirs, true), over);
    result = p.plain(result);
  }
  Dims rest, kept, sizes, strides;
  for (int k = outputs; k < n; k++) rest.push_back(k);
  // a sum over dimensions of size 1 is a tensor of its own too
  bool reduced = operands.size() > 1 || rest.n == 0;
  for (int64_t k : rest) reduced = reduced && result.sizes[static_cast<int>(k)] == 1;
  if (!reduced) return a.ret(summed(p, result, rest, false));
  for (int k = 0; k < outputs; k++) sizes.push_back(result.sizes[k]), strides.push_back(result.strides[k]);
  a.ret(p.view(result, sizes, strides, result.offset));
}

TSJIT_KERNEL("aten::einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor", (einsum));

}  // namespace
}  // namespace tsjit
