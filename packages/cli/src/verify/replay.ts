import { inferType, toValue } from '@tsjit/serializer'
import type { jit, Runtime } from '@tsjit/torch'
import { NoneType, RuntimeError, TsjitError } from '@tsjit/types'
import { Comparer, type Comparison } from './compare.ts'
import { type RecordedCall, type RecordedCalls, readRecordedCalls } from './recorded-calls.ts'

/** What `tsjit verify --json` prints for a case. */
export interface CaseResult {
  case: string
  status: 'pass' | 'fail' | 'error'
  /** Calls that were made and agreed. */
  calls: number
  maxAbsError: number
  maxRelError: number
  message: string | null
  /** Operators of the program that have no kernel here. */
  missingOps: string[]
}

export interface ReplayOptions {
  readonly runtime: Runtime
  readonly load: (path: string) => Promise<jit.ScriptModule>
  readonly missingOps?: (module: jit.ScriptModule) => string[]
  readonly onCall?: (done: number, total: number) => void
}

/** Replays the recorded calls of `ioPath` in order on one instance of the archive. Never throws: what goes wrong is in the result. */
export async function replayCase(name: string, modelPath: string, ioPath: string, options: ReplayOptions): Promise<CaseResult> {
  const result: CaseResult = { case: name, status: 'pass', calls: 0, maxAbsError: 0, maxRelError: 0, message: null, missingOps: [] }
  let module: jit.ScriptModule | undefined
  let recorded: RecordedCalls | undefined
  try {
    module = await options.load(modelPath)
    recorded = readRecordedCalls(ioPath, options.runtime.dispatcher)
    for (const [i, call] of recorded.calls.entries()) {
      const comparison = replayCall(module, call, recorded, options.runtime)
      result.maxAbsError = Math.max(result.maxAbsError, comparison.maxAbsError)
      result.maxRelError = Math.max(result.maxRelError, comparison.maxRelError)
      if (comparison.mismatch !== undefined) {
        result.status = 'fail'
        result.message = `call ${i} of ${call.method}: ${comparison.mismatch}`
        break
      }
      result.calls++
      options.onCall?.(i + 1, recorded.calls.length)
    }
  } catch (error) {
    result.status = 'error'
    result.message =
      error instanceof TsjitError
        ? `${error.code}: ${error.message}`
        : `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
    if (module && error instanceof TsjitError) result.missingOps = missing(module, options)
  } finally {
    recorded?.close()
    module?.dispose()
  }
  return result
}

/** The list is a help: where it cannot be had, the error stands alone. */
function missing(module: jit.ScriptModule, { missingOps }: ReplayOptions): string[] {
  try {
    return missingOps?.(module) ?? []
  } catch {
    return []
  }
}

/** Replays every recorded call on a loaded module; the first mismatch, or undefined. Throws what the program throws. */
export function replayRecorded(module: jit.ScriptModule, recorded: RecordedCalls, runtime: Runtime): string | undefined {
  for (const [i, call] of recorded.calls.entries()) {
    const { mismatch } = replayCall(module, call, recorded, runtime)
    if (mismatch !== undefined) return `call ${i} of ${call.method}: ${mismatch}`
  }
  return undefined
}

function replayCall(module: jit.ScriptModule, call: RecordedCall, { freshContext }: RecordedCalls, runtime: Runtime): Comparison {
  const fn = module.method(call.method)
  const formals = fn.schema.args.slice(1)
  const context = freshContext()
  if (call.inputs.length > formals.length) {
    throw new RuntimeError(
      'TSJ_ARGUMENT_COUNT',
      `'${fn.name}' takes ${formals.length} arguments, but the recorded call has ${call.inputs.length}`,
    )
  }
  const args = call.inputs.map((input, i) => toValue(input, formals[i].type, context, true, `argument '${formals[i].name}'`))
  for (const formal of formals.slice(args.length)) {
    if (!formal.hasDefault) throw new RuntimeError('TSJ_ARGUMENT_COUNT', `'${fn.name}' is missing a value for argument '${formal.name}'`)
    args.push(formal.defaultValue)
  }
  const got = runtime.executor.compile(fn, fn.name, { self: module.object }).run([module.object, ...args])
  const comparer = new Comparer(runtime.dispatcher, call.rtol, call.atol)
  const type = call.outputs === null ? NoneType : inferType(call.outputs, context)
  comparer.compare(got, toValue(call.outputs, type, context, true, 'output'), 'output', type)
  return comparer.result
}
