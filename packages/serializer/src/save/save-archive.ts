import type { CompilationUnit } from '@tsjit/ir'
import { type Dispatcher, ScriptObject } from '@tsjit/runtime'
import { ArchiveError, type ClassType, TupleType, type Type } from '@tsjit/types'
import { ArchiveCode, type CodeFile, type HostCall } from '../code-printer/index.ts'
import { PyObject, PyPersistent, pickle } from '../pickle/index.ts'
import { ZipWriter } from '../zip/index.ts'
import { DebugRecords } from './debug-records.ts'
import { formatVersion } from './format-version.ts'
import { StorageRecords, storageBytes } from './storage-records.ts'
import { type CallMethod, ValueModels } from './value-models.ts'

export interface SaveOptions {
  /** Files beside the module, read back as `extra/NAME`. */
  readonly extraFiles?: Readonly<Record<string, string | Uint8Array>> | ReadonlyMap<string, string | Uint8Array>
  /** States at least this version of the format. By default the lowest that the module's operators allow. */
  readonly version?: number
  /** The folder of all records; PyTorch takes the file's name without its extension. */
  readonly root?: string
  /** Takes the archive's bytes in order, so that no more than one record is in memory; without it they are returned. */
  readonly sink?: (bytes: Uint8Array) => void
  /** Runs `__getstate__`. */
  readonly callMethod?: (unit: CompilationUnit, object: ScriptObject, method: string, args: unknown[]) => unknown
  /** Knows the backends of the module's devices: needed where tensors are not in host memory. */
  readonly dispatcher?: Dispatcher
}

export interface SavedModule {
  readonly object: ScriptObject
  readonly unit: CompilationUnit
}

/** Code files and debug records of more bytes than this are compressed. */
const leastCompressed = 200

/**
 * Writes a module as `torch.jit.save` does: its records, their order and their bytes (deflated ones apart). Nothing reaches the sink
 * before the whole module is known to be storable. Saving the same module again gives the same bytes.
 *
 * Throws TSJ_SAVE_HOST_CALLS where code calls functions of the host language, TSJ_SAVE_VALUE for attributes that archives cannot hold,
 * and what compiling the module's functions throws.
 */
export function saveArchive(module: SavedModule, options: SaveOptions & { readonly sink: (bytes: Uint8Array) => void }): undefined
export function saveArchive(module: SavedModule, options?: SaveOptions): Uint8Array
export function saveArchive({ object, unit }: SavedModule, options: SaveOptions = {}): Uint8Array | undefined {
  if (!object.type.isModule) {
    throw new ArchiveError('TSJ_SAVE_VALUE', `expected a module, found an object of class '${object.type.name}'`)
  }
  const { callMethod } = options
  const call: CallMethod | undefined = callMethod && ((self, method, args) => callMethod(unit, self, method, args))
  const code = new ArchiveCode()
  const data = pickled(object, object.type, 'the module', code, call)
  for (const type of data.classes) code.define(type)
  code.defineAll(object.type)
  refuseHostCalls(code.hostCalls)
  const entries = code.constants.entries
  refuseModuleConstants(entries)
  const constants = pickled(
    entries.map(({ value }) => value),
    new TupleType(entries.map(({ type }) => type)),
    'CONSTANTS',
    code,
    call,
  )
  const version = formatVersion(code.operators, options.version)

  const zip = new ZipWriter(options.root ?? 'archive', options.sink ? { sink: options.sink } : {})
  for (const [name, content] of extraFiles(options)) zip.add(`extra/${name}`, content)
  addPickle(zip, 'data', data, options)
  addCode(zip, code.codeFiles())
  addPickle(zip, 'constants', constants, options)
  zip.add(version >= 6 ? '.data/version' : 'version', `${version}\n`)
  zip.add('byteorder', 'little')
  zip.add('.data/serialization_id', zip.serializationId())
  const bytes = zip.finish()
  return options.sink ? undefined : bytes
}

interface Pickled {
  readonly bytes: Uint8Array
  readonly storages: StorageRecords
  /** The classes of the objects, in order. */
  readonly classes: readonly ClassType[]
}

function pickled(value: unknown, type: Type, at: string, code: ArchiveCode, callMethod: CallMethod | undefined): Pickled {
  const storages = new StorageRecords()
  const classes: ClassType[] = []
  const models = new ValueModels({ nameOf: code.nameOf, storages, callMethod, noteClass: (found) => void classes.push(found) })
  const isRemembered = (model: object): boolean => model instanceof PyObject || model instanceof PyPersistent || storages.isTensor(model)
  const model = models.model(value, type, at)
  return { bytes: pickle(model, { memoize: isRemembered }), storages, classes }
}

function addPickle(zip: ZipWriter, name: string, { bytes, storages }: Pickled, { dispatcher }: SaveOptions): void {
  for (const [key, storage] of storages.storages.entries()) zip.add(`${name}/${key}`, storageBytes(storage, dispatcher))
  zip.add(`${name}.pkl`, bytes)
}

function addCode(zip: ZipWriter, files: readonly CodeFile[]): void {
  const debug = new DebugRecords()
  for (const file of files) {
    const records: [string, Uint8Array][] = [
      [`code/${file.path}`, Buffer.from(file.text)],
      [`code/${file.path}.debug_pkl`, debug.record(file)],
    ]
    for (const [name, bytes] of records) zip.add(name, bytes, { compress: bytes.byteLength > leastCompressed })
  }
}

function extraFiles({ extraFiles: files = {} }: SaveOptions): Iterable<readonly [string, string | Uint8Array]> {
  const entries = files instanceof Map ? [...files] : Object.entries(files)
  // In the order of names, so that the same files give the same bytes.
  return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** PyTorch reads no archive whose code has a module as a constant. */
function refuseModuleConstants(entries: readonly { readonly value: unknown }[]): void {
  for (const { value } of entries) {
    if (!(value instanceof ScriptObject && value.type.isModule)) continue
    throw new ArchiveError(
      'TSJ_SAVE_VALUE',
      `the code calls the module '${value.type.name}', which is not part of the module that is saved`,
      {
        hint: 'make it an attribute (a submodule) of the module that calls it',
      },
    )
  }
}

function refuseHostCalls(calls: readonly HostCall[]): void {
  if (calls.length === 0) return
  const lines = calls.map(({ callee, caller, range }) => `  '${callee}', called by ${caller}${range ? ` at ${range}` : ''}`)
  const [{ range }] = calls
  throw new ArchiveError(
    'TSJ_SAVE_HOST_CALLS',
    `the module calls ${calls.length === 1 ? 'a function' : `${calls.length} functions`} of JavaScript, which an archive cannot hold:\n${lines.join('\n')}`,
    { ...(range ? { range } : {}), hint: 'script or trace them, or leave the calls out of the methods that are saved' },
  )
}
