import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createRuntime, jit } from '@tsjit/torch'
import { describe, expect, it } from 'vitest'
import { replayCase } from '../src/verify/replay.ts'

/** Quantised models as PyTorch saves them; see record-quantized.py. */
const folder = fileURLToPath(new URL('./fixtures/quantized/', import.meta.url))

describe('quantised archives', () => {
  const runtime = createRuntime({ cpu: 'reference' })
  it.each(readdirSync(folder))('%s', async (name) => {
    const load = async (path: string) => jit.load(path, { runtime, mapLocation: 'cpu' })
    const result = await replayCase(name, `${folder}${name}/model.pt`, `${folder}${name}/io.pt`, { runtime, load })
    expect(result).toMatchObject({ status: 'pass', calls: 1 })
  })
})
