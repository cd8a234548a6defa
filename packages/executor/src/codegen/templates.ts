import { counter, ifSafe, int32, length, type Range, safe, within } from './range.ts'

/** An operand in generated code: an identifier or a literal, so that it can be repeated. */
export interface Operand {
  readonly code: string
  /** Ints: what is known of it. */
  readonly range?: Range | undefined
}

/** An expression in generated code. */
export interface Inlined {
  readonly code: string
  readonly range?: Range | undefined
  /** Whether it can throw (then the current node is recorded first). */
  readonly throws?: boolean
}

/**
 * Writes the operator in place, or returns undefined where the call is better. `slow` is the builtin's name: the general case behind an
 * inline fast path. `$t` is a scratch variable.
 */
export type Template = (args: readonly Operand[], slow: string) => Inlined | undefined

const isNumber = (operand: Operand): string | undefined => (operand.range ? undefined : `typeof ${operand.code} === 'number'`)
const all = (...tests: (string | undefined)[]): string => tests.filter(Boolean).join(' && ')
const call = (slow: string, args: readonly Operand[]): string => `${slow}(${args.map((arg) => arg.code).join(', ')})`

/** `a op b` where the result is checked against the safe range unless bounds show that it fits. */
function checked(operator: string, bounds: (a: Range, b: Range) => Range | undefined, zero = ''): Template {
  return ([a, b], slow) => {
    const range = a.range && b.range && bounds(a.range, b.range)
    const expression = `${a.code} ${operator} ${b.code}${zero}`
    if (range) return { code: `(${expression})`, range }
    const test = all(isNumber(a), isNumber(b), `($t = ${expression}) <= ${safe}`, `$t >= -${safe}`)
    return { code: `(${test} ? $t : ${call(slow, [a, b])})` }
  }
}

const add = checked('+', (a, b) => ifSafe(a.low + b.low, a.high + b.high))
const sub = checked('-', (a, b) => ifSafe(a.low - b.high, a.high - b.low))
const mul = checked(
  '*',
  (a, b) => {
    const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    return ifSafe(Math.min(...corners), Math.max(...corners))
  },
  ' + 0',
)

const remainder: Template = ([a, b], slow) => {
  if (b.range && b.range.low > 0) {
    const range = { low: 0, high: b.range.high - 1 }
    if (a.range && a.range.low >= 0)
      return { code: `(${a.code} % ${b.code})`, range: a.range.high < range.high ? { low: 0, high: a.range.high } : range }
    const test = all(isNumber(a), `${a.code} >= 0`)
    return { code: `(${test} ? ${a.code} % ${b.code} : ${call(slow, [a, b])})`, range }
  }
  const test = all(isNumber(a), isNumber(b), `${a.code} >= 0`, `${b.code} > 0`)
  return { code: `(${test} ? ${a.code} % ${b.code} : ${call(slow, [a, b])})`, throws: true }
}

const floordiv: Template = ([a, b], slow) => {
  const known = b.range && (b.range.low > 0 || b.range.high < 0)
  if (known && a.range) {
    const bound = Math.max(Math.abs(a.range.low), Math.abs(a.range.high))
    return {
      code: `(Math.floor(${a.code} / ${b.code}) + 0)`,
      range: a.range.low >= 0 && b.range!.low > 0 ? { low: 0, high: a.range.high } : ifSafe(-bound - 1, bound),
    }
  }
  const test = all(isNumber(a), isNumber(b), known ? undefined : `${b.code} !== 0`)
  return { code: `(${test || 'true'} ? Math.floor(${a.code} / ${b.code}) + 0 : ${call(slow, [a, b])})`, throws: !known }
}

