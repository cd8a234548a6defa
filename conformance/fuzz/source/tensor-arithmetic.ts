/** Elementwise operators and reductions. */
import {
  atLeast,
  broadcast,
  floatOf,
  isBool,
  isFloat,
  isInt,
  like,
  pair,
  product,
  promote,
  replaced,
  rough,
  sumOf,
  type TensorOperator,
  without,
} from './tensor-scope.ts'

export const pointwise: readonly TensorOperator[] = [
  (s) => {
    const x = s.find(isFloat)
    const name = s.pick(['sigmoid', 'tanh', 'sin', 'cos', 'erf', 'exp2', 'expm1', 'atan', 'sinh', 'asinh', 'sigmoid', 'tanh'])
    return x && like(x, `torch.${name}(torch.clamp(${x.name}, -4, 4))`, rough)
  },
  (s) => {
    const x = s.find()
    return x && like(x, `torch.${s.pick(['sigmoid', 'tanh', 'cos', 'erf'])}(${x.name})`, { ...rough, dtype: floatOf(x.dtype) })
  },
  (s) => {
    const x = s.find(isFloat)
    const body = s.pick([
      'sqrt(torch.abs(X))',
      'log1p(torch.abs(X))',
      'rsqrt(torch.abs(X) + 1)',
      'reciprocal(torch.abs(X) + 1)',
      'log(torch.abs(X) + 0.5)',
      'exp(-torch.abs(X))',
    ])
    return x && like(x, `torch.${body.replace('X', x.name)}`, rough)
  },
  (s) => {
    const x = s.find(isFloat)
    const name = s.pick(['gelu', 'silu', 'softplus', 'elu', 'selu', 'mish', 'logsigmoid', 'celu', 'hardswish', 'hardsigmoid', 'tanhshrink'])
    return x && like(x, `F.${name}(${x.name})`, rough)
  },
  (s) => {
    const x = s.find(isFloat)
    const body = s.pick([
      'relu(X)',
      'hardtanh(X)',
      'leaky_relu(X, 0.25)',
      'relu6(X)',
      'threshold(X, 0.5, -1.)',
      'hardshrink(X, 0.5)',
      'softshrink(X, 0.5)',
    ])
    return x && like(x, `F.${body.replace('X', x.name)}`)
  },
  (s) => {
    const x = s.find()
    return x && like(x, `torch.${s.pick(['neg', 'abs', 'relu', 'square', 'sign', 'positive'])}(${x.name})`)
  },
  (s) => {
    const x = s.find((known) => known.exact)
    return (
      x &&
      like(x, `torch.${s.pick(['floor', 'ceil', 'round', 'trunc', 'frac', 'sign', 'signbit', 'logical_not', 'isnan'])}(${x.name})`, {
        dtype: undefined,
      })
    )
  },
  (s) => {
    const found = pair(s)
    if (!found) return undefined
    const [a, b, shape] = found
    return { text: `${a.name} ${s.pick(['+', '-', '*'])} ${b.name}`, shape, dtype: promote(a.dtype, b.dtype), exact: false }
  },
  (s) => {
    const found = pair(s)
    if (!found) return undefined
    const [a, b, shape] = found
    const text = s.pick([
      `torch.${s.pick(['maximum', 'minimum'])}(A, B)`,
      'torch.add(A, B, alpha=2)',
      'torch.sub(A, B, alpha=2)',
      'torch.max(A, B)',
    ])
    return { text: text.replace('A', a.name).replace('B', b.name), shape, dtype: promote(a.dtype, b.dtype), exact: a.exact && b.exact }
  },
  (s) => {
    const x = s.find()
    const number = s.pick(['1', '2', '-1', '3', '0.5', '2.0', '-0.25', 'True'])
    const float = number.includes('.')
    const text = s.pick([`X ${s.pick(['+', '-', '*'])} N`, 'N - X', 'N + X', 'N * X', 'torch.add(X, N)'])
    const dtype = x?.dtype && (float ? floatOf(x.dtype) : x.dtype === 'bool' ? undefined : x.dtype)
    return x && { text: text.replace('X', x.name).replace('N', number), shape: x.shape, dtype, exact: x.exact && !text.includes('*') }
  },
  (s) => {
    const found = pair(s)
    if (!found) return undefined
    const [a, b, shape] = found
    const text = s.chance(0.5) ? `${a.name} / (torch.abs(${b.name}) + 1)` : `${a.name} / ${s.pick(['2', '4.0', '3'])}`
    return { text, shape: text.includes('abs') ? shape : a.shape, dtype: floatOf(promote(a.dtype, b.dtype)), exact: false }
  },
  (s) => {
    const found = pair(s, (known) => known.exact)
    if (!found) return undefined
    const [a, b, shape] = found
    const name = s.pick(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'logical_and', 'logical_or', 'logical_xor'])
    return { text: `torch.${name}(${a.name}, ${b.name})`, shape, dtype: 'bool', exact: true }
  },
  (s) => {
    const x = s.find((known) => known.exact)
    return (
      x &&
      like(x, `${x.name} ${s.pick(['>', '<', '==', '!=', '>=', '<='])} ${s.pick(['0', '1', '0.5', '-1'])}`, { dtype: 'bool', exact: true })
    )
  },
  (s) => {
    const found = pair(s, (known) => isInt(known) || isBool(known))
    if (!found) return undefined
    const [a, b, shape] = found
    return { text: `${a.name} ${s.pick(['&', '|', '^'])} ${b.name}`, shape, dtype: promote(a.dtype, b.dtype), exact: true }
  },
  (s) => {
    const x = s.find((known) => known.exact && !isBool(known))
    return x && like(x, `${x.name} ${s.pick(['%', '//'])} ${s.pick(['2', '3', '-2', '0.5'])}`, { dtype: undefined })
  },
  (s) => {
    const x = s.find(isInt)
    return x && like(x, s.pick([`~${x.name}`, `${x.name} << 1`, `${x.name} >> 1`, `torch.bitwise_and(${x.name}, 3)`]))
  },
  (s) => {
    const mask = s.find(isBool)
    const found = mask && pair(s)
    if (!mask || !found) return undefined
    const [a, b, shape] = found
    const all = shape && mask.shape ? broadcast(shape, mask.shape) : undefined
    return { text: `torch.where(${mask.name}, ${a.name}, ${s.chance(0.3) ? '0.5' : b.name})`, shape: all, dtype: undefined, exact: false }
  },
  (s) => {
    const x = s.find()
    const text = s.pick(['torch.clamp(X, -1, 1)', 'torch.clamp(X, min=0)', 'X.clamp_max(1)', 'torch.clip(X, -1, 2)', 'X.clamp_min(-1)'])
    return x && like(x, text.replace('X', x.name))
  },
  (s) => {
    const x = s.find(isFloat)
    const y = x && s.find((other) => other.dtype === x.dtype && String(other.shape) === String(x.shape))
    const text = s.pick([
      'torch.addcmul(X, Y, Y, value=0.5)',
      'torch.lerp(X, Y, 0.25)',
      'torch.addcdiv(X, Y, torch.abs(Y) + 1)',
      'torch.hypot(X, Y)',
      'torch.atan2(X, torch.abs(Y) + 1)',
      'torch.fmod(X, torch.abs(Y) + 1)',
    ])
    if (text.includes('fmod') && !(x?.exact && y?.exact)) return undefined
    return x && y && like(x, text.replaceAll('X', x.name).replaceAll('Y', y.name), rough)
  },
  (s) => {
    const x = s.find()
    return x && like(x, `${x.name} ** ${s.pick(['2', '2.0', '3'])}`, { ...rough, dtype: undefined })
  },
]

