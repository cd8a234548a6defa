/** Products of tensors of any rank, in terms of `mm`, `bmm`, `mv` and `dot`. */
import { RuntimeError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'
import { einsum } from './einsum.ts'

const size = (shape: readonly number[]): number => shape.reduce((n, s) => n * s, 1)

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1
    const y = b[b.length - rank + i] ?? 1
    if (x !== y && x !== 1 && y !== 1) {
      throw new RuntimeError(
        'TSJ_SHAPE_BROADCAST',
        `The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${i}`,
      )
    }
    return x === 1 ? y : x
  })
}

/** NumPy's matmul: vectors stand for rows or columns, leading dimensions broadcast. */
function matmul(op: Dispatch, a: TensorLike, b: TensorLike): unknown {
  if (a.ndim === 0 || b.ndim === 0) {
    throw new RuntimeError('TSJ_SHAPE_MATMUL', `both arguments to matmul need to be at least 1D, but they are ${a.ndim}D and ${b.ndim}D`)
  }
  if (a.ndim === 1 && b.ndim === 1) return op.call('aten::dot', a, b)
  if (a.ndim === 2 && b.ndim === 1) return op.call('aten::mv', a, b)
  if (a.ndim === 1 && b.ndim === 2) return op.call('aten::squeeze.dim', op.call('aten::mm', op.call('aten::unsqueeze', a, 0), b), 0)
  if (a.ndim === 2 && b.ndim === 2) return op.call('aten::mm', a, b)
  // one matrix against many: the leading dimensions become rows
  if (b.ndim <= 2) {
    const depth = a.shape[a.ndim - 1]
    const lead = a.shape.slice(0, -1)
    const flat = op.call('aten::reshape', a, [size(lead), depth])
    if (b.ndim === 1) return op.call('aten::reshape', op.call('aten::mv', flat, b), lead)
    return op.call('aten::reshape', op.call('aten::mm', flat, b), [...lead, b.shape[1]])
  }
  const left = a.ndim === 1 ? op.call('aten::unsqueeze', a, 0) : a
  const right = b.ndim === 1 ? op.call('aten::unsqueeze', b, 1) : b
  const lead = broadcast(left.shape.slice(0, -2), right.shape.slice(0, -2))
  const flatten = (t: TensorLike): unknown => {
    const matrix = t.shape.slice(-2)
    return op.call('aten::reshape', op.call('aten::expand', t, [...lead, ...matrix]), [size(lead), ...matrix])
  }
  const product = op.call('aten::bmm', flatten(left), flatten(right))
  const rows = a.ndim === 1 ? [] : [left.shape[left.ndim - 2]]
  const columns = b.ndim === 1 ? [] : [right.shape[right.ndim - 1]]
  return op.call('aten::reshape', product, [...lead, ...rows, ...columns])
}

function outer(op: Dispatch, a: TensorLike, b: TensorLike): unknown {
  for (const [t, name] of [
    [a, 'self'],
    [b, 'vec2'],
  ] as const) {
    if (t.ndim !== 1) throw new RuntimeError('TSJ_SHAPE_MATMUL', `outer: Expected 1-D argument ${name}, but got ${t.ndim}-D`)
  }
  return op.call('aten::mul.Tensor', op.call('aten::unsqueeze', a, 1), b)
}

/** Contracts `dimsA` of `a` with `dimsB` of `b`. */
function tensordot(op: Dispatch, a: TensorLike, b: TensorLike, dimsA: number[], dimsB: number[]): unknown {
  if (dimsA.length !== dimsB.length) throw new RuntimeError('TSJ_SHAPE_MATMUL', 'both dimension lists should have same length')
  const wrap = (dims: number[], t: TensorLike): number[] =>
    dims.map((dim) => {
      if (dim < -t.ndim || dim >= t.ndim)
        throw new RuntimeError(
          'TSJ_DIM_RANGE',
          `Dimension out of range (expected to be in range of [${-t.ndim}, ${t.ndim - 1}], but got ${dim})`,
        )
      return dim < 0 ? dim + t.ndim : dim
    })
  const [own, theirs] = [wrap(dimsA, a), wrap(dimsB, b)]
  let [left, right]: any[] = [a, b]
  let depth = 1
  own.forEach((dim, i) => {
    const [x, y] = [a.shape[dim], b.shape[theirs[i]]]
    if (y === 1 && x !== 1) left = op.call('aten::sum.dim_IntList', left, [dim], true)
    else if (x === 1 && y !== 1) right = op.call('aten::sum.dim_IntList', right, [theirs[i]], true)
    else if (x !== y) {
      throw new RuntimeError(
        'TSJ_SHAPE_MATMUL',
        `contracted dimensions need to match, but first has size ${x} in dim ${dimsA[i]} and second has size ${y} in dim ${dimsB[i]}`,
      )
    } else depth *= x
  })
  const freeA = a.shape.map((_, i) => i).filter((i) => !own.includes(i))
  const freeB = b.shape.map((_, i) => i).filter((i) => !theirs.includes(i))
  const outA = freeA.map((i) => a.shape[i])
  const outB = freeB.map((i) => b.shape[i])
  left = op.call('aten::reshape', op.call('aten::permute', left, [...freeA, ...own]), [size(outA), depth])
  right = op.call('aten::reshape', op.call('aten::permute', right, [...theirs, ...freeB]), [depth, size(outB)])
  return op.call('aten::reshape', op.call('aten::mm', left, right), [...outA, ...outB])
}

