import { parseArgs } from 'node:util'
import { collectOperators, type OperatorUse } from '../inspect/operators.ts'
import { moduleTree, type ModuleRow } from '../inspect/module-tree.ts'
import { jit } from '@tsjit/torch'
import { TsjitError } from '@tsjit/types'
import { commonOptions, makeRuntime } from '../common-options.ts'
import { table } from '../terminal/table.ts'

export const help = `tsjit inspect MODEL

Module tree, parameters, methods, the operators used and which kernel each gets on a device. Works on archives with operators that
cannot run, and lists them.

  --device D       cpu (default) or reference
  --json`

export async function inspect(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: commonOptions })
  if (positionals.length !== 1) throw new TsjitError('TSJ_USAGE', 'expected MODEL', { hint: help })
  const runtime = makeRuntime(values)
  const module = await jit.load(positionals[0], { runtime, mapLocation: 'cpu' })
  const modules = moduleTree(module)
  const methods = module.methodNames().map((name) => ({ name, schema: String(module.schema(name)) }))
  const operators = collectOperators(module, runtime)
  const missing = operators.operators.filter((use) => use.kernel === 'missing')
  const parameters = modules.reduce((sum, row) => sum + row.parameters, 0)
  if (values.json) {
    console.log(JSON.stringify({ class: module.className, version: module.archive!.layout.version, parameters, methods, modules, operators: operators.operators, problems: operators.problems }))
    return 0
  }
  console.log(`${module.className}, format version ${module.archive!.layout.version}, ${parameters.toLocaleString('en-US')} parameters\n`)
  console.log(formatTree(modules))
  console.log('\nmethods')
  for (const { schema } of methods) console.log(`  ${schema}`)
  console.log(`\noperators on ${values.device ?? 'cpu'}`)
  console.log(table(operators.operators.map(({ name, count, kernel }) => [name, String(count), kernel]), ['operator', 'uses', 'kernel']))
  if (missing.length) console.log(`\n${missing.length} operators cannot run on this device: ${missing.map((use: OperatorUse) => use.name).join(', ')}`)
  for (const problem of operators.problems) console.log(`\n${problem}`)
  return 0
}

function formatTree(rows: readonly ModuleRow[]): string {
  return rows
    .map(({ path, depth, type, parameters, attributes }) => {
      const name = path === '' ? 'model' : path.slice(path.lastIndexOf('.') + 1)
      const facts = [parameters ? `${parameters.toLocaleString('en-US')} parameters` : '', attributes].filter(Boolean).join('; ')
      return `${'  '.repeat(depth + 1)}${name}: ${type}${facts ? `  (${facts})` : ''}`
    })
    .join('\n')
}
