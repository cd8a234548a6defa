import { Complex, type Dispatcher, type Tensor } from '@tsjit/runtime'
import { dtypeInfo } from '@tsjit/types'

const precision = 4
const threshold = 1000
const edgeItems = 3
const lineWidth = 80

type Element = number | bigint | boolean | Complex

/** A tensor as Python's `print` shows it, long dimensions cut to their first and last three. */
export function tensorText(tensor: Tensor, dispatcher: Dispatcher): string {
  const { shape, dtype } = tensor
  const info = dtypeInfo(dtype)
  const suffix: string[] = []
  const isDefault = dtype === 'float32' || dtype === 'int64' || dtype === 'bool' || dtype === 'complex64'
  if (tensor.numel === 0) {
    if (shape.length !== 1) suffix.push(`size=(${shape.join(', ')})`)
    if (dtype !== 'float32') suffix.push(`dtype=torch.${dtype}`)
    return `tensor(${['[]', ...suffix].join(', ')})`
  }
  if (!isDefault) suffix.push(`dtype=torch.${dtype}`)
  const elements = elementsOf(tensor, dispatcher)
  const summarize = tensor.numel > threshold
  const shown = [...visible(shape, 0, 0, summarize)].map((at) => elements(at))
  const format = info.isComplex ? complexFormat(shown as Complex[]) : info.isFloat ? floatFormat(shown as number[]) : plainFormat(shown)
  const body = shape.length === 0 ? format(elements(0)).trimStart() : nested(shape, 0, 0, 'tensor('.length, summarize, elements, format)
  const text = [body, ...suffix].join(', ')
  return `tensor(${text})`
}

/** Flat positions of the elements that are shown. */
function* visible(shape: readonly number[], dim: number, base: number, summarize: boolean): Generator<number> {
  if (dim === shape.length) {
    yield base
    return
  }
  for (const index of indices(shape[dim], summarize)) if (index >= 0) yield* visible(shape, dim + 1, base * shape[dim] + index, summarize)
}

/** -1 stands for what is left out. */
function indices(size: number, summarize: boolean): number[] {
  if (!summarize || size <= 2 * edgeItems) return Array.from({ length: size }, (_, i) => i)
  return [0, 1, 2, -1, size - 3, size - 2, size - 1]
}

function nested(
  shape: readonly number[],
  dim: number,
  base: number,
  indent: number,
  summarize: boolean,
  elements: (at: number) => Element,
  format: (value: Element) => string,
): string {
  const parts = indices(shape[dim], summarize)
  if (dim < shape.length - 1) {
    const rows = parts.map((index) =>
      index < 0 ? '...' : nested(shape, dim + 1, base * shape[dim] + index, indent + 1, summarize, elements, format),
    )
    return `[${rows.join(`,${'\n'.repeat(shape.length - 1 - dim)}${' '.repeat(indent + 1)}`)}]`
  }
  const cells = parts.map((index) => (index < 0 ? ' ...' : format(elements(base * shape[dim] + index))))
  const width = Math.max(...cells.map((cell) => cell.length))
  const perLine = Math.max(1, Math.floor((lineWidth - indent) / (width + 2)))
  const lines: string[] = []
  for (let i = 0; i < cells.length; i += perLine) lines.push(cells.slice(i, i + perLine).join(', '))
  return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`
}

function elementsOf(tensor: Tensor, dispatcher: Dispatcher): (at: number) => Element {
  const info = dtypeInfo(tensor.dtype)
  const wide = info.isComplex ? 'complex128' : info.isFloat ? 'float64' : tensor.dtype
  const converted: Tensor = wide === tensor.dtype ? tensor : dispatcher.call('aten::to.dtype', tensor, dtypeInfo(wide).code)
  const data = (dispatcher.call('aten::contiguous', converted) as Tensor).data()
  if (info.isComplex) return (at) => new Complex(Number(data[2 * at]), Number(data[2 * at + 1]))
  if (tensor.dtype === 'bool') return (at) => data[at] !== 0
  return (at) => data[at]
}

function plainFormat(values: readonly Element[]): (value: Element) => string {
  const text = (value: Element): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value))
  const width = Math.max(...values.map((value) => text(value).length))
  return (value) => text(value).padStart(width)
}

function floatFormat(values: readonly number[]): (value: Element) => string {
  const counted = values.filter((value) => Number.isFinite(value) && value !== 0)
  let low = Number.POSITIVE_INFINITY
  let high = 0
  for (const value of counted) {
    low = Math.min(low, Math.abs(value))
    high = Math.max(high, Math.abs(value))
  }
  const whole = counted.every((value) => Number.isInteger(value))
  const scientific = counted.length > 0 && (high / low > 1000 || high > 1e8 || (!whole && low < 1e-4))
  const text = (value: number): string => {
    if (Number.isNaN(value)) return 'nan'
    if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
    if (scientific) return exponential(value)
    const sign = Object.is(value, -0) ? '-' : ''
    return whole ? `${sign}${value.toFixed(0)}.` : `${sign}${value.toFixed(precision)}`
  }
  const width = Math.max(1, ...counted.map((value) => text(value).length))
  return (value) => text(value as number).padStart(width)
}

function exponential(value: number): string {
  const [mantissa, power] = value.toExponential(precision).split('e')
  return `${mantissa}e${power[0]}${power.slice(1).padStart(2, '0')}`
}

function complexFormat(values: readonly Complex[]): (value: Element) => string {
  const real = floatFormat(values.map((value) => value.re))
  const imaginary = floatFormat(values.map((value) => value.im))
  return (value) => {
    const { re, im } = value as Complex
    const second = imaginary(im).trimStart()
    return `${real(re)}${second.startsWith('-') ? '' : '+'}${second}j`
  }
}
