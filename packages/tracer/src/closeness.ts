import { pythonFloat, type Tensor } from '@tsjit/runtime'
import { readComplex, readNumbers } from '@tsjit/runtime/backend'
import { type DType, dtypeInfo } from '@tsjit/types'

/** How far apart values of a dtype may be: PyTorch's `default_tolerances`. */
const absoluteTolerances: Readonly<Partial<Record<DType, number>>> = { float64: 1e-7, complex128: 1e-7 }

function absoluteTolerance(dtype: DType): number {
  const { isFloat, isComplex } = dtypeInfo(dtype)
  return isFloat || isComplex ? (absoluteTolerances[dtype] ?? 1e-5) : 0
}

/** What is wrong with `actual` where `expected` should be, in PyTorch's words; undefined where they are close. NaNs are equal. */
export function closeness(actual: Tensor, expected: Tensor, rtol: number): string | undefined {
  if (actual.ndim !== expected.ndim || actual.shape.some((size, i) => size !== expected.shape[i])) {
    const size = ({ shape }: Tensor) => `torch.Size([${shape.join(', ')}])`
    return `The values for attribute 'shape' do not match: ${size(actual)} != ${size(expected)}.`
  }
  const atol = Math.max(absoluteTolerance(actual.dtype), absoluteTolerance(expected.dtype))
  const a = elements(actual)
  const b = elements(expected)
  let mismatched = 0
  let greatest = { difference: -1, at: 0 }
  let relative = { difference: -1, at: 0 }
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i]) || a[i] === b[i]) continue
    const difference = Number.isNaN(a[i]) || Number.isNaN(b[i]) ? Number.NaN : Math.abs(a[i] - b[i])
    const share = b[i] === 0 ? Number.POSITIVE_INFINITY : difference / Math.abs(b[i])
    if (difference > greatest.difference || (Number.isNaN(difference) && greatest.difference < 0)) greatest = { difference, at: i }
    if (share > relative.difference || (Number.isNaN(share) && relative.difference < 0)) relative = { difference: share, at: i }
    if (!(difference <= atol + rtol * Math.abs(b[i]))) mismatched++
  }
  if (mismatched === 0) return undefined
  if (actual.ndim === 0) {
    return `Scalars are not close!\n\nExpected ${number(b[0])} but got ${number(a[0])}.\nAbsolute difference: ${number(greatest.difference)} (up to ${number(atol)} allowed)\nRelative difference: ${number(relative.difference)} (up to ${number(rtol)} allowed)`
  }
  const total = a.length
  const index = (at: number): string => `(${indexOf(at, actual.shape).join(', ')}${actual.ndim === 1 ? ',' : ''})`
  return [
    'Tensor-likes are not close!',
    '',
    `Mismatched elements: ${mismatched} / ${total} (${((100 * mismatched) / total).toFixed(1)}%)`,
    `Greatest absolute difference: ${number(greatest.difference)} at index ${index(greatest.at)} (up to ${number(atol)} allowed)`,
    `Greatest relative difference: ${number(relative.difference)} at index ${index(relative.at)} (up to ${number(rtol)} allowed)`,
  ].join('\n')
}

/** As Python prints floats, `1e-05`. */
const number = (value: number): string => pythonFloat(value)

function elements(tensor: Tensor): ArrayLike<number> {
  return dtypeInfo(tensor.dtype).isComplex ? readComplex(tensor) : readNumbers(tensor)
}

function indexOf(at: number, shape: readonly number[]): number[] {
  const index = new Array<number>(shape.length)
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    index[dim] = at % shape[dim]
    at = Math.floor(at / shape[dim])
  }
  return index
}
