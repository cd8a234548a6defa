import type { Graph, Value } from '@tsjit/ir'
import { operatorByKey } from '@tsjit/ops'
import {
  ComplexType,
  DeviceType,
  FloatType,
  IntType,
  isSubtype,
  ListType,
  type OptionalType,
  ScalarType,
  type SourceRange,
  TupleType,
  type Type,
  typeEquals,
} from '@tsjit/types'

/** An implicit conversion, planned; `type` is the type after it. */
export type Conversion = { readonly type: Type } & (
  | { readonly kind: 'empty-list' }
  | { readonly kind: 'tuple-to-list' }
  | { readonly kind: 'tuple'; readonly elements: readonly (Conversion | undefined)[] }
  | { readonly kind: 'operator'; readonly key: string }
)

export function unwrapOptional(type: Type): Type {
  return type.kind === 'Optional' ? (type as OptionalType).element : type
}

/** Whether a value of this type may become the list: a subtype, or a tuple whose elements all fit. */
export function convertibleToList(type: Type, list: Type): boolean {
  if (list.kind !== 'List') return false
  if (isSubtype(type, list)) return true
  return type.kind === 'Tuple' && (type as TupleType).elements.every((element) => isSubtype(element, (list as ListType).element))
}

/**
 * The conversion that PyTorch's `tryConvertToType` makes from `type` toward `wanted`, or undefined for none; the caller checks the
 * result's type. `value` (where known) tells untyped `[]` literals.
 */
export function planConversion(type: Type, value: Value | undefined, wanted: Type, allowConversions: boolean): Conversion | undefined {
  if (wanted.kind === 'Optional' && type.kind !== 'Optional' && type.kind !== 'None') {
    return planConversion(type, value, (wanted as OptionalType).element, allowConversions)
  }
  if (value?.node.kind === 'prim::EmptyListLiteral' && wanted.kind === 'List') {
    return { kind: 'empty-list', type: new ListType((wanted as ListType).element) }
  }
  if (type.kind === 'Tuple') {
    const tuple = type as TupleType
    const list = unwrapOptional(wanted)
    if (convertibleToList(type, list)) return { kind: 'tuple-to-list', type: new ListType((list as ListType).element) }
    if (wanted.kind === 'Tuple' && !isSubtype(type, wanted) && tuple.elements.length === (wanted as TupleType).elements.length) {
      const parts = value?.node.kind === 'prim::TupleConstruct' ? value.node.inputs : undefined
      const elements = tuple.elements.map((element, i) =>
        planConversion(element, parts?.[i], (wanted as TupleType).elements[i], allowConversions),
      )
      return { kind: 'tuple', elements, type: new TupleType(tuple.elements.map((element, i) => elements[i]?.type ?? element)) }
    }
  }
  if (!allowConversions) return undefined
  if (type.kind === 'Tensor') {
    switch (wanted.kind) {
      case 'float':
        return { kind: 'operator', key: 'aten::FloatImplicit', type: FloatType }
      case 'complex':
        return { kind: 'operator', key: 'aten::ComplexImplicit', type: ComplexType }
      case 'int':
        return { kind: 'operator', key: 'aten::IntImplicit', type: IntType }
      case 'Scalar':
        return { kind: 'operator', key: 'aten::ScalarImplicit', type: ScalarType }
    }
  } else if (typeEquals(type, ScalarType)) {
    switch (wanted.kind) {
      case 'float':
        return { kind: 'operator', key: 'aten::Float.Scalar', type: FloatType }
      case 'complex':
        return { kind: 'operator', key: 'aten::Complex.Scalar', type: ComplexType }
      case 'int':
        return { kind: 'operator', key: 'aten::Int.Scalar', type: IntType }
    }
  } else if (type.kind === 'bool') {
    if (wanted.kind === 'float') return { kind: 'operator', key: 'aten::Float.bool', type: FloatType }
    if (wanted.kind === 'int' || wanted.kind === 'Scalar') return { kind: 'operator', key: 'aten::Int.bool', type: IntType }
  }
  if (type.kind === 'str' && wanted.kind === 'Device') return { kind: 'operator', key: 'aten::device', type: DeviceType }
  return undefined
}

export function applyConversion(graph: Graph, value: Value, conversion: Conversion, range: SourceRange | undefined): Value {
  switch (conversion.kind) {
    case 'empty-list':
      return graph.insert('prim::ListConstruct', [], [conversion.type], range).output
    case 'tuple-to-list':
      return graph.insert('prim::ListConstruct', unpackTuple(graph, value, range), [conversion.type], range).output
    case 'tuple': {
      const parts = unpackTuple(graph, value, range).map((part, i) => {
        const inner = conversion.elements[i]
        return inner ? applyConversion(graph, part, inner, range) : part
      })
      return graph.insert('prim::TupleConstruct', parts, [new TupleType(parts.map((part) => part.type))], range).output
    }
    case 'operator': {
      const node = graph.insert(conversion.key.replace(/\..*/, ''), [value], [conversion.type], range)
      node.schema = operatorByKey(conversion.key)?.schema
      return node.output
    }
  }
}

/** Plans and applies; the caller checks the type. */
export function tryConvertToType(
  graph: Graph,
  value: Value,
  wanted: Type,
  allowConversions: boolean,
  range: SourceRange | undefined,
): Value {
  const conversion = planConversion(value.type, value, wanted, allowConversions)
  return conversion ? applyConversion(graph, value, conversion, range) : value
}

/** The elements of a tuple value; a tuple that was just built gives the values it was built of. */
export function unpackTuple(graph: Graph, value: Value, range?: SourceRange): readonly Value[] {
  if (value.node.kind === 'prim::TupleConstruct') return [...value.node.inputs]
  return graph.insert('prim::TupleUnpack', [value], (value.type as TupleType).elements, range).outputs
}
