import type { GraphFunction, Value } from '@tsjit/ir'
import { type FunctionDef, parseModule } from '@tsjit/parser'
import { type Argument, type ClassType, CompileError, FunctionSchema, Source, type SourceRange, TensorT, TsjitError } from '@tsjit/types'
import { compileFunction } from '../../compile-function.ts'
import type { FunctionEmitter } from '../../emitter.ts'
import { fail } from '../../errors.ts'
import { declaredSchema } from '../../function-definitions.ts'
import { InferredTensorT } from '../../inferred-tensor.ts'
import { lastAtom } from '../../names.ts'
import { type ActualArgument, emitInputs, matchSchemas } from '../../schema-matching.ts'
import { MethodValue } from '../../sugared-values/method.ts'
import { SugaredValue } from '../../sugared-values/sugared-value.ts'
import { withDefaults } from '../defaults.ts'
import { checkFrontend } from '../frontend-check.ts'
import { StandIn } from '../host-function.ts'
import { repr } from '../interpreter/text.ts'
import type { PyFunction } from '../interpreter/values.ts'
import { staticMethod } from '../python-class.ts'
import { emitUnusedCall, modifierOf } from '../python-function.ts'
import { emitHostCall, failAsValue } from '../python-value.ts'
import type { SourceModule } from '../source-module.ts'
import { allMembers, type ClassMember, findMember } from './class-members.ts'
import type { ConcreteType } from './concrete-type.ts'
import type { ModuleInstance } from './module-instance.ts'
import type { ModuleTypes } from './module-types.ts'
import { type MethodSource, ModuleValue } from './module-value.ts'

/** A method to be compiled: its `def`, and the file whose names it sees. */
interface Stub {
  readonly name: string
  readonly def: FunctionDef
  readonly module: SourceModule
  /** The types of an overload. */
  readonly overload?: FunctionDef
}

/** Compiles the methods of modules: those that PyTorch compiles at once, and others when a method calls them. */
export class ModuleCompiler implements MethodSource {
  private readonly defaults = new WeakMap<GraphFunction, () => FunctionSchema>()

  constructor(readonly types: ModuleTypes) {}

  /**
   * The module's type, with `forward`, exported methods, properties and hooks compiled, and those of its submodules before. Throws
   * `CompileError`.
   */
  compile(module: ModuleInstance): ConcreteType {
    const concrete = this.types.typeOf(module)
    this.compileAs(module, concrete)
    return concrete
  }

  private compileAs(module: ModuleInstance, concrete: ConcreteType, methods?: readonly string[]): void {
    for (const [name, child] of module.modules) {
      if (!child || concrete.ignored.has(name)) continue
      const seenAs = concrete.modules.get(name)
      if (seenAs?.type.kind === 'Interface') this.compileAs(child, this.types.typeOf(child), [...seenAs.type.methods.keys()])
      else if (seenAs) this.compileAs(child, seenAs)
    }
    if (concrete.isCompiled) return
    concrete.isCompiled = true
    try {
      this.compileMethods(module, concrete, methods ? methods.map((name) => this.stub(module, name)) : this.stubs(module))
      this.compileHooks(module, concrete)
      this.defineLength(module, concrete)
    } catch (error) {
      concrete.isCompiled = false
      throw error
    }
  }

  private stub(module: ModuleInstance, name: string): Stub {
    const member = findMember(module.cls, name)
    if (!member?.def) return fail('TSJ_ATTRIBUTE', `'${module.cls.name}' object has no attribute '${name}'`, module.cls.def.nameRange)
    return { name, def: member.def, module: member.owner.module }
  }

  /** `forward` and what is marked `export`; overloaded methods by their overloads. */
  private stubs(module: ModuleInstance): Stub[] {
    const overloaded: Stub[] = []
    const names: string[] = []
    const forward = findMember(module.cls, 'forward')
    if (forward?.def && !isIgnored(forward) && !isUnimplemented(forward)) names.push('forward')
    for (const member of allMembers(module.cls)) {
      if (!member.def) continue
      if (modifierOf(member.def.decorators) === 'export' && !names.includes(member.name)) names.push(member.name)
      member.overloads?.forEach((overload, i) => {
        overloaded.push({ name: `${member.name}__${i}`, def: member.def!, module: member.owner.module, overload })
      })
    }
    const isOverloaded = (name: string): boolean => (findMember(module.cls, name)?.overloads?.length ?? 0) > 0
    return [...overloaded, ...names.filter((name) => !isOverloaded(name)).map((name) => this.stub(module, name))]
  }

