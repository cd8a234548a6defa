/** The models of record-models.py in TypeScript. */
import type { Tensor } from '@tsjit/runtime'
import * as torch from '../../src/index.ts'

const { nn } = torch
const { sizes } = torch.jit
const F = nn.functional

const conv3x3 = (from: number, to: number, stride = 1) => new nn.Conv2d(from, to, 3, { stride, padding: 1, bias: false })

class BasicBlock extends nn.Module {
  conv1
  bn1
  relu = new nn.ReLU({ inplace: true })
  conv2
  bn2
  constructor(
    from: number,
    to: number,
    stride: number,
    readonly downsample: torch.nn.Sequential | null,
  ) {
    super()
    delete (this as { downsample?: unknown }).downsample
    this.conv1 = conv3x3(from, to, stride)
    this.bn1 = new nn.BatchNorm2d(to)
    this.conv2 = conv3x3(to, to)
    this.bn2 = new nn.BatchNorm2d(to)
    this.downsample = downsample
  }
  forward(x: Tensor): Tensor {
    let out = this.relu.call(this.bn1.call(this.conv1.call(x)))
    out = this.bn2.call(this.conv2.call(out))
    const identity = this.downsample ? this.downsample.call(x) : x
    out.add_(identity)
    return this.relu.call(out)
  }
}

class ResNet extends nn.Module {
  conv1 = new nn.Conv2d(3, 64, 7, { stride: 2, padding: 3, bias: false })
  bn1 = new nn.BatchNorm2d(64)
  relu = new nn.ReLU({ inplace: true })
  maxpool = new nn.MaxPool2d(3, { stride: 2, padding: 1 })
  layer1 = this.layer(64, 64, 1)
  layer2 = this.layer(64, 128, 2)
  layer3 = this.layer(128, 256, 2)
  layer4 = this.layer(256, 512, 2)
  avgpool = new nn.AdaptiveAvgPool2d([1, 1])
  fc = new nn.Linear(512, 1000)
  constructor() {
    super()
    for (const module of this.modules())
      if (module instanceof nn.Conv2d) nn.init.kaiming_normal_(module.weight, { mode: 'fan_out', nonlinearity: 'relu' })
  }
  private layer(from: number, to: number, stride: number): torch.nn.Sequential {
    const down = stride === 1 ? null : new nn.Sequential(new nn.Conv2d(from, to, 1, { stride, bias: false }), new nn.BatchNorm2d(to))
    return new nn.Sequential(new BasicBlock(from, to, stride, down), new BasicBlock(to, to, 1, null))
  }
  forward(input: Tensor): Tensor {
    let x = this.maxpool.call(this.relu.call(this.bn1.call(this.conv1.call(input))))
    for (const layer of [this.layer1, this.layer2, this.layer3, this.layer4]) x = layer.call(x)
    return this.fc.call(this.avgpool.call(x).flatten(1))
  }
}

class EncoderBlock extends nn.Module {
  ln_1
  attention
  dropout = new nn.Dropout(0.1)
  ln_2
  mlp
  constructor(dim: number, heads: number) {
    super()
    this.ln_1 = new nn.LayerNorm(dim, { eps: 1e-6 })
    this.attention = new nn.MultiheadAttention(dim, heads, { batch_first: true })
    this.ln_2 = new nn.LayerNorm(dim, { eps: 1e-6 })
    this.mlp = new nn.Sequential(new nn.Linear(dim, 2 * dim), new nn.GELU(), new nn.Linear(2 * dim, dim))
  }
  forward(x: Tensor): Tensor {
    const h = this.ln_1.call(x)
    const [attended] = this.attention.call(h, h, h, { need_weights: false })
    const y = x.add(this.dropout.call(attended))
    return y.add(this.mlp.call(this.ln_2.call(y)))
  }
}

