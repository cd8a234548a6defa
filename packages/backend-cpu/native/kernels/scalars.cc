// Sizes, numbers, strings and lists: what is computed while planning and costs nothing at run time.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "axes.h"
#include "tsjit/planner.h"

namespace tsjit {
namespace {

using Tag = Value::Tag;

bool isInt(const Value& v) { return v.tag == Tag::Int || v.tag == Tag::Bool; }
int64_t addInt(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b)); }
int64_t subInt(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b)); }
int64_t mulInt(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b)); }
int64_t floorDivInt(int64_t a, int64_t b) {
  require(b != 0 && !(b == -1 && a == INT64_MIN), "integer division by zero");
  int64_t q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}
int64_t modInt(int64_t a, int64_t b) { return subInt(a, mulInt(floorDivInt(a, b), b)); }
double modFloat(double a, double b) {
  require(b != 0, "float modulo by zero");
  double m = std::fmod(a, b);
  return m != 0 && (m < 0) != (b < 0) ? m + b : m;
}

enum class Num { Add, Sub, Mul, FloorDiv, Mod, Min, Max };
template <Num OP>
void arithmetic(Planner& p, Args& a) {
  const Value &x = a.value(0), &y = a.value(1);
  if (isInt(x) && isInt(y)) {
    int64_t i = x.i, j = y.i;
    switch (OP) {
      case Num::Add: return a.ret(Value::ofInt(addInt(i, j)));
      case Num::Sub: return a.ret(Value::ofInt(subInt(i, j)));
      case Num::Mul: return a.ret(Value::ofInt(mulInt(i, j)));
      case Num::FloorDiv: return a.ret(Value::ofInt(floorDivInt(i, j)));
      case Num::Mod: return a.ret(Value::ofInt(modInt(i, j)));
      case Num::Min: return a.ret(Value::ofInt(std::min(i, j)));
      case Num::Max: return a.ret(Value::ofInt(std::max(i, j)));
    }
  }
  double i = a.number(0), j = a.number(1);
  switch (OP) {
    case Num::Add: return a.ret(Value::ofFloat(i + j));
    case Num::Sub: return a.ret(Value::ofFloat(i - j));
    case Num::Mul: return a.ret(Value::ofFloat(i * j));
    case Num::FloorDiv: require(j != 0, "float division by zero"); return a.ret(Value::ofFloat(std::floor(i / j)));
    case Num::Mod: return a.ret(Value::ofFloat(modFloat(i, j)));
    case Num::Min: return a.ret(Value::ofFloat(j < i ? j : i));
    case Num::Max: return a.ret(Value::ofFloat(j > i ? j : i));
  }
  (void)p;
}
void divide(Planner&, Args& a) {
  double y = a.number(1);
  require(y != 0, "division by zero");
  a.ret(Value::ofFloat(a.number(0) / y));
}
void power(Planner&, Args& a) { a.ret(Value::ofFloat(std::pow(a.number(0), a.number(1)))); }
void powerInt(Planner&, Args& a) {
  int64_t base = a.integer(0), e = a.integer(1), r = 1;
  require(e >= 0, "a negative power");
  for (; e; e >>= 1, base = mulInt(base, base))
    if (e & 1) r = mulInt(r, base);
  a.ret(Value::ofInt(r));
}
void negate(Planner&, Args& a) { a.ret(isInt(a.value(0)) ? Value::ofInt(subInt(0, a.value(0).i)) : Value::ofFloat(-a.number(0))); }
void absolute(Planner& p, Args& a) {
  if (a.value(0).isTensor()) return a.ret(p.callTensor("aten::abs", {a.value(0)}));
  a.ret(isInt(a.value(0)) ? Value::ofInt(a.value(0).i < 0 ? subInt(0, a.value(0).i) : a.value(0).i) : Value::ofFloat(std::fabs(a.number(0))));
}
int64_t toInt(double x) {
  require(std::isfinite(x) && std::fabs(x) < 9.2e18, "a float that no int holds");
  return static_cast<int64_t>(x);
}
void floorInt(Planner&, Args& a) { a.ret(isInt(a.value(0)) ? a.value(0) : Value::ofInt(toInt(std::floor(a.number(0))))); }
void ceilInt(Planner&, Args& a) { a.ret(isInt(a.value(0)) ? a.value(0) : Value::ofInt(toInt(std::ceil(a.number(0))))); }
void roundFloat(Planner&, Args& a) { a.ret(Value::ofFloat(std::nearbyint(a.number(0)))); }
void sqrtFloat(Planner&, Args& a) {
  require(a.number(0) >= 0, "math domain error");
  a.ret(Value::ofFloat(std::sqrt(a.number(0))));
}
void logFloat(Planner&, Args& a) {
  require(a.number(0) > 0, "math domain error");
  a.ret(Value::ofFloat(std::log(a.number(0))));
}
void expFloat(Planner&, Args& a) { a.ret(Value::ofFloat(std::exp(a.number(0)))); }

// --- comparison -------------------------------------------------------------------------------------------------

