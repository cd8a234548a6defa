import { type ConstantEntry, SourceImporter } from '@tsjit/compiler'
import { CompilationUnit } from '@tsjit/ir'
import { type Dispatcher, type PackedParameters, ScriptObject } from '@tsjit/runtime'
import { ArchiveError, type ClassType, Source, type SourceRange, type Type } from '@tsjit/types'
import { type FindGlobal, type PickleGlobal, PyDict, PyObject, PyTuple, StorageTable, torchGlobals, unpickle } from '../pickle/index.ts'
import { swapBytes, swapWidth } from '../tensor-files/index.ts'
import { type ByteSource, ZipReader, type ZipReaderOptions } from '../zip/index.ts'
import { type ArchiveLayout, readLayout } from './archive-layout.ts'
import { readDebugInfo } from './debug-info.ts'
import { isPackedClass, packedParameters } from './packed-parameters.ts'
import { type MapLocation, type StorageSource, TensorLoader } from './tensor-loader.ts'
import { inferType, toValue, type ValueContext } from './to-value.ts'
import { EnumReference, valueContext } from './value-context.ts'

export interface LoadOptions {
  readonly dispatcher: Dispatcher
  readonly mapLocation?: MapLocation
  readonly zip?: ZipReaderOptions
  /** Runs a method of a loaded object: classes with `__setstate__` need it. */
  readonly callMethod: (unit: CompilationUnit, object: ScriptObject, method: string, args: unknown[]) => unknown
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
  const zip = ZipReader.open(bytes, options.zip)
  const layout = readLayout(zip)
  const { root } = layout
  const sources = codeSources(zip, root)
  const unit = new CompilationUnit()
  const constants: ConstantEntry[] = []
  const importer = new SourceImporter({ unit, loadSource: (qualifier) => sources.get(`${qualifier.replaceAll('.', '/')}.py`)?.(), constants, version: layout.version })
  void importer
  const reader = new ObjectReader(zip, layout, unit, options)
  if (zip.has(`${root}constants.pkl`)) {
    const top = reader.unpickle('constants')
    const items = top instanceof PyTuple ? top.items : Array.isArray(top) ? top : undefined
    if (!items) throw new ArchiveError('TSJ_ARCHIVE_CONSTANTS', 'expected a tuple of constants', { location: { record: `${root}constants.pkl` } })
    for (const item of items) {
      const context = reader.context('constants')
      const type = inferType(item, context)
      constants.push({ type, value: toValue(item, type, context, false, `CONSTANTS.c${constants.length}`) })
    }
  }
  const top = reader.unpickle('data')
  if (!(top instanceof PyObject)) {
    throw new ArchiveError('TSJ_ARCHIVE_NOT_TORCHSCRIPT', 'expected a module at the top of data.pkl', { location: { record: `${root}data.pkl` } })
  }
  const module = reader.object(top, 'data')
  if (!module.type.isModule) {
    throw new ArchiveError('TSJ_ARCHIVE_NOT_TORCHSCRIPT', `expected a module at the top of data.pkl, found an instance of '${module.type.name}'`, { location: { record: `${root}data.pkl` } })
  }
  return { unit, module, layout, zip, sources }
}

function codeSources(zip: ZipReader, root: string): Map<string, () => Source> {
  const sources = new Map<string, () => Source>()
  const prefix = `${root}code/`
  for (const name of zip.entries.keys()) {
    if (!name.startsWith(prefix) || !name.endsWith('.py')) continue
    let made: Source | undefined
    sources.set(name.slice(prefix.length), () => {
      if (!made) {
        let origin: ((offset: number) => SourceRange | undefined) | undefined
        let tried = false
        made = new Source(new TextDecoder().decode(zip.read(name)), name.slice(root.length), 1, (offset) => {
          if (!tried) {
            tried = true
            const debug = `${name}.debug_pkl`
            if (zip.has(debug)) origin = readDebugInfo(zip.read(debug), debug, torchGlobals())
          }
          return origin?.(offset)
        })
      }
      return made
    })
  }
  return sources
}

/** Turns the pickles of an archive into runtime values. */
class ObjectReader {
  private readonly objects = new Map<PyObject, ScriptObject>()
  private readonly packedWeights = new Map<PyObject, PackedParameters>()
  private readonly loaders = new Map<string, TensorLoader>()
  private readonly contexts = new Map<string, ValueContext>()

