import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface FuzzOptions {
  /** A folder of CASE/model.pt and CASE/io.pt. */
  readonly folder: string
  readonly count: number
  readonly seed: number
  readonly device: 'native' | 'reference'
  readonly onProgress?: (done: number) => void
}

export interface FuzzReport {
  readonly results: number
  /** Typed errors by code. */
  readonly typed: Readonly<Record<string, number>>
  /** Crashes, hangs, untyped errors, memory over the limit: what must be empty. */
  readonly defects: readonly string[]
  readonly slowestMs: number
  readonly peakRssMb: number
}

export const hangMs = 5000
const rssLimitBytes = 1 << 30

/** Runs mutants in child processes; a child that dies or hangs is replaced behind the mutant that did it. */
export async function runFuzz({ folder, count, seed, device, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const typed: Record<string, number> = {}
  const defects: string[] = []
  let results = 0
  let slowestMs = 0
  let peakRss = 0
  let next = 0
  while (next < count) {
    const from = next
    await new Promise<void>((resolve) => {
      const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
        execArgv: ['--conditions', 'tsjit-source', '--import', 'tsx', '--max-old-space-size=900'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      let stderr = ''
      child.stderr!.on('data', (data) => (stderr = (stderr + data).slice(-2000)))
      let current = -1
      let timer: NodeJS.Timeout | undefined
      const watch = setInterval(() => {
        const rss = residentBytes(child)
        peakRss = Math.max(peakRss, rss)
        if (rss > rssLimitBytes) {
          defects.push(`mutant ${current} of seed ${seed}: over 1 GiB of memory`)
          child.kill('SIGKILL')
        }
      }, 20)
      child.on(
        'message',
        (message: { at: number; outcome?: string; detail?: string; case?: string; description?: string; ms?: number }) => {
          clearTimeout(timer)
          if (message.outcome === undefined) {
            current = message.at
            timer = setTimeout(() => {
              defects.push(`mutant ${current} of seed ${seed}: hangs`)
              child.kill('SIGKILL')
            }, hangMs)
            return
          }
          next = message.at + 1
          slowestMs = Math.max(slowestMs, message.ms!)
          if (message.outcome === 'result') results++
          else if (message.outcome === 'typed') typed[message.detail!] = (typed[message.detail!] ?? 0) + 1
          else
            defects.push(`mutant ${message.at} of seed ${seed} (${message.case}, ${message.description}): untyped error ${message.detail}`)
          onProgress?.(next)
        },
      )
      child.on('exit', (status, signal) => {
        clearTimeout(timer)
        clearInterval(watch)
        if (next < count) {
          if (current >= next) {
            if (signal !== 'SIGKILL')
              defects.push(`mutant ${current} of seed ${seed}: the process died (${signal ?? `status ${status}`}) ${stderr}`)
            next = current + 1
          } else if (current < 0) {
            defects.push(`the worker did not start (${signal ?? `status ${status}`}) ${stderr}`)
            next = count
          }
        }
        resolve()
      })
      child.send({ folder, seed, from, to: count, device })
    })
  }
  return { results, typed, defects, slowestMs, peakRssMb: Math.round(peakRss / 2 ** 20) }
}

function residentBytes(child: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
