import { parseArgs } from 'node:util'
import { createRuntime } from '@tsjit/torch'

export const help = `tsjit doctor

What this machine has for tsjit: the native addon, instruction sets, oneDNN, threads, and what to do about what is missing.

  --json`

export async function doctor(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { json: { type: 'boolean' }, debug: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
  const runtime = createRuntime()
  const cpu = runtime.dispatcher.backendFor(runtime.dispatcher.defaultDevice)
  const facts: Record<string, unknown> = { node: process.version, platform: `${process.platform}-${process.arch}`, cpu: cpu.name, ...cpu.describe?.() }
  const advice: string[] = []
  if (runtime.nativeProblem !== undefined) {
    facts.addon = 'missing'
    advice.push(`the native addon is not in use: ${runtime.nativeProblem}`, 'everything runs on the reference backend, in plain JavaScript: correct, and slow')
    advice.push('install g++ and cmake (apt-get install g++ cmake), then run npm run setup in the checkout')
  } else if (facts.oneDNN === false || facts.oneDNN === undefined) {
    advice.push('oneDNN is missing: convolutions and matrix products use the built-in kernels. apt-get install libdnnl-dev, then npm run setup')
  }
  if (values.json) console.log(JSON.stringify({ ...facts, advice }))
  else {
    for (const [name, value] of Object.entries(facts)) console.log(`${name.padEnd(14)} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    console.log(advice.length ? `\n${advice.map((line) => `- ${line}`).join('\n')}` : '\nnothing is missing')
  }
  return 0
}
