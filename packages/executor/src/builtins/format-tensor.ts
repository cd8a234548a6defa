import { readBigInts, readComplex, readNumbers, type Tensor } from '@tsjit/runtime'
import { dtypeInfo, scalarTypeNames } from '@tsjit/types'
import { formatGeneral } from './format-value.ts'

const lineWidth = 80

/** A tensor as a running program prints it: the C++ layout (`aten/src/ATen/core/Formatting.cpp`), not Python's. */
export function formatTensor(tensor: Tensor): string {
  const device = tensor.device.type === 'cpu' ? 'CPU' : tensor.device.type.toUpperCase()
  const tail = `[ ${device}${scalarTypeNames[tensor.dtype] ?? tensor.dtype}Type{${tensor.shape.join(',')}} ]`
  if (tensor.numel === 0 || tensor.device.type === 'meta') return tail
  const { isComplex, isFloat } = dtypeInfo(tensor.dtype)
  if (tensor.ndim === 0) return `${scalarText(tensor, isComplex, isFloat)}\n${tail}`
  if (isComplex) return `${complexLines(tensor)}${tail}`
  const values =
    isFloat || tensor.dtype !== 'int64' ? Float64Array.from(readNumbers(tensor)) : Float64Array.from(readBigInts(tensor), Number)
  const format = chooseFormat(values)
  if (tensor.ndim === 1) return `${scaleHeader(format)}${[...values].map((value) => `${cell(value, format)}\n`).join('')}${tail}`
  const rows = tensor.shape[tensor.ndim - 2]
  const columns = tensor.shape[tensor.ndim - 1]
  const size = rows * columns
  if (tensor.ndim === 2) return `${matrixLines(values, rows, columns, format, '')}${tail}`
  const outer = tensor.shape.slice(0, -2)
  const blocks: string[] = []
  for (let k = 0; k < values.length / size; k++) {
    const index = indexOf(k, outer)
    const at = size * index.reduce((flat, i, dim) => flat * outer[dim] + i, 0)
    const slice = values.subarray(at, at + size)
    blocks.push(`(${index.map((i) => `${i + 1},`).join('')}.,.) = \n${matrixLines(slice, rows, columns, chooseFormat(slice), ' ')}`)
  }
  return blocks.join('\n') + tail
}

interface NumberFormat {
  readonly scale: number
  readonly width: number
  readonly style: 'int' | 'fixed' | 'scientific'
  readonly digits: number
}

/** Width and style for all elements together. */
function chooseFormat(values: Float64Array): NumberFormat {
  let low = Infinity
  let high = 0
  let whole = true
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    const size = Math.abs(value)
    if (size < low) low = size
    if (size > high) high = size
    if (size !== Math.ceil(size)) whole = false
  }
  if (low === Infinity) low = high = 0
  const exponent = (value: number): number => (value === 0 ? 1 : Math.floor(Math.log10(value)) + 1)
  const lowExponent = exponent(low)
  const highExponent = exponent(high)
  if (whole) {
    if (highExponent > 9) return { scale: 1, width: 11, style: 'scientific', digits: 4 }
    return { scale: 1, width: highExponent + 1, style: 'int', digits: 0 }
  }
  if (highExponent - lowExponent > 4)
    return { scale: 1, width: Math.abs(highExponent) > 99 || Math.abs(lowExponent) > 99 ? 12 : 11, style: 'scientific', digits: 4 }
  if (highExponent > 5 || highExponent < 0) return { scale: 10 ** (highExponent - 1), width: 7, style: 'fixed', digits: 4 }
  return { scale: 1, width: highExponent === 0 ? 7 : highExponent + 6, style: 'fixed', digits: 4 }
}

const scaleHeader = ({ scale }: NumberFormat): string => (scale === 1 ? '' : `${formatGeneral(scale, 6)} *\n`)

function cell(value: number, { scale, width, style, digits }: NumberFormat): string {
  const scaled = value / scale
  let text: string
  if (!Number.isFinite(scaled)) text = Number.isNaN(scaled) ? 'nan' : scaled < 0 ? '-inf' : 'inf'
  else if (style === 'scientific') text = scientific(scaled, digits)
  else text = (Object.is(scaled, -0) ? '-' : '') + scaled.toFixed(digits)
  return text.padStart(width)
}

function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits).split('e')
  const power = Number(exponent)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** Lines after the first of a part are indented, twice below a common factor. */
function matrixLines(values: Float64Array, rows: number, columns: number, format: NumberFormat, indent: string): string {
  const perLine = Math.max(1, Math.floor((lineWidth - indent.length) / (format.width + 1)))
  let text = ''
  for (let first = 0; first < columns; first += perLine) {
    const last = Math.min(first + perLine, columns) - 1
    if (perLine < columns) text += `${first > 0 ? '\n' : ''}Columns ${first + 1} to ${last + 1}${indent}`
    const header = scaleHeader(format)
    if (header !== '') text += header + indent
    const lines: string[] = []
    for (let row = 0; row < rows; row++) {
      const cells: string[] = []
      for (let column = first; column <= last; column++) cells.push(cell(values[row * columns + column], format))
      lines.push(cells.join(' '))
    }
    text += `${lines.join(`\n${indent}${header === '' ? '' : indent}`)}\n`
  }
  return text
}

/** The `k`th index: the first dimension varies fastest. */
function indexOf(k: number, shape: readonly number[]): number[] {
  let rest = k
  return shape.map((size) => {
    const i = rest % size
    rest = Math.floor(rest / size)
    return i
  })
}

function scalarText(tensor: Tensor, isComplex: boolean, isFloat: boolean): string {
  if (isComplex) {
    const [re, im] = readComplex(tensor)
    return `(${formatGeneral(re, 6)},${formatGeneral(im, 6)})`
  }
  if (isFloat) return formatGeneral(readNumbers(tensor)[0], 6)
  return String(readBigInts(tensor)[0])
}

function complexLines(tensor: Tensor): string {
  const values = readComplex(tensor)
  let text = ''
  for (let i = 0; i < values.length; i += 2) text += `(${formatGeneral(values[i], 6)},${formatGeneral(values[i + 1], 6)})\n`
  return text
}
