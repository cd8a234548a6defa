import { normalizeOperators } from '@tsjit/compiler'
import { type CompilationUnit, type Graph, GraphFunction } from '@tsjit/ir'
import type { Module } from '@tsjit/nn'
import { eliminateDeadCode, lowerSimpleTuples } from '@tsjit/passes'
import type { ScriptObject, Tensor } from '@tsjit/runtime'
import {
  type CallSite,
  callSite,
  concerns,
  finishFunction,
  mapTensors,
  methodsFromScopes,
  Recorder,
  recordProgram,
  schemaOf,
  type TracerConcern,
  TracerWarning,
} from '@tsjit/tracer'
import type { Runtime } from '../runtime.ts'
import { childrenOf } from './module-object.ts'
import { parameterNames } from './parameter-names.ts'

export interface SessionOptions {
  readonly runtime: Runtime
  readonly strict: boolean
  readonly forceOutplace: boolean
  readonly onWarning: (warning: TracerWarning) => void
}

/** Traces of one call of `trace`: the first, and those that check it. */
export class TraceSession {
  readonly warnings: TracerWarning[] = []
  private readonly seen = new Set<string>()
  private readonly unusedSizes = new WeakMap<GraphFunction, readonly CallSite[]>()
  constructor(readonly options: SessionOptions) {}

  /** A trace's warnings; those that the check's trace repeats are not repeated. */
  private readonly note = (warning: TracerWarning): void => {
    if (this.seen.has(warning.message)) return
    this.seen.add(warning.message)
    this.warnings.push(warning)
    this.options.onWarning(warning)
  }
  warn(concern: TracerConcern, reason: string): void {
    this.note(new TracerWarning(concern, reason, callSite()))
  }
  /** Results of a trace differ from the program's: sizes that it read to no visible end may be the reason. */
  warnOfSizes(traced: GraphFunction): void {
    for (const site of this.unusedSizes.get(traced) ?? []) this.note(new TracerWarning('data-flow', concerns.comparison, site))
  }

  private recorder(): Recorder {
    const { runtime, forceOutplace } = this.options
    return new Recorder({ dispatcher: runtime.dispatcher, forceOutplace, onWarning: this.note })
  }

  traceFunction(
    fn: (...args: never[]) => unknown,
    name: string,
    inputs: readonly unknown[],
    names: readonly string[],
    unit: CompilationUnit,
  ): GraphFunction {
    const recorder = this.recorder()
    const { graph } = recordProgram(recorder, {
      run: (values) => fn(...(values as never[])),
      inputs,
      names,
      strict: this.options.strict,
    })
    finishFunction(graph, { unit, cleanUp })
    const traced = unit.addFunction(new GraphFunction(name, schemaOf(graph, name.slice(name.lastIndexOf('.') + 1)), graph))
    this.unusedSizes.set(traced, recorder.unusedSizes())
    return traced
  }

  /** Adds the method to the class of `object`. */
  traceMethod(
    module: Module,
    object: ScriptObject,
    method: string,
    inputs: readonly unknown[],
    names: readonly string[],
    unit: CompilationUnit,
  ): GraphFunction {
    const recorder = this.recorder()
    const unwatch = watchCalls(module, recorder)
    try {
      const { graph } = recordProgram(recorder, {
        run: (values) => callMethod(module, method, values),
        inputs,
        names,
        self: object,
        strict: this.options.strict,
      })
      methodsFromScopes(graph, { unit, cleanUp })
      const fn = unit.addFunction(new GraphFunction(`${object.type.name}.${method}`, schemaOf(graph, method), graph))
      object.type.methods.set(method, fn)
      this.unusedSizes.set(fn, recorder.unusedSizes())
      return fn
    } finally {
      unwatch()
    }
  }

  /** Copies, so that no run changes what another one gets. */
  clone(inputs: readonly unknown[]): unknown[] {
    const { dispatcher } = this.options.runtime
    return mapTensors(inputs, (tensor: Tensor) => {
      const copy: Tensor = dispatcher.call('aten::clone', tensor)
      copy.requiresGrad = tensor.requiresGrad
      return copy
    }) as unknown[]
  }
}

function cleanUp(graph: Graph): void {
  lowerSimpleTuples(graph)
  eliminateDeadCode(graph)
  normalizeOperators(graph)
}

/** A method of an eager module; `forward` with its hooks. */
export function callMethod(module: Module, method: string, values: readonly unknown[]): unknown {
  if (method === 'forward') return module.call(...(values as never[]))
  return (module as unknown as Record<string, (...args: unknown[]) => unknown>)[method](...values)
}

/** Makes `forward` of every module below `root` tell the recorder when it starts and ends. Returns what undoes it. */
function watchCalls(root: Module, recorder: Recorder): () => void {
  const paths = new Map<Module, string>()
  const visit = (module: Module, path: string): void => {
    for (const [name, child] of childrenOf(module)) {
      if (!('forward' in child && 'namedChildren' in child)) continue
      paths.set(child as Module, `${path}.${name}`)
      visit(child as Module, `${path}.${name}`)
    }
  }
  visit(root, '__module')
  paths.delete(root)
  const undo: (() => void)[] = []
  for (const [module, path] of paths) {
    const own = Object.getOwnPropertyDescriptor(module, 'forward')
    const { forward } = module
    const names = parameterNames(forward)
    const watched = function (this: Module, ...args: unknown[]): unknown {
      if (!recorder.recording) return forward.apply(module, args)
      recorder.nameValues(args, names)
      return recorder.inModule(path, () => forward.apply(module, args))
    }
    Object.defineProperty(module, 'forward', { value: watched, configurable: true, enumerable: own?.enumerable ?? false, writable: true })
    undo.push(() => {
      if (own) Object.defineProperty(module, 'forward', own)
      else delete (module as { forward?: unknown }).forward
    })
  }
  return () => {
    for (const restore of undo) restore()
  }
}
