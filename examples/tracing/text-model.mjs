// A small language model written with `nn`, captured by tracing, saved as an archive that PyTorch loads, and loaded again.
//
//     node examples/tracing/text-model.mjs [FILE.pt]
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as torch from 'tsjit'

const { nn } = torch
const { sizes, trace } = torch.jit

class Attention extends nn.Module {
  constructor(width, heads) {
    super()
    this.heads = heads
    this.width = width
    this.project = new nn.Linear(width, 3 * width)
    this.output = new nn.Linear(width, width)
  }
  forward(x) {
    // the sizes are recorded: the trace takes other batches and other lengths
    const [batch, length, width] = x.shape
    const split = (part) => part.view(batch, length, this.heads, sizes.floorDivide(width, this.heads)).transpose(1, 2)
    const [query, key, value] = this.project.call(x).split(this.width, 2).map(split)
    const mixed = nn.functional.scaled_dot_product_attention(query, key, value, null, 0, true)
    return this.output.call(mixed.transpose(1, 2).contiguous().view(batch, length, width))
  }
}

class Block extends nn.Module {
  constructor(width, heads) {
    super()
    this.before = new nn.LayerNorm(width)
    this.attention = new Attention(width, heads)
    this.mlp = new nn.Sequential(new nn.LayerNorm(width), new nn.Linear(width, 4 * width), new nn.GELU(), new nn.Linear(4 * width, width))
  }
  forward(x) {
    const y = x.add(this.attention.call(this.before.call(x)))
    return y.add(this.mlp.call(y))
  }
}

class LanguageModel extends nn.Module {
  constructor(vocabulary, { context = 32, width = 32, heads = 4, depth = 2 } = {}) {
    super()
    this.tokens = new nn.Embedding(vocabulary, width)
    this.positions = new nn.Embedding(context, width)
    this.blocks = new nn.Sequential(...Array.from({ length: depth }, () => new Block(width, heads)))
    this.head = new nn.Linear(width, vocabulary)
  }
  forward(ids) {
    const positions = torch.arange(ids.shape[1])
    return this.head.call(this.blocks.call(this.tokens.call(ids).add(this.positions.call(positions))))
  }
}

torch.manual_seed(0)
const model = new LanguageModel(50).eval()
const traced = trace(model, torch.randint(0, 50, [2, 8]))
console.log(traced.code)

// the trace runs on other sizes than it was made with
const ids = torch.randint(0, 50, [3, 12])
console.log('same results:', torch.allclose(traced.forward(ids), model.call(ids), 1e-4, 1e-6))

const path = process.argv[2] ?? join(tmpdir(), 'text-model.pt')
torch.jit.save(traced, path)
const loaded = await torch.jit.load(path)
console.log('after loading:', torch.equal(loaded.forward(ids), traced.forward(ids)))

// control flow that depends on data is not recorded: the tracer says so, and where
const warnings = []
trace((x) => (x.sum().item() > 0 ? x.mul(2) : x.neg()), torch.ones([3]), { onWarning: (warning) => warnings.push(warning) })
for (const { reason, location } of warnings) console.log(`${location.file.split('/').at(-1)}:${location.line}: ${reason}`)

// script keeps it
const double = torch.jit.script`
def double(x):
    if bool(x.sum() > 0):
        return x * 2
    return -x
`
const mixed = trace((x) => double(x).add(1), torch.ones([3]))
console.log('mixed:', mixed(torch.full([2], -3)).tolist())
