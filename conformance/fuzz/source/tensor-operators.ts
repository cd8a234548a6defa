/** Operators that generated tensor programs are made of. */
import { type DType, dtypeInfo } from '@tsjit/types'

/** A tensor variable of a program, as far as it is known while the program is written. */
export interface Known {
  readonly name: string
  /** Undefined where it depends on data or on a branch. */
  readonly shape: readonly number[] | undefined
  readonly dtype: DType | undefined
  /** Its elements are small multiples of a quarter, so that comparing and rounding them does not hang on the last bit. */
  readonly exact: boolean
}

/** What an operator gives: its text, and what is known of the result. */
export type Made = { readonly text: string } & Omit<Known, 'name'>

/** What an operator may ask for while it is written. */
export interface Scope {
  below(n: number): number
  chance(p: number): boolean
  pick<T>(values: readonly T[]): T
  /** A variable for which the condition holds, or undefined. */
  find(holds?: (known: Known) => boolean): Known | undefined
  /** An int expression between 0 and n - 1 (or, one time in thirty, any). */
  index(n: number): string
  /** An index as tensors hold them: negative ones are refused by some operators, so one in twenty alone. */
  place(n: number): string
  /** A size as a number, or as a variable's size where one is known to have it. */
  size(n: number): string
}

export type TensorOperator = (scope: Scope) => Made | undefined

export const isFloat = (known: Known): boolean => known.dtype !== undefined && dtypeInfo(known.dtype).isFloat
const isInt = (known: Known): boolean => known.dtype !== undefined && dtypeInfo(known.dtype).isInteger
const isBool = (known: Known): boolean => known.dtype === 'bool'
const hasRank = (rank: number) => (known: Known) => known.shape?.length === rank
const atLeast = (rank: number) => (known: Known) => known.shape !== undefined && known.shape.length >= rank
const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)
const replaced = (shape: readonly number[], dim: number, size: number): number[] => shape.map((old, i) => (i === dim ? size : old))
const without = (shape: readonly number[], dim: number): number[] => shape.filter((_, i) => i !== dim)

function broadcast(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length)
  const shape: number[] = []
  for (let i = 1; i <= rank; i++) {
    const [x, y] = [a[a.length - i] ?? 1, b[b.length - i] ?? 1]
    if (x !== y && x !== 1 && y !== 1) return undefined
    shape.unshift(x === 1 ? y : x)
  }
  return shape
}

const order: readonly DType[] = ['bool', 'uint8', 'int8', 'int16', 'int32', 'int64', 'float16', 'bfloat16', 'float32', 'float64']
function promote(a: DType | undefined, b: DType | undefined): DType | undefined {
  if (a === undefined || b === undefined) return undefined
  const pair = [a, b]
  if (pair.includes('uint8') && pair.includes('int8')) return 'int16'
  if (pair.includes('float16') && pair.includes('bfloat16')) return 'float32'
  return order.indexOf(a) > order.indexOf(b) ? a : b
}
const floatOf = (dtype: DType | undefined): DType | undefined => dtype && (dtypeInfo(dtype).isFloat ? dtype : 'float32')
const sumOf = (dtype: DType | undefined): DType | undefined => dtype && (dtypeInfo(dtype).isFloat ? dtype : 'int64')

/** Two variables of shapes that broadcast. */
function pair(s: Scope, holds: (known: Known) => boolean = () => true): [Known, Known, readonly number[] | undefined] | undefined {
  const a = s.find(holds)
  if (!a) return undefined
  const b = s.find((other) => holds(other) && (!a.shape || !other.shape || broadcast(a.shape, other.shape) !== undefined))
  return b && [a, b, a.shape && b.shape ? broadcast(a.shape, b.shape) : undefined]
}

const like = (known: Known, text: string, more: Partial<Made> = {}): Made => ({ shape: known.shape, dtype: known.dtype, exact: known.exact, ...more, text })
const rough = { exact: false } as const

