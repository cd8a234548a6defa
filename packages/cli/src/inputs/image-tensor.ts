import type { Dispatcher, Tensor } from '@tsjit/runtime'
import type { OptionTable } from '../command.ts'
import { usageError } from '../usage-error.ts'
import type { Pixels } from './image-pixels.ts'
import { resamplePlane } from './resample.ts'

export const imageOptions = {
  'image-size': { type: 'string' },
  mean: { type: 'string' },
  std: { type: 'string' },
  grey: { type: 'boolean' },
  invert: { type: 'boolean' },
} as const satisfies OptionTable

export const imageHelp = `  Pictures become float32 tensors (1, 3, height, width) with values from 0 to 1:
  --grey           one channel instead of three
  --image-size S   resize to HxW (or S for SxS) first, antialiased
  --invert         1 - x: ink is 1 and paper 0
  --mean A,B,C --std A,B,C   then (x - mean) / std, a number for each channel or one for all`

export interface ImageSettings {
  readonly grey: boolean
  readonly invert: boolean
  readonly size: readonly [height: number, width: number] | undefined
  readonly mean: readonly number[]
  readonly std: readonly number[]
}

/** Throws TSJ_USAGE. */
export function imageSettings(values: Readonly<Record<string, any>>): ImageSettings {
  const grey = values.grey === true
  const numbers = (name: string, otherwise: number): number[] => {
    const channels = grey ? 1 : 3
    if (values[name] === undefined) return new Array<number>(channels).fill(otherwise)
    const list = String(values[name]).split(',').map(Number)
    if (list.some((number) => !Number.isFinite(number)) || (list.length !== 1 && list.length !== channels)) {
      throw usageError(`--${name} takes ${channels === 1 ? 'a number' : 'one number or three'}, found '${values[name]}'`)
    }
    return list.length === 1 ? new Array<number>(channels).fill(list[0]) : list
  }
  const std = numbers('std', 1)
  if (std.includes(0)) throw usageError('--std must not be 0')
  let size: ImageSettings['size']
  if (values['image-size'] !== undefined) {
    const found = /^(\d{1,5})(?:x(\d{1,5}))?$/.exec(values['image-size'])
    if (!found || Number(found[1]) === 0 || Number(found[2] ?? 1) === 0)
      throw usageError(`--image-size takes 224 or 224x320, found '${values['image-size']}'`)
    size = [Number(found[1]), Number(found[2] ?? found[1])]
  }
  return { grey, invert: values.invert === true, size, mean: numbers('mean', 0), std }
}

/** (1, channels, height, width), float32. Transparency is ignored; grey is ITU-R 601's luma. */
export function imageTensor({ width, height, rgba }: Pixels, settings: ImageSettings, dispatcher: Dispatcher): Tensor {
  const { grey, invert, mean, std } = settings
  const [toHeight, toWidth] = settings.size ?? [height, width]
  const channels = grey ? 1 : 3
  const tensor = dispatcher.empty([1, channels, toHeight, toWidth], 'float32')
  const data = tensor.data() as Float32Array
  for (let channel = 0; channel < channels; channel++) {
    const plane = new Float32Array(width * height)
    for (let i = 0; i < plane.length; i++) {
      const at = 4 * i
      const value = grey ? 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2] : rgba[at + channel]
      plane[i] = value / 255
    }
    const sized = resamplePlane(plane, height, width, toHeight, toWidth)
    const start = channel * toHeight * toWidth
    for (let i = 0; i < sized.length; i++) data[start + i] = ((invert ? 1 - sized[i] : sized[i]) - mean[channel]) / std[channel]
  }
  return tensor
}
