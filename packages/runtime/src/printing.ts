/** Tensors as text, as PyTorch prints them (`torch/_tensor_str.py`). Host tensors only. */
import { type DType, dtypeInfo } from '@tsjit/types'
import { decodeTable } from './element-codec.ts'
import { formatExponent, formatFixed, pythonFloat, pythonTuple } from './printing-numbers.ts'
import { quantizerOf } from './quantizer.ts'
import { type Tensor, typedArrayOf } from './tensor.ts'

export interface PrintOptions {
  /** Decimals. */
  readonly precision: number
  /** More elements than this are summarised. */
  readonly threshold: number
  /** How many stay at each end of a summarised dimension. */
  readonly edgeitems: number
  readonly linewidth: number
  /** undefined: where the magnitudes call for it. */
  readonly sciMode: boolean | undefined
  readonly defaultDType: DType
}

export const defaultPrintOptions: PrintOptions = {
  precision: 4,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 80,
  sciMode: undefined,
  defaultDType: 'float32',
}

type Element = number | bigint | boolean
type Part = (offset: number) => Element

/** The element at an offset (in elements) as a number: real or imaginary part. */
function readerOf(tensor: Tensor): { real: Part; imaginary?: Part } {
  const { dtype } = tensor
  const raw = typedArrayOf(dtype, tensor.storage.buffer)
  const table = decodeTable(dtype)
  const at: Part = dtype === 'bool' ? (i) => raw[i] !== 0 : table ? (i) => table[raw[i] as number] : (i) => raw[i]
  if (!dtypeInfo(dtype).isComplex) return { real: at }
  return { real: (i) => at(2 * i), imaginary: (i) => at(2 * i + 1) }
}

class Formatter {
  private intMode = true
  private scientific = false
  width = 1

  constructor(
    values: readonly Element[],
    private readonly isFloat: boolean,
    private readonly options: PrintOptions,
  ) {
    if (!isFloat) {
      for (const value of values) this.width = Math.max(this.width, this.plain(value).length)
      return
    }
    const finite = (values as number[]).filter((value) => Number.isFinite(value) && value !== 0)
    if (finite.length === 0) return
    let min = Number.POSITIVE_INFINITY
    let max = 0
    for (const value of finite) {
      min = Math.min(min, Math.abs(value))
      max = Math.max(max, Math.abs(value))
      if (!Number.isInteger(value)) this.intMode = false
    }
    this.scientific = options.sciMode ?? (max / min > 1000 || max > 1e8 || min < 1e-4)
    for (const value of finite) {
      const length = this.scientific
        ? formatExponent(value, options.precision).length
        : this.intMode
          ? formatFixed(value, 0).length + 1
          : formatFixed(value, options.precision).length
      this.width = Math.max(this.width, length)
    }
  }

  private plain(value: Element): string {
    return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)
  }

  format(value: Element): string {
    let text: string
    if (!this.isFloat) text = this.plain(value)
    else if (this.scientific) text = formatExponent(value as number, this.options.precision)
    else if (this.intMode) text = formatFixed(value as number, 0) + (Number.isFinite(value) ? '.' : '')
    else text = formatFixed(value as number, this.options.precision)
    return text.padStart(this.width)
  }
}

class Printer {
  private readonly summarize: boolean
  private readonly real: Part
  private readonly imaginary: Part | undefined
  private readonly first: Formatter
  private readonly second: Formatter | undefined

  constructor(
    private readonly tensor: Tensor,
    private readonly options: PrintOptions,
    isFloat: boolean,
    parts: { real: Part; imaginary?: Part },
  ) {
    this.summarize = tensor.numel > options.threshold
    this.real = parts.real
    this.imaginary = parts.imaginary
    const shown = [...this.shown(0, tensor.offset)]
    this.first = new Formatter(shown.map(this.real), isFloat, options)
    this.second = this.imaginary && new Formatter(shown.map(this.imaginary), isFloat, options)
  }

  /** Offsets of the elements that are printed. */
  private *shown(dim: number, offset: number): Generator<number> {
    if (dim === this.tensor.ndim) yield offset
    else for (const i of this.indices(dim)) if (i >= 0) yield* this.shown(dim + 1, offset + i * this.tensor.strides[dim])
  }

