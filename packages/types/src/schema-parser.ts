import { TsjitError } from './diagnostic.ts'
import { type AliasInfo, type Argument, FunctionSchema } from './schema.ts'
import { unionOf } from './subtyping.ts'
import {
  AnyClassType,
  AnyEnumType,
  AnyListType,
  AnyTupleType,
  AnyType,
  AwaitType,
  BoolType,
  CapsuleType,
  ComplexType,
  DeviceType,
  DictType,
  FloatType,
  FutureType,
  GeneratorType,
  IntType,
  ListType,
  NoneType,
  OptionalType,
  RRefType,
  ScalarType,
  StorageType,
  StreamType,
  StringType,
  TensorT,
  TupleType,
  type Type,
  VarType,
} from './type.ts'

const plainTypes: Record<string, Type> = {
  Tensor: TensorT,
  int: IntType,
  SymInt: IntType,
  float: FloatType,
  bool: BoolType,
  SymBool: BoolType,
  complex: ComplexType,
  Scalar: ScalarType,
  number: ScalarType,
  str: StringType,
  Device: DeviceType,
  Generator: GeneratorType,
  Stream: StreamType,
  Storage: StorageType,
  Capsule: CapsuleType,
  NoneType,
  None: NoneType,
  Any: AnyType,
  ScalarType: IntType,
  Layout: IntType,
  MemoryFormat: IntType,
  Dimname: StringType,
  QScheme: IntType,
  AnyEnumType,
  AnyClassType,
  list: AnyListType,
  tuple: AnyTupleType,
  AnyListType,
  AnyTupleType,
  DeviceObjType: DeviceType,
  t: new VarType('t'),
  Generator_: GeneratorType,
}

/** Reads the text of a schema, in PyTorch's grammar (`torch/csrc/jit/frontend/function_schema_parser.cpp`). Throws TSJ_SCHEMA_SYNTAX. */
export function parseSchema(text: string): FunctionSchema {
  return new SchemaParser(text).schema()
}

class SchemaParser {
  private at = 0
  constructor(private readonly text: string) {}

  schema(): FunctionSchema {
    const name = this.match(/[A-Za-z_][\w:]*(?:::[\w]+)*/y) ?? this.fail('a name')
    const overload = this.take('.') ? (this.match(/\w+/y) ?? this.fail('an overload name')) : ''
    this.expect('(')
    const args: Argument[] = []
    let kwargOnly = false
    let isVararg = false
    while (!this.take(')')) {
      if (this.take('...')) isVararg = true
      else if (this.take('*')) kwargOnly = true
      else args.push(this.argument(kwargOnly, args.length))
      if (!this.take(',') && !this.peek(')')) this.fail("',' or ')'")
    }
    this.expect('->')
    let isVarret = false
    const returns: Argument[] = []
    if (this.take('...')) isVarret = true
    else if (this.take('(')) {
      while (!this.take(')')) {
        if (this.take('...')) isVarret = true
        else returns.push(this.argument(false, returns.length, true))
        if (!this.take(',') && !this.peek(')')) this.fail("',' or ')'")
      }
    } else returns.push(this.argument(false, 0, true))
    return new FunctionSchema(name, overload, args, returns, isVararg, isVarret, this.text)
  }

  private argument(kwargOnly: boolean, index: number, isReturn = false): Argument {
    this.space()
    const start = this.at
    const { type, alias, listSize } = this.type()
    const typeText = this.text.slice(start, this.at).trim()
    const name = this.match(/[A-Za-z_]\w*/y) ?? ''
    if (!name && !isReturn) this.fail(`a name for argument ${index}`)
    const hasDefault = !isReturn && this.take('=')
    const argument: Argument = {
      name,
      type,
      typeText,
      kwargOnly,
      hasDefault,
      ...(listSize === undefined ? {} : { listSize }),
      ...(alias ? { alias } : {}),
      ...(hasDefault ? { defaultValue: this.defaultValue(type, listSize) } : {}),
    }
    return argument
  }

