import {
  Boxed,
  type Complex,
  type Device,
  type Dispatcher,
  dtypeArgument,
  fromBigInts,
  fromComplex,
  fromNumbers,
  type Tensor,
} from '@tsjit/runtime'
import type { DType, Type } from '@tsjit/types'
import type { Builtin, NodeBuiltin, NodeBuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'
import { formatValue } from './format-value.ts'

/** Shape of a nested list; every list of a level must have the length of the first. */
function listShape(value: unknown): number[] {
  const shape: number[] = []
  for (let at = value; Array.isArray(at); at = at[0]) {
    shape.push(at.length)
    if (at.length === 0) break
  }
  return shape
}

function flatten(value: unknown, shape: readonly number[], dim: number, into: unknown[]): void {
  if (dim === shape.length) {
    into.push(value)
    return
  }
  const list = value as unknown[]
  if (list.length !== shape[dim]) {
    throw failure('TSJ_LIST_SHAPE', `Expected sequence of length ${shape[dim]} at dim ${dim} (got ${list.length})`)
  }
  for (const element of list) flatten(element, shape, dim + 1, into)
}

function makeTensor(
  dispatcher: Dispatcher,
  values: unknown[],
  shape: number[],
  element: Type,
  code: number | null,
  device: Device | null,
): Tensor {
  const made: { dtype: DType; tensor: Tensor } = (() => {
    switch (element.kind) {
      case 'int':
        return {
          dtype: 'int64',
          tensor: fromBigInts(
            dispatcher,
            values.map((v) => BigInt(v as number)),
            shape,
            'int64',
          ),
        }
      case 'bool':
        return { dtype: 'bool', tensor: fromNumbers(dispatcher, values.map(Number), shape, 'bool') }
      case 'complex': {
        const pairs = (values as Complex[]).flatMap(({ re, im }) => [re, im])
        const dtype = dispatcher.defaultDType === 'float64' ? 'complex128' : 'complex64'
        return { dtype, tensor: fromComplex(dispatcher, pairs, shape, dtype) }
      }
      case 'float':
        // a wanted dtype is filled at full precision, not by way of float32
        return code === 7
          ? { dtype: 'float64', tensor: fromNumbers(dispatcher, values as number[], shape, 'float64') }
          : { dtype: dispatcher.defaultDType, tensor: fromNumbers(dispatcher, values as number[], shape, dispatcher.defaultDType) }
      default:
        throw failure('TSJ_TENSOR_DATA', `Input must be of ints, floats, or bools, got ${element}`)
    }
  })()
  const wanted = code === null || code === undefined ? made.dtype : dtypeArgument(code, made.dtype)
  const target = device ?? made.tensor.device
  if (wanted === made.dtype && target === made.tensor.device) return made.tensor
  return dispatcher.call('aten::to.device', made.tensor, target, code, false, false) as Tensor
}

const fromList: NodeBuiltin = (_node, { dispatcher }, [type]) => {
  let element = type
  while (element.kind === 'List') element = element.contained()[0]
  return (data: unknown, dtype: number | null, device: Device | null, requiresGrad = false) => {
    const shape = listShape(data)
    const values: unknown[] = []
    if (!shape.includes(0)) flatten(data, shape, 0, values)
    const first = values[0]
    // a list of a union: all of one kind make a tensor
    if (first instanceof Boxed && !values.every((value) => value instanceof Boxed && value.type.kind === first.type.kind)) {
      throw failure('TSJ_TENSOR_DATA', `Input must be of ints, floats, or bools, got ${element.annotation()}`)
    }
    const actual = first instanceof Boxed ? first.type : element
    const plain = first instanceof Boxed ? values.map((value) => (value as Boxed).value) : values
    const tensor = makeTensor(dispatcher, plain, shape, actual, dtype, device)
    if (requiresGrad) tensor.requiresGrad = true
    return tensor
  }
}

const truth = (dispatcher: Dispatcher, key: string, a: unknown, b: unknown): boolean =>
  dispatcher.call('aten::is_nonzero', dispatcher.call(key, a, b)) as boolean

function onLists(work: (equal: (a: unknown, b: unknown) => boolean, dispatcher: Dispatcher) => Builtin): NodeBuiltin {
  return (_node, { dispatcher }) => work((a, b) => truth(dispatcher, 'aten::eq.Tensor', a, b), dispatcher)
}

/** Sorts by `less`; what is neither less nor greater keeps its order. */
const sortBy = (dispatcher: Dispatcher, list: unknown[], reverse: boolean): unknown[] =>
  list.sort((a, b) => {
    if (a === b) return 0
    const direction = reverse ? -1 : 1
    if (truth(dispatcher, 'aten::lt.Tensor', a, b)) return -direction
    return truth(dispatcher, 'aten::lt.Tensor', b, a) ? direction : 0
  })

/** `einsum(a, [0, 1], b, [1, 2], [0, 2])`: subscripts become letters. */
const einsumOfLists: NodeBuiltin =
  (_node, { dispatcher }) =>
  (...args: unknown[]) => {
    const letters = (list: unknown, at: number): string => {
      if (!Array.isArray(list)) throw failure('TSJ_EINSUM', `einsum(): expected List[int] in argument ${at}`)
      return list
        .map((subscript: number, i) => {
          if (!(subscript >= 0 && subscript < 52)) {
            throw failure(
              'TSJ_EINSUM',
              `einsum(): expected subscript ${i} in argument ${at} to be within the range [0, 52), but got ${subscript}`,
            )
          }
          return String.fromCharCode(subscript < 26 ? 65 + subscript : 71 + subscript)
        })
        .join('')
    }
    const pairs = args.length - (args.length % 2)
    const operands: unknown[] = []
    const inputs: string[] = []
    for (let i = 0; i < pairs; i += 2) {
      operands.push(args[i])
      inputs.push(letters(args[i + 1], i + 1))
    }
    const equation = inputs.join(',') + (args.length % 2 ? `->${letters(args[pairs], pairs)}` : '')
    return dispatcher.call('aten::einsum', equation, operands)
  }

/** Operators on tensors that depend on static types, or work on lists of tensors by comparing them. */
export const tensors: NodeBuiltinTable = {
  'aten::tensor': fromList,
  'aten::as_tensor.list': fromList,
  'prim::is_cpu': () => (tensor: Tensor) => tensor.device.type === 'cpu',
  'prim::VarConcat':
    (_node, { dispatcher }) =>
    (...args: unknown[]) =>
      dispatcher.call('aten::cat', args.slice(0, -1), args.at(-1)),
  'prim::VarStack':
    (_node, { dispatcher }) =>
    (...args: unknown[]) =>
      dispatcher.call('aten::stack', args.slice(0, -1), args.at(-1)),
  'aten::einsum.sublist': einsumOfLists,
  'aten::eq.Tensor_list': onLists((equal) => (a: unknown[], b: unknown[]) => a.length === b.length && a.every((x, i) => equal(x, b[i]))),
  'aten::ne.Tensor_list': onLists((equal) => (a: unknown[], b: unknown[]) => !(a.length === b.length && a.every((x, i) => equal(x, b[i])))),
  'aten::count.Tensor': onLists((equal) => (list: unknown[], element: unknown) => list.filter((x) => equal(element, x)).length),
  'aten::index.list_Tensor':
    (_node, { dispatcher }, types) =>
    (list: unknown[], element: unknown) => {
      const at = list.findIndex((x) => truth(dispatcher, 'aten::eq.Tensor', element, x))
      if (at < 0) throw failure('TSJ_NOT_IN_LIST', `'${formatValue(element, types[1])}' is not in list`, 'ValueError')
      return at
    },
  'aten::remove.Tensor': onLists((equal) => (list: unknown[], element: unknown) => {
    const at = list.findIndex((x) => equal(element, x))
    if (at < 0) throw failure('TSJ_NOT_IN_LIST', 'list.remove(x): x not in list', 'ValueError')
    list.splice(at, 1)
  }),
  'aten::sort.Tensor': onLists((_equal, dispatcher) => (list: unknown[], reverse: boolean) => {
    sortBy(dispatcher, list, reverse)
  }),
  'aten::sorted.Tensor': onLists((_equal, dispatcher) => (list: unknown[]) => sortBy(dispatcher, [...list], false)),
}
