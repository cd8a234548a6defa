import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompilationUnit, Graph, GraphFunction } from '@tsjit/ir'
import { cpu, Device, ScriptFuture, ScriptObject, Storage, Tensor } from '@tsjit/runtime'
import {
  AnyType,
  ClassType,
  FloatType,
  FunctionSchema,
  FutureType,
  IntType,
  ListType,
  Source,
  SourceRange,
  StringType,
  TensorT,
  type TsjitError,
  UnionType,
} from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { BytesSource, type SavedModule, saveArchive, saveArchiveFile, ZipReader } from '../src/index.ts'
import { codeOf, text } from './fixture.ts'
import { loaded, savedBytes, savedNames, saveOptions } from './loaded-module.ts'

function records(bytes: Uint8Array): Map<string, Uint8Array> {
  const zip = ZipReader.open(new BytesSource(bytes))
  return new Map([...zip.entries.keys()].map((name) => [name.slice(name.indexOf('/') + 1), zip.read(name)]))
}

/** A module of one attribute each. */
function moduleOf(
  attributes: Record<string, readonly [ConstructorParameters<typeof ListType>[0], unknown]>,
  name = '__torch__.Net',
): SavedModule {
  const type = new ClassType(name, true)
  for (const [attribute, [attributeType]] of Object.entries(attributes)) type.addAttribute(attribute, attributeType)
  const unit = new CompilationUnit()
  unit.addType(type)
  return {
    object: new ScriptObject(
      type,
      Object.values(attributes).map(([, value]) => value),
    ),
    unit,
  }
}

function addMethod({ object, unit }: SavedModule, build: (graph: Graph) => void): void {
  const graph = new Graph()
  graph.addInput('self', object.type)
  build(graph)
  const argument = (name: string, type = TensorT as ConstructorParameters<typeof ListType>[0]) => ({
    name,
    type,
    typeText: String(type),
    hasDefault: false,
    kwargOnly: false,
  })
  const args = graph.inputs.map((input) => argument(input.debugName, input.type))
  const fn = new GraphFunction(
    `${object.type.name}.forward`,
    new FunctionSchema('forward', '', args, [argument('', graph.outputs[0].type)]),
    graph,
  )
  unit.addFunction(fn)
  object.type.methods.set('forward', fn)
}

