import type { ImageSettings } from '@tsjit/torch'
import type { OptionTable } from '../command.ts'
import { usageError } from '../usage-error.ts'

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
