import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BytesSource, ZipReader } from '@tsjit/serializer'
import { afterAll, describe, expect, it } from 'vitest'
import { type CraftedTensor, craftArchive, rewriteArchive } from '../src/craft-archive.ts'
import { runCli } from '../src/run-cli.ts'

const archives = fileURLToPath(new URL('../archives/', import.meta.url))
const model = join(archives, 'net-mlp-script/model.pt')
const good = new Uint8Array(readFileSync(model))
const folder = mkdtempSync(join(tmpdir(), 'tsjit-bad-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const forward = '  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return torch.add(x, self.weight)\n'
const weight = (fields: Partial<CraftedTensor>): Uint8Array =>
  craftArchive({ methods: forward, tensors: [{ name: 'weight', sizes: [2, 3], ...fields }] })
const code = (text: string): Uint8Array => craftArchive({ methods: text })
const pickled = (text: string): Uint8Array => rewriteArchive(good, { 'data.pkl': Uint8Array.from(text, (char) => char.charCodeAt(0)) })

/** A byte inside a stored record changed. */
function damaged(record: RegExp): Uint8Array {
  const zip = ZipReader.open(new BytesSource(good))
  const name = [...zip.entries.keys()].find((entry) => record.test(entry))!
  const bytes = good.slice()
  bytes[zip.dataOffset(name) + 5] ^= 0x40
  return bytes
}

/** `why` it is refused: exit status 2, this code, a message that says this. */
const badArchives: readonly (readonly [why: string, bytes: () => Uint8Array, code: RegExp, message: RegExp])[] = [
  ['an empty file', () => new Uint8Array(0), /TSJ_ARCHIVE_/, /zip|short|empty/i],
  [
    'no zip file',
    () => new TextEncoder().encode('not a zip file at all, but some text that is long enough to be looked at'),
    /TSJ_ARCHIVE_/,
    /zip/i,
  ],
  ['cut at half', () => good.slice(0, good.length >> 1), /TSJ_ARCHIVE_/, /zip|cut|truncated|incomplete/i],
  ['cut by a byte', () => good.slice(0, -1), /TSJ_ARCHIVE_/, /zip|end|truncated|incomplete/i],
  ['a wrong CRC', () => damaged(/\/data\/0$/), /TSJ_ARCHIVE_CRC/, /expected CRC-32 [\da-f]{8}, found [\da-f]{8}.*data\/0/s],
  ['a zip bomb', () => rewriteArchive(good, { 'code/__torch__.py': new Uint8Array(200 << 20) }), /TSJ_ARCHIVE_/, /limit|ratio|inflate/i],
  [
    'a pickle that names os.system',
    () => pickled('\x80\x02cos\nsystem\nX\x02\x00\x00\x00id\x85R.'),
    /TSJ_PICKLE_FORBIDDEN_GLOBAL/,
    /os\.system/,
  ],
  [
    'a pickle that names builtins.eval',
    () => pickled('\x80\x02cbuiltins\neval\nX\x03\x00\x00\x001+1\x85R.'),
    /TSJ_PICKLE_FORBIDDEN_GLOBAL/,
    /builtins\.eval/,
  ],
  ['a pickle that ends early', () => pickled('\x80\x02}q\x00X\x10\x00\x00\x00abc'), /TSJ_PICKLE_/, /end/i],
  [
    'a storage too short for its record',
    () => weight({ data: new Float32Array(2) }),
    /TSJ_ARCHIVE_STORAGE_TOO_SHORT/,
    /expected a storage of 24 bytes, found 8/,
  ],
  ['a storage too short for its tensor', () => weight({ data: new Float32Array(2), claimed: 2 }), /TSJ_/, /storage/],
  ['a storage that is missing', () => rewriteArchive(weight({}), { 'data/0': undefined }), /TSJ_ARCHIVE_STORAGE_TOO_SHORT/, /found none/],
  ['negative sizes', () => weight({ sizes: [-2, -3], strides: [3, 1], data: new Float32Array(6), claimed: 6 }), /TSJ_/, /-2|negative|size/],
  [
    'overflowing sizes',
    () => weight({ sizes: [2 ** 40, 2 ** 40], strides: [2 ** 40, 1], data: new Float32Array(6), claimed: 6 }),
    /TSJ_/,
    /size|storage|overflow|large/,
  ],
  ['strides that leave the storage', () => weight({ strides: [1000, 1] }), /TSJ_/, /storage|stride/],
  ['a negative offset', () => weight({ offset: -4 }), /TSJ_/, /offset|-4/],
  [
    'code that does not parse',
    () => code('  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return (x +\n'),
    /TSJ_/,
    /code\/__torch__\.py.*<--- HERE/s,
  ],
  [
    'code that does not type-check',
    () => code('  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return "text"\n'),
    /TSJ_/,
    /Tensor.*<--- HERE/s,
  ],
  [
    'a name that does not exist',
    () => code('  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return y\n'),
    /TSJ_/,
    /y.*<--- HERE/s,
  ],
  [
    'an unknown operator',
    () => code('  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return torch.sigmoidd(x)\n'),
    /TSJ_UNKNOWN_OPERATOR/,
    /aten::sigmoidd.*aten::sigmoid\b.*return torch\.sigmoidd\(x\)\n\s*~+ <--- HERE/s,
  ],
  ['a version from the future', () => rewriteArchive(good, { version: '99\n' }), /TSJ_ARCHIVE_VERSION/, /99/],
  [
    'no code',
    () =>
      rewriteArchive(
        good,
        Object.fromEntries(
          [...ZipReader.open(new BytesSource(good)).entries.keys()]
            .filter((n) => n.includes('/code/'))
            .map((n) => [n.slice(n.indexOf('/') + 1), undefined]),
        ),
      ),
    /TSJ_ARCHIVE_/,
    /class/,
  ],
]

async function expectRefusal(args: readonly string[], codes: RegExp, message: RegExp): Promise<void> {
  const { status, stdout, stderr, ms } = await runCli([...args, '--json'])
  expect({ status, stderr }).toMatchObject({ status: 2 })
  expect(stderr).toMatch(/^tsjit: TSJ_\w+: /)
  expect(stderr).toMatch(codes)
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/\n\s+at .*(:\d+:\d+\)?|node:internal)/)
  expect(JSON.parse(stdout).error.code).toMatch(codes)
  expect(ms).toBeLessThan(60_000)
}

