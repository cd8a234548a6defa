import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { callOperator, defaultGenerator, readRaw, type Tensor } from '@tsjit/runtime'
import { beforeAll, describe, expect, it } from 'vitest'
import * as nn from '../src/index.ts'
import { useReferenceRuntime } from './reference-runtime.ts'

const recorded = JSON.parse(readFileSync(new URL('models.json', import.meta.url), 'utf8'))
const { init } = nn

class BasicBlock extends nn.Module {
  conv1: nn.Conv2d
  bn1: nn.BatchNorm2d
  relu = new nn.ReLU({ inplace: true })
  conv2: nn.Conv2d
  bn2: nn.BatchNorm2d
  downsample: nn.Sequential | null
  constructor(inputs: number, width: number, stride: number, downsample: nn.Sequential | null) {
    super()
    this.conv1 = new nn.Conv2d(inputs, width, 3, { stride, padding: 1, bias: false })
    this.bn1 = new nn.BatchNorm2d(width)
    this.conv2 = new nn.Conv2d(width, width, 3, { padding: 1, bias: false })
    this.bn2 = new nn.BatchNorm2d(width)
    this.downsample = downsample
  }
  forward(x: Tensor): Tensor {
    const y = this.bn2.call(this.conv2.call(this.relu.call(this.bn1.call(this.conv1.call(x)))))
    return this.relu.call(y.add_(this.downsample ? this.downsample.call(x) : x))
  }
}

class ResNet18 extends nn.Module {
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
      if (module instanceof nn.Conv2d) init.kaiming_normal_(module.weight, { mode: 'fan_out', nonlinearity: 'relu' })
  }
  private layer(inputs: number, width: number, stride: number): nn.Sequential {
    const downsample =
      stride === 1 ? null : new nn.Sequential(new nn.Conv2d(inputs, width, 1, { stride, bias: false }), new nn.BatchNorm2d(width))
    return new nn.Sequential(new BasicBlock(inputs, width, stride, downsample), new BasicBlock(width, width, 1, null))
  }
  forward(x: Tensor): Tensor {
    let y = this.maxpool.call(this.relu.call(this.bn1.call(this.conv1.call(x))))
    for (const layer of [this.layer1, this.layer2, this.layer3, this.layer4]) y = layer.call(y)
    return this.fc.call((this.avgpool.call(y) as Tensor).flatten(1))
  }
}

class Attention extends nn.Module {
  qkv: nn.Linear
  proj: nn.Linear
  constructor(
    width: number,
    readonly heads: number,
  ) {
    super()
    this.qkv = new nn.Linear(width, 3 * width)
    this.proj = new nn.Linear(width, width)
  }
  forward(x: Tensor, causal: boolean): Tensor {
    const [n, t, c] = x.shape
    const parts = this.qkv
      .call(x)
      .split(c, 2)
      .map((part) => part.view(n, t, this.heads, c / this.heads).transpose(1, 2))
    const y = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], { is_causal: causal })
    return this.proj.call(y.transpose(1, 2).reshape([n, t, c]))
  }
}

class Block extends nn.Module {
  ln_1: nn.LayerNorm
  attn: Attention
  ln_2: nn.LayerNorm
  mlp: nn.Sequential
  constructor(
    width: number,
    heads: number,
    readonly causal: boolean,
  ) {
    super()
    this.ln_1 = new nn.LayerNorm(width)
    this.attn = new Attention(width, heads)
    this.ln_2 = new nn.LayerNorm(width)
    this.mlp = new nn.Sequential(new nn.Linear(width, 4 * width), new nn.GELU(), new nn.Linear(4 * width, width))
  }
  forward(x: Tensor): Tensor {
    const y = x.add(this.attn.call(this.ln_1.call(x), this.causal))
    return y.add(this.mlp.call(this.ln_2.call(y)))
  }
}

