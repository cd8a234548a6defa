import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { GraphFunction } from '@tsjit/ir'
import { Graph } from '@tsjit/ir'
import { FunctionSchema, FunctionType, Source, SourceRange, TensorT } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { ArchiveCode, FileSource, functionCode, type LoadedArchive } from '../src/index.ts'
import { codeOf } from './fixture.ts'
import { loaded, objectsIn, savedBytes, savedNames } from './loaded-module.ts'

/** Prints everything that the module needs, and what the archive had. */
function printed(archive: LoadedArchive): { got: Record<string, string>; want: Record<string, string> } {
  const code = new ArchiveCode()
  for (const object of objectsIn(archive.module)) code.define(object.type)
  code.defineAll(archive.module.type)
  return {
    got: Object.fromEntries(code.codeFiles().map(({ path, text }) => [path, text])),
    want: Object.fromEntries([...archive.sources].map(([path, source]) => [path, source().text])),
  }
}

const programs = fileURLToPath(new URL('../../../../shared/programs/', import.meta.url))

describe('the code printer', () => {
  // `bound` holds a class inside of a C++ object, which only saving looks into.
  it.each(savedNames.filter((name) => name !== 'bound'))("writes PyTorch's code of %s", (name) => {
    const { got, want } = printed(loaded(savedBytes(name)))
    expect(Object.keys(want).length).toBeGreaterThan(0)
    expect(got).toEqual(want)
  })

  it('shows a method as `code` does', () => {
    const { module } = loaded(savedBytes('traced'))
    const { code, constants } = functionCode(module.type.methods.get('forward') as GraphFunction, { isMethod: true })
    expect(code).toMatch(/^def forward\(self,\n {4}input: Tensor\) -> Tensor:\n/)
    expect(code).toContain('_4 = (_2).forward((_1).forward((_0).forward(input, ), ), )\n  return (_3).forward(_4, )\n')
    expect(constants).toEqual([])
  })

  it('says what cannot be printed', () => {
    const graph = new Graph()
    const range = new SourceRange(new Source('acme(x)', 'net.py'), 0, 7)
    graph.registerOutput(graph.insert('acme::op', [graph.addInput('x')], 1, range).output)
    const argument = { name: 'x', type: TensorT, typeText: 'Tensor', hasDefault: false, kwargOnly: false }
    const schema = new FunctionSchema('f', '', [argument], [{ ...argument, name: '' }])
    const fn = { name: '__torch__.f', schema, graph } as unknown as GraphFunction
    expect(codeOf(() => functionCode(fn))).toBe('TSJ_CODE_OPERATOR')
  })

  it('gives namesakes names of their own', () => {
    const code = new ArchiveCode()
    const [a, b] = [loaded(savedBytes('hooked')), loaded(savedBytes('hooked'))].map(({ module }) => module.type)
    expect(code.nameOf(a)).toBe('__torch__.Hooked')
    expect(code.nameOf(b)).toBe('__torch__.___torch_mangle_0.Hooked')
    code.define(a)
    code.define(b)
    const files = code.codeFiles()
    expect(files.map(({ path }) => path)).toEqual(['__torch__.py', '__torch__/___torch_mangle_0.py'])
    expect(files[1].text).toContain('self: __torch__.___torch_mangle_0.Hooked')
    const fn = a.methods.get('forward') as GraphFunction
    expect(code.nameOf(new FunctionType(fn))).toBe(code.nameOf(new FunctionType(fn)))
  })

  it('tells where text comes from', () => {
    const code = new ArchiveCode()
    const { module } = loaded(savedBytes('flow'))
    code.define(module.type)
    const [{ text, ranges }] = code.codeFiles()
    const at = text.indexOf('torch.gelu')
    const { range } = ranges.findLast(({ offset }) => offset <= at)!
    expect(range!.source.text.slice(range!.start, range!.end)).toContain('gelu')
  })

  it.skipIf(!existsSync(programs))(
    "writes PyTorch's code of the sample programs again (skipped without shared/programs)",
    () => {
      let files = 0
      const different: string[] = []
      for (const name of readdirSync(programs).sort()) {
        const path = `${programs}${name}/model.pt`
        if (!existsSync(path)) continue
        const file = FileSource.open(path)
        try {
          const { got, want } = printed(loaded(file.read(0, file.size)))
          for (const key of Object.keys({ ...got, ...want })) {
            files++
            if (got[key] !== want[key]) different.push(`${name} ${key}`)
          }
        } catch (error) {
          // What does not load is for other tests.
          if (!/cannot be loaded/.test(String(error))) throw error
        } finally {
          file.close()
        }
      }
      // PyTorch itself does not write these four again as they are.
      expect(different.length, different.join('\n')).toBeLessThanOrEqual(4)
      expect(files).toBeGreaterThan(600)
    },
    60_000,
  )
})
