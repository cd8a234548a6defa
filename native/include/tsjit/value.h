// Values of a segment program while planning: tensors stand for memory, everything else is concrete.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tsjit/buffer.h"

namespace tsjit {

class Planner;

struct Value {
  enum class Tag : uint8_t { None, Tensor, Int, Float, Bool, Complex, String, Device, List, Tuple, Generator, Other };
  Tag tag = Tag::None;
  int64_t i = 0;                              // Int, Bool
  double d = 0, im = 0;                       // Float, Complex
  // A Float that comes in from outside the segment and was not looked at yet: index of the input, else -1. Kernels that take the number
  // at run time (pointwise operands) leave it alone; reading it through Args makes its value part of the plan's signature.
  int runtimeInput = -1;
  Tensor tensor;
  std::shared_ptr<std::vector<Value>> items;  // List, Tuple: shared, since lists alias
  std::shared_ptr<std::string> text;          // String, Device

  static Value none() { return {}; }
  static Value of(Tensor t);
  static Value ofInt(int64_t x);
  static Value ofFloat(double x);
  static Value ofBool(bool x);
  static Value ofString(std::string s);
  static Value list(std::vector<Value> items);
  static Value tuple(std::vector<Value> items);
  bool isNone() const { return tag == Tag::None; }
  bool isTensor() const { return tag == Tag::Tensor; }
  bool isNumber() const { return tag == Tag::Int || tag == Tag::Float || tag == Tag::Bool || tag == Tag::Complex; }
};

// The arguments of one instruction, in schema order, all present, and its results. Accessors bail out on a wrong kind.
class Args {
 public:
  Args(Planner& planner, const Value* const* inputs, int count) : planner_(planner), inputs_(inputs), count_(count) {}
  int size() const { return count_; }
  const Value& value(int i) const { return *inputs_[i]; }
  bool isNone(int i) const { return inputs_[i]->isNone(); }

  Tensor tensor(int i) const;           // plain strides (a blocked tensor is reordered first)
  Tensor tensorAnyLayout(int i) const;  // as it lies
  Tensor optionalTensor(int i) const;   // undefined where None
  int64_t integer(int i) const;
  int64_t integerOr(int i, int64_t otherwise) const;  // where None
  double number(int i) const;           // int, float or bool as double
  bool boolean(int i) const;
  Dims ints(int i) const;               // int[]; a single int gives one element
  Dims intsOr(int i, Dims otherwise) const;
  std::vector<double> numbers(int i) const;
  std::vector<Tensor> tensors(int i) const;           // Tensor[]; plain
  std::vector<Tensor> optionalTensors(int i) const;   // Tensor?[]
  const std::string& text(int i) const;
  DType dtypeOr(int i, DType otherwise) const;        // ScalarType?
  bool isFloatScalar(int i) const { return inputs_[i]->tag == Value::Tag::Float; }

  void ret(Tensor t) { results.push_back(Value::of(std::move(t))); }
  void ret(Value v) { results.push_back(std::move(v)); }
  std::vector<Value> results;

 private:
  Planner& planner_;
  const Value* const* inputs_;
  int count_;
};

}  // namespace tsjit
