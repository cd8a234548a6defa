import type { Node } from '@tsjit/ir'
import type { Evaluator } from '../src/index.ts'

type Rule = (...args: any[]) => unknown

/** Enough of the operators on numbers, strings and lists to fold what the cases fold. */
const rules: Readonly<Record<string, Rule>> = {
  'aten::add': (a, b) => (Array.isArray(a) ? [...a, ...b] : a + b),
  'aten::sub': (a, b) => a - b,
  'aten::mul': (a, b) => a * b,
  'aten::neg': (a) => -a,
  'aten::eq': (a, b) => a === b,
  'aten::ne': (a, b) => a !== b,
  'aten::lt': (a, b) => a < b,
  'aten::gt': (a, b) => a > b,
  'aten::le': (a, b) => a <= b,
  'aten::ge': (a, b) => a >= b,
  'aten::__is__': (a, b) => a === b,
  'aten::__isnot__': (a, b) => a !== b,
  'aten::__not__': (a) => !a,
  'aten::__and__': (a, b) => a && b,
  'aten::Bool': (a) => Boolean(a),
  'aten::len': (a) => a.length,
  'aten::__getitem__': (list, i) => list.at(i),
  'aten::__contains__': (list, x) => list.includes(x),
  'aten::floordiv': (a, b) => {
    if (b === 0) throw new Error('division by zero')
    return Math.floor(a / b)
  },
  'aten::format': () => undefined,
  'aten::zeros': (size: number[]) => ({ shape: size, numel: size.reduce((a, b) => a * b, 1) }),
  'prim::ListConstruct': (...items) => items,
  'prim::TupleConstruct': (...items) => items,
}

export const scalarEvaluator: Evaluator = {
  evaluate(node: Node, inputs) {
    if (inputs.some((value) => typeof value === 'object' && value !== null && 'shape' in value)) return undefined
    const value = rules[node.kind]?.(...inputs)
    return value === undefined ? undefined : [value]
  },
}
