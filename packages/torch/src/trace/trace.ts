import { CompilationUnit, type GraphFunction } from '@tsjit/ir'
import { Module } from '@tsjit/nn'
import { inlinedGraph, isNondeterministic } from '@tsjit/passes'
import type { ScriptObject, Tensor } from '@tsjit/runtime'
import { checkTrace, isMarkedList, Recorder, type TracerWarning } from '@tsjit/tracer'
import { RuntimeError } from '@tsjit/types'
import { defaultRuntime, type Runtime } from '../runtime.ts'
import { makeScriptFunction, type ScriptFunction } from '../script/script-function.ts'
import { ScriptModule } from '../script-module.ts'
import { fromUser, toUser } from '../user-values.ts'
import { scriptObjectOf } from './module-object.ts'
import { parameterNames } from './parameter-names.ts'
import { callMethod, TraceSession } from './trace-session.ts'
import { TracedModule } from './traced-module.ts'

/** What a traced function is called with: one tensor or one dict for a function of one parameter, or an array of all arguments. */
export type ExampleInputs = Tensor | ReadonlyMap<unknown, unknown> | Readonly<Record<string, unknown>> | readonly unknown[]

interface CommonOptions {
  /** Has no effect, as in PyTorch. */
  readonly optimize?: boolean
  /** Whether the trace is run, traced again and compared; true where absent. */
  readonly checkTrace?: boolean
  /** How far results may be apart, relatively; 1e-5 where absent. */
  readonly checkTolerance?: number
  /** In-place operators are recorded as those that make a new tensor. */
  readonly forceOutplace?: boolean
  /** Whether lists (`asList`) are warned of and dicts refused as results; true where absent. */
  readonly strict?: boolean
  /** Gets every warning; `process.emitWarning` where absent. They are in `tracerWarnings` of the result too. */
  readonly onWarning?: (warning: TracerWarning) => void
  readonly runtime?: Runtime
}
export interface TraceOptions extends CommonOptions {
  /** The inputs to check with, instead of the example inputs. */
  readonly checkInputs?: readonly ExampleInputs[]
  /** The name of a traced function. */
  readonly name?: string
}
export interface TraceModuleOptions extends CommonOptions {
  /** The inputs of all methods to check with, once or several times. */
  readonly checkInputs?: readonly Readonly<Record<string, ExampleInputs>>[]
}

/** A function that tracing made. */
export type TracedFunction = ScriptFunction & {
  /** What the tracer and the check of the trace warned of. */
  readonly tracerWarnings: readonly TracerWarning[]
}

/**
 * Runs a function or a module's `forward` on example inputs and records all that it does with tensors. Inputs and results are tensors, and tuples (arrays),
 * lists (`asList`) and dicts of them. Where `TSJIT=0`, what was given is given back.
 * Throws `TracingCheckError` where a second trace differs, TSJ_TRACE_* for programs that cannot be traced, and what the program throws.
 */
export function trace<M extends Module>(module: M, exampleInputs: ExampleInputs, options?: TraceOptions): TracedModule
export function trace<M extends ScriptModule>(module: M, exampleInputs: ExampleInputs, options?: TraceOptions): M
export function trace(fn: (...args: any[]) => unknown, exampleInputs: ExampleInputs, options?: TraceOptions): TracedFunction
export function trace(
  program: Module | ScriptModule | ((...args: any[]) => unknown),
  exampleInputs: ExampleInputs,
  options: TraceOptions = {},
): unknown {
  if (process.env.TSJIT === '0') return program
  if (program instanceof ScriptModule) {
    process.emitWarning('The input to trace is already a ScriptModule, tracing it is a no-op. Returning the object as is.')
    return program
  }
  if (program instanceof Module) {
    const { checkInputs, name: _, ...rest } = options
    const checks = checkInputs ? { checkInputs: checkInputs.map((forward) => ({ forward })) } : {}
    return traceModule(program, { forward: exampleInputs }, { ...rest, ...checks })
  }
  if (typeof program !== 'function')
    throw new RuntimeError('TSJ_TRACE_INPUT', `expected a function or a module to trace, but found ${typeof program}`)
  return traceFunction(program, exampleInputs, options)
}

/** Traces methods of a module: `traceModule(net, { forward: x, encode: [x, mask] })`. */
export function traceModule(
  module: Module,
  inputs: Readonly<Record<string, ExampleInputs>>,
  options: TraceModuleOptions = {},
): TracedModule {
  if (process.env.TSJIT === '0') return module as unknown as TracedModule
  if (!(module instanceof Module)) throw new RuntimeError('TSJ_TRACE_INPUT', 'expected an nn.Module as the first argument')
  const session = sessionOf(options)
  const unit = new CompilationUnit()
  const object = scriptObjectOf(module, unit)
  for (const [method, example] of Object.entries(inputs)) {
    const traced = traceMethod(session, module, object, unit, method, example)
    if (options.checkTrace === false) continue
    for (const given of options.checkInputs ?? [inputs]) {
      const again = traceAgain(session, module, given)
      check(session, options, {
        traced,
        self: object,
        repeated: again.type.methods.get(method) as GraphFunction,
        repeatedSelf: again,
        inputs: argumentsOf(given[method] ?? example),
        program: (values) => callMethod(module, method, values),
      })
    }
  }
  return new TracedModule(object, unit, session.options.runtime, module.getName(), session.warnings)
}

