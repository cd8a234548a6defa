import { plainShape, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { op } from '../operator.ts'
import { type Size, tuple } from '../options.ts'

export type InterpolateMode = 'nearest' | 'linear' | 'bilinear' | 'bicubic' | 'trilinear' | 'area' | 'nearest-exact'
export interface InterpolateOptions {
  readonly size?: Size | null
  readonly scale_factor?: Size | null
  readonly mode?: InterpolateMode
  readonly align_corners?: boolean | null
  readonly recompute_scale_factor?: boolean | null
  readonly antialias?: boolean
}

/** Resizes the last dimensions of (N, C, *). Throws TSJ_INTERPOLATE for sizes, factors and modes that do not fit the input. */
export function interpolate(input: Tensor, options: InterpolateOptions = {}): Tensor {
  const { size, scale_factor: scale, mode = 'nearest', align_corners = null, recompute_scale_factor, antialias = false } = options
  const spatial = input.ndim - 2
  const refuse = (message: string) => new RuntimeError('TSJ_INTERPOLATE', message)
  if ((size ?? null) !== null && (scale ?? null) !== null) throw refuse('only one of size or scale_factor should be defined')
  if ((size ?? null) === null && (scale ?? null) === null) throw refuse('either size or scale_factor should be defined')
  const cornerless = mode === 'nearest' || mode === 'area' || mode === 'nearest-exact'
  if (cornerless && align_corners !== null)
    throw refuse('align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear')
  const check = (value: Size, what: string) => {
    if (typeof value !== 'number' && value.length !== spatial)
      throw refuse(
        `Input and ${what} must have the same number of spatial dimensions, but got input with spatial dimensions of [${input.shape.slice(2).join(', ')}] and ${what} of [${value.join(', ')}]`,
      )
    return tuple(value, spatial)
  }
  let sizes = size === null || size === undefined ? null : check(size, 'output size')
  let scales = scale === null || scale === undefined ? null : check(scale, 'scale_factor')
  if (scales && (recompute_scale_factor || mode === 'area')) {
    sizes = scales.map((factor, i) => Math.floor(plainShape(input)[i + 2] * factor))
    scales = null
  }
  const corners = align_corners ?? false
  if (mode === 'area') return op(`adaptive_avg_pool${spatial}d`, input, sizes)
  if (mode === 'nearest') return op(`upsample_nearest${spatial}d`, input, sizes, scales)
  if (mode === 'nearest-exact') return op(`_upsample_nearest_exact${spatial}d`, input, sizes, scales)
  const suffix = antialias ? '_aa' : ''
  const prefix = antialias ? '_' : ''
  const wanted = { linear: 1, bilinear: 2, bicubic: 2, trilinear: 3 }[mode]
  if (wanted !== spatial) throw refuse(`Got ${input.ndim}D input, but ${mode} mode needs ${wanted + 2}D input`)
  return op(`${prefix}upsample_${mode}${spatial}d${suffix}`, input, sizes, corners, scales)
}
