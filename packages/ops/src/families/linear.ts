/** `linear` and `bilinear`. */
import { RuntimeError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

function linear(op: Dispatch, input: TensorLike, weight: TensorLike, bias: TensorLike | null): unknown {
  const turned = weight.ndim === 2 ? op.call('aten::t', weight) : weight
  if (bias === null) return op.call('aten::matmul', input, turned)
  if (input.ndim === 2 && weight.ndim === 2) return op.call('aten::addmm', bias, input, turned)
  return op.call('aten::add.Tensor', op.call('aten::matmul', input, turned), bias)
}

/** out[n, o] = sum over i and j of x1[n, i] * weight[o, i, j] * x2[n, j] */
function bilinear(op: Dispatch, x1: TensorLike, x2: TensorLike, weight: TensorLike, bias: TensorLike | null): unknown {
  const demand = (condition: boolean, text: string): void => {
    if (!condition) throw new RuntimeError('TSJ_SHAPE_BILINEAR', `bilinear(): ${text}`)
  }
  demand(x1.ndim === x2.ndim, `input dimensions do not match: got ${x1.ndim} and ${x2.ndim}`)
  for (let i = 0; i < x1.ndim - 1; i++)
    demand(x1.shape[i] === x2.shape[i], `input batch dimensions do not match at dim ${i}: got ${x1.shape[i]} and ${x2.shape[i]}`)
  const [last1, last2] = [x1.shape[x1.ndim - 1], x2.shape[x2.ndim - 1]]
  demand(last1 === weight.shape[1], `input1 size does not match weight size: got ${last1} but expected ${weight.shape[1]}`)
  demand(last2 === weight.shape[2], `input2 size does not match weight size: got ${last2} but expected ${weight.shape[2]}`)
  demand(
    bias === null || bias.shape[0] === weight.shape[0],
    `bias size does not match weight size: got ${bias?.shape[0]} but expected ${weight.shape[0]}`,
  )
  const rows = x1.shape.slice(0, -1).reduce((n, s) => n * s, 1)
  const outputs = weight.shape[0]
  const a = op.call('aten::reshape', x1, [rows, last1])
  const b = op.call('aten::reshape', x2, [rows, 1, last2])
  const flat = op.call('aten::reshape', op.call('aten::permute', weight, [1, 0, 2]), [last1, outputs * last2])
  const half = op.call('aten::reshape', op.call('aten::mm', a, flat), [rows, outputs, last2])
  const product = op.call('aten::sum.dim_IntList', op.call('aten::mul.Tensor', half, b), [2])
  const result = op.call('aten::reshape', product, [...x1.shape.slice(0, -1), outputs])
  return bias === null ? result : op.call('aten::add.Tensor', result, bias)
}

export const linearDecompositions: DecompositionTable = {
  'aten::linear': linear,
  'aten::bilinear': bilinear,
  // sum over `sumdim` of the product of the three, each grown by the dims in its list
  'aten::_trilinear': (op, i1, i2, i3, expand1: number[], expand2: number[], expand3: number[], sumdim: number[]) => {
    const grow = (t: unknown, dims: number[]): unknown =>
      [...dims].sort((x, y) => x - y).reduce((grown, dim) => op.call('aten::unsqueeze', grown, dim), t)
    const product = op.call('aten::mul.Tensor', op.call('aten::mul.Tensor', grow(i1, expand1), grow(i2, expand2)), grow(i3, expand3))
    return sumdim.length ? op.call('aten::sum.dim_IntList', product, sumdim) : product
  },
}