  type(): { type: Type; alias?: AliasInfo; listSize?: number } {
    let type: Type
    let alias: AliasInfo | undefined
    let listSize: number | undefined
    if (this.take('(')) {
      const elements: Type[] = []
      while (!this.take(')')) {
        elements.push(this.type().type)
        if (!this.take(',') && !this.peek(')')) this.fail("',' or ')'")
      }
      type = new TupleType(elements)
    } else {
      const name = this.match(/[A-Za-z_]\w*(?:\.\w+)*/y) ?? this.fail('a type')
      if (name === 'Dict') {
        const [key, value] = this.generic(2)
        type = new DictType(key, value)
      } else if (name === 'Future') type = new FutureType(this.generic(1)[0])
      else if (name === 'Await') type = new AwaitType(this.generic(1)[0])
      else if (name === 'RRef') type = new RRefType(this.generic(1)[0])
      else if (name === 'Union') type = unionOf(this.generic())
      else if (name === '__torch__' || name.startsWith('__torch__.')) type = AnyClassType
      else type = plainTypes[name] ?? (/^[a-z]\w*$/.test(name) ? new VarType(name) : this.fail('a type', name))
    }
    if (this.peek('(')) alias = this.alias()
    for (;;) {
      if (this.take('[')) {
        const size = this.match(/\d+/y)
        this.expect(']')
        if (size !== undefined) listSize = Number(size)
        type = new ListType(type)
        if (this.peek('(')) {
          const outer = this.alias()
          alias = outer ?? alias
        }
      } else if (this.take('?')) type = new OptionalType(type)
      else break
    }
    return { type, ...(alias ? { alias } : {}), ...(listSize === undefined ? {} : { listSize }) }
  }

  private generic(count?: number): Type[] {
    this.expect('(')
    const types: Type[] = []
    while (!this.take(')')) {
      types.push(this.type().type)
      if (!this.take(',') && !this.peek(')')) this.fail("',' or ')'")
    }
    if (count !== undefined && types.length !== count) this.fail(`${count} type arguments`)
    return types
  }

  private alias(): AliasInfo | undefined {
    const found = this.match(/\(([a-z*](?:\|[a-z*])*)(!)?(?:\s*->\s*([a-z*](?:\|[a-z*])*))?\)/y)
    if (found === undefined) return undefined
    const parts = /\(([a-z*|]+)(!)?(?:\s*->\s*([a-z*|]+))?\)/.exec(found)!
    const before = parts[1].split('|')
    return { before, after: parts[3] ? parts[3].split('|') : before, isWrite: parts[2] === '!' }
  }

  private defaultValue(type: Type, listSize: number | undefined): unknown {
    this.space()
    if (this.take('[')) {
      const element = type.kind === 'List' ? (type as ListType).element : type.contained()[0]
      const values: unknown[] = []
      while (!this.take(']')) {
        values.push(this.defaultValue(element ?? type, undefined))
        if (!this.take(',') && !this.peek(']')) this.fail("',' or ']'")
      }
      return values
    }
    const quoted = this.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y)
    if (quoted !== undefined) return unescapeString(quoted.slice(1, -1))
    const word = this.match(/-?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|inf|nan)|[A-Za-z_]\w*/y) ?? this.fail('a default value')
    const value = constants[word] !== undefined || word in constants ? constants[word] : Number(word)
    if (typeof value === 'number' && Number.isNaN(value) && word !== 'nan') this.fail('a default value')
    if (listSize !== undefined && typeof value === 'number') return Array.from({ length: listSize }, () => value)
    return value
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }
  private peek(token: string): boolean {
    this.space()
    return this.text.startsWith(token, this.at)
  }
  private take(token: string): boolean {
    if (!this.peek(token)) return false
    this.at += token.length
    return true
  }
  private expect(token: string): void {
    if (!this.take(token)) this.fail(`'${token}'`)
  }
  private match(pattern: RegExp): string | undefined {
    this.space()
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return undefined
    this.at += found[0].length
    return found[0]
  }
  private fail(expected: string, found?: string): never {
    const what = found ?? (this.text.slice(this.at, this.at + 20) || 'the end')
    throw new TsjitError('TSJ_SCHEMA_SYNTAX', `expected ${expected} but found '${what}' at column ${this.at} of schema '${this.text}'`)
  }
}

const constants: Record<string, unknown> = {
  None: null,
  True: true,
  False: false,
  Mean: 1,
  Sum: 2,
  contiguous_format: 0,
  preserve_format: 1,
  channels_last: 2,
  strided: 0,
  long: 4,
  float: 6,
  double: 7,
  int: 3,
  bool: 11,
  inf: Infinity,
  cpu: 'cpu',
}
constants['-inf'] = -Infinity
constants.nan = Number.NaN

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', b: '\b', a: '\x07', '0': '\0' }

function unescapeString(body: string): string {
  return body.replace(/\\(\d{1,3}|.)/gs, (_, code: string) =>
    /^\d/.test(code) && code !== '0' ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  )
}
