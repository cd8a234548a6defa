/** Matrix products and the operators of layers. */
import { atLeast, broadcast, hasRank, isFloat, like, type Made, rough, type TensorOperator } from './tensor-scope.ts'

export const products: readonly TensorOperator[] = [
  (s) => {
    const a = s.find((known) => isFloat(known) && atLeast(2)(known))
    const b =
      a &&
      s.find(
        (other) =>
          other.dtype === a.dtype &&
          atLeast(2)(other) &&
          (other.shape!.at(-1) === a.shape!.at(-1) || other.shape!.at(-2) === a.shape!.at(-1)),
      )
    if (!a?.shape || !b?.shape) return undefined
    const flipped = b.shape.at(-2) !== a.shape.at(-1)
    const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2))
    const shape = batch && [...batch, a.shape.at(-2)!, flipped ? b.shape.at(-2)! : b.shape.at(-1)!]
    return { text: `torch.matmul(${a.name}, ${b.name}${flipped ? '.transpose(-1, -2)' : ''})`, shape, dtype: a.dtype, exact: false }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && atLeast(1)(known) && known.shape!.at(-1)! > 0)
    const w = a && s.find((other) => other.dtype === a.dtype && hasRank(2)(other) && other.shape![1] === a.shape!.at(-1))
    if (!a?.shape || !w?.shape) return undefined
    const bias = s.find((other) => other.dtype === a.dtype && hasRank(1)(other) && other.shape![0] === w.shape![0])
    return {
      text: `F.linear(${a.name}, ${w.name}${bias && s.chance(0.6) ? `, ${bias.name}` : ''})`,
      shape: [...a.shape.slice(0, -1), w.shape[0]],
      dtype: a.dtype,
      exact: false,
    }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && hasRank(2)(known))
    const v = a && s.find((other) => other.dtype === a.dtype && hasRank(1)(other) && other.shape![0] === a.shape![1])
    if (!a?.shape || !v) return undefined
    return {
      text: s.pick([`${a.name} @ ${v.name}`, `torch.mv(${a.name}, ${v.name})`, `torch.einsum('ij,j->i', ${a.name}, ${v.name})`]),
      shape: [a.shape[0]],
      dtype: a.dtype,
      exact: false,
    }
  },
  (s) => {
    const v = s.find((known) => isFloat(known) && hasRank(1)(known))
    const w = v && s.find((other) => other.dtype === v.dtype && hasRank(1)(other))
    if (!v?.shape || !w?.shape) return undefined
    return s.chance(0.5) || v.shape[0] !== w.shape[0]
      ? { text: `torch.outer(${v.name}, ${w.name})`, shape: [v.shape[0], w.shape[0]], dtype: v.dtype, exact: false }
      : { text: `torch.dot(${v.name}, ${w.name})`, shape: [], dtype: v.dtype, exact: false }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && hasRank(2)(known))
    if (!a?.shape) return undefined
    const [n, k] = a.shape
    const c = s.pick([`torch.ones(${s.size(k)})`, '0.5', `${a.name}.sum(0)`])
    return c === '0.5'
      ? { text: `torch.mm(${a.name}, ${a.name}.t()) * 0.5`, shape: [n, n], dtype: a.dtype, exact: false }
      : {
          text: `torch.addmm(${c.replace('))', `), dtype=${a.name}.dtype)`).replace(/ones\((\d+)\)/, `ones($1, dtype=${a.name}.dtype)`)}, ${a.name}.t(), ${a.name}, beta=0.5, alpha=${s.pick(['1', '2'])})`,
          shape: [k, k],
          dtype: a.dtype,
          exact: false,
        }
  },
  (s) => {
    const a = s.find((known) => isFloat(known) && hasRank(3)(known))
    if (!a?.shape) return undefined
    const [b, n] = a.shape
    return {
      text: s.pick([
        `torch.bmm(${a.name}, ${a.name}.transpose(1, 2))`,
        `torch.einsum('bik,bjk->bij', ${a.name}, ${a.name})`,
        `${a.name} @ ${a.name}.mT`,
      ]),
      shape: [b, n, n],
      dtype: a.dtype,
      exact: false,
    }
  },
]

