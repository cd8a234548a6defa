import type { BinaryOperator, CompareOperator, UnaryOperator } from './ast.ts'
import * as T from './token.ts'

/** Python's operator precedence: how tightly each infix operator binds, by token kind; 0 for all other tokens. */
export const precedence = new Uint8Array(T.names.length)
export const precedenceOfOr = 1
const precedenceOfAnd = 2
export const precedenceOfNot = 3
export const precedenceOfCompare = 4
/** Targets and starred expressions take no operator below this: no comparison, `not`, `and`, `or`. */
export const precedenceOfBitOr = 5
export const precedenceOfUnary = 11
export const precedenceOfPower = 12

const infix: [number, number, BinaryOperator?][] = [
  [T.OR, precedenceOfOr],
  [T.AND, precedenceOfAnd],
  [T.PIPE, precedenceOfBitOr, '|'],
  [T.CARET, 6, '^'],
  [T.AMPERSAND, 7, '&'],
  [T.SHIFT_LEFT, 8, '<<'],
  [T.SHIFT_RIGHT, 8, '>>'],
  [T.PLUS, 9, '+'],
  [T.MINUS, 9, '-'],
  [T.STAR, 10, '*'],
  [T.SLASH, 10, '/'],
  [T.FLOOR_DIV, 10, '//'],
  [T.PERCENT, 10, '%'],
  [T.AT, 10, '@'],
  [T.POWER, precedenceOfPower, '**'],
]

/** By token kind. */
export const binaryOperators: BinaryOperator[] = []
for (const [kind, level, operator] of infix) {
  precedence[kind] = level
  if (operator) binaryOperators[kind] = operator
}

/** By the kind of the (first) token. `not in` and `is not` have two tokens. */
export const compareOperators: CompareOperator[] = []
for (const [kind, operator] of [
  [T.LT, '<'],
  [T.GT, '>'],
  [T.LE, '<='],
  [T.GE, '>='],
  [T.EQ, '=='],
  [T.NE, '!='],
  [T.IN, 'in'],
  [T.NOT, 'not in'],
  [T.IS, 'is'],
] as const) {
  precedence[kind] = precedenceOfCompare
  compareOperators[kind] = operator
}

export const unaryOperators: UnaryOperator[] = []
for (const [kind, operator] of [
  [T.MINUS, '-'],
  [T.PLUS, '+'],
  [T.TILDE, '~'],
  [T.NOT, 'not'],
] as const)
  unaryOperators[kind] = operator

/** 1 for the prefix operators. */
export const isPrefix = new Uint8Array(T.names.length)
for (const kind of [T.MINUS, T.PLUS, T.TILDE, T.NOT]) isPrefix[kind] = 1

/** The operator of an augmented assignment, by token kind. */
export const augmentedOperators: BinaryOperator[] = []
for (const kind of T.AUG_ASSIGN) augmentedOperators[kind] = T.names[kind].slice(0, -1) as BinaryOperator

/** 1 for the tokens that an expression (starred ones included) can start with. */
export const startsExpression = new Uint8Array(T.names.length)
for (const kind of [
  T.IDENT,
  T.NUMBER,
  T.STRING,
  T.LPAREN,
  T.LBRACKET,
  T.LBRACE,
  T.ELLIPSIS,
  T.FALSE,
  T.NONE,
  T.TRUE,
  T.AWAIT,
  T.LAMBDA,
  T.MINUS,
  T.PLUS,
  T.TILDE,
  T.NOT,
  T.STAR,
]) {
  startsExpression[kind] = 1
}
