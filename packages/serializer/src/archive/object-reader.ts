import type { CompilationUnit } from '@tsjit/ir'
import { cpu, type Dispatcher, type PackedParameters, ScriptObject, Tensor } from '@tsjit/runtime'
import { ArchiveError, type ClassType, type Type } from '@tsjit/types'
import { type FindGlobal, type PickleContext, PyDict, type PyObject, StorageTable, torchGlobals, unpickle } from '../pickle/index.ts'
import { swapBytes, swapWidth } from '../tensor-files/index.ts'
import type { ZipReader } from '../zip/index.ts'
import type { ArchiveLayout } from './archive-layout.ts'
import { isBoundClass, keepBoundState } from './bound-state.ts'
import { DeferredRecords } from './deferred-records.ts'
import { isPackedClass, packedParameters } from './packed-parameters.ts'
import { type MapLocation, type StorageSource, TensorLoader } from './tensor-loader.ts'
import { toValue, type ValueContext } from './to-value.ts'
import { EnumReference, valueContext } from './value-context.ts'

export interface ReaderOptions {
  readonly dispatcher: Dispatcher
  readonly mapLocation?: MapLocation
  /** Lets large tensors of a file come into memory when they are first needed (true); the file must then stay as it is. */
  readonly deferred?: boolean
  /** Runs a method of a loaded object: classes with `__setstate__` need it. */
  readonly callMethod: (unit: CompilationUnit, object: ScriptObject, method: string, args: unknown[]) => unknown
}

/** Turns the pickles of an archive into runtime values. */
export class ObjectReader {
  private readonly findGlobal: FindGlobal
  private readonly objects = new Map<PyObject, ScriptObject>()
  private readonly packedWeights = new Map<PyObject, PackedParameters>()
  private readonly loaders = new Map<string, TensorLoader>()
  private readonly contexts = new Map<string, ValueContext>()
  private readonly deferred: DeferredRecords | undefined

  constructor(
    private readonly zip: ZipReader,
    private readonly layout: ArchiveLayout,
    private readonly unit: CompilationUnit,
    private readonly options: ReaderOptions,
    /** The tensors that pickles of PyTorch 1.0's layout refer to by number. */
    private readonly tensorTable?: readonly Tensor[],
  ) {
    const { root, bigEndian } = layout
    if (options.deferred !== false && !bigEndian && !tensorTable && options.dispatcher.deviceTypes.includes('cpu')) {
      this.deferred = new DeferredRecords(zip, [`${root}data/`, `${root}constants/`], options.dispatcher.backendFor(cpu))
    }
    this.findGlobal = torchGlobals({
      findGlobal: archiveGlobals,
      ...(tensorTable && {
        tensorFromId: (id: number, context: PickleContext) => {
          if (id < tensorTable.length) return tensorTable[id]
          throw context.error('TSJ_ARCHIVE_TENSOR', `tensor ${id} is out of bounds (the archive has ${tensorTable.length})`)
        },
      }),
    })
  }

  /** To be called at the end, come what may: what is checked beside the reading is checked now. Throws TSJ_ARCHIVE_CRC. */
  finish(): void {
    this.deferred?.finish()
  }

  unpickle(name: string): unknown {
    const record = `${this.layout.root}${name}.pkl`
    return unpickle(this.zip.read(record), { record, findGlobal: this.findGlobal, persistentLoad: new StorageTable().persistentLoad })
  }

  context(folder: string): ValueContext {
    let context = this.contexts.get(folder)
    if (!context) {
      const made = valueContext(this.loader(folder), {
        object: (pickled) => this.packed(pickled, folder) ?? this.object(pickled, folder),
        type: (name) => this.unit.type(name),
      })
      context = this.tensorTable
        ? { ...made, resolve: (object, type) => (object instanceof Tensor ? object : made.resolve(object, type)) }
        : made
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
        rangeInFile: ({ key }) => this.deferred?.rangeOf(prefix + key),
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

  private classOf(pickled: PyObject, folder: string): ClassType {
    const name = `${pickled.class.module}.${pickled.class.name}`
    const type = this.unit.class(name)
    if (type) return type
    throw new ArchiveError('TSJ_ARCHIVE_CLASS_MISSING', `the archive's code has no class '${name}'`, {
      location: { record: `${this.layout.root}${folder}.pkl` },
    })
  }

  /** The instance that a pickled object stands for; one for each, so that sharing and cycles stay. */
  object(pickled: PyObject, folder: string): ScriptObject {
    const known = this.objects.get(pickled)
    if (known) return known
    const name = `${pickled.class.module}.${pickled.class.name}`
    const type = this.classOf(pickled, folder)
    const record = `${this.layout.root}${folder}.pkl`
    const object = new ScriptObject(type)
    this.objects.set(pickled, object)
    if (isBoundClass(name)) {
      keepBoundState(object, pickled.state, {
        tensor: (descriptor) => this.loader(folder).tensor(descriptor),
        object: (inner) => this.packed(inner, folder) ?? this.object(inner, folder),
        type: (inner) => this.classOf(inner, folder),
      })
      return object
    }
    const setState = type.methods.get('__setstate__')
    if (setState) {
      const stateType = setState.schema.args[1].type
      this.options.callMethod(this.unit, object, '__setstate__', [
        toValue(pickled.state, stateType, this.context(folder), false, `the state of ${name}`),
      ])
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
        else
          throw new ArchiveError('TSJ_ARCHIVE_STATE', `attribute '${attribute.name}' of '${type.name}' is missing`, {
            location: { record },
          })
        return
      }
      object.slots[slot] = toValue(
        state.get(attribute.name),
        attribute.type,
        context,
        false,
        `attribute '${attribute.name}' of '${type.name}'`,
      )
    })
  }
}

/** The archive's own classes: instances by NEWOBJ, enum members by a call with the member's value. */
const archiveGlobals: FindGlobal = (module, name) => {
  if (module !== '__torch__' && !module.startsWith('__torch__.')) return undefined
  return { module, name, instantiable: true, reduce: (args) => new EnumReference(`${module}.${name}`, args[0]) }
}

function isOptional(type: Type): boolean {
  return type.kind === 'Optional' || type.kind === 'None'
}
