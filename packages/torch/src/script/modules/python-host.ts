import { EnumMember, PyConstant, PyDict, PySlice, PyTuple, type PythonHost } from '@tsjit/compiler'
import { init, Parameter } from '@tsjit/nn'
import { Complex, callOperator, Device, type IndexItem, noGrad, Slice, scalarFloat, Tensor } from '@tsjit/runtime'
import { CompileError, type DType, dtypeFromCode, dtypeInfo } from '@tsjit/types'
import { tensor as makeTensor } from '../../factories.ts'

type Keywords = ReadonlyMap<string, unknown>

/** A Python value as operators take it. */
export function fromPython(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  // A whole float is a float all the same.
  if (typeof value === 'number') return Number.isInteger(value) ? scalarFloat(value) : value
  if (value instanceof PyTuple) return value.items.map(fromPython)
  if (Array.isArray(value)) return value.map(fromPython)
  if (value instanceof PyConstant) {
    if (value.typeName === 'device') return Device.parse(String(value.value))
    if (value.typeName === 'complex') {
      const { re, im } = value.value as { re: number; im: number }
      return new Complex(re, im)
    }
    return value.value
  }
  return value
}

/** What operators give, as Python values. `isFloat`: numbers are floats even where they are whole. */
function toPython(value: unknown, isFloat = false): unknown {
  if (typeof value === 'number') return isFloat || !Number.isInteger(value) ? value : BigInt(value)
  if (value instanceof Complex) return new PyConstant('complex', { re: value.re, im: value.im })
  if (value instanceof Device) return new PyConstant('device', String(value))
  if (Array.isArray(value)) return new PyTuple(value.map((item) => toPython(item, isFloat)))
  return value === undefined ? null : value
}

const none: Keywords = new Map()

function call(name: string, args: readonly unknown[], keywords: Keywords): unknown {
  const options = Object.fromEntries([...keywords].map(([key, value]) => [key, fromPython(value)]))
  // Constructors write into their parameters; nothing is differentiated through them.
  return noGrad(() => callOperator(name, [...args.map(fromPython), ...(keywords.size > 0 ? [options] : [])]))
}

/** `torch.tensor(data)`: the element type is Python's. */
function tensorOf(args: readonly unknown[], keywords: Keywords): Tensor {
  const data = args[0] ?? keywords.get('data') ?? null
  const wanted = keywords.get('dtype')
  if (data instanceof Tensor) return wanted instanceof PyConstant ? (call('to', [data.clone(), wanted], none) as Tensor) : data.clone()
  const kinds = new Set<string>()
  const nested = (value: unknown): never => {
    if (value instanceof PyTuple || Array.isArray(value)) return (Array.isArray(value) ? value : value.items).map(nested) as never
    if (value instanceof Tensor) return toNested(value.tolist(), kinds, value) as never
    kinds.add(typeof value)
    return (typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value) as never
  }
  const plain = nested(data)
  const natural: DType = kinds.has('number') || kinds.size === 0 ? 'float32' : kinds.has('bigint') ? 'int64' : 'bool'
  return makeTensor(plain, { dtype: wanted instanceof PyConstant ? dtypeOf(wanted) : natural })
}
function toNested(value: unknown, kinds: Set<string>, tensor: Tensor): unknown {
  kinds.add(dtypeInfo(tensor.dtype).isFloat ? 'number' : tensor.dtype === 'bool' ? 'boolean' : 'bigint')
  return value
}

function dtypeOf({ value }: PyConstant): DType {
  const found = dtypeFromCode(Number(value))
  if (!found) throw new CompileError('TSJ_PYTHON_UNSUPPORTED', `there is no dtype of code ${String(value)}`)
  return found
}

