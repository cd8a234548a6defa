import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface TrialOptions {
  /** Mutants `first` (0 where absent) to `count`. */
  readonly count: number
  readonly first?: number
  readonly seed: number
  readonly onProgress?: (done: number) => void
}

export interface FuzzOptions extends TrialOptions {
  /** A folder of CASE/model.pt and CASE/io.pt. */
  readonly folder: string
  readonly device: 'native' | 'reference'
}

export interface SourceFuzzOptions extends TrialOptions {
  /** Files of Python source whose functions are mutated. */
  readonly files: readonly string[]
  /** Prints each source to standard error. */
  readonly show?: boolean
}

export interface FuzzReport {
  readonly results: number
  /** Of sources: those of `results` that the native backend ran too, and why there are none where it is not there. */
  readonly native: number
  readonly nativeProblem?: string
  /** Of sources: compiled, and not run since the fuzzer has no arguments for them. */
  readonly compiled: number
  /** Typed errors by code. */
  readonly typed: Readonly<Record<string, number>>
  /** Crashes, hangs, untyped errors, memory over the limit: what must be empty. */
  readonly defects: readonly string[]
  readonly slowestMs: number
  readonly peakRssMb: number
}

/** A mutant may keep its thread busy for so long; the wall clock, which a loaded machine stretches, has a wider limit. */
const busyLimitMs = 5000
const wallLimitMs = 30_000
const rssLimitBytes = 1 << 30

/** What a worker says: once what it lacks, then each mutant as it begins it and as it is done with it. */
interface Progress {
  readonly nativeProblem?: string
  readonly at?: number
  readonly outcome?: string
  readonly natively?: boolean
  readonly detail?: string
  readonly case?: string
  readonly description?: string
  readonly ms?: number
}

/** Mutated archives. */
export function runFuzz({ folder, device, ...options }: FuzzOptions): Promise<FuzzReport> {
  return runTrials(new URL('./worker.ts', import.meta.url), { folder, device }, options)
}

/** Random and mutated sources. */
export function runSourceFuzz({ files, show = false, ...options }: SourceFuzzOptions): Promise<FuzzReport> {
  return runTrials(new URL('./source/worker.ts', import.meta.url), { files, show }, options)
}

/** Runs mutants in child processes; a child that dies or hangs is replaced behind the mutant that did it. */
async function runTrials(worker: URL, job: object, { count, first = 0, seed, onProgress }: TrialOptions): Promise<FuzzReport> {
  const typed: Record<string, number> = {}
  const defects: string[] = []
  let results = 0
  let compiled = 0
  let native = 0
  let nativeProblem: string | undefined
  let slowestMs = 0
  let peakRss = 0
  let next = first
  while (next < count) {
    const from = next
    await new Promise<void>((resolve) => {
      const child = fork(fileURLToPath(worker), {
        execArgv: ['--conditions', 'tsjit-source', '--import', 'tsx', '--max-old-space-size=900'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      let stderr = ''
      child.stderr!.on('data', (data) => {
        stderr = (stderr + data).slice(-2000)
        if ('show' in job && job.show) process.stderr.write(data)
      })
      let current = -1
      let killed = false
      let started: { busyMs: number; wallMs: number } | undefined
      const watch = setInterval(() => {
        const rss = residentBytes(child)
        peakRss = Math.max(peakRss, rss)
        const busy = started && (busyMs(child) - started.busyMs > busyLimitMs || performance.now() - started.wallMs > wallLimitMs)
        if (killed || (!busy && rss <= rssLimitBytes)) return
        defects.push(`mutant ${current} of seed ${seed}: ${busy ? 'hangs' : 'over 1 GiB of memory'}`)
        killed = true
        child.kill('SIGKILL')
      }, 20)
      child.on('message', (message: Progress) => {
        if (message.at === undefined) {
          nativeProblem = message.nativeProblem
          return
        }
        if (message.outcome === undefined) {
          current = message.at
          started = { busyMs: busyMs(child), wallMs: performance.now() }
          return
        }
        started = undefined
        next = message.at + 1
        slowestMs = Math.max(slowestMs, message.ms!)
        if (message.outcome === 'result') {
          results++
          if (message.natively) native++
        }
        if (message.outcome === 'compiled') compiled++
        else if (message.outcome === 'typed') typed[message.detail!] = (typed[message.detail!] ?? 0) + 1
        else if (message.outcome !== 'result')
          defects.push(`mutant ${message.at} of seed ${seed} (${message.case}, ${message.description}): untyped error ${message.detail}`)
        onProgress?.(next)
      })
      child.on('exit', (status, signal) => {
        clearInterval(watch)
        if (next < count) {
          if (current >= next) {
            if (!killed) defects.push(`mutant ${current} of seed ${seed}: the process died (${signal ?? `status ${status}`}) ${stderr}`)
            next = current + 1
          } else if (current < 0) {
            defects.push(`the worker did not start (${signal ?? `status ${status}`}) ${stderr}`)
            next = count
          }
        }
        resolve()
      })
      child.send({ ...job, seed, from, to: count })
    })
  }
  const counts = { results, native, ...(nativeProblem === undefined ? {} : { nativeProblem }), compiled, typed, defects }
  return { ...counts, slowestMs, peakRssMb: Math.round(peakRss / 2 ** 20) }
}

function residentBytes(child: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

/** Processor time of the child's main thread. */
function busyMs(child: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${child.pid}/task/${child.pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}