  private compileMethods(module: ModuleInstance, concrete: ConcreteType, stubs: readonly Stub[]): void {
    const type = concrete.type as ClassType
    const made: GraphFunction[] = []
    const ignored = new Set([...concrete.ignored, ...this.names(module, '__jit_unused_properties__')])
    for (const { name, kind, def, setter, owner } of allMembers(module.cls)) {
      if (kind !== 'property' || !def || ignored.has(name) || isIgnored({ def })) continue
      const define = (method: FunctionDef, as: string): GraphFunction => {
        const fn = this.define(concrete, { name: as, def: method, module: owner.module })
        made.push(fn)
        return fn
      }
      const property = { getter: define(def, `__${name}_getter`), ...(setter ? { setter: define(setter, `__${name}_setter`) } : {}) }
      type.properties.set(name, property)
    }
    for (const stub of stubs) if (!type.methods.has(stub.name)) made.push(this.define(concrete, stub))
    this.finish(made)
  }
  /** Compiles the bodies; only then are the defaults of parameters known to callers. */
  private finish(made: readonly GraphFunction[]): void {
    for (const fn of made) void fn.graph
    for (const fn of made) fn.schema = this.defaults.get(fn)!()
  }
  private names(module: ModuleInstance, list: string): string[] {
    const { interpreter } = this.types
    if (!findMember(module.cls, list)) return []
    return [...(interpreter.attribute(module.cls, list) as readonly string[])].map(String)
  }

  private define(concrete: ConcreteType, stub: Stub): GraphFunction {
    const type = concrete.type as ClassType
    const fn = this.function(concrete, stub)
    type.methods.set(stub.name, fn)
    return fn
  }
  private function(concrete: ConcreteType, { name, def, module, overload }: Stub): GraphFunction {
    const type = concrete.type as ClassType
    const { unit } = module.program
    const typed = checkFrontend(def, true)
    const fn = compileFunction(unit, typed, {
      name: `${type.name}.${name}`,
      resolver: module,
      self: type,
      makeSelf: (value) => new ModuleValue(value, concrete, this),
      lateDefaults: true,
      ...(overload ? { overload: checkFrontend(overload, true) } : {}),
    })
    this.defaults.set(fn, () => withDefaults(fn.schema, typed, module, overload !== undefined))
    return unit.addFunction(fn)
  }

  private compileHooks(module: ModuleInstance, concrete: ConcreteType): void {
    const type = concrete.type as ClassType
    const seen = new Map<string, PyFunction>()
    const compile = (hook: PyFunction): GraphFunction => {
      const known = seen.get(hook.name)
      if (known && known.def !== hook.def) {
        throw new CompileError(
          'TSJ_MODULE_HOOKS',
          `Hook '${hook.name}' on ${module.cls.name} has at least two different python definitions. Please use unique names for all hooks.`,
          { range: hook.def.range },
        )
      }
      seen.set(hook.name, hook)
      if (hook.def.type === 'Lambda') return fail('TSJ_UNSUPPORTED', 'lambdas cannot be hooks of a scripted module', hook.def.range)
      const fn = this.function(concrete, { name: hook.name, def: hook.def, module: hook.module })
      this.finish([fn])
      return fn
    }
    const hooks = concrete.forwardHooks.map(compile)
    const preHooks = concrete.forwardPreHooks.map(compile)
    type.forwardHooks.push(...hooks)
    type.forwardPreHooks.push(...preHooks)
  }

