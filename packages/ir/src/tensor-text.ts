import { generalText } from './constant-text.ts'

/** More elements than this print as `<Tensor>`. */
const maxDisplaySize = 10

/** What printing asks of a tensor constant. The IR knows no tensors: anything that looks like this prints its elements. */
interface PrintableTensor {
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  readonly dtype: string
  readonly device?: unknown
  data(): ArrayLike<number | bigint>
}

/** A constant read by `parseIR` whose text does not hold its value (`<Tensor>`, `object(0x55d0)`). */
export class OpaqueValue {
  constructor(readonly text: string) {}
}
export class OpaqueTensor extends OpaqueValue {}

/** A tensor as graphs print it: `{2.5}` for one element, up to ten elements with their type, else `<Tensor>`. */
export function tensorText(value: unknown): string {
  if (value instanceof OpaqueTensor) return value.text
  if (!isPrintable(value)) return '<Tensor>'
  const numel = value.shape.reduce((n, size) => n * size, 1)
  if (numel > maxDisplaySize || !(value.dtype in typeNames)) return '<Tensor>'
  let elements: (number | bigint)[]
  try {
    elements = elementsOf(value)
  } catch {
    return '<Tensor>' // not on this host, or disposed of
  }
  if (numel === 1) return `{${value.dtype.startsWith('float') ? scaledText(Number(elements[0]), 'general') : elements[0]}}`
  const suffix = `[ ${deviceName(value.device)}${typeNames[value.dtype]}Type{${value.shape.join(',')}} ]`
  if (numel === 0) return suffix
  return `${elementsText(elements, value.shape)}${suffix}`
}

const typeNames: Readonly<Record<string, string>> = {
  uint8: 'Byte',
  int8: 'Char',
  int16: 'Short',
  int32: 'Int',
  int64: 'Long',
  float32: 'Float',
  float64: 'Double',
  bool: 'Bool',
}

function isPrintable(value: unknown): value is PrintableTensor {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shape' in value &&
    'strides' in value &&
    'dtype' in value &&
    typeof (value as PrintableTensor).data === 'function'
  )
}

function deviceName(device: unknown): string {
  const name = device === undefined ? 'cpu' : String(device).replace(/:.*/, '')
  return name.toUpperCase()
}

function elementsOf(tensor: PrintableTensor): (number | bigint)[] {
  const data = tensor.data()
  const out: (number | bigint)[] = []
  const visit = (dim: number, at: number): void => {
    if (dim === tensor.shape.length) out.push(data[at])
    else for (let i = 0; i < tensor.shape[dim]; i++) visit(dim + 1, at + i * tensor.strides[dim])
  }
  visit(0, 0)
  return out
}

/** How PyTorch's C++ prints numbers of a tensor: one style, width and common factor for all of them. */
interface NumberFormat {
  readonly style: 'general' | 'scientific' | 'fixed'
  readonly width: number
  readonly scale: number
}

/** The rule of ATen's Formatting.cpp: whole numbers as they are, else four decimals, scaled or with exponents where magnitudes ask for it. */
function chooseFormat(elements: readonly number[]): NumberFormat {
  const finite = elements.filter(Number.isFinite).map(Math.abs)
  const digits = (value: number): number => (value === 0 ? 1 : Math.floor(Math.log10(value)) + 1)
  const low = finite.length > 0 ? digits(Math.min(...finite)) : 1
  const high = finite.length > 0 ? digits(Math.max(...finite)) : 1
  if (finite.every(Number.isInteger)) {
    return high > 9 ? { style: 'scientific', width: 11, scale: 1 } : { style: 'general', width: high + 1, scale: 1 }
  }
  if (high - low > 4) return { style: 'scientific', width: Math.abs(high) > 99 || Math.abs(low) > 99 ? 12 : 11, scale: 1 }
  if (high > 5 || high < 0) return { style: 'fixed', width: 7, scale: 10 ** (high - 1) }
  return { style: 'fixed', width: high === 0 ? 7 : high + 6, scale: 1 }
}

function numberText(value: number, { style, width, scale }: NumberFormat): string {
  return scaledText(value / scale, style).padStart(width)
}

function scaledText(value: number, style: NumberFormat['style']): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (style === 'general') return generalText(value, 6)
  const sign = Object.is(value, -0) ? '-' : ''
  if (style === 'fixed') return sign + value.toFixed(4)
  const [mantissa, exponent] = value.toExponential(4).split('e')
  return `${sign}${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
}

const lineWidth = 80

/** Rows become words of one line; `indent` is 1 where the matrix is a slice of a tensor of more dimensions. */
function matrixText(elements: readonly number[], rows: number, columns: number, indent: number): string {
  const format = chooseFormat(elements)
  const space = ' '.repeat(indent)
  const columnsPerLine = Math.floor((lineWidth - indent) / (format.width + 1))
  let out = space
  for (let first = 0; first < columns; first += columnsPerLine) {
    const last = Math.min(first + columnsPerLine, columns) - 1
    if (columnsPerLine < columns) out += `${first > 0 ? ' ' : ''}Columns ${first + 1} to ${last + 1}${space}`
    if (format.scale !== 1) out += `${generalText(format.scale, 6)} * ${space}`
    for (let row = 0; row < rows; row++) {
      const words = elements.slice(row * columns + first, row * columns + last + 1).map((value) => numberText(value, format))
      out += `${words.join(' ')} `
      if (row < rows - 1) out += format.scale === 1 ? space : `${space} `
    }
  }
  return out
}

function elementsText(values: readonly (number | bigint)[], shape: readonly number[]): string {
  const elements = values.map(Number)
  if (shape.length === 1) {
    const format = chooseFormat(elements)
    const scale = format.scale === 1 ? '' : `${generalText(format.scale, 6)} * `
    return scale + elements.map((value) => `${numberText(value, format)} `).join('')
  }
  const [rows, columns] = shape.slice(-2)
  if (shape.length === 2) return matrixText(elements, rows, columns, 0)
  const slices: string[] = []
  const outer = shape.slice(0, -2)
  const size = rows * columns
  for (let i = 0; i < elements.length / size; i++) {
    // PyTorch counts the first of the outer dimensions fastest.
    let rest = i
    const counter = outer.map((length) => {
      const at = rest % length
      rest = Math.floor(rest / length)
      return at
    })
    const slice = counter.reduce((at, index, dim) => at * outer[dim] + index, 0)
    const label = counter.map((index) => `${index + 1},`).join('')
    slices.push(`(${label}.,.) = ${matrixText(elements.slice(slice * size, (slice + 1) * size), rows, columns, 1)}`)
  }
  return slices.join(' ')
}
