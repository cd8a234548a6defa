import { manualSeed } from '@tsjit/torch'
import type { Command } from '../command.ts'
import { loadModel, makeRuntime, runtimeHelp, runtimeOptions, wholeNumber } from '../common-options.ts'
import { imageHelp, imageOptions, imageSettings } from '../inputs/image-settings.ts'
import { inputHelp, resolveInputs } from '../inputs/resolve-inputs.ts'
import { valueJson } from '../outputs/value-json.ts'
import { valueText } from '../outputs/value-text.ts'
import { checkOutputPath, writeOutput } from '../outputs/write-output.ts'
import { usageError } from '../usage-error.ts'

export const run: Command = {
  help: `tsjit run MODEL [--input I]... [--method M] [--output F]

Runs a method and prints its result, or writes it to a file.

${inputHelp}

${imageHelp}

  --method M       default forward
  --output F       write the result to F: .npy, .safetensors or .json
  --seed N         of made tensors and of random operators
${runtimeHelp}
  --json           {method, ms, segments, result, execution}; what the program prints goes to standard error`,
  options: {
    ...runtimeOptions,
    ...imageOptions,
    input: { type: 'string', short: 'i', multiple: true },
    method: { type: 'string', short: 'm', default: 'forward' },
    output: { type: 'string', short: 'o' },
    seed: { type: 'string' },
  },
  async run(values, positionals) {
    if (positionals.length !== 1)
      throw usageError(`expected one MODEL, found ${positionals.length}`, 'tsjit run MODEL --input I; see tsjit run --help')
    if (values.output !== undefined) checkOutputPath(values.output)
    const image = imageSettings(values)
    const runtime = makeRuntime(values)
    if (values.seed !== undefined) manualSeed(wholeNumber('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER))
    const module = await loadModel(positionals[0], runtime)
    const fn = module.method(values.method)
    const args = await resolveInputs(values.input ?? [], fn.schema, runtime, image)
    const executable = runtime.executor.compile(fn, fn.name, { self: module.object })
    const start = performance.now()
    const result = executable.run([module.object, ...args])
    const ms = Number((performance.now() - start).toFixed(3))
    if (values.output !== undefined) writeOutput(values.output, result, runtime)
    if (values.json) {
      const shown = values.output === undefined ? { result: valueJson(result, runtime) } : { output: values.output }
      const execution = executable.describe()
      console.log(JSON.stringify({ method: values.method, ms, segments: execution.segments, ...shown, execution }))
    } else if (values.output !== undefined) console.log(`wrote ${values.output}`)
    else console.log(valueText(result, fn.schema.returns[0].type, runtime.dispatcher))
    return 0
  },
}
