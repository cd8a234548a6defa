/** Views, joining, indexing, factories. */
import { type DType, dtypeInfo } from '@tsjit/types'
import {
  atLeast,
  hasRank,
  isBool,
  isFloat,
  like,
  type Made,
  product,
  promote,
  replaced,
  type TensorOperator,
  without,
} from './tensor-scope.ts'

/** Views: the results share memory with what they are taken of. */
export const views: TensorOperator[] = [
  (s) => {
    const x = s.find(hasRank(2))
    return x?.shape && like(x, `${x.name}${s.pick(['.t()', '.T', '.transpose(0, 1)', '.mT'])}`, { shape: [x.shape[1], x.shape[0]] })
  },
  (s) => {
    const x = s.find(atLeast(2))
    if (!x?.shape) return undefined
    const [a, b] = [s.below(x.shape.length), s.below(x.shape.length)]
    const shape = [...x.shape]
    ;[shape[a], shape[b]] = [shape[b], shape[a]]
    return like(x, `${x.name}.transpose(${a}, ${s.chance(0.5) ? b : b - shape.length})`, { shape })
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dims = x.shape.map((_, i) => i).reverse()
    if (s.chance(0.5)) dims.push(dims.shift()!)
    return like(x, `${x.name}.permute(${dims})`, { shape: dims.map((dim) => x.shape![dim]) })
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape || product(x.shape) === 0) return undefined
    const n = product(x.shape)
    const shape = s.pick([
      [n],
      [-1],
      [1, n],
      [n, 1],
      x.shape.length > 1 ? [x.shape[0], -1] : [-1, 1],
      ...(n % 2 === 0
        ? [
            [2, -1],
            [-1, 2],
          ]
        : []),
    ])
    const made = shape.map((size) => (size === -1 ? n / -product(shape) : size))
    return like(
      x,
      `${x.name}.${s.pick(['reshape', 'reshape', 'view', 'contiguous().view'])}(${shape.map((size, i) => (i === 0 && size > 0 && x.shape!.length > 1 && shape.length === 2 && size === x.shape![0] ? `${x.name}.size(0)` : size))})`,
      { shape: made },
    )
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    return like(x, `${x.name}[${':, '.repeat(dim)}${s.index(x.shape[dim])}]`, { shape: without(x.shape, dim) })
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const n = x.shape[dim]
    const [text, size] = s.pick<[string, number]>([
      ['1:', Math.max(0, n - 1)],
      [':-1', Math.max(0, n - 1)],
      ['::2', Math.ceil(n / 2)],
      [':2', Math.min(2, n)],
      ['1::2', Math.floor(n / 2)],
      ['-2:', Math.min(2, n)],
      ['0:0', 0],
      [':', n],
    ])
    return like(x, `${x.name}[${':, '.repeat(dim)}${text}]`, { shape: replaced(x.shape, dim, size) })
  },
  (s) => {
    const x = s.find()
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length + 1)
    return s.chance(0.7)
      ? like(x, `${x.name}.unsqueeze(${dim})`, { shape: [...x.shape.slice(0, dim), 1, ...x.shape.slice(dim)] })
      : like(
          x,
          s.pick([`${x.name}[None]`, `${x.name}[..., None]`, `${x.name}.squeeze()`, `${x.name}.squeeze(0)`, `${x.name}.squeeze(-1)`]),
          { shape: undefined },
        )
  },
  (s) => {
    const x = s.find((known) => known.shape !== undefined && known.shape.length < 4)
    return (
      x?.shape &&
      like(
        x,
        s
          .pick([`${x.name}.expand(2, ${x.shape.map(() => -1)})`, `${x.name}.broadcast_to([2, ${x.shape}])`])
          .replace(', )', ')')
          .replace(', ]', ']'),
        { shape: [2, ...x.shape] },
      )
    )
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape!.every((size) => size > 0))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const n = x.shape[dim]
    return s.pick<Made>([
      like(x, `${x.name}.narrow(${dim}, ${s.index(n)}, 1)`, { shape: replaced(x.shape, dim, 1) }),
      like(x, `torch.chunk(${x.name}, 2, ${dim})[0]`, { shape: replaced(x.shape, dim, Math.ceil(n / 2)) }),
      like(x, `torch.split(${x.name}, 1, ${dim})[${s.index(n)}]`, { shape: replaced(x.shape, dim, 1) }),
      like(x, `torch.unbind(${x.name}, ${dim})[-1]`, { shape: without(x.shape, dim) }),
      like(x, `${x.name}.flatten()`, { shape: [product(x.shape)] }),
      like(x, `${x.name}.unfold(${dim}, 1, 1)`, { shape: [...x.shape, 1] }),
      like(x, `${x.name}.movedim(${dim}, 0)`, { shape: [n, ...without(x.shape, dim)] }),
      like(x, `${x.name}.select(${dim}, -1)`, { shape: without(x.shape, dim) }),
    ])
  },
  (s) => {
    const x = s.find(atLeast(2))
    return (
      x &&
      like(x, `torch.diagonal(${x.name}, 0, -2, -1)`, {
        shape: x.shape && [...x.shape.slice(0, -2), Math.min(x.shape.at(-1)!, x.shape.at(-2)!)],
      })
    )
  },
  (s) => {
    const x = s.find()
    return (
      x &&
      like(
        x,
        s.pick([
          `${x.name}.detach()`,
          `${x.name}.view_as(${x.name})`,
          `${x.name}.expand_as(${x.name})`,
          `${x.name}.contiguous()`,
          `${x.name}.to(${x.name}.dtype)`,
        ]),
      )
    )
  },
]

