/**
 * Operators called by name from TypeScript: `x.add(y, { alpha: 2 })`, `torch.sum(x, 0, true)`. The overload is chosen among the table's in PyTorch's
 * order; trailing arguments may be given by name in a plain object, as Python's keyword arguments.
 */
import { type Operator, operatorByKey, overloadsOf } from '@tsjit/ops'
import { RuntimeError } from '@tsjit/types'
import { type Dispatcher, defaultValueOf } from './dispatcher.ts'
import type { Storage } from './storage.ts'
import { Tensor } from './tensor.ts'
import { type ArgumentReader, describeArgument, mismatch, readerOf, useNumberAllocator } from './tensor-methods-arguments.ts'
import { Boxed } from './value.ts'
import { checkedWrite, noteFresh, type WriteRules, writeRules } from './write-checks.ts'

interface Overload {
  readonly operator: Operator
  readonly readers: readonly ArgumentReader[]
  readonly positions: ReadonlyMap<string, number>
  /** How many arguments may be positional. */
  readonly positional: number
  /** Index of the list that trailing ints may spell out: `x.view(2, 3)`. */
  readonly spread: number
  readonly resultNames: readonly string[] | undefined
  /** Undefined where nothing is written or viewed. */
  readonly writes: WriteRules | undefined
}

let provider: (() => Dispatcher) | undefined

/** Who runs the methods of tensors; the facade sets its default runtime's. */
export function useEagerDispatcher(provide: () => Dispatcher): void {
  provider = provide
  useNumberAllocator((dtype) => eagerDispatcher().empty([], dtype))
}

/** The dispatcher that methods of tensors use. Throws TSJ_NO_RUNTIME where there is none. */
export function eagerDispatcher(): Dispatcher {
  if (!provider) {
    throw new RuntimeError('TSJ_NO_RUNTIME', 'no runtime serves the methods of tensors', {
      hint: "import from 'tsjit', or call useEagerDispatcher(() => dispatcher)",
    })
  }
  return provider()
}

/** The tensors that operators made while it was open. */
class Scope {
  private readonly made = new Set<Storage>()
  constructor(readonly outer: Scope | undefined) {}

  note(result: unknown, values: readonly unknown[]): void {
    const given = new Set<Storage>()
    eachStorage(values, (storage) => given.add(storage))
    eachStorage(result, (storage) => {
      if (!given.has(storage)) this.made.add(storage)
    })
  }
  keep(value: unknown): void {
    eachStorage(value, (storage) => {
      if (this.made.delete(storage)) this.outer?.made.add(storage)
    })
  }
  close(): void {
    for (const storage of this.made) if (!exempt.has(storage)) storage.dispose()
  }
}

const exempt = new WeakSet<Storage>()

/** No scope frees this tensor: something that outlives it, such as a graph, holds it. */
export function exemptFromScopes(tensor: Tensor): void {
  exempt.add(tensor.storage)
}

let openScope: Scope | undefined

function eachStorage(value: unknown, visit: (storage: Storage) => void): void {
  if (value instanceof Tensor) visit(value.storage)
  else if (Array.isArray(value)) for (const item of value) eachStorage(item, visit)
  else if (value instanceof Map) for (const item of value.values()) eachStorage(item, visit)
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    for (const item of Object.values(value)) eachStorage(item, visit)
}

/**
 * Runs `body` and frees at once the tensors that methods and functions made in it, but for those in its result (tensors, arrays, Maps and plain objects of
 * them) and those that `keep` was called with.
 */
export function scope<T>(body: (keep: <K>(value: K) => K) => T): T {
  const own = new Scope(openScope)
  openScope = own
  try {
    const result = body((value) => {
      own.keep(value)
      return value
    })
    own.keep(result)
    return result
  } finally {
    openScope = own.outer
    own.close()
  }
}

const known = new Map<string, readonly Overload[]>()

function overloadsFor(name: string): readonly Overload[] {
  let found = known.get(name)
  if (!found) known.set(name, (found = overloadsOf(name).flatMap((operator) => describe(operator) ?? [])))
  return found
}

