import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { jit } from '@tsjit/torch'
import type { Command } from '../command.ts'
import { checkFile, makeRuntime, runtimeHelp, runtimeOptions } from '../common-options.ts'
import { missingOperators } from '../inspect/operators.ts'
import { Progress } from '../terminal/progress.ts'
import { usageError } from '../usage-error.ts'
import { type CaseResult, replayCase } from '../verify/replay.ts'

const usage = 'tsjit verify MODEL IO, or tsjit verify DIR with CASE/model.pt and CASE/io.pt'

export const verify: Command = {
  help: `tsjit verify MODEL IO
tsjit verify DIR

Replays recorded calls on one instance of the model and compares the outputs with the recorded ones. A folder holds CASE/model.pt (or
*.jit) and CASE/io.pt; every case is verified. Exit status 1 where any does not pass.

  --only REGEX     cases whose name matches
${runtimeHelp}
  --json           one object a case: {case, status, calls, maxAbsError, maxRelError, message, missingOps}

IO is what torch.save writes of {"calls": [{"method": "forward", "inputs": (x,), "outputs": y, "rtol": 1e-4, "atol": 1e-5}, ...]}.`,
  options: { ...runtimeOptions, only: { type: 'string' } },
  async run(values, positionals) {
    const cases = findCases(positionals, values.only)
    const runtime = makeRuntime(values)
    const progress = new Progress('verify', cases.length, { silent: values.json === true })
    let passed = 0
    for (const [i, { name, model, io }] of cases.entries()) {
      progress.update(i, name)
      const result = await replayCase(name, model, io, {
        runtime,
        load: (path) => jit.load(path, { runtime, mapLocation: 'cpu' }),
        missingOps: (module) => missingOperators(module, runtime),
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
  },
}

interface Case {
  readonly name: string
  readonly model: string
  readonly io: string
}

function findCases(positionals: readonly string[], only: string | undefined): Case[] {
  if (positionals.length === 2) {
    for (const path of positionals) checkFile(path)
    return [{ name: caseName(positionals[0]), model: positionals[0], io: positionals[1] }]
  }
  if (positionals.length !== 1)
    throw usageError(`expected MODEL and IO, or a folder of cases, found ${positionals.length} arguments`, usage)
  const folder = resolve(positionals[0])
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw usageError(`${positionals[0]} is no folder`, usage)
  const pattern = readPattern(only)
  const cases: Case[] = []
  const add = (name: string, path: string): void => {
    const model = readdirSync(path).find((file) => /^[^.].*\.(pt|jit|ptl)$/.test(file) && file !== 'io.pt')
    if (model && existsSync(join(path, 'io.pt')) && (!pattern || pattern.test(name)))
      cases.push({ name, model: join(path, model), io: join(path, 'io.pt') })
  }
  add(basename(folder), folder)
  for (const name of readdirSync(folder).sort()) if (statSync(join(folder, name)).isDirectory()) add(name, join(folder, name))
  if (cases.length === 0)
    throw usageError(
      `no cases in ${positionals[0]}${only === undefined ? '' : ` match '${only}'`}`,
      'a case is a folder with model.pt and io.pt',
    )
  return cases
}

function readPattern(only: string | undefined): RegExp | undefined {
  try {
    return only === undefined ? undefined : new RegExp(only)
  } catch (error) {
    throw usageError(`--only is no regular expression: ${(error as Error).message}`)
  }
}

/** `model.pt` says little: then the folder's name. */
function caseName(path: string): string {
  const name = basename(path)
  return /^model\./.test(name) ? basename(resolve(path, '..')) : name
}

function formatCase(result: CaseResult): string {
  const head = `${result.status === 'pass' ? 'pass ' : result.status === 'fail' ? 'FAIL ' : 'ERROR'} ${result.case}`
  const errors = `${result.calls} calls, max abs error ${result.maxAbsError.toPrecision(2)}, max rel error ${result.maxRelError.toPrecision(2)}`
  const missing = result.missingOps.length ? `\n      no kernel for: ${result.missingOps.join(', ')}` : ''
  return result.status === 'pass' ? `${head}  ${errors}` : `${head}  ${result.message?.replaceAll('\n', '\n      ')}${missing}`
}
