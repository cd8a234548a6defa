import { readFileSync } from 'node:fs'
import { verifyGraph } from '@tsjit/ir'
import { Source, TsjitError } from '@tsjit/types'
import { expect, test } from 'vitest'
import { PythonFunction, PythonProgram } from '../src/index.ts'

/** A small generator of its own, so that a failure names its seed. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
}

const files = ['values', 'refusals', 'frontend', 'control_flow']
const definitions = files.flatMap((file) => {
  const text = readFileSync(new URL(`./cases/${file}.py`, import.meta.url), 'utf8')
  const heads = text.slice(0, text.indexOf('\ndef ') + 1)
  return text
    .split(/^(?=def )/m)
    .slice(1)
    .map((body) => ({
      heads: file === 'control_flow' ? 'import torch, math\nimport torch.nn.functional as F\nfrom typing import List\n' : heads,
      body,
    }))
})
const tokens =
  'x n l f 0 1 -1 1.5 "a" None True [ ] ( ) { } : , . = == + - * / // ** @ % & | ~ < > not and or in is if else for while return break continue def class lambda assert raise with del pass int float Tensor List[int] Optional[int] torch F.relu range( len( zip( enumerate( isinstance( hasattr( getattr( print( ... ; \n \n    \n        * ** -> import yield await global try: except:'.split(
    ' ',
  )

function mutate(text: string, next: (below: number) => number): string {
  let out = text
  for (let i = 1 + next(2); i > 0; i--) {
    const at = next(out.length)
    const length = next(12)
    const choice = next(5)
    if (choice === 0) out = out.slice(0, at) + out.slice(at + length)
    else if (choice === 1) out = `${out.slice(0, at)} ${tokens[next(tokens.length)]} ${out.slice(at)}`
    else if (choice === 2) out = out.slice(0, at) + String.fromCharCode(32 + next(95)) + out.slice(at + 1)
    else if (choice === 3) {
      const words = [...out.matchAll(/\w+/g)]
      const a = words[next(words.length)]
      const b = words[next(words.length)]
      if (a && b) out = out.slice(0, a.index) + b[0] + out.slice(a.index + a[0].length)
    } else {
      const lines = out.split('\n')
      const from = lines[next(lines.length)]
      lines.splice(next(lines.length), 0, from)
      out = lines.join('\n')
    }
  }
  return out
}

const rounds = Number(process.env.TSJIT_FUZZ ?? 1500)

test(`${rounds} mutated sources: a graph or a typed error`, { timeout: 600_000 }, () => {
  let compiled = 0
  for (let seed = 0; seed < rounds; seed++) {
    const next = random(seed * 7919 + 17)
    const { heads, body } = definitions[next(definitions.length)]
    const text = heads + mutate(body, next)
    try {
      const module = new PythonProgram().add(new Source(text, 'mutated.py'), 'program')
      for (const name of module.definedNames.slice(-1)) {
        const made = module.lookup(name)
        if (made instanceof PythonFunction) verifyGraph(made.compile().graph)
      }
      compiled++
    } catch (error) {
      if (!(error instanceof TsjitError)) throw new Error(`seed ${seed}: ${(error as Error).stack}\n${mutate(body, random(seed))}`)
    }
  }
  expect(compiled).toBeGreaterThan(rounds / 30)
})
