import type { Command } from '../command.ts'
import { loadModel, makeRuntime, runtimeOptions } from '../common-options.ts'
import { type ModuleRow, moduleTree } from '../inspect/module-tree.ts'
import { collectOperators } from '../inspect/operators.ts'
import { table } from '../terminal/table.ts'
import { usageError } from '../usage-error.ts'

export const inspect: Command = {
  help: `tsjit inspect MODEL

Module tree, parameters, methods, the operators used and which kernel each gets on a device. Works on archives with operators that
cannot run, and lists them.

  --device D       cpu (default) or reference
  --json           {class, version, parameters, methods, modules, operators, missing, problems}`,
  options: runtimeOptions,
  async run(values, positionals) {
    if (positionals.length !== 1) throw usageError(`expected one MODEL, found ${positionals.length}`)
    const runtime = makeRuntime(values)
    const module = await loadModel(positionals[0], runtime, { toLook: true })
    const modules = moduleTree(module)
    const methods = module.methodNames().map((name) => ({ name, schema: String(module.getMethod(name).schema) }))
    const { operators, problems } = collectOperators(module, runtime)
    const missing = operators.filter((use) => use.kernel === 'missing').map((use) => use.name)
    const parameters = modules.reduce((sum, row) => sum + row.parameters, 0)
    const { version } = module.archive!.layout
    if (values.json) {
      console.log(JSON.stringify({ class: module.className, version, parameters, methods, modules, operators, missing, problems }))
      return 0
    }
    console.log(`${module.className}, format version ${version}, ${parameters.toLocaleString('en-US')} parameters\n`)
    console.log(formatTree(modules))
    console.log('\nmethods')
    for (const { schema } of methods) console.log(`  ${schema}`)
    console.log(`\noperators on ${values.device ?? 'cpu'}`)
    console.log(
      table(
        operators.map(({ name, count, kernel }) => [name, String(count), kernel]),
        ['operator', 'uses', 'kernel'],
      ),
    )
    if (missing.length)
      console.log(`\n${missing.length} ${missing.length === 1 ? 'operator' : 'operators'} cannot run on this device: ${missing.join(', ')}`)
    for (const problem of problems) console.log(`\n${problem}`)
    return 0
  },
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