function inner(op: Dispatch, a: TensorLike, b: TensorLike): unknown {
  if (a.ndim === 0 || b.ndim === 0) return op.call('aten::mul.Tensor', a, b)
  if (a.shape[a.ndim - 1] !== b.shape[b.ndim - 1]) {
    throw new RuntimeError(
      'TSJ_SHAPE_MATMUL',
      `inner() the last dimension must match on both input tensors but got shapes [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`,
    )
  }
  return tensordot(op, a, b, [-1], [-1])
}

function kron(op: Dispatch, a: TensorLike, b: TensorLike): unknown {
  const rank = Math.max(a.ndim, b.ndim)
  const grow = (t: TensorLike): number[] => [...new Array<number>(rank - t.ndim).fill(1), ...t.shape]
  const [sa, sb] = [grow(a), grow(b)]
  const left = op.call(
    'aten::reshape',
    a,
    sa.flatMap((n) => [n, 1]),
  )
  const right = op.call(
    'aten::reshape',
    b,
    sb.flatMap((n) => [1, n]),
  )
  return op.call(
    'aten::reshape',
    op.call('aten::mul.Tensor', left, right),
    sa.map((n, i) => n * sb[i]),
  )
}

/** Multiplies matrices in the order that needs the fewest products. */
export function multiDot(op: Dispatch, tensors: readonly TensorLike[], name: string): unknown {
  if (tensors.length < 2) throw new RuntimeError('TSJ_SHAPE_MATMUL', `${name}: expected at least 2 tensors but got ${tensors.length}`)
  const n = tensors.length
  let list: any[] = [...tensors]
  const firstIsVector = list[0].ndim === 1
  const lastIsVector = list[n - 1].ndim === 1
  if (firstIsVector) list = [op.call('aten::unsqueeze', list[0], 0), ...list.slice(1)]
  if (lastIsVector) list = [...list.slice(0, -1), op.call('aten::unsqueeze', list[n - 1], 1)]
  list.forEach((t, i) => {
    if (t.ndim !== 2) throw new RuntimeError('TSJ_SHAPE_MATMUL', `${name}: tensor ${i} must be 2D but got ${t.ndim}D`)
    if (i > 0 && list[i - 1].shape[1] !== t.shape[0]) {
      throw new RuntimeError(
        'TSJ_SHAPE_MATMUL',
        `${name}: tensors ${i - 1} and ${i} with shapes [${list[i - 1].shape.join(', ')}] and [${t.shape.join(', ')}] cannot be multiplied`,
      )
    }
  })
  const sizes = [list[0].shape[0], ...list.map((t) => t.shape[1])]
  const cost = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  const split = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  for (let length = 1; length < n; length++) {
    for (let i = 0; i + length < n; i++) {
      const j = i + length
      cost[i][j] = Number.POSITIVE_INFINITY
      for (let k = i; k < j; k++) {
        const total = cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1]
        if (total < cost[i][j]) [cost[i][j], split[i][j]] = [total, k]
      }
    }
  }
  const build = (i: number, j: number): any => (i === j ? list[i] : op.call('aten::mm', build(i, split[i][j]), build(split[i][j] + 1, j)))
  let result = build(0, n - 1)
  if (lastIsVector) result = op.call('aten::squeeze.dim', result, 1)
  return firstIsVector ? op.call('aten::squeeze.dim', result, 0) : result
}

export const matmulDecompositions: DecompositionTable = {
  'aten::matmul': matmul,
  'aten::linalg_matmul': matmul,
  'aten::outer': outer,
  'aten::ger': outer,
  'aten::inner': inner,
  'aten::tensordot': tensordot,
  'aten::kron': kron,
  'aten::linalg_multi_dot': (op, tensors) => multiDot(op, tensors, 'multi_dot()'),
  'aten::chain_matmul': (op, tensors) =>
    tensors.length === 1 ? op.call('aten::clone', tensors[0]) : multiDot(op, tensors, 'chain_matmul()'),
  'aten::einsum': einsum,
  'aten::_addmm_activation': (op, self, a, b, beta, alpha, useGelu) => {
    const sum = op.call('aten::addmm', self, a, b, beta, alpha)
    return useGelu ? op.call('aten::gelu', sum, 'tanh') : op.call('aten::relu', sum)
  },
}
