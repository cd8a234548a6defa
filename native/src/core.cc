// dtypes, sizes, values, arguments and the kernel registry.
#include <atomic>
#include <cmath>

#include "tsjit/parallel.h"
#include "tsjit/planner.h"

namespace tsjit {

const char* dtypeName(DType t) {
  switch (t) {
    case DType::U8: return "uint8";
    case DType::I8: return "int8";
    case DType::I16: return "int16";
    case DType::I32: return "int32";
    case DType::I64: return "int64";
    case DType::F16: return "float16";
    case DType::F32: return "float32";
    case DType::F64: return "float64";
    case DType::C32: return "complex32";
    case DType::C64: return "complex64";
    case DType::C128: return "complex128";
    case DType::Bool: return "bool";
    case DType::QI8: return "qint8";
    case DType::QU8: return "quint8";
    case DType::QI32: return "qint32";
    case DType::BF16: return "bfloat16";
    case DType::F8E5M2: return "float8_e5m2";
    case DType::F8E4M3: return "float8_e4m3fn";
    case DType::F8E5M2Z: return "float8_e5m2fnuz";
    case DType::F8E4M3Z: return "float8_e4m3fnuz";
    case DType::U16: return "uint16";
    case DType::U32: return "uint32";
    case DType::U64: return "uint64";
  }
  return "unknown";
}

DType promote(DType a, DType b) {
  if (a == b) return a;
  auto ordinary = [](DType t) { return isFloat(t) || isComplex(t) || t == DType::Bool || (isInteger(t) && t < DType::U16); };
  if (!ordinary(a) || !ordinary(b)) throw Bailout(std::string("promotion of ") + dtypeName(a) + " and " + dtypeName(b));
  if (a == DType::Bool) return b;
  if (b == DType::Bool) return a;
  if (isComplex(a) || isComplex(b)) {
    auto rank = [](DType t) {
      switch (t) {
        case DType::C128: case DType::F64: return 3;
        case DType::C64: case DType::F32: case DType::BF16: return 2;
        case DType::C32: case DType::F16: return 1;
        default: return 0;
      }
    };
    int r = std::max(rank(a), rank(b));
    return r == 3 ? DType::C128 : r == 2 ? DType::C64 : DType::C32;
  }
  if (isFloat(a) || isFloat(b)) {
    if (!isFloat(a)) return b;
    if (!isFloat(b)) return a;
    if (a == DType::F64 || b == DType::F64) return DType::F64;
    return DType::F32;  // f32 with a half, or f16 with bf16
  }
  // integers: u8 with a signed type gives the signed type that holds both
  if (a == DType::U8 || b == DType::U8) {
    DType other = a == DType::U8 ? b : a;
    return other == DType::I8 ? DType::I16 : other;
  }
  return itemSize(a) > itemSize(b) ? a : b;
}

Dims contiguousStrides(const Dims& sizes) {
  Dims strides(sizes.n, 1);
  int64_t step = 1;
  for (int i = sizes.n - 1; i >= 0; i--) {
    strides[i] = step;
    step *= std::max<int64_t>(sizes[i], 1);
  }
  return strides;
}

bool Tensor::isContiguous() const {
  if (layout) return false;
  int64_t step = 1;
  for (int i = sizes.n - 1; i >= 0; i--) {
    if (sizes[i] == 0) return true;
    if (sizes[i] != 1) {
      if (strides[i] != step) return false;
      step *= sizes[i];
    }
  }
  return true;
}

Tensor Planner::view(const Tensor& base, const Dims& sizes, const Dims& strides, int64_t offset) const {
  require(!base.layout, "a view of a blocked tensor");
  Tensor t;
  t.dtype = base.dtype;
  t.sizes = sizes;
  t.strides = strides;
  t.offset = offset;
  t.buffer = base.buffer;
  return t;
}

// --- values ---------------------------------------------------------------------------------------------------

Value Value::of(Tensor t) {
  Value v;
  if (!t.defined()) return v;
  v.tag = Tag::Tensor;
  v.tensor = std::move(t);
  return v;
}
Value Value::ofInt(int64_t x) {
  Value v;
  v.tag = Tag::Int;
  v.i = x;
  return v;
}
Value Value::ofFloat(double x) {
  Value v;
  v.tag = Tag::Float;
  v.d = x;
  return v;
}
Value Value::ofBool(bool x) {
  Value v;
  v.tag = Tag::Bool;
  v.i = x;
  return v;
}
Value Value::ofString(std::string s) {
  Value v;
  v.tag = Tag::String;
  v.text = std::make_shared<std::string>(std::move(s));
  return v;
}
Value Value::list(std::vector<Value> items) {
  Value v;
  v.tag = Tag::List;
  v.items = std::make_shared<std::vector<Value>>(std::move(items));
  return v;
}
Value Value::tuple(std::vector<Value> items) {
  Value v = list(std::move(items));
  v.tag = Tag::Tuple;
  return v;
}

Tensor Args::tensor(int i) const { return planner_.plain(tensorAnyLayout(i)); }
Tensor Args::tensorAnyLayout(int i) const {
  require(inputs_[i]->isTensor(), "a tensor argument is not a tensor");
  return inputs_[i]->tensor;
}
Tensor Args::optionalTensor(int i) const { return isNone(i) ? Tensor{} : tensor(i); }
int64_t Args::integer(int i) const {
  const Value& v = *inputs_[i];
  if (v.tag == Value::Tag::Int || v.tag == Value::Tag::Bool) return v.i;
  if (v.tag == Value::Tag::Float) {
    double d = planner_.read(v);
    require(d == std::trunc(d) && std::fabs(d) < 9e15, "an int argument is a fractional float");
    return static_cast<int64_t>(d);
  }
  throw Bailout("an int argument is not an int");
}
int64_t Args::integerOr(int i, int64_t otherwise) const { return isNone(i) ? otherwise : integer(i); }
double Args::number(int i) const {
  const Value& v = *inputs_[i];
  switch (v.tag) {
    case Value::Tag::Int:
    case Value::Tag::Bool: return static_cast<double>(v.i);
    case Value::Tag::Float: return planner_.read(v);
    default: throw Bailout("a number argument is not a real number");
  }
}
bool Args::boolean(int i) const {
  const Value& v = *inputs_[i];
  require(v.tag == Value::Tag::Bool || v.tag == Value::Tag::Int, "a bool argument is not a bool");
  return v.i != 0;
}
Dims Args::ints(int i) const {
  const Value& v = *inputs_[i];
  if (v.tag == Value::Tag::Int) return Dims{v.i};
  require(v.tag == Value::Tag::List || v.tag == Value::Tag::Tuple, "an int[] argument is not a list");
  Dims d;
  for (const Value& e : *v.items) {
    require(e.tag == Value::Tag::Int || e.tag == Value::Tag::Bool, "an int[] argument holds something else");
    d.push_back(e.i);
  }
  return d;
}
Dims Args::intsOr(int i, Dims otherwise) const { return isNone(i) ? otherwise : ints(i); }
std::vector<double> Args::numbers(int i) const {
  const Value& v = *inputs_[i];
  require(v.tag == Value::Tag::List || v.tag == Value::Tag::Tuple, "a float[] argument is not a list");
  std::vector<double> out;
  for (const Value& e : *v.items) {
    if (e.tag == Value::Tag::Float) out.push_back(planner_.read(e));
    else if (e.tag == Value::Tag::Int || e.tag == Value::Tag::Bool) out.push_back(static_cast<double>(e.i));
    else throw Bailout("a float[] argument holds something else");
  }
  return out;
}
std::vector<Tensor> Args::tensors(int i) const {
  const Value& v = *inputs_[i];
  require(v.tag == Value::Tag::List || v.tag == Value::Tag::Tuple, "a Tensor[] argument is not a list");
  std::vector<Tensor> out;
  for (const Value& e : *v.items) {
    require(e.isTensor(), "a Tensor[] argument holds something else");
    out.push_back(planner_.plain(e.tensor));
  }
  return out;
}
std::vector<Tensor> Args::optionalTensors(int i) const {
  const Value& v = *inputs_[i];
  require(v.tag == Value::Tag::List || v.tag == Value::Tag::Tuple, "a Tensor?[] argument is not a list");
  std::vector<Tensor> out;
  for (const Value& e : *v.items) out.push_back(e.isTensor() ? planner_.plain(e.tensor) : Tensor{});
  return out;
}
const std::string& Args::text(int i) const {
  require(inputs_[i]->text != nullptr, "a str argument is not a string");
  return *inputs_[i]->text;
}
DType Args::dtypeOr(int i, DType otherwise) const { return isNone(i) ? otherwise : static_cast<DType>(integer(i)); }

// --- registry, threads ----------------------------------------------------------------------------------------

KernelRegistration* KernelRegistration::first = nullptr;
KernelRegistration::KernelRegistration(const char* schema, Kernel kernel, const char* file) : schema(schema), kernel(kernel), file(file), next(first) { first = this; }

static std::atomic<int> configuredThreads{0};
int threadCount() {
  int n = configuredThreads.load(std::memory_order_relaxed);
  if (n > 0) return n;
#ifdef _OPENMP
  n = omp_get_max_threads();
#else
  n = 1;
#endif
  configuredThreads.store(n, std::memory_order_relaxed);
  return n;
}
void setThreadCount(int n) { configuredThreads.store(n, std::memory_order_relaxed); }

}  // namespace tsjit
