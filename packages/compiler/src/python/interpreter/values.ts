import type { FunctionDef, Lambda } from '@tsjit/parser'
import type { PythonClass } from '../python-class.ts'
import type { SourceModule } from '../source-module.ts'
import type { Environment } from './environment.ts'

/**
 * What the values of running Python are in JavaScript:
 *
 *   None  null     bool  boolean     int  bigint     float  number     str  string     list  Array     tuple  PyTuple
 *   dict  PyDict   set  PySet        complex, device, dtype  PyConstant                tensors are the host's, and opaque here
 *
 * Classes are `PythonClass`, modules of Python `PythonObject`s, `nn.Module`s `ModuleInstance`.
 */
export class PyTuple {
  constructor(
    readonly items: readonly unknown[],
    /** The class of a NamedTuple. */
    readonly type?: PythonClass,
    readonly fields?: readonly string[],
  ) {}
}

/** Keys that are equal in Python are one key: ints and floats and booleans by number, tuples by their items. */
function keyOf(key: unknown): unknown {
  if (typeof key === 'boolean') return key ? 1n : 0n
  if (typeof key === 'number' && Number.isInteger(key)) return BigInt(key)
  if (key instanceof PyTuple) return `(${key.items.map((item) => `${typeof item}:${String(keyOf(item))}`).join(',')})`
  return typeof key === 'string' ? `'${key}` : key
}

export class PyDict {
  private readonly entriesByKey = new Map<unknown, [key: unknown, value: unknown]>()
  constructor(
    entries: Iterable<readonly [unknown, unknown]> = [],
    readonly typeName: 'dict' | 'OrderedDict' | 'defaultdict' = 'dict',
    readonly makeDefault?: () => unknown,
  ) {
    for (const [key, value] of entries) this.set(key, value)
  }
  get size(): number {
    return this.entriesByKey.size
  }
  has(key: unknown): boolean {
    return this.entriesByKey.has(keyOf(key))
  }
  get(key: unknown): unknown {
    return this.entriesByKey.get(keyOf(key))?.[1]
  }
  set(key: unknown, value: unknown): void {
    const known = this.entriesByKey.get(keyOf(key))
    if (known) known[1] = value
    else this.entriesByKey.set(keyOf(key), [key, value])
  }
  delete(key: unknown): boolean {
    return this.entriesByKey.delete(keyOf(key))
  }
  clear(): void {
    this.entriesByKey.clear()
  }
  keys(): unknown[] {
    return [...this.entriesByKey.values()].map(([key]) => key)
  }
  values(): unknown[] {
    return [...this.entriesByKey.values()].map(([, value]) => value)
  }
  entries(): [unknown, unknown][] {
    return [...this.entriesByKey.values()].map(([key, value]) => [key, value])
  }
}

export class PySet {
  private readonly dict: PyDict
  constructor(items: Iterable<unknown> = []) {
    this.dict = new PyDict([...items].map((item) => [item, null]))
  }
  get size(): number {
    return this.dict.size
  }
  has(item: unknown): boolean {
    return this.dict.has(item)
  }
  add(item: unknown): void {
    this.dict.set(item, null)
  }
  delete(item: unknown): boolean {
    return this.dict.delete(item)
  }
  values(): unknown[] {
    return this.dict.keys()
  }
}

export class PySlice {
  constructor(
    readonly start: unknown,
    readonly stop: unknown,
    readonly step: unknown,
  ) {}
}

/** `torch.float32`, `torch.device('cpu')`, `2j`: a value that has no JavaScript counterpart of its own. */
export class PyConstant {
  constructor(
    readonly typeName: string,
    readonly value: unknown,
  ) {}
}

/** A `def` or `lambda` with the variables around it. */
export class PyFunction {
  constructor(
    readonly name: string,
    readonly def: FunctionDef | Lambda,
    readonly module: SourceModule,
    readonly closure: Environment | undefined,
    readonly defaults: ReadonlyMap<string, unknown>,
    /** The class that `super()` inside speaks of. */
    readonly owner?: PythonClass,
  ) {}
}

export type Keywords = ReadonlyMap<string, unknown>
export type Callee = (args: readonly unknown[], keywords: Keywords) => unknown

/** A function that is not written in Python. */
export class PyBuiltin {
  constructor(
    readonly name: string,
    readonly call: Callee,
    /** The operator that it is, where script may call it. */
    readonly symbol?: string,
  ) {}
}

export class PyMethod {
  constructor(
    readonly self: unknown,
    readonly fn: PyFunction | PyBuiltin,
  ) {}
}

/** An object of a class that is no module. */
export class PyInstance {
  readonly attributes = new Map<string, unknown>()
  constructor(readonly cls: PythonClass) {}
}

/** `super()`: attributes of the classes behind `owner`. */
export class PySuper {
  constructor(
    readonly owner: PythonClass,
    readonly self: unknown,
  ) {}
}

/** `torch.jit.Attribute(value, type)`. */
export class PyAttributeValue {
  constructor(
    readonly value: unknown,
    readonly type: PyAnnotation | undefined,
  ) {}
}

/** An annotation where a value stands: `List[int]`, as `torch.jit.Attribute` takes it. */
export class PyAnnotation {
  constructor(
    readonly expression: import('@tsjit/parser').Expression,
    readonly module: SourceModule,
  ) {}
}
