import { Boxed } from '@tsjit/runtime'
import { StringType, type Type } from '@tsjit/types'
import type { NodeBuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'
import { formatValue } from './format-value.ts'
import { type Int, truncToInt } from './int-arithmetic.ts'

/** `"{} and {}".format(a, b)`: only plain braces, as in PyTorch. */
function format(template: string, args: readonly unknown[], types: readonly Type[]): string {
  let result = ''
  let begin = 0
  for (let used = 0; ; used++) {
    const at = template.indexOf('{}', begin)
    if (at < 0) return result + template.slice(begin)
    if (used >= args.length) throw failure('TSJ_FORMAT', `Too few arguments for format string: ${template}`)
    result += template.slice(begin, at) + formatValue(args[used], types[used])
    begin = at + 2
  }
}

function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits).split('e')
  const power = Number(exponent)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

const special = (value: number): string | undefined =>
  Number.isFinite(value) ? undefined : Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'

function formatted(key: string, given: unknown, givenType: Type): string {
  const value = given instanceof Boxed ? given.value : given
  const type = given instanceof Boxed ? given.type : givenType
  const isNumber = typeof value === 'number' || typeof value === 'bigint'
  const needNumber = (): number => {
    if (!isNumber) throw failure('TSJ_FORMAT', `%${key} requires a number for formatting, but got ${tagName(type)}`)
    return Number(value)
  }
  switch (key) {
    case 'd':
    case 'i':
      needNumber()
      return type.kind === 'float' ? String(BigInt.asIntN(32, BigInt(truncToInt(value as number)))) : String(value as Int)
    case 'e':
    case 'E': {
      // PyTorch goes through a 32-bit float
      const number = Math.fround(needNumber())
      const text = special(number) ?? scientific(number, 6)
      return key === 'E' ? text.toUpperCase() : text
    }
    case 'f':
    case 'F': {
      const number = Math.fround(needNumber())
      return special(number) ?? (Math.abs(number) < 1e21 ? number.toFixed(6) : `${BigInt(number)}.000000`)
    }
    case 'c':
      if (type.kind === 'int') return String.fromCharCode(Number(value) & 0xff)
      if (typeof value === 'string' && value.length === 1) return value
      throw failure('TSJ_FORMAT', `%${key} requires an int or char for formatting, but got ${tagName(type)}`)
    case 's':
      return formatValue(value, type)
    default:
      throw failure('TSJ_FORMAT', `The specifier %${key} is not supported in TorchScript format strings`)
  }
}

function tagName(type: Type): string {
  const names: Record<string, string> = {
    str: 'String',
    float: 'Double',
    int: 'Int',
    bool: 'Bool',
    List: 'GenericList',
    Dict: 'GenericDict',
  }
  return names[type.kind] ?? type.kind
}

/** `"%d %s" % args`. */
function percentFormat(template: string, args: readonly unknown[], types: readonly Type[]): string {
  let result = ''
  let begin = 0
  let used = 0
  for (;;) {
    const at = template.indexOf('%', begin)
    if (at < 0) {
      result += template.slice(begin)
      break
    }
    if (at >= template.length - 1) throw failure('TSJ_FORMAT', 'Incomplete format specifier')
    result += template.slice(begin, at)
    begin = at + 2
    if (template[at + 1] === '%') {
      result += '%'
      continue
    }
    if (used >= args.length) throw failure('TSJ_FORMAT', 'Too few arguments for format string')
    result += formatted(template[at + 1], args[used], types[used])
    used++
  }
  if (used !== args.length) throw failure('TSJ_FORMAT', 'Too many arguments for format string')
  return result
}

export const formats: NodeBuiltinTable = {
  'aten::format': (_node, _context, types) => {
    const rest = types.slice(1)
    return (template: string, ...args: unknown[]) => format(template, args, rest)
  },
  'aten::percentFormat': (_node, _context, types) => (template: string, given: unknown) => {
    const type = types[1] ?? StringType
    const value = given instanceof Boxed ? given.value : given
    const actual = given instanceof Boxed ? given.type : type
    return actual.kind === 'Tuple'
      ? percentFormat(template, value as unknown[], actual.contained())
      : percentFormat(template, [value], [actual])
  },
  'aten::str': (_node, _context, [type]) => {
    if (type.kind === 'int') return String
    return (value: unknown) => formatValue(value, type)
  },
  'prim::Print': (_node, { print }, types) => {
    return (...args: unknown[]) => print(`${args.map((value, i) => formatValue(value, types[i])).join(' ')}\n`)
  },
}
