/** The programs of record-graphs.py in TypeScript. */
import type { Tensor } from '@tsjit/runtime'
import * as torch from '../../src/index.ts'

const { nn, slice } = torch
const F = nn.functional

torch.manual_seed(0)
const x = torch.rand([3, 4])
const y = torch.rand([3, 4])
const v = torch.rand([4])
const im = torch.rand([1, 2, 8, 8])
const ids = torch.tensor([
  [1, 2, 3],
  [4, 5, 6],
])

interface TracedProgram {
  readonly fn: (...args: any[]) => unknown
  readonly inputs: readonly unknown[]
  readonly options?: torch.jit.TraceOptions
}
const on = (inputs: readonly unknown[], fn: (...args: any[]) => unknown, options: torch.jit.TraceOptions = {}): TracedProgram => ({
  fn,
  inputs,
  options,
})

export const functions: Readonly<Record<string, TracedProgram>> = {
  add_mul: on([x, y], (x: Tensor, y: Tensor) => x.add(y.mul(2))),
  sub_div_scalars: on([x, y], (x: Tensor, y: Tensor) => x.sub(1).div(y.add(0.5))),
  view_size: on([x], (x: Tensor) => x.view(x.size(0) as number, -1)),
  reshape_sizes: on([x], (x: Tensor) => x.reshape([x.shape[1], x.shape[0]])),
  in_place: on([x], (x: Tensor) => x.clone().add_(1).mul_(2)),
  chunks: on([x], (x: Tensor) => {
    const [a, b] = x.chunk(2, 0)
    return [a, b]
  }),
  nested_results: on([x], (x: Tensor) => [x.add(1), [x.mul(2), [x.sub(1), x]]]),
  slices: on([x], (x: Tensor) => [x.index('0:2', 1), x.index('...', null), x.index(':', '1:3'), x.index(-1)]),
  zeros_of_size: on([x], (x: Tensor) => torch.zeros([x.shape[0], 4]).add(x)),
  set_items: on([x], (given: Tensor) => {
    const x = given.clone()
    x.setIndex([0], 1)
    x.setIndex([1, '2:'], x.index(0, '2:'))
    return x
  }),
  identity: on([x], (x: Tensor) => x),
  nested_inputs: on([x, [x.add(1), [y, y]]], (x: Tensor, [a, [b, c]]: [Tensor, [Tensor, Tensor]]) => a.add(b).add(c).add(x)),
  cat_sum_max: on([x], (x: Tensor) => [torch.cat([x, x], 1).sum(1, true), x.max(0), x.gt(0.5)]),
  casts: on([x], (x: Tensor) => [x.to('float64').to('int64'), x.mean(), torch.ones_like(x), x.permute(1, 0), x.t()]),
  numel_mul: on([x], (x: Tensor) => x.mul(x.numel)),
  arange_size: on([x], (x: Tensor) => torch.arange(x.shape[0])),
  expand_size: on([x], (x: Tensor) => x.sum(0).expand(x.size(0) as number, -1)),
  matmul_mv: on([x, v], (x: Tensor, v: Tensor) => [x.matmul(v), torch.mv(x, v), x.matmul(x.t())]),
  reductions: on([x], (x: Tensor) => [x.mean(1), x.std(0), x.var(), x.argmax(1), x.norm(), x.prod(0), x.amax(0)]),
  activations: on([x], (x: Tensor) => [x.relu(), x.sigmoid(), x.tanh(), F.softmax(x, -1), F.log_softmax(x, 1), F.gelu(x), F.silu(x)]),
  stack_unbind: on([x], (x: Tensor) => {
    const [a, b, c] = x.unbind(0)
    return torch.stack([a, c, b], 1)
  }),
  where_clamp: on([x], (x: Tensor) => [torch.where(x.gt(0.5), x, x.neg()).clamp(0.1, 0.9), x.masked_fill(x.gt(0.5), torch.scalarFloat(0))]),
  powers: on([x], (x: Tensor) => [x.pow(2), x.pow(0.5), x.exp().log(), x.sqrt(), x.rsqrt()]),
  factories: on([x], (x: Tensor) => [
    torch.ones([2, 3]),
    torch.full([2], 1.5),
    torch.eye(3),
    torch.empty([2]).fill_(torch.scalarFloat(1)),
    torch.zeros_like(x),
    x.new_zeros([2, 2]),
  ]),
  split_sizes: on([x], (x: Tensor) => {
    const [a, b] = x.split([1, 3], 1)
    return [a.mul(2), b]
  }),
  transposes: on([x], (x: Tensor) => [x.transpose(0, 1).contiguous().view(-1), x.unsqueeze(0).squeeze(0), x.flatten(), x.permute(1, 0)]),
  int_ops: on([ids], (ids: Tensor) => [ids.add(1), ids.mul(2), ids.float().mean(), ids.eq(3), ids.floor_divide(2), ids.remainder(2)]),
  gather_index: on([x], (x: Tensor) => [x.index_select(0, torch.arange(2)), x.gather(1, x.argsort(1))]),
  mul_sizes: on([x], (x: Tensor) => x.reshape([torch.jit.sizes.mul(x.shape[0], x.shape[1])])),
  floor_div_size: on([x], (x: Tensor) => x.view(x.shape[0], torch.jit.sizes.floorDivide(x.shape[1], 2), 2)),
  size_in_arithmetic: on([x], (x: Tensor) => [x.div(x.size(1)), x.mul(x.shape[0])]),
  narrow_size: on([x], (x: Tensor) => [x.narrow(1, 0, 2), x.index(slice(null, x.shape[0]))]),
  convolutions: on([im], (im: Tensor) => [
    F.conv2d(im, torch.ones([3, 2, 3, 3]), null, 2, 1),
    F.max_pool2d(im, 2),
    F.avg_pool2d(im, 2),
    F.adaptive_avg_pool2d(im, 1),
  ]),
  interpolations: on([im], (im: Tensor) => [F.interpolate(im, { scale_factor: 2, mode: 'nearest' }), F.pad(im, [1, 1, 1, 1])]),
  einsum_outer: on([x], (x: Tensor) => [torch.einsum('ij,kj->ik', [x, x]), torch.outer(x.index(0), x.index(1))]),
  dict_input: on([{ a: x, b: y }], (d: Record<string, Tensor>) => d.a.add(d.b)),
  list_input: on([torch.jit.asList([x, y])], (l: Tensor[]) => l[0].mul(l[1])),
  dict_output: on([x], (x: Tensor) => ({ sum: x.add(1), same: x }), { strict: false }),
  list_output: on([x], (x: Tensor) => torch.jit.asList([x.add(1), x.mul(2)]), { strict: false }),
  aliases: on([x], (x: Tensor) => [x.multiply(2), x.absolute(), torch.clip(x, 0, 1), x.negative()]),
  detached: on([x], (x: Tensor) => [x.detach().mul(2), x.to('float64'), x.double(), x.bool()]),
  out_of_place: on(
    [x],
    (x: Tensor) => {
      const y = x.clone()
      y.add_(1)
      y.zero_()
      return y
    },
    { forceOutplace: true },
  ),
  index_put: on([x], (x: Tensor) => {
    const y = x.clone()
    y.setIndex([y.gt(0.5)], 0)
    y.setIndex([torch.tensor([0, 1]), 1], 2)
    return y
  }),
  cumulative: on([x], (x: Tensor) => [x.cumsum(0), x.sort(1), x.topk(2, 1), torch.tril(x), x.roll(1, 0), x.flip(0)]),
  normalised: on([x], (x: Tensor) => [F.layer_norm(x, [4]), F.normalize(x, { dim: 1 }), x.div(x.norm(2, 1, true))]),
}