/** Functions that are no operators, by the name that Python knows them by. */
const special: Readonly<Record<string, (args: readonly unknown[], keywords: Keywords) => unknown>> = {
  tensor: tensorOf,
  as_tensor: (args, keywords) => (args[0] instanceof Tensor && keywords.size === 0 ? args[0] : tensorOf(args, keywords)),
  FloatTensor: (args) => legacy(args, 'float32'),
  Tensor: (args) => legacy(args, 'float32'),
  LongTensor: (args) => legacy(args, 'int64'),
  is_floating_point: ([tensor]) => dtypeInfo((tensor as Tensor).dtype).isFloat,
  is_complex: ([tensor]) => dtypeInfo((tensor as Tensor).dtype).isComplex,
  numel: ([tensor]) => BigInt((tensor as Tensor).numel),
  dim: ([tensor]) => BigInt((tensor as Tensor).ndim),
  size: ([tensor, dim]) => {
    const { shape } = tensor as Tensor
    return dim === undefined ? toPython(shape) : BigInt(shape.at(Number(dim))!)
  },
  item: ([tensor]) => itemOf(tensor as Tensor),
  tolist: ([tensor]) => listOf(tensor as Tensor),
  detach: ([tensor]) => alias(tensor as Tensor),
  requires_grad_: ([tensor, flag]) => {
    ;(tensor as Tensor).requiresGrad = flag !== false
    return tensor
  },
  type: (args, keywords) => call('to', args, keywords),
  manual_seed: () => null,
  meshgrid: (args, keywords) => call('meshgrid', listed(args), keywords),
  broadcast_tensors: (args, keywords) => call('broadcast_tensors', listed(args), keywords),
  block_diag: (args, keywords) => call('block_diag', listed(args), keywords),
  cartesian_prod: (args, keywords) => call('cartesian_prod', listed(args), keywords),
  einsum: ([equation, ...operands]) => call('einsum', [equation, ...listed(operands)], none),
  split: (args, keywords) => [...(call('split', args, keywords) as Tensor[])],
  chunk: (args, keywords) => [...(call('chunk', args, keywords) as Tensor[])],
}

/** `f(a, b)` for operators that take a list. */
function listed(args: readonly unknown[]): readonly unknown[] {
  return args[0] instanceof Tensor ? [args] : args
}

function legacy(args: readonly unknown[], dtype: DType): Tensor {
  const [first] = args
  if (args.length === 1 && (Array.isArray(first) || first instanceof PyTuple)) {
    return tensorOf([first], new Map([['dtype', new PyConstant('dtype', dtypeInfo(dtype).code)]]))
  }
  if (args.length === 1 && first instanceof Tensor) return first
  return callOperator('empty', [args.map(Number), { dtype }]) as Tensor
}

function alias(tensor: Tensor): Tensor {
  return new Tensor(tensor.storage, tensor.dtype, tensor.shape, tensor.strides, tensor.offset)
}
function itemOf(tensor: Tensor): unknown {
  return toPython(tensor.item(), dtypeInfo(tensor.dtype).isFloat)
}
function listOf(tensor: Tensor): unknown {
  const { isFloat } = dtypeInfo(tensor.dtype)
  const list = (value: unknown): unknown => (Array.isArray(value) ? value.map(list) : toPython(value, isFloat))
  return list(tensor.tolist())
}

const castNames = ['float', 'double', 'half', 'bfloat16', 'int', 'long', 'short', 'byte', 'char', 'bool', 'cpu'] as const

const number = (value: unknown, fallback: number): number => (value === undefined ? fallback : Number(value))

/** `torch.nn.init`: arguments by position or name, as Python's signatures order them. */
function initFunction(name: string): ((args: readonly unknown[], keywords: Keywords) => unknown) | undefined {
  const bind =
    (names: readonly string[], run: (tensor: Tensor, values: readonly unknown[]) => unknown) =>
    (args: readonly unknown[], keywords: Keywords): unknown =>
      noGrad(() =>
        run(
          (args[0] ?? keywords.get('tensor')) as Tensor,
          names.map((name, i) => args[i + 1] ?? keywords.get(name)),
        ),
      )
  switch (name) {
    case 'uniform_':
      return bind(['a', 'b'], (tensor, [a, b]) => init.uniform_(tensor, number(a, 0), number(b, 1)))
    case 'normal_':
      return bind(['mean', 'std'], (tensor, [mean, std]) => init.normal_(tensor, number(mean, 0), number(std, 1)))
    case 'trunc_normal_':
      return bind(['mean', 'std', 'a', 'b'], (tensor, [mean, std, a, b]) =>
        init.trunc_normal_(tensor, number(mean, 0), number(std, 1), number(a, -2), number(b, 2)),
      )
    case 'constant_':
      return bind(['val'], (tensor, [value]) => init.constant_(tensor, number(value, 0)))
    case 'ones_':
    case 'zeros_':
    case 'eye_':
      return bind([], (tensor) => init[name](tensor))
    case 'dirac_':
      return bind(['groups'], (tensor, [groups]) => init.dirac_(tensor, number(groups, 1)))
    case 'xavier_uniform_':
    case 'xavier_normal_':
    case 'orthogonal_':
      return bind(['gain'], (tensor, [gain]) => init[name](tensor, number(gain, 1)))
    case 'sparse_':
      return bind(['sparsity', 'std'], (tensor, [sparsity, std]) => init.sparse_(tensor, number(sparsity, 0), number(std, 0.01)))
    case 'kaiming_uniform_':
    case 'kaiming_normal_':
      return bind(['a', 'mode', 'nonlinearity'], (tensor, [a, mode, nonlinearity]) =>
        init[name](tensor, {
          a: number(a, 0),
          mode: (mode ?? 'fan_in') as 'fan_in',
          nonlinearity: (nonlinearity ?? 'leaky_relu') as 'leaky_relu',
        }),
      )
    case '_calculate_fan_in_and_fan_out':
      return bind([], (tensor) => {
        const { fanIn, fanOut } = init.fans(tensor)
        return new PyTuple([BigInt(fanIn), BigInt(fanOut)])
      })
    case 'calculate_gain':
      return ([nonlinearity, param]) => init.calculateGain(nonlinearity as 'relu', param === undefined ? undefined : Number(param))
  }
  return undefined
}

