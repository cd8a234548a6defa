import type { Type } from './type.ts'

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
}

/** `aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`, or the signature of a script function. */
export class FunctionSchema {
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
    return this.overload ? `${this.name}.${this.overload}` : this.name
  }

  get isMutable(): boolean {
    return this.args.some((argument) => argument.alias?.isWrite)
  }

  toString(): string {
    return this.text ?? formatSchema(this)
  }
}

function formatSchema(schema: FunctionSchema): string {
  const parts: string[] = []
  let starred = false
  for (const argument of schema.args) {
    if (argument.kwargOnly && !starred) {
      parts.push('*')
      starred = true
    }
    parts.push(`${argument.typeText} ${argument.name}${argument.hasDefault ? `=${formatDefault(argument.defaultValue)}` : ''}`)
  }
  if (schema.isVararg) parts.push('...')
  const returns = schema.isVarret ? '...' : schema.returns.map((r) => (r.name ? `${r.typeText} ${r.name}` : r.typeText)).join(', ')
  return `${schema.key}(${parts.join(', ')}) -> ${schema.returns.length === 1 && !schema.isVarret ? returns : `(${returns})`}`
}

function formatDefault(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(formatDefault).join(', ')}]`
  return String(value)
}