enum class Cmp { Eq, Ne, Lt, Le, Gt, Ge };
template <Cmp OP, class T>
bool compare(const T& x, const T& y) {
  switch (OP) {
    case Cmp::Eq: return x == y;
    case Cmp::Ne: return x != y;
    case Cmp::Lt: return x < y;
    case Cmp::Le: return x <= y;
    case Cmp::Gt: return x > y;
    case Cmp::Ge: return x >= y;
  }
  return false;
}
template <Cmp OP>
void comparison(Planner&, Args& a) {
  const Value &x = a.value(0), &y = a.value(1);
  if (x.text && y.text) return a.ret(Value::ofBool(compare<OP>(*x.text, *y.text)));
  if (isInt(x) && isInt(y)) return a.ret(Value::ofBool(compare<OP>(x.i, y.i)));
  a.ret(Value::ofBool(compare<OP>(a.number(0), a.number(1))));
}
bool equalValues(Planner& p, const Value& x, const Value& y) {
  if (x.isNumber() && y.isNumber()) return isInt(x) && isInt(y) ? x.i == y.i : p.read(x) == p.read(y);
  if (x.text && y.text) return x.tag == y.tag && *x.text == *y.text;
  if (x.isNone() || y.isNone()) return x.isNone() && y.isNone();
  if (x.items && y.items) {
    if (x.items->size() != y.items->size()) return false;
    for (size_t i = 0; i < x.items->size(); i++)
      if (!equalValues(p, (*x.items)[i], (*y.items)[i])) return false;
    return true;
  }
  throw Bailout("a comparison of values of this kind");
}
template <bool EQUAL>
void equality(Planner& p, Args& a) { a.ret(Value::ofBool(equalValues(p, a.value(0), a.value(1)) == EQUAL)); }
template <bool SAME>
void identity(Planner&, Args& a) {
  const Value &x = a.value(0), &y = a.value(1);
  bool same;
  if (x.isNone() || y.isNone()) same = x.isNone() && y.isNone();
  else if (x.tag == Tag::Bool && y.tag == Tag::Bool) same = x.i == y.i;
  else if (x.items && y.items) same = x.items == y.items;
  else if (x.tag != y.tag) same = false;
  else throw Bailout("identity of values of this kind");
  a.ret(Value::ofBool(same == SAME));
}
void logicalNot(Planner&, Args& a) { a.ret(Value::ofBool(!a.boolean(0))); }
template <int OP>
void logical(Planner&, Args& a) {
  const Value &x = a.value(0), &y = a.value(1);
  require(isInt(x) && isInt(y), "bits of something else");
  int64_t r = OP == 0 ? x.i & y.i : OP == 1 ? x.i | y.i : x.i ^ y.i;
  a.ret(x.tag == Tag::Bool ? Value::ofBool(r) : Value::ofInt(r));
}

// --- conversions ----------------------------------------------------------------------------------------------

// The only element of a tensor whose data is known.
Value element(Planner& p, const Tensor& given) {
  Tensor t = p.plain(given);
  require(t.isData(), "a number out of a tensor");
  require(t.numel() == 1, "a number out of a tensor with several elements");
  const char* at = t.buffer->data() + t.offset * static_cast<int64_t>(itemSize(t.dtype));
  switch (t.dtype) {
    case DType::Bool: return Value::ofBool(*at != 0);
    case DType::U8: return Value::ofInt(*reinterpret_cast<const uint8_t*>(at));
    case DType::I8: return Value::ofInt(*reinterpret_cast<const int8_t*>(at));
    case DType::I16: return Value::ofInt(*reinterpret_cast<const int16_t*>(at));
    case DType::I32: return Value::ofInt(*reinterpret_cast<const int32_t*>(at));
    case DType::I64: return Value::ofInt(*reinterpret_cast<const int64_t*>(at));
    case DType::F32: return Value::ofFloat(*reinterpret_cast<const float*>(at));
    case DType::F64: return Value::ofFloat(*reinterpret_cast<const double*>(at));
    case DType::F16: case DType::BF16: return element(p, p.cast(t, DType::F32));
    default: throw Bailout("a number out of a tensor of this dtype");
  }
}
Value numberOf(Planner& p, const Value& v) {
  if (v.isTensor()) return element(p, v.tensor);
  require(v.isNumber() && v.tag != Tag::Complex, "a number out of something else");
  return v.tag == Tag::Float ? Value::ofFloat(p.read(v)) : v;
}
void toIntValue(Planner& p, Args& a) {
  Value v = numberOf(p, a.value(0));
  a.ret(Value::ofInt(v.tag == Tag::Float ? toInt(v.d) : v.i));
}
void toFloatValue(Planner& p, Args& a) {
  if (a.value(0).tag == Tag::Float) return a.ret(a.value(0));
  Value v = numberOf(p, a.value(0));
  a.ret(Value::ofFloat(v.tag == Tag::Float ? v.d : static_cast<double>(v.i)));
}
void toBoolValue(Planner& p, Args& a) {
  Value v = numberOf(p, a.value(0));
  a.ret(Value::ofBool(v.tag == Tag::Float ? v.d != 0 : v.i != 0));
}
void item(Planner& p, Args& a) { a.ret(numberOf(p, a.value(0))); }