class GPT extends nn.Module {
  wte: nn.Embedding
  wpe: nn.Embedding
  blocks: nn.ModuleList
  ln_f: nn.LayerNorm
  head: nn.Linear
  constructor(vocabulary: number, length: number, width: number, heads: number, depth: number) {
    super()
    this.wte = new nn.Embedding(vocabulary, width)
    this.wpe = new nn.Embedding(length, width)
    this.blocks = new nn.ModuleList(Array.from({ length: depth }, () => new Block(width, heads, true)))
    this.ln_f = new nn.LayerNorm(width)
    this.head = new nn.Linear(width, vocabulary, { bias: false })
    for (const module of this.modules()) {
      if (module instanceof nn.Linear || module instanceof nn.Embedding) init.normal_(module.weight, 0, 0.02)
      if (module instanceof nn.Linear && module.bias) init.zeros_(module.bias)
    }
  }
  forward(tokens: Tensor): Tensor {
    let x = this.wte.call(tokens).add(this.wpe.call(callOperator('arange', [tokens.shape[1]])))
    for (const block of this.blocks) x = (block as Block).call(x)
    return this.head.call(this.ln_f.call(x))
  }
}

class ViT extends nn.Module {
  patches: nn.Conv2d
  cls: nn.Parameter
  positions: nn.Parameter
  blocks: nn.Sequential
  norm: nn.LayerNorm
  head: nn.Linear
  constructor(size: number, patch: number, width: number, heads: number, depth: number, classes: number) {
    super()
    this.patches = new nn.Conv2d(3, width, patch, { stride: patch })
    const count = (size / patch) ** 2
    this.cls = new nn.Parameter(callOperator('zeros', [[1, 1, width]]))
    this.positions = new nn.Parameter(callOperator('empty', [[1, count + 1, width]]).normal_({ std: 0.02 }))
    this.blocks = new nn.Sequential(...Array.from({ length: depth }, () => new Block(width, heads, false)))
    this.norm = new nn.LayerNorm(width)
    this.head = new nn.Linear(width, classes)
    init.trunc_normal_(this.patches.weight, 0, Math.sqrt(1 / (3 * patch * patch)))
    init.zeros_(this.patches.bias!)
    init.xavier_uniform_(this.head.weight)
    init.orthogonal_((this.blocks.at(0) as Block).attn.proj.weight)
  }
  forward(x: Tensor): Tensor {
    const patches = this.patches.call(x).flatten(2).transpose(1, 2)
    const joined: Tensor = callOperator('cat', [[this.cls.expand([x.shape[0], -1, -1]), patches], 1])
    return this.head.call(this.norm.call(this.blocks.call(joined.add(this.positions))).index('...', 0, ':'))
  }
}

function check(name: string, make: () => nn.Module, draw: () => Tensor, computed: readonly string[] = []): void {
  const expected = recorded[name]
  defaultGenerator.manualSeed(7)
  const model = make().eval()
  defaultGenerator.manualSeed(8)
  const x = draw()
  expect([...model.stateDict().keys()]).toEqual(expected.keys)
  const digest = createHash('sha256')
  for (const [key, parameter] of model.namedParameters()) {
    const raw = readRaw(parameter)
    if (!computed.includes(key)) digest.update(new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength))
  }
  expect(digest.digest('hex')).toBe(expected.parameters)
  const output: Tensor = (model as { call(x: Tensor): Tensor }).call(x)
  expect(output.shape).toEqual(expected.shape)
  const bytes = Buffer.from(expected.output, 'base64')
  const wanted = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const found = readRaw(output)
  const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - Number(found[i])) / Math.max(1, Math.abs(value))), 0)
  expect(worst).toBeLessThan(1e-5)
}

beforeAll(useReferenceRuntime)

describe('models under one seed', () => {
  it('ResNet-18', () =>
    check(
      'resnet18',
      () => new ResNet18(),
      () => callOperator('randn', [[1, 3, 64, 64]]),
    ))
  it('GPT', () =>
    check(
      'gpt',
      () => new GPT(50, 12, 32, 4, 2),
      () => callOperator('randint', [0, 50, [2, 10]]),
    ))
  it('ViT', () =>
    check(
      'vit',
      () => new ViT(32, 8, 32, 4, 2, 10),
      () => callOperator('randn', [[2, 3, 32, 32]]),
      ['blocks.0.attn.proj.weight'],
    ))
})
