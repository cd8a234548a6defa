// Element types. The numbers are PyTorch's ScalarType codes.
#pragma once
#include <cstddef>
#include <cstdint>

namespace tsjit {

enum class DType : int8_t {
  U8 = 0, I8 = 1, I16 = 2, I32 = 3, I64 = 4, F16 = 5, F32 = 6, F64 = 7, C32 = 8, C64 = 9, C128 = 10, Bool = 11,
  QI8 = 12, QU8 = 13, QI32 = 14, BF16 = 15, F8E5M2 = 23, F8E4M3 = 24, F8E5M2Z = 25, F8E4M3Z = 26, U16 = 27, U32 = 28, U64 = 29,
};

constexpr size_t itemSize(DType t) {
  switch (t) {
    case DType::I16: case DType::F16: case DType::BF16: case DType::U16: return 2;
    case DType::I32: case DType::F32: case DType::C32: case DType::QI32: case DType::U32: return 4;
    case DType::I64: case DType::F64: case DType::C64: case DType::U64: return 8;
    case DType::C128: return 16;
    default: return 1;
  }
}
constexpr bool isFloat(DType t) { return t == DType::F16 || t == DType::F32 || t == DType::F64 || t == DType::BF16; }
constexpr bool isComplex(DType t) { return t == DType::C32 || t == DType::C64 || t == DType::C128; }
constexpr bool isInteger(DType t) {  // bool not included
  return (t >= DType::U8 && t <= DType::I64) || t == DType::U16 || t == DType::U32 || t == DType::U64;
}
const char* dtypeName(DType t);
// PyTorch's promoteTypes.
DType promote(DType a, DType b);

}  // namespace tsjit
