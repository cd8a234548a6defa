/** All operators that generated tensor programs are made of, and the ways they write in place. */
import { pointwise, reductions } from './tensor-arithmetic.ts'
import { layers, products } from './tensor-layers.ts'
import { factories, joining, views } from './tensor-moves.ts'
import { atLeast, hasRank, isBool, isFloat, type Known, pair, type Scope, type TensorOperator } from './tensor-scope.ts'

export { views }

/** All operators that give a new variable, families by how often they are wanted. */
export const families: readonly (readonly TensorOperator[])[] = [
  pointwise,
  pointwise,
  pointwise,
  reductions,
  products,
  layers,
  views,
  views,
  joining,
  factories,
]

/** A statement that writes in place into a variable: its text, and whether the elements stay exact. */
export type Write = { readonly text: string; readonly target: Known; readonly exact: boolean }

export const writes: readonly ((s: Scope) => Write | undefined)[] = [
  (s) => {
    const found = pair(s)
    if (!found || String(found[2]) !== String(found[0].shape)) return undefined
    const [x, y] = found
    const text = s.pick([
      'X += Y',
      'X -= Y',
      'X *= Y',
      'X.add_(Y)',
      'X.mul_(Y)',
      'X.copy_(Y)',
      'X.sub_(Y, alpha=2)',
      'X[...] = Y',
      'X.add_(Y)',
    ])
    return {
      text: text.replace('X', x.name).replace('Y', y.name),
      target: x,
      exact: x.exact && y.exact && !text.includes('*') && !text.includes('mul'),
    }
  },
  (s) => {
    const x = s.find()
    const text = s.pick([
      'X += 1',
      'X *= 2',
      'X.add_(1)',
      'X.mul_(0.5)',
      'X.zero_()',
      'X.fill_(2)',
      'X -= 0.5',
      'X.neg_()',
      'X.clamp_(-1, 1)',
      'X.relu_()',
      'X.abs_()',
    ])
    return x && { text: text.replace('X', x.name), target: x, exact: x.exact && !text.includes('*') && !text.includes('mul') }
  },
  (s) => {
    const x = s.find(isFloat)
    return (
      x && { text: `${x.name}.${s.pick(['sigmoid_()', 'tanh_()', 'div_(2)', 'div_(3)', 'square_()', 'cos_()'])}`, target: x, exact: false }
    )
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const i = s.index(x.shape[0])
    const place = s.pick([
      `[${i}]`,
      '[1:]',
      '[::2]',
      '[-1]',
      '[:1]',
      x.shape.length > 1 ? '[:, 0]' : '[0]',
      x.shape.length > 1 ? '[..., 1:]' : '[:2]',
    ])
    const value = s.pick(['1', '0.5', `${x.name}[0]`, '2'])
    const text = s.pick([
      `X${place} = ${value === `${x.name}[0]` && !place.startsWith(`[${i}`) ? '1' : value}`,
      `X${place} += 1`,
      `X${place} *= 2`,
      `X${place}.add_(1)`,
      `X${place}.zero_()`,
    ])
    return { text: text.replace('X', x.name), target: x, exact: x.exact && !text.includes('*') }
  },
  (s) => {
    const x = s.find(hasRank(2))
    return (
      x && {
        text: s.pick([
          `${x.name}.t().add_(1)`,
          `${x.name}.t()[0] = 2`,
          `${x.name}.diagonal().fill_(3)`,
          `${x.name}.view(-1)[1:] -= 1`,
          `${x.name}.T[:, 0].mul_(2)`,
        ]),
        target: x,
        exact: x.exact,
      }
    )
  },
  (s) => {
    const x = s.find(atLeast(1))
    const mask = x && s.find((other) => isBool(other) && String(other.shape) === String(x.shape))
    return (
      x &&
      mask && {
        text: s
          .pick([`X[M] = 1`, `X.masked_fill_(M, 0.5)`, `X[M] += 1`, `X[M] = X[M] + 1`])
          .replaceAll('X', x.name)
          .replaceAll('M', mask.name),
        target: x,
        exact: x.exact,
      }
    )
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape![0] > 0)
    if (!x?.shape) return undefined
    const index = `torch.tensor([${s.place(x.shape[0])}])`
    return {
      text: s
        .pick([
          `X[I] = 2`,
          `X.index_fill_(0, I, 1)`,
          `X.index_add_(0, I, X[:1].clone())`,
          `X[I] += 1`,
          `X.index_copy_(0, I, X[-1:].clone())`,
        ])
        .replaceAll('X', x.name)
        .replace('I', index),
      target: x,
      exact: x.exact,
    }
  },
]
