import type { GraphFunction } from '@tsjit/ir'
import { type Assign, type ClassDef, type Expression, type FunctionDef, parseModule } from '@tsjit/parser'
import {
  AnyType,
  ClassType,
  EnumType,
  InterfaceType,
  IntType,
  Source,
  type SourceRange,
  TensorT,
  TsjitError,
  TupleType,
  type Type,
  typeEquals,
} from '@tsjit/types'
import { compileFunction } from '../compile-function.ts'
import { insertConstant } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { declaredSchema } from '../function-definitions.ts'
import { ClassValue, EnumClassValue, NamedTupleValue } from '../sugared-values/class.ts'
import { classAttributes } from '../sugared-values/class-attributes.ts'
import { FunctionValue } from '../sugared-values/method.ts'
import { SimpleValue } from '../sugared-values/simple-value.ts'
import type { SugaredValue } from '../sugared-values/sugared-value.ts'
import { qualifiedName, typeFromExpression } from '../type-annotations.ts'
import { synthesizeDataclass } from './dataclasses.ts'
import { plainValue, withDefaults } from './defaults.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { checkFrontend } from './frontend-check.ts'
import { findMember } from './modules/class-members.ts'
import { namedTupleCall, namedTupleType, PythonNamedTuple } from './named-tuples.ts'
import { calledFrom, modifierOf, PythonFunction, unusedDefinition } from './python-function.ts'
import { moduleCallName, PythonConstant, PythonException, PythonObject, PythonOpaque, PythonOperator, PythonType } from './python-object.ts'
import { PythonValue } from './python-value.ts'
import type { SourceModule } from './source-module.ts'

/** `tensor`: a subclass of `torch.Tensor`, which annotations take for a tensor. */
export type ClassKind = 'class' | 'dataclass' | 'enum' | 'namedtuple' | 'interface' | 'exception' | 'module' | 'tensor'

/** A `class` at the top of a file. Its type is made, and its methods compiled, when it is first needed. */
export class PythonClass extends PythonObject {
  readonly typeName: string
  readonly kind: ClassKind
  readonly qualifiedName: string
  private readonly aliases = new Map<string, string>()
  private made: ClassType | EnumType | TupleType | InterfaceType | undefined
  private readonly statics = new Map<string, GraphFunction>()

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

  /** `torch.autograd.Function`: calling its `apply` leaves TorchScript. */
  private get isAutogradFunction(): boolean {
    return this.def.bases.some((base) => {
      const found = evaluate(base, this.module)
      return found instanceof PythonType ? found.name === 'Function' : found instanceof PythonClass && found.isAutogradFunction
    })
  }

  override type(range: SourceRange | undefined): Type | undefined {
    switch (this.kind) {
      case 'exception':
      case 'module':
        return undefined
      case 'tensor':
        return TensorT
    }
    return this.compile(range)
  }

  override attr(name: string): PythonObject | undefined {
    if (this.kind === 'enum') {
      const type = this.compile(undefined) as EnumType
      // An alias (a second name for a value) is the first one's member.
      const known = this.aliases.get(name) ?? name
      const member = type.members.find(([each]) => each === known)
      return member && new EnumMember(type, member)
    }
    if (name === 'apply' && this.isAutogradFunction) return new PythonOpaque('method', this.name, true)
    const assign = this.def.body.find(
      (s): s is Assign => s.type === 'Assign' && s.targets[0]?.type === 'Name' && s.targets[0].name === name,
    )
    return assign?.value && evaluate(assign.value, this.module)
  }

  override called(): PythonObject | undefined {
    return this.kind === 'module' ? new PythonOpaque(this.name, moduleCallName, true) : undefined
  }
  override sugar(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    if (this.kind === 'exception') return new PythonException(`${this.module.name}.${this.name}`).sugar()
    if (this.kind === 'module') return new ModuleClassValue(this)
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
    if (this.kind === 'module') return this.compile()
    if (this.kind === 'enum') return this.scriptEnum()
    if (this.kind === 'interface')
      fail('TSJ_TYPE', 'Function was not annotated as having type None, but does not return along all paths', def.nameRange)
    if (def.bases.some((base) => base.type !== 'Name' || base.name !== 'object')) refuseInheritance(this.name, def.nameRange)
    return this.compile()
  }

  /** Whether the values of an enum will do is asked where it is used. */
  private scriptEnum(): Type {
    try {
      return this.compile()
    } catch (error) {
      if (error instanceof TsjitError) return AnyType
      throw error
    }
  }

  /** The type, with its methods compiled. Throws `CompileError`. */
  compile(_range?: SourceRange): ClassType | EnumType | TupleType | InterfaceType {
    if (this.made) return this.made
    switch (this.kind) {
      case 'enum':
        return this.register(makeEnum(this, this.aliases))
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
      const typed = checkFrontend(statement, true)
      const schema = declaredSchema(typed, statement.name, module, type, { lateDefaults: true })
      if (schema.returns.length === 0) fail('TSJ_SYNTAX_USE', 'interface declarations must have a return type annotated.', statement.range)
      type.methods.set(statement.name, withDefaults(schema, statement, module))
    }
    return type
  }

