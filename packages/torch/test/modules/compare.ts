/** Modules of a Python file against what PyTorch made of them (`record.py`). */
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { type ModuleInstance, PythonProgram } from '@tsjit/compiler'
import type { GraphFunction } from '@tsjit/ir'
import { parseModule } from '@tsjit/parser'
import { readRaw, Tensor } from '@tsjit/runtime'
import { type DType, Source } from '@tsjit/types'
import { canonical } from '../../../compiler/test/canonical.ts'
import { makeInput } from '../../../nn/test/recorded-inputs.ts'
import * as torch from '../../src/index.ts'
import { ModuleScripter } from '../../src/script/modules/module-scripter.ts'

export interface RecordedLeaf {
  readonly dtype?: DType
  readonly shape?: readonly number[]
  readonly data?: string
  readonly value?: unknown
}
export interface Recorded {
  readonly name: string
  /** Why PyTorch refuses the module. */
  readonly error?: string
  /** Canonical graphs by qualified name of method. */
  readonly graphs?: Readonly<Record<string, string>>
  /** The archive's source by file. */
  readonly code?: Readonly<Record<string, string>>
  /** What forward gives, in training and in evaluation. */
  readonly outputs?: readonly (readonly RecordedLeaf[] | { readonly error: string })[]
}

/** The `# inputs:` above a class or function. */
export function inputsOf(text: string, name: string): unknown[] | undefined {
  const found = new RegExp(`^# inputs: (.*)\\n(?:@.*\\n)*(?:class|def) ${name}\\b`, 'm').exec(text)
  return found ? (JSON.parse(`[${found[1]}]`) as unknown[]) : undefined
}

export function loadModules(file: string): { readonly text: string; readonly make: (name: string) => torch.jit.ScriptModule } {
  const text = readFileSync(file, 'utf8')
  const { body } = parseModule(new Source(text, file))
  const moduleName = file.replace(/^.*\//, '').replace('.py', '')
  return {
    text,
    make: (name) => {
      // A program of its own, so that names of classes are not taken.
      const program = new PythonProgram()
      const module = program.add(body[0].range.source, moduleName, new Map(), body)
      const scripter = ModuleScripter.of(program)
      torch.manual_seed(0)
      const made = scripter.interpreter.call(scripter.interpreter.global(module, name), []) as ModuleInstance
      return scripter.script(made, torch.defaultRuntime())
    },
  }
}

export function graphsOf(module: torch.jit.ScriptModule): Map<string, string> {
  const graphs = new Map<string, string>()
  for (const [, object] of module.namedModules()) {
    for (const [name, fn] of object.type.methods) {
      const { graph } = fn as GraphFunction
      graphs.set(`${object.type.name}.${name}`, canonical(graph))
    }
  }
  return graphs
}

function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves)
  return value instanceof Map ? [...value.values()].flatMap(leaves) : [value]
}

/** What is wrong with the outputs of one call, or undefined. */
export function outputProblem(found: unknown, expected: readonly RecordedLeaf[]): string | undefined {
  const values = leaves(found)
  if (values.length !== expected.length) return `${values.length} outputs instead of ${expected.length}`
  for (const [i, value] of values.entries()) {
    const { dtype, shape, data, value: plain } = expected[i]
    if (!(value instanceof Tensor)) {
      const text =
        typeof plain === 'number' || typeof plain === 'string' || typeof plain === 'boolean' || plain === null ? plain : undefined
      if (text !== undefined && String(text) !== String(value)) return `output ${i} is ${String(value)} instead of ${String(text)}`
      continue
    }
    if (value.dtype !== dtype || String(value.shape) !== String(shape))
      return `output ${i} is ${value.dtype} [${value.shape}] instead of ${dtype} [${shape}]`
    const raw = readRaw(value)
    const bytes = Buffer.from(data!, 'base64')
    const wanted = new (raw.constructor as Float32ArrayConstructor)(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    for (let k = 0; k < raw.length; k++) {
      const [a, b] = [Number(raw[k]), Number(wanted[k])]
      // float32 sums in another order.
      if (!(Object.is(a, b) || Math.abs(a - b) <= 1e-5 + 1e-4 * Math.abs(b))) return `output ${i}, element ${k} is ${a} instead of ${b}`
    }
  }
  return undefined
}

/** Calls forward as `record.py` did; one problem, or undefined, for each recorded call. */
export function replay(
  module: torch.jit.ScriptModule,
  specs: readonly unknown[],
  outputs: NonNullable<Recorded['outputs']>,
): (string | undefined)[] {
  torch.manual_seed(1)
  const inputs = specs.map(makeInput)
  return outputs.map((expected, i) => {
    module.train(i === 0)
    torch.manual_seed(2)
    const given = inputs.map((input) => (input instanceof Tensor ? input.clone() : input))
    try {
      const found = module.forward(...given)
      return 'error' in expected ? `PyTorch fails: ${expected.error}` : outputProblem(found, expected as readonly RecordedLeaf[])
    } catch (error) {
      return 'error' in expected ? undefined : String((error as Error).message.split('\n')[0])
    }
  })
}

/** The `code/*.py` of an archive. */
export function codeOf(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes)
  const files = new Map<string, string>()
  let at = buffer.length - 22
  while (buffer.readUInt32LE(at) !== 0x06054b50) at--
  let entry = buffer.readUInt32LE(at + 16)
  for (let i = buffer.readUInt16LE(at + 10); i > 0; i--) {
    const nameLength = buffer.readUInt16LE(entry + 28)
    const name = buffer.toString('utf8', entry + 46, entry + 46 + nameLength)
    if (name.endsWith('.py')) {
      const local = buffer.readUInt32LE(entry + 42)
      const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
      const raw = buffer.subarray(start, start + buffer.readUInt32LE(entry + 20))
      files.set(name.slice(name.indexOf('/') + 1), (buffer.readUInt16LE(entry + 10) === 8 ? inflateRawSync(raw) : raw).toString('utf8'))
    }
    entry += 46 + nameLength + buffer.readUInt16LE(entry + 30) + buffer.readUInt16LE(entry + 32)
  }
  return files
}

/** Constants of a class stand in the order of a Python set, which differs from run to run. */
export function sortedConstants(code: string): string {
  return code.replace(/(?: {2}\w+ : Final\[.*\n)+/g, (block) => `${block.split('\n').filter(Boolean).sort().join('\n')}\n`)
}
