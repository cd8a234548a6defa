import { type DictType, fieldDefaultText, type OptionalType, type TensorType, type TupleType, type Type, type UnionType } from '@tsjit/types'

/** PyTorch's names of dtypes in graphs (`Float(2, 3)`). */
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

/** A type as graphs print it (`Float(2, 3, strides=[3, 1], requires_grad=0, device=cpu)`, `Future[int]`, `NamedTuple(x : int)`). */
export function graphTypeText(type: Type): string {
  switch (type.kind) {
    case 'Tensor':
      return tensorTypeText(type as TensorType)
    case 'List':
      return `${graphTypeText(type.contained()[0])}[]`
    case 'Optional':
      return `${graphTypeText((type as OptionalType).element)}?`
    case 'Future':
    case 'RRef':
    case 'Await':
      return `${type.kind}[${graphTypeText(type.contained()[0])}]`
    case 'Tuple': {
      const { elements, fields } = type as TupleType
      if (fields === undefined) return `(${elements.map(graphTypeText).join(', ')})`
      const { defaults = [] } = type as TupleType
      const first = elements.length - defaults.length
      const field = (element: Type, i: number): string => {
        const text = `${fields[i]} : ${graphTypeText(element)}`
        return i < first ? text : `${text} = ${fieldDefaultText(defaults[i - first], element)}`
      }
      return `NamedTuple(${elements.map(field).join(', ')})`
    }
    default:
      return plainTypeText(type)
  }
}

/** Inside a dict or a union PyTorch prints types by another rule: tensors bare, named tuples by name, futures in parentheses. */
function plainTypeText(type: Type): string {
  switch (type.kind) {
    case 'Tensor':
      return 'Tensor'
    case 'None':
      return 'NoneType'
    case 'List':
      return `${plainTypeText(type.contained()[0])}[]`
    case 'Optional':
      return `${plainTypeText((type as OptionalType).element)}?`
    case 'Dict':
      return `Dict(${plainTypeText((type as DictType).key)}, ${plainTypeText((type as DictType).value)})`
    case 'Union':
      return `Union(${(type as UnionType).members.map(plainTypeText).join(', ')})`
    case 'Tuple':
      return (type as TupleType).name ?? `(${type.contained().map(plainTypeText).join(', ')})`
    case 'Future':
    case 'RRef':
    case 'Await':
      return `${type.kind}(${plainTypeText(type.contained()[0])})`
    default:
      return type.toString()
  }
}

function tensorTypeText(type: TensorType): string {
  const { dtype, sizes, strides, device, requiresGrad } = type
  let text = dtype === undefined ? 'Tensor' : (scalarTypeNames[dtype] ?? dtype) + (sizes ? '' : 'Tensor')
  const parts: string[] = []
  if (sizes) {
    parts.push(...sizes.map((size) => (size === null ? '*' : String(size))))
    if (sizes.length > 0 && strides?.length === sizes.length && strides.every((stride) => stride !== null)) {
      parts.push(`strides=[${strides.join(', ')}]`)
    }
  }
  if (requiresGrad !== undefined) parts.push(`requires_grad=${Number(requiresGrad)}`)
  if (device !== undefined) parts.push(`device=${device}`)
  if (sizes || parts.length > 0) text += `(${parts.join(', ')})`
  return text
}