const pointwise: TensorOperator[] = [
  (s) => {
    const x = s.find(isFloat)
    const name = s.pick(['sigmoid', 'tanh', 'sin', 'cos', 'erf', 'exp2', 'expm1', 'atan', 'sinh', 'asinh', 'sigmoid', 'tanh'])
    return x && like(x, `torch.${name}(torch.clamp(${x.name}, -4, 4))`, rough)
  },
  (s) => {
    const x = s.find()
    return x && like(x, `torch.${s.pick(['sigmoid', 'tanh', 'cos', 'erf'])}(${x.name})`, { ...rough, dtype: floatOf(x.dtype) })
  },
  (s) => {
    const x = s.find(isFloat)
    const body = s.pick(['sqrt(torch.abs(X))', 'log1p(torch.abs(X))', 'rsqrt(torch.abs(X) + 1)', 'reciprocal(torch.abs(X) + 1)', 'log(torch.abs(X) + 0.5)', 'exp(-torch.abs(X))'])
    return x && like(x, `torch.${body.replace('X', x.name)}`, rough)
  },
  (s) => {
    const x = s.find(isFloat)
    const name = s.pick(['gelu', 'silu', 'softplus', 'elu', 'selu', 'mish', 'logsigmoid', 'celu', 'hardswish', 'hardsigmoid', 'tanhshrink'])
    return x && like(x, `F.${name}(${x.name})`, rough)
  },
  (s) => {
    const x = s.find(isFloat)
    const body = s.pick(['relu(X)', 'hardtanh(X)', 'leaky_relu(X, 0.25)', 'relu6(X)', 'threshold(X, 0.5, -1.)', 'hardshrink(X, 0.5)', 'softshrink(X, 0.5)'])
    return x && like(x, `F.${body.replace('X', x.name)}`)
  },
  (s) => {
    const x = s.find()
    return x && like(x, `torch.${s.pick(['neg', 'abs', 'relu', 'square', 'sign', 'positive'])}(${x.name})`)
  },
  (s) => {
    const x = s.find((known) => known.exact)
    return x && like(x, `torch.${s.pick(['floor', 'ceil', 'round', 'trunc', 'frac', 'sign', 'signbit', 'logical_not', 'isnan'])}(${x.name})`, { dtype: undefined })
  },
  (s) => {
    const found = pair(s)
    if (!found) return undefined
    const [a, b, shape] = found
    return { text: `${a.name} ${s.pick(['+', '-', '*'])} ${b.name}`, shape, dtype: promote(a.dtype, b.dtype), exact: false }
  },
  (s) => {
    const found = pair(s)
    if (!found) return undefined
    const [a, b, shape] = found
    const text = s.pick([`torch.${s.pick(['maximum', 'minimum'])}(A, B)`, 'torch.add(A, B, alpha=2)', 'torch.sub(A, B, alpha=2)', 'torch.max(A, B)'])
    return { text: text.replace('A', a.name).replace('B', b.name), shape, dtype: promote(a.dtype, b.dtype), exact: a.exact && b.exact }
  },
  (s) => {
    const x = s.find()
    const number = s.pick(['1', '2', '-1', '3', '0.5', '2.0', '-0.25', 'True'])
    const float = number.includes('.')
    const text = s.pick([`X ${s.pick(['+', '-', '*'])} N`, 'N - X', 'N + X', 'N * X', 'torch.add(X, N)'])
    const dtype = x?.dtype && (float ? floatOf(x.dtype) : x.dtype === 'bool' ? undefined : x.dtype)
    return x && { text: text.replace('X', x.name).replace('N', number), shape: x.shape, dtype, exact: x.exact && !text.includes('*') }
  },
  (s) => {
    const found = pair(s)
    if (!found) return undefined
    const [a, b, shape] = found
    const text = s.chance(0.5) ? `${a.name} / (torch.abs(${b.name}) + 1)` : `${a.name} / ${s.pick(['2', '4.0', '3'])}`
    return { text, shape: text.includes('abs') ? shape : a.shape, dtype: floatOf(promote(a.dtype, b.dtype)), exact: false }
  },
  (s) => {
    const found = pair(s, (known) => known.exact)
    if (!found) return undefined
    const [a, b, shape] = found
    const name = s.pick(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'logical_and', 'logical_or', 'logical_xor'])
    return { text: `torch.${name}(${a.name}, ${b.name})`, shape, dtype: 'bool', exact: true }
  },
  (s) => {
    const x = s.find((known) => known.exact)
    return x && like(x, `${x.name} ${s.pick(['>', '<', '==', '!=', '>=', '<='])} ${s.pick(['0', '1', '0.5', '-1'])}`, { dtype: 'bool', exact: true })
  },
  (s) => {
    const found = pair(s, (known) => isInt(known) || isBool(known))
    if (!found) return undefined
    const [a, b, shape] = found
    return { text: `${a.name} ${s.pick(['&', '|', '^'])} ${b.name}`, shape, dtype: promote(a.dtype, b.dtype), exact: true }
  },
  (s) => {
    const x = s.find((known) => known.exact && !isBool(known))
    return x && like(x, `${x.name} ${s.pick(['%', '//'])} ${s.pick(['2', '3', '-2', '0.5'])}`, { dtype: undefined })
  },
  (s) => {
    const x = s.find(isInt)
    return x && like(x, s.pick([`~${x.name}`, `${x.name} << 1`, `${x.name} >> 1`, `torch.bitwise_and(${x.name}, 3)`]))
  },
  (s) => {
    const mask = s.find(isBool)
    const found = mask && pair(s)
    if (!mask || !found) return undefined
    const [a, b, shape] = found
    const all = shape && mask.shape ? broadcast(shape, mask.shape) : undefined
    return { text: `torch.where(${mask.name}, ${a.name}, ${s.chance(0.3) ? '0.5' : b.name})`, shape: all, dtype: undefined, exact: false }
  },
  (s) => {
    const x = s.find()
    const text = s.pick(['torch.clamp(X, -1, 1)', 'torch.clamp(X, min=0)', 'X.clamp_max(1)', 'torch.clip(X, -1, 2)', 'X.clamp_min(-1)'])
    return x && like(x, text.replace('X', x.name))
  },
  (s) => {
    const x = s.find(isFloat)
    const y = x && s.find((other) => other.dtype === x.dtype && String(other.shape) === String(x.shape))
    const text = s.pick(['torch.addcmul(X, Y, Y, value=0.5)', 'torch.lerp(X, Y, 0.25)', 'torch.addcdiv(X, Y, torch.abs(Y) + 1)', 'torch.hypot(X, Y)', 'torch.atan2(X, torch.abs(Y) + 1)', 'torch.fmod(X, torch.abs(Y) + 1)'])
    if (text.includes('fmod') && !(x?.exact && y?.exact)) return undefined
    return x && y && like(x, text.replaceAll('X', x.name).replaceAll('Y', y.name), rough)
  },
  (s) => {
    const x = s.find()
    return x && like(x, `${x.name} ** ${s.pick(['2', '2.0', '3'])}`, { ...rough, dtype: undefined })
  },
]