export const joining: readonly TensorOperator[] = [
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const y = s.find(
      (other) => other.shape?.length === x.shape!.length && other.shape.every((size, i) => i === dim || size === x.shape![i]),
    )
    if (!y?.shape) return undefined
    return {
      text: `torch.cat([${x.name}, ${y.name}], ${s.chance(0.5) ? dim : dim - x.shape.length})`,
      shape: replaced(x.shape, dim, x.shape[dim] + y.shape[dim]),
      dtype: promote(x.dtype, y.dtype),
      exact: x.exact && y.exact,
    }
  },
  (s) => {
    const x = s.find()
    const y = x && s.find((other) => String(other.shape) === String(x.shape))
    if (!x?.shape || !y) return undefined
    const dim = s.below(x.shape.length + 1)
    return {
      text: `torch.stack([${x.name}, ${y.name}], ${dim})`,
      shape: [...x.shape.slice(0, dim), 2, ...x.shape.slice(dim)],
      dtype: promote(x.dtype, y.dtype),
      exact: x.exact && y.exact,
    }
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    return s.pick<Made>([
      like(x, `torch.flip(${x.name}, [${dim}])`),
      like(x, `torch.roll(${x.name}, 1, ${dim})`),
      like(x, `${x.name}.repeat(2, ${x.shape.map(() => 1)})`, { shape: [2, ...x.shape] }),
      like(x, `torch.tile(${x.name}, [2])`, { shape: replaced(x.shape, x.shape.length - 1, x.shape.at(-1)! * 2) }),
      like(x, `torch.repeat_interleave(${x.name}, 2, ${dim})`, { shape: replaced(x.shape, dim, x.shape[dim] * 2) }),
      like(x, `${x.name}.clone()`),
    ])
  },
  (s) => {
    const x = s.find(atLeast(2))
    return x && like(x, `torch.${s.pick(['tril', 'triu'])}(${x.name}${s.chance(0.4) ? `, ${s.pick(['1', '-1'])}` : ''})`)
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape![0] > 0)
    if (!x?.shape) return undefined
    const n = x.shape[0]
    const index = `torch.tensor([${s.place(n)}, ${s.place(n)}])`
    return s.pick<Made>([
      like(x, `${x.name}[${index}]`, { shape: [2, ...x.shape.slice(1)] }),
      like(x, `torch.index_select(${x.name}, 0, ${index})`, { shape: [2, ...x.shape.slice(1)] }),
      like(x, `${x.name}[[0, 0]]`, { shape: undefined }),
      like(x, `torch.take(${x.name}, ${index})`, { shape: [2] }),
    ])
  },
  (s) => {
    const x = s.find(atLeast(1))
    const mask = x && s.find((other) => isBool(other) && String(other.shape) === String(x.shape))
    return (
      x &&
      mask &&
      like(
        x,
        s.pick([
          `${x.name}[${mask.name}]`,
          `torch.masked_select(${x.name}, ${mask.name})`,
          `${x.name}.masked_fill(${mask.name}, 0.5)`,
          `${x.name}.masked_fill(${mask.name}, 2)`,
        ]),
        { shape: undefined },
      )
    )
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && known.shape!.every((size) => size > 0))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const zeros = `torch.zeros_like(${x.name}, dtype=torch.int64)`
    return s.pick<Made>([
      like(x, `torch.gather(${x.name}, ${dim}, ${zeros})`),
      like(x, `${x.name}.scatter(${dim}, ${zeros}, 1)`),
      like(x, `torch.index_add(${x.name}, ${dim}, torch.zeros(1, dtype=torch.int64), ${x.name}.narrow(${dim}, 0, 1))`),
      like(x, `${x.name}.index_fill(${dim}, torch.tensor([0]), 3)`),
      like(x, `torch.select_scatter(${x.name}.contiguous(), ${x.name}.select(${dim}, -1), ${dim}, 0)`),
    ])
  },
]

