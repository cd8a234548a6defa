/** `torch.npy`: NumPy's `.npy` files. */
import { basename } from 'node:path'
import type { Tensor } from '@tsjit/runtime'
import { readNpy, writeNpy } from '@tsjit/serializer'
import { defaultRuntime, type Runtime } from '../runtime.ts'
import { hostToTensor, tensorToHost } from './host-tensors.ts'
import { isLoadStream, type LoadSource, type LoadStream, openSource, pathOf, readStream } from './load-source.ts'
import { type SaveFile, type SaveStream, writeTarget } from './save-target.ts'

export interface NpyOptions {
  readonly runtime?: Runtime
}

/** Reads an array: versions 1 to 3, either byte order, either memory order. Throws TSJ_NPY_FORMAT, TSJ_NPY_DTYPE, TSJ_NPY_TRUNCATED. */
export function load(source: LoadSource, options?: NpyOptions): Tensor
export function load(source: LoadStream, options?: NpyOptions): Promise<Tensor>
export function load(source: LoadSource | LoadStream, options: NpyOptions = {}): Tensor | Promise<Tensor> {
  if (isLoadStream(source)) return readStream(source).then((bytes) => load(bytes, options))
  const { bytes, file } = openSource(source)
  try {
    const record = typeof source === 'string' || source instanceof URL ? basename(pathOf(source)) : undefined
    return hostToTensor(readNpy(bytes.read(0, bytes.size), record), options.runtime ?? defaultRuntime())
  } finally {
    file?.close()
  }
}

/** Writes a tensor as NumPy does. Throws TSJ_NPY_DTYPE for bfloat16, 8-bit floats and quantised dtypes, which NumPy lacks. */
export function save(tensor: Tensor, target: SaveFile, options?: NpyOptions): void
export function save(tensor: Tensor, target: SaveStream, options?: NpyOptions): Promise<void>
export function save(tensor: Tensor, target: SaveFile | SaveStream, options: NpyOptions = {}): void | Promise<void> {
  return writeTarget(target, (sink) => sink(saveToBuffer(tensor, options)))
}
export function saveToBuffer(tensor: Tensor, { runtime = defaultRuntime() }: NpyOptions = {}): Uint8Array {
  return writeNpy(tensorToHost(tensor, runtime.dispatcher))
}
