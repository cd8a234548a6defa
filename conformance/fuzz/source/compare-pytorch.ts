/**
 * `npx tsx --conditions tsjit-source conformance/fuzz/source/compare-pytorch.ts --python PYTHON --count 3000`: generated programs that compile, with their
 * calls, in PyTorch and here: in the interpreter with the reference backend, without optimisations, and in native segments. Results,
 * exceptions, what was written into the arguments and what was printed must agree. `--only 17`: program 17 again, printed.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { PythonProgram } from '@tsjit/compiler'
import { GraphFunction } from '@tsjit/ir'
import { inlinedGraph } from '@tsjit/passes'
import { Source, TsjitError } from '@tsjit/types'
import { seeded } from '../mutate.ts'
import { callsOfTypes } from './calls.ts'
import { asInTorchScript, Gears, observationDifference } from './gears.ts'
import { generateSource } from './generate.ts'
import { generateTensorProgram } from './generate-tensors.ts'
import type { Call, Observation } from './values.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    count: { type: 'string', default: '1000' },
    first: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    messages: { type: 'boolean' },
  },
})
if (!values.python) throw new Error('--python: a Python that has PyTorch')
const first = Number(values.only ?? values.first)
const last = values.only === undefined ? first + Number(values.count) : first + 1

const gears = new Gears()

/** A process of PyTorch's; some programs kill it. */
function startPytorch(python: string) {
  const child = spawn(python, [fileURLToPath(new URL('./run_pytorch.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })
  let answer: (line: string | undefined) => void = () => {}
  lines.on('line', (line) => answer(line))
  child.on('exit', () => answer(undefined))
  /** What it says of a job, or undefined where it dies of it. */
  const ask = (job: object): Promise<string | undefined> =>
    new Promise((resolve) => {
      answer = resolve
      if (child.exitCode !== null || child.signalCode !== null) resolve(undefined)
      else child.stdin.write(`${JSON.stringify(job)}\n`)
    })
  return { ask, end: () => child.stdin.end() }
}
let pytorch = startPytorch(values.python)

/** Programs of the language come with loops that end: what bounds them in the fuzzer, PyTorch would not have. */
function program(at: number): { source: string; fn?: GraphFunction; calls?: readonly Call[] | undefined } {
  const random = seeded(Number(values.seed) * 1_000_003 + at)
  const made = at % 3 === 0 ? { source: generateSource(random), calls: undefined } : generateTensorProgram(random)
  try {
    const fn = new PythonProgram().add(new Source(made.source, 'fuzz.py'), 'program').script('f')
    if (!(fn instanceof GraphFunction)) return made
    return {
      source: made.source,
      fn,
      calls:
        made.calls ??
        callsOfTypes(
          fn.schema.args.map(({ type }) => type),
          random,
        ),
    }
  } catch (error) {
    if (error instanceof TsjitError) return made
    throw error
  }
}

/** The first difference of a program's calls. */
function compare(
  at: number,
  given: readonly Call[],
  ours: readonly Observation[],
  theirs: readonly Observation[],
  plain: readonly Observation[],
  way: string,
): void {
  for (const [i, call] of given.entries()) {
    const [our, their] = [ours[i], theirs[i]]
    // what is not used may not throw where programs are optimised, in PyTorch either: what is seen then is another error, or none
    if (their.error && plain[i].error && ours !== plain) continue
    if (our.error && their.error && firstLine(our.error.message) !== firstLine(their.error.message)) {
      messages++
      if (values.messages) console.log(`program ${at} call ${i}: ${firstLine(our.error.message)} | ${firstLine(their.error.message)}`)
    }
    const found = observationDifference(withoutMessage(our), withoutMessage(their))
    if (!found) continue
    const text = [our, their].map(({ error }) => (error ? ` [${error.class}: ${firstLine(error.message)}]` : '')).join('')
    differences.push(`program ${at}, call ${i} (${call.what}), ${way} and PyTorch: ${found}${text}`)
    if (values.only !== undefined) console.log(JSON.stringify(call))
    return
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0].trim()
}

/** Messages are counted, not held against a program. */
function withoutMessage(seen: Observation): Observation {
  const { error, ...rest } = asInTorchScript(seen)
  return error ? { ...rest, error: { ...error, message: '' } } : rest
}

let compared = 0
let calls = 0
let refused = 0
let messages = 0
let threw = 0
const differences: string[] = []
for (let at = first; at < last; at++) {
  const { source, fn, calls: given } = program(at)
  if (values.only !== undefined) console.log(source)
  if (!fn || !given) continue
  // what runs out of memory or time proves nothing
  if (/4294967296|9223372036854775807|\b1e10\b/.test(source)) continue
  // strings are bytes in PyTorch
  if (/[^\0-\x7f]/.test(source)) continue
  const signature = { name: 'f', args: fn.schema.args.map(({ type }) => type), result: fn.schema.returns[0].type }
  const graph = inlinedGraph(fn.graph)
  const ways = gears.nativeProblem ? ['unoptimised'] : ['unoptimised', 'native segments, codegen']
  const seen = ways.map((way) => gears.observations(graph, signature, given, way))
  const line = await pytorch.ask({ source, name: 'f', calls: given })
  if (line === undefined) {
    console.log(`program ${at}: PyTorch died of it`)
    pytorch = startPytorch(values.python)
    continue
  }
  const answer = JSON.parse(line) as { refused?: string; observations?: Observation[] }
  if (!answer.observations) {
    refused++
    differences.push(`program ${at}: PyTorch refuses it: ${answer.refused?.slice(0, 300)}`)
    continue
  }
  compared++
  calls += given.length
  threw += answer.observations.filter(({ error }) => error).length
  for (const [k, ours] of seen.entries()) compare(at, given, ours, answer.observations, seen[0], ways[k])
}
pytorch.end()
for (const text of differences) console.log(text)
console.log(
  `${compared} programs, ${calls} calls compared with PyTorch (${threw} of them exceptions, ${messages} with another first line of message), ${refused} refused by PyTorch alone, ${differences.length} differences`,
)
process.exitCode = differences.length > 0 ? 1 : 0
