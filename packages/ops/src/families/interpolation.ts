/** Resizing by size or by factor, and `interpolate` as older programs call it, in terms of the sized `upsample_*`. */
import { RuntimeError } from '@tsjit/types'
import type { Decomposition, DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

/** The `.vec` overloads: exactly one of a size and factors. `aligned` ones take align_corners between them. */
function byVector(name: string, spatial: number, aligned: boolean): Decomposition {
  return (op, input: TensorLike, size: number[] | null, ...rest: any[]) => {
    const [alignCorners, factors]: [boolean, number[] | null] = aligned ? [rest[0], rest[1]] : [false, rest[0]]
    if ((size === null) === (factors === null))
      throw new RuntimeError('TSJ_UPSAMPLE_SIZE', 'Must specify exactly one of output_size and scale_factors')
    const given = (size ?? factors)!
    if (given.length !== spatial) {
      throw new RuntimeError(
        'TSJ_UPSAMPLE_SIZE',
        `It is expected ${size ? 'output_size' : 'scale_factors'} equals to ${spatial}, but got size ${given.length}`,
      )
    }
    const out = size ?? factors!.map((factor, i) => Math.trunc(input.shape[i + 2] * factor))
    const scales = Array.from({ length: spatial }, (_, i) => factors?.[i] ?? null)
    return op.call(name, input, out, ...(aligned ? [alignCorners] : []), ...scales)
  }
}

const nearestNames = ['aten::upsample_nearest1d', 'aten::upsample_nearest2d', 'aten::upsample_nearest3d']
const exactNames = ['aten::_upsample_nearest_exact1d', 'aten::_upsample_nearest_exact2d', 'aten::_upsample_nearest_exact3d']

function perDimension(given: number | number[], spatial: number): number[] {
  return typeof given === 'number' ? new Array<number>(spatial).fill(given) : given
}

function interpolate(
  op: Dispatch,
  input: TensorLike,
  size: number | number[] | null,
  factor: number | number[] | null,
  mode: string,
  alignCorners: boolean | null,
  recompute: boolean | null,
  antialias: boolean,
): unknown {
  const spatial = input.ndim - 2
  const fail = (text: string): never => {
    throw new RuntimeError('TSJ_UPSAMPLE_SIZE', text)
  }
  if (size === null && factor === null) fail('either size or scale_factor should be defined')
  if (size !== null && factor !== null) fail('only one of size or scale_factor should be defined')
  if (alignCorners !== null && (mode === 'nearest' || mode === 'area' || mode === 'nearest-exact')) {
    fail('align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear')
  }
  let out = size === null ? null : perDimension(size, spatial)
  let factors = factor === null ? null : perDimension(factor, spatial)
  if (mode === 'area' || (recompute && factors)) {
    out ??= factors!.map((f, i) => Math.floor(input.shape[i + 2] * f))
    factors = null
  }
  if (mode === 'area') return op.call(`aten::adaptive_avg_pool${spatial}d`, input, out)
  if (mode === 'nearest') return op.call(`${nearestNames[spatial - 1]}.vec`, input, out, factors)
  if (mode === 'nearest-exact') return op.call(`${exactNames[spatial - 1]}.vec`, input, out, factors)
  const names: Record<string, [spatial: number, name: string]> = {
    linear: [1, 'aten::upsample_linear1d'],
    bilinear: [2, antialias ? 'aten::_upsample_bilinear2d_aa' : 'aten::upsample_bilinear2d'],
    bicubic: [2, antialias ? 'aten::_upsample_bicubic2d_aa' : 'aten::upsample_bicubic2d'],
    trilinear: [3, 'aten::upsample_trilinear3d'],
  }
  const found = names[mode]
  if (found?.[0] !== spatial) {
    fail(
      `Input Error: Only 3D, 4D and 5D input Tensors supported (got ${input.ndim}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area | nearest-exact (got ${mode})`,
    )
  }
  return op.call(`${found[1]}.vec`, input, out, alignCorners ?? false, factors)
}

const upsample: Decomposition = (op, input, size, factor, mode, alignCorners) =>
  interpolate(op, input, size, factor, mode, alignCorners, null, false)
const upsampleNearest: Decomposition = (op, input, size, factor) => interpolate(op, input, size, factor, 'nearest', null, null, false)
const upsampleBilinear: Decomposition = (op, input, size, factor) => interpolate(op, input, size, factor, 'bilinear', true, null, false)

export const interpolationDecompositions: DecompositionTable = {
  ...Object.fromEntries([...nearestNames, ...exactNames].map((name, i) => [`${name}.vec`, byVector(name, (i % 3) + 1, false)])),
  'aten::upsample_linear1d.vec': byVector('aten::upsample_linear1d', 1, true),
  'aten::upsample_bilinear2d.vec': byVector('aten::upsample_bilinear2d', 2, true),
  'aten::upsample_bicubic2d.vec': byVector('aten::upsample_bicubic2d', 2, true),
  'aten::upsample_trilinear3d.vec': byVector('aten::upsample_trilinear3d', 3, true),
  'aten::_upsample_bilinear2d_aa.vec': byVector('aten::_upsample_bilinear2d_aa', 2, true),
  'aten::_upsample_bicubic2d_aa.vec': byVector('aten::_upsample_bicubic2d_aa', 2, true),
  'aten::_upsample_lanczos2d_aa.vec': byVector('aten::_upsample_lanczos2d_aa', 2, true),
  'aten::__interpolate': interpolate as Decomposition,
  'aten::__interpolate.scale_list': interpolate as Decomposition,
  'aten::__interpolate.size_list': interpolate as Decomposition,
  'aten::__interpolate.size_list_scale_list': interpolate as Decomposition,
  'aten::__upsample': upsample,
  'aten::__upsample.size_list': upsample,
  'aten::__upsample_nearest': upsampleNearest,
  'aten::__upsample_nearest.size_list': upsampleNearest,
  'aten::__upsample_bilinear': upsampleBilinear,
  'aten::__upsample_bilinear.size_list': upsampleBilinear,
  'aten::__upsample_bilinear.scale_list': upsampleBilinear,
  'aten::__upsample_bilinear.size_list_scale_list': upsampleBilinear,
}
