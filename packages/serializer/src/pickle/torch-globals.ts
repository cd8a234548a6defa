import { type DType, dtypeAliases, dtypes } from '@tsjit/types'
import { describe, GlobalReference } from './describe.ts'
import type { FindGlobal, PickleContext, PickleGlobal } from './pickle-global.ts'
import { PyComplex, PyDict, PyFloat, PySet, PyTuple } from './python-values.ts'
import type { TensorDescriptor } from './tensor-descriptor.ts'
import {
  expectArguments,
  makeParameter,
  rebuildMetaTensor,
  rebuildParameter,
  rebuildQTensor,
  rebuildSparseTensor,
  rebuildTensor,
  rebuildTensorV2,
  rebuildTensorV3,
} from './tensor-rebuild.ts'
import { setTypeTag, TorchConstant, TorchDevice, TorchSize, TorchStorageType } from './torch-values.ts'

export interface TorchGlobalsOptions {
  /** Names beside the closed list: the classes and enums of a TorchScript archive (`__torch__.Net`). */
  findGlobal?: FindGlobal
  /** What `build_tensor_from_id` refers to: the tensor table of the oldest archives. */
  tensorFromId?: (id: number, context: PickleContext) => unknown
}

/** The closed list of what `torch.save` files and TorchScript archives may name. */
export function torchGlobals({ findGlobal, tensorFromId }: TorchGlobalsOptions = {}): FindGlobal {
  return (module, name) => {
    // Python 3 writes protocol 2 with Python 2's name of the module.
    const key = `${module === '__builtin__' ? 'builtins' : module}.${name}`
    if (tensorFromId && key === 'torch.jit._pickle.build_tensor_from_id') {
      return { module, name, reduce: (args, context) => tensorFromId(readId(args[0], context), context) }
    }
    if (tensorFromId && key === '__main__.TensorID') {
      return { module, name, instantiable: true, build: (_, state, context) => tensorFromId(readId(state, context), context) }
    }
    return fixed.get(key) ?? findGlobal?.(module, name)
  }
}

const fixed = new Map<string, PickleGlobal>()

function add(module: string, name: string, global: Omit<PickleGlobal, 'module' | 'name'>): void {
  fixed.set(`${module}.${name}`, { module, name, ...global })
}

// Tensors.
add('torch._utils', '_rebuild_tensor', { reduce: rebuildTensor })
add('torch._utils', '_rebuild_tensor_v2', { reduce: rebuildTensorV2 })
add('torch._utils', '_rebuild_tensor_v3', { reduce: rebuildTensorV3 })
add('torch._utils', '_rebuild_qtensor', { reduce: rebuildQTensor })
add('torch._utils', '_rebuild_sparse_tensor', { reduce: rebuildSparseTensor })
add('torch._utils', '_rebuild_meta_tensor_no_storage', { reduce: rebuildMetaTensor })
add('torch._utils', '_rebuild_parameter', { reduce: rebuildParameter })
add('torch._utils', '_rebuild_parameter_with_state', { reduce: rebuildParameter })
add('torch.nn.parameter', 'Parameter', { reduce: makeParameter })
add('torch', 'Tensor', {})
const rebuilders = new Set([...fixed.values()].filter(({ module }) => module === 'torch._utils'))

/** (function, class, arguments, state): a tensor with Python attributes, or of a subclass, which is read as a plain tensor. */
add('torch._tensor', '_rebuild_from_type_v2', {
  reduce(args, context) {
    expectArguments(args, 4, 4, context)
    const [rebuild, , rebuildArgs, state] = args
    if (!(rebuild instanceof GlobalReference) || !rebuilders.has(rebuild.target) || !(rebuildArgs instanceof PyTuple)) {
      throw context.error('TSJ_ARCHIVE_TENSOR', `expected a function that rebuilds a tensor, found ${describe(rebuild)}`)
    }
    const tensor = rebuild.target.reduce!(rebuildArgs.items, context) as TensorDescriptor
    tensor.attributes = state
    return tensor
  },
})

// Storage classes. C++ names them after every scalar type, Python after the older ones.
const laterStorages: readonly (readonly [string, DType])[] = [
  ['UInt16Storage', 'uint16'],
  ['UInt32Storage', 'uint32'],
  ['UInt64Storage', 'uint64'],
  ['Float8_e5m2Storage', 'float8_e5m2'],
  ['Float8_e4m3fnStorage', 'float8_e4m3fn'],
  ['Float8_e5m2fnuzStorage', 'float8_e5m2fnuz'],
  ['Float8_e4m3fnuzStorage', 'float8_e4m3fnuz'],
]
for (const { storageClass, name } of dtypes) if (storageClass) addStorage('torch', storageClass, name)
for (const [name, dtype] of laterStorages) addStorage('torch', name, dtype)
addStorage('torch.storage', 'UntypedStorage', undefined)
addStorage('torch', 'UntypedStorage', undefined)