  /** The methods with their types read, refused in the order in which PyTorch looks at them. */
  private checkedMethods(): Methods {
    const { methods, getters, setters } = methodsOf(this)
    const check = (method: FunctionDef): FunctionDef =>
      checkFrontend(modifierOf(method.decorators) === 'unused' ? unusedDefinition(method) : method, true)
    const byName = (a: string, b: string): number => (a < b ? -1 : 1)
    const checked = new Map([...methods].sort((a, b) => byName(a.name, b.name)).map((method) => [method.name, check(method)]))
    const properties = [...getters.keys()].sort(byName).filter((name) => modifierOf(getters.get(name)!.decorators) !== 'unused')
    const kept = { getters: new Map<string, FunctionDef>(), setters: new Map<string, FunctionDef>() }
    for (const name of properties) {
      kept.getters.set(name, check(getters.get(name)!))
      const setter = setters.get(name)
      if (setter) kept.setters.set(name, check(setter))
    }
    return { methods: methods.map(({ name }) => checked.get(name)!), ...kept }
  }

  /** A static method, compiled when it is first called: as a function of its own. */
  staticMethod(name: string, emitter: FunctionEmitter, range: SourceRange): GraphFunction | undefined {
    const known = this.statics.get(name)
    if (known) return known
    const def = this.def.body.find((s): s is FunctionDef => s.type === 'FunctionDef' && s.name === name && isStatic(s))
    if (!def) return undefined
    // It is called by its own name alone, made unlike that of any function.
    const { prefix, program } = this.module
    let qualified = `${prefix}${name}`
    for (let i = 0; program.unit.functions.has(qualified) || (i === 0 && this.module.isFunction(name)); i++) {
      qualified = `${prefix}___torch_mangle_${i}.${name}`
    }
    const fn = calledFrom(emitter, name, range, () => new PythonFunction(def, this.module, [], qualified).compile())
    this.statics.set(name, fn)
    return fn
  }

  /** What the body of the class assigns: objects of the type do not have it. */
  private get assignedNames(): ReadonlySet<string> {
    return new Set(this.def.body.flatMap((s) => (s.type === 'Assign' && s.targets[0]?.type === 'Name' ? [s.targets[0].name] : [])))
  }

  private makeClass(): ClassType {
    const { def, module } = this
    const { program } = module
    const { methods, getters, setters } = this.checkedMethods()
    const type = new ClassType(this.qualifiedName, false, def.nameRange)
    classAttributes.set(type, this.assignedNames)
    this.register(type)
    try {
      const compile = (method: FunctionDef, name = method.name): GraphFunction => {
        const options = { name: `${type.name}.${name}`, resolver: module, lateDefaults: true, self: type }
        return program.unit.addFunction(compileFunction(program.unit, method, options))
      }
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
    const fn = this.owner.staticMethod(name, emitter, range)
    if (fn) return new FunctionValue(fn)
    const found = this.owner.attr(name)
    return found ? found.sugar(emitter, range, false) : super.attr(emitter, range, name)
  }
}

/** A module class by name: its static methods are functions. */
class ModuleClassValue extends PythonValue {
  constructor(private readonly owner: PythonClass) {
    super(owner)
  }
  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    const member = findMember(this.owner, name)
    if (member?.kind !== 'static' || !member.def) return super.attr(emitter, range, name)
    return staticMethod(member.owner, member.def).sugar(emitter, range)
  }
}

const staticMethods = new WeakMap<FunctionDef, PythonFunction>()

/** A static method as the function that it is. */
export function staticMethod(owner: PythonClass, def: FunctionDef): PythonFunction {
  let fn = staticMethods.get(def)
  if (!fn) staticMethods.set(def, (fn = new PythonFunction(def, owner.module)))
  return fn
}

/** `Color.RED` at the top of a file. */
export class EnumMember extends PythonObject {
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
  if (module.name === 'torch.nn.modules.module' && def.name === 'Module') return 'module'
  for (const decorator of def.decorators) {
    const name = qualifiedName(decorator.type === 'Call' ? decorator.callee : decorator) ?? ''
    if (name.endsWith('dataclass')) return 'dataclass'
    if (name.endsWith('interface')) return 'interface'
  }
  // Mixins stand before `Enum`.
  if (def.bases.some((base) => isEnumBase(base, module))) return 'enum'
  for (const base of def.bases) {
    if (namedTupleCall(base)) return 'namedtuple'
    const name = qualifiedName(base)?.split('.').pop() ?? ''
    if (name === 'NamedTuple') return 'namedtuple'
    if (isModuleBase(base, module)) return 'module'
    const found = evaluate(base, module)
    if (found instanceof PythonNamedTuple) return 'namedtuple'
    if (found instanceof PythonException) return 'exception'
    if (found instanceof PythonOperator && found.symbol === 'aten::Tensor') return 'tensor'
    if (found instanceof PythonClass) {
      if (found.kind === 'exception' || found.kind === 'module' || found.kind === 'tensor') return found.kind
      return found.kind === 'dataclass' ? 'class' : found.kind
    }
  }
  return 'class'
}

