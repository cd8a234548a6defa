import type { CompilationUnit, GraphFunction } from '@tsjit/ir'
import { type ClassDef, type FunctionDef, parseModule } from '@tsjit/parser'
import {
  type ClassType,
  ComplexType,
  type EnumType,
  FloatType,
  type Source,
  type SourceRange,
  type TupleType,
  type Type,
} from '@tsjit/types'
import { compileFunction } from '../compile-function.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import type { NameResolver } from '../native-resolver.ts'
import { BuiltinModuleValue } from '../sugared-values/builtin.ts'
import { ClassValue, EnumClassValue, NamedTupleValue } from '../sugared-values/class.ts'
import { FunctionValue } from '../sugared-values/method.ts'
import { SimpleValue } from '../sugared-values/simple-value.ts'
import { type SpecialForm, SpecialFormValue } from '../sugared-values/special-form.ts'
import { SugaredValue } from '../sugared-values/sugared-value.ts'
import { defineBoundClass } from './bound-classes.ts'
import { importClass, isVersionNumber } from './import-class.ts'
import { importEnum, importInterface, importNamedTuple } from './import-types.ts'

/** An entry of an archive's `constants.pkl`. The value is opaque: a tensor, or a runtime value. */
export interface ConstantEntry {
  readonly type: Type
  readonly value: unknown
}

export interface SourceImporterOptions {
  readonly unit: CompilationUnit
  /** The text of `code/<qualifier with slashes>.py` (`__torch__.foo` → `code/__torch__/foo.py`), or undefined where there is none. */
  readonly loadSource: (qualifier: string) => Source | undefined
  /** What `CONSTANTS.c0`, `CONSTANTS.c1`, … are. */
  readonly constants: readonly ConstantEntry[]
  /** The archive's format version: old operators keep their meaning. */
  readonly version: number
}

type Definition = ClassDef | FunctionDef

/**
 * Defines an archive's classes and functions in a unit when they are first asked for (`unit.class(name)`, `unit.function(name)`). A file is parsed
 * once; bodies are compiled when they are first needed.
 */
export class SourceImporter implements NameResolver {
  readonly unit: CompilationUnit
  readonly version: number
  private readonly loaded = new Set<string>()
  private readonly pending = new Map<string, Definition>()
  private readonly globals: ReadonlyMap<string, SugaredValue>

  constructor(private readonly options: SourceImporterOptions) {
    this.unit = options.unit
    this.version = options.version
    const forms: readonly SpecialForm[] = ['fork', 'awaitable', 'annotate', 'unchecked_cast', 'uninitialized']
    this.globals = new Map<string, SugaredValue>([
      ['torch', new BuiltinModuleValue('aten')],
      ['ops', new OperatorNamespaces()],
      ['CONSTANTS', new ConstantTableValue(this)],
      ['__torch__', new NamespaceValue('__torch__', this)],
      ...forms.map((form) => [form, new SpecialFormValue(form)] as const),
    ])
    this.unit.resolver = (name) => this.define(name)
  }

  resolveValue(name: string, emitter: FunctionEmitter, range: SourceRange): SugaredValue | undefined {
    const found = this.globals.get(name)
    if (found) return found
    const special = { inf: Number.POSITIVE_INFINITY, nan: Number.NaN }[name.replace(/j$/, '')]
    if (special === undefined) return undefined
    const constant = name.endsWith('j') ? { type: ComplexType, value: { re: 0, im: special } } : { type: FloatType, value: special }
    return new SimpleValue(emitter.constant(constant, range))
  }
  resolveConstant(name: string, range: SourceRange): ConstantEntry | undefined {
    return name.startsWith('CONSTANTS.') ? this.constantEntry(name.slice('CONSTANTS.'.length), range) : undefined
  }
  /** The entry that `CONSTANTS.c0` names. Throws TSJ_IMPORT. */
  constantEntry(name: string, range: SourceRange): ConstantEntry {
    const index = /^c(\d+)$/.exec(name)
    if (!index) return fail('TSJ_IMPORT', `invalid constant specifier: ${name}`, range)
    const { constants } = this.options
    const entry = constants[Number(index[1])]
    return (
      entry ?? fail('TSJ_IMPORT', `constant index ${index[1]} is out of bounds (constant table has ${constants.length} entries)`, range)
    )
  }
  resolveType(name: string): Type | undefined {
    return this.findType(name)
  }