describe('saveArchive', () => {
  it.each(savedNames)('writes the records of %s as PyTorch does', (name) => {
    const saved = saveArchive(loaded(savedBytes(name)), { ...saveOptions, root: name })
    const got = records(saved)
    const want = records(savedBytes(name))
    expect([...got.keys()]).toEqual([...want.keys()])
    for (const [record, bytes] of want) {
      // The memo of pickles follows reference counts in PyTorch, and ids hash the names in another order; the rest is equal.
      if (/\.pkl$|debug_pkl$|serialization_id$/.test(record)) continue
      expect(text(got.get(record)!), record).toBe(text(bytes))
    }
  })

  it.each(savedNames)('writes the same bytes of %s again, also after loading', (name) => {
    const archive = loaded(savedBytes(name))
    const first = saveArchive(archive, saveOptions)
    const fresh = name === 'state' ? loaded(savedBytes(name)) : archive
    expect(Buffer.compare(saveArchive(fresh, saveOptions), first)).toBe(0)
    const second = saveArchive(loaded(first), saveOptions)
    const third = saveArchive(loaded(second), saveOptions)
    expect(Buffer.compare(second, third)).toBe(0)
  })

  it('keeps what is shared', () => {
    const { module } = loaded(saveArchive(loaded(savedBytes('shared'))))
    const [weight, column, rows, transposed] = ['weight', 'column', 'rows', 'transposed'].map((name) => module.getAttribute(name) as Tensor)
    expect([column.storage, rows.storage, transposed.storage]).toEqual([weight.storage, weight.storage, weight.storage])
    expect([column.offset, column.strides, rows.offset, transposed.strides]).toEqual([1, [4], 4, [1, 4]])
    expect([weight.requiresGrad, rows.requiresGrad]).toEqual([true, false])
    const [first, second] = ['first', 'second'].map((name) => module.getAttribute(name) as ScriptObject)
    expect(first.getAttribute('weight')).toBe(second.getAttribute('weight'))
    const lists = loaded(saveArchive(loaded(savedBytes('shared-list')))).module
    const [a, b] = ['a', 'b'].map((name) => (lists.getAttribute(name) as ScriptObject).getAttribute('log'))
    expect(a).toEqual([1, 2, 3])
    expect(a).toBe(b)
  })

  it('copies a storage that is seen as two dtypes', () => {
    const storage = new Storage(cpu, 8, Float32Array.of(1, 2).buffer)
    const module = moduleOf({
      a: [TensorT, new Tensor(storage, 'float32', [2], [1])],
      b: [TensorT, new Tensor(storage, 'int32', [2], [1])],
    })
    const back = loaded(saveArchive(module)).module
    expect([...(back.getAttribute('a') as Tensor).data()]).toEqual([1, 2])
    expect([...(back.getAttribute('b') as Tensor).data()]).toEqual([...new Int32Array(Float32Array.of(1, 2).buffer)])
  })

  it('writes values of unions and Any by what they are', () => {
    const either = new UnionType([IntType, StringType, FloatType])
    const saved = saveArchive(moduleOf({ any: [AnyType, 'x'], either: [either, 'y'], device: [AnyType, Device.parse('cpu')] }))
    expect(loaded(saved).module.slots).toEqual(['x', 'y', Device.parse('cpu')])
  })

  it('writes extra files in the order of their names', () => {
    const saved = saveArchive(loaded(savedBytes('hooked')), { extraFiles: { 'b.txt': 'two', 'a.bin': Uint8Array.of(1, 2) } })
    const got = records(saved)
    expect([...got.keys()].slice(0, 2)).toEqual(['extra/a.bin', 'extra/b.txt'])
    expect(text(got.get('extra/b.txt')!)).toBe('two')
  })

  it("states the version that the module's operators need", () => {
    const version = (name: string, options = {}): string => {
      const got = records(saveArchive(loaded(savedBytes(name)), options))
      return text(got.get('version') ?? got.get('.data/version')!)
    }
    expect(version('hooked')).toBe('3\n')
    // gelu changed in version 10.
    expect(version('flow')).toBe('10\n')
    expect(version('hooked', { version: 8 })).toBe('8\n')
  })

  it('hands records to a sink, large ones without a copy', () => {
    const archive = loaded(savedBytes('shared'))
    const chunks: Uint8Array[] = []
    expect(saveArchive(archive, { sink: (bytes) => void chunks.push(bytes) })).toBeUndefined()
    expect(Buffer.compare(Buffer.concat(chunks), saveArchive(archive))).toBe(0)
    const weight = (archive.module.getAttribute('weight') as Tensor).storage.buffer
    expect(chunks.some((chunk) => chunk.buffer === weight)).toBe(true)
  })

  it('writes a file in one step or not at all', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsjit-save-'))
    try {
      const path = join(folder, 'net.v1.pt')
      const archive = loaded(savedBytes('hooked'))
      saveArchiveFile(archive, path)
      expect(Buffer.compare(readFileSync(path), saveArchive(archive, { root: 'net.v1' }))).toBe(0)
      const broken = moduleOf({ later: [new FutureType(IntType), ScriptFuture.completed(1)] })
      expect(codeOf(() => saveArchiveFile(broken, join(folder, 'broken.pt')))).toBe('TSJ_SAVE_VALUE')
      expect(readdirSync(folder)).toEqual(['net.v1.pt'])
      expect(existsSync(path)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('refuses values that archives cannot hold, and says where they are', () => {
    const inner = moduleOf({ later: [new FutureType(IntType), ScriptFuture.completed(1)] }, '__torch__.Inner')
    const outer = moduleOf({ inner: [inner.object.type, inner.object] })
    try {
      saveArchive(outer)
      expect.unreachable()
    } catch (error) {
      expect((error as TsjitError).code).toBe('TSJ_SAVE_VALUE')
      expect((error as TsjitError).message).toContain('inner.later')
    }
    const list: unknown[] = []
    list.push(list)
    const type = new ListType(AnyType)
    expect(codeOf(() => saveArchive(moduleOf({ list: [type, list] })))).toMatch(/TSJ_(SAVE_VALUE|PICKLE_CYCLE)/)
    const cyclic = moduleOf({ me: [AnyType, null] })
    cyclic.object.slots[0] = cyclic.object
    expect(codeOf(() => saveArchive(cyclic))).toBe('TSJ_PICKLE_CYCLE')
    expect(codeOf(() => saveArchive(moduleOf({ list: [new ListType(IntType), new Map()] })))).toBe('TSJ_SAVE_VALUE')
    expect(codeOf(() => saveArchive(loaded(savedBytes('state')), {}))).toBe('TSJ_SAVE_GETSTATE')
    const object = new ScriptObject(new ClassType('__torch__.Thing', false))
    expect(codeOf(() => saveArchive({ object, unit: new CompilationUnit() }))).toBe('TSJ_SAVE_VALUE')
  })

  it('refuses host functions with all calls and their lines, before anything is written', () => {
    const module = moduleOf({})
    const source = new Source('plot(x)\nlog(x)\n', 'net.ts', 10)
    addMethod(module, (graph) => {
      const x = graph.addInput('x')
      const plotted = graph
        .insert('prim::PythonOp', [x], 1, new SourceRange(source, 0, 7))
        .setAttribute('name', { kind: 's', value: 'plot' })
      const logged = graph
        .insert('prim::PythonOp', [plotted.output], 1, new SourceRange(source, 8, 14))
        .setAttribute('name', { kind: 's', value: 'log' })
      graph.registerOutput(logged.output)
    })
    let written = 0
    try {
      saveArchive(module, { sink: () => void written++ })
      expect.unreachable()
    } catch (error) {
      expect((error as TsjitError).code).toBe('TSJ_SAVE_HOST_CALLS')
      expect((error as TsjitError).message).toContain("'plot', called by __torch__.Net.forward at net.ts:10:0")
      expect((error as TsjitError).message).toContain("'log', called by __torch__.Net.forward at net.ts:11:0")
    }
    expect(written).toBe(0)
  })

  it('keeps the ranges of the original source', () => {
    const source = new Source('def forward(self, x):\n    return relu(x)\n', 'net.ts', 10)
    const module = moduleOf({})
    addMethod(module, (graph) => {
      const x = graph.addInput('x')
      graph.registerOutput(graph.insert('aten::relu', [x], 1, new SourceRange(source, 33, 40)).output)
    })
    const { unit } = loaded(saveArchive(module))
    const method = unit.class('__torch__.Net')!.methods.get('forward') as GraphFunction
    const node = [...method.graph.nodes()].find(({ kind }) => kind === 'aten::relu')!
    const original = node.sourceRange!.original()
    expect(String(original)).toBe('net.ts:11:11')
    expect(original.source.text.slice(original.start, original.end)).toBe('relu(x)')
  })
})
