import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readNpy, readSafetensors } from '@tsjit/serializer'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const digits = join(root, 'examples/digits/digits.pt')
const archives = join(root, 'conformance/archives')
const folder = mkdtempSync(join(tmpdir(), 'tsjit-commands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const entry = process.env.TSJIT_TEST_BUILT
  ? ['packages/cli/dist/main.js']
  : ['--conditions', 'tsjit-source', '--import', 'tsx', 'packages/cli/src/main.ts']

/** Standard output of a command that must exit with `status`. */
function tsjit(
  args: readonly string[],
  { status = 0, env = {} }: { status?: number; env?: Record<string, string> } = {},
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...entry, ...args],
      { cwd: root, maxBuffer: 1 << 26, env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        if ((error?.code ?? 0) !== status) reject(new Error(`exit status ${error?.code ?? 0}, expected ${status}\n${stdout}${stderr}`))
        else resolve({ stdout, stderr })
      },
    )
  })
}

// Processes start slowly on a machine that does other things.
describe('tsjit', { timeout: 240_000 }, () => {
  it('says its version and its commands', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))
    expect((await tsjit(['--version'])).stdout).toBe(`${version}\n`)
    const { stdout } = await tsjit(['--help'])
    const commands = ['run', 'verify', 'inspect', 'graph', 'code', 'bench', 'doctor']
    const texts = await Promise.all(commands.map((command) => tsjit([command, '--help'])))
    for (const [i, command] of commands.entries()) {
      expect(stdout).toContain(`  ${command} `)
      expect(texts[i].stdout).toMatch(new RegExp(`^tsjit ${command}\\b`))
    }
  })

  it('run reads a picture and prints what PyTorch would', async () => {
    const picture = join(root, 'examples/digits/pictures/digit-3.png')
    const { stdout } = await tsjit(['run', digits, '--input', picture, '--grey', '--invert'])
    expect(stdout).toMatch(/^tensor\(\[\[.*9\.99\d+e-01/s)
  })

  it('run --json reports values and segments', async () => {
    const { stdout } = await tsjit(['run', join(archives, 'state-counter/model.pt'), '-i', '[1.0, 2.0, 0.5]', '-i', '2', '--json'])
    const report = JSON.parse(stdout)
    expect(report.result).toEqual([{ dtype: 'float32', shape: [3], data: [2, 4, 1] }, 2, 1, '1 calls'])
    expect(report.segments).toBeTypeOf('number')
    expect(report.execution.gear).toBe('codegen')
  })

  it('run --method prints dicts', async () => {
    const { stdout } = await tsjit(['run', join(archives, 'state-counter/model.pt'), '--method', 'count', '-i', '["a", "b", "a"]'])
    expect(stdout).toBe("{'a': 2, 'b': 1}\n")
  })

  it('run ends with the exception that the model raised, its source line and exit status 2', async () => {
    const { stderr } = await tsjit(['run', join(archives, 'state-counter/model.pt'), '--method', 'count', '-i', '["a", ""]'], { status: 2 })
    expect(stderr).toMatch(/raise ValueError\("an empty word"\)\n\s+~+ <--- HERE/)
    expect(stderr).toContain('ValueError: an empty word')
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('run --output writes .npy, .safetensors and .json files', async () => {
    const path = (name: string): string => join(folder, name)
    const args = ['run', join(archives, 'net-conv-script/model.pt'), '-i', 'rand(1,3,16,16)', '--seed', '1', '--output']
    await tsjit([...args, path('out.safetensors')])
    const { tensors } = readSafetensors(readFileSync(path('out.safetensors')))
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['output.0', [1, 4, 32, 32]],
      ['output.1', [1, 16]],
    ])
    await tsjit([...args, path('out.json')])
    expect(JSON.parse(readFileSync(path('out.json'), 'utf8'))[1].shape).toEqual([1, 16])
    await tsjit([...args, path('out.npy')], { status: 2 })
    expect(existsSync(path('out.npy'))).toBe(false)
    await tsjit(['run', digits, '-i', 'zeros(2,1,8,8)', '--output', path('one.npy')])
    expect(readNpy(readFileSync(path('one.npy'))).shape).toEqual([2, 10])
  })

  it('--seed makes random inputs the same', async () => {
    const once = (): Promise<{ stdout: string }> => tsjit(['run', digits, '-i', 'rand(1,1,8,8)', '--seed', '3'])
    expect((await once()).stdout).toBe((await once()).stdout)
  })

  it('verify passes what PyTorch recorded, a file and a folder', async () => {
    const { stdout } = await tsjit(['verify', digits, join(root, 'examples/digits/held-back.pt'), '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ case: 'digits.pt', status: 'pass', calls: 1, message: null, missingOps: [] })
    expect((await tsjit(['verify', archives, '--only', 'net-mlp'])).stdout).toMatch(/2 of 2 cases pass/)
  })

  it('verify fails with exit status 1 where outputs differ', async () => {
    const io = join(archives, 'net-mlp-script/io.pt')
    const { stdout } = await tsjit(
      ['verify', join(archives, 'net-mlp-script/model.pt'), join(archives, 'net-attention-trace/io.pt'), '--json'],
      { status: 1 },
    )
    expect(JSON.parse(stdout)).toMatchObject({ status: 'error', calls: 0 })
    await tsjit(['verify', join(folder, 'none.pt'), io], { status: 2 })
  })

  it('inspect shows tree, methods and kernels', async () => {
    const { stdout } = await tsjit(['inspect', digits])
    expect(stdout).toContain('__torch__.DigitNet, format version')
    expect(stdout).toMatch(/0: Conv2d {2}\(240 parameters; weight \[24, 1, 3, 3\] float32/)
    expect(stdout).toMatch(/aten::conv2d +\d+ +\w+/)
    const report = JSON.parse((await tsjit(['inspect', digits, '--json', '--device', 'reference'])).stdout)
    expect(report).toMatchObject({ class: '__torch__.DigitNet', parameters: 34266, missing: [], problems: [] })
  })

  it('graph prints IR in every form', async () => {
    const model = join(archives, 'net-mlp-script/model.pt')
    expect((await tsjit(['graph', model])).stdout).toMatch(/^graph\(%self.*prim::CallMethod\[name="forward"\]/s)
    const inlined = (await tsjit(['graph', model, '--inlined', '--canonical'])).stdout
    expect(inlined).toContain('aten::linear')
    expect(inlined).not.toContain('prim::CallMethod')
    expect((await tsjit(['graph', model, '--optimized'])).stdout).toContain('aten::')
    expect((await tsjit(['graph', model, '--dot'])).stdout).toMatch(/^digraph "forward" \{/)
  })

  it('code prints the source', async () => {
    expect((await tsjit(['code', digits])).stdout).toContain('class DigitNet(Module):')
    expect(Object.keys(JSON.parse((await tsjit(['code', digits, '--all', '--json'])).stdout))).toContain('__torch__.py')
  })

  it('bench measures', async () => {
    const fields = {
      median_ms: expect.any(Number),
      min_ms: expect.any(Number),
      calls: expect.any(Number),
      threads: 1,
      load_ms: expect.any(Number),
      first_ms: expect.any(Number),
      peak_rss_mb: expect.any(Number),
    }
    const shapes = await tsjit(['bench', digits, '--shape', '1x1x8x8', '--seconds', '0.2', '--threads', '1', '--json'])
    expect(JSON.parse(shapes.stdout)).toEqual(fields)
    const recorded = await tsjit([
      'bench',
      join(archives, 'net-lstm-script/model.pt'),
      join(archives, 'net-lstm-script/io.pt'),
      '--seconds',
      '0.2',
      '--threads',
      '1',
      '--json',
    ])
    expect(JSON.parse(recorded.stdout)).toEqual(fields)
  })

  it('doctor says what is there, and without the addon what to do', async () => {
    expect(JSON.parse((await tsjit(['doctor', '--json'])).stdout)).toMatchObject({ node: process.version, advice: expect.any(Array) })
    const { stdout } = await tsjit(['doctor'], { env: { TSJIT_CPU: '0' } })
    expect(stdout).toMatch(/addon +missing/)
    expect(stdout).toContain('- unset TSJIT_CPU')
  })

  it('works without the addon', async () => {
    const { stdout } = await tsjit(['verify', archives, '--only', '^net-'], { env: { TSJIT_CPU: '0' } })
    expect(stdout).toMatch(/8 of 8 cases pass/)
  })

  it('--debug shows the stack of an error', async () => {
    expect((await tsjit(['run', join(folder, 'none.pt'), '--debug'], { status: 2 })).stderr).toMatch(/\n\s+at /)
  })
})
