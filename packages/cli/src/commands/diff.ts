import { canonicalGraph } from '@tsjit/ir'
import type { jit } from '@tsjit/torch'
import type { Command } from '../command.ts'
import { loadModel, makeRuntime, runtimeOptions } from '../common-options.ts'
import { lineDiff } from '../outputs/line-diff.ts'
import { usageError } from '../usage-error.ts'

export const diff: Command = {
  help: `tsjit diff A B

Compares two archives: classes, attributes, and the graph of every method, values renumbered in order of first appearance. Exit status 1
where they differ.

  --method M       only this method of the model itself
  --inlined        graphs with calls replaced by what they call
  --json           {equal, differences: [{what, lines}]}`,
  options: { ...runtimeOptions, method: { type: 'string', short: 'm' }, inlined: { type: 'boolean' } },
  async run(values, positionals) {
    if (positionals.length !== 2) throw usageError(`expected two archives, found ${positionals.length}`)
    const runtime = makeRuntime(values)
    const [a, b] = await Promise.all(positionals.map((path) => loadModel(path, runtime, { toLook: true })))
    const differences = values.method
      ? compare(
          new Map([[values.method, graphText(a, values.method, values.inlined)]]),
          new Map([[values.method, graphText(b, values.method, values.inlined)]]),
        )
      : compare(describe(a, values.inlined), describe(b, values.inlined))
    if (values.json) console.log(JSON.stringify({ equal: differences.length === 0, differences }))
    else for (const { what, lines } of differences) console.log(`${what}\n${lines.map((line) => `  ${line}`).join('\n')}`)
    if (differences.length === 0 && !values.json) console.log('equal')
    return differences.length === 0 ? 0 : 1
  },
}

function graphText(module: jit.ScriptModule, method: string, inlined: boolean): string {
  const found = module.getMethod(method)
  return canonicalGraph(inlined ? found.inlinedGraph : found.graph)
}

/** Everything that is compared, by what it is. */
function describe(module: jit.ScriptModule, inlined: boolean): Map<string, string> {
  const parts = new Map<string, string>()
  for (const [path, { type }] of module.namedModules()) {
    const at = path || '(root)'
    const attributes = type.attributes.map(({ name, type: attribute }) => `${name}: ${attribute}`)
    parts.set(`attributes of ${at}`, [type.name.replace(/___torch_mangle_\d+\./g, ''), ...attributes].join('\n'))
    for (const name of path === '' ? type.methods.keys() : []) parts.set(`graph of ${name}`, graphText(module, name, inlined))
    if (path === '' || inlined) continue
    for (const [name, fn] of type.methods)
      parts.set(`graph of ${path}.${name}`, canonicalGraph((fn as ReturnType<jit.ScriptModule['method']>).graph))
  }
  return parts
}

interface Difference {
  readonly what: string
  readonly lines: readonly string[]
}

function compare(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): Difference[] {
  const differences: Difference[] = []
  for (const what of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(what), b.get(what)]
    if (left === right) continue
    if (left === undefined || right === undefined)
      differences.push({ what, lines: [left === undefined ? 'only in the second' : 'only in the first'] })
    else differences.push({ what, lines: lineDiff(left.trimEnd().split('\n'), right.trimEnd().split('\n')) })
  }
  return differences
}
