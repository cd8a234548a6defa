import { Boxed, Tensor } from '@tsjit/runtime'
import { dtypeInfo, TensorT } from '@tsjit/types'
import type { TypedValue } from './constant-values.ts'

/** The constants that code names `CONSTANTS.c0`, `CONSTANTS.c1`, …: tensors (equal ones once), objects, texts beyond ASCII. */
export class ConstantTable {
  readonly entries: TypedValue[] = []
  private readonly tensors = new Map<string, number[]>()

  /** The index of the entry for a value. */
  add(constant: TypedValue): number {
    const { value } = constant
    if (!(value instanceof Tensor)) return this.entries.push(constant) - 1
    const key = `${value.dtype} ${value.device} ${value.shape.join(',')}`
    const alike = this.tensors.get(key) ?? []
    const known = alike.find((index) => equalTensors(this.entries[index].value as Tensor, value))
    if (known !== undefined) return known
    const index = this.entries.push({ type: TensorT, value }) - 1
    this.tensors.set(key, [...alike, index])
    return index
  }
}

/** Whether two tensors of the same dtype and shape hold equal elements. Tensors that cannot be looked into are equal to themselves alone. */
function equalTensors(a: Tensor, b: Tensor): boolean {
  if (a === b) return true
  if (a.storage === b.storage && a.offset === b.offset && a.strides.every((stride, i) => stride === b.strides[i])) return true
  let left: ArrayLike<number | bigint>
  let right: ArrayLike<number | bigint>
  try {
    left = a.data()
    right = b.data()
  } catch {
    return false
  }
  const parts = dtypeInfo(a.dtype).isComplex && a.dtype !== 'complex32' ? 2 : 1
  const walk = (dim: number, atA: number, atB: number): boolean => {
    if (dim === a.ndim) {
      for (let i = 0; i < parts; i++) if (left[atA * parts + i] !== right[atB * parts + i]) return false
      return true
    }
    for (let i = 0; i < a.shape[dim]; i++) {
      if (!walk(dim + 1, atA + i * a.strides[dim], atB + i * b.strides[dim])) return false
    }
    return true
  }
  return walk(0, 0, 0)
}

export function unbox(constant: TypedValue): TypedValue {
  return constant.value instanceof Boxed ? unbox(constant.value) : constant
}
