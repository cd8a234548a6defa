import { Boxed, Complex, type Dispatcher, EnumValue, ScriptFuture, ScriptObject, Tensor } from '@tsjit/runtime'
import { AnyType, dtypeInfo, type Type } from '@tsjit/types'

/** The first difference found, and the greatest errors over all floating point values compared. */
export interface Comparison {
  maxAbsError: number
  maxRelError: number
  /** Where and how the values differ; undefined where they agree. */
  mismatch: string | undefined
}

/**
 * Compares a value with a recorded one: |got - want| <= atol + rtol * |want| for floating point, equality for the rest; NaN equals NaN,
 * infinities equal themselves; shapes and dtypes must be equal.
 */
export class Comparer {
  readonly result: Comparison = { maxAbsError: 0, maxRelError: 0, mismatch: undefined }
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly rtol: number,
    private readonly atol: number,
  ) {}

  /** `type` is the recorded value's: ints are compared exactly. */
  compare(got: unknown, want: unknown, at: string, type: Type = AnyType): void {
    if (got instanceof Boxed) this.compare(got.value, want, at, type)
    else if (want instanceof Boxed) this.compare(got, want.value, at, want.type)
    else if (got instanceof ScriptFuture) this.compare(got.wait(), want, at, type)
    else if (want instanceof Tensor) {
      if (got instanceof Tensor) this.compareTensors(got, want, at)
      else this.fail(at, `expected a tensor, found ${kindOf(got)}`)
    } else if (Array.isArray(want)) this.compareSequence(got, want, at, type)
    else if (want instanceof Map) this.compareDict(got, want, at, type)
    else if (typeof want === 'number' && type.kind !== 'int') {
      if (typeof got === 'number') this.compareNumber(got, want, at)
      else this.fail(at, `expected ${want}, found ${kindOf(got)}`)
    } else if (want instanceof Complex) {
      if (got instanceof Complex) {
        this.compareNumber(got.re, want.re, `${at}.real`)
        this.compareNumber(got.im, want.im, `${at}.imag`)
      } else this.fail(at, `expected a complex number, found ${kindOf(got)}`)
    } else if (got !== want) this.fail(at, `expected ${kindOf(want)}, found ${kindOf(got)}`)
  }

  private compareSequence(got: unknown, want: readonly unknown[], at: string, type: Type): void {
    if (!Array.isArray(got)) this.fail(at, `expected ${want.length} elements, found ${kindOf(got)}`)
    else if (got.length !== want.length) this.fail(at, `expected ${want.length} elements, found ${got.length}`)
    else {
      const contained = type.contained()
      for (const [i, element] of want.entries())
        this.compare(got[i], element, `${at}[${i}]`, type.kind === 'Tuple' ? contained[i] : contained[0])
    }
  }

  private compareDict(got: unknown, want: ReadonlyMap<unknown, unknown>, at: string, type: Type): void {
    if (!(got instanceof Map)) {
      this.fail(at, `expected a dict, found ${kindOf(got)}`)
      return
    }
    const wantKeys = [...want.keys()]
    const gotKeys = [...got.keys()]
    if (wantKeys.length !== gotKeys.length || !wantKeys.every((key, i) => sameKey(key, gotKeys[i]))) {
      this.fail(at, `expected keys ${wantKeys.map(String).join(', ')}, found ${gotKeys.map(String).join(', ')}`)
      return
    }
    for (const [i, key] of wantKeys.entries())
      this.compare(got.get(gotKeys[i]), want.get(key), `${at}[${String(key)}]`, type.contained()[1])
  }

  private compareNumber(got: number, want: number, at: string): void {
    if (Object.is(got, want) || got === want || (Number.isNaN(got) && Number.isNaN(want))) return
    const error = Math.abs(got - want)
    this.note(error, want)
    if (!Number.isFinite(want) || !(error <= this.atol + this.rtol * Math.abs(want))) this.fail(at, `expected ${want}, found ${got}`)
  }

  private compareTensors(got: Tensor, want: Tensor, at: string): void {
    if (got.dtype !== want.dtype) this.fail(at, `expected dtype ${want.dtype}, found ${got.dtype}`)
    else if (got.shape.length !== want.shape.length || !got.shape.every((size, i) => size === want.shape[i])) {
      this.fail(at, `expected shape [${want.shape.join(', ')}], found [${got.shape.join(', ')}]`)
    } else this.compareElements(got, want, at)
  }

  private compareElements(got: Tensor, want: Tensor, at: string): void {
    const info = dtypeInfo(want.dtype)
    const a = this.elements(got)
    const b = this.elements(want)
    const inexact = info.isFloat || info.isComplex
    let bad = 0
    let firstBad = -1
    let worst = 0
    const count = want.numel * (info.isComplex ? 2 : 1)
    for (let i = 0; i < count; i++) {
      const x = a[i]
      const y = b[i]
      if (x === y) continue
      if (inexact) {
        const g = x as number
        const w = y as number
        if (Number.isNaN(g) && Number.isNaN(w)) continue
        const error = Math.abs(g - w)
        if (error > worst) worst = error
        const relative = error / Math.abs(w)
        if (w !== 0 && relative > this.result.maxRelError && Number.isFinite(relative)) this.result.maxRelError = relative
        if (error <= this.atol + this.rtol * Math.abs(w) && Number.isFinite(w)) continue
      }
      if (bad++ === 0) firstBad = i
    }
    if (worst > this.result.maxAbsError || Number.isNaN(worst)) this.result.maxAbsError = worst
    if (bad > 0) {
      this.fail(
        at,
        `${bad} of ${count} values differ; the first at ${firstBad}: expected ${b[firstBad]}, found ${a[firstBad]}; greatest absolute error ${worst.toPrecision(3)}`,
      )
    }
  }

  /** The elements in order, widened to float64 where they are floating point. */
  private elements(tensor: Tensor): ArrayLike<number | bigint> {
    const info = dtypeInfo(tensor.dtype)
    const wide = info.isComplex ? 'complex128' : info.isFloat ? 'float64' : tensor.dtype
    const converted: Tensor = wide === tensor.dtype ? tensor : this.dispatcher.call('aten::to.dtype', tensor, dtypeInfo(wide).code)
    return (this.dispatcher.call('aten::contiguous', converted) as Tensor).data()
  }

  private note(error: number, want: number): void {
    if (error > this.result.maxAbsError) this.result.maxAbsError = error
    const relative = error / Math.abs(want)
    if (Number.isFinite(relative) && relative > this.result.maxRelError) this.result.maxRelError = relative
  }
  private fail(at: string, message: string): void {
    this.result.mismatch ??= `${at}: ${message}`
  }
}

function sameKey(a: unknown, b: unknown): boolean {
  if (a instanceof Complex && b instanceof Complex) return a.equals(b)
  return a === b || (a instanceof Tensor && b instanceof Tensor)
}

function kindOf(value: unknown): string {
  if (value === null) return 'None'
  if (value instanceof Tensor) return `a ${value.dtype} tensor of shape [${value.shape.join(', ')}]`
  if (Array.isArray(value)) return `a list or tuple of ${value.length}`
  if (value instanceof Map) return `a dict of ${value.size}`
  if (value instanceof ScriptObject) return `an instance of ${value.type.name}`
  if (value instanceof EnumValue) return `${value.type.name}.${value.name}`
  return typeof value === 'string' ? `str ${JSON.stringify(value)}` : `${typeof value} ${String(value)}`
}