export const reductions: readonly TensorOperator[] = [
  (s) => {
    const x = s.find()
    return x && { text: `${x.name}.sum()`, shape: [], dtype: sumOf(x.dtype), exact: x.exact && !isFloat(x) }
  },
  (s) => {
    const x = s.find(isFloat)
    return x && { text: `${x.name}.${s.pick(['mean()', 'norm()', 'std()', 'var()', 'prod()'])}`, shape: [], dtype: x.dtype, exact: false }
  },
  (s) => {
    const x = s.find((known) => atLeast(1)(known) && product(known.shape!) > 0)
    return x && { text: `${x.name}.${s.pick(['max()', 'min()', 'amax()', 'amin()'])}`, shape: [], dtype: x.dtype, exact: x.exact }
  },
  (s) => {
    const x = s.find(atLeast(1))
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const keep = s.chance(0.5)
    const name = s.pick(
      isFloat(x)
        ? ['sum', 'mean', 'amax', 'amin', 'sum', 'mean', 'prod', 'logsumexp', 'norm1', 'var', 'std']
        : ['sum', 'amax', 'amin', 'all', 'any', 'prod'],
    )
    const dimText = s.chance(0.3) ? `[${dim}]` : String(s.chance(0.5) ? dim : dim - x.shape.length)
    const shape = keep ? replaced(x.shape, dim, 1) : without(x.shape, dim)
    const exact = ['amax', 'amin', 'all', 'any'].includes(name) && x.exact
    const dtype = ['amax', 'amin'].includes(name) ? x.dtype : ['all', 'any'].includes(name) ? 'bool' : sumOf(x.dtype)
    if (name === 'norm1')
      return {
        text: `torch.norm(${x.name}, p=${s.pick(['1', '2'])}, dim=${dim}, keepdim=${keep ? 'True' : 'False'})`,
        shape,
        dtype,
        exact: false,
      }
    return { text: `torch.${name}(${x.name}, ${name === 'prod' ? dim : dimText}, keepdim=${keep ? 'True' : 'False'})`, shape, dtype, exact }
  },
  (s) => {
    const x = s.find((known) => known.exact && atLeast(1)(known) && product(known.shape!) > 0)
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    const name = s.pick(['max', 'min'])
    return { text: `torch.${name}(${x.name}, ${dim})[0]`, shape: without(x.shape, dim), dtype: x.dtype, exact: true }
  },
  (s) => {
    const x = s.find((known) => known.exact && atLeast(1)(known) && product(known.shape!) > 0)
    if (!x?.shape) return undefined
    const dim = s.below(x.shape.length)
    return { text: `torch.${s.pick(['argmax', 'argmin'])}(${x.name}, ${dim})`, shape: without(x.shape, dim), dtype: 'int64', exact: true }
  },
  (s) => {
    const x = s.find(atLeast(1))
    const dim = x?.shape ? s.below(x.shape.length) : 0
    return x && like(x, `torch.cumsum(${x.name}, ${dim})`, { dtype: sumOf(x.dtype), exact: !isFloat(x) })
  },
  (s) => {
    const x = s.find((known) => isFloat(known) && atLeast(1)(known))
    const dim = x?.shape ? s.below(x.shape.length) : 0
    return (
      x &&
      like(
        x,
        `${s.pick(['torch.softmax', 'torch.log_softmax', 'F.softmax', 'F.normalize'])}(${x.name}, ${s.chance(0.5) ? dim : -1}).detach()`
          .replace('F.normalize(', 'F.normalize(')
          .replace(/(F\.normalize\(\w+), /, '$1, 2.0, '),
        rough,
      )
    )
  },
  (s) => {
    const x = s.find((known) => known.exact && atLeast(1)(known))
    if (!x?.shape) return undefined
    const [dim] = [s.below(x.shape.length)]
    if (s.chance(0.5)) return like(x, `torch.sort(${x.name}, ${dim}, descending=${s.pick(['True', 'False'])})[0]`)
    const k = Math.min(x.shape[dim], 2)
    return { text: `torch.topk(${x.name}, ${k}, ${dim})[0]`, shape: replaced(x.shape, dim, k), dtype: x.dtype, exact: true }
  },
  (s) => {
    const x = s.find()
    return x && { text: `torch.count_nonzero(${x.name})`, shape: [], dtype: 'int64', exact: true }
  },
]