function traceMethod(
  session: TraceSession,
  module: Module,
  object: ScriptObject,
  unit: CompilationUnit,
  method: string,
  example: ExampleInputs,
): GraphFunction {
  const own: unknown = (module as unknown as Record<string, unknown>)[method]
  if (typeof own !== 'function') throw new RuntimeError('TSJ_NO_METHOD', `'${module.getName()}' has no method '${method}' to trace`)
  return session.traceMethod(module, object, method, argumentsOf(example), parameterNames(own as (...args: never[]) => unknown), unit)
}

/** Another trace of all methods. */
function traceAgain(session: TraceSession, module: Module, inputs: Readonly<Record<string, ExampleInputs>>): ScriptObject {
  const unit = new CompilationUnit()
  const object = scriptObjectOf(module, unit)
  for (const [method, example] of Object.entries(inputs))
    traceMethod(session, module, object, unit, method, session.clone(argumentsOf(example)))
  return object
}

function traceFunction(program: (...args: never[]) => unknown, example: ExampleInputs, options: TraceOptions): TracedFunction {
  const session = sessionOf(options)
  const unit = new CompilationUnit()
  const name = `__torch__.${options.name ?? (/^[A-Za-z_]\w*$/.test(program.name) ? program.name : '_lambda')}`
  const names = parameterNames(program)
  const traced = session.traceFunction(program, name, argumentsOf(example), names, unit)
  if (options.checkTrace !== false) {
    for (const given of options.checkInputs ?? [example]) {
      const inputs = argumentsOf(given)
      const repeated = session.traceFunction(program, name, session.clone(inputs), names, new CompilationUnit())
      check(session, options, { traced, repeated, inputs, program: (values) => program(...(values as never[])) })
    }
  }
  const fn = makeScriptFunction(traced, unit, session.options.runtime)
  Object.defineProperty(fn, 'tracerWarnings', { value: session.warnings, enumerable: true })
  return fn as TracedFunction
}

interface Checked {
  readonly traced: GraphFunction
  readonly self?: ScriptObject
  readonly repeated: GraphFunction
  readonly repeatedSelf?: ScriptObject
  readonly inputs: readonly unknown[]
  readonly program: (values: readonly unknown[]) => unknown
}

function check(session: TraceSession, { checkTolerance = 1e-5 }: CommonOptions, checked: Checked): void {
  const { executor } = session.options.runtime
  const inputs = () => session.clone(checked.inputs)
  const run = (fn: GraphFunction, self: ScriptObject | undefined) => () => {
    const values = inputs().map((value, i) => fromUser(value, fn.schema.args[i + (self ? 1 : 0)].type, `input ${i + 1}`))
    return toUser(executor.compile(fn, fn.name, self ? { self } : {}).run(self ? [self, ...values] : values))
  }
  checkTrace({
    traced: inlinedGraph(checked.traced.graph),
    repeated: inlinedGraph(checked.repeated.graph),
    runTrace: run(checked.traced, checked.self),
    runProgram: () => checked.program(inputs()),
    runRepeated: run(checked.repeated, checked.repeatedSelf),
    tolerance: checkTolerance,
    nondeterministic: () => {
      const { graph } = checked.traced
      return [...(checked.self ? inlinedGraph(graph) : graph).nodes()].filter(isNondeterministic)
    },
    warn: (concern, reason) => {
      if (concern === 'output') session.warnOfSizes(checked.traced)
      session.warn(concern, reason)
    },
    colours: process.stderr.isTTY === true && process.env.NO_COLOR === undefined,
  })
}

function sessionOf({ optimize, runtime = defaultRuntime(), strict = true, forceOutplace = false, onWarning }: CommonOptions): TraceSession {
  if (optimize !== undefined) process.emitWarning('`optimize` has no effect on tracing', 'DeprecationWarning')
  return new TraceSession({ runtime, strict, forceOutplace, onWarning: onWarning ?? ((warning) => process.emitWarning(warning)) })
}

/** A single tensor or dict is the only argument. */
function argumentsOf(inputs: ExampleInputs): readonly unknown[] {
  return Array.isArray(inputs) && !isMarkedList(inputs) ? inputs : [inputs]
}

/** Whether a program is being traced now. */
export function isTracing(): boolean {
  return Recorder.active !== undefined
}

/** Whether script runs: never, where JavaScript can ask. In script it is `torch.jit.is_scripting()`. */
export function isScripting(): boolean {
  return false
}
