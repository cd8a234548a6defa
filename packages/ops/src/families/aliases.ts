/** Operators that are other operators under another name, overload by overload. */
import type { DecompositionTable, Dispatch } from '../dispatch.ts'
import { overloadsOf } from '../operator-table.ts'

const aliases: readonly (readonly [alias: string, name: string])[] = [
  ['absolute', 'abs'],
  ['arccos', 'acos'],
  ['arccosh', 'acosh'],
  ['arcsin', 'asin'],
  ['arcsinh', 'asinh'],
  ['arctan', 'atan'],
  ['arctanh', 'atanh'],
  ['arctan2', 'atan2'],
  ['clip', 'clamp'],
  ['concat', 'cat'],
  ['concatenate', 'cat'],
  ['divide', 'div'],
  ['true_divide', 'div'],
  ['fix', 'trunc'],
  ['greater', 'gt'],
  ['greater_equal', 'ge'],
  ['less', 'lt'],
  ['less_equal', 'le'],
  ['multiply', 'mul'],
  ['negative', 'neg'],
  ['not_equal', 'ne'],
  ['row_stack', 'vstack'],
  ['special_digamma', 'digamma'],
  ['special_psi', 'digamma'],
  ['special_erf', 'erf'],
  ['special_erfc', 'erfc'],
  ['special_erfinv', 'erfinv'],
  ['special_exp2', 'exp2'],
  ['special_expit', 'sigmoid'],
  ['special_expm1', 'expm1'],
  ['special_gammainc', 'igamma'],
  ['special_gammaincc', 'igammac'],
  ['special_gammaln', 'lgamma'],
  ['special_i0', 'i0'],
  ['special_log1p', 'log1p'],
  ['special_logit', 'logit'],
  ['special_logsumexp', 'logsumexp'],
  ['special_multigammaln', 'mvlgamma'],
  ['special_polygamma', 'polygamma'],
  ['special_sinc', 'sinc'],
  ['special_xlogy', 'xlogy'],
  ['subtract', 'sub'],
]

const otherOverloads: Readonly<Record<string, string>> = {
  'aten::special_xlogy.self_scalar': 'aten::xlogy.Scalar_Self',
  'aten::special_xlogy.other_scalar': 'aten::xlogy.Scalar_Other',
  'aten::special_log_softmax': 'aten::log_softmax.int',
  'aten::special_softmax': 'aten::softmax.int',
  'aten::special_xlogy': 'aten::xlogy.Tensor',
  'aten::max.other': 'aten::maximum',
  'aten::min.other': 'aten::minimum',
  'aten::trapz.x': 'aten::trapezoid.x',
}

const forward =
  (key: string) =>
  (op: Dispatch, ...args: unknown[]): unknown =>
    op.call(key, ...args)

function aliasTable(): DecompositionTable {
  const table: Record<string, (op: Dispatch, ...args: unknown[]) => unknown> = {}
  for (const [alias, name] of aliases) {
    for (const form of ['', '_']) {
      const known = new Set(overloadsOf(`aten::${name}${form}`).map((operator) => operator.key))
      for (const { key } of overloadsOf(`aten::${alias}${form}`)) {
        const target = key.replace(`aten::${alias}${form}`, `aten::${name}${form}`)
        if (known.has(target)) table[key] = forward(target)
      }
    }
  }
  for (const [alias, key] of Object.entries(otherOverloads)) table[alias] = forward(key)
  return table
}

export const aliasDecompositions: DecompositionTable = aliasTable()
