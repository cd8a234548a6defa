import { parseArgs } from 'node:util'
import { jit } from '@tsjit/torch'
import { TsjitError } from '@tsjit/types'
import { commonOptions, makeRuntime } from '../common-options.ts'

export const help = `tsjit code MODEL

Prints the TorchScript source of the model's class, or of everything in the archive.

  --all            every file of the archive's code
  --json           {file: text}`

export async function code(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { ...commonOptions, all: { type: 'boolean' } } })
  if (positionals.length !== 1) throw new TsjitError('TSJ_USAGE', 'expected MODEL', { hint: help })
  const module = await jit.load(positionals[0], { runtime: makeRuntime(values), mapLocation: 'cpu' })
  const sources = module.archive!.sources
  const own = `${module.className.split('.').slice(0, -1).join('/')}.py`
  const names = values.all || !sources.has(own) ? [...sources.keys()].sort() : [own]
  const texts = Object.fromEntries(names.map((name) => [name, sources.get(name)!().text]))
  if (values.json) console.log(JSON.stringify(texts))
  else for (const [name, text] of Object.entries(texts)) console.log(names.length > 1 ? `# ${name}\n${text}` : text.trimEnd())
  return 0
}
