/** `linear`: input times the transposed weight, plus the bias, without forming the transpose. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { gemm } from './nn-gemm.ts'
import { check, dtypeName, look, output, product, readNumbers } from './nn-host.ts'

function linear(d: Dispatcher, input: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const float = input.dtype === 'float32' || input.dtype === 'float64' || input.dtype === 'bfloat16' || input.dtype === 'float16'
  const plain =
    weight.ndim === 2 &&
    input.ndim >= 1 &&
    float &&
    input.dtype === weight.dtype &&
    (bias === null || (bias.ndim === 1 && bias.dtype === input.dtype && bias.shape[0] === weight.shape[0]))
  if (!plain || input.shape[input.ndim - 1] !== weight.shape[1]) return general(d, input, weight, bias)
  const [columns, depth] = weight.shape
  const lead = input.shape.slice(0, -1)
  const rows = product(lead)
  const result = output(d, [...lead, columns], input.dtype, input.device)
  const w = look(weight)
  gemm(
    rows,
    columns,
    depth,
    { data: readNumbers(input), offset: 0, row: depth, column: 1 },
    { data: w.data, offset: 0, row: w.strides[1], column: w.strides[0] },
    { data: result.data, offset: 0, row: columns, column: 1 },
  )
  if (bias) {
    const add = readNumbers(bias)
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) result.data[at] += add[j]
  }
  return result.finish()
}

/** Through `matmul` and `addmm`: vectors as weights, integers, complex numbers, and the errors. */
function general(d: Dispatcher, input: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const turned = weight.ndim === 2 ? d.call('aten::t', weight) : weight
  if (bias === null) return d.call('aten::matmul', input, turned)
  if (input.ndim === 2 && weight.ndim === 2) return d.call('aten::addmm', bias, input, turned)
  if (input.ndim >= 2 && weight.ndim === 2) {
    check(
      input.dtype === weight.dtype,
      () => `self and mat2 must have the same dtype, but got ${dtypeName(input.dtype)} and ${dtypeName(weight.dtype)}`,
      'TSJ_DTYPE_MISMATCH',
    )
    const flat = d.call('aten::reshape', input, [product(input.shape.slice(0, -1)), input.shape[input.ndim - 1]])
    return d.call('aten::view', d.call('aten::addmm', bias, flat, turned), [...input.shape.slice(0, -1), weight.shape[0]])
  }
  return d.call('aten::add.Tensor', d.call('aten::matmul', input, turned), bias)
}

export const linearKernels: KernelTable = {
  'aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor': linear,
}
