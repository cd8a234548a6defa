import type { CompilationUnit, GraphFunction } from '@tsjit/ir'
import { type Argument, type FunctionSchema, fromCaller, RuntimeError } from '@tsjit/types'
import type { Runtime } from '../runtime.ts'
import type { RunOptions } from '../script-module.ts'
import { recordingCall, traceableSizes } from '../trace/script-calls.ts'
import { fromUser, toUser } from '../user-values.ts'
import { type CompiledDefinition, computed, definitionProperties } from './compiled-definition.ts'
import { argumentHint, pythonTypes, type TypesHint } from './untyped-parameters.ts'

/** A TorchScript function: call it with tensors and plain values. */
export interface ScriptFunction extends CompiledDefinition {
  (...args: unknown[]): any
  /** Runs with segments on worker threads. */
  run(args: readonly unknown[], options?: RunOptions): Promise<any>
  readonly qualifiedName: string
  readonly unit: CompilationUnit
}

const known = new WeakSet<object>()

export function isScriptFunction(value: unknown): value is ScriptFunction {
  return typeof value === 'function' && known.has(value)
}

/** Makes a compiled function callable. */
export function makeScriptFunction(
  definition: GraphFunction,
  unit: CompilationUnit,
  runtime: Runtime,
  typesHint: TypesHint = pythonTypes,
): ScriptFunction {
  const executable = () => runtime.executor.compile(definition, definition.name)
  const call = (...args: unknown[]): unknown => {
    try {
      const { plain, sizes } = traceableSizes(definition.schema.args, args)
      const values = bindArguments(definition.schema, definition.name, plain, typesHint)
      const recorded = values.map((value, i) => sizes.get(i) ?? value)
      return toUser(recordingCall(definition, undefined, recorded, () => executable().run(values)))
    } catch (error) {
      throw fromCaller(error, call)
    }
  }
  Object.defineProperties(call, {
    ...definitionProperties(definition),
    run: {
      value: async (args: readonly unknown[], options: RunOptions = {}) =>
        toUser(await executable().runAsync(bindArguments(definition.schema, definition.name, args, typesHint), options)),
    },
    qualifiedName: computed(() => definition.name),
    unit: { value: unit },
  })
  known.add(call)
  return call as unknown as ScriptFunction
}

/** A user's arguments as the values of a schema, with its defaults. Throws TSJ_ARGUMENT_COUNT, TSJ_ARGUMENT_TYPE. */
export function bindArguments(
  schema: FunctionSchema,
  name: string,
  args: readonly unknown[],
  typesHint: TypesHint = pythonTypes,
): unknown[] {
  const formals = schema.args
  if (args.length > formals.length) {
    throw new RuntimeError('TSJ_ARGUMENT_COUNT', `'${name}' takes ${formals.length} arguments, but ${args.length} were given`, {
      hint: `schema: ${schema}`,
    })
  }
  return formals.map((formal, i) => {
    if (i < args.length && (args[i] !== undefined || !formal.hasDefault)) return bindArgument(schema, i, args[i], typesHint)
    if (!formal.hasDefault) {
      throw new RuntimeError('TSJ_ARGUMENT_COUNT', `'${name}' is missing a value for argument '${formal.name}'`, {
        hint: `schema: ${schema}`,
      })
    }
    return fromUser(defaultOf(formal), formal.type, `argument '${formal.name}'`)
  })
}

function bindArgument(schema: FunctionSchema, index: number, value: unknown, typesHint: TypesHint): unknown {
  const { name, type } = schema.args[index]
  try {
    return fromUser(value, type, `argument '${name}'`)
  } catch (error) {
    const hint =
      error instanceof RuntimeError && error.code === 'TSJ_ARGUMENT_TYPE' ? argumentHint(schema, index, value, typesHint) : undefined
    throw hint === undefined ? error : new RuntimeError('TSJ_ARGUMENT_TYPE', (error as RuntimeError).reason, { hint })
  }
}

/** `BroadcastingList2[int] = 0`: the default stands for the whole list. */
function defaultOf({ defaultValue, listSize }: Argument): unknown {
  return listSize !== undefined && typeof defaultValue === 'number' ? new Array(listSize).fill(defaultValue) : defaultValue
}
