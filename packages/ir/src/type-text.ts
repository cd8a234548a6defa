import {
  type DictType,
  fieldDefaultText,
  type OptionalType,
  scalarTypeNames,
  type TensorType,
  type TupleType,
  type Type,
  type UnionType,
} from '@tsjit/types'

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