  /** The class, NamedTuple, enum or interface of this qualified name. */
  findType(name: string): Type | undefined {
    const known = this.unit.types.get(name)
    if (known) return known
    this.define(name)
    return this.unit.types.get(name)
  }
  findFunction(name: string): GraphFunction | undefined {
    if (!this.unit.functions.has(name)) this.define(name)
    return this.unit.functions.get(name)
  }
  /** The qualified names that a file defines, whether or not they have been asked for; empty where there is no such file. */
  definitionsOf(qualifier: string): string[] {
    this.load(qualifier)
    const prefix = `${qualifier}.`
    const names = [...this.pending.keys(), ...this.unit.types.keys(), ...this.unit.functions.keys()]
    return names.filter((name) => name.startsWith(prefix) && !name.slice(prefix.length).includes('.'))
  }

  private define(name: string): boolean {
    if (isBoundClass(name)) {
      defineBoundClass(this, name)
      return true
    }
    const dot = name.lastIndexOf('.')
    if (dot > 0) this.load(name.slice(0, dot))
    const definition = this.pending.get(name)
    if (!definition) return false
    this.pending.delete(name)
    if (definition.type === 'ClassDef') this.importType(name, definition)
    else this.unit.addFunction(compileFunction(this.unit, definition, { name, resolver: this, foldNegativeLiterals: true }))
    return true
  }

  private load(qualifier: string): void {
    if (this.loaded.has(qualifier)) return
    this.loaded.add(qualifier)
    const source = this.options.loadSource(qualifier)
    if (!source) return
    for (const statement of parseModule(source).body) {
      if (statement.type === 'ClassDef' || statement.type === 'FunctionDef') this.pending.set(`${qualifier}.${statement.name}`, statement)
      else if (statement.type !== 'Import' && !isVersionNumber(statement)) {
        fail('TSJ_IMPORT', `Unexpected statement in code import: ${statement.type}`, statement.range)
      }
    }
  }

  private importType(name: string, def: ClassDef): void {
    const [base] = def.bases
    if (!base) {
      importClass(this, name, def, false)
      return
    }
    switch (base.type === 'Name' ? base.name : '') {
      case 'Module':
        importClass(this, name, def, true)
        return
      case 'NamedTuple':
        importNamedTuple(this, name, def)
        return
      case 'Interface':
        importInterface(this, name, def, false)
        return
      case 'ModuleInterface':
        importInterface(this, name, def, true)
        return
      case 'Enum':
        importEnum(this, name, def)
        return
    }
    fail('TSJ_IMPORT', 'Torchscript does not support class inheritance.', def.range)
  }
}

/** `ops`: `ops.prim`, `ops.torchvision`, … */
class OperatorNamespaces extends SugaredValue {
  readonly kind = 'ops'
  override attr(_emitter: FunctionEmitter, _range: SourceRange, name: string): SugaredValue {
    return new BuiltinModuleValue(name)
  }
}

/** `CONSTANTS`. */
class ConstantTableValue extends SugaredValue {
  readonly kind = 'CONSTANTS'
  constructor(private readonly importer: SourceImporter) {
    super()
  }
  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    return new SimpleValue(emitter.constant(this.importer.constantEntry(name, range), range))
  }
}

/** `__torch__.foo.bar`: a namespace until it names something. */
class NamespaceValue extends SugaredValue {
  readonly kind = 'Class Namespace'
  constructor(
    private readonly name: string,
    private readonly importer: SourceImporter,
  ) {
    super()
  }
  override attr(_emitter: FunctionEmitter, _range: SourceRange, field: string): SugaredValue {
    const name = `${this.name}.${field}`
    const type = this.importer.findType(name)
    switch (type?.kind) {
      case 'Class':
        return new ClassValue(type as ClassType)
      case 'Tuple':
        return new NamedTupleValue(type as TupleType)
      case 'Enum':
        return new EnumClassValue(type as EnumType)
    }
    const fn = this.importer.findFunction(name)
    return fn ? new FunctionValue(fn) : new NamespaceValue(name, this.importer)
  }
}

/** `__torch__.torch.classes.quantized` is a namespace, `….quantized.Conv2dPackedParamsBase` a class. */
function isBoundClass(name: string): boolean {
  return /^__torch__\.torch\.classes\.\w+\.\w/.test(name)
}
