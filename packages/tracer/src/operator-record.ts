/** What a dispatched operator looks like in a graph, where that is not the operator as it was called. */
import type { Operator } from '@tsjit/ops'
import { Boxed, type Device, type Tensor } from '@tsjit/runtime'
import { BoolType, DeviceType, IntType, ListType, NoneType, TensorT, type Type } from '@tsjit/types'

export interface Parameter {
  readonly type: Type
  readonly value: unknown
}

/** A node to be. */
export interface OperatorRecord {
  readonly kind: string
  readonly parameters: readonly Parameter[]
}

export interface RecordContext {
  readonly forceOutplace: boolean
  readonly defaultDevice: Device
  /** Whether nothing else shares the memory of a tensor. */
  isAlone(tensor: Tensor): boolean
  /** A 0-dim tensor of a number, as PyTorch's Python functions make of one where an operator wants a tensor. */
  tensorOf(value: unknown): Tensor
}

/** PyTorch's Python functions of these names take numbers as tensors, where the schemas have an overload for scalars too. */
const numbersAreTensors = new Set(
  ['add', 'sub', 'mul', 'div', 'divide', 'multiply', 'subtract', 'true_divide', 'floor_divide'].flatMap((name) => [
    `aten::${name}`,
    `aten::${name}_`,
  ]),
)

const convolution = /^aten::(?:conv([123])d|conv_transpose([123])d|convolution)$/

/** The node for an operator, or undefined for one that PyTorch's tracer does not record itself but by what it is made of. */
export function recordOf({ schema }: Operator, args: readonly unknown[], context: RecordContext): OperatorRecord {
  const parameters = schema.args.map(({ type }, i): Parameter => ({ type, value: args[i] }))
  if (convolution.test(schema.name)) return convolutionRecord(schema.name, parameters)
  if (schema.name === 'aten::copy_') {
    if (context.forceOutplace && context.isAlone(args[0] as Tensor))
      return { kind: 'aten::expand_as', parameters: [parameters[1], parameters[0]] }
    // other views would not see a copy: it stays a write, of which the recorder warns
    return { kind: 'aten::copy_', parameters }
  }
  if (schema.name === 'aten::detach_') return { kind: 'aten::detach', parameters }
  const spelled = pythonSpelling(schema.key, parameters)
  if (spelled) return spelled
  if (numbersAreTensors.has(schema.name)) {
    return {
      kind: inPlaceName(schema.name, context),
      parameters: parameters.map((parameter, i) =>
        i === 1 && parameter.type.kind === 'Scalar' && isNumber(parameter.value)
          ? { type: TensorT, value: context.tensorOf(parameter.value) }
          : parameter,
      ),
    }
  }
  if (context.forceOutplace && (schema.name === 'aten::zero_' || schema.name === 'aten::fill_'))
    return filledLike(schema.name, parameters, context.defaultDevice)
  const takesTensors = schema.args.some(({ typeText }) => typeText.includes('Tensor'))
  const completed = schema.args.map(({ name, kwargOnly, typeText }, i): Parameter => {
    const parameter = parameters[i]
    // PyTorch's Python functions say these two themselves
    if (kwargOnly && name === 'pin_memory' && parameter.value === null) return { type: BoolType, value: false }
    if (kwargOnly && name === 'device' && typeText === 'Device?' && parameter.value === null && !takesTensors)
      return { type: parameter.type, value: context.defaultDevice }
    return parameter
  })
  const written = schema.args.filter(({ alias }) => alias?.isWrite)
  if (context.forceOutplace && written.length > 0 && written.every(({ kwargOnly }) => kwargOnly))
    return { kind: schema.name, parameters: completed.filter((_, i) => !schema.args[i].alias?.isWrite) }
  return { kind: inPlaceName(schema.name, context), parameters: completed }
}

function inPlaceName(name: string, { forceOutplace }: RecordContext): string {
  return forceOutplace ? name.replace(/(?<!_)_$/, '') : name
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || value instanceof Boxed
}

const ints = new ListType(IntType)
const int = (value: number): Parameter => ({ type: IntType, value })
const bool = (value: boolean): Parameter => ({ type: BoolType, value })
const none: Parameter = { type: NoneType, value: null }

/** How many dimensions a convolution of a given rank slides over; undefined for other operators. */
export function spatialDimensions(name: string): number | undefined {
  const found = convolution.exec(name)
  const digit = found?.[1] ?? found?.[2]
  return digit === undefined ? undefined : Number(digit)
}

/** The convolutions are one operator, `_convolution`, with the settings of PyTorch's CPU build. */
function convolutionRecord(name: string, parameters: readonly Parameter[]): OperatorRecord {
  const [, spatial, transposedSpatial] = convolution.exec(name)!
  const [input, weight, bias, stride, padding] = parameters
  if (spatial && typeof padding.value === 'string') return { kind: 'aten::_convolution_mode', parameters }
  let rest: readonly Parameter[]
  if (spatial) {
    const [dilation, groups] = parameters.slice(5)
    rest = [dilation, bool(false), { type: ints, value: new Array(Number(spatial)).fill(0) }, groups]
  } else if (transposedSpatial) {
    const [outputPadding, groups, dilation] = parameters.slice(5)
    rest = [dilation, bool(true), outputPadding, groups]
  } else rest = parameters.slice(5)
  return {
    kind: 'aten::_convolution',
    parameters: [input, weight, bias, stride, padding, ...rest, bool(false), bool(false), bool(true), bool(true)],
  }
}

/** What PyTorch's Python functions of the same name call, where that is another operator that computes the same. */
function pythonSpelling(key: string, parameters: readonly Parameter[]): OperatorRecord | undefined {
  const [self, second, third, fourth] = parameters
  switch (key) {
    case 'aten::split.sizes':
      return { kind: 'aten::split_with_sizes', parameters }
    case 'aten::var':
    case 'aten::std':
      return second.value === true ? { kind: key, parameters: [self, none, none, bool(false)] } : undefined
    case 'aten::norm.Scalar':
      return { kind: 'aten::linalg_vector_norm', parameters: [self, second, none, bool(false), none] }
    case 'aten::norm.ScalarOpt_dim':
      return { kind: 'aten::linalg_vector_norm', parameters: [self, second.value === null ? int(2) : second, third, fourth, none] }
    default:
      return undefined
  }
}

/** `zero_` and `fill_` have no form of their own that makes a new tensor. */
function filledLike(name: string, parameters: readonly Parameter[], device: Device): OperatorRecord {
  const [strided, preserve] = [int(0), int(1)]
  const options = [none, strided, { type: DeviceType, value: device }, bool(false), preserve]
  return name === 'aten::zero_'
    ? { kind: 'aten::zeros_like', parameters: [parameters[0], ...options] }
    : { kind: 'aten::full_like', parameters: [...parameters, ...options] }
}