function addStorage(module: string, name: string, dtype: DType | undefined): void {
  add(module, name, { value: new TorchStorageType(name, dtype) })
}

// Plain values of torch.
const exoticDTypes = [
  'float8_e8m0fnu',
  'float4_e2m1fn_x2',
  'bits8',
  'bits16',
  'bits1x8',
  'bits2x4',
  'bits4x2',
  'uint1',
  'uint2',
  'uint3',
  'uint4',
  'uint5',
  'uint6',
  'uint7',
  'int1',
  'int2',
  'int3',
  'int4',
  'int5',
  'int6',
  'int7',
]
const layouts = ['strided', 'sparse_coo', 'sparse_csr', 'sparse_csc', 'sparse_bsr', 'sparse_bsc', '_mkldnn', 'jagged'] as const
const memoryFormats = ['contiguous_format', 'preserve_format', 'channels_last', 'channels_last_3d'] as const
const schemes = [
  'per_tensor_affine',
  'per_channel_affine',
  'per_tensor_symmetric',
  'per_channel_symmetric',
  'per_channel_affine_float_qparams',
] as const
for (const name of [...dtypes.map((info) => info.name), ...exoticDTypes]) add('torch', name, { value: new TorchConstant('dtype', name) })
for (const [alias, name] of Object.entries(dtypeAliases)) add('torch', alias, { value: fixed.get(`torch.${name}`)!.value })
for (const name of layouts) add('torch', name, { value: new TorchConstant('layout', name) })
for (const name of memoryFormats) add('torch', name, { value: new TorchConstant('memory_format', name) })
for (const name of schemes) add('torch', name, { value: new TorchConstant('qscheme', name) })

add('torch.serialization', '_get_layout', {
  reduce([text], context) {
    const found = typeof text === 'string' ? fixed.get(text)?.value : undefined
    if (found instanceof TorchConstant && found.kind === 'layout') return found
    throw context.error('TSJ_ARCHIVE_TENSOR', `expected the name of a layout, found ${describe(text)}`)
  },
})

/** ('cuda:0') or ('cuda', 0) */
add('torch', 'device', {
  reduce(args, context) {
    expectArguments(args, 1, 2, context)
    const [type, index] = args
    const match = typeof type === 'string' ? /^([a-z_]+)(?::(\d{1,4}))?$/.exec(type) : null
    if (!match || (args.length === 2 && (typeof index !== 'number' || index < 0 || match[2] !== undefined))) {
      throw context.error('TSJ_ARCHIVE_DEVICE', `expected a device such as cuda:0, found ${describe(type)}`)
    }
    return new TorchDevice(match[1], typeof index === 'number' ? index : match[2] === undefined ? undefined : Number(match[2]))
  },
})

add('torch', 'Size', {
  reduce(args, context) {
    expectArguments(args, 1, 1, context)
    const sizes = copyItems(args[0], context)
    if (sizes.every((size) => typeof size === 'number')) return new TorchSize(sizes)
    throw context.error('TSJ_PICKLE_TYPE', 'a torch.Size holds something that is no int')
  },
})

// TorchScript's typed lists.
for (const [name, annotation] of [
  ['build_intlist', 'List[int]'],
  ['build_doublelist', 'List[float]'],
  ['build_boollist', 'List[bool]'],
  ['build_tensorlist', 'List[Tensor]'],
] as const) {
  add('torch.jit._pickle', name, {
    reduce(args, context) {
      expectArguments(args, 1, 1, context)
      if (!Array.isArray(args[0])) throw context.error('TSJ_PICKLE_TYPE', `expected a list, found ${describe(args[0])}`)
      setTypeTag(args[0], annotation)
      return args[0]
    },
  })
}
/** What `build_intlist` was called in the first versions. */
add('__main__', 'IntList', {
  instantiable: true,
  build(_, state, context) {
    if (!Array.isArray(state)) throw context.error('TSJ_PICKLE_TYPE', `expected a list, found ${describe(state)}`)
    setTypeTag(state, 'List[int]')
    return state
  },
})
/** (list or dict, annotation) */
add('torch.jit._pickle', 'restore_type_tag', {
  reduce(args, context) {
    expectArguments(args, 2, 2, context)
    const [value, annotation] = args
    if ((!Array.isArray(value) && !(value instanceof PyDict)) || typeof annotation !== 'string') {
      throw context.error('TSJ_PICKLE_TYPE', `expected a list or dict with its type, found ${describe(value)} and ${describe(annotation)}`)
    }
    setTypeTag(value, annotation)
    return value
  },
})