const reductions: TensorOperator[] = [
  (s) => {
    const x = s.find()
    return x && { text: `${x.name}.sum()`, shape: [], dtype: sumOf(x.dtype), exact: x.exact && !isFloat(x) }
  },
  (s) => {
    const x = s.find(isFloat)
    return x && { text: `${x.name}.${s.pick(['mean()', 'norm()', 'std()', 'var()', 'prod()'])}`, shape: [], dtype: x.dtype, exact: false }
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && product(known.shape!) > 0)
    return x && { text: `${x.name}.${s.pick(['max()', 'min()', 'amax()', 'amin()'])}`, shape: [], dtype: x.dtype, exact: x.exact }
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const keep = s.chance(0.5)
    const name = s.pick(isFloat(x) ? ['sum', 'mean', 'amax', 'amin', 'sum', 'mean', 'prod', 'logsumexp', 'norm1', 'var', 'std'] : ['sum', 'amax', 'amin', 'all', 'any', 'prod'])
    const dimText = s.chance(0.3) ? `[${dim}]` : String(s.chance(0.5) ? dim : dim - x.shape.length)
    const shape = keep ? replaced(x.shape, dim, 1) : without(x.shape, dim)
    const exact = ['amax', 'amin', 'all', 'any'].includes(name) && x.exact
    const dtype = ['amax', 'amin'].includes(name) ? x.dtype : ['all', 'any'].includes(name) ? 'bool' : sumOf(x.dtype)
    if (name === 'norm1') return { text: `torch.norm(${x.name}, p=${s.pick(['1', '2'])}, dim=${dim}, keepdim=${keep ? 'True' : 'False'})`, shape, dtype, exact: false }
    return { text: `torch.${name}(${x.name}, ${name === 'prod' ? dim : dimText}, keepdim=${keep ? 'True' : 'False'})`, shape, dtype, exact }
  },
  (s) => {
    const x = s.find((known) => known.exact && atLeast(1)(known) && product(known.shape!) > 0)
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const name = s.pick(['max', 'min'])
    return { text: `torch.${name}(${x.name}, ${dim})[0]`, shape: without(x.shape, dim), dtype: x.dtype, exact: true }
  },
  (s) => {
    const x = s.find((known) => known.exact && atLeast(1)(known) && product(known.shape!) > 0)
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    return { text: `torch.${s.pick(['argmax', 'argmin'])}(${x.name}, ${dim})`, shape: without(x.shape, dim), dtype: 'int64', exact: true }
  },
  (s) => {
    const x = s.find(atLeast(1))
    const dim = x?.shape ? s.below(x.shape.length) : 0
    return x && like(x, `torch.cumsum(${x.name}, ${dim})`, { dtype: sumOf(x.dtype), exact: !isFloat(x) })
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(1)(known))
    const dim = x?.shape ? s.below(x.shape.length) : 0
    return x && like(x, `${s.pick(['torch.softmax', 'torch.log_softmax', 'F.softmax', 'F.normalize'])}(${x.name}, ${s.chance(0.5) ? dim : -1}).detach()`.replace('F.normalize(', 'F.normalize(').replace(/(F\.normalize\(\w+), /, '$1, 2.0, '), rough)
  },
  (s) => {
    const x = s.find((known) => known.exact && atLeast(1)(known))
    if (!x?.shape) return undefined
    const [dim] = [s.below(x.shape.length)]
    if (s.chance(0.5)) return like(x, `torch.sort(${x.name}, ${dim}, descending=${s.pick(['True', 'False'])})[0]`)
    const k = Math.min(x.shape[dim], 2)
    return { text: `torch.topk(${x.name}, ${k}, ${dim})[0]`, shape: replaced(x.shape, dim, k), dtype: x.dtype, exact: true }
  },
  (s) => {
    const x = s.find()
    return x && { text: `torch.count_nonzero(${x.name})`, shape: [], dtype: 'int64', exact: true }
  },
]