describe('bad archives end in a typed error, exit status 2 and no stack', { timeout: 240_000 }, () => {
  it.concurrent.each(badArchives)('%s', async (why, bytes, codes, message) => {
    const path = join(folder, `${why.replaceAll(/\W+/g, '-')}.pt`)
    writeFileSync(path, bytes())
    await expectRefusal(['run', path, '--input', 'ones(2,3)'], codes, message)
  })
})

describe('bad inputs and usage likewise', { timeout: 240_000 }, () => {
  const rows: readonly (readonly [why: string, args: readonly string[], code: RegExp, message: RegExp])[] = [
    ['no inputs', [model], /TSJ_ARGUMENT_COUNT/, /argument 'x' of type 'Tensor' is missing/],
    ['too many inputs', [model, '-i', 'ones(1,12)', '-i', '3'], /TSJ_ARGUMENT_COUNT/, /takes 1 argument, but 2 were given/],
    [
      'a text for a tensor',
      [model, '-i', '"text"'],
      /TSJ_VALUE_TYPE/,
      /expected a value of type 'Tensor' for argument 'x', but found str "text"/,
    ],
    ['a wrong shape', [model, '-i', 'ones(2,13)'], /TSJ_/, /13/],
    ['a wrong dtype', [model, '-i', 'ones(2,12):int64'], /TSJ_/, /int64|Long|dtype/i],
    ['no such method', [model, '--method', 'backward'], /TSJ_NO_METHOD/, /backward.*forward/s],
    ['no such model', [join(folder, 'none.pt')], /TSJ_USAGE/, /there is no file/],
    ['a folder as a model', [folder], /TSJ_USAGE/, /is not a file/],
    ['no such input file', [model, '-i', join(folder, 'none.npy')], /TSJ_USAGE/, /none\.npy/],
    ['an input that is nothing', [model, '-i', 'some text'], /TSJ_USAGE/, /neither a value nor a file/],
    ['a ragged literal', [model, '-i', '[[1, 2], [3]]'], /TSJ_TENSOR_DATA/, /same length/],
    ['a size too large', [model, '-i', 'ones(99999999,99999999,12)'], /TSJ_/, /large|memory/i],
    ['an unknown device', [model, '--device', 'tpu'], /TSJ_USAGE/, /tpu/],
    ['an unknown option', [model, '--nonsense'], /TSJ_USAGE/, /nonsense/],
    ['an output of unknown kind', [model, '-i', 'ones(1,12)', '--output', 'x.txt'], /TSJ_USAGE/, /\.npy/],
  ]
  it.concurrent.each(rows)('%s', async (_why, args, codes, message) => expectRefusal(['run', ...args], codes, message))

  it.concurrent('a torch.save file where an archive is wanted', async () => {
    await expectRefusal(['run', join(archives, 'net-mlp-script/io.pt')], /TSJ_ARCHIVE_NOT_TORCHSCRIPT/, /torch\.save/)
  })
  it.concurrent('an archive where recorded calls are wanted', async () => {
    const { status, stdout } = await runCli(['verify', model, model, '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'error', message: expect.stringMatching(/TSJ_/) })
  })
  it.concurrent('an unknown command', async () => {
    await expectRefusal(['runn'], /TSJ_USAGE/, /unknown command 'runn'/)
  })
})

describe('archives with operators that cannot run', { timeout: 240_000 }, () => {
  const unknown = join(folder, 'unknown-operator.pt')
  writeFileSync(
    unknown,
    code('  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return ops.acme.frobnicate(torch.relu(x))\n'),
  )
  const missing = join(folder, 'missing-kernel.pt')
  writeFileSync(
    missing,
    code('  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return torch.relu(torch._nested_from_padded_tensor(x, x, x))\n'),
  )

  it('inspect lists them', async () => {
    const { status, stdout } = await runCli(['inspect', missing, '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout).missing).toEqual(['aten::_nested_from_padded_tensor'])
  })
  it('graph shows them', async () => {
    const { status, stdout, stderr } = await runCli(['graph', missing])
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('aten::_nested_from_padded_tensor') })
    expect(stdout).toContain('aten::_nested_from_padded_tensor(')
  })
  it('inspect lists operators that do not exist', async () => {
    const { status, stdout } = await runCli(['inspect', unknown, '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ class: '__torch__.M', missing: ['acme::frobnicate'], problems: [] })
  })
  it('graph shows operators that do not exist', async () => {
    const { status, stdout, stderr } = await runCli(['graph', unknown])
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('acme::frobnicate') })
    expect(stdout).toContain('acme::frobnicate(')
  })
  it('run names them', async () => {
    await expectRefusal(['run', unknown, '-i', 'ones(2)'], /TSJ_UNKNOWN_OPERATOR/, /acme::frobnicate.*<--- HERE/s)
  })
})