/** JavaScript's `&` on safe numbers works modulo 2^32: exact where one side is a non-negative int32 mask. */
const and: Template = ([a, b], slow) => {
  const mask = [a, b].find((side) => side.range && side.range.low >= 0 && side.range.high <= int32.high)
  if (mask) {
    const other = mask === a ? b : a
    const range = { low: 0, high: mask.range!.high }
    const test = isNumber(other)
    return { code: test ? `(${test} ? ${a.code} & ${b.code} : ${call(slow, [a, b])})` : `(${a.code} & ${b.code})`, range }
  }
  return bitwise('&')([a, b], slow)
}

function bitwise(operator: string): Template {
  return ([a, b], slow) => {
    const test = all(...[a, b].map((side) => (within(side.range, int32) ? undefined : `(${side.code} | 0) === ${side.code}`)))
    const fast = `${a.code} ${operator} ${b.code}`
    // x | 0 throws on a bigint, so its kind is asked first
    return test
      ? { code: `(${all(isNumber(a), isNumber(b), test)} ? ${fast} : ${call(slow, [a, b])})` }
      : { code: `(${fast})`, range: int32 }
  }
}

const shiftLeft: Template = ([a, b], slow) => {
  const test = all(
    isNumber(a),
    isNumber(b),
    `${b.code} >= 0`,
    `${b.code} < 31`,
    `($t = ${a.code} * (1 << ${b.code})) <= ${safe}`,
    `$t >= -${safe}`,
  )
  return { code: `(${test} ? $t : ${call(slow, [a, b])})` }
}
const shiftRight: Template = ([a, b], slow) => {
  const test = all(
    isNumber(a),
    isNumber(b),
    `${b.code} >= 0`,
    `${b.code} < 32`,
    within(a.range, int32) ? undefined : `(${a.code} | 0) === ${a.code}`,
  )
  return { code: `(${test} ? ${a.code} >> ${b.code} : ${call(slow, [a, b])})` }
}

const infix =
  (operator: string): Template =>
  ([a, b]) => ({ code: `(${a.code} ${operator} ${b.code})` })

/** A comparison of an int with a float: bigints go to the general case. */
const mixedCompare =
  (operator: string): Template =>
  ([a, b], slow) => ({
    code: `(typeof ${a.code} === 'number' && typeof ${b.code} === 'number' ? ${a.code} ${operator} ${b.code} : ${call(slow, [a, b])})`,
  })

const larger =
  (operator: '>' | '<', bounds: (a: Range, b: Range) => Range): Template =>
  ([a, b]) => ({ code: `(${a.code} ${operator} ${b.code} ? ${a.code} : ${b.code})`, range: a.range && b.range && bounds(a.range, b.range) })

const listItem: Template = ([list, index], slow) => {
  if (index.range && index.range.low >= 0)
    return { code: `(${index.code} < ${list.code}.length ? ${list.code}[${index.code}] : ${call(slow, [list, index])})`, throws: true }
  return {
    code: `(${all(isNumber(index), `${index.code} >= 0`, `${index.code} < ${list.code}.length`)} ? ${list.code}[${index.code}] : ${call(slow, [list, index])})`,
    throws: true,
  }
}

const comparisons: Record<string, string> = { lt: '<', gt: '>', le: '<=', ge: '>=' }

