/**
 * Kinds of tokens. Operators and keywords have a kind each, so that the parser compares small integers only.
 * The names (what error messages call a token) are PyTorch's where PyTorch has the token.
 */
export const names: string[] = []

function kind(name: string): number {
  names.push(name)
  return names.length - 1
}

export const EOF = kind('eof')
export const NEWLINE = kind('newline')
export const INDENT = kind('indent')
export const DEDENT = kind('dedent')
/** The lexer stopped here: `Tokens.error` says why. Always the last token, and no rule of the grammar takes it. */
export const ERROR = kind('error')
export const IDENT = kind('ident')
export const NUMBER = kind('number')
export const STRING = kind('string_literal')

export const LPAREN = kind('(')
export const RPAREN = kind(')')
export const LBRACKET = kind('[')
export const RBRACKET = kind(']')
export const LBRACE = kind('{')
export const RBRACE = kind('}')
export const COMMA = kind(',')
export const COLON = kind(':')
export const SEMICOLON = kind(';')
export const DOT = kind('.')
export const ELLIPSIS = kind('dots')
export const ARROW = kind('arrow')
export const AT = kind('@')
export const ASSIGN = kind('=')
export const WALRUS = kind(':=')

export const OR = kind('or')
export const AND = kind('and')
export const NOT = kind('not')
export const IN = kind('in')
export const IS = kind('is')
export const LT = kind('<')
export const GT = kind('>')
export const LE = kind('le')
export const GE = kind('ge')
export const EQ = kind('eq')
export const NE = kind('ne')
export const PIPE = kind('|')
export const CARET = kind('^')
export const AMPERSAND = kind('&')
export const SHIFT_LEFT = kind('<<')
export const SHIFT_RIGHT = kind('>>')
export const PLUS = kind('+')
export const MINUS = kind('-')
export const STAR = kind('*')
export const SLASH = kind('/')
export const FLOOR_DIV = kind('floordiv')
export const PERCENT = kind('%')
export const POWER = kind('**')
export const TILDE = kind('~')

export const AUG_ASSIGN_FIRST = kind('+=')
export const AUG_ASSIGN = [
  AUG_ASSIGN_FIRST,
  ...['-=', '*=', '/=', '//=', '%=', '**=', '@=', '&=', '|=', '^=', '<<=', '>>='].map((name) => kind(name)),
]
export const AUG_ASSIGN_LAST = AUG_ASSIGN[AUG_ASSIGN.length - 1]

export const FALSE = kind('False')
export const NONE = kind('None')
export const TRUE = kind('True')
export const AS = kind('as')
export const ASSERT = kind('assert')
export const ASYNC = kind('async')
export const AWAIT = kind('await')
export const BREAK = kind('break')
export const CLASS = kind('class')
export const CONTINUE = kind('continue')
export const DEF = kind('def')
export const DEL = kind('del')
export const ELIF = kind('elif')
export const ELSE = kind('else')
export const EXCEPT = kind('except')
export const FINALLY = kind('finally')
export const FOR = kind('for')
export const FROM = kind('from')
export const GLOBAL = kind('global')
export const IF = kind('if')
export const IMPORT = kind('import')
export const LAMBDA = kind('lambda')
export const NONLOCAL = kind('nonlocal')
export const PASS = kind('pass')
export const RAISE = kind('raise')
export const RETURN = kind('return')
export const TRY = kind('try')
export const WHILE = kind('while')
export const WITH = kind('with')
export const YIELD = kind('yield')

const keywordKinds = [OR, AND, NOT, IN, IS, ...Array.from({ length: YIELD - FALSE + 1 }, (_, i) => FALSE + i)]

export function isKeyword(kind: number): boolean {
  return kind >= FALSE || (kind >= OR && kind <= IS)
}

const hashBits = 10
const keywordAt = new Uint8Array(1 << hashBits)

/** The rolling hash that the lexer computes while it scans a name; `step` adds a char code to the hash so far. */
export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, 33) + code) | 0
}

function bucket(hash: number): number {
  return (hash ^ (hash >>> hashBits)) & ((1 << hashBits) - 1)
}

for (const keyword of keywordKinds) {
  let hash = 0
  for (let i = 0; i < names[keyword].length; i++) hash = hashStep(hash, names[keyword].charCodeAt(i))
  if (keywordAt[bucket(hash)] !== 0) throw new Error(`keywords ${names[keyword]} and ${names[keywordAt[bucket(hash)]]} share a bucket`)
  keywordAt[bucket(hash)] = keyword
}

/** The keyword's kind, or IDENT. */
export function classifyName(text: string, start: number, end: number, hash: number): number {
  const found = keywordAt[bucket(hash)]
  if (found === 0) return IDENT
  const name = names[found]
  return name.length === end - start && text.startsWith(name, start) ? found : IDENT
}