  /** Indices printed along a dimension; -1 stands for the dots. */
  private indices(dim: number): number[] {
    const size = this.tensor.shape[dim]
    const { edgeitems } = this.options
    if (!this.summarize || size <= 2 * edgeitems) return Array.from({ length: size }, (_, i) => i)
    const head = Array.from({ length: edgeitems }, (_, i) => i)
    return [...head, -1, ...head.map((i) => size - edgeitems + i)]
  }

  private element(offset: number): string {
    const real = this.first.format(this.real(offset))
    if (!this.imaginary) return real
    const imaginary = `${this.second!.format(this.imaginary(offset))}j`.trimStart()
    return /^[+-]/.test(imaginary) ? real + imaginary : `${real}+${imaginary}`
  }

  text(indent: number, dim = 0, offset = this.tensor.offset): string {
    const { ndim, strides } = this.tensor
    if (dim === ndim) return this.element(offset)
    const at = (i: number) => offset + i * strides[dim]
    if (dim < ndim - 1) {
      const slices = this.indices(dim).map((i) => (i < 0 ? '...' : this.text(indent + 1, dim + 1, at(i))))
      return `[${slices.join(`,${'\n'.repeat(ndim - dim - 1)}${' '.repeat(indent + 1)}`)}]`
    }
    const length = this.first.width + 2 + (this.second ? this.second.width + 1 : 0)
    const perLine = Math.max(1, Math.floor((this.options.linewidth - indent) / length))
    const items = this.indices(dim).map((i) => (i < 0 ? ' ...' : this.element(at(i))))
    const lines: string[] = []
    for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(', '))
    return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`
  }
}

function contents(tensor: Tensor, indent: number, options: PrintOptions): string {
  if (tensor.numel === 0) return '[]'
  const info = dtypeInfo(tensor.dtype)
  if (!info.isQuantized) return new Printer(tensor, options, info.isFloat || info.isComplex, readerOf(tensor)).text(indent)
  const { real } = readerOf(tensor)
  const quantizer = quantizerOf(tensor)
  if (quantizer?.scheme !== 'per_tensor_affine') return new Printer(tensor, options, false, { real }).text(indent)
  const value: Part = (i) => Math.fround((Number(real(i)) - quantizer.zeroPoint) * Math.fround(quantizer.scale))
  return new Printer(tensor, options, true, { real: value }).text(indent)
}

/** `tensor([1., 2.])`, as PyTorch's `repr`. */
export function formatTensor(tensor: Tensor, given: Partial<PrintOptions> = {}): string {
  const options = { ...defaultPrintOptions, ...given }
  const prefix = 'tensor('
  const indent = prefix.length
  const { dtype, shape } = tensor
  const info = dtypeInfo(dtype)
  const suffixes: string[] = []
  if (tensor.device.type !== 'cpu') suffixes.push(`device='${tensor.device}'`)
  const complexDefault = options.defaultDType === 'float64' ? 'complex128' : 'complex64'
  const isDefault = dtype === options.defaultDType || dtype === complexDefault || dtype === 'int64' || dtype === 'bool'
  if (info.isQuantized) {
    suffixes.push(`size=${pythonTuple(shape)}`, `dtype=torch.${dtype}`)
    const quantizer = quantizerOf(tensor)
    if (quantizer?.scheme === 'per_tensor_affine')
      suffixes.push(
        'quantization_scheme=torch.per_tensor_affine',
        `scale=${pythonFloat(quantizer.scale)}`,
        `zero_point=${quantizer.zeroPoint}`,
      )
  } else if (tensor.numel === 0) {
    if (shape.length !== 1) suffixes.push(`size=${pythonTuple(shape)}`)
    if (dtype !== options.defaultDType) suffixes.push(`dtype=torch.${dtype}`)
  } else if (!isDefault) suffixes.push(`dtype=torch.${dtype}`)
  if (tensor.requiresGrad) suffixes.push('requires_grad=True')
  let text = prefix + contents(tensor, indent, options)
  let lineLength = text.length - text.lastIndexOf('\n') + 1
  for (const suffix of suffixes) {
    if (lineLength + suffix.length + 2 > options.linewidth) {
      text += `,\n${' '.repeat(indent)}${suffix}`
      lineLength = indent + suffix.length
    } else {
      text += `, ${suffix}`
      lineLength += suffix.length + 2
    }
  }
  return `${text})`
}
