import type { Expression, Statement } from '@tsjit/parser'
import { SourceRange } from '@tsjit/types'

/**
 * An assignment, or several expressions joined by commas, where JavaScript has an expression: only inside of the readers. Minifiers write
 * `c && (a = 1)`, `c ? f() : (a = 1, g())` and `return a = 1, a`; `effectsOf` and `split` make statements of them.
 */
export type Effect =
  | {
      readonly type: 'AssignmentEffect'
      readonly statement: Statement
      readonly range: SourceRange
      /** Its value, once it is done, where that is not what was assigned: that of `n++` is `n - 1`. */
      readonly value?: Expression
    }
  | {
      readonly type: 'Sequence'
      readonly items: readonly Expression[]
      readonly range: SourceRange
      /** What needs statements, where it is no assignment of the program's: names of its own are assigned, which nothing else reads. */
      readonly made?: string
    }

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

export function ifStatement(test: Expression, then: readonly Statement[], otherwise: readonly Statement[], range: SourceRange): Statement {
  return { type: 'If', test, then, otherwise, range }
}

/** An expression for what it does: its value is not used. */
export function effectsOf(expression: Expression): Statement[] {
  const effect = effectOf(expression)
  if (effect?.type === 'AssignmentEffect') return [effect.statement]
  if (effect) return effect.items.flatMap(effectsOf)
  const { range } = expression
  if (expression.type === 'BoolOp') {
    const test: Expression =
      expression.operator === 'and' ? expression.left : { type: 'Unary', operator: 'not', operand: expression.left, range }
    const [before, value] = split(test)
    return [...before, ifStatement(value, effectsOf(expression.right), [], range)]
  }
  if (expression.type === 'Conditional') {
    const [before, test] = split(expression.test)
    return [...before, ifStatement(test, effectsOf(expression.then), effectsOf(expression.otherwise), range)]
  }
  const [before, value] = split(expression)
  return before.length > 0 && value.type === 'Name' ? before : [...before, { type: 'ExpressionStatement', value, range }]
}

/**
 * What an expression does before it has its value, and the value: of `a = 1, a` the assignment, and `a`. Effects in what is evaluated first come
 * out; others stay, and are refused in the end.
 */
export function split(expression: Expression): [Statement[], Expression] {
  const effect = effectOf(expression)
  if (effect?.type === 'Sequence') {
    const [before, value] = split(effect.items[effect.items.length - 1])
    return [[...effect.items.slice(0, -1).flatMap(effectsOf), ...before], value]
  }
  if (effect) {
    const { statement, value } = effect
    if (value) return [[statement], value]
    const target = statement.type === 'Assign' ? statement.targets[0] : undefined
    return target?.type === 'Name' ? [[statement], target] : [[], expression]
  }
  switch (expression.type) {
    case 'Compare':
      return inFirst(expression, 'left')
    case 'Binary': {
      const [before, { left, right, ...rest }] = inFirst(expression, 'left')
      const [more, second] = isSimple(left) && onlyMade(right) ? split(right) : [[], right]
      return [[...before, ...more], { ...rest, left, right: second }]
    }
    case 'BoolOp':
      return inFirst(expression, 'left')
    case 'Unary':
      return inFirst(expression, 'operand')
    case 'Attribute':
    case 'Subscript':
      return inFirst(expression, 'value')
    case 'Call': {
      const [before, { callee, args, ...rest }] = inFirst(expression, 'callee')
      const statements = [...before]
      const given: Expression[] = []
      for (const arg of args) {
        const isFirst = isSimple(callee) && given.every(isSimple) && onlyMade(arg)
        const [more, value] = isFirst ? split(arg) : [[], arg]
        statements.push(...more)
        given.push(value)
      }
      return [statements, { ...rest, callee, args: given }]
    }
    case 'Conditional':
      return findEffect(expression.then) || findEffect(expression.otherwise) ? chosen(expression) : inFirst(expression, 'test')
  }
  return [[], expression]
}

function inFirst<E extends Expression, K extends keyof E>(expression: E, key: K): [Statement[], E] {
  const [before, value] = split(expression[key] as Expression)
  return before.length === 0 ? [before, expression] : [before, { ...expression, [key]: value }]
}

/** `c ? (a = 1, a) : b` by an `if`, into a name of its own. */
function chosen({ test: condition, then, otherwise, range }: Extract<Expression, { type: 'Conditional' }>): [Statement[], Expression] {
  const name: Expression = { type: 'Name', name: `choice_${range.start}`, range }
  const branch = (expression: Expression): Statement[] => {
    const [before, value] = split(expression)
    return [...before, { type: 'Assign', targets: [name], value, range: expression.range }]
  }
  const [before, test] = split(condition)
  return [[...before, ifStatement(test, branch(then), branch(otherwise), range)], name]
}

/** Names, constants, what hangs from them and operators: it does not matter when they are evaluated. */
function isSimple(expression: Expression): boolean {
  switch (expression.type) {
    case 'Attribute':
      return isSimple(expression.value)
    case 'Unary':
      return isSimple(expression.operand)
    case 'Binary':
    case 'BoolOp':
      return isSimple(expression.left) && isSimple(expression.right)
    case 'Compare':
      return isSimple(expression.left) && expression.rest.every(({ right }) => isSimple(right))
    case 'Conditional':
      return isSimple(expression.test) && isSimple(expression.then) && isSimple(expression.otherwise)
  }
  return ['Name', 'Number', 'String', 'Constant'].includes(expression.type)
}

/** Whether the readers made all effects themselves. */
function onlyMade(expression: Expression): boolean {
  const effect = findEffect(expression)
  return effect?.type === 'Sequence' && effect.made !== undefined
}

/** `return c ? (a = 1, a) : b`: a branch each. */
export function returned(expression: Expression, range: SourceRange): Statement[] {
  const [before, value] = split(expression)
  if (value.type === 'Conditional' && (findEffect(value.then) || findEffect(value.otherwise))) {
    const [first, test] = split(value.test)
    return [...before, ...first, ifStatement(test, returned(value.then, range), returned(value.otherwise, range), range)]
  }
  return [...before, { type: 'Return', value, range }]
}