const products: TensorOperator[] = [
  (s) => {
    const a = s.find((known) => isFloat(known) && atLeast(2)(known))
    const b = a && s.find((other) => other.dtype === a.dtype && atLeast(2)(other) && (other.shape!.at(-1) === a.shape!.at(-1) || other.shape!.at(-2) === a.shape!.at(-1)))
    if (!a?.shape || !b?.shape) return undefined
    const flipped = b.shape.at(-2) !== a.shape.at(-1)
    const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2))
    const shape = batch && [...batch, a.shape.at(-2)!, flipped ? b.shape.at(-2)! : b.shape.at(-1)!]
    return { text: `torch.matmul(${a.name}, ${b.name}${flipped ? '.transpose(-1, -2)' : ''})`, shape, dtype: a.dtype, exact: false }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && atLeast(1)(known) && known.shape!.at(-1)! > 0)
    const w = a && s.find((other) => other.dtype === a.dtype && hasRank(2)(other) && other.shape![1] === a.shape!.at(-1))
    if (!a?.shape || !w?.shape) return undefined
    const bias = s.find((other) => other.dtype === a.dtype && hasRank(1)(other) && other.shape![0] === w.shape![0])
    return { text: `F.linear(${a.name}, ${w.name}${bias && s.chance(0.6) ? `, ${bias.name}` : ''})`, shape: [...a.shape.slice(0, -1), w.shape[0]], dtype: a.dtype, exact: false }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && hasRank(2)(known))
    const v = a && s.find((other) => other.dtype === a.dtype && hasRank(1)(other) && other.shape![0] === a.shape![1])
    if (!a?.shape || !v) return undefined
    return { text: s.pick([`${a.name} @ ${v.name}`, `torch.mv(${a.name}, ${v.name})`, `torch.einsum('ij,j->i', ${a.name}, ${v.name})`]), shape: [a.shape[0]], dtype: a.dtype, exact: false }
  },
  (s) => {
    const v = s.find((known) => isFloat(known) && hasRank(1)(known))
    const w = v && s.find((other) => other.dtype === v.dtype && hasRank(1)(other))
    if (!v?.shape || !w?.shape) return undefined
    return s.chance(0.5) || v.shape[0] !== w.shape[0]
      ? { text: `torch.outer(${v.name}, ${w.name})`, shape: [v.shape[0], w.shape[0]], dtype: v.dtype, exact: false }
      : { text: `torch.dot(${v.name}, ${w.name})`, shape: [], dtype: v.dtype, exact: false }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && hasRank(2)(known))
    if (!a?.shape) return undefined
    const [n, k] = a.shape
    const c = s.pick([`torch.ones(${s.size(k)})`, '0.5', `${a.name}.sum(0)`])
    return c === '0.5'
      ? { text: `torch.mm(${a.name}, ${a.name}.t()) * 0.5`, shape: [n, n], dtype: a.dtype, exact: false }
      : { text: `torch.addmm(${c.replace('))', `), dtype=${a.name}.dtype)`).replace(/ones\((\d+)\)/, `ones($1, dtype=${a.name}.dtype)`)}, ${a.name}.t(), ${a.name}, beta=0.5, alpha=${s.pick(['1', '2'])})`, shape: [k, k], dtype: a.dtype, exact: false }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && hasRank(3)(known))
    if (!a?.shape) return undefined
    const [b, n] = a.shape
    return { text: s.pick([`torch.bmm(${a.name}, ${a.name}.transpose(1, 2))`, `torch.einsum('bik,bjk->bij', ${a.name}, ${a.name})`, `${a.name} @ ${a.name}.mT`]), shape: [b, n, n], dtype: a.dtype, exact: false }
  },
]

