import { readFileSync } from 'node:fs'

const commands: Record<string, () => Promise<{ run: (argv: string[]) => Promise<number>; help: string }>> = {
  verify: () => import('./commands/verify.ts').then((m) => ({ run: m.verify, help: m.help })),
}

async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv
  if (command === '--version' || command === '-v') {
    console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version)
    return 0
  }
  const load = commands[command ?? '']
  if (!load) {
    console.error(`tsjit: unknown command '${command}'`)
    return 2
  }
  const { run, help } = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(help)
    return 0
  }
  return run(rest)
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
  },
  (error) => {
    console.error(process.argv.includes('--debug') ? error : `tsjit: ${error?.code ? `${error.code}: ` : ''}${error?.message ?? error}`)
    process.exitCode = 2
  },
)
