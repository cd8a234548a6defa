import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { craftArchive } from '../../../conformance/src/craft-archive.ts'
import { createRuntime, jit, type Tensor, tensor } from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'tsjit-deferred-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const runtime = createRuntime()
const native = it.skipIf(runtime.nativeProblem)

const side = 512 // a MiB of weights: enough to stay in the file, and to be packed at the second run
const methods = '  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return torch.linear(x, self.weight, None)\n'
const archive = craftArchive({ methods, tensors: [{ name: 'weight', sizes: [side, side] }] })
let files = 0
const written = (bytes: Uint8Array = archive): string => {
  const path = join(folder, `${files++}.pt`)
  writeFileSync(path, bytes)
  return path
}
const row = Array.from({ length: 4 }, (_, i) => Array.from({ length: side }, (_, k) => (i + k) % 5))
const input = (): Tensor => tensor(row, { dtype: 'float32', runtime })
const values = (output: unknown): number[] => Array.from((output as Tensor).data() as Float32Array)
const weightOf = (module: jit.ScriptModule): Tensor =>
  module.object.slots.find((slot) => slot !== null && typeof slot === 'object' && 'storage' in slot) as Tensor

native('weights come from the file when they are needed, and are the same', async () => {
  const path = written()
  const deferred = await jit.load(path, { runtime })
  const whole = await jit.load(path, { runtime, deferred: false })
  expect(weightOf(deferred).storage.deferredAddress).toBeGreaterThan(0)
  expect(weightOf(whole).storage.deferredAddress).toBeUndefined()
  const expected = values(whole.forward(input()))
  // in scratch memory, packed, and as it lies
  for (let i = 0; i < 3; i++) expect(values(deferred.forward(input()))).toEqual(expected)
  expect(weightOf(deferred).storage.deferredAddress).toBeGreaterThan(0)
  expect(weightOf(deferred).data()).toEqual(weightOf(whole).data())
  expect(weightOf(deferred).storage.deferredAddress).toBeUndefined()
  expect(values(deferred.forward(input()))).toEqual(expected)
})

native('convolutions pack their weights as these come from the file', async () => {
  const forward = (kernel: number): string =>
    `  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return torch.conv2d(x, self.weight, None, [1, 1], [${kernel >> 1}, ${kernel >> 1}], [1, 1], 1)\n`
  for (const [channels, kernel] of [
    [80, 3],
    [160, 1],
    [36, 5],
  ]) {
    // Winograd, whole blocks, a part of a block
    const path = written(
      craftArchive({ methods: forward(kernel), tensors: [{ name: 'weight', sizes: [channels, channels, kernel, kernel] }] }),
    )
    const image = tensor(
      Array.from({ length: channels * 100 }, (_, i) => Math.sin(i)),
      { dtype: 'float32', runtime },
    ).view([1, channels, 10, 10])
    const whole = await jit.load(path, { runtime, deferred: false })
    const deferred = await jit.load(path, { runtime })
    expect(weightOf(deferred).storage.deferredAddress).toBeGreaterThan(0)
    const expected = values(whole.forward(image))
    expect(new Set(expected).size).toBeGreaterThan(100)
    for (let i = 0; i < 3; i++) expect(values(deferred.forward(image))).toEqual(expected)
  }
})

native('weights that no kernel packs are read as they lie', async () => {
  const bodies = {
    'a sum with a broadcast input': 'torch.add(x, self.weight)',
    'a copy in another order': 'torch.contiguous(torch.t(self.weight))',
    'a reduction': 'torch.sum(self.weight, [1])',
    'rows picked by an index': 'torch.index_select(self.weight, 0, torch.arange(5))',
    'a softmax of what is computed while planning': 'torch.softmax(torch.mul(self.weight, 0.01), 1)',
    'both a product and a sum': 'torch.add(torch.linear(x, self.weight, None), self.weight[0])',
  }
  for (const [what, body] of Object.entries(bodies)) {
    const methods = `  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return ${body}\n`
    const path = written(craftArchive({ methods, tensors: [{ name: 'weight', sizes: [side, side] }] }))
    const vector = tensor(row[0], { dtype: 'float32', runtime })
    const whole = await jit.load(path, { runtime, deferred: false })
    const expected = values(whole.forward(vector))
    expect(new Set(expected).size, what).toBeGreaterThan(1)
    const deferred = await jit.load(path, { runtime })
    for (let i = 0; i < 3; i++) expect(values(deferred.forward(vector)), what).toEqual(expected)
  }
})

native('a file may be removed or replaced by another one under its name', async () => {
  const path = written()
  const module = await jit.load(path, { runtime })
  const other = written(new Uint8Array(100))
  renameSync(other, path)
  unlinkSync(path)
  const whole = await jit.load(written(), { runtime, deferred: false })
  expect(values(module.forward(input()))).toEqual(values(whole.forward(input())))
})

native('writing into the file is noticed, not computed with', async () => {
  const path = written()
  const module = await jit.load(path, { runtime })
  const bytes = readFileSync(path)
  const expected = values((await jit.load(written(), { runtime, deferred: false })).forward(input()))
  writeFileSync(path, new Uint8Array(bytes.length))
  utimesSync(path, new Date(), new Date(Date.now() + 5000))
  expect(() => module.forward(input())).toThrow(expect.objectContaining({ code: 'TSJ_ARCHIVE_CHANGED' }))
  expect(() => weightOf(module).data()).toThrow(expect.objectContaining({ code: 'TSJ_ARCHIVE_CHANGED' }))
  const untouched = await jit.load(written(), { runtime })
  expect(values(untouched.forward(input()))).toEqual(expected)
})

native('a wrong byte is found while loading', async () => {
  const damaged = archive.slice()
  const at = damaged.length >> 1
  damaged[at] ^= 1
  await expect(jit.load(written(damaged), { runtime })).rejects.toMatchObject({ code: 'TSJ_ARCHIVE_CRC' })
})

native('in-place writes and disposal work on weights that were never read', async () => {
  const path = written()
  const module = await jit.load(path, { runtime })
  copyFileSync(path, join(folder, 'copy.pt'))
  const weight = weightOf(module) as Tensor & { mul_(factor: number): Tensor }
  const before = values(module.forward(input()))
  weight.mul_(2)
  expect(values(module.forward(input()))).toEqual(before.map((value) => value * 2))
  const second = await jit.load(path, { runtime })
  second.dispose()
  expect(() => second.forward(input())).toThrow(expect.objectContaining({ code: expect.stringMatching(/^TSJ_/) }))
})
