import type { Expression, NumberLiteral, Statement } from '@tsjit/parser'

type ForStatement = Extract<Statement, { type: 'For' }>

/** `for (let i = a; i < b; i += c)`, or downwards, whose body leaves `i` alone: a loop over a range. */
export function countedLoop(
  first: readonly Statement[],
  test: Expression,
  last: readonly Statement[],
  body: readonly Statement[],
): ForStatement | undefined {
  const [init] = first
  const [step] = last
  if (first.length !== 1 || init.type !== 'Assign' || init.targets[0].type !== 'Name' || !init.value) return undefined
  const { name } = init.targets[0]
  const by = last.length === 1 ? stepOf(step, name) : undefined
  if (!by) return undefined
  if (test.type !== 'Compare' || test.left.type !== 'Name' || test.left.name !== name || test.rest.length !== 1) return undefined
  const [{ operator, right: bound }] = test.rest
  const isDown = by.operator === '-'
  if (!(isDown ? ['>', '>='] : ['<', '<=']).includes(operator)) return undefined
  // Python takes the bound once, JavaScript each time: it must not change.
  if (assigns(body, name) || !isSteady(bound, body)) return undefined
  const { range } = init
  const number = (value: number): Expression => ({ type: 'Number', kind: 'int', value, text: String(value), range })
  const stop: Expression = operator.endsWith('=')
    ? { type: 'Binary', operator: isDown ? '-' : '+', left: bound, right: number(1), range, operatorRange: range }
    : bound
  const isOne = by.size.value === 1
  const isZero = init.value.type === 'Number' && init.value.value === 0 && init.value.kind === 'int'
  const size: Expression = isDown ? { type: 'Unary', operator: '-', operand: by.size, range } : by.size
  const args = isOne && !isDown ? (isZero ? [stop] : [init.value, stop]) : [init.value, stop, size]
  const iterable: Expression = { type: 'Call', callee: { type: 'Name', name: 'range', range }, args, keywords: [], range }
  return { type: 'For', target: init.targets[0], iterable, body, otherwise: [], range }
}

/** `i = i + 2`, which is what `i += 2` and `i++` are read as. */
function stepOf(step: Statement, name: string): { readonly operator: '+' | '-'; readonly size: NumberLiteral } | undefined {
  if (step.type !== 'Assign' || step.targets[0].type !== 'Name' || step.targets[0].name !== name) return undefined
  const { value } = step
  if (value?.type !== 'Binary' || value.left.type !== 'Name' || value.left.name !== name || value.right.type !== 'Number') return undefined
  const { operator, right } = value
  return (operator === '+' || operator === '-') && right.kind === 'int' && right.value > 0 ? { operator, size: right } : undefined
}

function walk(node: unknown, visit: (node: { readonly type?: string }) => boolean | undefined): boolean {
  if (Array.isArray(node)) return node.some((item) => walk(item, visit))
  if (typeof node !== 'object' || node === null || 'source' in node) return false
  if (visit(node as { type?: string })) return true
  return Object.entries(node).some(
    ([key, value]) => key !== 'range' && key !== 'nameRange' && key !== 'operatorRange' && walk(value, visit),
  )
}

function assigns(body: readonly Statement[], name: string): boolean {
  const isName = (target: Expression): boolean =>
    target.type === 'Name' ? target.name === name : target.type === 'Tuple' && target.elements.some(isName)
  return walk(body, (node) => {
    const statement = node as Statement
    if (statement.type === 'Assign') return statement.targets.some(isName)
    if (statement.type === 'AugmentedAssign' || statement.type === 'For') return isName(statement.target)
    return undefined
  })
}

/** A number, or a name that the loop does not assign; also `len` and sizes of names that no method of the loop touches. */
function isSteady(bound: Expression, body: readonly Statement[]): boolean {
  if (bound.type === 'Number') return true
  if (bound.type === 'Name') return !assigns(body, bound.name)
  if (bound.type === 'Binary') return isSteady(bound.left, body) && isSteady(bound.right, body)
  if (bound.type !== 'Call') return false
  const over =
    bound.callee.type === 'Attribute' && bound.callee.name === 'size'
      ? bound.callee.value
      : bound.callee.type === 'Name' && bound.callee.name === 'len'
        ? bound.args[0]
        : undefined
  if (over?.type !== 'Name' || assigns(body, over.name)) return false
  const grows = new Set(['append', 'pop', 'insert', 'extend', 'clear', 'remove'])
  return !walk(body, (node) => {
    const call = node as Expression
    return call.type === 'Attribute' && grows.has(call.name) && call.value.type === 'Name' && call.value.name === over.name
  })
}

export function containsContinue(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement.type === 'Continue') return true
    return statement.type === 'If' && (containsContinue(statement.then) || containsContinue(statement.otherwise))
  })
}

/** Whether a `break` stands in the statements that no loop of theirs takes. */
export function containsBreak(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement.type === 'Break') return true
    return statement.type === 'If' && (containsBreak(statement.then) || containsBreak(statement.otherwise))
  })
}
