import { type ConstantEntry, importMethods, SourceImporter, typeFromExpression } from '@tsjit/compiler'
import { CompilationUnit } from '@tsjit/ir'
import { parseExpression } from '@tsjit/parser'
import { ScriptObject, type Tensor } from '@tsjit/runtime'
import { ArchiveError, ClassType, Source, TensorT } from '@tsjit/types'
import { PyTuple } from '../pickle/index.ts'
import type { ZipReader } from '../zip/index.ts'
import type { ArchiveLayout } from './archive-layout.ts'
import { codeSource, codeSources } from './code-sources.ts'
import { legacyTensors } from './legacy-tensors.ts'
import type { LoadedArchive } from './load-archive.ts'
import { type JsonReader, readModelJson } from './model-json.ts'
import { ObjectReader, type ReaderOptions } from './object-reader.ts'
import { toValue } from './to-value.ts'

/** Newest version of the description that is read; later archives have no `model.json`. */
const newestProtocol = 5
/** Modules nested deeper than this are refused. */
const deepest = 200

/**
 * Reads an archive in the layout of PyTorch 1.0 to 1.3 (`torch/csrc/jit/serialization/import_legacy.cpp`): `model.json` is the tree of modules with the
 * names of their code files, the table of tensors and the numbers of the attributes' values in `attributes.pkl`; classes are in `libs/`.
 * Throws TSJ_ARCHIVE_MODEL where the description is not as it should be, and what `loadArchive` throws.
 */
export function loadLegacyArchive(zip: ZipReader, layout: ArchiveLayout, options: ReaderOptions): LoadedArchive {
  const { root } = layout
  const model = readModelJson(zip, `${root}model.json`)
  const protocol = model.int('protoVersion', 0)
  if (protocol > newestProtocol) throw model.error(`expected a protocol version up to ${newestProtocol}, found ${protocol}`)
  const unit = new CompilationUnit()
  const tensors = legacyTensors(zip, root, model.list('tensors'), options)
  const constants: ConstantEntry[] = tensors.map((value) => ({ type: TensorT, value }))
  const libraries = codeSources(zip, root, 'libs')
  const loadSource = (qualifier: string): Source | undefined => libraries.get(`${qualifier.replaceAll('.', '/')}.py`)?.()
  const importer = new SourceImporter({ unit, loadSource, constants, version: layout.version })
  const reader = new ObjectReader(zip, layout, unit, options, tensors)
  const modules = new ModuleReader(zip, root, importer, reader, options, tensors, attributeValues(reader, protocol))
  const main = model.record('mainModule')
  if (!main) throw model.error('it names no main module')
  const module = modules.module(main, ['__torch__'])
  return { unit, module, layout, zip, sources: new Map([...modules.sources, ...libraries]) }
}

/** The values that attributes name by number; the first protocol has none. */
function attributeValues(reader: ObjectReader, protocol: number): readonly unknown[] {
  if (protocol < 2) return []
  const top = reader.unpickle('attributes')
  if (top instanceof PyTuple) return top.items
  if (Array.isArray(top)) return top
  throw new ArchiveError('TSJ_ARCHIVE_MODEL', 'expected a list of values', { location: { record: 'attributes.pkl' } })
}

class ModuleReader {
  readonly sources = new Map<string, () => Source>()

  constructor(
    private readonly zip: ZipReader,
    private readonly root: string,
    private readonly importer: SourceImporter,
    private readonly reader: ObjectReader,
    private readonly options: ReaderOptions,
    private readonly tensors: readonly Tensor[],
    private readonly values: readonly unknown[],
  ) {}

  /** A module with its submodules, attributes and methods. */
  module(def: JsonReader, path: readonly string[]): ScriptObject {
    const name = def.text('name', '')
    // Names that are no identifiers: PyTorch wrote numbers, and paths with dots.
    const own = [...path, ...name.split('.').map((atom) => (/^\d*$/.test(atom) ? `_${atom}` : atom))]
    if (own.length > deepest) throw def.error(`modules are nested deeper than ${deepest}`)
    const type = new ClassType(this.freshName(own.join('.')), true)
    const object = new ScriptObject(type)
    this.importer.unit.addType(type)
    const add = (attribute: string, of: ClassType['attributes'][number]['type'], value: unknown, flags = {}): void => {
      if (type.slotOf(attribute) !== undefined) throw def.error(`attribute '${attribute}' of '${type.name}' is defined twice`)
      object.slots[type.addAttribute(attribute, of, flags)] = value
    }
    for (const child of def.list('submodules')) {
      const submodule = this.module(child, own)
      add(child.text('name', ''), submodule.type, submodule)
    }
    for (const parameter of def.list('parameters')) {
      const id = parameter.int('tensorId', 0)
      const tensor = this.tensors[id]
      if (!tensor) throw parameter.error(`tensor ${id} is out of bounds (the archive has ${this.tensors.length})`)
      const isBuffer = parameter.flag('isBuffer')
      add(parameter.text('name', ''), TensorT, tensor, { isBuffer, isParameter: !isBuffer })
    }
    for (const attribute of def.list('attributes')) {
      const attributeName = attribute.text('name', '')
      // A buffer may be listed again.
      if (type.slotOf(attributeName) !== undefined) continue
      const attributeType = typeFromExpression(parseExpression(new Source(attribute.text('type', ''), '<attribute>')), this.importer)
      const id = attribute.int('id', 0)
      // Without a value until `__setstate__` gives one.
      const value =
        id < 0 ? null : toValue(this.value(id, attribute), attributeType, this.reader.context('attributes'), false, `'${attributeName}'`)
      add(attributeName, attributeType, value)
    }
    this.addMethods(def, type)
    if (def.has('getStateAttributeId')) this.setState(def, object)
    for (const [slot, attribute] of type.attributes.entries()) {
      if (object.slots[slot] === null && attribute.type.kind !== 'Optional' && attribute.type.kind !== 'None')
        throw def.error(`attribute '${attribute.name}' of '${type.name}' has no value of type '${attribute.type.annotation()}'`)
    }
    return object
  }

  /** A class of `libs/` or another module may have the name already. */
  private freshName(name: string): string {
    const { types } = this.importer.unit
    if (!types.has(name)) return name
    const dot = name.lastIndexOf('.')
    for (let i = 0; ; i++) {
      const mangled = `${name.slice(0, dot)}.___torch_mangle_${i}${name.slice(dot)}`
      if (!types.has(mangled)) return mangled
    }
  }

  private value(id: number, def: JsonReader): unknown {
    if (id < this.values.length) return this.values[id]
    throw def.error(`attribute value ${id} is out of bounds (the archive has ${this.values.length})`)
  }

  private addMethods(def: JsonReader, type: ClassType): void {
    const key = def.record('torchscriptArena')?.text('key', '')
    if (!key) return
    const debug = def.record('torchscriptDebugArena')?.text('key', '') ?? ''
    const source = codeSource(this.zip, this.root + key, key, this.root + debug)
    this.sources.set(key.replace(/^code\//, ''), source)
    importMethods(this.importer, type, source())
  }

  private setState(def: JsonReader, object: ScriptObject): void {
    const { unit } = this.importer
    const setState = object.type.methods.get('__setstate__')
    if (!setState) throw def.error(`'${object.type.name}' has a state, but no '__setstate__'`)
    const [, state] = setState.schema.args
    const id = def.int('getStateAttributeId', 0)
    const context = this.reader.context('attributes')
    const args = state ? [toValue(this.value(id, def), state.type, context, false, `the state of ${object.type.name}`)] : []
    this.options.callMethod(unit, object, '__setstate__', args)
  }
}
