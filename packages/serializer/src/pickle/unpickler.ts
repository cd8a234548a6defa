import { describe, GlobalReference, printable } from './describe.ts'
import { op } from './opcodes.ts'
import type { FindGlobal, PickleContext, PickleGlobal, Stateful } from './pickle-global.ts'
import { setState } from './pickle-global.ts'
import { longestInteger, PickleReader } from './pickle-reader.ts'
import { unescapePython2String, unescapeUnicode } from './pickle-text.ts'
import { PyDict, PyFloat, PyObject, PySet, PyTuple } from './python-values.ts'
import { checkDepth } from './value-depth.ts'

export interface PickleLimits {
  /** Longest chain of values inside values. */
  maxDepth: number
  /** Most entries of the memo. */
  maxMemo: number
  /** Objects made, with what globals charge for theirs (a unit is about 40 bytes). */
  maxObjects: number
}

export const defaultPickleLimits: Readonly<PickleLimits> = { maxDepth: 1000, maxMemo: 1 << 24, maxObjects: 10_000_000 }

export interface UnpickleOptions {
  /** The closed list of globals; without it every global is refused. */
  findGlobal?: FindGlobal
  /** Makes the value of a persistent id; without it persistent ids are refused (TSJ_PICKLE_PERSISTENT_ID). */
  persistentLoad?: (id: unknown, context: PickleContext) => unknown
  /** The name of the record, for errors. */
  record?: string
  limits?: Partial<PickleLimits>
}

const newestProtocol = 5

/** Reads one pickle at the beginning of `bytes`; what follows its end is ignored. Throws `ArchiveError`s with TSJ_PICKLE_* codes. */
export function unpickle(bytes: Uint8Array, options: UnpickleOptions = {}): unknown {
  return new Unpickler(bytes, options).load()
}

/**
 * Pickle's stack machine over the object model of `python-values.ts`. It calls nothing that a pickle names: names are looked up in
 * the caller's closed list. `load` may be called again for further pickles in the same bytes; `position` is where the next begins.
 */
export class Unpickler implements PickleContext {
  private readonly reader: PickleReader
  private readonly limits: PickleLimits
  private stack: unknown[] = []
  private marks: number[] = []
  private memo = new Map<number, unknown>()
  private objects = 0

  constructor(
    bytes: Uint8Array,
    private readonly options: UnpickleOptions = {},
    start = 0,
  ) {
    this.reader = new PickleReader(bytes, options.record, start)
    this.limits = { ...defaultPickleLimits, ...options.limits }
  }

  get position(): number {
    return this.reader.position
  }

  load(): unknown {
    this.stack = []
    this.marks = []
    this.memo = new Map()
    const { reader } = this
    for (let opcode = reader.opcode(); opcode !== op.stop; opcode = reader.opcode()) this.step(opcode)
    if (this.stack.length !== 1 || this.marks.length !== 0) {
      throw this.error('TSJ_PICKLE_STACK', `expected one value at the end, found ${this.stack.length} and ${this.marks.length} open marks`)
    }
    const value = this.stack[0]
    checkDepth(value, this.limits.maxDepth, this)
    return value
  }

  charge(amount: number): void {
    this.objects += amount
    if (this.objects > this.limits.maxObjects) {
      throw this.error(
        'TSJ_PICKLE_LIMIT',
        `the pickle makes more than ${this.limits.maxObjects} objects`,
        'raise maxObjects if you trust the file',
      )
    }
  }

  error(code: string, reason: string, hint?: string): ReturnType<PickleContext['error']> {
    return this.reader.error(code, reason, hint)
  }