const layers: TensorOperator[] = [
  (s) => {
    const x = s.find((known) => known.dtype === 'float32' && hasRank(4)(known))
    if (!x?.shape) return undefined
    const [n, c, h, w] = x.shape
    const [out, k] = [1 + s.below(5), 1 + s.below(Math.min(3, h, w))]
    const padding = s.below(2)
    const weight = `torch.arange(${out} * ${s.size(c)} * ${k * k}, dtype=torch.float32).reshape(${out}, -1, ${k}, ${k}) / 16`
    const size = (v: number): number => v + 2 * padding - k + 1
    return { text: `F.conv2d(${x.name}, ${weight}${s.chance(0.5) ? `, torch.ones(${out})` : ''}${padding ? ', padding=1' : ''})`, shape: [n, out, size(h), size(w)], dtype: x.dtype, exact: false }
  },
  (s) => {
    const x = s.find((known) => known.dtype === 'float32' && hasRank(3)(known) && known.shape![2] >= 2)
    if (!x?.shape) return undefined
    const [n, c, l] = x.shape
    return { text: `F.conv1d(${x.name}, torch.ones(${s.size(c)}, 1, 2) / 2, groups=${s.size(c)})`, shape: [n, c, l - 1], dtype: x.dtype, exact: false }
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && hasRank(4)(known) && known.shape![2] >= 2 && known.shape![3] >= 2)
    if (!x?.shape) return undefined
    const [n, c, h, w] = x.shape
    const half = [n, c, h >> 1, w >> 1]
    return s.pick<Made>([
      { text: `F.max_pool2d(${x.name}, 2)`, shape: half, dtype: x.dtype, exact: x.exact },
      { text: `F.avg_pool2d(${x.name}, 2)`, shape: half, dtype: x.dtype, exact: false },
      { text: `F.adaptive_avg_pool2d(${x.name}, [1, 1])`, shape: [n, c, 1, 1], dtype: x.dtype, exact: false },
      { text: `F.interpolate(${x.name}, scale_factor=2.0, mode='nearest')`, shape: [n, c, 2 * h, 2 * w], dtype: x.dtype, exact: x.exact },
      { text: `F.batch_norm(${x.name}, torch.zeros(${c}, dtype=${x.name}.dtype), torch.ones(${c}, dtype=${x.name}.dtype))`, shape: x.shape, dtype: x.dtype, exact: false },
      { text: `F.pad(${x.name}, [1, 1, 0, 1])`, shape: [n, c, h + 1, w + 2], dtype: x.dtype, exact: x.exact },
      { text: `F.pad(${x.name}, [1, 1, 1, 1], mode='${s.pick(['reflect', 'replicate'])}')`, shape: [n, c, h + 2, w + 2], dtype: x.dtype, exact: x.exact },
      { text: `F.instance_norm(${x.name}, eps=0.5)`, shape: x.shape, dtype: x.dtype, exact: false },
    ])
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(1)(known) && known.shape!.at(-1)! > 1)
    if (!x?.shape) return undefined
    const n = x.shape.at(-1)!
    return like(x, `F.layer_norm(${x.name}, [${s.size(n)}]${s.chance(0.5) ? `, torch.ones(${s.size(n)}, dtype=${x.name}.dtype)` : ''}, eps=0.5)`, rough)
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(3)(known))
    return x && like(x, `F.group_norm(${x.name}, 1, eps=0.5)`, rough)
  },
  (s) => {
    const index = s.find((known) => known.dtype === 'int64')
    if (!index) return undefined
    return s.chance(0.5)
      ? { text: `F.embedding(${index.name} % 4, torch.arange(12, dtype=torch.float32).reshape(4, 3))`, shape: index.shape && [...index.shape, 3], dtype: 'float32', exact: true }
      : { text: `F.one_hot(${index.name} % 3, 3)`, shape: index.shape && [...index.shape, 3], dtype: 'int64', exact: true }
  },
  (s) => {
    const x = s.find((known) => known.dtype === 'float32' && hasRank(3)(known))
    return x && like(x, `F.scaled_dot_product_attention(${x.name}, ${x.name}, ${x.name})`, rough)
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(1)(known))
    return x && like(x, `F.dropout(${x.name}, 0.5, False)`)
  },
]

