import { type Graph, printGraph, verifyGraph } from '@tsjit/ir'

/** One step of a pipeline. */
export interface Pass<Context = PassContext> {
  /** Its name in logs, limits and errors: the name of the pass's file. */
  readonly name: string
  /** Changes the graph; false says that it did not. */
  readonly run: (graph: Graph, context: Context) => unknown
  /** Left out where this says no. */
  readonly when?: (context: Context) => boolean
}

export type Pipeline<Context = PassContext> = readonly Pass<Context>[]

/** What all pipelines take. One context may serve several pipelines: limits count over all of them. */
export interface PassContext {
  /** Named in the log. */
  readonly name?: string
  /** Names of the passes run so far; `runPipeline` adds to it. */
  readonly passesRun?: string[]
  /** Overrides of what the environment says. */
  readonly debug?: PassDebugging
  /** Where the log goes; the console's error stream where not given. */
  readonly log?: (text: string) => void
}

export interface PassDebugging {
  /** Passes whose graphs are printed before and after; `all` for every pass. */
  readonly log?: readonly string[]
  readonly verify?: boolean
  readonly limit?: number
}

/** `TSJIT_LOG=peephole,inline-calls`, `TSJIT_VERIFY=1`, `TSJIT_PASS_LIMIT=12`. */
export function passDebuggingFromEnvironment(): PassDebugging {
  const environment = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {}
  const limit = environment.TSJIT_PASS_LIMIT
  return {
    log: environment.TSJIT_LOG ? environment.TSJIT_LOG.split(',').map((name) => name.trim()) : [],
    verify: environment.TSJIT_VERIFY === '1',
    ...(limit && /^\d+$/.test(limit) ? { limit: Number(limit) } : {}),
  }
}

/**
 * Runs the steps in order on the graph, in place, and returns the names of those that ran. With verification on, a pass that breaks the
 * graph throws TSJ_IR_INVALID naming all passes run so far.
 */
export function runPipeline<Context extends PassContext>(graph: Graph, pipeline: Pipeline<Context>, context: Context): readonly string[] {
  const { log: logged = [], verify = false, limit = Number.POSITIVE_INFINITY } = context.debug ?? passDebuggingFromEnvironment()
  const passesRun = context.passesRun ?? []
  const log = context.log ?? ((text: string) => console.error(text))
  const ran: string[] = []
  if (verify) verifyGraph(graph, { passesRun })
  for (const pass of pipeline) {
    if (passesRun.length >= limit) break
    if (pass.when && !pass.when(context)) continue
    const isLogged = logged.includes(pass.name) || logged.includes('all')
    const where = context.name ? ` of ${context.name}` : ''
    if (isLogged) log(`--- ${pass.name}: before${where}\n${printGraph(graph)}`)
    const changed = pass.run(graph, context)
    passesRun.push(pass.name)
    ran.push(pass.name)
    if (isLogged) log(`--- ${pass.name}: after${where}${changed === false ? ' (no change)' : `\n${printGraph(graph)}`}`)
    if (verify) verifyGraph(graph, { passesRun })
  }
  return ran
}