  private step(opcode: number): void {
    const { reader, stack } = this
    switch (opcode) {
      case op.proto: {
        const protocol = reader.uint8()
        if (protocol > newestProtocol)
          throw this.error('TSJ_PICKLE_PROTOCOL', `expected a protocol up to ${newestProtocol}, found ${protocol}`)
        return
      }
      case op.frame:
        if (reader.length8() > reader.bytes.byteLength - reader.position) {
          throw this.error('TSJ_PICKLE_TRUNCATED', 'a frame is longer than the rest of the pickle', 'the file may be incomplete')
        }
        return

      case op.none:
        this.push(null)
        return
      case op.newTrue:
        this.push(true)
        return
      case op.newFalse:
        this.push(false)
        return
      case op.binInt:
        this.push(reader.int32())
        return
      case op.binInt1:
        this.push(reader.uint8())
        return
      case op.binInt2:
        this.push(reader.uint16())
        return
      case op.long1:
        this.push(reader.longInteger(reader.uint8()))
        return
      case op.long4: {
        const length = reader.int32()
        if (length < 0 || length > longestInteger)
          throw this.error('TSJ_PICKLE_INT', `an int has ${length} bytes, the limit is ${longestInteger}`)
        this.push(reader.longInteger(length))
        return
      }
      case op.int: {
        const text = reader.line()
        this.push(text === '00' ? false : text === '01' ? true : reader.integer(text))
        return
      }
      case op.long:
        this.push(reader.integer(reader.line().replace(/L$/, '')))
        return
      case op.binFloat:
        this.make(new PyFloat(reader.float64()))
        return
      case op.float:
        this.make(new PyFloat(reader.float()))
        return

      case op.binUnicode:
        this.make(reader.utf8(reader.uint32()))
        return
      case op.shortBinUnicode:
        this.make(reader.utf8(reader.uint8()))
        return
      case op.binUnicode8:
        this.make(reader.utf8(reader.length8()))
        return
      case op.unicode:
        this.make(reader.required(unescapeUnicode(reader.lineBytes())))
        return
      case op.string:
        this.make(reader.required(unescapePython2String(reader.lineBytes(), (bytes) => reader.decode(bytes))))
        return
      case op.binString: {
        const length = reader.int32()
        if (length < 0) throw this.error('TSJ_PICKLE_STRING', 'a string has a negative length')
        this.make(reader.utf8(length))
        return
      }
      case op.shortBinString:
        this.make(reader.utf8(reader.uint8()))
        return
      case op.binBytes:
        this.make(reader.raw(reader.uint32()).slice())
        return
      case op.shortBinBytes:
        this.make(reader.raw(reader.uint8()).slice())
        return
      case op.binBytes8:
      case op.byteArray8:
        this.make(reader.raw(reader.length8()).slice())
        return

      case op.emptyTuple:
        this.make(new PyTuple([]))
        return
      case op.tuple1:
        this.make(new PyTuple(this.popMany(1)))
        return
      case op.tuple2:
        this.make(new PyTuple(this.popMany(2)))
        return
      case op.tuple3:
        this.make(new PyTuple(this.popMany(3)))
        return
      case op.tuple:
        this.make(new PyTuple(this.popToMark()))
        return
      case op.emptyList:
        this.make([])
        return
      case op.list:
        this.make(this.popToMark())
        return
      case op.emptyDict:
        this.make(new PyDict(), 8)
        return
      case op.dict: {
        const items = this.popToMark()
        const dict = new PyDict()
        this.setItems(dict, items)
        this.make(dict, 8)
        return
      }
      case op.emptySet:
        this.make(new PySet([], false, this), 8)
        return
      case op.frozenSet:
        this.make(new PySet(this.popToMark(), true, this), 8)
        return
      case op.append: {
        const item = this.pop()
        this.list().push(item)
        return
      }
      case op.appends: {
        const items = this.popToMark()
        const list = this.list()
        for (const item of items) list.push(item)
        return
      }
      case op.setItem: {
        const items = this.popMany(2)
        this.setItems(this.dict(), items)
        return
      }
      case op.setItems: {
        const items = this.popToMark()
        this.setItems(this.dict(), items)
        return
      }
      case op.addItems: {
        const items = this.popToMark()
        const set = this.top()
        if (!(set instanceof PySet)) throw this.mismatch('a set', set)
        for (const item of items) set.add(item, this)
        return
      }

      case op.mark:
        this.marks.push(stack.length)
        return
      case op.pop:
        // A mark is popped before the value below it.
        if (this.marks.length > 0 && this.marks[this.marks.length - 1] === stack.length) this.marks.pop()
        else this.pop()
        return
      case op.popMark:
        this.popToMark()
        return
      case op.dup:
        this.push(this.top())
        return

      case op.put:
        this.remember(this.memoIndex(reader.line()))
        return
      case op.binPut:
        this.remember(reader.uint8())
        return
      case op.longBinPut:
        this.remember(reader.uint32())
        return
      case op.memoize:
        this.remember(this.memo.size)
        return
      case op.get:
        this.recall(this.memoIndex(reader.line()))
        return
      case op.binGet:
        this.recall(reader.uint8())
        return
      case op.longBinGet:
        this.recall(reader.uint32())
        return

      case op.global: {
        const module = reader.line()
        this.global(module, reader.line())
        return
      }
      case op.stackGlobal: {
        const [module, name] = this.popMany(2)
        if (typeof module !== 'string' || typeof name !== 'string')
          throw this.mismatch('two strings', typeof module !== 'string' ? module : name)
        this.global(module, name)
        return
      }
      case op.reduce: {
        const [callee, args] = this.popMany(2)
        // TorchScript's writer gives an enum's value as it is, without a tuple around it.
        this.call(callee, args instanceof PyTuple ? args.items : [args])
        return
      }
      case op.newObj: {
        const [type, args] = this.popMany(2)
        this.instantiate(type, args, undefined)
        return
      }
      case op.newObjEx: {
        const [type, args, keywords] = this.popMany(3)
        this.instantiate(type, args, keywords)
        return
      }
      case op.obj: {
        const [type, ...args] = this.popToMark()
        this.call(type, args)
        return
      }
      case op.inst: {
        const args = this.popToMark()
        const module = reader.line()
        this.global(module, reader.line())
        this.call(this.pop(), args)
        return
      }
      case op.build: {
        const state = this.pop()
        this.build(this.pop(), state)
        return
      }
      case op.binPersistentId:
        this.persistent(this.pop())
        return
      case op.persistentId:
        this.persistent(reader.line())
        return

      case op.ext1:
      case op.ext2:
      case op.ext4:
        throw this.error('TSJ_PICKLE_OPCODE', 'the pickle uses an extension registry, which is not supported')
      case op.nextBuffer:
      case op.readonlyBuffer:
        throw this.error('TSJ_PICKLE_OPCODE', 'the pickle keeps buffers outside of itself, which is not supported')
      default:
        throw this.error(
          'TSJ_PICKLE_OPCODE',
          `unknown opcode 0x${opcode.toString(16).padStart(2, '0')}`,
          'the record is damaged or no pickle',
        )
    }
  }