/** Views: the results share memory with what they are taken of. */
export const views: TensorOperator[] = [
  (s) => {
    const x = s.find(hasRank(2))
    return x?.shape && like(x, `${x.name}${s.pick(['.t()', '.T', '.transpose(0, 1)', '.mT'])}`, { shape: [x.shape[1], x.shape[0]] })
  },
  (s) => {
    const x = s.find(atLeast(2))
    if (!x?.shape) return undefined
    const [a, b] = [s.below(x.shape.length), s.below(x.shape.length)]
    const shape = [...x.shape]
    ;[shape[a], shape[b]] = [shape[b], shape[a]]
    return like(x, `${x.name}.transpose(${a}, ${s.chance(0.5) ? b : b - shape.length})`, { shape })
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dims = x.shape.map((_, i) => i).reverse()
    if (s.chance(0.5)) dims.push(dims.shift()!)
    return like(x, `${x.name}.permute(${dims})`, { shape: dims.map((dim) => x.shape![dim]) })
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape || product(x.shape) === 0) return undefined
    const n = product(x.shape)
    const shape = s.pick([[n], [-1], [1, n], [n, 1], x.shape.length > 1 ? [x.shape[0], -1] : [-1, 1], ...(n % 2 === 0 ? [[2, -1], [-1, 2]] : [])])
    const made = shape.map((size) => (size === -1 ? n / -product(shape) : size))
    return like(x, `${x.name}.${s.pick(['reshape', 'reshape', 'view', 'contiguous().view'])}(${shape.map((size, i) => (i === 0 && size > 0 && x.shape!.length > 1 && shape.length === 2 && size === x.shape![0] ? `${x.name}.size(0)` : size))})`, { shape: made })
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    return like(x, `${x.name}[${':, '.repeat(dim)}${s.index(x.shape[dim])}]`, { shape: without(x.shape, dim) })
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const n = x.shape[dim]
    const [text, size] = s.pick<[string, number]>([
      ['1:', Math.max(0, n - 1)], [':-1', Math.max(0, n - 1)], ['::2', Math.ceil(n / 2)], [':2', Math.min(2, n)], ['1::2', Math.floor(n / 2)], ['-2:', Math.min(2, n)], ['0:0', 0], [':', n],
    ])
    return like(x, `${x.name}[${':, '.repeat(dim)}${text}]`, { shape: replaced(x.shape, dim, size) })
  },
  (s) => {
    const x = s.find()
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length + 1)
    return s.chance(0.7)
      ? like(x, `${x.name}.unsqueeze(${dim})`, { shape: [...x.shape.slice(0, dim), 1, ...x.shape.slice(dim)] })
      : like(x, s.pick([`${x.name}[None]`, `${x.name}[..., None]`, `${x.name}.squeeze()`, `${x.name}.squeeze(0)`, `${x.name}.squeeze(-1)`]), { shape: undefined })
  },
  (s) => {
    const x = s.find((known) => known.shape !== undefined && known.shape.length < 4)
    return x?.shape && like(x, s.pick([`${x.name}.expand(2, ${x.shape.map(() => -1)})`, `${x.name}.broadcast_to([2, ${x.shape}])`]).replace(', )', ')').replace(', ]', ']'), { shape: [2, ...x.shape] })
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape!.every((size) => size > 0))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const n = x.shape[dim]
    return s.pick<Made>([
      like(x, `${x.name}.narrow(${dim}, ${s.index(n)}, 1)`, { shape: replaced(x.shape, dim, 1) }),
      like(x, `torch.chunk(${x.name}, 2, ${dim})[0]`, { shape: replaced(x.shape, dim, Math.ceil(n / 2)) }),
      like(x, `torch.split(${x.name}, 1, ${dim})[${s.index(n)}]`, { shape: replaced(x.shape, dim, 1) }),
      like(x, `torch.unbind(${x.name}, ${dim})[-1]`, { shape: without(x.shape, dim) }),
      like(x, `${x.name}.flatten()`, { shape: [product(x.shape)] }),
      like(x, `${x.name}.unfold(${dim}, 1, 1)`, { shape: [...x.shape, 1] }),
      like(x, `${x.name}.movedim(${dim}, 0)`, { shape: [n, ...without(x.shape, dim)] }),
      like(x, `${x.name}.select(${dim}, -1)`, { shape: without(x.shape, dim) }),
    ])
  },
  (s) => {
    const x = s.find(atLeast(2))
    return x && like(x, `torch.diagonal(${x.name}, 0, -2, -1)`, { shape: x.shape && [...x.shape.slice(0, -2), Math.min(x.shape.at(-1)!, x.shape.at(-2)!)] })
  },
  (s) => {
    const x = s.find()
    return x && like(x, s.pick([`${x.name}.detach()`, `${x.name}.view_as(${x.name})`, `${x.name}.expand_as(${x.name})`, `${x.name}.contiguous()`, `${x.name}.to(${x.name}.dtype)`]))
  },
]

