import { parseArgs } from 'node:util'
import { jit, type Runtime } from '@tsjit/torch'
import { toValue } from '@tsjit/serializer'
import { TsjitError } from '@tsjit/types'
import { commonOptions, makeRuntime } from '../common-options.ts'
import { readLiteralShapes } from '../inputs/literal.ts'
import { readRecordedCalls } from '../verify/recorded-calls.ts'

export const help = `tsjit bench MODEL [IO]

Times the first recorded 'forward' call of IO, or random inputs of given shapes.

  --shape S        a float32 input of this shape (1x3x224x224), once for each input; int64:1x128 for ids
  --seconds S      how long to measure (default 3)
  --threads N      threads of the native backend
  --device D       cpu (default) or reference
  --json           {median_ms, min_ms, calls, threads, load_ms, first_ms, peak_rss_mb}`

export async function bench(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { ...commonOptions, seconds: { type: 'string', default: '3' }, shape: { type: 'string', multiple: true } },
  })
  const [model, io] = positionals
  if (!model || positionals.length > 2) throw new TsjitError('TSJ_USAGE', 'expected MODEL and perhaps IO', { hint: help })
  const seconds = Number(values.seconds)
  if (!(seconds > 0)) throw new TsjitError('TSJ_USAGE', `--seconds must be a positive number, found '${values.seconds}'`)
  const runtime = makeRuntime(values)
  const start = performance.now()
  const module = await jit.load(model, { runtime, mapLocation: 'cpu' })
  const loaded = performance.now()
  const call = io ? recordedCall(module, io, runtime) : randomCall(module, values.shape ?? [], runtime)
  const first = performance.now()
  call()
  const firstEnd = performance.now()
  const times = measure(call, seconds)
  const result = {
    median_ms: round(times[times.length >> 1]),
    min_ms: round(times[0]),
    calls: times.length,
    threads: runtime.threads,
    load_ms: round(loaded - start),
    first_ms: round(firstEnd - first),
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  if (values.json) console.log(JSON.stringify(result))
  else {
    console.log(`median ${result.median_ms} ms, min ${result.min_ms} ms over ${result.calls} calls on ${result.threads} threads`)
    console.log(`load ${result.load_ms} ms, first call ${result.first_ms} ms, peak memory ${result.peak_rss_mb} MB`)
  }
  return 0
}

/** Sorted milliseconds of single calls, at least five, after three to warm up. */
function measure(call: () => void, seconds: number): number[] {
  for (let i = 0; i < 3; i++) call()
  const times: number[] = []
  const end = performance.now() + seconds * 1e3
  for (let now = performance.now(); now < end || times.length < 5; ) {
    call()
    const after = performance.now()
    times.push(after - now)
    now = after
  }
  return times.sort((a, b) => a - b)
}

function recordedCall(module: jit.ScriptModule, io: string, runtime: Runtime): () => void {
  const recorded = readRecordedCalls(io, runtime.dispatcher)
  const found = recorded.calls.find((call) => call.method === 'forward')
  if (!found) throw new TsjitError('TSJ_CALLS_FORMAT', `${io} holds no call of 'forward'`)
  const fn = module.method('forward')
  const formals = fn.schema.args.slice(1)
  const context = recorded.freshContext()
  const args = found.inputs.map((input, i) => toValue(input, formals[i].type, context, true, `argument '${formals[i].name}'`))
  for (const formal of formals.slice(args.length)) args.push(formal.defaultValue)
  const all = [module.object, ...args]
  return () => runtime.executor.compile(fn, fn.name, { self: module.object }).run(all)
}

function randomCall(module: jit.ScriptModule, shapes: readonly string[], runtime: Runtime): () => void {
  const inputs = readLiteralShapes(shapes, runtime.dispatcher)
  return () => module.forward(...inputs)
}

const round = (ms: number): number => Number(ms.toFixed(4))
