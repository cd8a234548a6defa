import { formatTensor, Tensor } from '@tsjit/runtime'

/** A tensor that a module owns and trains: `parameters()` and `stateDict()` list it. Shares the memory of the tensor that it is made of. */
export class Parameter extends Tensor {
  constructor(data: Tensor, requiresGrad = true) {
    super(data.storage, data.dtype, data.shape, data.strides, data.offset)
    this.requiresGrad = requiresGrad
  }

  /** Takes over another tensor's memory, dtype and shape: `param.data = other`. */
  setData(other: Tensor): this {
    this.storage = other.storage
    this.dtype = other.dtype
    this.shape = other.shape
    this.strides = other.strides
    this.offset = other.offset
    return this
  }

  override toString(): string {
    return `Parameter containing:\n${formatTensor(this)}`
  }
}

/** A parameter whose shape the first input decides (`LazyLinear` and the like). */
export class UninitializedParameter extends Parameter {
  /** Becomes a parameter of this shape; its values are not set. */
  materialize(blank: Tensor): Parameter {
    this.setData(blank)
    Object.setPrototypeOf(this, Parameter.prototype)
    return this
  }
  override toString(): string {
    return '<UninitializedParameter>'
  }
}
