import type { ParseArgsConfig } from 'node:util'

export type OptionTable = NonNullable<ParseArgsConfig['options']>

/** What every command takes, whatever it does. */
export const universalOptions = {
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies OptionTable

/** One command, in a file of its own that is loaded when it is called. */
export interface Command {
  /** The text of `--help`; its first line is the usage. */
  readonly help: string
  readonly options: OptionTable
  /** Returns the exit status: 0, or 1 where a check failed. Bad usage and bad input are thrown (`TsjitError`, exit status 2). */
  run(values: Readonly<Record<string, any>>, positionals: readonly string[]): Promise<number>
}

interface CommandEntry {
  readonly summary: string
  readonly load: () => Promise<Command>
}

/** The commands in the order in which `--help` lists them. */
export const commands: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  ['run', { summary: 'run a method on files, images or literals', load: () => import('./commands/run.ts').then((m) => m.run) }],
  [
    'verify',
    { summary: 'replay recorded calls and compare the outputs', load: () => import('./commands/verify.ts').then((m) => m.verify) },
  ],
  [
    'inspect',
    {
      summary: 'module tree, parameters, methods, operators and their kernels',
      load: () => import('./commands/inspect.ts').then((m) => m.inspect),
    },
  ],
  ['graph', { summary: 'the graph of a method', load: () => import('./commands/graph.ts').then((m) => m.graph) }],
  ['code', { summary: 'the TorchScript source', load: () => import('./commands/code.ts').then((m) => m.code) }],
  [
    'compile',
    { summary: 'a module class of a Python file to an archive', load: () => import('./commands/compile.ts').then((m) => m.compile) },
  ],
  [
    'freeze',
    { summary: 'a model with its parameters as constants of its graphs', load: () => import('./commands/freeze.ts').then((m) => m.freeze) },
  ],
  ['diff', { summary: 'compare the graphs of two archives', load: () => import('./commands/diff.ts').then((m) => m.diff) }],
  ['bench', { summary: 'time a model', load: () => import('./commands/bench.ts').then((m) => m.bench) }],
  [
    'doctor',
    {
      summary: 'what this machine has, and what to do about what is missing',
      load: () => import('./commands/doctor.ts').then((m) => m.doctor),
    },
  ],
])