const joining: TensorOperator[] = [
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const y = s.find((other) => other.shape?.length === x.shape!.length && other.shape.every((size, i) => i === dim || size === x.shape![i]))
    if (!y?.shape) return undefined
    return { text: `torch.cat([${x.name}, ${y.name}], ${s.chance(0.5) ? dim : dim - x.shape.length})`, shape: replaced(x.shape, dim, x.shape[dim] + y.shape[dim]), dtype: promote(x.dtype, y.dtype), exact: x.exact && y.exact }
  },
  (s) => {
    const x = s.find()
    const y = x && s.find((other) => String(other.shape) === String(x.shape))
    if (!x?.shape || !y) return undefined
    const dim = s.below(x.shape.length + 1)
    return { text: `torch.stack([${x.name}, ${y.name}], ${dim})`, shape: [...x.shape.slice(0, dim), 2, ...x.shape.slice(dim)], dtype: promote(x.dtype, y.dtype), exact: x.exact && y.exact }
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    return s.pick<Made>([
      like(x, `torch.flip(${x.name}, [${dim}])`),
      like(x, `torch.roll(${x.name}, 1, ${dim})`),
      like(x, `${x.name}.repeat(2, ${x.shape.map(() => 1)})`, { shape: [2, ...x.shape] }),
      like(x, `torch.tile(${x.name}, [2])`, { shape: replaced(x.shape, x.shape.length - 1, x.shape.at(-1)! * 2) }),
      like(x, `torch.repeat_interleave(${x.name}, 2, ${dim})`, { shape: replaced(x.shape, dim, x.shape[dim] * 2) }),
      like(x, `${x.name}.clone()`),
    ])
  },
  (s) => {
    const x = s.find(atLeast(2))
    return x && like(x, `torch.${s.pick(['tril', 'triu'])}(${x.name}${s.chance(0.4) ? `, ${s.pick(['1', '-1'])}` : ''})`)
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape![0] > 0)
    if (!x?.shape) return undefined
    const n = x.shape[0]
    const index = `torch.tensor([${s.place(n)}, ${s.place(n)}])`
    return s.pick<Made>([
      like(x, `${x.name}[${index}]`, { shape: [2, ...x.shape.slice(1)] }),
      like(x, `torch.index_select(${x.name}, 0, ${index})`, { shape: [2, ...x.shape.slice(1)] }),
      like(x, `${x.name}[[0, 0]]`, { shape: undefined }),
      like(x, `torch.take(${x.name}, ${index})`, { shape: [2] }),
    ])
  },
  (s) => {
    const x = s.find(atLeast(1))
    const mask = x && s.find((other) => isBool(other) && String(other.shape) === String(x.shape))
    return x && mask && like(x, s.pick([`${x.name}[${mask.name}]`, `torch.masked_select(${x.name}, ${mask.name})`, `${x.name}.masked_fill(${mask.name}, 0.5)`, `${x.name}.masked_fill(${mask.name}, 2)`]), { shape: undefined })
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape!.every((size) => size > 0))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const zeros = `torch.zeros_like(${x.name}, dtype=torch.int64)`
    return s.pick<Made>([
      like(x, `torch.gather(${x.name}, ${dim}, ${zeros})`),
      like(x, `${x.name}.scatter(${dim}, ${zeros}, 1)`),
      like(x, `torch.index_add(${x.name}, ${dim}, torch.zeros(1, dtype=torch.int64), ${x.name}.narrow(${dim}, 0, 1))`),
      like(x, `${x.name}.index_fill(${dim}, torch.tensor([0]), 3)`),
      like(x, `torch.select_scatter(${x.name}, ${x.name}.select(${dim}, -1), ${dim}, 0)`),
    ])
  },
]

