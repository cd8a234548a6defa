import type { Expression, Statement } from '@tsjit/parser'
import type { SourceRange } from '@tsjit/types'

/** One or several `case`s that share statements; no tests for `default`. */
export interface Case {
  readonly tests: readonly Expression[]
  readonly isDefault: boolean
  readonly body: readonly Statement[]
  readonly range: SourceRange
}

/** Whether the statements never reach their end. */
export function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1)
  if (!last) return false
  if (last.type === 'If') return last.otherwise.length > 0 && leaves(last.then) && leaves(last.otherwise)
  return ['Return', 'Raise', 'Break', 'Continue'].includes(last.type)
}

/** The cases as `if`, `elif` and `else`. `default` comes last, wherever it stands. */
export function switchStatement(value: Expression, cases: readonly Case[], range: SourceRange): Statement[] {
  const [fallback] = cases.filter(({ isDefault }) => isDefault)
  let otherwise: readonly Statement[] = fallback?.body ?? []
  for (const one of cases.filter(({ isDefault }) => !isDefault).reverse()) {
    const [first, ...rest] = one.tests.map((test): Expression => {
      return { type: 'Compare', left: value, rest: [{ operator: '==', right: test, range: test.range }], range: test.range }
    })
    const test = rest.reduce((left, right): Expression => ({ type: 'BoolOp', operator: 'or', left, right, range: one.range }), first)
    const then: readonly Statement[] = one.body.length > 0 ? one.body : [{ type: 'Pass', range: one.range }]
    otherwise = [{ type: 'If', test, then, otherwise, range: one.range }]
  }
  return otherwise.length > 0 ? [...otherwise] : [{ type: 'Pass', range }]
}
