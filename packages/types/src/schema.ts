import type { EnumType, Type } from './type.ts'

/** What a schema says of a value's aliasing: `(a!)`, `(a -> *)`, `(a|b)`. */
export interface AliasInfo {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly isWrite: boolean
}

export interface Argument {
  readonly name: string
  readonly type: Type
  /** The text of the type as the schema spells it (`SymInt[2]`, `ScalarType?`): programs see ints, kernels may care. */
  readonly typeText: string
  /** `int[2]`: a single int may stand for this many. */
  readonly listSize?: number
  readonly hasDefault: boolean
  /** A runtime value: number, boolean, string, null, list; ints for dtypes. */
  readonly defaultValue?: unknown
  readonly kwargOnly: boolean
  readonly alias?: AliasInfo
  /** Set where there is a default that only running the file would tell (a tensor): callers pass the argument. */
  readonly hasUnknownDefault?: true
}

/** `aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`, or the signature of a script function. */
export class FunctionSchema {
  // Compilers and passes ask for these of every node.
  readonly #known: { key?: string; isMutable?: boolean; hasVariables?: boolean } = {}

  constructor(
    /** `aten::add`, or the name of a script function. */
    readonly name: string,
    /** `Tensor`, or `''`. */
    readonly overload: string,
    readonly args: readonly Argument[],
    readonly returns: readonly Argument[],
    readonly isVararg = false,
    readonly isVarret = false,
    /** The text as written in the operator table. */
    readonly text?: string,
  ) {}

  /** `aten::add.Tensor`: the identity of an operator. */
  get key(): string {
    return (this.#known.key ??= this.overload ? `${this.name}.${this.overload}` : this.name)
  }

  get isMutable(): boolean {
    return (this.#known.isMutable ??= this.args.some((argument) => argument.alias?.isWrite))
  }

  /** Whether types of arguments or results have type variables. */
  get hasVariables(): boolean {
    return (this.#known.hasVariables ??= [...this.args, ...this.returns].some(({ type }) => isGeneric(type)))
  }

  toString(): string {
    return this.text ?? formatSchema(this)
  }
}

function isGeneric(type: Type): boolean {
  return type.kind === 'Var' || type.contained().some(isGeneric)
}

function formatSchema(schema: FunctionSchema): string {
  const parts: string[] = []
  let starred = false
  for (const argument of schema.args) {
    if (argument.kwargOnly && !starred) {
      parts.push('*')
      starred = true
    }
    parts.push(
      `${argument.typeText} ${argument.name}${argument.hasDefault ? `=${formatDefault(argument.defaultValue, argument.type)}` : ''}`,
    )
  }
  if (schema.isVararg) parts.push('...')
  const returns = schema.isVarret ? '...' : schema.returns.map((r) => (r.name ? `${r.typeText} ${r.name}` : r.typeText)).join(', ')
  return `${schema.key}(${parts.join(', ')}) -> ${schema.returns.length === 1 && !schema.isVarret && !returns.startsWith('(') ? returns : `(${returns})`}`
}

/** A float with 17 digits, as C++ prints it: `1.`, `0.10000000000000001`, `1e-08`. */
function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.`
  const [mantissa, exponent] = value.toExponential(16).split('e')
  const power = Number(exponent)
  const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  if (power < -4 || power >= 17) return `${trimmed(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return trimmed(value.toFixed(Math.max(0, 16 - power)))
}

function formatDefault(value: unknown, type: Type): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return JSON.stringify(value)
  const inner = type.kind === 'Optional' ? type.contained()[0] : type
  if (Array.isArray(value)) {
    const types = inner.contained()
    if (inner.kind !== 'Tuple') return `[${value.map((item) => formatDefault(item, types[0] ?? inner)).join(', ')}]`
    return `(${value.map((item, i) => formatDefault(item, types[i] ?? inner)).join(', ')}${value.length === 1 ? ',' : ''})`
  }
  if (inner.kind === 'Enum' && typeof value === 'object') {
    const { name } = inner as EnumType
    return `Enum<${name.slice(name.lastIndexOf('.') + 1)}.${(value as { name: string }).name}>`
  }
  if (typeof value === 'object' && 're' in value && 'im' in value) {
    const { re, im } = value as { re: number; im: number }
    return `${formatFloat(re)}${im < 0 || Object.is(im, -0) ? '' : '+'}${formatFloat(im)}j`
  }
  return typeof value === 'number' && inner.kind === 'float' ? formatFloat(value) : String(value)
}
