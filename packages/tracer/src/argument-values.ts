import type { Graph, Value } from '@tsjit/ir'
import { Boxed, Complex, Device, Generator, NumberOfTensor, Tensor } from '@tsjit/runtime'
import {
  BoolType,
  ComplexType,
  DeviceType,
  FloatType,
  IntType,
  ListType,
  NoneType,
  OptionalType,
  RuntimeError,
  type SourceRange,
  StringType,
  TensorT,
  type Type,
} from '@tsjit/types'

/** Where the values of arguments go. */
export interface ArgumentSink {
  readonly graph: Graph
  /** The value of a tensor; one that the trace does not know becomes a constant. */
  tensorValue(tensor: Tensor): Value
  /** Inserts a conversion right behind the node that makes `tensor`. */
  numberValue(tensor: Tensor, type: Type): Value
}

/** The value of an argument of static type `type`. Throws TSJ_TRACE_ARGUMENT. */
export function argumentValue(sink: ArgumentSink, value: unknown, type: Type, range: SourceRange | undefined): Value {
  const { graph } = sink
  if (value === null || value === undefined) return graph.insertConstant(NoneType)
  if (value instanceof NumberOfTensor) return sink.numberValue(value.tensor, type.kind === 'Optional' ? type.contained()[0] : type)
  if (value instanceof Tensor) return sink.tensorValue(value)
  const plain = type.kind === 'Optional' ? type.contained()[0] : type
  if (Array.isArray(value)) {
    const element = plain.kind === 'List' ? plain.contained()[0] : TensorT
    const items = value.map((item) => argumentValue(sink, item, element, range))
    return graph.insert('prim::ListConstruct', items, [new ListType(element)]).output
  }
  if (value instanceof Generator) {
    throw new RuntimeError('TSJ_TRACE_ARGUMENT', 'a generator cannot be an argument of a traced operator', {
      hint: 'seed the default generator with torch.manual_seed',
    })
  }
  if (value instanceof Boxed) return scalarConstant(graph, value.value, value.type, range)
  if (value instanceof Device) return graph.insertConstant(DeviceType, { kind: 's', value: value.toString() }, range)
  if (value instanceof Complex) return graph.insertConstant(ComplexType, { kind: 'c', value: { re: value.re, im: value.im } }, range)
  if (typeof value === 'string') return graph.insertConstant(plain.kind === 'Device' ? DeviceType : StringType, { kind: 's', value }, range)
  if (typeof value === 'boolean') return graph.insertConstant(BoolType, { kind: 'i', value: value ? 1 : 0 }, range)
  return scalarConstant(graph, value, plain, range)
}

function scalarConstant(graph: Graph, value: unknown, type: Type, range: SourceRange | undefined): Value {
  if (typeof value === 'bigint' || (typeof value === 'number' && type.kind === 'int'))
    return graph.insertConstant(IntType, { kind: 'i', value }, range)
  if (typeof value === 'number' && type.kind === 'float') return graph.insertConstant(FloatType, { kind: 'f', value }, range)
  if (typeof value === 'number' && type.kind === 'complex')
    return graph.insertConstant(ComplexType, { kind: 'c', value: { re: value, im: 0 } }, range)
  if (typeof value === 'number' && (type.kind === 'Scalar' || type.kind === 'Any')) {
    return Number.isInteger(value)
      ? graph.insertConstant(IntType, { kind: 'i', value }, range)
      : graph.insertConstant(FloatType, { kind: 'f', value }, range)
  }
  throw new RuntimeError('TSJ_TRACE_ARGUMENT', `an argument of type '${type.annotation()}' cannot be traced: ${String(value)}`)
}

/** The values as the operator gets them: numbers in the place of tensors that stand for them. */
export function plainArguments(args: readonly unknown[]): unknown[] {
  return args.map((value) => {
    if (value instanceof NumberOfTensor) return value.value
    return Array.isArray(value) && value.some((item) => item instanceof NumberOfTensor) ? plainArguments(value) : value
  })
}

export const optionalTensors: Type = new ListType(new OptionalType(TensorT))
