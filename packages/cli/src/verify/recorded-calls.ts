import type { Dispatcher } from '@tsjit/runtime'
import {
  FileSource,
  PyDict,
  PyFloat,
  PyTuple,
  readTorchSave,
  type StorageSource,
  TensorLoader,
  type ValueContext,
  valueContext,
} from '@tsjit/serializer'
import { ArchiveError } from '@tsjit/types'

/** One recorded call: inputs and outputs as pickled objects, to be turned into values by the method's types. */
export interface RecordedCall {
  readonly method: string
  readonly inputs: readonly unknown[]
  readonly outputs: unknown
  readonly rtol: number
  readonly atol: number
}

export interface RecordedCalls {
  readonly calls: readonly RecordedCall[]
  /** Makes tensors anew, so that a program that writes into its inputs does not change the record. */
  readonly freshContext: () => ValueContext
  /** The whole pickled dict: cases may hold more than calls. */
  readonly all: PyDict
  /** Closes the file: no tensor can be made from it any more. */
  close(): void
}

/** Reads a file of recorded calls (`torch.save({"calls": [...]})`). Throws `ArchiveError`; TSJ_CALLS_FORMAT where it holds something else. */
export function readRecordedCalls(path: string, dispatcher: Dispatcher): RecordedCalls {
  const opened = FileSource.open(path)
  try {
    return readOpen(path, opened, dispatcher)
  } catch (error) {
    opened.close()
    throw error
  }
}

function readOpen(path: string, opened: FileSource, dispatcher: Dispatcher): RecordedCalls {
  const file = readTorchSave(opened)
  const top = file.value
  const calls = top instanceof PyDict ? top.get('calls') : undefined
  if (!(top instanceof PyDict) || !Array.isArray(calls)) {
    throw new ArchiveError('TSJ_CALLS_FORMAT', `expected a file of recorded calls, found no list "calls" in ${path}`, {
      hint: 'write it with torch.save({"calls": [{"method": "forward", "inputs": (x,), "outputs": y, "rtol": 1e-4, "atol": 1e-5}]}, path)',
    })
  }
  const source: StorageSource = {
    sizeOf: (storage) => storage.byteLength,
    readInto: (storage, target) => file.readStorageInto(storage, target),
    recordOf: (storage) => `data/${storage.key}`,
  }
  return {
    calls: calls.map((call, i) => readCall(call, i)),
    freshContext: () => valueContext(new TensorLoader(source, dispatcher, 'cpu')),
    all: top,
    close: () => opened.close(),
  }
}

function readCall(call: unknown, index: number): RecordedCall {
  const method = call instanceof PyDict ? (call.get('method') ?? 'forward') : undefined
  const inputs = call instanceof PyDict ? call.get('inputs') : undefined
  const items = inputs instanceof PyTuple ? inputs.items : Array.isArray(inputs) ? inputs : undefined
  if (!(call instanceof PyDict) || typeof method !== 'string' || !items) {
    throw new ArchiveError('TSJ_CALLS_FORMAT', `call ${index} is no dict with "method" and a tuple of "inputs"`)
  }
  return {
    method,
    inputs: items,
    outputs: call.get('outputs') ?? null,
    rtol: number(call.get('rtol'), 1e-4),
    atol: number(call.get('atol'), 1e-5),
  }
}

function number(value: unknown, otherwise: number): number {
  if (value instanceof PyFloat) return value.value
  return typeof value === 'number' ? value : otherwise
}
