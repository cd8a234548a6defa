/** Window functions of signal processing, of N points; periodic ones are the first N of N + 1. */
import {
  type Device,
  type Dispatcher,
  dtypeArgument,
  fromNumbers,
  type Kernel,
  type KernelTable,
  type Tensor,
} from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import { besselI0 } from '../bessel-functions.ts'

/** The value at `t` from 0 to 1. */
type Shape = (t: number) => number

const cosines =
  (a: number, b: number, c = 0): Shape =>
  (t) =>
    a - b * Math.cos(2 * Math.PI * t) + c * Math.cos(4 * Math.PI * t)
const kaiser =
  (beta: number): Shape =>
  (t) =>
    besselI0(beta * Math.sqrt(Math.max(0, 1 - (2 * t - 1) ** 2))) / besselI0(beta)

const shapes = {
  bartlett: () => (t: number) => 1 - Math.abs(2 * t - 1),
  blackman: () => cosines(0.42, 0.5, 0.08),
  hamming: (alpha = 0.54, beta = 0.46) => cosines(alpha, beta),
  hann: () => cosines(0.5, 0.5),
  kaiser: (beta = 12) => kaiser(beta),
}

function windowOf(
  d: Dispatcher,
  name: string,
  shape: Shape,
  length: number,
  periodic: boolean,
  code: number | null,
  device: Device | null,
): Tensor {
  const dtype = dtypeArgument(code, d.defaultDType)
  if (!dtypeInfo(dtype).isFloat) {
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `${name}_window expects floating point dtypes, got: ${dtype}`)
  }
  if (length < 0)
    throw new RuntimeError('TSJ_SHAPE_NEGATIVE', `${name}_window requires non-negative window_length, got window_length=${length}`)
  const last = periodic ? length : length - 1
  const values = Float64Array.from({ length }, (_, i) => (length === 1 ? 1 : shape(i / last)))
  return fromNumbers(d, values, [length], dtype, device ?? d.defaultDevice)
}

const options = '*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor'
type Options = [dtype: number | null, layout: unknown, device: Device | null]

/** Overloads by the parameters behind the length; those behind `periodic` are the shape's. */
function rows(name: keyof typeof shapes, overloads: Readonly<Record<string, string>>): [string, Kernel][] {
  return Object.entries(overloads).map(([overload, parameters]) => {
    const count = parameters === '' ? 0 : parameters.split(',').length
    const kernel = (d: Dispatcher, length: number, ...rest: unknown[]): Tensor => {
      const given = rest.slice(0, count) as [boolean?, ...number[]]
      const [dtype, , device] = rest.slice(count) as Options
      const [periodic = true, ...numbers] = given
      return windowOf(d, name, shapes[name](...(numbers as [])), length, periodic, dtype, device)
    }
    const schema = `aten::${name}_window${overload}(int window_length, ${parameters === '' ? '' : `${parameters}, `}${options}`
    return [schema, kernel as Kernel]
  })
}

const plain = { '': '', '.periodic': 'bool periodic' }

export const windowKernels: KernelTable = Object.fromEntries([
  ...rows('bartlett', plain),
  ...rows('blackman', plain),
  ...rows('hann', plain),
  ...rows('hamming', {
    ...plain,
    '.periodic_alpha': 'bool periodic, float alpha',
    '.periodic_alpha_beta': 'bool periodic, float alpha, float beta',
  }),
  ...rows('kaiser', { ...plain, '.beta': 'bool periodic, float beta' }),
])
