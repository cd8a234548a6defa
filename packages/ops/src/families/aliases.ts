/** Operators that are other operators under another name, overload by overload. */
import type { Decomposition, Dispatch } from '../dispatch.ts'
import { operatorByKey, overloadsOf } from '../operator-table.ts'

const aliases = new Map([
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
])

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
  (key: string): Decomposition =>
  (op: Dispatch, ...args: unknown[]): unknown =>
    op.call(key, ...args)

/** The operator that this one is under another name; no schema but those of the two is parsed. */
export function aliasDecompositionOf(key: string): Decomposition | undefined {
  const other = otherOverloads[key]
  if (other) return forward(other)
  const [, name, form, overload] = /^aten::(\w+?)(_?)(\..*)?$/.exec(key) ?? []
  const target = aliases.get(name)
  if (!target) return undefined
  const same = `aten::${target}${form}${overload ?? ''}`
  return operatorByKey(key) && operatorByKey(same) ? forward(same) : undefined
}

/** The keys for which `aliasDecompositionOf` has an answer. */
export function aliasKeys(): string[] {
  const names = [...aliases.keys()].flatMap((alias) => [`aten::${alias}`, `aten::${alias}_`])
  const keys = names.flatMap((name) => overloadsOf(name).map(({ key }) => key))
  return [...keys.filter((key) => aliasDecompositionOf(key)), ...Object.keys(otherOverloads)]
}
