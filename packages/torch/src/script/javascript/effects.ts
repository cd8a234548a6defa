import type { Expression, Statement } from '@tsjit/parser'
import { SourceRange } from '@tsjit/types'

/**
 * An assignment, or several expressions joined by commas, where JavaScript has an expression: only inside of the readers. Minifiers write
 * `c && (a = 1)`, `c ? f() : (a = 1, g())` and `return a = 1, a`; `effectsOf` and `split` make statements of them.
 */
export type Effect =
  | { readonly type: 'AssignmentEffect'; readonly statement: Statement; readonly range: SourceRange }
  | { readonly type: 'Sequence'; readonly items: readonly Expression[]; readonly range: SourceRange }

/** Effects stand in the tree as expressions until the statement is read. */
export const asExpression = (effect: Effect): Expression => effect as unknown as Expression
const effectOf = (expression: Expression): Effect | undefined => {
  const { type } = expression as { type: string }
  return type === 'AssignmentEffect' || type === 'Sequence' ? (expression as unknown as Effect) : undefined
}

/** The first assignment or comma inside of an expression. */
export function findEffect(node: unknown): Effect | undefined {
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = findEffect(item)
      if (found) return found
    }
    return undefined
  }
  if (typeof node !== 'object' || node === null || node instanceof SourceRange) return undefined
  const effect = 'type' in node ? effectOf(node as Expression) : undefined
  if (effect) return effect
  for (const value of Object.values(node)) {
    const found = typeof value === 'object' ? findEffect(value) : undefined
    if (found) return found
  }
  return undefined
}

/** An expression for what it does. */
export function effectsOf(expression: Expression): Statement[] {
  const effect = effectOf(expression)
  if (effect?.type === 'AssignmentEffect') return [effect.statement]
  if (effect) return effect.items.flatMap(effectsOf)
  const { range } = expression
  if (expression.type === 'BoolOp' && findEffect(expression.right)) {
    const test: Expression =
      expression.operator === 'and' ? expression.left : { type: 'Unary', operator: 'not', operand: expression.left, range }
    const [before, value] = split(test)
    return [...before, { type: 'If', test: value, then: effectsOf(expression.right), otherwise: [], range }]
  }
  if (expression.type === 'Conditional' && (findEffect(expression.then) || findEffect(expression.otherwise))) {
    const [before, test] = split(expression.test)
    return [
      ...before,
      { type: 'If', test, then: effectsOf(expression.then), otherwise: effectsOf(expression.otherwise), range },
    ]
  }
  const [before, value] = split(expression)
  return value.type === 'Name' ? before : [...before, { type: 'ExpressionStatement', value, range }]
}

/** What an expression does before it has its value, and the value: of `a = 1, a` the assignment, and `a`. */
export function split(expression: Expression): [Statement[], Expression] {
  const effect = effectOf(expression)
  if (effect?.type === 'Sequence') {
    const [before, value] = split(effect.items[effect.items.length - 1])
    return [[...effect.items.slice(0, -1).flatMap(effectsOf), ...before], value]
  }
  if (effect?.statement.type === 'Assign' && effect.statement.targets[0].type === 'Name') return [[effect.statement], effect.statement.targets[0]]
  if (effect?.statement.type === 'AugmentedAssign' && effect.statement.target.type === 'Name') return [[effect.statement], effect.statement.target]
  return [[], expression]
}

/** `return c ? (a = 1, a) : b`: a branch each. */
export function returned(expression: Expression, range: SourceRange): Statement[] {
  const [before, value] = split(expression)
  if (value.type === 'Conditional' && (findEffect(value.then) || findEffect(value.otherwise))) {
    const [first, test] = split(value.test)
    return [...before, ...first, { type: 'If', test, then: returned(value.then, range), otherwise: returned(value.otherwise, range), range }]
  }
  return [...before, { type: 'Return', value, range }]
}