const factories: TensorOperator[] = [
  (s) => {
    const x = s.find()
    return x && like(x, s.pick([`torch.zeros_like(${x.name})`, `torch.ones_like(${x.name})`, `torch.full_like(${x.name}, 2)`, `torch.empty_like(${x.name}).fill_(1)`, `${x.name}.new_zeros(${x.name}.size())`]), { exact: true })
  },
  (s) => {
    const x = s.find()
    const dtype = s.pick<DType>(['float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'uint8', 'bool', 'int8'])
    // what is cut off or out of range hangs on the last bit, or on the machine
    if (!x || (!dtypeInfo(dtype).isFloat && !(x.exact && (dtype !== 'uint8' || !isFloat(x))))) return undefined
    // what integers make of NaN and infinity is the processor's affair
    const finite = isFloat(x) && !dtypeInfo(dtype).isFloat && dtype !== 'bool' ? `torch.nan_to_num(${x.name}, 0.0, 7.0, -7.0)` : x.name
    return like(x, `${finite}.to(torch.${dtype})`, { dtype, exact: x.exact && dtype !== 'bfloat16' })
  },
  (s) => {
    const x = s.find()
    const [text, dtype] = s.pick<[string, DType]>([['float()', 'float32'], ['double()', 'float64'], ['to(torch.bool)', 'bool']])
    return x && like(x, `${x.name}.${text}`, { dtype })
  },
  (s) => {
    const n = 1 + s.below(5)
    return s.pick<Made>([
      { text: `torch.arange(${n})`, shape: [n], dtype: 'int64', exact: true },
      { text: `torch.ones(${n}, 2)`, shape: [n, 2], dtype: 'float32', exact: true },
      { text: `torch.eye(${n})`, shape: [n, n], dtype: 'float32', exact: true },
      { text: `torch.full([2, ${n}], 1.5)`, shape: [2, n], dtype: 'float32', exact: true },
      { text: 'torch.tensor([1., -2., 0.5])', shape: [3], dtype: 'float32', exact: true },
      { text: 'torch.tensor([[1, 2], [3, 4]])', shape: [2, 2], dtype: 'int64', exact: true },
      { text: `torch.linspace(0, 1, ${n})`, shape: [n], dtype: 'float32', exact: false },
      { text: 'torch.tensor(2.5)', shape: [], dtype: 'float32', exact: true },
      { text: 'torch.tensor(True)', shape: [], dtype: 'bool', exact: true },
      { text: `torch.zeros([0, ${n}])`, shape: [0, n], dtype: 'float32', exact: true },
    ])
  },
]

/** All operators that give a new variable, families by how often they are wanted. */
export const families: readonly (readonly TensorOperator[])[] = [
  pointwise, pointwise, pointwise, reductions, products, layers, views, views, joining, factories,
]

/** A statement that writes in place into a variable: its text, and whether the elements stay exact. */
export type Write = { readonly text: string; readonly target: Known; readonly exact: boolean }

export const writes: readonly ((s: Scope) => Write | undefined)[] = [
  (s) => {
    const found = pair(s)
    if (!found || String(found[2]) !== String(found[0].shape)) return undefined
    const [x, y] = found
    const text = s.pick(['X += Y', 'X -= Y', 'X *= Y', 'X.add_(Y)', 'X.mul_(Y)', 'X.copy_(Y)', 'X.sub_(Y, alpha=2)', 'X[...] = Y', 'X.add_(Y)'])
    return { text: text.replace('X', x.name).replace('Y', y.name), target: x, exact: x.exact && y.exact && !text.includes('*') && !text.includes('mul') }
  },
  (s) => {
    const x = s.find()
    const text = s.pick(['X += 1', 'X *= 2', 'X.add_(1)', 'X.mul_(0.5)', 'X.zero_()', 'X.fill_(2)', 'X -= 0.5', 'X.neg_()', 'X.clamp_(-1, 1)', 'X.relu_()', 'X.abs_()'])
    return x && { text: text.replace('X', x.name), target: x, exact: x.exact && !text.includes('*') && !text.includes('mul') }
  },
  (s) => {
    const x = s.find(isFloat)
    return x && { text: `${x.name}.${s.pick(['sigmoid_()', 'tanh_()', 'div_(2)', 'div_(3)', 'square_()', 'cos_()'])}`, target: x, exact: false }
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const i = s.index(x.shape[0])
    const place = s.pick([`[${i}]`, '[1:]', '[::2]', '[-1]', '[:1]', x.shape.length > 1 ? '[:, 0]' : '[0]', x.shape.length > 1 ? '[..., 1:]' : '[:2]'])
    const value = s.pick(['1', '0.5', `${x.name}[0]`, '2'])
    const text = s.pick([`X${place} = ${value === `${x.name}[0]` && !place.startsWith(`[${i}`) ? '1' : value}`, `X${place} += 1`, `X${place} *= 2`, `X${place}.add_(1)`, `X${place}.zero_()`])
    return { text: text.replace('X', x.name), target: x, exact: x.exact && !text.includes('*') }
  },
  (s) => {
    const x = s.find(hasRank(2))
    return x && { text: s.pick([`${x.name}.t().add_(1)`, `${x.name}.t()[0] = 2`, `${x.name}.diagonal().fill_(3)`, `${x.name}.view(-1)[1:] -= 1`, `${x.name}.T[:, 0].mul_(2)`]), target: x, exact: x.exact }
  },
  (s) => {
    const x = s.find(atLeast(1))
    const mask = x && s.find((other) => isBool(other) && String(other.shape) === String(x.shape))
    return x && mask && { text: s.pick([`X[M] = 1`, `X.masked_fill_(M, 0.5)`, `X[M] += 1`, `X[M] = X[M] + 1`]).replaceAll('X', x.name).replaceAll('M', mask.name), target: x, exact: x.exact }
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape![0] > 0)
    if (!x?.shape) return undefined
    const index = `torch.tensor([${s.place(x.shape[0])}])`
    return { text: s.pick([`X[I] = 2`, `X.index_fill_(0, I, 1)`, `X.index_add_(0, I, X[:1].clone())`, `X[I] += 1`, `X.index_copy_(0, I, X[-1:].clone())`]).replaceAll('X', x.name).replace('I', index), target: x, exact: x.exact }
  },
]
