import { Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'

/** Parameters and buffers by dotted name, in order. */
export type StateDict = Map<string, Tensor>
/** What `loadStateDict` takes: Maps (also of what `torch.load` gives), plain objects, other state dicts. */
export type StateDictSource = ReadonlyMap<unknown, unknown> | Readonly<Record<string, Tensor>>

export interface IncompatibleKeys {
  readonly missingKeys: readonly string[]
  readonly unexpectedKeys: readonly string[]
}

/** Throws TSJ_STATE_DICT where a value is no tensor. */
export function stateEntries(source: StateDictSource): StateDict {
  const entries: Iterable<[unknown, unknown]> = source instanceof Map ? source : Object.entries(source)
  const result: StateDict = new Map()
  for (const [key, value] of entries) {
    if (typeof key !== 'string' || !(value instanceof Tensor))
      throw new RuntimeError('TSJ_STATE_DICT', `expected a state dict of tensors by name, found ${typeof value} for key ${String(key)}`)
    result.set(key, value)
  }
  return result
}

const size = (shape: readonly number[]): string => `torch.Size([${shape.join(', ')}])`

/** What loading a state dict has found so far. */
export class LoadReport {
  private readonly missing: string[] = []
  private readonly used = new Set<string>()
  private readonly errors: string[] = []
  constructor(readonly entries: StateDict) {}

  has(key: string): boolean {
    return this.entries.has(key)
  }
  /** The tensor for a key where it is there and fits; what is wrong otherwise is noted. */
  take(key: string, into: Tensor): Tensor | undefined {
    let given = this.entries.get(key)
    if (!given) {
      this.missing.push(key)
      return undefined
    }
    this.used.add(key)
    // PyTorch 0.3 wrote 0-dim tensors as one element
    if (into.ndim === 0 && given.ndim === 1 && given.shape[0] === 1) given = new Tensor(given.storage, given.dtype, [], [], given.offset)
    if (given.ndim !== into.ndim || given.shape.some((extent, i) => extent !== into.shape[i])) {
      this.errors.push(
        `size mismatch for ${key}: copying a param with shape ${size(given.shape)} from checkpoint, the shape in current model is ${size(into.shape)}.`,
      )
      return undefined
    }
    return given
  }

  finish(name: string, strict: boolean): IncompatibleKeys {
    const unexpected = [...this.entries.keys()].filter((key) => !this.used.has(key))
    const list = (keys: readonly string[]) => keys.map((key) => `"${key}"`).join(', ')
    const messages = [...this.errors]
    if (strict) {
      if (unexpected.length) messages.unshift(`Unexpected key(s) in state_dict: ${list(unexpected)}. `)
      if (this.missing.length) messages.unshift(`Missing key(s) in state_dict: ${list(this.missing)}. `)
    }
    if (messages.length) throw new RuntimeError('TSJ_STATE_DICT', `Error(s) in loading state_dict for ${name}:\n\t${messages.join('\n\t')}`)
    return { missingKeys: this.missing, unexpectedKeys: unexpected }
  }
}
