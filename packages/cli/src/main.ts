import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { commands, type OptionTable, universalOptions } from './command.ts'

/** Nothing is imported here that a command may not need: `tsjit --version` must start as fast as Node.js itself. */
async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === '--version' || name === '-v') {
    console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version)
    return 0
  }
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    console.log(overview())
    return name === undefined ? 2 : 0
  }
  const wanted = name === 'help' ? rest[0] : name
  const entry = commands.get(wanted)
  if (!entry) {
    const { usageError } = await import('./usage-error.ts')
    throw usageError(`unknown command '${wanted}'`, `commands: ${[...commands.keys()].join(', ')}; see tsjit --help`)
  }
  const command = await entry.load()
  if (name === 'help' || rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help)
    return 0
  }
  return command.run(...(await readArguments(wanted, rest, command.options)))
}

async function readArguments(name: string, args: string[], options: OptionTable): Promise<[Record<string, any>, string[]]> {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { ...universalOptions, ...options } })
    return [values, positionals]
  } catch (error) {
    const { usageError } = await import('./usage-error.ts')
    throw usageError((error as Error).message.replaceAll('\n', ' '), `see tsjit ${name} --help`)
  }
}

function overview(): string {
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  return `tsjit COMMAND [arguments]

Runs PyTorch TorchScript archives in Node.js, without Python.

${lines.join('\n')}

Every command takes --json, --debug (stacks of errors) and --help; tsjit --version prints the version.
Exit status: 0, 1 where a check failed, 2 for bad usage or input.
TSJIT_LOG=segments writes what became native plans to standard error.`
}

// A reader that has seen enough (`tsjit graph … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
  },
  async (error) => {
    const { reportError } = await import('./report-error.ts')
    reportError(error, { debug: process.argv.includes('--debug'), json: process.argv.includes('--json') })
    process.exitCode = 2
  },
)
