import type { Command } from '../command.ts'
import { loadModel, makeRuntime, runtimeOptions } from '../common-options.ts'
import { usageError } from '../usage-error.ts'

export const code: Command = {
  help: `tsjit code MODEL

Prints the TorchScript source of the model's class, or of everything in the archive.

  --all            every file of the archive's code
  --json           {file: text}`,
  options: { ...runtimeOptions, all: { type: 'boolean' } },
  async run(values, positionals) {
    if (positionals.length !== 1) throw usageError(`expected one MODEL, found ${positionals.length}`)
    const module = await loadModel(positionals[0], makeRuntime(values))
    const { sources } = module.archive!
    const own = `${module.className.split('.').slice(0, -1).join('/')}.py`
    const names = values.all || !sources.has(own) ? [...sources.keys()].sort() : [own]
    const texts = Object.fromEntries(names.map((name) => [name, sources.get(name)!().text]))
    if (values.json) console.log(JSON.stringify(texts))
    else for (const [name, text] of Object.entries(texts)) console.log(names.length > 1 ? `# ${name}\n${text}` : text.trimEnd())
    return 0
  },
}
