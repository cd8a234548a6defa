import { type ConstantEntry, SourceImporter } from '@tsjit/compiler'
import { CompilationUnit } from '@tsjit/ir'
import type { ScriptObject } from '@tsjit/runtime'
import { ArchiveError, type Source } from '@tsjit/types'
import { PyObject, PyTuple } from '../pickle/index.ts'
import { type ByteSource, ZipReader, type ZipReaderOptions } from '../zip/index.ts'
import { type ArchiveLayout, readLayout } from './archive-layout.ts'
import { codeSources } from './code-sources.ts'
import { loadLegacyArchive } from './legacy-archive.ts'
import { ObjectReader, type ReaderOptions } from './object-reader.ts'
import { inferType, toValue } from './to-value.ts'

export interface LoadOptions extends ReaderOptions {
  readonly zip?: ZipReaderOptions
}

/** What an archive holds. */
export interface LoadedArchive {
  readonly unit: CompilationUnit
  /** The root module. */
  readonly module: ScriptObject
  readonly layout: ArchiveLayout
  readonly zip: ZipReader
  /** Texts of `code/**`, by path under `code/`. */
  readonly sources: ReadonlyMap<string, () => Source>
}

/**
 * Reads what `torch.jit.save` wrote: tensors and attributes now, code when it is first called.
 * Throws `ArchiveError`s (TSJ_ARCHIVE_*, TSJ_PICKLE_*), `CompileError`s for code that does not compile.
 */
export function loadArchive(bytes: ByteSource, options: LoadOptions): LoadedArchive {
  refuseFlatbuffer(bytes)
  const zip = ZipReader.open(bytes, options.zip)
  const layout = readLayout(zip)
  if (layout.isLegacy) return loadLegacyArchive(zip, layout, options)
  const { root } = layout
  const sources = codeSources(zip, root, 'code')
  const unit = new CompilationUnit()
  const constants: ConstantEntry[] = []
  new SourceImporter({
    unit,
    loadSource: (qualifier) => sources.get(`${qualifier.replaceAll('.', '/')}.py`)?.(),
    constants,
    version: layout.version,
  })
  const reader = new ObjectReader(zip, layout, unit, options)
  let module: ScriptObject
  try {
    readConstants(reader, zip, root, constants)
    module = readModule(reader, root)
  } finally {
    reader.finish()
  }
  return { unit, module, layout, zip, sources }
}

function readConstants(reader: ObjectReader, zip: ZipReader, root: string, constants: ConstantEntry[]): void {
  if (!zip.has(`${root}constants.pkl`)) return
  const top = reader.unpickle('constants')
  const items = top instanceof PyTuple ? top.items : Array.isArray(top) ? top : undefined
  if (!items)
    throw new ArchiveError('TSJ_ARCHIVE_CONSTANTS', 'expected a tuple of constants', { location: { record: `${root}constants.pkl` } })
  for (const item of items) {
    const context = reader.context('constants')
    const type = inferType(item, context)
    constants.push({ type, value: toValue(item, type, context, false, `CONSTANTS.c${constants.length}`) })
  }
}

function readModule(reader: ObjectReader, root: string): ScriptObject {
  const top = reader.unpickle('data')
  if (!(top instanceof PyObject)) {
    throw new ArchiveError('TSJ_ARCHIVE_NOT_TORCHSCRIPT', 'expected a module at the top of data.pkl', {
      location: { record: `${root}data.pkl` },
    })
  }
  const module = reader.object(top, 'data')
  if (!module.type.isModule) {
    throw new ArchiveError(
      'TSJ_ARCHIVE_NOT_TORCHSCRIPT',
      `expected a module at the top of data.pkl, found an instance of '${module.type.name}'`,
      { location: { record: `${root}data.pkl` } },
    )
  }
  return module
}

/** Mobile models come in another format too, which begins with a table's offset and its name. */
function refuseFlatbuffer(bytes: ByteSource): void {
  if (bytes.size < 8 || Buffer.from(bytes.read(4, 4)).toString('latin1') !== 'PTMF') return
  throw new ArchiveError(
    'TSJ_ARCHIVE_FLATBUFFER',
    'this mobile model is a flatbuffer, which holds no TorchScript code: only zip files are read',
    {
      hint: 'save it with _save_for_lite_interpreter(path, _use_flatbuffer=False), or with torch.jit.save',
    },
  )
}