class VisionTransformer extends nn.Module {
  patches
  class_token
  positions
  blocks
  norm
  head
  constructor({ image = 32, patch = 8, dim = 64, heads = 4, depth = 2, classes = 10 } = {}) {
    super()
    this.patches = new nn.Conv2d(3, dim, patch, { stride: patch })
    this.class_token = new nn.Parameter(torch.zeros([1, 1, dim]))
    this.positions = new nn.Parameter(torch.empty([1, (image / patch) ** 2 + 1, dim]).normal_(0, 0.02))
    this.blocks = new nn.Sequential(...Array.from({ length: depth }, () => new EncoderBlock(dim, heads)))
    this.norm = new nn.LayerNorm(dim)
    this.head = new nn.Linear(dim, classes)
  }
  forward(input: Tensor): Tensor {
    const n = input.shape[0]
    let x: Tensor = this.patches.call(input).flatten(2).permute(0, 2, 1)
    x = torch.cat([this.class_token.expand(n, -1, -1), x], 1).add(this.positions)
    x = this.norm.call(this.blocks.call(x))
    return this.head.call(x.index(':', 0))
  }
}

class SelfAttention extends nn.Module {
  c_attn
  c_proj
  constructor(
    readonly dim: number,
    readonly heads: number,
  ) {
    super()
    this.c_attn = new nn.Linear(dim, 3 * dim)
    this.c_proj = new nn.Linear(dim, dim)
  }
  forward(x: Tensor): Tensor {
    const [b, t, c] = x.shape
    const [q, k, v] = this.c_attn.call(x).split(this.dim, 2)
    const split = (part: Tensor) => part.view(b, t, this.heads, sizes.floorDivide(c, this.heads)).transpose(1, 2)
    const [keys, queries, values] = [split(k), split(q), split(v)]
    const y = F.scaled_dot_product_attention(queries, keys, values, null, 0, true)
    return this.c_proj.call(y.transpose(1, 2).contiguous().view(b, t, c))
  }
}

class MLP extends nn.Module {
  c_fc
  gelu = new nn.GELU()
  c_proj
  dropout = new nn.Dropout(0.1)
  constructor(dim: number) {
    super()
    this.c_fc = new nn.Linear(dim, 4 * dim)
    this.c_proj = new nn.Linear(4 * dim, dim)
  }
  forward(x: Tensor): Tensor {
    return this.dropout.call(this.c_proj.call(this.gelu.call(this.c_fc.call(x))))
  }
}

class Block extends nn.Module {
  ln_1
  attn
  ln_2
  mlp
  constructor(dim: number, heads: number) {
    super()
    this.ln_1 = new nn.LayerNorm(dim)
    this.attn = new SelfAttention(dim, heads)
    this.ln_2 = new nn.LayerNorm(dim)
    this.mlp = new MLP(dim)
  }
  forward(x: Tensor): Tensor {
    const y = x.add(this.attn.call(this.ln_1.call(x)))
    return y.add(this.mlp.call(this.ln_2.call(y)))
  }
}

class GPT extends nn.Module {
  transformer
  lm_head
  constructor({ vocabulary = 65, context = 32, dim = 64, heads = 4, depth = 2 } = {}) {
    super()
    const wte = new nn.Embedding(vocabulary, dim)
    this.transformer = new nn.ModuleDict({
      wte,
      wpe: new nn.Embedding(context, dim),
      drop: new nn.Dropout(0.1),
      h: new nn.ModuleList(Array.from({ length: depth }, () => new Block(dim, heads))),
      ln_f: new nn.LayerNorm(dim),
    })
    this.lm_head = new nn.Linear(dim, vocabulary, { bias: false })
    wte.weight = this.lm_head.weight
  }
  forward(idx: Tensor): Tensor {
    const [, t] = idx.shape
    const part = (name: string) => this.transformer.get(name)!
    const pos = torch.arange(0, t, { dtype: 'int64' })
    let x = part('drop').call(part('wte').call(idx).add(part('wpe').call(pos)))
    for (const block of part('h') as torch.nn.ModuleList) x = block.call(x)
    return this.lm_head.call(part('ln_f').call(x))
  }
}

const ramp = (shape: readonly number[]): Tensor =>
  torch
    .linspace(
      -1,
      1,
      shape.reduce((a, b) => a * b),
    )
    .view(shape)

export const models = {
  resnet18: { make: () => new ResNet(), inputs: () => [ramp([2, 3, 64, 64])], others: () => [ramp([1, 3, 96, 64])] },
  vit: { make: () => new VisionTransformer(), inputs: () => [ramp([2, 3, 32, 32])], others: () => [ramp([3, 3, 32, 32])] },
  gpt: {
    make: () => new GPT(),
    inputs: () => [torch.arange(0, 20).view(2, 10).remainder(65)],
    others: () => [torch.arange(0, 21).view(3, 7).remainder(65)],
  },
} as const
