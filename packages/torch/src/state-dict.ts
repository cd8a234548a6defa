import type { StateDict } from '@tsjit/nn'
import { Tensor } from '@tsjit/runtime'
import { isSafetensors, isTorchScript } from '@tsjit/serializer'
import { ArchiveError } from '@tsjit/types'
import { isLoadStream, type LoadSource, type LoadStream, openSource, readStream } from './files/load-source.ts'
import { load as loadSafetensors } from './files/safetensors.ts'
import { readArchive } from './load.ts'
import { type LoadValueOptions, readValue } from './load-values.ts'
import { defaultRuntime } from './runtime.ts'
import { stateTensors } from './state-tensors.ts'

/**
 * The state dict in a file of any kind: what `torch.save` wrote (zip, legacy or tar), safetensors, or the parameters and buffers of a TorchScript archive.
 * Streams give a promise. Throws TSJ_STATE_DICT_FILE where the file holds something else, and what reading it throws.
 */
export function readStateDict(source: LoadSource, options?: LoadValueOptions): StateDict
export function readStateDict(source: LoadStream, options?: LoadValueOptions): Promise<StateDict>
export function readStateDict(source: LoadSource | LoadStream, options: LoadValueOptions = {}): StateDict | Promise<StateDict> {
  if (isLoadStream(source)) return readStream(source).then((bytes) => readStateDict(bytes, options))
  const { bytes, file } = openSource(source)
  try {
    if (isSafetensors(bytes)) return loadSafetensors(source, options.runtime ? { runtime: options.runtime } : {})
    if (isTorchScript(bytes)) {
      const { module } = readArchive(bytes, options.runtime ?? defaultRuntime(), options)
      return new Map(stateTensors(module))
    }
    return checked(readValue(bytes, options))
  } finally {
    file?.close()
  }
}

function checked(value: unknown): StateDict {
  const isDict = value instanceof Map
  if (isDict && [...value].every(([key, item]) => typeof key === 'string' && item instanceof Tensor)) return value
  const found = isDict ? `a dict of ${[...value.keys()].slice(0, 20).join(', ')}` : Array.isArray(value) ? 'a list' : `a ${typeof value}`
  throw new ArchiveError('TSJ_STATE_DICT_FILE', `expected a dict of tensors by name, found ${found}`, {
    hint: "read it with torch.load and take the state dict out: torch.load(path).get('state_dict')",
  })
}
