import type { Tensor } from '@tsjit/runtime'
import { type PaddingMode, pad } from '../functional/padding.ts'
import { Module } from '../module.ts'
import { python, type Size, tuple } from '../options.ts'

/** [left, right, top, bottom, front, back], or one number for all. */
abstract class PadNd extends Module {
  readonly padding: number[]
  constructor(
    padding: Size,
    spatial: number,
    private readonly mode: 'constant' | PaddingMode,
    readonly value = 0,
  ) {
    super()
    this.padding = tuple(padding, 2 * spatial)
  }
  forward(input: Tensor): Tensor {
    return pad(input, this.padding, this.mode, this.mode === 'constant' ? this.value : null)
  }
  override extraRepr(): string {
    return python(this.padding)
  }
}
abstract class ConstantPad extends PadNd {
  constructor(padding: Size, value: number, spatial: number) {
    super(padding, spatial, 'constant', value)
  }
  override extraRepr(): string {
    return `padding=${python(this.padding)}, value=${python(this.value)}`
  }
}
export class ConstantPad1d extends ConstantPad {
  constructor(padding: Size, value: number) {
    super(padding, value, 1)
  }
}
export class ConstantPad2d extends ConstantPad {
  constructor(padding: Size, value: number) {
    super(padding, value, 2)
  }
}
export class ConstantPad3d extends ConstantPad {
  constructor(padding: Size, value: number) {
    super(padding, value, 3)
  }
}
export class ZeroPad1d extends PadNd {
  constructor(padding: Size) {
    super(padding, 1, 'constant')
  }
}
export class ZeroPad2d extends PadNd {
  constructor(padding: Size) {
    super(padding, 2, 'constant')
  }
}
export class ZeroPad3d extends PadNd {
  constructor(padding: Size) {
    super(padding, 3, 'constant')
  }
}
export class ReflectionPad1d extends PadNd {
  constructor(padding: Size) {
    super(padding, 1, 'reflect')
  }
}
export class ReflectionPad2d extends PadNd {
  constructor(padding: Size) {
    super(padding, 2, 'reflect')
  }
}
export class ReflectionPad3d extends PadNd {
  constructor(padding: Size) {
    super(padding, 3, 'reflect')
  }
}
export class ReplicationPad1d extends PadNd {
  constructor(padding: Size) {
    super(padding, 1, 'replicate')
  }
}
export class ReplicationPad2d extends PadNd {
  constructor(padding: Size) {
    super(padding, 2, 'replicate')
  }
}
export class ReplicationPad3d extends PadNd {
  constructor(padding: Size) {
    super(padding, 3, 'replicate')
  }
}
export class CircularPad1d extends PadNd {
  constructor(padding: Size) {
    super(padding, 1, 'circular')
  }
}
export class CircularPad2d extends PadNd {
  constructor(padding: Size) {
    super(padding, 2, 'circular')
  }
}
export class CircularPad3d extends PadNd {
  constructor(padding: Size) {
    super(padding, 3, 'circular')
  }
}
