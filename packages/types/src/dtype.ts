/** One element type of tensors. `code` is PyTorch's `ScalarType` number, which programs carry as an int. */
export interface DTypeInfo {
  readonly name: DType
  readonly code: number
  /** Bytes an element. */
  readonly itemSize: number
  readonly isFloat: boolean
  readonly isComplex: boolean
  readonly isSigned: boolean
  readonly isQuantized: boolean
  /** Integral, bool not included. */
  readonly isInteger: boolean
  /** The class name that pickled storages carry (`FloatStorage`). */
  readonly storageClass: string | undefined
}

const rows = [
  ['uint8', 0, 1, 'i', 'ByteStorage'],
  ['int8', 1, 1, 'is', 'CharStorage'],
  ['int16', 2, 2, 'is', 'ShortStorage'],
  ['int32', 3, 4, 'is', 'IntStorage'],
  ['int64', 4, 8, 'is', 'LongStorage'],
  ['float16', 5, 2, 'fs', 'HalfStorage'],
  ['float32', 6, 4, 'fs', 'FloatStorage'],
  ['float64', 7, 8, 'fs', 'DoubleStorage'],
  ['complex32', 8, 4, 'cs', 'ComplexHalfStorage'],
  ['complex64', 9, 8, 'cs', 'ComplexFloatStorage'],
  ['complex128', 10, 16, 'cs', 'ComplexDoubleStorage'],
  ['bool', 11, 1, '', 'BoolStorage'],
  ['qint8', 12, 1, 'qs', 'QInt8Storage'],
  ['quint8', 13, 1, 'q', 'QUInt8Storage'],
  ['qint32', 14, 4, 'qs', 'QInt32Storage'],
  ['bfloat16', 15, 2, 'fs', 'BFloat16Storage'],
  ['quint4x2', 16, 1, 'q', 'QUInt4x2Storage'],
  ['quint2x4', 17, 1, 'q', 'QUInt2x4Storage'],
  ['float8_e5m2', 23, 1, 'fs', undefined],
  ['float8_e4m3fn', 24, 1, 'fs', undefined],
  ['float8_e5m2fnuz', 25, 1, 'fs', undefined],
  ['float8_e4m3fnuz', 26, 1, 'fs', undefined],
  ['uint16', 27, 2, 'i', undefined],
  ['uint32', 28, 4, 'i', undefined],
  ['uint64', 29, 8, 'i', undefined],
] as const

export type DType = (typeof rows)[number][0]

export const dtypes: readonly DTypeInfo[] = rows.map(([name, code, itemSize, flags, storageClass]) => ({
  name,
  code,
  itemSize,
  isFloat: flags.includes('f'),
  isComplex: flags.includes('c'),
  isSigned: flags.includes('s'),
  isQuantized: flags.includes('q'),
  isInteger: flags.includes('i'),
  storageClass,
}))

const byName = new Map(dtypes.map((info) => [info.name, info]))
const byCode = new Map(dtypes.map((info) => [info.code, info]))

export function dtypeInfo(dtype: DType): DTypeInfo {
  return byName.get(dtype)!
}

export function dtypeFromCode(code: number): DType | undefined {
  return byCode.get(code)?.name
}

export function isDType(name: string): name is DType {
  return byName.has(name as DType)
}

/** Names that Python gives to a dtype beside its own (`torch.float` is `torch.float32`). */
export const dtypeAliases: Readonly<Record<string, DType>> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  int: 'int32',
  long: 'int64',
  short: 'int16',
  cfloat: 'complex64',
  cdouble: 'complex128',
  chalf: 'complex32',
}

/** PyTorch's names of dtypes in graphs (`Float(2, 3)`), messages and printed tensors (`CPUFloatType`). */
export const scalarTypeNames: Readonly<Record<string, string>> = {
  uint8: 'Byte',
  int8: 'Char',
  int16: 'Short',
  int32: 'Int',
  int64: 'Long',
  float16: 'Half',
  float32: 'Float',
  float64: 'Double',
  complex32: 'ComplexHalf',
  complex64: 'ComplexFloat',
  complex128: 'ComplexDouble',
  bool: 'Bool',
  qint8: 'QInt8',
  quint8: 'QUInt8',
  qint32: 'QInt32',
  bfloat16: 'BFloat16',
  quint4x2: 'QUInt4x2',
  quint2x4: 'QUInt2x4',
  float8_e5m2: 'Float8_e5m2',
  float8_e4m3fn: 'Float8_e4m3fn',
  float8_e5m2fnuz: 'Float8_e5m2fnuz',
  float8_e4m3fnuz: 'Float8_e4m3fnuz',
  uint16: 'UInt16',
  uint32: 'UInt32',
  uint64: 'UInt64',
}