  private push(value: unknown): void {
    this.stack.push(value)
  }

  private make(value: unknown, weight = 1): void {
    this.charge(weight)
    this.stack.push(value)
  }

  /** How many values may be popped: those above the last mark. */
  private get available(): number {
    return this.stack.length - (this.marks.length > 0 ? this.marks[this.marks.length - 1] : 0)
  }

  private pop(): unknown {
    if (this.available < 1) throw this.underflow(1)
    return this.stack.pop()
  }

  private popMany(count: number): unknown[] {
    if (this.available < count) throw this.underflow(count)
    return this.stack.splice(this.stack.length - count, count)
  }

  private popToMark(): unknown[] {
    const mark = this.marks.pop()
    if (mark === undefined) throw this.error('TSJ_PICKLE_STACK', 'expected an open mark')
    return this.stack.splice(mark)
  }

  private top(): unknown {
    if (this.available < 1) throw this.underflow(1)
    return this.stack[this.stack.length - 1]
  }

  private underflow(count: number): Error {
    return this.error('TSJ_PICKLE_STACK', `expected ${count} values on the stack, found ${this.available}`, 'the record is damaged')
  }

  private list(): unknown[] {
    const list = this.top()
    if (!Array.isArray(list)) throw this.mismatch('a list', list)
    return list
  }

