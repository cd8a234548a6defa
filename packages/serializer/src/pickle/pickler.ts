import { ArchiveError } from '@tsjit/types'
import { describe, GlobalReference } from './describe.ts'
import { op } from './opcodes.ts'
import { PickleWriter } from './pickle-writer.ts'
import { type GlobalName, PyComplex, PyDict, PyFloat, PyObject, PySet, PyTuple } from './python-values.ts'
import { TorchConstant, TorchDevice } from './torch-values.ts'

/** A global as a value: `torch.FloatStorage`. */
export class PyGlobal implements GlobalName {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}
}

/** A call of a global: REDUCE. The arguments are a tuple; a bare value is what TorchScript writes for enums. */
export class PyReduce {
  constructor(
    readonly callee: GlobalName,
    readonly args: unknown,
  ) {}
}

/** A tuple that is written between MARK and TUPLE whatever its length: PyTorch does so with arguments, sizes and strides. */
export class PyArguments<T = unknown> extends PyTuple<T> {}

/** A reference to data outside of the pickle: BINPERSID. */
export class PyPersistent {
  constructor(readonly id: PyTuple) {}
}

export interface PickleOptions {
  /**
   * Says a value of the caller's own (a tensor, a script object) in terms of the object model; undefined leaves it as it is. It is
   * called once for each object: what it returns is written where the object stands first, and recalled from the memo afterwards.
   */
  replace?: (value: object) => unknown
  /**
   * Whether an object goes into the memo although it occurs once. PyTorch decides by reference counts, which tensors, storages and
   * objects that live in Python always raise; by default instances, persistent ids and replaced objects do.
   */
  memoize?: (value: object) => boolean
  /** Longest chain of values inside values (1000). */
  maxDepth?: number
}

/**
 * Writes a value in protocol 2 with the opcodes and the memo of PyTorch's C++ Pickler, so that the same value gives the same bytes
 * as `torch.jit.save`. Lists are bare: wrap them with `typedList` or `typeTagged` as TorchScript does. Sets, bytes and big ints,
 * which TorchScript lacks, are written as Python does. Throws TSJ_PICKLE_VALUE, TSJ_PICKLE_CYCLE and TSJ_PICKLE_DEPTH.
 */
export function pickle(value: unknown, options: PickleOptions = {}): Uint8Array {
  return new Pickler(options).dump(value)
}

/** A list that the reader of TorchScript gives its element type: `build_intlist` and its like. */
export function typedList(kind: 'int' | 'double' | 'bool' | 'tensor', items: readonly unknown[]): PyReduce {
  return new PyReduce(new PyGlobal('torch.jit._pickle', `build_${kind}list`), new PyArguments([items]))
}

/** Any other list or a dict, with the annotation of its TorchScript type. */
export function typeTagged(value: readonly unknown[] | PyDict, annotation: string): PyReduce {
  return new PyReduce(new PyGlobal('torch.jit._pickle', 'restore_type_tag'), new PyTuple([value, annotation]))
}

class Pickler {
  private readonly writer = new PickleWriter()
  private readonly memo = new Map<object, number>()
  private readonly open = new Set<object>()
  private readonly replaced = new Map<object, unknown>()
  private readonly counts = new Map<object, number>()
  private readonly devices = new Map<string, number>()
  private readonly maxDepth: number

  constructor(private readonly options: PickleOptions) {
    this.maxDepth = options.maxDepth ?? 1000
  }

  dump(value: unknown): Uint8Array {
    this.count(value, 0)
    this.writer.protocol()
    this.write(value)
    return this.writer.finish()
  }

