import type { CompilationUnit, Graph, GraphFunction } from '@tsjit/ir'
import { type IncompatibleKeys, LoadReport, type StateDict, type StateDictSource, stateEntries } from '@tsjit/nn'
import { ScriptObject, Tensor } from '@tsjit/runtime'
import type { FileSource, LoadedArchive } from '@tsjit/serializer'
import { type FunctionSchema, fromCaller, RuntimeError } from '@tsjit/types'
import { objectText, writtenText } from './module-text.ts'
import { openFiles } from './open-files.ts'
import { defaultRuntime, type Runtime } from './runtime.ts'
import type { ScriptEnvironment } from './script/environment.ts'
import { addMethod, compileWritten, defineMethods } from './script/modules/compile-written.ts'
import { callWithHooks, runHooks, runPreHooks } from './script/modules/forward-hooks.ts'
import { WrittenMethods } from './script/modules/written-methods.ts'
import { type ForwardMethod, makeScriptMethod, type ScriptMethod, withDefinition } from './script-method.ts'
import { stateTensors } from './state-tensors.ts'
import { recordingCall, traceableSizes } from './trace/script-calls.ts'
import { fromUser, toUser } from './user-values.ts'

/** A module whose methods are TorchScript. `forward` is synchronous; `run` leaves the event loop free. */
export class ScriptModule {
  private readonly methods = new Map<string, GraphFunction>()
  private disposed = false

  /** What a class of the program is written as: its methods, by `scriptMethod` and `define`. */
  readonly writtenMethods = new WrittenMethods()
  private made: { readonly object: ScriptObject; readonly unit: CompilationUnit } | undefined
  private readonly givenRuntime: Runtime | undefined
  /** Calls `forward` and the hooks around it, as PyTorch calls a module. Arguments by position; defaults fill the rest. */
  forward: ForwardMethod = this.forwardMethod()

  /** Without arguments, for classes that extend it: fields are attributes, and `scriptMethod` gives methods. */
  constructor(
    object?: ScriptObject,
    unit?: CompilationUnit,
    runtime?: Runtime,
    /** The archive it was loaded from. */
    readonly archive?: LoadedArchive,
    /** The open file that the archive reads from. */
    private readonly file?: FileSource,
  ) {
    if (object && unit) this.made = { object, unit }
    this.givenRuntime = runtime
  }

  get runtime(): Runtime {
    return this.givenRuntime ?? defaultRuntime()
  }
  /** The module's attributes. A class of the program is compiled when this is first asked for. */
  get object(): ScriptObject {
    return this.parts().object
  }
  get unit(): CompilationUnit {
    return this.parts().unit
  }
  private parts(): { readonly object: ScriptObject; readonly unit: CompilationUnit } {
    return (this.made ??= compileWritten(this))
  }
  /** Whether it is a class of the program that has not been compiled yet. */
  get isWritten(): boolean {
    return this.made === undefined
  }
  /** What compiling a module above this one has made of it. */
  becomeCompiled(object: ScriptObject, unit: CompilationUnit): void {
    this.made ??= { object, unit }
  }

