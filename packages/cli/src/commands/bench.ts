import { toValue } from '@tsjit/serializer'
import type { jit, Runtime } from '@tsjit/torch'
import { ArchiveError } from '@tsjit/types'
import type { Command } from '../command.ts'
import { checkFile, loadModel, makeRuntime, runtimeHelp, runtimeOptions } from '../common-options.ts'
import { imageOptions, imageSettings } from '../inputs/image-settings.ts'
import { resolveInputs } from '../inputs/resolve-inputs.ts'
import { Progress } from '../terminal/progress.ts'
import { usageError } from '../usage-error.ts'
import { readRecordedCalls } from '../verify/recorded-calls.ts'

export const bench: Command = {
  help: `tsjit bench MODEL [IO] [--shape S]... [--input I]...

Times the first recorded 'forward' call of IO, or random inputs of given shapes, or inputs as 'tsjit run' takes them.

  --shape S        a float32 input of this shape (1x3x224x224), once for each input; int64:1x128 for whole numbers
  --input I        see tsjit run --help
  --seconds S      how long to measure (default 3)
${runtimeHelp}
  --json           {median_ms, min_ms, calls, threads, load_ms, first_ms, peak_rss_mb}`,
  options: {
    ...runtimeOptions,
    ...imageOptions,
    seconds: { type: 'string', default: '3' },
    shape: { type: 'string', multiple: true },
    input: { type: 'string', short: 'i', multiple: true },
  },
  async run(values, positionals) {
    const [model, io] = positionals
    if (!model || positionals.length > 2) throw usageError(`expected MODEL and perhaps IO, found ${positionals.length} arguments`)
    const seconds = Number(values.seconds)
    if (!(seconds > 0 && seconds <= 86_400)) throw usageError(`--seconds must be a positive number, found '${values.seconds}'`)
    const texts = [...(values.shape ?? []), ...(values.input ?? [])]
    if (io !== undefined && texts.length > 0) throw usageError('give IO, or --shape and --input, not both')
    if (io !== undefined) checkFile(io)
    const runtime = makeRuntime(values)
    const start = performance.now()
    const module = await loadModel(model, runtime)
    const loaded = performance.now()
    const args = io ? recordedArguments(module, io, runtime) : await resolveInputs(texts, module.schema, runtime, imageSettings(values))
    const fn = module.method('forward')
    const all = [module.object, ...args]
    const call = (): unknown => runtime.executor.compile(fn, fn.name, { self: module.object }).run(all)
    const first = performance.now()
    call()
    const firstEnd = performance.now()
    const times = measure(call, seconds, new Progress('bench', Math.round(seconds * 1e3), { silent: values.json === true }))
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
  },
}

/** Sorted milliseconds of single calls, at least five, after some to warm up. */
function measure(call: () => unknown, seconds: number, progress: Progress): number[] {
  const warm = performance.now() + Math.min(500, seconds * 200)
  for (let i = 0; i < 3 || (performance.now() < warm && i < 10_000); i++) call()
  const times: number[] = []
  const begin = performance.now()
  const end = begin + seconds * 1e3
  for (let now = begin; now < end || times.length < 5; ) {
    call()
    const after = performance.now()
    times.push(after - now)
    progress.update(Math.round(after - begin), `${times.length} calls`)
    now = performance.now()
  }
  progress.clear()
  return times.sort((a, b) => a - b)
}

function recordedArguments(module: jit.ScriptModule, io: string, runtime: Runtime): unknown[] {
  const recorded = readRecordedCalls(io, runtime.dispatcher)
  const found = recorded.calls.find((call) => call.method === 'forward')
  if (!found) throw new ArchiveError('TSJ_CALLS_FORMAT', `${io} holds no call of 'forward'`)
  const formals = module.schema.args.slice(1)
  const context = recorded.freshContext()
  if (found.inputs.length > formals.length)
    throw new ArchiveError('TSJ_CALLS_FORMAT', `the recorded call has ${found.inputs.length} inputs, 'forward' takes ${formals.length}`)
  const args = found.inputs.map((input, i) => toValue(input, formals[i].type, context, true, `argument '${formals[i].name}'`))
  for (const formal of formals.slice(args.length)) args.push(formal.defaultValue ?? null)
  return args
}

const round = (ms: number): number => Number(ms.toFixed(4))
