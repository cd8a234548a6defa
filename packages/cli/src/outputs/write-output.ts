import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { Boxed, Tensor } from '@tsjit/runtime'
import { npy, type Runtime, safetensors } from '@tsjit/torch'
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
  const tensors = new Map<string, Tensor>()
  collect('output', value, tensors)
  if (extension === '.safetensors') {
    if (tensors.size === 0) throw usageError('the result holds no tensor to write', 'write it to a .json file')
    return safetensors.saveToBuffer(tensors, { runtime })
  }
  if (tensors.size !== 1)
    throw usageError(`a .npy file holds one tensor, the result holds ${tensors.size}`, 'write it to a .safetensors or .json file')
  return npy.saveToBuffer([...tensors.values()][0], { runtime })
}

function collect(name: string, value: unknown, into: Map<string, Tensor>): void {
  if (value instanceof Boxed) collect(name, value.value, into)
  else if (value instanceof Tensor) into.set(name, value)
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) collect(`${name}.${i}`, item, into)
  else if (value instanceof Map) for (const [key, item] of value) collect(`${name}.${String(key)}`, item, into)
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
