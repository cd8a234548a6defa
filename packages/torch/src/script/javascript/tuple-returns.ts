import type { Expression, Statement } from '@tsjit/parser'
import { ifStatement } from './effects.ts'

/** JavaScript has no tuples: where the function is said to return one, the arrays that it returns are. */
export function tupleReturns(body: readonly Statement[], result: Expression): readonly Statement[] {
  if (!elementsOf(result)) return body
  const inside = (statements: readonly Statement[]): readonly Statement[] => tupleReturns(statements, result)
  return body.map((statement): Statement => {
    switch (statement.type) {
      case 'Return':
        return statement.value ? { ...statement, value: asDeclared(statement.value, result) } : statement
      case 'If':
        return ifStatement(statement.test, inside(statement.then), inside(statement.otherwise), statement.range)
      case 'While':
      case 'For':
        return { ...statement, body: inside(statement.body) }
      default:
        return statement
    }
  })
}

/** The types of a tuple's elements. */
function elementsOf(type: Expression): readonly Expression[] | undefined {
  if (type.type !== 'Subscript' || type.value.type !== 'Name' || !['Tuple', 'tuple'].includes(type.value.name)) return undefined
  return type.indices.flatMap((index) => (index.type === 'Tuple' ? index.elements : index.type === 'Slice' ? [] : [index]))
}

function asDeclared(value: Expression, type: Expression): Expression {
  const types = elementsOf(type)
  if (!types) return value
  if (value.type === 'Conditional') {
    const [then, otherwise] = [asDeclared(value.then, type), asDeclared(value.otherwise, type)]
    return { ...value, then, otherwise }
  }
  if (value.type !== 'List') return value
  const elements = value.elements.map((element, i) => (types[i] ? asDeclared(element, types[i]) : element))
  return { type: 'Tuple', elements, parenthesized: true, range: value.range }
}