class Net extends nn.Module {
  fc = new nn.Linear(4, 5)
  bn = new nn.BatchNorm1d(5)
  b!: Tensor
  seq = new nn.Sequential(new nn.Linear(5, 4), new nn.ReLU(), new nn.Dropout(0.3))
  constructor() {
    super()
    this.registerBuffer('b', torch.ones([5]))
  }
  forward(x: Tensor): Tensor {
    let y = this.fc.call(x)
    y = this.bn.call(y).add(this.b)
    y = this.seq.call(y)
    return this.fc.call(y).mul(this.fc.weight.sum())
  }
}

class Inner extends nn.Module {
  forward(x: Tensor): [Tensor, Tensor] {
    return [x.mul(2), x.add(1)]
  }
}

class Two extends nn.Module {
  i = new Inner()
  l = new nn.Linear(4, 4)
  c = new nn.Conv2d(1, 2, 3)
  p = new nn.Parameter(torch.ones([4]))
  forward(x: Tensor): Tensor[] {
    const [a, b] = this.i.call(x)
    return [this.l.call(a).add(b.mul(this.p)), this.c.call(x.view(1, 1, 3, 4))]
  }
}

class Block extends nn.Module {
  conv1 = new nn.Conv2d(2, 4, 3, { padding: 1, bias: false })
  bn1 = new nn.BatchNorm2d(4)
  relu = new nn.ReLU({ inplace: true })
  down = new nn.Sequential(new nn.Conv2d(2, 4, 1, { bias: false }), new nn.BatchNorm2d(4))
  forward(x: Tensor): Tensor {
    const out = this.relu.call(this.bn1.call(this.conv1.call(x)))
    out.add_(this.down.call(x))
    return this.relu.call(out)
  }
}

