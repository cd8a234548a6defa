import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { jit, tensor, tolist } from '../src/index.ts'

const digits = fileURLToPath(new URL('../../../examples/digits/digits.pt', import.meta.url))

it('saves what loads again and computes the same', async () => {
  const module = await jit.load(digits)
  const path = join(mkdtempSync(join(tmpdir(), 'tsjit-save-')), 'again.pt')
  jit.save(module, path)
  const again = await jit.load(path)
  const x = tensor(Array.from({ length: 64 }, (_, i) => (i % 7) / 7), { shape: [1, 1, 8, 8], dtype: 'float32' })
  expect(tolist(again.forward(x))).toEqual(tolist(module.forward(x)))
  expect(jit.saveToBuffer(again)).toEqual(jit.saveToBuffer(module))
})