export const layers: readonly TensorOperator[] = [
  (s) => {
    const x = s.find((known) => known.dtype === 'float32' && hasRank(4)(known))
    if (!x?.shape) return undefined
    const [n, c, h, w] = x.shape
    const [out, k] = [1 + s.below(5), 1 + s.below(Math.min(3, h, w))]
    const padding = s.below(2)
    const weight = `torch.arange(${out} * ${s.size(c)} * ${k * k}, dtype=torch.float32).reshape(${out}, -1, ${k}, ${k}) / 16`
    const size = (v: number): number => v + 2 * padding - k + 1
    return {
      text: `F.conv2d(${x.name}, ${weight}${s.chance(0.5) ? `, torch.ones(${out})` : ''}${padding ? ', padding=1' : ''})`,
      shape: [n, out, size(h), size(w)],
      dtype: x.dtype,
      exact: false,
    }
  },
  (s) => {
    const x = s.find((known) => known.dtype === 'float32' && hasRank(3)(known) && known.shape![2] >= 2)
    if (!x?.shape) return undefined
    const [n, c, l] = x.shape
    return {
      text: `F.conv1d(${x.name}, torch.ones(${s.size(c)}, 1, 2) / 2, groups=${s.size(c)})`,
      shape: [n, c, l - 1],
      dtype: x.dtype,
      exact: false,
    }
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && hasRank(4)(known) && known.shape![2] >= 2 && known.shape![3] >= 2)
    if (!x?.shape) return undefined
    const [n, c, h, w] = x.shape
    const half = [n, c, h >> 1, w >> 1]
    return s.pick<Made>([
      { text: `F.max_pool2d(${x.name}, 2)`, shape: half, dtype: x.dtype, exact: x.exact },
      { text: `F.avg_pool2d(${x.name}, 2)`, shape: half, dtype: x.dtype, exact: false },
      { text: `F.adaptive_avg_pool2d(${x.name}, [1, 1])`, shape: [n, c, 1, 1], dtype: x.dtype, exact: false },
      { text: `F.interpolate(${x.name}, scale_factor=2.0, mode='nearest')`, shape: [n, c, 2 * h, 2 * w], dtype: x.dtype, exact: x.exact },
      {
        text: `F.batch_norm(${x.name}, torch.zeros(${c}, dtype=${x.name}.dtype), torch.ones(${c}, dtype=${x.name}.dtype))`,
        shape: x.shape,
        dtype: x.dtype,
        exact: false,
      },
      { text: `F.pad(${x.name}, [1, 1, 0, 1])`, shape: [n, c, h + 1, w + 2], dtype: x.dtype, exact: x.exact },
      {
        text: `F.pad(${x.name}, [1, 1, 1, 1], mode='${s.pick(['reflect', 'replicate'])}')`,
        shape: [n, c, h + 2, w + 2],
        dtype: x.dtype,
        exact: x.exact,
      },
      { text: `F.instance_norm(${x.name}, eps=0.5)`, shape: x.shape, dtype: x.dtype, exact: false },
    ])
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(1)(known) && known.shape!.at(-1)! > 1)
    if (!x?.shape) return undefined
    const n = x.shape.at(-1)!
    return like(
      x,
      `F.layer_norm(${x.name}, [${s.size(n)}]${s.chance(0.5) ? `, torch.ones(${s.size(n)}, dtype=${x.name}.dtype)` : ''}, eps=0.5)`,
      rough,
    )
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(3)(known))
    return x && like(x, `F.group_norm(${x.name}, 1, eps=0.5)`, rough)
  },
  (s) => {
    const index = s.find((known) => known.dtype === 'int64')
    if (!index) return undefined
    return s.chance(0.5)
      ? {
          text: `F.embedding(${index.name} % 4, torch.arange(12, dtype=torch.float32).reshape(4, 3))`,
          shape: index.shape && [...index.shape, 3],
          dtype: 'float32',
          exact: true,
        }
      : { text: `F.one_hot(${index.name} % 3, 3)`, shape: index.shape && [...index.shape, 3], dtype: 'int64', exact: true }
  },
  (s) => {
    const x = s.find((known) => known.dtype === 'float32' && hasRank(3)(known))
    return x && like(x, `F.scaled_dot_product_attention(${x.name}, ${x.name}, ${x.name})`, rough)
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(1)(known))
    return x && like(x, `F.dropout(${x.name}, 0.5, False)`)
  },
]
