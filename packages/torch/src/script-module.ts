import type { CompilationUnit, Graph, GraphFunction } from '@tsjit/ir'
import { printGraph } from '@tsjit/ir'
import { inlinedGraph } from '@tsjit/passes'
import { ScriptObject, Tensor } from '@tsjit/runtime'
import type { FileSource, LoadedArchive } from '@tsjit/serializer'
import { type FunctionSchema, RuntimeError } from '@tsjit/types'
import { openFiles } from './open-files.ts'
import type { Runtime } from './runtime.ts'
import { fromUser, toUser } from './user-values.ts'

/** A module whose methods are TorchScript. `forward` is synchronous; `run` leaves the event loop free. */
export class ScriptModule {
  private readonly methods = new Map<string, GraphFunction>()
  private disposed = false

  constructor(
    /** The module's attributes. */
    readonly object: ScriptObject,
    readonly unit: CompilationUnit,
    readonly runtime: Runtime,
    /** The archive it was loaded from. */
    readonly archive?: LoadedArchive,
    /** The open file that the archive reads from. */
    private readonly file?: FileSource,
  ) {}

  get className(): string {
    return this.object.type.name
  }
  methodNames(): string[] {
    return [...this.object.type.methods.keys()]
  }

  /** Calls `forward`. Arguments by position; defaults fill the rest. */
  forward(...args: unknown[]): any {
    return this.call('forward', ...args)
  }

  /** Calls a method. Throws TSJ_NO_METHOD, TSJ_MODULE_DISPOSED, TSJ_ARGUMENT_COUNT, TSJ_ARGUMENT_TYPE and what the program throws. */
  call(method: string, ...args: unknown[]): any {
    const fn = this.method(method)
    return toUser(this.runtime.executor.compile(fn, fn.name, { self: this.object }).run(this.bind(fn, args)))
  }

  /** Calls `forward` with segments on worker threads. `signal` aborts between segments. */
  async run(...args: unknown[]): Promise<any> {
    const last = args.at(-1)
    const options = isRunOptions(last) ? (args.pop() as RunOptions) : {}
    return this.runMethod('forward', args, options)
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
  schema(method = 'forward'): FunctionSchema {
    return this.method(method).schema
  }
  graph(method = 'forward'): Graph {
    return this.method(method).graph
  }
  /** The graph with calls replaced by what they call, as PyTorch's `inlined_graph`. */
  inlinedGraph(method = 'forward'): Graph {
    return inlinedGraph(this.graph(method))
  }
  /** The graph as the executor runs it: specialised on this module, folded, cleaned up. */
  optimizedGraph(method = 'forward'): Graph {
    const fn = this.method(method)
    return this.runtime.executor.compile(fn, fn.name, { self: this.object }).graph
  }
  graphText(method = 'forward'): string {
    return printGraph(this.graph(method))
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
