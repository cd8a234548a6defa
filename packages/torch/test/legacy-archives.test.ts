import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BytesSource, ZipReader, ZipWriter } from '@tsjit/serializer'
import { describe, expect, it } from 'vitest'
import * as torch from '../src/index.ts'

interface Recorded {
  readonly name: string
  readonly calls: readonly { readonly method: string; readonly args: readonly any[]; readonly result: any }[]
  readonly parameters: readonly string[]
  readonly buffers: readonly string[]
}
const file = (name: string): string => fileURLToPath(new URL(`fixtures/legacy/${name}`, import.meta.url))
const recorded: readonly Recorded[] = JSON.parse(readFileSync(file('legacy.json'), 'utf8'))

function replay(module: torch.jit.ScriptModule, { calls }: Recorded): void {
  for (const { method, args, result } of calls) {
    const values = args.map((arg) => (Array.isArray(arg) ? torch.tensor(arg, { dtype: 'float32' }) : arg))
    const found = module
      .call(method, ...values)
      .flatten()
      .tolist() as number[]
    const wanted = (result as number[][]).flat(9)
    expect(found.length).toBe(wanted.length)
    for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 5)
  }
}

describe('archives in old layouts', () => {
  it.each(recorded)('$name runs, and is saved in the current one', (record) => {
    const module = torch.jit.loadSync(file(record.name))
    expect([...module.namedParameters()].map(([name]) => name)).toEqual(record.parameters)
    expect([...module.namedBuffers()].map(([name]) => name)).toEqual(record.buffers)
    replay(module, record)
    replay(torch.jit.loadSync(torch.jit.saveToBuffer(module)), record)
  })
  it('share the memory that their tensors share', () => {
    const module = torch.jit.loadSync(file('1.0.pt'))
    const state = module.stateDict()
    expect(state.get('tied')!.storage === state.get('linear.weight')!.storage).toBe(true)
    const columns = state.get('columns')!
    expect([columns.storage === state.get('tied')!.storage, columns.offset, columns.strides]).toEqual([true, 1, [3, 1]])
    expect(state.get('steps')!.dtype).toBe('int64')
  })
  it('go where mapLocation says', () => {
    const module = torch.jit.loadSync(file('1.0.pt'), { mapLocation: 'reference' })
    expect(String(module.stateDict().get('tied')!.device)).toBe('reference')
  })
  it.each([
    ['text', () => 'no JSON', 'TSJ_ARCHIVE_MODEL'],
    ['a list', () => '[]', 'TSJ_ARCHIVE_MODEL'],
    ['no main module', () => '{}', 'TSJ_ARCHIVE_MODEL'],
    ['a later protocol', (model: any) => ({ ...model, protoVersion: '6' }), 'TSJ_ARCHIVE_MODEL'],
    ['a tensor too few', (model: any) => ({ ...model, tensors: model.tensors.slice(1) }), 'TSJ_ARCHIVE_MODEL'],
    ['an unknown type of elements', (model: any) => change(model, 0, { dataType: 'STRING' }), 'TSJ_ARCHIVE_MODEL'],
    ['a record that is not there', (model: any) => change(model, 0, { data: { key: 'tensors/99' } }), 'TSJ_ARCHIVE_RECORD_MISSING'],
    ['a tensor beyond its record', (model: any) => change(model, 0, { offset: '1000000' }), 'TSJ_ARCHIVE_STORAGE_TOO_SHORT'],
    ['a negative stride', (model: any) => change(model, 0, { strides: ['-1', '-1', '-1', '-1'] }), 'TSJ_ARCHIVE_MODEL'],
    [
      'sizes that overflow',
      (model: any) => change(model, 0, { dims: ['9007199254740991', '9007199254740991', '2', '2'] }),
      'TSJ_ARCHIVE_TENSOR_SIZE',
    ],
    ['an unknown device', (model: any) => change(model, 0, { device: 'cuda:0' }), 'TSJ_ARCHIVE_DEVICE'],
    ['modules without end', (model: any) => ({ ...model, mainModule: deep(1000) }), 'TSJ_ARCHIVE_MODEL'],
    ['an attribute without a value', (model: any) => attribute(model, { type: 'int', name: 'n', id: '-1' }), 'TSJ_ARCHIVE_MODEL'],
    ['an attribute out of bounds', (model: any) => attribute(model, { type: 'int', name: 'n', id: '7' }), 'TSJ_ARCHIVE_MODEL'],
    ['an attribute of no type', (model: any) => attribute(model, { type: 'Strange', name: 'n', id: '-1' }), 'TSJ_UNKNOWN_TYPE'],
  ])('are refused with a typed error: %s', (_name, edit, code) => {
    const zip = ZipReader.open(new BytesSource(readFileSync(file('1.0.pt'))))
    const writer = new ZipWriter('old')
    for (const name of zip.entries.keys()) {
      let content: Uint8Array | string = zip.read(name)
      if (name.endsWith('model.json')) {
        const edited = edit(JSON.parse(new TextDecoder().decode(content)))
        content = typeof edited === 'string' ? edited : JSON.stringify(edited)
      }
      writer.add(name.slice('old/'.length), content)
    }
    expect(() => torch.jit.loadSync(writer.finish())).toThrow(expect.objectContaining({ code }))
  })
  it('says what a flatbuffer is', () => {
    const bytes = Buffer.concat([Buffer.from([64, 0, 0, 0]), Buffer.from('PTMF'), Buffer.alloc(64)])
    expect(() => torch.jit.loadSync(bytes)).toThrow(expect.objectContaining({ code: 'TSJ_ARCHIVE_FLATBUFFER' }))
  })
})

function change(model: any, index: number, fields: object): unknown {
  const tensors = model.tensors.map((tensor: object, i: number) => (i === index ? { ...tensor, ...fields } : tensor))
  return { ...model, tensors }
}
function attribute(model: any, definition: object): unknown {
  return { ...model, mainModule: { ...model.mainModule, attributes: [definition] } }
}
function deep(levels: number): unknown {
  let module: object = { name: 'm' }
  for (let i = 0; i < levels; i++) module = { name: 'm', submodules: [module] }
  return module
}
