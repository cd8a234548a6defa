import { Boxed, type Device, defaultGenerator, Generator, normInt, Tensor } from '@tsjit/runtime'
import type { BuiltinTable, NodeBuiltin, NodeBuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'
import { formatValue } from './format-value.ts'
import type { Int } from './int-arithmetic.ts'

/** Whether gradients would be recorded: tsjit records none, but programs may ask and set. */
let gradientsEnabled = true
const statistics = new Map<string, number>()

function sameSizes(a: Int[], b: Int[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i])
}

/** The shape that two shapes broadcast to. */
function broadcast(a: Int[], b: Int[]): Int[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const left = a[a.length - rank + i] ?? 1
    const right = b[b.length - rank + i] ?? 1
    if (left !== right && left !== 1 && right !== 1) {
      throw failure(
        'TSJ_SHAPE_BROADCAST',
        `The size of tensor a (${left}) must match the size of tensor b (${right}) at non-singleton dimension ${i}`,
      )
    }
    return left === 1 ? right : left
  })
}

export const system: BuiltinTable = {
  'aten::is_scripting': () => true,
  'aten::_get_tracing_state': () => false,
  'aten::has_torch_function': () => false,
  'aten::is_autocast_enabled': () => false,
  'aten::is_autocast_cpu_enabled': () => false,
  'aten::is_vulkan_available': () => false,
  'aten::_nnpack_available': () => false,
  'aten::_use_cudnn_rnn_flatten_weight': () => false,
  'aten::_get_cpu_capability': () => 'DEFAULT',
  'aten::is_grad_enabled': () => gradientsEnabled,
  'aten::set_grad_enabled': (value: boolean) => {
    gradientsEnabled = value
  },
  'aten::manual_seed': (seed: Int) => {
    defaultGenerator.manualSeed(seed)
  },
  'aten::Generator': (device: Device | null, seed: Int | null) => new Generator(seed ?? 67280421310721n, device ?? undefined),
  'aten::initial_seed': (generator: Generator) => normInt(BigInt.asIntN(64, generator.seed)),
  'aten::seed': (generator: Generator) =>
    normInt(BigInt.asIntN(64, generator.manualSeed(BigInt(Math.floor(Math.random() * 2 ** 52))).seed)),
  'aten::get_autocast_dtype': (device: string) => (device === 'cpu' ? 15 : 5),
  'aten::manual_seed.generator': (generator: Generator, seed: Int) => generator.manualSeed(seed),
  'aten::_infer_size': broadcast,
  'aten::broadcast_shapes': broadcast,
  'aten::_size_if_not_equal': (own: Int[], other: Int[]) => (sameSizes(own, other) ? null : own),
  'aten::sym_constrain_range': () => undefined,
  'aten::sym_constrain_range_for_size': () => undefined,
  'prim::AddStatValue': (key: string, value: Int) => {
    statistics.set(key, (statistics.get(key) ?? 0) + Number(value))
  },
  'prim::TimePoint': () => Math.round(performance.now() * 1e6),
  'prim::RaiseException': (message: string, className: string | null) => {
    throw failure('TSJ_RAISED', message, className ?? undefined)
  },
  'prim::BroadcastSizes': (...shapes: Int[][]) => shapes.reduce(broadcast, []),
  'prim::ReductionSizes': (size: Int[], axes: Int[], keep: boolean) =>
    keep ? size.map((n, i) => (axes.includes(i) ? 1 : n)) : size.filter((_, i) => !axes.includes(i)),
}

const hash: NodeBuiltin =
  (_node, _context, [type]) =>
  (value: unknown) => {
    if (typeof value === 'boolean') return Number(value)
    if (typeof value === 'number' && Number.isInteger(value)) return value
    let result = 17
    for (const char of formatValue(value, type)) result = (Math.imul(result, 31) + char.codePointAt(0)!) | 0
    return result
  }

/** Through the tensors of a list or tuple. */
const dequantize: NodeBuiltin =
  (_node, { dispatcher }) =>
  (value: unknown) => {
    const given = value instanceof Boxed ? value.value : value
    const one = (element: unknown): unknown => (element instanceof Tensor ? dispatcher.call('aten::dequantize.self', element) : element)
    if (!Array.isArray(given)) return one(given)
    const result = given.map(one)
    return value instanceof Boxed ? new Boxed(value.type, result) : result
  }

export const nodeSystem: NodeBuiltinTable = {
  'aten::dequantize.any': dequantize,
  'aten::hash.generic': hash,
  'aten::warn':
    (_node, { warn }) =>
    (message: string) =>
      warn(message),
  'aten::_print':
    (_node, { print }) =>
    (text: string) =>
      print(text),
  'aten::_assert_scalar': () => (value: unknown, message: string) => {
    if (!value) throw failure('TSJ_ASSERT', message)
  },
}
