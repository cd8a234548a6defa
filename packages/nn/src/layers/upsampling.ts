import type { Tensor } from '@tsjit/runtime'
import { type InterpolateMode, interpolate } from '../functional/interpolate.ts'
import { Module } from '../module.ts'
import { float, python, type Size } from '../options.ts'

export interface UpsampleOptions {
  readonly size?: Size | null
  readonly scale_factor?: Size | null
  readonly mode?: InterpolateMode
  readonly align_corners?: boolean | null
  readonly recompute_scale_factor?: boolean | null
}
export class Upsample extends Module {
  readonly size: Size | null
  readonly scale_factor: Size | null
  readonly mode: InterpolateMode
  readonly align_corners: boolean | null
  readonly recompute_scale_factor: boolean | null
  constructor({
    size = null,
    scale_factor = null,
    mode = 'nearest',
    align_corners = null,
    recompute_scale_factor = null,
  }: UpsampleOptions = {}) {
    super()
    this.size = size
    this.scale_factor = scale_factor
    this.mode = mode
    this.align_corners = align_corners
    this.recompute_scale_factor = recompute_scale_factor
  }
  forward(input: Tensor): Tensor {
    return interpolate(input, this)
  }
  override extraRepr(): string {
    const { scale_factor: scale } = this
    const info =
      scale === null
        ? `size=${python(this.size)}`
        : `scale_factor=${typeof scale === 'number' ? float(scale) : `(${scale.map(float).join(', ')})`}`
    return `${info}, mode='${this.mode}'`
  }
}
export interface UpsamplingOptions {
  readonly size?: Size | null
  readonly scale_factor?: Size | null
}
export class UpsamplingNearest2d extends Upsample {
  constructor(options: UpsamplingOptions = {}) {
    super({ ...options, mode: 'nearest' })
  }
}
export class UpsamplingBilinear2d extends Upsample {
  constructor(options: UpsamplingOptions = {}) {
    super({ ...options, mode: 'bilinear', align_corners: true })
  }
}