  /** What containers are asked by script: `len(self.layers)`, `'a' in self.layers`. */
  private defineLength(module: ModuleInstance, concrete: ConcreteType): void {
    const { container } = concrete
    if (container !== 'list' && container !== 'dict') return
    const { methods } = concrete.type as ClassType
    const keys = [...module.modules.keys()]
    if (!methods.has('__len__')) this.defineSource(concrete, `def __len__(self):\n   return ${keys.length}\n`, module.cls.module)
    if (container === 'dict' && !methods.has('__contains__')) {
      const body = keys.length > 0 ? `key in ${repr(keys)}` : 'False'
      this.defineSource(concrete, `def __contains__(self, key: str):\n   return ${body}\n`, module.cls.module)
    }
  }

  /** Adds methods written as source. */
  defineSource(concrete: ConcreteType, text: string, module: SourceModule, filename = '<string>'): void {
    const made: GraphFunction[] = []
    for (const def of parseModule(new Source(text, filename)).body) {
      if (def.type !== 'FunctionDef') fail('TSJ_UNSUPPORTED', 'only methods can be defined on a module', def.range)
      made.push(this.define(concrete, { name: (def as FunctionDef).name, def: def as FunctionDef, module }))
    }
    this.finish(made)
  }

  method(concrete: ConcreteType, self: Value, name: string, emitter: FunctionEmitter, range: SourceRange): SugaredValue | undefined {
    const member = concrete.cls && findMember(concrete.cls, name)
    if (!member?.def || member.kind === 'property' || member.kind === 'class') return undefined
    const { def, owner } = member
    if (member.kind === 'static') {
      return staticMethod(owner, def).sugar(emitter, range)
    }
    if (isIgnored(member)) return new IgnoredMethodValue(self, concrete, member)
    const type = concrete.type as ClassType
    const caller = emitter.name.split('.').slice(-2).join('.')
    try {
      this.finish([this.define(concrete, { name, def, module: owner.module })])
    } catch (error) {
      type.methods.delete(name)
      if (error instanceof TsjitError) {
        error.message += `\n'${lastAtom(type.name)}.${name}' is being compiled since it was called from '${caller}'\n${range.highlight()}`
      }
      throw error
    }
    return new MethodValue(self, name)
  }
}

export function isIgnored({ def }: Pick<ClassMember, 'def'>): boolean {
  const modifier = def && modifierOf(def.decorators)
  return modifier === 'ignore' || modifier === 'unused'
}

/** `nn.Module.forward` itself, which only raises. */
function isUnimplemented({ owner }: ClassMember): boolean {
  return owner.module.name === 'torch.nn.modules.module'
}

/** A method that stays Python's: calls of an `unused` one raise, calls of an `ignore`d one leave TorchScript with the module first. */
class IgnoredMethodValue extends SugaredValue {
  readonly kind = "python value of type 'function'"
  constructor(
    private readonly self: Value,
    private readonly concrete: ConcreteType,
    private readonly member: ClassMember,
  ) {
    super()
  }
  override asValue(_emitter: FunctionEmitter, range: SourceRange): Value {
    return failAsValue(this.kind, range)
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const { self, member } = this
    const def = member.def!
    const declared = declaredSchema(def, member.name, member.owner.module, this.concrete.type, { lateDefaults: true })
    const plain = (argument: Argument): Argument => (argument.type === InferredTensorT ? { ...argument, type: TensorT } : argument)
    const result: Argument = { name: '0', type: TensorT, typeText: 'Tensor', hasDefault: false, kwargOnly: false }
    const schema = new FunctionSchema(member.name, '', declared.args.map(plain), declared.returns.length > 0 ? declared.returns : [result])
    const all = [{ value: self, range }, ...args]
    if (modifierOf(def.decorators) === 'ignore') {
      const classes = [...new Set([lastAtom(this.concrete.type.name), member.owner.name])]
      const names = [...classes.map((name) => `${name}.${member.name}`), member.name]
      return emitHostCall(emitter, range, new StandIn(member.owner.module.hostFunctions, names, schema), all, kwargs)
    }
    const { match } = matchSchemas([schema], { args: all, kwargs }, range)
    emitInputs(emitter.graph, match, range)
    return emitUnusedCall(emitter, range, match.returnTypes[0])
  }
}