Value numberTensor(Planner& p, const Value& v, DType dtype) {
  double d = v.tag == Tag::Float ? p.read(v) : static_cast<double>(v.i);
  bool integral = !isFloat(dtype) && !isComplex(dtype) && dtype != DType::Bool;
  // what the dtype may not hold is refused on the host
  require(!integral || (v.tag != Tag::Float && dtype == DType::I64) || (d > -1 && d < 128), "a number that may not fit");
  Tensor t = p.empty(dtype, Dims{});
  Slot out = p.slot(t);
  int64_t i = v.tag == Tag::Float ? static_cast<int64_t>(d) : v.i;
  switch (dtype) {
    case DType::I64: p.step("number", {}, {t}, [=](Run& r) { *r.ptr<int64_t>(out) = i; }); break;
    case DType::F64: p.step("number", {}, {t}, [=](Run& r) { *r.ptr<double>(out) = d; }); break;
    case DType::F32: p.step("number", {}, {t}, [=](Run& r) { *r.ptr<float>(out) = static_cast<float>(d); }); break;
    case DType::Bool: p.step("number", {}, {t}, [=](Run& r) { *r.ptr<uint8_t>(out) = d != 0; }); break;
    default: return Value::of(p.cast(numberTensor(p, v, v.tag == Tag::Float ? DType::F64 : DType::I64).tensor, dtype));
  }
  return Value::of(t);
}
void numToTensor(Planner& p, Args& a) {
  const Value& v = a.value(0);
  require(v.isNumber() && v.tag != Tag::Complex, "a tensor of this number");
  a.ret(numberTensor(p, v, v.tag == Tag::Float ? DType::F64 : v.tag == Tag::Bool ? DType::Bool : DType::I64));
}
void hostOnly(const Value& device) { require(device.isNone() || (device.text && (*device.text == "cpu" || *device.text == "cpu:0")), "another device"); }
void tensorOfNumber(Planner& p, Args& a) {  // aten::tensor.int and friends
  const Value& v = a.value(0);
  hostOnly(a.value(2));
  DType usual = v.tag == Tag::Float ? DType::F32 : v.tag == Tag::Bool ? DType::Bool : DType::I64;
  a.ret(numberTensor(p, v, a.dtypeOr(1, usual)));
}
void scalarTensor(Planner& p, Args& a) {
  hostOnly(a.value(3));
  a.ret(numberTensor(p, a.value(0), a.dtypeOr(1, DType::F32)));
}
void tensorOfList(Planner& p, Args& a) {  // aten::tensor(t[] data): nested lists of numbers
  hostOnly(a.value(2));
  Dims sizes;
  std::vector<Value> flat;
  std::function<void(const Value&, int)> visit = [&](const Value& v, int depth) {
    if (v.tag == Tag::List) {
      auto n = static_cast<int64_t>(v.items->size());
      if (depth == sizes.n) sizes.push_back(n);
      require(depth < sizes.n && sizes[depth] == n, "a ragged list");
      for (auto& e : *v.items) visit(e, depth + 1);
      return;
    }
    require(v.isNumber() && v.tag != Tag::Complex && depth == sizes.n, "a tensor of other things than numbers");
    flat.push_back(v);
  };
  visit(a.value(0), 0);
  bool anyFloat = false, allBool = !flat.empty();
  for (auto& v : flat) anyFloat = anyFloat || v.tag == Tag::Float, allBool = allBool && v.tag == Tag::Bool;
  require(!flat.empty(), "a tensor of an empty list");
  DType wide = anyFloat ? DType::F64 : DType::I64;
  DType dtype = a.dtypeOr(1, anyFloat ? DType::F32 : allBool ? DType::Bool : DType::I64);
  Tensor t = p.empty(wide, sizes);
  Slot out = p.slot(t);
  std::vector<double> doubles;
  std::vector<int64_t> ints;
  for (auto& v : flat) anyFloat ? doubles.push_back(v.tag == Tag::Float ? p.read(v) : static_cast<double>(v.i)) : ints.push_back(v.i);
  p.step("numbers", {}, {t}, [=](Run& r) {
    if (anyFloat) std::copy(doubles.begin(), doubles.end(), r.ptr<double>(out));
    else std::copy(ints.begin(), ints.end(), r.ptr<int64_t>(out));
  });
  a.ret(p.cast(t, dtype));
}

// --- properties of tensors --------------------------------------------------------------------------------------

Value intList(const Dims& d) {
  std::vector<Value> items;
  for (int64_t x : d) items.push_back(Value::ofInt(x));
  return Value::list(std::move(items));
}
void size(Planner&, Args& a) { a.ret(intList(a.tensorAnyLayout(0).sizes)); }
void sizeOf(Planner&, Args& a) {
  Tensor t = a.tensorAnyLayout(0);
  require(t.dim() > 0, "a size of a 0-dim tensor");
  a.ret(Value::ofInt(t.sizes[axisOf(a.integer(1), t.dim())]));
}
void stride(Planner&, Args& a) { a.ret(intList(a.tensor(0).strides)); }
void strideOf(Planner&, Args& a) {
  Tensor t = a.tensor(0);
  require(t.dim() > 0, "a stride of a 0-dim tensor");
  a.ret(Value::ofInt(t.strides[axisOf(a.integer(1), t.dim())]));
}
void dim(Planner&, Args& a) { a.ret(Value::ofInt(a.tensorAnyLayout(0).dim())); }
void numel(Planner&, Args& a) { a.ret(Value::ofInt(a.tensorAnyLayout(0).numel())); }
void isContiguous(Planner&, Args& a) { a.ret(Value::ofBool(a.tensor(0).isContiguous())); }
void dtypeOf(Planner&, Args& a) { a.ret(Value::ofInt(static_cast<int64_t>(a.tensorAnyLayout(0).dtype))); }
void deviceOf(Planner&, Args& a) {
  a.tensorAnyLayout(0);
  Value v = Value::ofString("cpu");
  v.tag = Tag::Device;
  a.ret(v);
}
void deviceType(Planner&, Args& a) {
  std::string s = a.text(0);
  a.ret(Value::ofString(s.substr(0, s.find(':'))));
}
void layoutOf(Planner&, Args& a) { a.ret(Value::ofInt(0)); }
template <bool X>
void constant(Planner&, Args& a) { a.ret(Value::ofBool(X)); }
void isFloating(Planner&, Args& a) { a.ret(Value::ofBool(isFloat(a.tensorAnyLayout(0).dtype))); }
void isComplexTensor(Planner&, Args& a) { a.ret(Value::ofBool(isComplex(a.tensorAnyLayout(0).dtype))); }

// --- lists and strings ------------------------------------------------------------------------------------------

