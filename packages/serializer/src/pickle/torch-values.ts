import type { DType } from '@tsjit/types'
import { PyTuple } from './python-values.ts'

/** A plain value of the `torch` module: `torch.float32`, `torch.strided`, `torch.channels_last`, `torch.per_tensor_affine`. */
export class TorchConstant {
  constructor(
    readonly kind: 'dtype' | 'layout' | 'memory_format' | 'qscheme',
    /** Without `torch.`. */
    readonly name: string,
  ) {}
}

/** A storage class such as `torch.FloatStorage`; without a dtype the untyped one. */
export class TorchStorageType {
  constructor(
    readonly name: string,
    readonly dtype: DType | undefined,
  ) {}
}

export class TorchDevice {
  constructor(
    readonly type: string,
    readonly index: number | undefined,
  ) {}
  toString(): string {
    return this.index === undefined ? this.type : `${this.type}:${this.index}`
  }
}

/** `torch.Size`: a tuple of ints. */
export class TorchSize extends PyTuple<number> {}

const typeTags = new WeakMap<object, string>()

/** Notes the TorchScript type of a list or dict, as `restore_type_tag` and `build_intlist` state it. */
export function setTypeTag(value: object, annotation: string): void {
  typeTags.set(value, annotation)
}

/** The TorchScript type of a list or dict (`List[int]`, `Dict[str, Tensor]`), where the pickle states it. */
export function typeTagOf(value: object): string | undefined {
  return typeTags.get(value)
}
