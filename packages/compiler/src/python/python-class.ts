import type { GraphFunction } from '@tsjit/ir'
import { type Assign, type ClassDef, type Expression, type FunctionDef, parseModule } from '@tsjit/parser'
import { ClassType, EnumType, InterfaceType, Source, type SourceRange, TupleType, type Type, typeEquals } from '@tsjit/types'
import { compileFunction } from '../compile-function.ts'
import { insertConstant } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { declaredSchema } from '../function-definitions.ts'
import { ClassValue, EnumClassValue, NamedTupleValue } from '../sugared-values/class.ts'
import { FunctionValue } from '../sugared-values/method.ts'
import { SimpleValue } from '../sugared-values/simple-value.ts'
import type { SugaredValue } from '../sugared-values/sugared-value.ts'
import { qualifiedName, typeFromExpression } from '../type-annotations.ts'
import { synthesizeDataclass } from './dataclasses.ts'
import { plainValue, withDefaults } from './defaults.ts'
import { evaluate } from './evaluate.ts'
import { checkFrontend } from './frontend-check.ts'
import { namedTupleCall, namedTupleType, PythonNamedTuple } from './named-tuples.ts'
import { calledFrom, modifierOf } from './python-function.ts'
import { PythonException, PythonObject } from './python-object.ts'
import { PythonValue } from './python-value.ts'
import type { SourceModule } from './source-module.ts'

export type ClassKind = 'class' | 'dataclass' | 'enum' | 'namedtuple' | 'interface' | 'exception' | 'module'

/** A `class` at the top of a file. Its type is made, and its methods compiled, when it is first needed. */
export class PythonClass extends PythonObject {
  readonly typeName: string
  readonly kind: ClassKind
  readonly qualifiedName: string
  private made: ClassType | EnumType | TupleType | InterfaceType | undefined

  constructor(
    readonly def: ClassDef,
    readonly module: SourceModule,
  ) {
    super()
    this.qualifiedName = `${module.prefix}${def.name}`
    this.kind = kindOf(def, module)
    this.typeName = this.kind === 'enum' ? 'EnumType' : 'type'
  }
  get name(): string {
    return this.def.name
  }
  get isPythonClass(): boolean {
    return true
  }

  override type(range: SourceRange | undefined): Type | undefined {
    switch (this.kind) {
      case 'exception':
      case 'module':
        return undefined
    }
    return this.compile(range)
  }

  override attr(name: string): PythonObject | undefined {
    if (this.kind === 'enum') {
      const type = this.compile(undefined) as EnumType
      const member = type.members.find(([known]) => known === name)
      return member && new EnumMember(type, member)
    }
    const assign = this.def.body.find(
      (s): s is Assign => s.type === 'Assign' && s.targets[0]?.type === 'Name' && s.targets[0].name === name,
    )
    return assign?.value && evaluate(assign.value, this.module)
  }

  override sugar(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    if (this.kind === 'exception') return new PythonException(`${this.module.name}.${this.name}`).sugar()
    if (this.kind === 'module') return new PythonValue(this)
    const type = this.made ?? calledFrom(emitter, this.qualifiedName, range, () => this.compile(range))
    switch (type.kind) {
      case 'Enum':
        return new EnumClassValue(type)
      case 'Tuple':
        return new NamedTupleValue(type)
      case 'Class':
        return new SourceClassValue(type, this)
      default:
        return new PythonValue(this)
    }
  }

  /** The class compiled by itself. Throws TSJ_UNSUPPORTED for what only functions that use it may compile. */
  script(): Type {
    const { def } = this
    if (this.kind === 'module' || this.kind === 'enum') return this.compile()
    if (this.kind === 'interface')
      fail('TSJ_TYPE', 'Function was not annotated as having type None, but does not return along all paths', def.nameRange)
    if (def.bases.some((base) => base.type !== 'Name' || base.name !== 'object')) refuseInheritance(this.name, def.nameRange)
    return this.compile()
  }

  /** The type, with its methods compiled. Throws `CompileError`. */
  compile(_range?: SourceRange): ClassType | EnumType | TupleType | InterfaceType {
    if (this.made) return this.made
    switch (this.kind) {
      case 'enum':
        return this.register(makeEnum(this))
      case 'namedtuple':
        return this.register(makeNamedTuple(this))
      case 'interface':
        return this.makeInterface()
      case 'module':
        return fail(
          'TSJ_UNSUPPORTED',
          `Type '<class '${this.module.name}.${this.name}'>' cannot be compiled since it inherits from nn.Module, pass an instance instead`,
          this.def.nameRange,
        )
      default:
        return this.makeClass()
    }
  }

  private register<T extends ClassType | EnumType | TupleType | InterfaceType>(type: T): T {
    this.made = type
    this.module.program.unit.addType(type)
    return type
  }

