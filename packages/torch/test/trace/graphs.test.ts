import { readFileSync } from 'node:fs'
import { canonicalGraph, type GraphFunction } from '@tsjit/ir'
import { describe, expect, it } from 'vitest'
import * as torch from '../../src/index.ts'
import { functions, modules } from './programs.ts'

const expected: { functions: Record<string, string>; modules: Record<string, Record<string, string>> } = JSON.parse(
  readFileSync(new URL('graphs.json', import.meta.url), 'utf8'),
)
const plain = (text: string): string => text.replace(/___torch_mangle_\d+\./g, '')
const quiet = { onWarning: () => {} }

describe('graphs of traced functions are PyTorch’s', () => {
  it.each(Object.keys(expected.functions))('%s', (name) => {
    const { fn, inputs, options } = functions[name]
    const traced = torch.jit.trace(fn, inputs, { ...quiet, ...options })
    expect(plain(canonicalGraph(traced.graph))).toBe(expected.functions[name])
  })
})

describe('graphs of traced modules are PyTorch’s', () => {
  it.each(Object.keys(expected.modules))('%s', (name) => {
    const { make, inputs, training = false } = modules[name]
    const traced = torch.jit.trace(make().train(training), inputs, { ...quiet, checkTrace: !training })
    const graphs: Record<string, string> = {}
    for (const [path, { type }] of traced.namedModules())
      for (const [method, fn] of type.methods) graphs[`${path}:${method}`] = plain(canonicalGraph((fn as GraphFunction).graph))
    expect(graphs).toEqual(expected.modules[name])
  })
})
