import { ModuleInstance, type PythonClass, PythonProgram } from '@tsjit/compiler'
import * as nn from '@tsjit/nn'
import { type ClassDef, type Expression, type FunctionDef, parseExpression, parseModule, type Statement } from '@tsjit/parser'
import { Tensor } from '@tsjit/runtime'
import { CompileError, Source, SourceRange } from '@tsjit/types'
import { defaultRuntime, type Runtime } from '../../runtime.ts'
import { ScriptModule } from '../../script-module.ts'
import { environmentOf } from '../environment.ts'
import { functionsOf, type StandIns, standIns } from '../host-functions.ts'
import { javascriptDefinition } from '../javascript/definition.ts'
import { isScriptFunction } from '../script-function.ts'
import { blankLines, dedent, withTorch } from '../source-text.ts'
import { adoptLayer } from './adopt-module.ts'
import { adoptingHost } from './adopting-host.ts'
import { ModuleScripter } from './module-scripter.ts'
import { toPythonValue } from './python-value.ts'
import type { WrittenMethod } from './written-methods.ts'

/** Modules that a TypeScript program constructed, as the compiler takes them: one instance for each, so that sharing stays. */
export class AdoptedModules {
  readonly scripter: ModuleScripter
  private readonly made = new Map<object, ModuleInstance>()
  private readonly classes = new Map<string, PythonClass>()
  private readonly adopting
  private readonly host: StandIns | undefined

  constructor(
    readonly program: PythonProgram = new PythonProgram(),
    runtime: Runtime = defaultRuntime(),
  ) {
    this.scripter = ModuleScripter.of(program)
    if (!program.hostFunctions) this.host = standIns(program, runtime)
    this.adopting = this.scripter.interpreterWith(adoptingHost)
  }

  /** What was taken over so far. */
  get modules(): ReadonlyMap<object, ModuleInstance> {
    return this.made
  }

  of(module: nn.Module | ScriptModule): ModuleInstance {
    let instance = this.made.get(module)
    if (!instance) {
      instance = module instanceof ScriptModule ? this.ofScriptModule(module) : this.ofEager(module)
      this.made.set(module, instance)
    }
    return instance
  }

  private ofScriptModule(module: ScriptModule): ModuleInstance {
    if (module.isWritten) return this.ofWritten(module, module.constructor, module.writtenMethods.list)
    const base = this.program.library('torch.nn.modules.module.Module') as PythonClass
    const instance = new ModuleInstance(base, module.object.type)
    instance.initialize()
    instance.origin = module
    for (const [name, type] of module.unit.types) if (!this.program.unit.types.has(name)) this.program.unit.types.set(name, type)
    return instance
  }

  private ofEager(module: nn.Module): ModuleInstance {
    const exported = (nn as unknown as Record<string, unknown>)[module.constructor.name]
    if (exported === module.constructor) return adoptLayer(this.adopting, module, (child) => this.of(child))
    return this.ofWritten(module, module.constructor, eagerMethods(module))
  }

  /** A class of the program: its methods are script, or the text of TypeScript functions; its fields are attributes. */
  private ofWritten(module: nn.Module | ScriptModule, Class: object, methods: readonly WrittenMethod[]): ModuleInstance {
    const instance = new ModuleInstance(this.classFor(Class as { name: string }, methods))
    instance.initialize()
    instance.origin = module
    if (module instanceof nn.Module) {
      instance.attributes.set('training', module.training)
      for (const [name, parameter] of module.ownParameters()) instance.parameters.set(name, parameter)
      for (const [name, buffer] of module.ownBuffers()) instance.buffers.set(name, buffer)
      for (const [name, child] of module.namedChildren()) instance.modules.set(name, this.of(child))
    } else
      for (const [name, { value, persistent }] of module.writtenMethods.buffers) {
        instance.buffers.set(name, value)
        if (!persistent) instance.nonPersistentBuffers.add(name)
      }
    for (const [name, value] of Object.entries(module)) {
      if (hidden.has(name) || name.startsWith('_') || instance.has(name) || typeof value === 'function') {
        if (!isScriptFunction(value) || hidden.has(name)) continue
      }
      if (value instanceof nn.Parameter) instance.parameters.set(name, value)
      else if (value instanceof nn.Module || value instanceof ScriptModule) instance.modules.set(name, this.of(value))
      else if (value instanceof Tensor) instance.attributes.set(name, value)
      else
        instance.attributes.set(
          name,
          toPythonValue(value, (child) => this.of(child), `field '${name}' of ${(Class as { name: string }).name}`),
        )
    }
    return instance
  }