  private makeInterface(): InterfaceType {
    const { def, module } = this
    const isModule = def.bases.some((base) => isModuleBase(base, module))
    const type = this.register(new InterfaceType(this.qualifiedName, isModule))
    for (const statement of def.body) {
      if (statement.type !== 'FunctionDef') continue
      checkFrontend(statement)
      const schema = declaredSchema(statement, statement.name, module, type, { lateDefaults: true })
      if (schema.returns.length === 0) fail('TSJ_SYNTAX_USE', 'interface declarations must have a return type annotated.', statement.range)
      type.methods.set(statement.name, withDefaults(schema, statement, module))
    }
    return type
  }

  private makeClass(): ClassType {
    const { def, module } = this
    const { program } = module
    const { methods, statics, getters, setters } = methodsOf(this)
    for (const method of [...methods].sort((a, b) => (a.name < b.name ? -1 : 1))) checkFrontend(method)
    const type = new ClassType(this.qualifiedName, false, def.nameRange)
    this.register(type)
    try {
      const compile = (method: FunctionDef, name = method.name, self: ClassType | null = type): GraphFunction => {
        const options = { name: `${type.name}.${name}`, resolver: module, lateDefaults: true }
        return program.unit.addFunction(compileFunction(program.unit, dropUnused(method, self), { ...options, ...(self ? { self } : {}) }))
      }
      for (const method of statics) type.staticMethods.set(method.name, compile(method, method.name, null))
      const compiled: [FunctionDef, GraphFunction][] = []
      for (const method of methods) {
        const fn = compile(method)
        type.methods.set(method.name, fn)
        compiled.push([method, fn])
      }
      for (const [name, getter] of getters) {
        const made = { getter: compile(getter, `__${name}_getter`) }
        const setter = setters.get(name)
        type.methods.set(`__${name}_getter`, made.getter)
        const property = setter ? { ...made, setter: compile(setter, `__${name}_setter`) } : made
        if ('setter' in property) type.methods.set(`__${name}_setter`, property.setter)
        type.properties.set(name, property)
      }
      // `__init__` says which attributes there are.
      const order = [...compiled].sort(([a], [b]) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))
      for (const [, fn] of order) void fn.graph
      for (const { getter, setter } of type.properties.values()) {
        void (getter as GraphFunction).graph
        void (setter as GraphFunction | undefined)?.graph
      }
      for (const [method, fn] of compiled) fn.schema = withDefaults(fn.schema, method, module)
      for (const method of statics) {
        const fn = type.staticMethods.get(method.name) as GraphFunction
        void fn.graph
        fn.schema = withDefaults(fn.schema, method, module)
      }
    } catch (error) {
      // Half a class helps nobody: the next use compiles it again, and says the same.
      this.made = undefined
      program.unit.types.delete(type.name)
      throw error
    }
    return type
  }
}

export function refuseInheritance(_name: string, range?: SourceRange): never {
  return fail('TSJ_UNSUPPORTED', "TorchScript classes does not support inheritance yet. Please directly inherit from 'object'.", range)
}

const rank = (name: string): number => (name === '__init__' ? 0 : 1)

/** A script class by name: Python's class attributes are seen through it. */
class SourceClassValue extends ClassValue {
  constructor(
    type: ClassType,
    private readonly owner: PythonClass,
  ) {
    super(type)
  }
  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    const fn = this.type.staticMethods.get(name)
    if (fn) return new FunctionValue(fn as GraphFunction)
    const found = this.owner.attr(name)
    return found ? found.sugar(emitter, range, false) : super.attr(emitter, range, name)
  }
}

/** `Color.RED` at the top of a file. */
class EnumMember extends PythonObject {
  readonly typeName: string
  constructor(
    private readonly owner: EnumType,
    private readonly member: readonly [string, unknown],
  ) {
    super()
    this.typeName = owner.name.slice(owner.name.lastIndexOf('.') + 1)
  }
  override constant() {
    return { type: this.owner, value: { name: this.member[0], value: this.member[1] } }
  }
  override sugar(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    return new SimpleValue(insertConstant(emitter.graph, this.constant(), range))
  }
}

function kindOf(def: ClassDef, module: SourceModule): ClassKind {
  for (const decorator of def.decorators) {
    const name = qualifiedName(decorator.type === 'Call' ? decorator.callee : decorator) ?? ''
    if (name.endsWith('dataclass')) return 'dataclass'
    if (name.endsWith('interface')) return 'interface'
  }
  for (const base of def.bases) {
    if (namedTupleCall(base)) return 'namedtuple'
    const name = qualifiedName(base)?.split('.').pop() ?? ''
    if (name === 'NamedTuple') return 'namedtuple'
    if (/^(Int|Str|)Enum$|^(Int)?Flag$/.test(name)) return 'enum'
    if (isModuleBase(base, module)) return 'module'
    const found = evaluate(base, module)
    if (found instanceof PythonNamedTuple) return 'namedtuple'
    if (found instanceof PythonException) return 'exception'
    if (found instanceof PythonClass) {
      if (found.kind === 'exception' || found.kind === 'module' || found.kind === 'enum') return found.kind
      return found.kind === 'dataclass' ? 'class' : found.kind
    }
  }
  return 'class'
}