export const factories: readonly TensorOperator[] = [
  (s) => {
    const x = s.find()
    return (
      x &&
      like(
        x,
        s.pick([
          `torch.zeros_like(${x.name})`,
          `torch.ones_like(${x.name})`,
          `torch.full_like(${x.name}, 2)`,
          `torch.empty_like(${x.name}).fill_(1)`,
          `${x.name}.new_zeros(${x.name}.size())`,
        ]),
        { exact: true },
      )
    )
  },
  (s) => {
    const x = s.find()
    const dtype = s.pick<DType>(['float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'uint8', 'bool', 'int8'])
    // what is cut off or out of range hangs on the last bit, or on the machine
    if (!x || (!dtypeInfo(dtype).isFloat && !(x.exact && (dtype !== 'uint8' || !isFloat(x))))) return undefined
    // what integers make of NaN and infinity is the processor's affair
    const finite = isFloat(x) && !dtypeInfo(dtype).isFloat && dtype !== 'bool' ? `torch.nan_to_num(${x.name}, 0.0, 7.0, -7.0)` : x.name
    return like(x, `${finite}.to(torch.${dtype})`, { dtype, exact: x.exact && dtype !== 'bfloat16' })
  },
  (s) => {
    const x = s.find()
    const [text, dtype] = s.pick<[string, DType]>([
      ['float()', 'float32'],
      ['double()', 'float64'],
      ['to(torch.bool)', 'bool'],
    ])
    return x && like(x, `${x.name}.${text}`, { dtype })
  },
  (s) => {
    const n = 1 + s.below(5)
    return s.pick<Made>([
      { text: `torch.arange(${n})`, shape: [n], dtype: 'int64', exact: true },
      { text: `torch.ones(${n}, 2)`, shape: [n, 2], dtype: 'float32', exact: true },
      { text: `torch.eye(${n})`, shape: [n, n], dtype: 'float32', exact: true },
      { text: `torch.full([2, ${n}], 1.5)`, shape: [2, n], dtype: 'float32', exact: true },
      { text: 'torch.tensor([1., -2., 0.5])', shape: [3], dtype: 'float32', exact: true },
      { text: 'torch.tensor([[1, 2], [3, 4]])', shape: [2, 2], dtype: 'int64', exact: true },
      { text: `torch.linspace(0, 1, ${n})`, shape: [n], dtype: 'float32', exact: false },
      { text: 'torch.tensor(2.5)', shape: [], dtype: 'float32', exact: true },
      { text: 'torch.tensor(True)', shape: [], dtype: 'bool', exact: true },
      { text: `torch.zeros([0, ${n}])`, shape: [0, n], dtype: 'float32', exact: true },
    ])
  },
]