function isEnumBase(base: Expression, module: SourceModule): boolean {
  const name = qualifiedName(base)
  if (name === undefined) return false
  if (/^(Int|Str|)Enum$|^(Int)?Flag$/.test(name.split('.').pop()!)) return true
  const found = evaluate(base, module)
  return found instanceof PythonClass && found.kind === 'enum'
}

function isModuleBase(base: Expression, module: SourceModule): boolean {
  const name = qualifiedName(base)
  if (name === undefined) return false
  if (name.endsWith('nn.Module')) return true
  const found = module.lookup(name.split('.')[0])
  return (found instanceof PythonClass && found.kind === 'module') || (name === 'Module' && !(found instanceof PythonClass))
}

const enumValueKinds = ['int', 'float', 'str']

function makeEnum({ def, module, qualifiedName: name }: PythonClass, aliases: Map<string, string>): EnumType {
  const members: [string, unknown][] = []
  const values = new Map<string, PythonObject>()
  const scope: Scope = {
    lookup: (each) => values.get(each) ?? module.lookup(each),
    resolveType: (each, range) => module.resolveType(each, range),
  }
  const types: Type[] = []
  let auto = 0
  for (const statement of def.body) {
    if (statement.type !== 'Assign' || !statement.value || statement.targets[0].type !== 'Name') continue
    const { value } = statement
    const isAuto = value.type === 'Call' && qualifiedName(value.callee)?.split('.').pop() === 'auto'
    const object = isAuto ? new PythonConstant({ type: IntType, value: ++auto }, 'int') : evaluate(value, scope)
    const known = object.constant()
    const target = statement.targets[0].name
    values.set(target, object)
    const first = known && members.find(([, member]) => equalValues(member, known.value))
    if (first) {
      aliases.set(target, first[0])
      continue
    }
    const type = known?.type ?? (object.typeName === 'Tensor' ? TensorT : AnyType)
    if (!types.some((other) => typeEquals(other, type))) types.push(type)
    if (typeof known?.value === 'number') auto = known.value
    members.push([target, known?.value])
  }
  if (types.length === 0) fail('TSJ_TYPE', `No enum values defined for: '<class 'enum.EnumType'>'`, def.nameRange)
  if (types.length > 1) {
    const [first, second] = types
    fail(
      'TSJ_TYPE',
      `Could not unify type list since element 1 of type ${first} did not match the types before it (${second})`,
      def.nameRange,
    )
  }
  if (!enumValueKinds.includes(types[0].kind)) {
    fail('TSJ_TYPE', `Cannot create Enum with value type '${types[0]}', only int, float and string are supported`, def.nameRange)
  }
  return new EnumType(name, types[0], members)
}

/** Equality of Python's numbers, texts and truth values. */
function equalValues(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): unknown => (typeof value === 'boolean' || typeof value === 'bigint' ? Number(value) : value)
  return plain(a) === plain(b)
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
  readonly getters: Map<string, FunctionDef>
  readonly setters: Map<string, FunctionDef>
}

function methodsOf(owner: PythonClass): Methods {
  const { def, module } = owner
  const methods = new Map<string, FunctionDef>()
  const getters = new Map<string, FunctionDef>()
  const setters = new Map<string, FunctionDef>()
  for (const statement of def.body) {
    if (statement.type !== 'FunctionDef') continue
    const names = statement.decorators.map((decorator) => qualifiedName(decorator.type === 'Call' ? decorator.callee : decorator) ?? '')
    if (isStatic(statement)) continue
    if (names.includes('property')) getters.set(statement.name, statement)
    else if (names.some((name) => name.endsWith('.setter'))) setters.set(statement.name, statement)
    else methods.set(statement.name, names.includes('classmethod') ? withClassBound(statement, def) : statement)
  }
  if (owner.kind === 'dataclass') {
    const text = synthesizeDataclass(def, module, new Set(methods.keys()))
    for (const statement of parseModule(new Source(text, `<dataclass ${def.name}>`)).body) {
      if (statement.type === 'FunctionDef') methods.set(statement.name, statement)
    }
  }
  return { methods: [...methods.values()], getters, setters }
}

/** `__new__` is static without saying so. */
function isStatic({ decorators, name }: FunctionDef): boolean {
  return name === '__new__' || decorators.some((decorator) => qualifiedName(decorator) === 'staticmethod')
}

/** A class method is a method that begins with `cls = TheClass`: it is called on objects. */
function withClassBound(method: FunctionDef, { name, nameRange: range }: ClassDef): FunctionDef {
  const [first] = method.parameters
  if (!first) return method
  const bound: Assign = {
    type: 'Assign',
    targets: [{ type: 'Name', name: first.name, range }],
    value: { type: 'Name', name, range },
    range,
  }
  return { ...method, body: [bound, ...method.body] }
}