  constructor(
    private readonly zip: ZipReader,
    private readonly layout: ArchiveLayout,
    private readonly unit: CompilationUnit,
    private readonly options: LoadOptions,
  ) {}

  unpickle(name: string): unknown {
    const record = `${this.layout.root}${name}.pkl`
    return unpickle(this.zip.read(record), { record, findGlobal: this.findGlobal, persistentLoad: new StorageTable().persistentLoad })
  }

  /** The archive's own classes: instances by NEWOBJ, enum members by a call with the member's value. */
  private readonly findGlobal: FindGlobal = torchGlobals({
    findGlobal: (module, name): PickleGlobal | undefined => {
      if (module !== '__torch__' && !module.startsWith('__torch__.')) return undefined
      return { module, name, instantiable: true, reduce: (args) => new EnumReference(`${module}.${name}`, args[0]) }
    },
  })

  context(folder: string): ValueContext {
    let context = this.contexts.get(folder)
    if (!context) {
      context = valueContext(this.loader(folder), {
        object: (pickled) => this.packed(pickled, folder) ?? this.object(pickled, folder),
        type: (name) => this.unit.type(name),
      })
      this.contexts.set(folder, context)
    }
    return context
  }

  private loader(folder: string): TensorLoader {
    let loader = this.loaders.get(folder)
    if (!loader) {
      const prefix = `${this.layout.root}${folder}/`
      const { zip, layout } = this
      const source: StorageSource = {
        sizeOf: ({ key }) => zip.entries.get(prefix + key)?.size,
        readInto: ({ key, dtype }, target) => {
          zip.readInto(prefix + key, target)
          if (layout.bigEndian && dtype) swapBytes(target, swapWidth(dtype))
        },
        recordOf: ({ key }) => prefix + key,
      }
      loader = new TensorLoader(source, this.options.dispatcher, this.options.mapLocation)
      this.loaders.set(folder, loader)
    }
    return loader
  }

  /** Native objects of packed weights; undefined for others. */
  private packed(pickled: PyObject, folder: string): PackedParameters | undefined {
    const name = `${pickled.class.module}.${pickled.class.name}`
    if (!isPackedClass(name)) return undefined
    let made = this.packedWeights.get(pickled)
    if (!made) {
      made = packedParameters(name, pickled.state, (descriptor) => this.loader(folder).tensor(descriptor))
      this.packedWeights.set(pickled, made)
    }
    return made
  }

  /** The instance that a pickled object stands for; one for each, so that sharing and cycles stay. */
  object(pickled: PyObject, folder: string): ScriptObject {
    const known = this.objects.get(pickled)
    if (known) return known
    const name = `${pickled.class.module}.${pickled.class.name}`
    const type = this.unit.class(name)
    const record = `${this.layout.root}${folder}.pkl`
    if (!type) {
      throw new ArchiveError('TSJ_ARCHIVE_CLASS_MISSING', `the archive's code has no class '${name}'`, { location: { record } })
    }
    const object = new ScriptObject(type)
    this.objects.set(pickled, object)
    const setState = type.methods.get('__setstate__')
    if (setState) {
      const stateType = setState.schema.args[1].type
      this.options.callMethod(this.unit, object, '__setstate__', [toValue(pickled.state, stateType, this.context(folder), false, `the state of ${name}`)])
    } else this.setAttributes(object, type, pickled.state, folder, record)
    return object
  }

  private setAttributes(object: ScriptObject, type: ClassType, state: unknown, folder: string, record: string): void {
    if (!(state instanceof PyDict)) {
      if (type.attributes.length === 0) return
      throw new ArchiveError('TSJ_ARCHIVE_STATE', `expected the attributes of '${type.name}', found none`, { location: { record } })
    }
    const context = this.context(folder)
    type.attributes.forEach((attribute, slot) => {
      if (!state.has(attribute.name)) {
        if (isOptional(attribute.type)) object.slots[slot] = null
        else throw new ArchiveError('TSJ_ARCHIVE_STATE', `attribute '${attribute.name}' of '${type.name}' is missing`, { location: { record } })
        return
      }
      object.slots[slot] = toValue(state.get(attribute.name), attribute.type, context, false, `attribute '${attribute.name}' of '${type.name}'`)
    })
  }
}

function isOptional(type: Type): boolean {
  return type.kind === 'Optional' || type.kind === 'None'
}
