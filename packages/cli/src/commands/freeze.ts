import { jit } from '@tsjit/torch'
import type { Command } from '../command.ts'
import { loadModel, makeRuntime, runtimeHelp, runtimeOptions } from '../common-options.ts'
import { usageError } from '../usage-error.ts'

export const freeze: Command = {
  help: `tsjit freeze MODEL -o OUT.pt

Writes the model with its parameters as constants of its graphs, calls inlined, and what is known computed. The model is put into evaluation mode.

  -o, --output F     the archive to write
  --preserve A       an attribute or method to keep beside forward; may be given several times
  --no-numerics      leaves batch normalisation as it is
  --json             {output, attributes, nodes}
${runtimeHelp}`,
  options: {
    ...runtimeOptions,
    output: { type: 'string', short: 'o' },
    preserve: { type: 'string', multiple: true },
    'no-numerics': { type: 'boolean' },
  },
  async run(values, positionals) {
    if (positionals.length !== 1) throw usageError(`expected one MODEL, found ${positionals.length}`)
    if (values.output === undefined) throw usageError('where to? -o OUT.pt is missing')
    const module = (await loadModel(positionals[0], makeRuntime(values))).eval()
    const frozen = jit.freeze(module, { preservedAttrs: values.preserve ?? [], optimizeNumerics: !values['no-numerics'] })
    jit.save(frozen, values.output as string)
    const attributes = frozen.object.type.attributes.map(({ name }) => name)
    const nodes = [...frozen.graph.block.nodes()].length
    if (values.json) console.log(JSON.stringify({ output: values.output, attributes, nodes }))
    else console.log(`${values.output}: ${nodes} nodes in forward; attributes: ${attributes.join(', ') || 'none'}`)
    return 0
  },
}
