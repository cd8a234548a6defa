import { createRuntime } from '@tsjit/torch'
import type { Command } from '../command.ts'

export const doctor: Command = {
  help: `tsjit doctor

What this machine has for tsjit: the native addon, instruction sets, oneDNN, threads, and what to do about what is missing.

  --json           the same as an object, with a list "advice"`,
  options: {},
  async run(values) {
    const runtime = createRuntime()
    const cpu = runtime.dispatcher.backendFor(runtime.dispatcher.defaultDevice)
    const facts: Record<string, unknown> = {
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      backend: cpu.name,
      ...cpu.describe?.(),
    }
    const advice: string[] = []
    const { nativeProblem } = runtime
    if (nativeProblem) {
      facts.addon = 'missing'
      advice.push(nativeProblem.message, ...nativeProblem.tried.map((text) => `tried ${text}`))
      advice.push('meanwhile everything runs on the reference backend, in plain JavaScript: correct, and slow')
      if (nativeProblem.code === 'TSJ_ADDON_DISABLED') advice.push('unset TSJIT_CPU to use it')
      else advice.push('in a checkout: apt-get install g++ cmake, then npm run setup')
    } else if (typeof facts.oneDNN !== 'string' || facts.oneDNN.startsWith('not')) {
      advice.push(
        'oneDNN is missing: convolutions and matrix products use the built-in kernels. apt-get install libdnnl-dev, then npm run setup',
      )
    }
    if (values.json) console.log(JSON.stringify({ ...facts, advice }))
    else {
      for (const [name, value] of Object.entries(facts)) console.log(`${name.padEnd(14)} ${factText(value)}`)
      console.log(advice.length ? `\n${advice.map((line) => `- ${line}`).join('\n')}` : '\nnothing is missing')
    }
    return 0
  },
}

function factText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, item]) => `${key} ${String(item)}`)
      .join(', ')
  return String(value)
}