  /**
   * A method by its source, for a field of a class: `forward = this.scriptMethod('def forward(self, x): …')`, also as a template with values, or a
   * TypeScript function, which runs as it is where `TSJIT=0`. The class is compiled when it is first used. Throws `CompileError` where the source does
   * not parse.
   */
  scriptMethod(source: string | TemplateStringsArray | ((...args: any[]) => any), ...values: unknown[]): ForwardMethod {
    const name = addMethod(this, source, values)
    if (typeof source === 'function' && process.env.TSJIT === '0') return source.bind(this) as unknown as ForwardMethod
    return name === 'forward'
      ? this.forwardMethod()
      : withDefinition(
          (...args) => this.call(name, ...args),
          () => this.method(name),
        )
  }
  private forwardMethod(): ForwardMethod {
    const forward = (...args: unknown[]): unknown => {
      try {
        return callWithHooks(this, args)
      } catch (error) {
        throw fromCaller(error, forward)
      }
    }
    return withDefinition(forward, () => this.method('forward'))
  }
  /** Adds methods by their source: `define('def double(self, x): return x * 2')`. */
  define(source: string, env?: ScriptEnvironment): void {
    defineMethods(this, source, env)
  }
  /** A tensor that belongs to the module's state but is not trained. */
  registerBuffer(name: string, value: Tensor | null, persistent = true): void {
    this.writtenMethods.buffers.set(name, { value, persistent })
    Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true })
  }

  get className(): string {
    return this.object.type.name
  }
  methodNames(): string[] {
    return [...this.object.type.methods.keys()]
  }

  /** Calls a method, without hooks. Throws TSJ_NO_METHOD, TSJ_MODULE_DISPOSED, TSJ_ARGUMENT_COUNT, TSJ_ARGUMENT_TYPE and what the program throws. */
  call(method: string, ...args: unknown[]): any {
    try {
      const fn = this.method(method)
      const { plain, sizes } = traceableSizes(fn.schema.args.slice(1), args)
      const values = this.bind(fn, plain)
      const recorded = values.slice(1).map((value, i) => sizes.get(i) ?? value)
      const run = () => this.runtime.executor.compile(fn, fn.name, { self: this.object }).run(values)
      return toUser(recordingCall(fn, this.object, recorded, run))
    } catch (error) {
      throw fromCaller(error, this.call)
    }
  }

  /** Calls `forward` with segments on worker threads. `signal` aborts between segments. */
  async run(...args: unknown[]): Promise<any> {
    const last = args.at(-1)
    const options = isRunOptions(last) ? (args.pop() as RunOptions) : {}
    const input = runPreHooks(this, args)
    return runHooks(this, input, await this.runMethod('forward', input, options))
  }
  async runMethod(method: string, args: readonly unknown[], options: RunOptions = {}): Promise<any> {
    const fn = this.method(method)
    return toUser(await this.runtime.executor.compile(fn, fn.name, { self: this.object }).runAsync(this.bind(fn, args), options))
  }

  /** The method as the executor takes it: for tools that call it with runtime values. */
  method(name: string): GraphFunction {
    if (this.disposed)
      throw new RuntimeError('TSJ_MODULE_DISPOSED', `this '${this.className}' was disposed of`, {
        hint: 'load it again, or call dispose() later',
      })
    let fn = this.methods.get(name)
    if (!fn) {
      fn = this.object.type.methods.get(name) as GraphFunction | undefined
      if (!fn) {
        throw new RuntimeError('TSJ_NO_METHOD', `'${this.className}' has no method '${name}'`, {
          hint: `it has: ${this.methodNames().join(', ') || 'none'}`,
        })
      }
      this.methods.set(name, fn)
    }
    return fn
  }
  /** A method, with its schema, graphs and source. Throws TSJ_NO_METHOD. */
  getMethod(name: string): ScriptMethod {
    return makeScriptMethod(this, name)
  }
  /** Of `forward`; `getMethod` has those of other methods. */
  get schema(): FunctionSchema {
    return this.getMethod('forward').schema
  }
  get graph(): Graph {
    return this.getMethod('forward').graph
  }
  /** `forward`'s graph with calls replaced by what they call, as PyTorch's `inlined_graph`. */
  get inlinedGraph(): Graph {
    return this.getMethod('forward').inlinedGraph
  }
  /** `forward`'s graph as the executor runs it: specialised on this module, folded, cleaned up. */
  get optimizedGraph(): Graph {
    return this.getMethod('forward').optimizedGraph
  }
  get graphText(): string {
    return this.getMethod('forward').graphText
  }
  /** `forward` as TorchScript source. */
  get code(): string {
    return this.getMethod('forward').code
  }

  *namedModules(prefix = ''): Generator<[string, ScriptObject]> {
    yield* walkModules(this.object, prefix, new Set())
  }
  *namedParameters(): Generator<[string, Tensor]> {
    yield* this.tensors((attribute) => attribute.isParameter)
  }
  *namedBuffers(): Generator<[string, Tensor]> {
    yield* this.tensors((attribute) => attribute.isBuffer)
  }
  private *tensors(wanted: (attribute: { isParameter: boolean; isBuffer: boolean }) => boolean): Generator<[string, Tensor]> {
    for (const [path, module] of this.namedModules()) {
      for (const [slot, attribute] of module.type.attributes.entries()) {
        const value = module.slots[slot]
        if (value instanceof Tensor && wanted(attribute)) yield [path ? `${path}.${attribute.name}` : attribute.name, value]
      }
    }
  }

  /** Parameters and buffers by dotted name, in PyTorch's order; they share the module's memory. */
  stateDict(): StateDict {
    return new Map(stateTensors(this.object))
  }
  /** Copies values into parameters and buffers, as `nn.Module.loadStateDict` does. Throws TSJ_STATE_DICT with PyTorch's messages. */
  loadStateDict(state: StateDictSource, { strict = true }: { strict?: boolean } = {}): IncompatibleKeys {
    const report = new LoadReport(stateEntries(state))
    const load = (object: ScriptObject, prefix: string): void => {
      const own = [...stateTensors(object, '', false)]
      for (const [name, tensor] of own) {
        const given = report.take(prefix + name, tensor)
        if (given) this.runtime.dispatcher.call('aten::copy_', tensor, given, false)
      }
      const children = object.type.attributes.flatMap(({ name }, i) => {
        const child = object.slots[i]
        return child instanceof ScriptObject && child.type.isModule ? [[name, child] as const] : []
      })
      report.strangers(prefix, new Set(own.map(([name]) => name)), new Set(children.map(([name]) => name)))
      for (const [name, child] of children) load(child, `${prefix}${name}.`)
    }
    load(this.object, '')
    return report.finish('RecursiveScriptModule', strict)
  }

  /** As PyTorch prints script modules: classes and children. */
  toString(): string {
    if (this.constructor === ScriptModule) return objectText(this.object, () => 'RecursiveScriptModule')
    const { name } = this.constructor
    // printing compiles nothing
    if (this.isWritten) return `${name}()`
    const fields = this as unknown as Readonly<Record<string, unknown>>
    return writtenText(name, this.object, (field) => (fields[field] instanceof ScriptModule ? String(fields[field]) : undefined))
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  /** Sets the `training` flag of the whole tree. */
  train(mode = true): this {
    for (const [, module] of this.namedModules()) if (module.type.slotOf('training') !== undefined) module.setAttribute('training', mode)
    return this
  }
  eval(): this {
    return this.train(false)
  }

  /** Frees the tensors of the tree and closes the archive at once. The module cannot be used afterwards. */
  dispose(): void {
    if (this.disposed) return
    this.disposed = true
    for (const [, module] of this.namedModules()) for (const value of module.slots) if (value instanceof Tensor) value.dispose()
    this.runtime.executor.forget(this.object)
    if (this.file) {
      openFiles.unregister(this)
      this.file.close()
    }
  }
  [Symbol.dispose](): void {
    this.dispose()
  }

  private bind(fn: GraphFunction, args: readonly unknown[]): unknown[] {
    const formals = fn.schema.args
    if (args.length > formals.length - 1) {
      throw new RuntimeError('TSJ_ARGUMENT_COUNT', `'${fn.name}' takes ${formals.length - 1} arguments, but ${args.length} were given`, {
        hint: `schema: ${fn.schema}`,
      })
    }
    const values: unknown[] = [this.object]
    for (let i = 1; i < formals.length; i++) {
      const formal = formals[i]
      const given = args[i - 1]
      if (given === undefined && formal.hasDefault) values.push(fromUser(formal.defaultValue, formal.type, `argument '${formal.name}'`))
      else if (given === undefined && args.length < i) {
        throw new RuntimeError('TSJ_ARGUMENT_COUNT', `'${fn.name}' is missing a value for argument '${formal.name}'`, {
          hint: `schema: ${fn.schema}`,
        })
      } else values.push(fromUser(given, formal.type, `argument '${formal.name}'`))
    }
    return values
  }
}

export interface RunOptions {
  readonly signal?: AbortSignal
}

function isRunOptions(value: unknown): value is RunOptions {
  return typeof value === 'object' && value !== null && 'signal' in value && (value as RunOptions).signal instanceof AbortSignal
}

function* walkModules(object: ScriptObject, path: string, seen: Set<ScriptObject>): Generator<[string, ScriptObject]> {
  if (seen.has(object)) return
  seen.add(object)
  yield [path, object]
  for (const [slot, attribute] of object.type.attributes.entries()) {
    const value = object.slots[slot]
    if (value instanceof ScriptObject && value.type.isModule)
      yield* walkModules(value, path ? `${path}.${attribute.name}` : attribute.name, seen)
  }
}
