/** Combines elements into a tensor where several may go to one place. */
import { encodeInto, readBigInts, readComplex, readNumbers, type Tensor, typedArrayOf } from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'

export type Combine = 'sum' | 'prod' | 'mean' | 'amax' | 'amin'

type Binary = (a: any, b: any) => any

const combines: Readonly<Record<Combine, Binary>> = {
  sum: (a, b) => a + b,
  mean: (a, b) => a + b,
  prod: (a, b) => a * b,
  amax: (a, b) => (Number.isNaN(a) ? a : Number.isNaN(b) ? b : a > b ? a : b),
  amin: (a, b) => (Number.isNaN(a) ? a : Number.isNaN(b) ? b : a < b ? a : b),
}

/**
 * target[targetAt[i]] = combine(target[targetAt[i]], source[sourceAt[i]]) in order, positions being in storage elements. Without
 * `includeSelf` the first element for a place replaces what was there. Same dtype; sums of floats are kept in float64.
 */
export function accumulateAt(
  target: Tensor,
  targetAt: ArrayLike<number>,
  source: Tensor,
  sourceAt: ArrayLike<number>,
  combine: Combine,
  includeSelf = true,
): void {
  target.storage.version++
  if (dtypeInfo(target.dtype).isComplex) {
    accumulateComplex(target, targetAt, source, sourceAt, combine)
    return
  }
  const whole = (tensor: Tensor) => ({ shape: [Math.floor(tensor.storage.byteLength / tensor.itemSize)], strides: [1], offset: 0 })
  const big = target.dtype === 'int64' || target.dtype === 'uint64'
  const read = big ? readBigInts : readNumbers
  const from: ArrayLike<any> = read(source, whole(source))
  const existing: ArrayLike<any> = read(target, whole(target))
  const f = combines[combine]
  const totals = new Map<number, any>()
  const counts = new Map<number, number>()
  for (let i = 0; i < targetAt.length; i++) {
    const place = targetAt[i]
    const seen = counts.get(place) ?? 0
    const value = from[sourceAt[i]]
    totals.set(place, seen === 0 && !includeSelf ? value : f(seen === 0 ? existing[place] : totals.get(place), value))
    counts.set(place, seen + 1)
  }
  const isFloat = dtypeInfo(target.dtype).isFloat
  for (const [place, total] of totals) {
    let value = total
    if (combine === 'mean') {
      const count = counts.get(place)! + (includeSelf ? 1 : 0)
      value = big ? floorDivide(total, BigInt(count)) : isFloat ? total / count : Math.floor(total / count)
    }
    const raw = typedArrayOf(target.dtype, target.storage.buffer, place * target.itemSize, 1)
    if (big) raw[0] = value
    else encodeInto(target.dtype, raw, [value])
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n ? quotient - 1n : quotient
}

function accumulateComplex(
  target: Tensor,
  targetAt: ArrayLike<number>,
  source: Tensor,
  sourceAt: ArrayLike<number>,
  combine: Combine,
): void {
  if (combine !== 'sum' && combine !== 'prod')
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `${combine} is not supported for complex tensors`)
  const from = readComplex(source, { shape: [Math.floor(source.storage.byteLength / source.itemSize)], strides: [1], offset: 0 }).slice()
  for (let i = 0; i < targetAt.length; i++) {
    const place = targetAt[i]
    const [ar, ai] = readComplex(target, { shape: [1], strides: [1], offset: place })
    const br = from[2 * sourceAt[i]]
    const bi = from[2 * sourceAt[i] + 1]
    const pair = combine === 'sum' ? [ar + br, ai + bi] : [ar * br - ai * bi, ar * bi + ai * br]
    encodeInto(target.dtype, typedArrayOf(target.dtype, target.storage.buffer, place * target.itemSize, 2), pair)
  }
}
