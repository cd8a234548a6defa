import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { Boxed, Tensor } from '@tsjit/runtime'
import { type HostTensor, writeNpy, writeSafetensors } from '@tsjit/serializer'
import type { Runtime } from '@tsjit/torch'
import { usageError } from '../usage-error.ts'
import { valueJson } from './value-json.ts'

const extensions = ['.npy', '.safetensors', '.json']

/** Throws TSJ_USAGE where the extension says no format: to be asked before a long run. */
export function checkOutputPath(path: string): void {
  if (!extensions.includes(extname(path).toLowerCase())) throw usageError(`--output must end in ${extensions.join(', ')}, found '${path}'`)
}

/** Writes a result by the path's extension: `.npy` one tensor, `.safetensors` every tensor by its place (`output.0`, `output.key`), `.json` anything. */
export function writeOutput(path: string, value: unknown, runtime: Runtime): void {
  writeWhole(path, encode(path, value, runtime))
}

function encode(path: string, value: unknown, runtime: Runtime): Uint8Array | string {
  const extension = extname(path).toLowerCase()
  if (extension === '.json') return `${JSON.stringify(valueJson(value, runtime))}\n`
  const tensors = new Map<string, HostTensor>()
  collect('output', value, tensors, runtime)
  if (extension === '.safetensors') {
    if (tensors.size === 0) throw usageError('the result holds no tensor to write', 'write it to a .json file')
    return writeSafetensors(tensors)
  }
  if (tensors.size !== 1)
    throw usageError(`a .npy file holds one tensor, the result holds ${tensors.size}`, 'write it to a .safetensors or .json file')
  return writeNpy([...tensors.values()][0])
}

function collect(name: string, value: unknown, into: Map<string, HostTensor>, runtime: Runtime): void {
  if (value instanceof Boxed) collect(name, value.value, into, runtime)
  else if (value instanceof Tensor) into.set(name, toHost(value, runtime))
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) collect(`${name}.${i}`, item, into, runtime)
  else if (value instanceof Map) for (const [key, item] of value) collect(`${name}.${String(key)}`, item, into, runtime)
}

function toHost(tensor: Tensor, { dispatcher }: Runtime): HostTensor {
  const dense: Tensor = dispatcher.call('aten::contiguous', tensor)
  const start = dense.offset * dense.itemSize
  return { dtype: dense.dtype, shape: dense.shape, data: new Uint8Array(dense.storage.buffer, start, dense.numel * dense.itemSize) }
}

/** A file is there whole or not at all. */
function writeWhole(path: string, content: Uint8Array | string): void {
  const draft = `${path}.${process.pid}.part`
  try {
    writeFileSync(draft, content)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw usageError(`cannot write ${path}: ${(error as Error).message}`)
  }
}
