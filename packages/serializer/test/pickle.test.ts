import { describe, expect, it } from 'vitest'
import {
  type FindGlobal,
  PyComplex,
  PyDict,
  PyFloat,
  PyObject,
  type PySet,
  PyTuple,
  torchGlobals,
  type UnpickleOptions,
  Unpickler,
  unpickle,
} from '../src/pickle/index.ts'
import { codeOf, fixture } from './fixture.ts'

/** A pickle from its opcodes: text as Latin-1, numbers as bytes. */
function ops(...parts: (string | number)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))))
}
const load = (...parts: (string | number)[]): unknown => unpickle(ops(...parts), { findGlobal: torchGlobals() })
const float = (value: number): PyFloat => new PyFloat(value)

describe('unpickle', () => {
  it.each([0, 1, 2, 3, 4, 5])('reads what Python writes in protocol %i', (protocol) => {
    const value = unpickle(fixture(`protocol-${protocol}.pkl`)) as PyDict
    expect(value).toBeInstanceOf(PyDict)
    expect(value.get('none')).toBeNull()
    expect(value.get('true')).toBe(true)
    expect(value.get('false')).toBe(false)
    expect(value.get('ints')).toEqual([0, 255, 65535, -1, 2 ** 31, 1n << 62n, -(1n << 100n)])
    expect(value.get('floats')).toEqual([float(0.5), float(-1e300), float(Number.POSITIVE_INFINITY), float(Number.NEGATIVE_INFINITY)])
    expect(value.get('text')).toBe('naïve \\ 🦊\n')
    expect(value.get('list')).toEqual([[], [1]])
    const tuple = value.get('tuple') as PyTuple<PyTuple>
    expect(tuple.items.map((item) => item.items)).toEqual([[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]])
    expect([...(value.get('dict') as PyDict<PyDict>).get('b')!]).toEqual([[1, 2]])
    expect(value.get('long')).toBe('x'.repeat(300))
    const shared = value.get('shared') as unknown[]
    expect(shared[0]).toBe(shared[1])
    const cyclic = value.get('cyclic') as unknown[]
    expect(cyclic[0]).toBe(cyclic)
    expect(value.has('bytes')).toBe(protocol >= 3)
    if (protocol >= 3) expect(value.get('bytes')).toEqual(Uint8Array.of(0, 128))
    if (protocol >= 4) {
      expect([...(value.get('set') as PySet)]).toEqual([1, 2])
      expect((value.get('frozenset') as PySet).frozen).toBe(true)
    }
    if (protocol === 5) expect(value.get('bytearray')).toEqual(Uint8Array.of(98, 97))
  })

  it('keeps Python equality of keys', () => {
    const dict = new PyDict<unknown>([
      [1, 'a'],
      [float(1), 'b'],
      [true, 'c'],
      ['1', 'd'],
      [new PyTuple([1, 'x']), 'e'],
      [null, 'f'],
      [2n ** 60n, 'g'],
    ])
    expect(dict.size).toBe(5)
    expect([...dict.keys()][0]).toBe(1)
    expect(dict.get(1)).toBe('c')
    expect(dict.get(new PyTuple([float(1), 'x']))).toBe('e')
    expect(dict.get(new PyTuple(['1', 'x']))).toBeUndefined()
    expect(dict.get(float(2 ** 60))).toBe('g')
    expect(dict.set('\0cn1', 'h').get('\0cn1')).toBe('h')
    expect(
      new PyDict<unknown>([
        [float(Number.NaN), 1],
        [float(Number.NaN), 2],
      ]).size,
    ).toBe(2)
    expect(
      new PyDict<unknown>([
        [0, 1],
        [float(-0), 2],
      ]).size,
    ).toBe(1)
    expect(codeOf(() => dict.set([], 1))).toBe('TSJ_PICKLE_UNHASHABLE')
    expect(codeOf(() => dict.set(new PyTuple([new PyDict()]), 1))).toBe('TSJ_PICKLE_UNHASHABLE')
  })

  it('calls nothing that the list does not hold', () => {
    for (const findGlobal of [undefined, torchGlobals()]) {
      expect(() => unpickle(fixture('evil.pkl'), { findGlobal, record: 'a/data.pkl' })).toThrow(
        /names (posix|os)\.system, which is not on the list .*\(record a\/data\.pkl, offset 2\)/,
      )
    }
    for (const name of [
      'builtins eval',
      '__builtin__ getattr',
      'torch.storage _load_from_bytes',
      'torch load',
      'torch.hub load',
      'os system',
    ]) {
      const [module, global] = name.split(' ')
      expect(codeOf(() => load(0x80, 2, `c${module}\n${global}\n.`))).toBe('TSJ_PICKLE_FORBIDDEN_GLOBAL')
      expect(codeOf(() => load(0x80, 4, 0x8c, module.length, module, 0x8c, global.length, global, 0x93, '.'))).toBe(
        'TSJ_PICKLE_FORBIDDEN_GLOBAL',
      )
      expect(codeOf(() => load(`(i${module}\n${global}\n.`))).toBe('TSJ_PICKLE_FORBIDDEN_GLOBAL')
    }
    expect(codeOf(() => load('ctorch\nfloat32\n)R.'))).toBe('TSJ_PICKLE_TYPE')
    expect(codeOf(() => load('ctorch\nTensor\n)R.'))).toBe('TSJ_PICKLE_FORBIDDEN_CALL')
    expect(codeOf(() => load('ctorch._utils\n_rebuild_tensor_v2\n)', 0x81, '.'))).toBe('TSJ_PICKLE_FORBIDDEN_CALL')
    // Names of what every JavaScript object has are names like others.
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(codeOf(() => load(`c${name}\n${name}\n.`))).toBe('TSJ_PICKLE_FORBIDDEN_GLOBAL')
    }
  })

  it('makes instances of the classes the caller allows', () => {
    const findGlobal: FindGlobal = (module, name) => {
      if (name === 'Net') return { module, name, instantiable: true }
      if (name === 'Colour') return { module, name, reduce: (args) => ({ colour: args[0] }) }
      if (name === 'Id') return { module, name, instantiable: true, build: (_, state) => `id ${String(state)}` }
      return undefined
    }
    const options: UnpickleOptions = { findGlobal }
    const net = unpickle(ops('c__torch__\nNet\n)', 0x81, '}', 'X\x01\0\0\0aK\x05sb.'), options) as PyObject
    expect(net).toBeInstanceOf(PyObject)
    expect(net.class).toMatchObject({ module: '__torch__', name: 'Net' })
    expect((net.state as PyDict).get('a')).toBe(5)
    // An enum's value stands without a tuple.
    expect(unpickle(ops('c__torch__\nColour\nK\x02R.'), options)).toEqual({ colour: 2 })
    expect(unpickle(ops('c__main__\nId\n)', 0x81, 'K\x07b.'), options)).toBe('id 7')
    const withKeywords = unpickle(ops('cm\nNet\n(K\x01t}', 0x92, '.'), options) as PyObject
    expect(withKeywords.args).toEqual([1])
    expect(withKeywords.keywords).toBeInstanceOf(PyDict)
  })

  it('reads several pickles in a row', () => {
    const unpickler = new Unpickler(ops('K\x01.K\x02.'))
    expect(unpickler.load()).toBe(1)
    expect(unpickler.position).toBe(3)
    expect(unpickler.load()).toBe(2)
    expect(codeOf(() => unpickler.load())).toBe('TSJ_PICKLE_TRUNCATED')
  })

  it('hands persistent ids to the caller', () => {
    expect(unpickle(ops('(K\x01K\x02tQ.'), { persistentLoad: (id) => (id as PyTuple).items.length })).toBe(2)
    expect(unpickle(ops('Pname\n.'), { persistentLoad: (id) => id })).toBe('name')
    expect(codeOf(() => load('K\x01Q.'))).toBe('TSJ_PICKLE_PERSISTENT_ID')
  })

  it('builds bytes, complex numbers and sets without calling Python', () => {
    expect(load('c_codecs\nencode\n(X\x03\0\0\0\xc3\xbfaX\x06\0\0\0latin1tR.')).toEqual(Uint8Array.of(255, 97))
    expect(load('cbuiltins\ncomplex\n(G', 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 'K\x02tR.')).toEqual(new PyComplex(1, 2))
    expect([...(load('c__builtin__\nset\n(]K\x01aK\x01atR.') as PySet)]).toEqual([1])
    expect(load("S'a\\n\\x41\\\\'\n.")).toBe('a\nA\\')
    expect(load('V\\u00e9\\U0001f98a\n.')).toBe('é🦊')
    expect(load('X\x03\0\0\0\xed\xa0\x80.')).toBe('\ud800')
  })

  const damage: [string, Uint8Array, string][] = [
    ['nothing', ops(), 'TSJ_PICKLE_TRUNCATED'],
    ['no stop', ops('K\x01'), 'TSJ_PICKLE_TRUNCATED'],
    ['a cut int', ops('J\x01\0.'), 'TSJ_PICKLE_TRUNCATED'],
    ['a string longer than the pickle', ops('X\xff\xff\xff\xffa.'), 'TSJ_PICKLE_TRUNCATED'],
    ['bytes longer than the pickle', ops(0x8e, '\xff\xff\xff\xff\xff\xff\xff\x7f.'), 'TSJ_PICKLE_TRUNCATED'],
    ['a frame longer than the pickle', ops(0x95, '\xff\0\0\0\0\0\0\0.'), 'TSJ_PICKLE_TRUNCATED'],
    ['a name without an end', ops('cos'), 'TSJ_PICKLE_TRUNCATED'],
    ['a newer protocol', ops(0x80, 9, '.'), 'TSJ_PICKLE_PROTOCOL'],
    ['an unknown opcode', ops(0xff, '.'), 'TSJ_PICKLE_OPCODE'],
    ['an extension', ops(0x82, 1, '.'), 'TSJ_PICKLE_OPCODE'],
    ['an outside buffer', ops(0x97, '.'), 'TSJ_PICKLE_OPCODE'],
    ['an empty stack', ops('.'), 'TSJ_PICKLE_STACK'],
    ['two results', ops('K\x01K\x02.'), 'TSJ_PICKLE_STACK'],
    ['an open mark', ops('K\x01(.'), 'TSJ_PICKLE_STACK'],
    ['a tuple without a mark', ops('K\x01t.'), 'TSJ_PICKLE_STACK'],
    ['a tuple of too few', ops('K\x01', 0x86, '.'), 'TSJ_PICKLE_STACK'],
    ['values below a mark', ops('K\x01(', 0x85, '.'), 'TSJ_PICKLE_STACK'],
    ['a list below a mark', ops('](K\x01', 0x86, 'a.'), 'TSJ_PICKLE_STACK'],
    ['a call without arguments', ops('R.'), 'TSJ_PICKLE_STACK'],
    ['a key without a value', ops('}(K\x01u.'), 'TSJ_PICKLE_STACK'],
    ['an append to an int', ops('K\x01K\x02a.'), 'TSJ_PICKLE_TYPE'],
    ['an item of a list', ops(']K\x01K\x02s.'), 'TSJ_PICKLE_TYPE'],
    ['items of no set', ops('](K\x01', 0x90, '.'), 'TSJ_PICKLE_TYPE'],
    ['a call of an int', ops('K\x01)R.'), 'TSJ_PICKLE_TYPE'],
    ['an instance of an int', ops('K\x01)', 0x81, '.'), 'TSJ_PICKLE_TYPE'],
    ['a state for an int', ops('K\x01}b.'), 'TSJ_PICKLE_TYPE'],
    ['names that are no strings', ops('K\x01K\x02', 0x93, '.'), 'TSJ_PICKLE_TYPE'],
    ['an unknown memo', ops('h\x07.'), 'TSJ_PICKLE_MEMO'],
    ['a memo index that is no int', ops('gx\n.'), 'TSJ_PICKLE_INT'],
    ['a negative memo index', ops('g-1\n.'), 'TSJ_PICKLE_MEMO'],
    ['no int', ops('I1e5\n.'), 'TSJ_PICKLE_INT'],
    ['a very long int', ops(`L${'9'.repeat(5000)}L\n.`), 'TSJ_PICKLE_INT'],
    ['an int of negative length', ops(0x8b, '\xff\xff\xff\xff.'), 'TSJ_PICKLE_INT'],
    ['no float', ops('F1,5\n.'), 'TSJ_PICKLE_FLOAT'],
    ['no UTF-8', ops('X\x01\0\0\0\xff.'), 'TSJ_PICKLE_STRING'],
    ['a string without quotes', ops('Sabc\n.'), 'TSJ_PICKLE_STRING'],
    ['a list as a key', ops('}]K\x01s.'), 'TSJ_PICKLE_UNHASHABLE'],
    ['a wrong number of arguments', ops('ctorch._utils\n_rebuild_tensor_v2\n)R.'), 'TSJ_PICKLE_ARGUMENTS'],
  ]
  it.each(damage)('refuses %s', (_, bytes, code) => {
    expect(codeOf(() => unpickle(bytes, { findGlobal: torchGlobals() }))).toBe(code)
  })

  it('bounds depth, objects and memo', () => {
    const deep = ops(')', `${'\x85'.repeat(2000)}.`)
    expect(codeOf(() => unpickle(deep))).toBe('TSJ_PICKLE_DEPTH')
    expect(codeOf(() => unpickle(deep, { limits: { maxDepth: 3000 } }))).toBe('none')
    expect(codeOf(() => unpickle(ops('(', ']'.repeat(1000), 't.'), { limits: { maxObjects: 500 } }))).toBe('TSJ_PICKLE_LIMIT')
    expect(codeOf(() => unpickle(ops('K\x01q\0q\x01q\x02.'), { limits: { maxMemo: 2 } }))).toBe('TSJ_PICKLE_LIMIT')
    // A deep value that is built from the inside and put together last.
    expect(codeOf(() => unpickle(ops(']q\0', `${'\x85'.repeat(999)}q\x01h\0h\x01a0.`), { limits: { maxDepth: 100 } }))).toBe(
      'TSJ_PICKLE_DEPTH',
    )
  })

  it('bounds what small pickles would blow up to', () => {
    // Each tuple holds the one before twice: 2^40 parts in 200 bytes, asked for as a key.
    const doubling = Array.from({ length: 40 }, () => '2\x86').join('')
    expect(codeOf(() => unpickle(ops('}K\x01', `${doubling}K\x01s.`)))).toBe('TSJ_PICKLE_LIMIT')
    // One string of a megabyte, encoded a thousand times.
    const text = 'x'.repeat(1 << 20)
    const encode = 'h\0h\x01h\x02\x86R'.repeat(1000)
    const bytes = ops('(c_codecs\nencode\nq\0X\0\0\x10\0', text, 'q\x01X\x06\0\0\0latin1q\x02', encode, 't.')
    expect(codeOf(() => unpickle(bytes, { findGlobal: torchGlobals() }))).toBe('TSJ_PICKLE_LIMIT')
  })
})