std::vector<Value>& items(Args& a, int i) {
  require(a.value(i).items != nullptr, "a list is not a list");
  return *a.value(i).items;
}
std::vector<Value>& mutableItems(Planner& p, Args& a, int i) {
  require(!p.isExternal(a.value(i)), "a change of a list that came from outside");
  return items(a, i);
}
size_t indexIn(const std::vector<Value>& list, int64_t i) {
  auto n = static_cast<int64_t>(list.size());
  require(i >= -n && i < n, "a list index out of range");
  return static_cast<size_t>(i < 0 ? i + n : i);
}
void length(Planner&, Args& a) {
  if (a.value(0).isTensor()) {
    require(a.value(0).tensor.dim() > 0, "len of a 0-dim tensor");
    return a.ret(Value::ofInt(a.value(0).tensor.sizes[0]));
  }
  if (a.value(0).tag == Tag::String) {
    for (char c : a.text(0)) require(static_cast<unsigned char>(c) < 128, "a string beyond ASCII");
    return a.ret(Value::ofInt(static_cast<int64_t>(a.text(0).size())));
  }
  a.ret(Value::ofInt(static_cast<int64_t>(items(a, 0).size())));
}
void getItem(Planner&, Args& a) {
  auto& list = items(a, 0);
  a.ret(list[indexIn(list, a.integer(1))]);
}
void setItem(Planner& p, Args& a) {
  auto& list = mutableItems(p, a, 0);
  list[indexIn(list, a.integer(1))] = a.value(2);
  a.ret(a.value(0));
}
void append(Planner& p, Args& a) {
  Value element = a.value(1);
  mutableItems(p, a, 0).push_back(element);
  a.ret(a.value(0));
}
void extend(Planner& p, Args& a) {
  auto more = items(a, 1);
  auto& list = mutableItems(p, a, 0);
  list.insert(list.end(), more.begin(), more.end());
}
void addInPlace(Planner& p, Args& a) {
  extend(p, a);
  a.ret(a.value(0));
}
void insert(Planner& p, Args& a) {
  auto& list = mutableItems(p, a, 0);
  auto n = static_cast<int64_t>(list.size());
  int64_t i = a.integer(1);
  i = std::clamp<int64_t>(i < 0 ? i + n : i, 0, n);
  Value element = a.value(2);
  list.insert(list.begin() + i, element);
}
void pop(Planner& p, Args& a) {
  auto& list = mutableItems(p, a, 0);
  size_t i = indexIn(list, a.integer(1));
  Value v = list[i];
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
  a.ret(v);
}
void clear(Planner& p, Args& a) { mutableItems(p, a, 0).clear(); }
void reverse(Planner& p, Args& a) { std::reverse(mutableItems(p, a, 0).begin(), mutableItems(p, a, 0).end()); }
void copyList(Planner&, Args& a) { a.ret(Value::list(items(a, 0))); }
void concatenate(Planner&, Args& a) {
  auto list = items(a, 0);
  auto& more = items(a, 1);
  list.insert(list.end(), more.begin(), more.end());
  a.ret(Value::list(std::move(list)));
}
template <int LIST>
void repeatList(Planner&, Args& a) {
  auto& list = items(a, LIST);
  int64_t n = a.integer(1 - LIST);
  require(n * static_cast<int64_t>(list.size()) < 1000000, "a long list");
  std::vector<Value> out;
  for (int64_t k = 0; k < n; k++) out.insert(out.end(), list.begin(), list.end());
  a.ret(Value::list(std::move(out)));
}
void sliceList(Planner&, Args& a) {
  auto& list = items(a, 0);
  auto n = static_cast<int64_t>(list.size());
  int64_t step = a.integerOr(3, 1);
  require(step > 0, "a slice with a negative step");
  int64_t start = a.integerOr(1, 0), end = a.integerOr(2, n);
  start = std::clamp<int64_t>(start < 0 ? start + n : start, 0, n);
  end = std::clamp<int64_t>(end < 0 ? end + n : end, 0, n);
  std::vector<Value> out;
  for (int64_t i = start; i < end; i += step) out.push_back(list[i]);
  a.ret(Value::list(std::move(out)));
}
void contains(Planner& p, Args& a) {
  bool found = false;
  for (auto& e : items(a, 0)) found = found || equalValues(p, e, a.value(1));
  a.ret(Value::ofBool(found));
}
void rangeLength(Planner&, Args& a) {
  int64_t lo = a.integer(0), hi = a.integer(1), step = a.integer(2);
  require(step != 0, "a range with step 0");
  int64_t n = step > 0 ? (hi > lo ? (hi - lo - 1) / step + 1 : 0) : (lo > hi ? (lo - hi - 1) / -step + 1 : 0);
  a.ret(Value::ofInt(n));
}
void deriveIndex(Planner&, Args& a) { a.ret(Value::ofInt(addInt(a.integer(1), mulInt(a.integer(0), a.integer(2))))); }
template <bool MAX>
void extreme(Planner& p, Args& a) {
  auto& list = items(a, 0);
  require(!list.empty(), "min or max of an empty list");
  Value best = numberOf(p, list[0]);
  for (auto& e : list) {
    Value v = numberOf(p, e);
    bool less = v.tag == Tag::Float || best.tag == Tag::Float ? p.read(v) < p.read(best) : v.i < best.i;
    bool more = v.tag == Tag::Float || best.tag == Tag::Float ? p.read(v) > p.read(best) : v.i > best.i;
    if (MAX ? more : less) best = v;
  }
  a.ret(best);
}
void sumList(Planner& p, Args& a) {
  int64_t i = 0;
  double d = 0;
  bool isFloatSum = false;
  for (auto& e : items(a, 0)) {
    if (e.tag == Tag::Float) isFloatSum = true, d += p.read(e);
    else i = addInt(i, e.i);
  }
  a.ret(isFloatSum ? Value::ofFloat(d) : Value::ofInt(i));
}
template <bool ALL>
void anyAll(Planner& p, Args& a) {
  bool r = ALL;
  for (auto& e : items(a, 0)) {
    bool x = p.read(e) != 0;
    r = ALL ? r && x : r || x;
  }
  a.ret(Value::ofBool(r));
}
void addStrings(Planner&, Args& a) { a.ret(Value::ofString(a.text(0) + a.text(1))); }
void makeDevice(Planner&, Args& a) {
  Value v = Value::ofString(a.text(0));
  v.tag = Tag::Device;
  a.ret(v);
}
void refuse(Planner&, Args&) { throw Bailout("text built at run time"); }

