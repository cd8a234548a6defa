import { activeTrace, type Storage, Tensor } from '@tsjit/runtime'

/**
 * A size that a traced program reads from a tensor: a 0-dim int64 tensor, so that it can be an argument of operators and go into arithmetic by operators
 * (`sizes.mul(n, 2)`) without losing where it comes from. Where JavaScript wants a number (`n * 2`, `n > 3`, a text) it is one, and a constant from there on.
 */
export class TracedSize extends Tensor {
  constructor(
    storage: Storage,
    private readonly extent: number,
  ) {
    super(storage, 'int64', [], [], 0)
  }

  override valueOf(): number {
    activeTrace()?.escapes(this, 'integer')
    return this.extent
  }
  [Symbol.toPrimitive](hint: string): number | string {
    const size = this.valueOf()
    return hint === 'string' ? String(size) : size
  }
  toJSON(): number {
    return this.valueOf()
  }
}
