import type { Dispatcher, Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { bytesOf, isLoadStream, type LoadSource, type LoadStream, openSource, readStream } from '../files/load-source.ts'
import { defaultRuntime, type Runtime } from '../runtime.ts'
import { decodeImage, type Pixels } from './decode-image.ts'
import { resamplePlane } from './resample-plane.ts'

export interface ImageSettings {
  /** One channel instead of three. */
  readonly grey?: boolean
  /** 1 - x: ink is 1 and paper 0. */
  readonly invert?: boolean
  /** Resized to this first, antialiased. */
  readonly size?: readonly [height: number, width: number] | undefined
  /** Then (x - mean) / std, a number for each channel. */
  readonly mean?: readonly number[]
  readonly std?: readonly number[]
}

/**
 * A PNG or JPEG as a float32 tensor (1, channels, height, width) with values from 0 to 1. Throws TSJ_IMAGE_FORMAT, TSJ_IMAGE_TOO_LARGE,
 * TSJ_IMAGE_SETTINGS.
 */
export async function readImage(
  source: LoadSource | LoadStream,
  { runtime = defaultRuntime(), ...settings }: ImageSettings & { readonly runtime?: Runtime } = {},
): Promise<Tensor> {
  return imageTensor(await decodeImage(await allBytes(source), nameOf(source)), settings, runtime.dispatcher)
}

async function allBytes(source: LoadSource | LoadStream): Promise<Uint8Array> {
  if (isLoadStream(source)) return readStream(source)
  if (typeof source !== 'string' && !(source instanceof URL)) return bytesOf(source)
  const { bytes, file } = openSource(source)
  try {
    return bytes.read(0, bytes.size)
  } finally {
    file?.close()
  }
}

function nameOf(source: LoadSource | LoadStream): string {
  return typeof source === 'string' || source instanceof URL ? String(source) : 'the picture'
}

/** (1, channels, height, width), float32. Transparency is ignored; grey is ITU-R 601's luma. */
export function imageTensor({ width, height, rgba }: Pixels, settings: ImageSettings, dispatcher: Dispatcher): Tensor {
  const { grey = false, invert = false } = settings
  const [toHeight, toWidth] = settings.size ?? [height, width]
  const channels = grey ? 1 : 3
  const { mean = new Array<number>(channels).fill(0), std = new Array<number>(channels).fill(1) } = settings
  if (mean.length !== channels || std.length !== channels || std.includes(0))
    throw new RuntimeError('TSJ_IMAGE_SETTINGS', `expected ${channels} numbers for mean and std each, and no std of 0`)
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