TSJIT_KERNEL("aten::add.int(int a, int b) -> int", (arithmetic<Num::Add>));
TSJIT_KERNEL("aten::add.float(float a, float b) -> float", (arithmetic<Num::Add>));
TSJIT_KERNEL("aten::add.int_float(int a, float b) -> float", (arithmetic<Num::Add>));
TSJIT_KERNEL("aten::add.float_int(float a, int b) -> float", (arithmetic<Num::Add>));
TSJIT_KERNEL("aten::add(Scalar a, Scalar b) -> Scalar", (arithmetic<Num::Add>));
TSJIT_KERNEL("aten::sub.int(int a, int b) -> int", (arithmetic<Num::Sub>));
TSJIT_KERNEL("aten::sub.float(float a, float b) -> float", (arithmetic<Num::Sub>));
TSJIT_KERNEL("aten::sub.int_float(int a, float b) -> float", (arithmetic<Num::Sub>));
TSJIT_KERNEL("aten::sub.float_int(float a, int b) -> float", (arithmetic<Num::Sub>));
TSJIT_KERNEL("aten::sub(Scalar a, Scalar b) -> Scalar", (arithmetic<Num::Sub>));
TSJIT_KERNEL("aten::mul.int(int a, int b) -> int", (arithmetic<Num::Mul>));
TSJIT_KERNEL("aten::mul.float(float a, float b) -> float", (arithmetic<Num::Mul>));
TSJIT_KERNEL("aten::mul.int_float(int a, float b) -> float", (arithmetic<Num::Mul>));
TSJIT_KERNEL("aten::mul.float_int(float a, int b) -> float", (arithmetic<Num::Mul>));
TSJIT_KERNEL("aten::mul(Scalar a, Scalar b) -> Scalar", (arithmetic<Num::Mul>));
TSJIT_KERNEL("aten::floordiv.int(int a, int b) -> int", (arithmetic<Num::FloorDiv>));
TSJIT_KERNEL("aten::floordiv.float(float a, float b) -> float", (arithmetic<Num::FloorDiv>));
TSJIT_KERNEL("aten::floordiv.int_float(int a, float b) -> float", (arithmetic<Num::FloorDiv>));
TSJIT_KERNEL("aten::floordiv.float_int(float a, int b) -> float", (arithmetic<Num::FloorDiv>));
TSJIT_KERNEL("aten::floordiv(Scalar a, Scalar b) -> Scalar", (arithmetic<Num::FloorDiv>));
TSJIT_KERNEL("aten::remainder.int(int a, int b) -> int", (arithmetic<Num::Mod>));
TSJIT_KERNEL("aten::remainder.float(float a, float b) -> float", (arithmetic<Num::Mod>));
TSJIT_KERNEL("aten::remainder.int_float(int a, float b) -> float", (arithmetic<Num::Mod>));
TSJIT_KERNEL("aten::remainder.float_int(float a, int b) -> float", (arithmetic<Num::Mod>));
TSJIT_KERNEL("aten::remainder(Scalar a, Scalar b) -> Scalar", (arithmetic<Num::Mod>));
TSJIT_KERNEL("prim::min.int(int a, int b) -> int", (arithmetic<Num::Min>));
TSJIT_KERNEL("prim::min.float(float a, float b) -> float", (arithmetic<Num::Min>));
TSJIT_KERNEL("prim::min.int_float(int a, float b) -> float", (arithmetic<Num::Min>));
TSJIT_KERNEL("prim::min.float_int(float a, int b) -> float", (arithmetic<Num::Min>));
TSJIT_KERNEL("prim::min(Scalar a, Scalar b) -> Scalar", (arithmetic<Num::Min>));
TSJIT_KERNEL("prim::max.int(int a, int b) -> int", (arithmetic<Num::Max>));
TSJIT_KERNEL("prim::max.float(float a, float b) -> float", (arithmetic<Num::Max>));
TSJIT_KERNEL("prim::max.int_float(int a, float b) -> float", (arithmetic<Num::Max>));
TSJIT_KERNEL("prim::max.float_int(float a, int b) -> float", (arithmetic<Num::Max>));
TSJIT_KERNEL("prim::max(Scalar a, Scalar b) -> Scalar", (arithmetic<Num::Max>));
TSJIT_KERNEL("aten::div.int(int a, int b) -> float", (divide));
TSJIT_KERNEL("aten::div.float(float a, float b) -> float", (divide));
TSJIT_KERNEL("aten::div(Scalar a, Scalar b) -> float", (divide));
TSJIT_KERNEL("aten::pow.int(int a, int b) -> float", (power));
TSJIT_KERNEL("aten::pow.float(float a, float b) -> float", (power));
TSJIT_KERNEL("aten::pow.int_float(int a, float b) -> float", (power));
TSJIT_KERNEL("aten::pow.float_int(float a, int b) -> float", (power));
TSJIT_KERNEL("aten::pow.Scalar_Scalar(Scalar a, Scalar b) -> float", (power));
TSJIT_KERNEL("aten::pow.int_to_int(int a, int b) -> int", (powerInt));
TSJIT_KERNEL("aten::neg.int(int a) -> int", (negate));
TSJIT_KERNEL("aten::neg.float(float a) -> float", (negate));
TSJIT_KERNEL("aten::neg.Scalar(Scalar a) -> Scalar", (negate));
TSJIT_KERNEL("prim::abs.int(int a) -> int", (absolute));
TSJIT_KERNEL("prim::abs.float(float a) -> float", (absolute));
TSJIT_KERNEL("prim::abs.Scalar(Scalar a) -> Scalar", (absolute));
TSJIT_KERNEL("prim::abs(Tensor x) -> Tensor", (absolute));
TSJIT_KERNEL("aten::floor.int(int a) -> int", (floorInt));
TSJIT_KERNEL("aten::floor.float(float a) -> int", (floorInt));
TSJIT_KERNEL("aten::floor.Scalar(Scalar a) -> Scalar", (floorInt));
TSJIT_KERNEL("aten::ceil.int(int a) -> int", (ceilInt));
TSJIT_KERNEL("aten::ceil.float(float a) -> int", (ceilInt));
TSJIT_KERNEL("aten::ceil.Scalar(Scalar a) -> Scalar", (ceilInt));
TSJIT_KERNEL("aten::round.int(int a) -> float", (roundFloat));
TSJIT_KERNEL("aten::round.float(float a) -> float", (roundFloat));
TSJIT_KERNEL("aten::sqrt.int(int a) -> float", (sqrtFloat));
TSJIT_KERNEL("aten::sqrt.float(float a) -> float", (sqrtFloat));
TSJIT_KERNEL("aten::log.int(int a) -> float", (logFloat));
TSJIT_KERNEL("aten::log.float(float a) -> float", (logFloat));
TSJIT_KERNEL("aten::exp.int(int a) -> float", (expFloat));
TSJIT_KERNEL("aten::exp.float(float a) -> float", (expFloat));
TSJIT_KERNEL("aten::eq.int(int a, int b) -> bool", (comparison<Cmp::Eq>));
TSJIT_KERNEL("aten::eq.float(float a, float b) -> bool", (comparison<Cmp::Eq>));
TSJIT_KERNEL("aten::eq.int_float(int a, float b) -> bool", (comparison<Cmp::Eq>));
TSJIT_KERNEL("aten::eq.float_int(float a, int b) -> bool", (comparison<Cmp::Eq>));
TSJIT_KERNEL("aten::eq(Scalar a, Scalar b) -> bool", (comparison<Cmp::Eq>));
TSJIT_KERNEL("aten::eq.str(str a, str b) -> bool", (comparison<Cmp::Eq>));
TSJIT_KERNEL("aten::eq.bool(bool a, bool b) -> bool", (comparison<Cmp::Eq>));
TSJIT_KERNEL("aten::ne.int(int a, int b) -> bool", (comparison<Cmp::Ne>));
TSJIT_KERNEL("aten::ne.float(float a, float b) -> bool", (comparison<Cmp::Ne>));
TSJIT_KERNEL("aten::ne.int_float(int a, float b) -> bool", (comparison<Cmp::Ne>));
TSJIT_KERNEL("aten::ne.float_int(float a, int b) -> bool", (comparison<Cmp::Ne>));
TSJIT_KERNEL("aten::ne(Scalar a, Scalar b) -> bool", (comparison<Cmp::Ne>));
TSJIT_KERNEL("aten::ne.str(str a, str b) -> bool", (comparison<Cmp::Ne>));
TSJIT_KERNEL("aten::ne.bool(bool a, bool b) -> bool", (comparison<Cmp::Ne>));
TSJIT_KERNEL("aten::lt.int(int a, int b) -> bool", (comparison<Cmp::Lt>));
TSJIT_KERNEL("aten::lt.float(float a, float b) -> bool", (comparison<Cmp::Lt>));
TSJIT_KERNEL("aten::lt.int_float(int a, float b) -> bool", (comparison<Cmp::Lt>));
TSJIT_KERNEL("aten::lt.float_int(float a, int b) -> bool", (comparison<Cmp::Lt>));
TSJIT_KERNEL("aten::lt(Scalar a, Scalar b) -> bool", (comparison<Cmp::Lt>));
TSJIT_KERNEL("aten::lt.str(str a, str b) -> bool", (comparison<Cmp::Lt>));
TSJIT_KERNEL("aten::le.int(int a, int b) -> bool", (comparison<Cmp::Le>));
TSJIT_KERNEL("aten::le.float(float a, float b) -> bool", (comparison<Cmp::Le>));
TSJIT_KERNEL("aten::le.int_float(int a, float b) -> bool", (comparison<Cmp::Le>));
TSJIT_KERNEL("aten::le.float_int(float a, int b) -> bool", (comparison<Cmp::Le>));
TSJIT_KERNEL("aten::le(Scalar a, Scalar b) -> bool", (comparison<Cmp::Le>));
TSJIT_KERNEL("aten::le.str(str a, str b) -> bool", (comparison<Cmp::Le>));
TSJIT_KERNEL("aten::gt.int(int a, int b) -> bool", (comparison<Cmp::Gt>));
TSJIT_KERNEL("aten::gt.float(float a, float b) -> bool", (comparison<Cmp::Gt>));
TSJIT_KERNEL("aten::gt.int_float(int a, float b) -> bool", (comparison<Cmp::Gt>));
TSJIT_KERNEL("aten::gt.float_int(float a, int b) -> bool", (comparison<Cmp::Gt>));
TSJIT_KERNEL("aten::gt(Scalar a, Scalar b) -> bool", (comparison<Cmp::Gt>));
TSJIT_KERNEL("aten::gt.str(str a, str b) -> bool", (comparison<Cmp::Gt>));
TSJIT_KERNEL("aten::ge.int(int a, int b) -> bool", (comparison<Cmp::Ge>));
TSJIT_KERNEL("aten::ge.float(float a, float b) -> bool", (comparison<Cmp::Ge>));
TSJIT_KERNEL("aten::ge.int_float(int a, float b) -> bool", (comparison<Cmp::Ge>));
TSJIT_KERNEL("aten::ge.float_int(float a, int b) -> bool", (comparison<Cmp::Ge>));
TSJIT_KERNEL("aten::ge(Scalar a, Scalar b) -> bool", (comparison<Cmp::Ge>));
TSJIT_KERNEL("aten::ge.str(str a, str b) -> bool", (comparison<Cmp::Ge>));
TSJIT_KERNEL("aten::eq.int_list(int[] a, int[] b) -> bool", (equality<true>));
TSJIT_KERNEL("aten::eq.float_list(float[] a, float[] b) -> bool", (equality<true>));
TSJIT_KERNEL("aten::eq.bool_list(bool[] a, bool[] b) -> bool", (equality<true>));
TSJIT_KERNEL("aten::eq.str_list(str[] a, str[] b) -> bool", (equality<true>));
TSJIT_KERNEL("aten::eq.device(Device a, Device b) -> bool", (equality<true>));
TSJIT_KERNEL("aten::ne.int_list(int[] a, int[] b) -> bool", (equality<false>));
TSJIT_KERNEL("aten::ne.float_list(float[] a, float[] b) -> bool", (equality<false>));
TSJIT_KERNEL("aten::ne.bool_list(bool[] a, bool[] b) -> bool", (equality<false>));
TSJIT_KERNEL("aten::ne.str_list(str[] a, str[] b) -> bool", (equality<false>));
TSJIT_KERNEL("aten::ne.device(Device a, Device b) -> bool", (equality<false>));
TSJIT_KERNEL("aten::__is__(t1 self, t2 obj) -> bool", (identity<true>));
TSJIT_KERNEL("aten::__isnot__(t1 self, t2 obj) -> bool", (identity<false>));
TSJIT_KERNEL("aten::__not__(bool self) -> bool", (logicalNot));
TSJIT_KERNEL("aten::__and__.bool(bool a, bool b) -> bool", (logical<0>));
TSJIT_KERNEL("aten::__and__.int(int a, int b) -> int", (logical<0>));
TSJIT_KERNEL("aten::__or__.bool(bool a, bool b) -> bool", (logical<1>));
TSJIT_KERNEL("aten::__or__.int(int a, int b) -> int", (logical<1>));
TSJIT_KERNEL("aten::__xor__.bool(bool a, bool b) -> bool", (logical<2>));
TSJIT_KERNEL("aten::__xor__.int(int a, int b) -> int", (logical<2>));
TSJIT_KERNEL("aten::Int.Tensor(Tensor a) -> int", (toIntValue));
TSJIT_KERNEL("aten::Int.bool(bool a) -> int", (toIntValue));
TSJIT_KERNEL("aten::Int.float(float a) -> int", (toIntValue));
TSJIT_KERNEL("aten::Int.Scalar(Scalar a) -> int", (toIntValue));
TSJIT_KERNEL("aten::IntImplicit(Tensor a) -> int", (toIntValue));
TSJIT_KERNEL("aten::Float.Tensor(Tensor a) -> float", (toFloatValue));
TSJIT_KERNEL("aten::Float.Scalar(Scalar a) -> float", (toFloatValue));
TSJIT_KERNEL("aten::Float.int(int a) -> float", (toFloatValue));
TSJIT_KERNEL("aten::Float.bool(bool a) -> float", (toFloatValue));
TSJIT_KERNEL("aten::FloatImplicit(Tensor a) -> float", (toFloatValue));
TSJIT_KERNEL("aten::Bool.Tensor(Tensor a) -> bool", (toBoolValue));
TSJIT_KERNEL("aten::Bool.int(int a) -> bool", (toBoolValue));
TSJIT_KERNEL("aten::Bool.float(float a) -> bool", (toBoolValue));
TSJIT_KERNEL("aten::is_nonzero(Tensor self) -> bool", (toBoolValue));
TSJIT_KERNEL("aten::item(Tensor self) -> Scalar", (item));
TSJIT_KERNEL("aten::ScalarImplicit(Tensor a) -> Scalar", (item));
TSJIT_KERNEL("aten::_local_scalar_dense(Tensor self) -> Scalar", (item));
TSJIT_KERNEL("prim::NumToTensor.Scalar(Scalar a) -> Tensor", (numToTensor));
TSJIT_KERNEL("prim::NumToTensor.bool(bool a) -> Tensor", (numToTensor));
TSJIT_KERNEL("aten::tensor.int(int t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor", (tensorOfNumber));
TSJIT_KERNEL("aten::tensor.float(float t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor", (tensorOfNumber));
TSJIT_KERNEL("aten::tensor.bool(bool t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor", (tensorOfNumber));
TSJIT_KERNEL("aten::scalar_tensor(Scalar s, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor", (scalarTensor));
TSJIT_KERNEL("aten::as_tensor.int(int t, *, ScalarType? dtype=None, Device? device=None) -> Tensor", (tensorOfNumber));
TSJIT_KERNEL("aten::as_tensor.float(float t, *, ScalarType? dtype=None, Device? device=None) -> Tensor", (tensorOfNumber));
TSJIT_KERNEL("aten::as_tensor.bool(bool t, *, ScalarType? dtype=None, Device? device=None) -> Tensor", (tensorOfNumber));
TSJIT_KERNEL("aten::as_tensor.list(t[] data, *, ScalarType? dtype=None, Device? device=None) -> Tensor", (tensorOfList));
TSJIT_KERNEL("aten::tensor(t[] data, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor", (tensorOfList));
TSJIT_KERNEL("aten::size(Tensor self) -> int[]", (size));
TSJIT_KERNEL("aten::sym_size(Tensor self) -> SymInt[]", (size));
TSJIT_KERNEL("aten::size.int(Tensor self, int dim) -> int", (sizeOf));
TSJIT_KERNEL("aten::sym_size.int(Tensor self, int dim) -> SymInt", (sizeOf));
TSJIT_KERNEL("aten::stride(Tensor self) -> int[]", (stride));
TSJIT_KERNEL("aten::stride.int(Tensor self, int dim) -> int", (strideOf));
TSJIT_KERNEL("aten::dim(Tensor self) -> int", (dim));
TSJIT_KERNEL("aten::numel(Tensor self) -> int", (numel));
TSJIT_KERNEL("aten::sym_numel(Tensor self) -> SymInt", (numel));
TSJIT_KERNEL("aten::is_contiguous(Tensor self) -> bool", (isContiguous));
TSJIT_KERNEL("prim::dtype(Tensor a) -> int", (dtypeOf));
TSJIT_KERNEL("prim::device(Tensor a) -> Device", (deviceOf));
TSJIT_KERNEL("prim::type(Device self) -> str", (deviceType));
TSJIT_KERNEL("prim::layout(Tensor a) -> Layout", (layoutOf));
TSJIT_KERNEL("prim::is_cuda(Tensor a) -> bool", (constant<false>));
TSJIT_KERNEL("prim::is_mkldnn(Tensor a) -> bool", (constant<false>));
TSJIT_KERNEL("prim::is_quantized(Tensor a) -> bool", (constant<false>));
TSJIT_KERNEL("prim::is_sparse(Tensor a) -> bool", (constant<false>));
TSJIT_KERNEL("prim::is_nested(Tensor a) -> bool", (constant<false>));
TSJIT_KERNEL("prim::is_meta(Tensor a) -> bool", (constant<false>));
TSJIT_KERNEL("prim::requires_grad(Tensor a) -> bool", (constant<false>));
TSJIT_KERNEL("aten::is_grad_enabled() -> bool", (constant<false>));
TSJIT_KERNEL("aten::is_autocast_enabled() -> bool", (constant<false>));
TSJIT_KERNEL("aten::is_pinned(Tensor self, Device? device=None) -> bool", (constant<false>));
TSJIT_KERNEL("aten::is_floating_point(Tensor self) -> bool", (isFloating));
TSJIT_KERNEL("aten::is_complex(Tensor self) -> bool", (isComplexTensor));
TSJIT_KERNEL("aten::len.t(t[] a) -> int", (length));
TSJIT_KERNEL("aten::len.Tensor(Tensor t) -> int", (length));
TSJIT_KERNEL("aten::len.str(str s) -> int", (length));
TSJIT_KERNEL("aten::__getitem__.t(t[](a) list, int idx) -> t(*)", (getItem));
TSJIT_KERNEL("aten::select.t(t[](a) list, int idx) -> t(*)", (getItem));
TSJIT_KERNEL("prim::TupleIndex(Any tup, int i) -> Any", (getItem));
TSJIT_KERNEL("aten::_set_item.t(t[](a!) l, int idx, t(b -> *) el) -> t[](a!)", (setItem));
TSJIT_KERNEL("aten::append.t(t[](a!) self, t(c -> *) el) -> t[](a!)", (append));
TSJIT_KERNEL("aten::extend.t(t[](a!) self, t[] other) -> ()", (extend));
TSJIT_KERNEL("aten::add_.t(t[](a!) self, t[] b) -> t[]", (addInPlace));
TSJIT_KERNEL("aten::insert.t(t[](a!) self, int idx, t(b -> *) el) -> ()", (insert));
TSJIT_KERNEL("aten::pop.t(t[](a!) self, int idx=-1) -> t(*)", (pop));
TSJIT_KERNEL("aten::clear.t(t[](a!) self) -> ()", (clear));
TSJIT_KERNEL("aten::reverse.t(t[](a!) self) -> ()", (reverse));
TSJIT_KERNEL("aten::list.t(t[] l) -> t[]", (copyList));
TSJIT_KERNEL("aten::copy.t(t[](a) self) -> t[]", (copyList));
TSJIT_KERNEL("aten::add.t(t[] a, t[] b) -> t[]", (concatenate));
TSJIT_KERNEL("aten::mul.left_t(t[] l, int n) -> t[]", (repeatList<0>));
TSJIT_KERNEL("aten::mul.right_(int n, t[] l) -> t[]", (repeatList<1>));
TSJIT_KERNEL("aten::slice.t(t[] l, int? start=None, int? end=None, int step=1) -> t[]", (sliceList));
TSJIT_KERNEL("aten::__contains__.int_list(int[] l, int item) -> bool", (contains));
TSJIT_KERNEL("aten::__contains__.str_list(str[] l, str item) -> bool", (contains));
TSJIT_KERNEL("aten::__contains__.float_list(float[] l, float item) -> bool", (contains));
TSJIT_KERNEL("aten::__range_length(int lo, int hi, int step) -> int", (rangeLength));
TSJIT_KERNEL("aten::__derive_index(int index, int start, int step) -> int", (deriveIndex));
TSJIT_KERNEL("prim::min.self_int(int[] self) -> int", (extreme<false>));
TSJIT_KERNEL("prim::min.self_float(float[] self) -> float", (extreme<false>));
TSJIT_KERNEL("prim::max.self_int(int[] self) -> int", (extreme<true>));
TSJIT_KERNEL("prim::max.self_float(float[] self) -> float", (extreme<true>));
TSJIT_KERNEL("aten::sum.int(int[] self) -> int", (sumList));
TSJIT_KERNEL("aten::sum.float(float[] self) -> float", (sumList));
TSJIT_KERNEL("aten::sum.bool(bool[] self) -> int", (sumList));
TSJIT_KERNEL("aten::all.int(int[] self) -> bool", (anyAll<true>));
TSJIT_KERNEL("aten::all.float(float[] self) -> bool", (anyAll<true>));
TSJIT_KERNEL("aten::all.bool(bool[] self) -> bool", (anyAll<true>));
TSJIT_KERNEL("aten::any.int(int[] self) -> bool", (anyAll<false>));
TSJIT_KERNEL("aten::any.float(float[] self) -> bool", (anyAll<false>));
TSJIT_KERNEL("aten::any.bool(bool[] self) -> bool", (anyAll<false>));
TSJIT_KERNEL("aten::add.str(str a, str b) -> str", (addStrings));
TSJIT_KERNEL("aten::device(str a) -> Device", (makeDevice));
TSJIT_KERNEL("aten::format(str self, ...) -> str", (refuse));
TSJIT_KERNEL("aten::percentFormat(str self, ...) -> str", (refuse));
TSJIT_KERNEL("aten::str(t elem) -> str", (refuse));

}  // namespace
}  // namespace tsjit