// Python's own.
add('collections', 'OrderedDict', {
  reduce(args, context) {
    expectArguments(args, 0, 1, context)
    return args.length === 0 ? new PyDict() : new PyDict(pairs(args[0], context))
  },
})
add('collections', 'Counter', {
  reduce(args, context) {
    expectArguments(args, 0, 1, context)
    const dict = new PyDict()
    if (args[0] instanceof PyDict) for (const [key, value] of args[0]) dict.set(key, value, context)
    context.charge(8 * dict.size)
    return dict
  },
})
add('builtins', 'set', { reduce: ([items], context) => new PySet(items === undefined ? [] : copyItems(items, context), false, context) })
add('builtins', 'frozenset', {
  reduce: ([items], context) => new PySet(items === undefined ? [] : copyItems(items, context), true, context),
})
add('builtins', 'complex', {
  reduce(args, context) {
    expectArguments(args, 2, 2, context)
    return new PyComplex(readFloat(args[0], context), readFloat(args[1], context))
  },
})
add('builtins', 'bytearray', {
  reduce(args, context) {
    if (args.length === 0) return new Uint8Array(0)
    const [content, encoding] = args
    if (content instanceof Uint8Array && args.length === 1) {
      context.charge(content.byteLength / 16)
      return content.slice()
    }
    if (typeof content === 'string' && args.length === 2) return encodeText(content, encoding, context)
    throw context.error('TSJ_PICKLE_TYPE', `expected bytes, found ${describe(content)}`)
  },
})
/** Protocol 2 has no bytes: they are text in Latin-1, to be encoded. */
add('_codecs', 'encode', {
  reduce(args, context) {
    expectArguments(args, 2, 2, context)
    if (typeof args[0] !== 'string') throw context.error('TSJ_PICKLE_TYPE', `expected a str, found ${describe(args[0])}`)
    return encodeText(args[0], args[1], context)
  },
})

function encodeText(text: string, encoding: unknown, context: PickleContext): Uint8Array {
  context.charge(text.length / 16)
  const name = typeof encoding === 'string' ? encoding.toLowerCase().replace(/[-_]/g, '') : undefined
  if (name === 'utf8') return new TextEncoder().encode(text)
  if (name === 'latin1' || name === 'iso88591' || name === 'ascii') {
    const stranger = (name === 'ascii' ? /[^\0-\x7f]/ : /[^\0-\xff]/).exec(text)
    if (stranger) throw context.error('TSJ_PICKLE_STRING', `character ${stranger[0].charCodeAt(0)} is not in ${name}`)
    return new Uint8Array(Buffer.from(text, 'latin1'))
  }
  throw context.error('TSJ_PICKLE_STRING', `expected the encoding latin1, found ${describe(encoding)}`)
}

function copyItems(value: unknown, context: PickleContext): unknown[] {
  const items = value instanceof PyTuple ? value.items : Array.isArray(value) ? value : undefined
  if (!items) throw context.error('TSJ_PICKLE_TYPE', `expected a list or tuple, found ${describe(value)}`)
  context.charge(items.length)
  return [...items]
}

function pairs(value: unknown, context: PickleContext): [unknown, unknown][] {
  if (value instanceof PyDict) {
    context.charge(8 * value.size)
    return [...value]
  }
  return copyItems(value, context).map((item) => {
    const pair = item instanceof PyTuple ? item.items : Array.isArray(item) ? item : []
    if (pair.length !== 2) throw context.error('TSJ_PICKLE_TYPE', `expected a pair of key and value, found ${describe(item)}`)
    return [pair[0], pair[1]]
  })
}

function readFloat(value: unknown, context: PickleContext): number {
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
  throw context.error('TSJ_PICKLE_TYPE', `expected a float, found ${describe(value)}`)
}

function readId(value: unknown, context: PickleContext): number {
  if (typeof value === 'number' && value >= 0) return value
  throw context.error('TSJ_PICKLE_TYPE', `expected the number of a tensor, found ${describe(value)}`)
}