function describe(operator: Operator): Overload | undefined {
  const { args, returns, isVararg } = operator.schema
  if (isVararg) return undefined
  // scalar arithmetic of programs is JavaScript's here
  if (![...args, ...returns].some(({ typeText }) => typeText.includes('Tensor'))) return undefined
  const readers = args.map(readerOf)
  if (readers.includes(undefined)) return undefined
  const kwargs = args.findIndex((argument) => argument.kwargOnly)
  const positional = kwargs < 0 ? args.length : kwargs
  const spread = args.findIndex((argument, i) => i < positional && /^(Sym)?[iI]nt\[/.test(argument.typeText))
  const named = returns.length > 1 && returns.every((result) => result.name)
  return {
    operator,
    readers: readers as ArgumentReader[],
    positions: new Map(args.map((argument, i) => [argument.name, i])),
    positional,
    spread: spread === positional - 1 ? spread : -1,
    resultNames: named ? returns.map((result) => result.name) : undefined,
    writes: rulesOf(operator),
  }
}

/**
 * Calls the first overload of `aten::name` that takes these arguments. Throws `RuntimeError` TSJ_OPERATOR_ARGUMENTS naming the schemas where none does, and
 * what the operator throws.
 */
export function callOperator(name: string, args: readonly unknown[]): any {
  const overloads = overloadsFor(`aten::${name}`)
  const last = args[args.length - 1]
  const options = isOptions(last) ? last : undefined
  const given = options ? args.slice(0, -1) : args
  for (const lenient of [false, true]) {
    for (const overload of overloads) {
      const values = bind(overload, given, options, lenient)
      if (!values) continue
      const result = present(
        overload,
        checkedWrite(overload.writes, values, () => eagerDispatcher().callOperator(overload.operator, values)),
      )
      if (openScope) openScope.note(result, values)
      return result
    }
  }
  throw refused(name, overloads, given, options)
}

/** Calls an operator by key, as `Dispatcher.call`, with eager mode's checks: for functions that are made of several operators. */
export function eagerCall(key: string, ...args: unknown[]): any {
  const operator = operatorByKey(key)
  const rules = operator && rulesOf(operator)
  const result = checkedWrite(rules, args, () => eagerDispatcher().call(key, ...args))
  if (openScope) openScope.note(result, args)
  return result
}

const knownRules = new Map<Operator, WriteRules | undefined>()
function rulesOf(operator: Operator): WriteRules | undefined {
  if (!knownRules.has(operator)) knownRules.set(operator, writeRules(operator))
  return knownRules.get(operator)
}

/** A tensor that was made in another way than by an operator's call: open scopes and modes know it from now on. */
export function noteMade<T>(made: T): T {
  if (openScope) openScope.note(made, [])
  noteFresh([], made)
  return made
}

function bind(
  overload: Overload,
  given: readonly unknown[],
  options: Readonly<Record<string, unknown>> | undefined,
  lenient: boolean,
): unknown[] | undefined {
  const { operator, readers, positional, positions, spread } = overload
  const formals = operator.schema.args
  let positionals = given
  if (given.length > positional || (spread >= 0 && given.length === positional && isSize(given[spread], lenient))) {
    if (spread < 0) return undefined
    for (let i = spread; i < given.length; i++) if (!isSize(given[i], lenient)) return undefined
    // int[1] and the like take one int as it is
    if (given.length > positional || formals[spread].listSize === undefined) positionals = [...given.slice(0, spread), given.slice(spread)]
  }
  const values = new Array<unknown>(formals.length)
  let used = 0
  for (let i = 0; i < formals.length; i++) {
    let value: unknown
    if (i < positionals.length) {
      value = positionals[i]
      // undefined stands for an argument left out
      if (value === undefined && formals[i].hasDefault) {
        values[i] = defaultValueOf(operator, i)
        continue
      }
    } else if (options && formals[i].name in options) {
      value = options[formals[i].name]
      used++
      if (value === undefined && formals[i].hasDefault) {
        values[i] = defaultValueOf(operator, i)
        continue
      }
    } else {
      if (!formals[i].hasDefault) return undefined
      values[i] = defaultValueOf(operator, i)
      continue
    }
    // the tensor a method is called on, and what is written, is never made from a number
    const read = readers[i](value, lenient && (i > 0 || formals[i].type.kind !== 'Tensor') && !formals[i].alias)
    if (read === mismatch) return undefined
    values[i] = read
  }
  if (options) {
    for (const key in options) if (!positions.has(key)) return undefined
    if (used !== Object.keys(options).length) return undefined
  }
  return values
}

/** A number, or a 0-dim tensor that stands for one. */
function isSize(value: unknown, lenient: boolean): boolean {
  return typeof value === 'number' || (lenient && value instanceof Tensor && value.ndim === 0)
}

function present({ resultNames }: Overload, result: any): any {
  if (result instanceof Boxed) return result.value
  if (resultNames && Array.isArray(result)) for (let i = 0; i < resultNames.length; i++) (result as any)[resultNames[i]] = result[i]
  return result
}

function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function refused(
  name: string,
  overloads: readonly Overload[],
  given: readonly unknown[],
  options: Readonly<Record<string, unknown>> | undefined,
): RuntimeError {
  const parts = [
    ...given.map(describeArgument),
    ...Object.entries(options ?? {}).map(([key, value]) => `${key}=${describeArgument(value)}`),
  ]
  if (overloads.length === 0) return new RuntimeError('TSJ_UNKNOWN_OPERATOR', `there is no operator 'aten::${name}'`)
  return new RuntimeError(
    'TSJ_OPERATOR_ARGUMENTS',
    `${name}() received an invalid combination of arguments - got (${parts.join(', ')}), but expected one of:\n${overloads
      .map(({ operator }) => ` * ${operator.schema}`)
      .join('\n')}`,
  )
}

/** A method for each of these operators. */
export function operatorMethods(names: readonly string[]): Record<string | symbol, unknown> {
  const methods: Record<string | symbol, unknown> = {}
  for (const name of names) {
    methods[name] = function (this: Tensor, ...args: unknown[]) {
      return callOperator(name, [this, ...args])
    }
  }
  return methods
}