class Lists extends nn.Module {
  layers = new nn.ModuleList([new nn.Linear(4, 4), new nn.Linear(4, 4)])
  heads = new nn.ModuleDict({ a: new nn.Linear(4, 2), b: new nn.Linear(4, 3) })
  forward(x: Tensor): Tensor[] {
    for (const layer of this.layers) x = layer.call(x)
    return [this.heads.get('a')!.call(x), this.heads.get('b')!.call(x)]
  }
}

class Tied extends nn.Module {
  emb = new nn.Embedding(10, 4)
  norm = new nn.LayerNorm(4)
  head = new nn.Linear(4, 10, { bias: false })
  constructor() {
    super()
    this.head.weight = this.emb.weight
  }
  forward(ids: Tensor): Tensor {
    return this.head.call(this.norm.call(this.emb.call(ids)))
  }
}

class UsesOther extends nn.Module {
  a = new nn.Linear(4, 4)
  act = new nn.GELU()
  scale = new nn.Parameter(torch.ones([1]))
  forward(x: Tensor): Tensor {
    const h = this.act.call(this.a.call(x).mul(this.scale))
    return h.view(x.size(0) as number, 2, -1)
  }
}

class Inner2 extends nn.Module {
  lin = new nn.Linear(4, 4)
  forward(x: Tensor): [Tensor, Tensor] {
    const n = x.size(0) as number
    return [this.lin.call(x).view(n, 2, 2), x.new_zeros([n, 2])]
  }
}

class Outer2 extends nn.Module {
  inner = new Inner2()
  drop = new nn.Dropout(0.1)
  forward(x: Tensor): Tensor {
    const [a, b] = this.inner.call(x)
    const [c] = this.inner.call(x.add(1))
    return this.drop.call(a.add(c)).sum(2).add(b)
  }
}

class Recurrent extends nn.Module {
  lstm = new nn.LSTM(4, 3, { batch_first: true })
  forward(x: Tensor): Tensor[] {
    const [out, [h, c]] = this.lstm.call(x)
    return [out, h, c]
  }
}

class Unused extends nn.Module {
  used = new nn.Linear(4, 4)
  unused = new nn.Linear(4, 4)
  none = new nn.Identity()
  forward(x: Tensor): Tensor {
    this.unused.call(x)
    return this.none.call(this.used.call(x))
  }
}

interface TracedClass {
  readonly make: () => torch.nn.Module
  readonly inputs: readonly Tensor[]
  readonly training?: boolean
}
export const modules: Readonly<Record<string, TracedClass>> = {
  Net: { make: () => new Net(), inputs: [x] },
  NetTraining: { make: () => new Net(), inputs: [x], training: true },
  Two: { make: () => new Two(), inputs: [x] },
  Block: { make: () => new Block(), inputs: [im] },
  Lists: { make: () => new Lists(), inputs: [x] },
  Tied: { make: () => new Tied(), inputs: [ids] },
  UsesOther: { make: () => new UsesOther(), inputs: [x] },
  Outer2: { make: () => new Outer2(), inputs: [x] },
  Recurrent: { make: () => new Recurrent(), inputs: [torch.rand([2, 5, 4])] },
  Unused: { make: () => new Unused(), inputs: [x] },
}
