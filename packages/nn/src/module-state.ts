import { pythonTypeName, Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'

/** Parameters and buffers by dotted name, in order. */
export type StateDict = Map<string, Tensor>
/** What `loadStateDict` takes: Maps (also of what `torch.load` gives), plain objects, other state dicts. */
export type StateDictSource = ReadonlyMap<unknown, unknown> | Readonly<Record<string, unknown>>

export interface IncompatibleKeys {
  readonly missingKeys: readonly string[]
  readonly unexpectedKeys: readonly string[]
}

/** Throws TSJ_STATE_DICT where it is no dict by names. */
export function stateEntries(source: StateDictSource): Map<string, unknown> {
  const isDict = pythonTypeName(source) === 'dict'
  if (!isDict) throw new RuntimeError('TSJ_STATE_DICT', `Expected state_dict to be dict-like, got <class '${pythonTypeName(source)}'>.`)
  const entries: Iterable<[unknown, unknown]> = source instanceof Map ? source : Object.entries(source)
  const result = new Map<string, unknown>()
  for (const [key, value] of entries) {
    if (typeof key !== 'string')
      throw new RuntimeError('TSJ_STATE_DICT', `expected names as the keys of a state dict, found ${typeof key} ${String(key)}`)
    result.set(key, value)
  }
  return result
}

const size = (shape: readonly number[]): string => `torch.Size([${shape.join(', ')}])`

/** What loading a state dict has found so far. Modules call `take` for what is their own, then `strangers`, then go on to their children. */
export class LoadReport {
  private readonly missing: string[] = []
  private readonly unexpected: string[] = []
  private readonly errors: string[] = []
  constructor(readonly entries: Map<string, unknown>) {}

  has(key: string): boolean {
    return this.entries.has(key)
  }
  /** The tensor for a key where it is there and fits; what is wrong otherwise is noted. */
  take(key: string, into: Tensor): Tensor | undefined {
    if (!this.entries.has(key)) {
      this.missing.push(key)
      return undefined
    }
    let given = this.entries.get(key)
    if (!(given instanceof Tensor)) {
      const expected = `While copying the parameter named "${key}", expected torch.Tensor or Tensor-like object from checkpoint`
      this.errors.push(`${expected} but received <class '${pythonTypeName(given)}'>`)
      return undefined
    }
    // PyTorch 0.3 wrote 0-dim tensors as one element
    if (into.ndim === 0 && given.ndim === 1 && given.shape[0] === 1) given = new Tensor(given.storage, given.dtype, [], [], given.offset)
    const { shape, ndim } = given as Tensor
    if (ndim !== into.ndim || shape.some((extent, i) => extent !== into.shape[i])) {
      this.errors.push(
        `size mismatch for ${key}: copying a param with shape ${size(shape)} from checkpoint, the shape in current model is ${size(into.shape)}.`,
      )
      return undefined
    }
    return given as Tensor
  }
  /** Notes the keys below `prefix` that name neither what the module owns nor anything in one of its children. */
  strangers(prefix: string, own: ReadonlySet<string>, children: ReadonlySet<string>): void {
    for (const key of this.entries.keys()) {
      if (!key.startsWith(prefix)) continue
      const dot = key.indexOf('.', prefix.length)
      const known = dot < 0 ? own.has(key.slice(prefix.length)) : children.has(key.slice(prefix.length, dot))
      if (!known) this.unexpected.push(key)
    }
  }

  finish(name: string, strict: boolean): IncompatibleKeys {
    const list = (keys: readonly string[]) => keys.map((key) => `"${key}"`).join(', ')
    const messages = [...this.errors]
    if (strict) {
      if (this.unexpected.length) messages.unshift(`Unexpected key(s) in state_dict: ${list(this.unexpected)}. `)
      if (this.missing.length) messages.unshift(`Missing key(s) in state_dict: ${list(this.missing)}. `)
    }
    if (messages.length) throw new RuntimeError('TSJ_STATE_DICT', `Error(s) in loading state_dict for ${name}:\n\t${messages.join('\n\t')}`)
    return { missingKeys: this.missing, unexpectedKeys: this.unexpected }
  }
}