export const templates: ReadonlyMap<string, Template> = new Map<string, Template>([
  ['aten::add.int', add],
  ['aten::sub.int', sub],
  ['aten::mul.int', mul],
  ['aten::remainder.int', remainder],
  ['aten::floordiv.int', floordiv],
  ['aten::__and__.int', and],
  ['aten::__or__.int', bitwise('|')],
  ['aten::__xor__.int', bitwise('^')],
  ['aten::__lshift__.int', shiftLeft],
  ['aten::__rshift__.int', shiftRight],
  [
    'aten::neg.int',
    ([a], slow) =>
      a.range
        ? { code: `(0 - ${a.code})`, range: ifSafe(-a.range.high, -a.range.low) }
        : { code: `(typeof ${a.code} === 'number' ? 0 - ${a.code} : ${slow}(${a.code}))` },
  ],
  ['aten::div.int', ([a, b]) => ({ code: a.range && b.range ? `(${a.code} / ${b.code})` : `(Number(${a.code}) / Number(${b.code}))` })],
  ...Object.entries(comparisons).flatMap(([name, operator]): [string, Template][] => [
    [`aten::${name}.int`, infix(operator)],
    [`aten::${name}.float`, infix(operator)],
    [`aten::${name}.int_float`, mixedCompare(operator)],
    [`aten::${name}.float_int`, mixedCompare(operator)],
  ]),
  ...['int', 'float', 'bool', 'str', 'device', 'enum'].flatMap((kind): [string, Template][] => [
    [`aten::eq.${kind}`, infix('===')],
    [`aten::ne.${kind}`, infix('!==')],
  ]),
  ['aten::eq.int_float', mixedCompare('===')],
  ['aten::eq.float_int', mixedCompare('===')],
  ['aten::ne.int_float', mixedCompare('!==')],
  ['aten::ne.float_int', mixedCompare('!==')],
  ...['add', 'sub', 'mul', 'div'].flatMap((name): [string, Template][] => {
    const operator = { add: '+', sub: '-', mul: '*', div: '/' }[name]!
    const mixed: Template = ([a, b]) => ({ code: `(Number(${a.code}) ${operator} Number(${b.code}))` })
    return [
      [`aten::${name}.float`, infix(operator)],
      ...(name === 'div'
        ? []
        : ([
            [`aten::${name}.int_float`, mixed],
            [`aten::${name}.float_int`, mixed],
          ] as [string, Template][])),
    ]
  }),
  ['aten::neg.float', ([a]) => ({ code: `(-${a.code})` })],
  ['aten::remainder.float', ([a, b]) => ({ code: `((${b.code} + (${a.code} % ${b.code})) % ${b.code})` })],
  ['aten::floordiv.float', ([a, b]) => ({ code: `Math.floor(${a.code} / ${b.code})` })],
  ['aten::__not__', ([a]) => ({ code: `(!${a.code})` })],
  ['aten::__and__.bool', infix('&&')],
  ['aten::__or__.bool', infix('||')],
  ['aten::__xor__.bool', infix('!==')],
  ['aten::Float.int', ([a]) => ({ code: a.range ? a.code : `Number(${a.code})` })],
  ['aten::Int.bool', ([a]) => ({ code: `(${a.code} ? 1 : 0)`, range: { low: 0, high: 1 } })],
  ['aten::Int.float', ([a], slow) => ({ code: `(Number.isSafeInteger($t = Math.trunc(${a.code})) ? $t + 0 : ${slow}(${a.code}))` })],
  ['aten::Bool.int', ([a]) => ({ code: `(${a.code} != 0)` })],
  ['aten::Bool.float', ([a]) => ({ code: `(${a.code} !== 0)` })],
  ['prim::max.int', larger('>', (a, b) => ({ low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) }))],
  ['prim::min.int', larger('<', (a, b) => ({ low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) }))],
  ['prim::max.float', larger('>', (a) => a)],
  ['prim::min.float', larger('<', (a) => a)],
  [
    'prim::abs.int',
    ([a], slow) =>
      a.range
        ? { code: `Math.abs(${a.code})`, range: { low: 0, high: Math.max(-a.range.low, a.range.high) } }
        : { code: `(typeof ${a.code} === 'number' ? Math.abs(${a.code}) : ${slow}(${a.code}))` },
  ],
  ['prim::abs.float', ([a]) => ({ code: `Math.abs(${a.code})` })],
  ...['sqrt', 'exp', 'log', 'sin', 'cos', 'tan', 'tanh', 'atan'].map((name): [string, Template] => [
    `aten::${name}.float`,
    ([a]) => ({ code: `Math.${name}(${a.code})` }),
  ]),
  ['aten::__is__', ([a, b]) => ({ code: `(${a.code} === ${b.code})` })],
  ['aten::__isnot__', ([a, b]) => ({ code: `(${a.code} !== ${b.code})` })],
  ['aten::add.str', infix('+')],
  ['aten::len.t', ([list]) => ({ code: `${list.code}.length`, range: length })],
  ['aten::__getitem__.t', listItem],
  ['aten::select.t', listItem],
  ['aten::append.t', ([list, element]) => ({ code: `(${list.code}.push(${element.code}), ${list.code})` })],
  ['aten::list.t', ([list]) => ({ code: `${list.code}.slice()` })],
  ['aten::copy.t', ([list]) => ({ code: `${list.code}.slice()` })],
  ['aten::add.t', ([a, b]) => ({ code: `${a.code}.concat(${b.code})` })],
  ...['str', 'int', 'bool', 'float', 'Tensor'].flatMap((kind): [string, Template][] => [
    [`aten::len.Dict_${kind}`, ([dict]) => ({ code: `${dict.code}.size`, range: length })],
    [`aten::__contains__.${kind}`, ([dict, key]) => ({ code: `${dict.code}.has(${key.code})` })],
    [
      `aten::get.default_${kind}`,
      ([dict, key, missing]) => ({ code: `(($t = ${dict.code}.get(${key.code})) !== undefined ? $t : ${missing.code})` }),
    ],
    [`aten::get.${kind}`, ([dict, key]) => ({ code: `(($t = ${dict.code}.get(${key.code})) !== undefined ? $t : null)` })],
    [
      `aten::__getitem__.Dict_${kind}`,
      ([dict, key], slow) => ({
        code: `(($t = ${dict.code}.get(${key.code})) !== undefined ? $t : ${slow}(${dict.code}, ${key.code}))`,
        throws: true,
      }),
    ],
    [`aten::_set_item.${kind}`, ([dict, key, value]) => ({ code: `${dict.code}.set(${key.code}, ${value.code})` })],
  ]),
  ['aten::dim', ([tensor]) => ({ code: `${tensor.code}.shape.length`, range: length })],
  [
    'aten::size.int',
    ([tensor, dim], slow) => {
      if (!dim.range || dim.range.low !== dim.range.high) return undefined
      const at = dim.range.low
      const index = at < 0 ? `${tensor.code}.shape.length - ${-at}` : String(at)
      return {
        code: `(($t = ${tensor.code}.shape[${index}]) !== undefined ? $t : ${slow}(${tensor.code}, ${dim.code}))`,
        range: counter,
        throws: true,
      }
    },
  ],
  [
    'aten::len.Tensor',
    ([tensor], slow) => ({
      code: `(($t = ${tensor.code}.shape[0]) !== undefined ? $t : ${slow}(${tensor.code}))`,
      range: counter,
      throws: true,
    }),
  ],
  [
    'aten::__range_length',
    ([low, high, step], slow) => {
      if (step.range?.low === 1 && step.range.high === 1 && low.range && high.range) {
        const range = ifSafe(0, Math.max(0, high.range.high - low.range.low))
        if (range) return { code: `Math.max(0, ${high.code} - ${low.code})`, range }
      }
      return { code: call(slow, [low, high, step]), throws: true }
    },
  ],
  [
    'aten::__derive_index',
    ([index, start, step], slow) => {
      if (index.range && start.range && step.range) {
        const corners = [
          index.range.low * step.range.low,
          index.range.low * step.range.high,
          index.range.high * step.range.low,
          index.range.high * step.range.high,
        ]
        const range = ifSafe(start.range.low + Math.min(...corners), start.range.high + Math.max(...corners))
        if (range) return { code: `(${start.code} + ${index.code} * ${step.code} + 0)`, range }
      }
      return {
        code: `(${all(isNumber(index), isNumber(start), isNumber(step), `($t = ${start.code} + ${index.code} * ${step.code} + 0) <= ${safe}`, `$t >= -${safe}`)} ? $t : ${call(slow, [index, start, step])})`,
      }
    },
  ],
])