/** Tensors and layers' initialisation for Python that runs, by the eager tensors of the runtime. */
export const pythonHost: PythonHost = {
  isTensor: (value) => value instanceof Tensor,
  isParameter: (value) => value instanceof Parameter,
  parameter: (data, requiresGrad) => new Parameter(data as Tensor, requiresGrad),
  callOperator(name, args, keywords) {
    if (Object.hasOwn(special, name)) return special[name](args, keywords)
    if ((castNames as readonly string[]).includes(name) && args.length === 1)
      return (args[0] as unknown as Record<string, () => Tensor>)[name]()
    const given = new Map([...keywords].filter(([key]) => key !== 'requires_grad' && key !== 'pin_memory'))
    const result = call(name, args, given)
    return Array.isArray(result) ? toPython(result) : toPython(result, name === 'item')
  },
  tensorProperty(value, name) {
    const tensor = value as Tensor
    switch (name) {
      case 'shape':
        return toPython(tensor.shape)
      case 'dtype':
        return new PyConstant('dtype', dtypeInfo(tensor.dtype).code)
      case 'device':
        return new PyConstant('device', String(tensor.device))
      case 'data':
        return alias(tensor)
      case 'ndim':
        return BigInt(tensor.ndim)
      case 'requires_grad':
        return tensor.requiresGrad
      case 'grad':
        return null
      case 'T':
      case 'mT':
        return tensor[name]
      default:
        return undefined
    }
  },
  setTensorProperty(value, name, to) {
    if (name === 'requires_grad') (value as Tensor).requiresGrad = to === true
    else if (name === 'data' && value instanceof Parameter && to instanceof Tensor) value.setData(to)
    // Marks that programs set on parameters mean nothing to TorchScript.
    else if (!name.startsWith('_') && name !== 'no_weight_decay') return false
    return true
  },
  hasTensorMethod: (name) => Object.hasOwn(special, name) || name in Tensor.prototype,
  getItem: (tensor, index) => noGrad(() => (tensor as Tensor).index(...index.map(indexItem))),
  setItem(tensor, index, value) {
    noGrad(() => (tensor as Tensor).setIndex(index.map(indexItem), (value instanceof Tensor ? value : Number(value)) as Tensor))
  },
  tensorItems: (tensor) => [...(tensor as Tensor)],
  truth: (tensor) => Boolean((tensor as Tensor).item()),
  function: (qualifiedName) =>
    qualifiedName.startsWith('torch.nn.init.') ? initFunction(qualifiedName.slice('torch.nn.init.'.length)) : undefined,
  print: (text) => console.log(text),
}

function indexItem(value: unknown): IndexItem {
  if (value instanceof PySlice) {
    const bound = (part: unknown): number | null => (part === null ? null : Number(part))
    return new Slice(bound(value.start), bound(value.stop), bound(value.step))
  }
  if (value instanceof PyConstant && value.typeName === 'ellipsis') return '...'
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof PyTuple || Array.isArray(value)) return (Array.isArray(value) ? value : value.items).map(Number)
  return value as IndexItem
}

/** A Python value as a value of the runtime's, before its type says more. */
export function userValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (value instanceof PyTuple) return value.items.map(userValue)
  if (Array.isArray(value)) return value.map(userValue)
  if (value instanceof PyDict) return new Map(value.entries().map(([key, item]) => [userValue(key), userValue(item)]))
  if (value instanceof PyConstant) return fromPython(value)
  return value instanceof EnumMember ? value.constant().value : value
}
