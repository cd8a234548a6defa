import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { jit, manualSeed } from '@tsjit/torch'
import type { Command } from '../command.ts'
import { checkFile, makeRuntime, runtimeHelp, runtimeOptions, wholeNumber } from '../common-options.ts'
import { usageError } from '../usage-error.ts'

export const compile: Command = {
  help: `tsjit compile FILE.py -o OUT.pt

Constructs a module class of a Python file, compiles it, and writes the archive. Without -o the file is only checked.

  -o, --output F   the archive to write
  --class C        the class; the last module class of the file where absent
  --args JSON      arguments of its constructor: an array, or an object of parameters by name
  --seed N         seed of the random numbers that initialise it (default 0)
  --json           {class, output, methods} or {errors}
${runtimeHelp}`,
  options: {
    ...runtimeOptions,
    output: { type: 'string', short: 'o' },
    class: { type: 'string' },
    args: { type: 'string' },
    seed: { type: 'string' },
  },
  async run(values, positionals) {
    if (positionals.length !== 1) throw usageError(`expected one FILE.py, found ${positionals.length}`)
    const [path] = positionals
    checkFile(path)
    const runtime = makeRuntime(values)
    const file = jit.scriptFile(path, { runtime })
    const name: string | undefined = values.class ?? lastModuleClass(file)
    if (name === undefined) {
      if (values.output !== undefined) throw usageError(`${basename(path)} defines no class that extends nn.Module`)
      return check(file, path, values.json === true)
    }
    manualSeed(values.seed === undefined ? 0 : wholeNumber('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER))
    const module = file.newModule(name, ...constructorArguments(values.args))
    if (values.output !== undefined) jit.save(module, values.output as string)
    const methods = module.methodNames()
    if (values.json) console.log(JSON.stringify({ class: module.className, output: values.output ?? null, methods }))
    else console.log(`${module.className}: ${methods.join(', ')}${values.output === undefined ? '' : ` -> ${values.output}`}`)
    return 0
  },
}

function lastModuleClass(file: jit.ScriptFile): string | undefined {
  return file.moduleClasses.at(-1)
}

/** A file of functions: whether each compiles. */
function check(file: jit.ScriptFile, path: string, json: boolean): number {
  const errors = file.check()
  if (json) console.log(JSON.stringify({ errors: errors.map(({ code, message }) => ({ code, message })) }))
  else if (errors.length === 0) console.log(`${path}: ${file.names.length} definitions compile`)
  for (const { message } of json ? [] : errors) console.error(`${message}\n`)
  return errors.length === 0 ? 0 : 1
}

function constructorArguments(text: string | undefined): unknown[] {
  if (text === undefined) return []
  const source = text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    throw usageError(`--args is not JSON: ${(error as Error).message}`)
  }
  if (Array.isArray(value)) return value
  if (typeof value === 'object' && value !== null) return [value]
  throw usageError('--args must be an array or an object')
}