  private classFor(
    Class: { readonly name: string; readonly __constants__?: readonly string[] },
    methods: readonly WrittenMethod[],
  ): PythonClass {
    const key = `${Class.name}\n${methods.map(({ text }) => text).join('\n')}`
    const known = methods.every(({ env }) => env === undefined) ? this.classes.get(key) : undefined
    if (known) return known
    const name = /^[A-Za-z_]\w*$/.test(Class.name) ? Class.name : 'Module'
    const source = new Source('class Module(torch.nn.Module): pass\n', `<class ${name}>`)
    const env: Record<string, unknown> = {}
    const body: Statement[] = []
    for (const method of methods) {
      for (const def of definitionsOf(method)) body.push(method.isExported ? exported(def) : def)
      Object.assign(env, method.env)
    }
    const [shell] = parseModule(source).body as [ClassDef]
    const constants = Class.__constants__
    if (constants) body.push(constantsAssignment(constants))
    const def: ClassDef = { ...shell, name, body }
    this.host?.add(functionsOf(env))
    const module = this.program.add(source, '__main__', withTorch(this.program, environmentOf(env)), [def])
    const cls = module.lookup(name) as PythonClass
    this.classes.set(key, cls)
    return cls
  }
}

/** Fields of the base classes, which are no attributes of the module. */
const hidden = new Set([
  'training',
  'methods',
  'writtenMethods',
  'disposed',
  'givenRuntime',
  'made',
  'archive',
  'file',
  'bufferNames',
  'preHooks',
  'hooks',
  'forward',
])

function constantsAssignment(names: readonly string[]): Statement {
  const text = `__constants__ = [${names.map((name) => JSON.stringify(name)).join(', ')}]\n`
  return parseModule(new Source(text, '<constants>')).body[0]
}

/** As under `@torch.jit.export`, unless decorators say something else. */
function exported(def: FunctionDef): FunctionDef {
  return def.decorators.length > 0 ? def : { ...def, decorators: [parseExpression(new Source('torch.jit.export', '<export>'))] }
}

/** The `def`s of a method's text. Throws `CompileError` where it does not parse. */
export function definitionsOf({ text, kind, name, types, place }: WrittenMethod): FunctionDef[] {
  if (kind === 'javascript') return [withSelf(callsOfModules(javascriptDefinition(new Source(text, `<method ${name}>`), name, types)))]
  const source = place
    ? new Source(dedent(text), place.filename, place.startLine + blankLines(text))
    : new Source(dedent(text), `<${name}>`)
  return parseModule(source).body.map((statement) => {
    if (statement.type !== 'FunctionDef') {
      throw new CompileError('TSJ_SCRIPT_METHOD', 'a script method is a `def`, and nothing else stands beside it', {
        range: statement.range,
      })
    }
    return statement
  })
}

/** `layer.call(x)`, as eager modules are called, is `layer(x)`. */
function callsOfModules<T>(tree: T): T {
  if (Array.isArray(tree)) return tree.map(callsOfModules) as T
  if (typeof tree !== 'object' || tree === null || tree instanceof SourceRange) return tree
  const mapped = Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, callsOfModules(value)])) as Record<string, unknown>
  const callee = mapped.callee as Expression | undefined
  if (mapped.type === 'Call' && callee?.type === 'Attribute' && callee.name === 'call') mapped.callee = callee.value
  return mapped as T
}

function withSelf(def: FunctionDef): FunctionDef {
  if (def.parameters[0]?.name === 'self') return def
  return {
    ...def,
    parameters: [
      { name: 'self', kind: 'positional', range: new SourceRange(def.range.source, def.range.start, def.range.start) },
      ...def.parameters,
    ],
  }
}

/** The functions that a class of the program adds to `nn.Module`, by their own text; `static script` replaces them. */
function eagerMethods(module: nn.Module): WrittenMethod[] {
  const { script, types } = module.constructor as { script?: string; types?: Readonly<Record<string, string>> }
  if (typeof script === 'string') return [{ text: script, kind: 'python', name: 'forward', env: undefined, types: undefined }]
  const found = new Map<string, WrittenMethod>()
  for (let prototype = Object.getPrototypeOf(module); prototype !== nn.Module.prototype; prototype = Object.getPrototypeOf(prototype)) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const { value } = Object.getOwnPropertyDescriptor(prototype, name)!
      if (name === 'constructor' || typeof value !== 'function' || found.has(name)) continue
      found.set(name, { text: Function.prototype.toString.call(value), kind: 'javascript', name, env: undefined, types: types?.[name] })
    }
  }
  return [...found.values()]
}
