import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { jit } from '@tsjit/torch'
import { TsjitError } from '@tsjit/types'
import { commonOptions, makeRuntime } from '../common-options.ts'
import { Progress } from '../terminal/progress.ts'
import { type CaseResult, replayCase } from '../verify/replay.ts'

export const help = `tsjit verify MODEL IO
tsjit verify DIR

Replays recorded calls on one instance of the model and compares the outputs with the recorded ones. A folder holds CASE/model.pt and
CASE/io.pt (or *.jit); every case is verified.

  --only REGEX     cases whose name matches
  --device D       cpu (default) or reference
  --gear G         codegen (default) or interpreter
  --no-segments    run operator by operator
  --threads N      threads of the native backend
  --json           one JSON object a case`

/** Exit status 1 where any case does not pass. */
export async function verify(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { ...commonOptions, only: { type: 'string' } } })
  const cases = findCases(positionals, values.only)
  const runtime = makeRuntime(values)
  const progress = new Progress('verify', cases.length, { silent: values.json === true })
  let passed = 0
  for (const [i, { name, model, io }] of cases.entries()) {
    progress.update(i, name)
    const result = await replayCase(name, model, io, {
      runtime,
      load: (path) => jit.load(path, { runtime, mapLocation: 'cpu' }),
      onCall: (done, total) => progress.detail(`${name} ${done}/${total}`),
    })
    if (result.status === 'pass') passed++
    if (values.json) console.log(JSON.stringify(result))
    else if (result.status !== 'pass' || cases.length <= 20) {
      progress.clear()
      console.log(formatCase(result))
    }
  }
  progress.clear()
  if (!values.json) console.log(`${passed} of ${cases.length} cases pass`)
  return passed === cases.length ? 0 : 1
}

interface Case {
  readonly name: string
  readonly model: string
  readonly io: string
}

function findCases(positionals: readonly string[], only: string | undefined): Case[] {
  if (positionals.length === 2) return [{ name: basename(positionals[0]), model: positionals[0], io: positionals[1] }]
  if (positionals.length !== 1) throw new TsjitError('TSJ_USAGE', `expected MODEL and IO, or a folder of cases, found ${positionals.length} arguments`, { hint: help })
  const folder = resolve(positionals[0])
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new TsjitError('TSJ_USAGE', `${positionals[0]} is no folder`, { hint: help })
  const pattern = only === undefined ? undefined : new RegExp(only)
  const cases: Case[] = []
  const add = (name: string, path: string): void => {
    const model = readdirSync(path).find((file) => /^[^.].*\.(pt|jit|ptl)$/.test(file) && file !== 'io.pt')
    if (model && existsSync(join(path, 'io.pt')) && (!pattern || pattern.test(name))) cases.push({ name, model: join(path, model), io: join(path, 'io.pt') })
  }
  add(basename(folder), folder)
  for (const name of readdirSync(folder).sort()) if (statSync(join(folder, name)).isDirectory()) add(name, join(folder, name))
  if (cases.length === 0) throw new TsjitError('TSJ_USAGE', `no cases in ${positionals[0]}`, { hint: 'a case is a folder with model.pt and io.pt' })
  return cases
}

function formatCase(result: CaseResult): string {
  const head = `${result.status === 'pass' ? 'pass ' : result.status === 'fail' ? 'FAIL ' : 'ERROR'} ${result.case}`
  const errors = `${result.calls} calls, max abs error ${result.maxAbsError.toPrecision(2)}, max rel error ${result.maxRelError.toPrecision(2)}`
  const missing = result.missingOps.length ? `\n      no kernel for: ${result.missingOps.join(', ')}` : ''
  return result.status === 'pass' ? `${head}  ${errors}` : `${head}  ${result.message?.replaceAll('\n', '\n      ')}${missing}`
}
