import { accessSync, constants } from 'node:fs'
import { extname } from 'node:path'
import type { Dispatcher, Tensor } from '@tsjit/runtime'
import { FileSource, PyDict, readTorchSave, TensorLoader, type ValueContext, valueContext } from '@tsjit/serializer'
import { type ImageSettings, npy, type Runtime, readImage, safetensors } from '@tsjit/torch'
import { usageError } from '../usage-error.ts'

/** What a file gives: one value, several by name, or the inputs of a recorded call. */
export type FileInput =
  | { readonly kind: 'value'; readonly value: unknown; readonly context?: ValueContext }
  | { readonly kind: 'named'; readonly values: ReadonlyMap<string, Tensor> }
  | { readonly kind: 'call'; readonly inputs: readonly unknown[]; readonly context: ValueContext }

const extensions = new Set(['.npy', '.safetensors', '.pt', '.pth', '.png', '.jpg', '.jpeg'])

/** Whether a text names a file of a kind that is read; `#` and what follows chooses a part. */
export function isInputFile(text: string): boolean {
  return extensions.has(extname(splitPart(text).path).toLowerCase())
}

/** Reads an input file. `#NAME` picks a tensor of a safetensors file, a key of a pickled dict or a recorded call by number. */
export async function readInputFile(text: string, runtime: Runtime, image: ImageSettings): Promise<FileInput> {
  const { path, part } = splitPart(text)
  checkReadable(path)
  switch (extname(path).toLowerCase()) {
    case '.npy':
      return { kind: 'value', value: npy.load(path, { runtime }) }
    case '.safetensors':
      return readNamed(path, part, runtime)
    case '.pt':
    case '.pth':
      return readPickled(path, part, runtime.dispatcher)
    default:
      return { kind: 'value', value: await readImage(path, { ...image, runtime }) }
  }
}

function splitPart(text: string): { path: string; part: string | undefined } {
  const at = text.lastIndexOf('#')
  return at > 0 ? { path: text.slice(0, at), part: text.slice(at + 1) } : { path: text, part: undefined }
}

function checkReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch (error) {
    throw usageError(`cannot read the input ${path}: ${(error as Error).message}`)
  }
}

function readNamed(path: string, part: string | undefined, runtime: Runtime): FileInput {
  const values = safetensors.load(path, { runtime })
  if (part === undefined) return values.size === 1 ? { kind: 'value', value: [...values.values()][0] } : { kind: 'named', values }
  const chosen = values.get(part)
  if (!chosen) throw usageError(`${path} holds no tensor '${part}'`, `it holds: ${[...values.keys()].slice(0, 20).join(', ')}`)
  return { kind: 'value', value: chosen }
}

function readPickled(path: string, part: string | undefined, dispatcher: Dispatcher): FileInput {
  const source = FileSource.open(path)
  const file = readTorchSave(source)
  const loader = new TensorLoader(
    {
      sizeOf: (storage) => storage.byteLength,
      readInto: (storage, target) => file.readStorageInto(storage, target),
      recordOf: (storage) => `data/${storage.key}`,
    },
    dispatcher,
    'cpu',
  )
  const context = valueContext(loader)
  const top = file.value
  const calls = top instanceof PyDict ? top.get('calls') : undefined
  if (Array.isArray(calls)) {
    const index = part === undefined ? 0 : Number(part)
    const call = calls[index]
    const inputs = call instanceof PyDict ? call.get('inputs') : undefined
    const items = Array.isArray(inputs) ? inputs : (inputs as { items?: readonly unknown[] } | undefined)?.items
    if (!items) throw usageError(`${path} holds no recorded call ${part ?? 0}`, `it holds ${calls.length} calls`)
    return { kind: 'call', inputs: items, context }
  }
  if (part === undefined) return { kind: 'value', value: top, context }
  if (!(top instanceof PyDict) || !top.has(part)) {
    throw usageError(
      `${path} holds no '${part}'`,
      top instanceof PyDict ? `it holds: ${[...top.keys()].slice(0, 20).join(', ')}` : 'it holds no dict',
    )
  }
  return { kind: 'value', value: top.get(part), context }
}