  /** Counts how often each object occurs, and refuses cycles and depth, before anything is written. */
  private count(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null) return
    if (depth > this.maxDepth) throw new ArchiveError('TSJ_PICKLE_DEPTH', `values are nested deeper than ${this.maxDepth}`)
    if (this.open.has(value)) {
      throw new ArchiveError('TSJ_PICKLE_CYCLE', `${describe(value)} contains itself`, { hint: 'TorchScript archives cannot hold cycles' })
    }
    const times = (this.counts.get(value) ?? 0) + 1
    this.counts.set(value, times)
    if (times > 1) return
    this.open.add(value)
    const model = this.options.replace?.(value)
    if (model !== undefined && model !== value) {
      this.replaced.set(value, model)
      this.count(model, depth + 1)
    } else for (const part of partsOf(value)) this.count(part, depth + 1)
    this.open.delete(value)
  }

  private write(value: unknown): void {
    const { writer } = this
    switch (typeof value) {
      case 'string':
        writer.string(value)
        return
      case 'boolean':
        writer.bool(value)
        return
      case 'bigint':
        writer.int(value)
        return
      case 'number':
        if (!Number.isSafeInteger(value)) {
          throw new ArchiveError('TSJ_PICKLE_VALUE', `the number ${value} is no int`, { hint: 'wrap floats into PyFloat' })
        }
        writer.int(value)
        return
      case 'object':
        if (value === null) writer.none()
        else this.writeObject(value)
        return
    }
    throw new ArchiveError('TSJ_PICKLE_VALUE', `${describe(value)} cannot be pickled`)
  }

  private writeObject(value: object): void {
    const known = this.memo.get(value)
    if (known !== undefined) {
      this.writer.recall(known)
      return
    }
    if (this.replaced.has(value)) this.write(this.replaced.get(value))
    else this.writeContent(value)
    if (this.isRemembered(value)) this.memo.set(value, this.writer.remember())
  }

  private isRemembered(value: object): boolean {
    if (value instanceof PyFloat || value instanceof PyComplex || value instanceof PyGlobal || value instanceof TorchDevice) return false
    if (value instanceof GlobalReference || value instanceof TorchConstant) return false
    if (this.counts.get(value)! > 1) return true
    if (this.options.memoize) return this.options.memoize(value)
    return value instanceof PyObject || value instanceof PyPersistent || this.replaced.has(value)
  }

  private writeContent(value: object): void {
    const { writer } = this
    if (value instanceof PyFloat) writer.float(value.value)
    else if (value instanceof PyTuple) this.writeTuple(value)
    else if (Array.isArray(value)) {
      writer.opcode(op.emptyList)
      this.writeMarked(value, op.appends)
    } else if (value instanceof PyDict) this.writeDict(value)
    else if (value instanceof PyObject) {
      writer.global(value.class.module, value.class.name)
      this.writeTuple(new PyTuple(value.args))
      writer.opcode(op.newObj)
      if (value.state !== undefined) {
        this.write(value.state)
        writer.opcode(op.build)
      }
    } else if (value instanceof PyReduce) {
      writer.global(value.callee.module, value.callee.name)
      this.write(value.args)
      writer.opcode(op.reduce)
    } else if (value instanceof PyPersistent) {
      this.writeMarked(value.id.items, op.tuple)
      writer.opcode(op.binPersistentId)
    } else if (value instanceof PyGlobal) writer.global(value.module, value.name)
    else if (value instanceof TorchConstant) writer.global('torch', value.name)
    else if (value instanceof GlobalReference) writer.global(value.target.module, value.target.name)
    else if (value instanceof TorchDevice) this.writeDevice(value.toString())
    else if (value instanceof PyComplex) {
      writer.global('builtins', 'complex')
      writer.float(value.real)
      writer.float(value.imag)
      writer.opcode(op.tuple2)
      writer.opcode(op.reduce)
    } else if (value instanceof PySet) {
      writer.global('__builtin__', value.frozen ? 'frozenset' : 'set')
      writer.opcode(op.emptyList)
      this.writeMarked([...value], op.appends)
      writer.opcode(op.tuple1)
      writer.opcode(op.reduce)
    } else if (value instanceof Uint8Array) {
      writer.global('_codecs', 'encode')
      writer.string(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1'))
      writer.string('latin1')
      writer.opcode(op.tuple2)
      writer.opcode(op.reduce)
    } else
      throw new ArchiveError('TSJ_PICKLE_VALUE', `${describe(value)} cannot be pickled`, {
        hint: 'say it in Python values with the option replace',
      })
  }

  private writeTuple(tuple: PyTuple): void {
    if (tuple.length === 0 && !(tuple instanceof PyArguments)) {
      this.writer.opcode(op.emptyTuple)
      return
    }
    if (tuple.length > 3 || tuple instanceof PyArguments) {
      this.writeMarked(tuple.items, op.tuple)
      return
    }
    for (const item of tuple.items) this.write(item)
    this.writer.opcode([op.tuple1, op.tuple2, op.tuple3][tuple.length - 1])
  }

  private writeDict(dict: PyDict): void {
    if (dict.attributes !== undefined) throw new ArchiveError('TSJ_PICKLE_VALUE', 'a dict with attributes of its own cannot be pickled')
    this.writer.opcode(op.emptyDict)
    this.writeMarked([...dict].flat(), op.setItems)
  }

  private writeMarked(items: readonly unknown[], end: number): void {
    this.writer.opcode(op.mark)
    for (const item of items) this.write(item)
    this.writer.opcode(end)
  }

  /** Devices are remembered by their text. */
  private writeDevice(text: string): void {
    const known = this.devices.get(text)
    if (known !== undefined) {
      this.writer.recall(known)
      return
    }
    this.writer.global('torch', 'device')
    this.writer.string(text)
    this.writer.opcode(op.tuple1)
    this.writer.opcode(op.reduce)
    this.devices.set(text, this.writer.remember())
  }
}

function partsOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value instanceof PyTuple) return value.items
  if (value instanceof PyDict) return [...value].flat()
  if (value instanceof PySet) return [...value]
  if (value instanceof PyObject) return [...value.args, value.state]
  if (value instanceof PyReduce) return [value.args]
  if (value instanceof PyPersistent) return [value.id]
  return []
}