  private dict(): PyDict {
    const dict = this.top()
    if (!(dict instanceof PyDict)) throw this.mismatch('a dict', dict)
    return dict
  }

  private setItems(dict: PyDict, items: readonly unknown[]): void {
    if (items.length % 2 !== 0) throw this.error('TSJ_PICKLE_STACK', 'a dict has a key without a value')
    for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1], this)
    this.charge(items.length)
  }

  private remember(index: number): void {
    if (this.memo.size >= this.limits.maxMemo) throw this.error('TSJ_PICKLE_LIMIT', `the memo has more than ${this.limits.maxMemo} entries`)
    this.memo.set(index, this.top())
  }

  private recall(index: number): void {
    const value = this.memo.get(index)
    if (value === undefined && !this.memo.has(index)) throw this.error('TSJ_PICKLE_MEMO', `nothing is in the memo at ${index}`)
    this.push(value)
  }

  private memoIndex(text: string): number {
    const index = this.reader.integer(text)
    if (typeof index !== 'number' || index < 0) throw this.error('TSJ_PICKLE_MEMO', `expected an index into the memo, found ${index}`)
    return index
  }

  private global(module: string, name: string): void {
    const found = this.options.findGlobal?.(module, name)
    if (!found) {
      throw this.error(
        'TSJ_PICKLE_FORBIDDEN_GLOBAL',
        `the pickle names ${printable(`${module}.${name}`)}, which is not on the list of what may be loaded`,
        'tsjit never runs code of a pickle; save tensors, numbers, strings, lists, tuples and dicts only',
      )
    }
    this.charge(1)
    this.push('value' in found ? found.value : new GlobalReference(found))
  }

  private call(callee: unknown, args: readonly unknown[]): void {
    const target = this.target(callee)
    if (!target.reduce) {
      throw this.error(
        'TSJ_PICKLE_FORBIDDEN_CALL',
        `the pickle calls ${printable(`${target.module}.${target.name}`)}, which may not be called`,
      )
    }
    this.make(target.reduce(args, this))
  }

  private instantiate(type: unknown, args: unknown, keywords: unknown): void {
    const target = this.target(type)
    if (!target.instantiable) {
      throw this.error(
        'TSJ_PICKLE_FORBIDDEN_CALL',
        `the pickle makes an instance of ${printable(`${target.module}.${target.name}`)}, which is not allowed`,
      )
    }
    if (!(args instanceof PyTuple)) throw this.mismatch('a tuple of arguments', args)
    if (keywords !== undefined && !(keywords instanceof PyDict)) throw this.mismatch('a dict of arguments', keywords)
    this.make(new PyObject(target, args.items, keywords), 2)
  }

  private target(callee: unknown): PickleGlobal {
    if (!(callee instanceof GlobalReference)) throw this.mismatch('a class or function', callee)
    return callee.target
  }

  private build(instance: unknown, state: unknown): void {
    if (instance instanceof PyObject) {
      const target = instance.class as PickleGlobal
      if (target.build) {
        this.make(target.build(instance, state, this))
        return
      }
      instance.state = state
    } else if (instance instanceof PyDict) instance.attributes = state
    else if (typeof instance === 'object' && instance !== null && setState in instance) (instance as Stateful)[setState](state)
    else throw this.mismatch('an instance that takes a state', instance)
    this.push(instance)
  }

  private persistent(id: unknown): void {
    if (!this.options.persistentLoad)
      throw this.error('TSJ_PICKLE_PERSISTENT_ID', 'the pickle refers to data outside of itself, where none is expected')
    this.make(this.options.persistentLoad(id, this))
  }

  private mismatch(expected: string, found: unknown): Error {
    return this.error('TSJ_PICKLE_TYPE', `expected ${expected}, found ${describe(found)}`, 'the record is damaged')
  }
}