function isModuleBase(base: Expression, module: SourceModule): boolean {
  const name = qualifiedName(base)
  if (name === undefined) return false
  if (name.endsWith('nn.Module')) return true
  const found = module.lookup(name.split('.')[0])
  return (found instanceof PythonClass && found.kind === 'module') || (name === 'Module' && !(found instanceof PythonClass))
}

function makeEnum({ def, module, qualifiedName: name }: PythonClass): EnumType {
  const members: [string, unknown][] = []
  let valueType: Type | undefined
  let auto = 0
  for (const statement of def.body) {
    if (statement.type !== 'Assign' || !statement.value || statement.targets[0].type !== 'Name') continue
    const { value } = statement
    const isAuto = value.type === 'Call' && qualifiedName(value.callee)?.split('.').pop() === 'auto'
    const known = isAuto ? undefined : evaluate(value, module).constant()
    if (!isAuto && !known) {
      fail('TSJ_TYPE', `Unsupported value of enum member ${name}.${statement.targets[0].name}`, value.range)
    }
    const type = known?.type ?? evaluate({ type: 'Number', kind: 'int', value: 1, text: '1', range: value.range }, module).constant()!.type
    if (valueType && !typeEquals(valueType, type)) {
      fail('TSJ_TYPE', 'Could not unify type list: enum class with varying value types are not supported.', statement.range)
    }
    valueType = type
    const plain = isAuto ? ++auto : known!.value
    if (typeof plain === 'number') auto = plain
    members.push([statement.targets[0].name, plain])
  }
  if (!valueType) fail('TSJ_TYPE', `No enum values defined for: '${name}'`, def.nameRange)
  return new EnumType(name, valueType!, members)
}

function makeNamedTuple({ def, module, qualifiedName: name }: PythonClass): TupleType {
  for (const base of def.bases) {
    const called = namedTupleCall(base)
    if (called) return namedTupleType(name, called, module)
    const found = evaluate(base, module)
    if (found instanceof PythonNamedTuple) return namedTupleType(name, found.fields, module)
    if (found instanceof PythonClass && found.kind === 'namedtuple') {
      const { elements, fields, defaults } = found.compile() as TupleType
      return new TupleType(elements, name, fields, defaults)
    }
  }
  const fields: string[] = []
  const types: Type[] = []
  const defaults: unknown[] = []
  for (const statement of def.body) {
    if (statement.type !== 'Assign' || statement.targets[0].type !== 'Name' || !statement.annotation) continue
    fields.push(statement.targets[0].name)
    const type = typeFromExpression(statement.annotation, module)
    types.push(type)
    if (!statement.value) continue
    const value = plainValue(evaluate(statement.value, module), type)
    if (!value)
      fail('TSJ_TYPE', `Expected a default value of type ${type} on field "${fields[fields.length - 1]}" of ${name}`, statement.range)
    defaults.push(value!.value)
  }
  return new TupleType(types, name, fields, defaults)
}

interface Methods {
  readonly methods: FunctionDef[]
  readonly statics: FunctionDef[]
  readonly getters: Map<string, FunctionDef>
  readonly setters: Map<string, FunctionDef>
}

function methodsOf(owner: PythonClass): Methods {
  const { def, module } = owner
  const methods = new Map<string, FunctionDef>()
  const statics = new Map<string, FunctionDef>()
  const getters = new Map<string, FunctionDef>()
  const setters = new Map<string, FunctionDef>()
  for (const statement of def.body) {
    if (statement.type !== 'FunctionDef') continue
    const names = statement.decorators.map((decorator) => qualifiedName(decorator.type === 'Call' ? decorator.callee : decorator) ?? '')
    if (names.includes('staticmethod')) statics.set(statement.name, statement)
    else if (names.includes('property')) getters.set(statement.name, statement)
    else if (names.some((name) => name.endsWith('.setter'))) setters.set(statement.name, statement)
    else if (modifierOf(statement.decorators) === 'ignore') continue
    else methods.set(statement.name, statement)
  }
  if (owner.kind === 'dataclass') {
    const text = synthesizeDataclass(def, module, new Set(methods.keys()))
    for (const statement of parseModule(new Source(text, `<dataclass ${def.name}>`)).body) {
      if (statement.type === 'FunctionDef') methods.set(statement.name, statement)
    }
  }
  return { methods: [...methods.values()], statics: [...statics.values()], getters, setters }
}

/** The body of an `unused` method is not looked at: reaching it raises. */
function dropUnused(method: FunctionDef, self: ClassType | null): FunctionDef {
  if (modifierOf(method.decorators) !== 'unused' || !self) return method
  const text = 'def unused_fn(self):\n    raise RuntimeError("Cannot call @unused methods")\n'
  const [stub] = parseModule(new Source(text, '<unused>')).body as [FunctionDef]
  return { ...method, body: stub.body }
}
