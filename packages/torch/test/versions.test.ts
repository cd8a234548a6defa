import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as torch from '../src/index.ts'

const recorded: Readonly<Record<string, { readonly result?: unknown; readonly error?: string }>> = JSON.parse(
  readFileSync(new URL('fixtures/versions.json', import.meta.url), 'utf8'),
)
const { ones, zeros } = torch
interface Given {
  readonly w: torch.Tensor
  readonly x: torch.Tensor
  readonly e: torch.Tensor
}
const inferred = (): torch.Tensor => torch.inference_mode(() => ones([3]))

/** The programs of record-versions.py. */
const programs: Readonly<Record<string, (given: Given) => unknown>> = {
  leaf: ({ w }) => w.add_(1),
  'view of leaf': ({ w }) => w.view(-1).add_(1),
  'view of view': ({ w }) => w.index('1:').view(-1).index(0).zero_(),
  index: ({ w }) => w.setIndex([0], 1),
  'one of several': ({ w }) => w.unbind()[1].zero_(),
  split: ({ w }) => w.split(1)[2].zero_(),
  detach: ({ w }) => {
    w.detach().add_(1)
    return w._version
  },
  no_grad: ({ w }) => {
    torch.no_grad(() => w.add_(1))
    return w._version
  },
  'out of leaf': ({ w }) => torch.add(w, 1, { out: zeros([3]) }),
  'out is leaf': ({ w, x }) => torch.add(x, 1, { out: w }),
  resize: ({ w }) => w.resize_([4]),
  transpose: ({ w }) => w.unsqueeze_(0),
  detach_: ({ w }) => {
    w.detach_()
    return w.requiresGrad
  },
  integers: () => ones([3], { dtype: 'int64' }).requires_grad_(),
  'flag of view': ({ w }) => w.index('1:').requires_grad_(false),
  'views count together': ({ x }) => {
    const v = x.index('1:')
    v.add_(1)
    return [x, v, x.detach(), x.clone(), x.view(3)].map((tensor) => tensor._version)
  },
  'every write counts once': ({ x }) => {
    x.add_(1)
    x.setIndex([0], 2)
    x.zero_()
    x.t()
    x.unsqueeze_(0)
    x.resize_([5])
    torch.add(x, x, { out: x })
    x.requires_grad_()
    return x._version
  },
  'random fills': () => {
    const x = torch.rand([3])
    const before = x._version
    x.uniform_()
    x.normal_()
    return [before, x._version]
  },
  'the same tensor': ({ x }) => {
    x.to('float32').add_(1)
    return x._version
  },
  'indexed writes': ({ x }) => {
    x.copy_(zeros([3]))
    x.add_(1)
    x.index_put_([torch.tensor([0])], ones([1]))
    x.masked_fill_(x.gt(0), 1)
    return x._version
  },
  parts: () => {
    const y = ones([4])
    y.split(2)[0].add_(1)
    y.chunk(2)[1].zero_()
    y.squeeze_()
    return y._version
  },
  base: ({ x }) => {
    const v = x.view(3)
    return [v._is_view(), v._base === x, v.index('1:')._base === x, x._is_view(), x.add(1)._is_view()]
  },
  inference: () => inferred().add_(1),
  'inference version': () => inferred()._version,
  'inference leaf': () => inferred().requires_grad_(),
  'written in inference': ({ x }) => {
    torch.inference_mode(() => x.add_(1))
    return x._version
  },
  'expanded add': ({ e }) => e.add_(1),
  'expanded zero': ({ e }) => e.zero_().tolist(),
  'expanded copy': ({ e }) => e.copy_(ones([2, 3])),
  'expanded normal': ({ e }) => e.normal_(),
  'expanded masked': ({ e }) => e.masked_fill_(ones([2, 3]).to('bool'), 2).tolist(),
  'expanded relu': ({ e }) => e.relu_(),
  'overlapping copy': () => {
    const y = ones([6])
    return y.index(':4').copy_(y.index('2:'))
  },
  'overlapping out': () => {
    const y = ones([6])
    return torch.add(y.index(':4'), 1, { out: y.index('2:') })
  },
  'overlapping add': () => {
    const y = ones([6])
    return y.index(':4').add_(y.index('2:'))
  },
  'the same memory': () => {
    const y = ones([6])
    y.index(':4').add_(y.index(':4'))
    return y.tolist()
  },
  neighbours: () => {
    const y = ones([6])
    y.index(':3').add_(y.index('3:'))
    return y.tolist()
  },
  'transposed onto itself': () => {
    const y = ones([2, 2])
    return y.add_(y.t())
  },
}

describe('versions and writes', () => {
  it('has every recorded program', () => expect(Object.keys(programs)).toEqual(Object.keys(recorded)))
  it.each(Object.keys(recorded))('%s', (name) => {
    const run = () => programs[name]({ w: ones([3]).requires_grad_(), x: ones([3]), e: ones([3]).expand([2, 3]) })
    const { error, result } = recorded[name]
    // The advice at the end is a hint here.
    if (error)
      expect(run).toThrow(
        expect.objectContaining({ message: expect.stringContaining(error.split('.You can')[0].split(' If you want')[0]) }),
      )
    else expect(run()).toEqual(result)
  })
  it('keeps the mode inside functions that throw', () => {
    expect(() => torch.no_grad(() => torch.enable_grad(() => ones([1]).requires_grad_().add_(1)))).toThrow(/a leaf Variable/)
    expect([torch.is_grad_enabled(), torch.is_inference_mode_enabled()]).toEqual([true, false])
  })
  it('counts the writes of scripts too', () => {
    const fill = torch.jit.script`
def fill(x):
    x.add_(1)
    return x.sum()
`
    const x = ones([3])
    const before = x._version
    fill(x)
    expect(x._version).toBeGreaterThan(before)
  })
})

describe('memory', () => {
  it('is given back by dispose, using and scopes; what is used afterwards is a typed error', () => {
    const x = ones([3])
    const view = x.index('1:')
    x.dispose()
    expect(() => view.add(1).tolist()).toThrow(expect.objectContaining({ code: 'TSJ_STORAGE_DISPOSED' }))
    expect(() => x.tolist()).toThrow(expect.objectContaining({ code: 'TSJ_STORAGE_DISPOSED' }))
    expect(() => x.add_(1)).toThrow(expect.objectContaining({ code: 'TSJ_STORAGE_DISPOSED' }))
    expect(() => torch.saveToBuffer({ x })).toThrow(expect.objectContaining({ code: 'TSJ_STORAGE_DISPOSED' }))
    x.dispose()
    let inner: torch.Tensor
    {
      using y = ones([3])
      inner = y
    }
    expect(inner.storage.isDisposed).toBe(true)
    const made: torch.Tensor[] = []
    const kept: torch.Tensor[] = []
    const result = torch.scope((keep) => {
      const a = ones([3])
      const b = a.add(1)
      kept.push(keep(b.mul(2)))
      made.push(a, b)
      torch.scope(() => void made.push(b.sub(1)))
      return { sum: b.sum(), list: [a.exp()] }
    })
    expect(made.map(({ storage }) => storage.isDisposed)).toEqual([true, true, true])
    expect([kept[0].tolist(), result.sum.item(), result.list[0].shape]).toEqual([[4, 4, 4], 6, [3]])
    const failing = () =>
      torch.scope(() => {
        made.push(ones([1]).neg())
        throw new Error('stopped')
      })
    expect(failing).toThrow('stopped')
    expect(made.at(-1)!.storage.isDisposed).toBe(true)
  })
})
