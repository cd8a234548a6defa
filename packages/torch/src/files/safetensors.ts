/** `torch.safetensors`: tensors by name in the safetensors format. */
import type { StateDict } from '@tsjit/nn'
import { Device, Tensor } from '@tsjit/runtime'
import { readInto, readSafetensorsHeader, writeSafetensors } from '@tsjit/serializer'
import { ArchiveError } from '@tsjit/types'
import { defaultRuntime, type Runtime } from '../runtime.ts'
import { tensorToHost } from './host-tensors.ts'
import { isLoadStream, type LoadSource, type LoadStream, openSource, readStream } from './load-source.ts'
import { type SaveFile, type SaveStream, writeTarget } from './save-target.ts'

export interface SafetensorsLoadOptions {
  readonly runtime?: Runtime
  /** Where tensors go; the format keeps no devices: the default device where absent. */
  readonly device?: string | Device
}
export interface SafetensorsSaveOptions {
  readonly runtime?: Runtime
  /** Texts beside the tensors (`{ format: 'pt' }`). */
  readonly metadata?: Readonly<Record<string, string>>
}
export type NamedTensors = ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>

/** Reads all tensors. Throws TSJ_SAFETENSORS_FORMAT, TSJ_SAFETENSORS_DTYPE, TSJ_SAFETENSORS_TRUNCATED. */
export function load(source: LoadSource, options?: SafetensorsLoadOptions): StateDict
export function load(source: LoadStream, options?: SafetensorsLoadOptions): Promise<StateDict>
export function load(source: LoadSource | LoadStream, options: SafetensorsLoadOptions = {}): StateDict | Promise<StateDict> {
  if (isLoadStream(source)) return readStream(source).then((bytes) => load(bytes, options))
  const { dispatcher } = options.runtime ?? defaultRuntime()
  const device = options.device === undefined ? dispatcher.defaultDevice : Device.parse(String(options.device))
  const backend = dispatcher.backendFor(device)
  const { bytes, file } = openSource(source)
  try {
    const tensors: StateDict = new Map()
    for (const [name, { dtype, shape, offset, byteLength }] of readSafetensorsHeader(bytes).entries) {
      const tensor = dispatcher.empty(shape, dtype, device)
      const host = backend.hostAccessible ? new Uint8Array(tensor.storage.buffer, 0, byteLength) : new Uint8Array(byteLength)
      readInto(bytes, offset, host)
      if (!backend.hostAccessible) backend.copyFromHost!(host, tensor.storage, 0)
      tensors.set(name, tensor)
    }
    return tensors
  } finally {
    file?.close()
  }
}

/** The texts that a file holds beside its tensors. */
export function metadata(source: LoadSource): Map<string, string> {
  const { bytes, file } = openSource(source)
  try {
    return readSafetensorsHeader(bytes).metadata
  } finally {
    file?.close()
  }
}

/** Writes tensors, each whole: the format knows no shared memory. Throws TSJ_SAFETENSORS_DTYPE, TSJ_SAFETENSORS_VALUE. */
export function save(tensors: NamedTensors, target: SaveFile, options?: SafetensorsSaveOptions): void
export function save(tensors: NamedTensors, target: SaveStream, options?: SafetensorsSaveOptions): Promise<void>
export function save(tensors: NamedTensors, target: SaveFile | SaveStream, options: SafetensorsSaveOptions = {}): void | Promise<void> {
  return writeTarget(target, (sink) => void writeSafetensors(hosts(tensors, options), metadataOf(options), sink))
}
/** The same as bytes: the same tensors give the same bytes. */
export function saveToBuffer(tensors: NamedTensors, options: SafetensorsSaveOptions = {}): Uint8Array {
  return writeSafetensors(hosts(tensors, options), metadataOf(options))
}

function metadataOf({ metadata: texts = {} }: SafetensorsSaveOptions): Map<string, string> {
  return new Map(Object.entries(texts))
}

function hosts(tensors: NamedTensors, { runtime = defaultRuntime() }: SafetensorsSaveOptions) {
  const entries: Iterable<[string, unknown]> = tensors instanceof Map ? tensors : Object.entries(tensors)
  return new Map(
    [...entries].map(([name, tensor]) => {
      if (tensor instanceof Tensor && typeof name === 'string') return [name, tensorToHost(tensor, runtime.dispatcher)]
      throw new ArchiveError('TSJ_SAFETENSORS_VALUE', `a safetensors file holds tensors by name, '${String(name)}' is a ${typeof tensor}`)
    }),
  )
}
