/** Random programs of tensor operators, most of which run to their end, and calls of them with other shapes, layouts, dtypes and aliases. */
import type { DType } from '@tsjit/types'
import { callsOf, type Parameter } from './calls.ts'
import { families, views, writes } from './tensor-operators.ts'
import { isFloat, type Known, type Made, type Scope } from './tensor-scope.ts'
import type { Call } from './values.ts'

export interface TensorProgram {
  readonly source: string
  /** Of its function `f`. */
  readonly calls: readonly Call[]
}

/** Sizes by letter: what differs between calls. */
const letters = ['A', 'B', 'C', 'D'] as const
const shapes: readonly (readonly (string | number)[])[] = [
  [],
  ['A'],
  ['B'],
  ['C'],
  ['A', 'B'],
  ['A', 'B'],
  ['B', 'A'],
  ['A', 'C'],
  ['C', 'B'],
  ['A', 'B', 'C'],
  ['A', 'B', 'C'],
  ['B', 'A', 'C'],
  ['A', 'C', 4, 5],
  ['A', 'C', 6, 6],
  [1, 'B'],
  ['A', 1],
  ['D'],
]
const dtypes: readonly DType[] = [
  'float32',
  'float32',
  'float32',
  'float32',
  'float32',
  'float32',
  'float64',
  'float64',
  'float16',
  'bfloat16',
  'int64',
  'int64',
  'int32',
  'uint8',
  'bool',
  'bool',
]

class TensorProgramGenerator implements Scope {
  private lines: string[] = []
  private depth = 1
  private names = 0
  private budget = 0
  private scopes: Known[][] = []
  private helper = false
  private lists: string[][] = []
  private parameters: Parameter[] = []
  private loops = 0

  constructor(private readonly random: () => number) {}

  below(n: number): number {
    return Math.floor(this.random() * n)
  }
  chance(p: number): boolean {
    return this.random() < p
  }
  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]
  }
  find(holds: (known: Known) => boolean = () => true): Known | undefined {
    const fitting = this.scopes.flat().filter(holds)
    if (fitting.length === 0) return undefined
    // recent ones rather
    return this.chance(0.5) ? fitting[fitting.length - 1 - this.below(Math.min(3, fitting.length))] : this.pick(fitting)
  }
  index(n: number): string {
    if (this.chance(0.03)) return 'n'
    return String(this.chance(0.3) ? -1 - this.below(n) : this.below(Math.max(n, 1)))
  }
  place(n: number): string {
    return String(this.chance(0.05) ? -1 - this.below(n) : this.below(Math.max(n, 1)))
  }
  size(n: number): string {
    const known = this.chance(0.5) ? this.find(({ shape }) => shape?.includes(n) ?? false) : undefined
    return known ? `${known.name}.size(${known.shape!.indexOf(n)})` : String(n)
  }

  program(): TensorProgram {
    const sizes = Object.fromEntries(letters.map((letter) => [letter, this.pick([1, 2, 2, 3, 3, 4, 5])]))
    const count = 1 + this.below(4)
    const tensors = Array.from(
      { length: count },
      (_, i): Parameter => ({ name: `x${i}`, kind: 'tensor', shape: this.pick(shapes), dtype: this.pick(dtypes) }),
    )
    this.parameters = [...tensors, { name: 'n', kind: 'int' }, { name: 'flag', kind: 'bool' }, { name: 's', kind: 'float' }]
    const known = tensors.map(
      ({ name, shape, dtype }): Known => ({
        name,
        shape: shape!.map((size) => (typeof size === 'number' ? size : sizes[size])),
        dtype,
        exact: dtype !== 'bfloat16' && dtype !== 'float16',
      }),
    )
    const helper = this.chance(0.3) ? this.helperFunction() : ''
    this.lines = []
    this.depth = 1
    this.scopes = [known]
    this.lists = [[]]
    this.budget = 3 + this.below(14)
    while (this.budget > 0) this.statement()
    const result = this.results(4)
    this.line(`return ${result}`)
    const list = this.parameters.map(({ name, kind }) => (kind === 'tensor' ? name : `${name}: ${kind}`))
    const source = `import torch\nimport torch.nn.functional as F\nfrom typing import List, Optional, Tuple\nfrom torch import Tensor\n\n${helper}def f(${list.join(', ')}):\n${this.lines.join('\n')}\n`
    return { source, calls: callsOf(this.parameters, sizes, this.random) }
  }

  private helperFunction(): string {
    this.lines = []
    this.scopes = [
      [
        { name: 'a', shape: undefined, dtype: undefined, exact: false },
        { name: 'b', shape: undefined, dtype: undefined, exact: false },
      ],
    ]
    this.lists = [[]]
    const body = this.pick([
      'a.add_(1)',
      'a = a * 2',
      'a[0] = 1',
      'a += b',
      'b = b.relu()',
      "print('in g')",
      'a, b = b, a',
      'if a.dim() > 1:\n        return a.sum(0)',
      'a.mul_(b)',
    ])
    this.helper = true
    return `def g(a, b):\n    ${body}\n    return ${this.pick(['a', 'a + 1', 'a * 0.5', 'a.t()', 'b', 'a[0]', 'torch.relu(a)'])}\n\n`
  }

  private line(text: string): void {
    this.lines.push('    '.repeat(this.depth) + text)
  }
  private nested(body: () => void): void {
    this.depth++
    this.scopes.push([])
    this.lists.push([])
    body()
    this.scopes.pop()
    this.lists.pop()
    this.depth--
  }
  /** Variables of outer scopes that were assigned to on the way have forgotten what is known of them. */
  private assign(target: Known, made: Made): void {
    for (const scope of this.scopes) {
      const at = scope.indexOf(target)
      if (at < 0) continue
      const inner = this.depth > 1 && scope !== this.scopes.at(-1)
      scope[at] = inner
        ? {
            name: target.name,
            shape: String(made.shape) === String(target.shape) ? target.shape : undefined,
            dtype: made.dtype === target.dtype ? target.dtype : undefined,
            exact: false,
          }
        : { name: target.name, shape: made.shape, dtype: made.dtype, exact: made.exact }
    }
  }

  private operator(): Made | undefined {
    for (let tries = 0; tries < 12; tries++) {
      const made = this.pick(this.pick(families))(this)
      if (made && (made.shape === undefined || made.shape.reduce((a, b) => a * b, 1) <= 4096)) return made
    }
    return undefined
  }

  private statement(): void {
    this.budget--
    const deep = this.depth >= 4
    const kind = this.below(deep ? 26 : 32)
    if (kind < 13) this.compute()
    else if (kind < 18) this.write()
    else if (kind < 20) this.writeView()
    else if (kind < 21) this.reassign()
    else if (kind < 22) this.list()
    else if (kind < 23) this.print()
    else if (kind < 24) this.leave()
    else if (kind < 25) this.host()
    else if (kind < 26) this.call()
    else if (kind < 29) this.branch()
    else this.loop()
  }

  private compute(): void {
    const made = this.operator()
    if (!made) return
    const name = `v${this.names++}`
    this.line(`${name} = ${made.text}`)
    this.scopes
      .at(-1)!
      .push({ name, shape: made.shape, dtype: made.dtype, exact: made.exact && made.dtype !== 'float16' && made.dtype !== 'bfloat16' })
  }
  private write(): void {
    const write = this.pick(writes)(this)
    if (!write) {
      this.compute()
      return
    }
    this.line(write.text)
    this.wrote(write.exact)
  }
  /** Whatever shares memory with what was written is no longer what it was. */
  private wrote(exact: boolean): void {
    if (exact) return
    for (const scope of this.scopes)
      scope.forEach((known, i) => void (scope[i] = isFloat(known) || known.dtype === undefined ? { ...known, exact: false } : known))
  }
  private writeView(): void {
    const made = this.pick(views)(this)
    if (!made) return
    const name = `v${this.names++}`
    this.line(`${name} = ${made.text}`)
    this.line(
      this.pick([
        `${name}.add_(1)`,
        `${name}.mul_(2)`,
        `${name}.zero_()`,
        `${name} += 1`,
        `${name}.fill_(1)`,
        `${name}.clamp_(-1, 1)`,
        `${name}[...] = 3`,
        `${name}.neg_()`,
        `${name}.copy_(${name} + 1)`,
      ]),
    )
    this.scopes.at(-1)!.push({ name, shape: made.shape, dtype: made.dtype, exact: made.exact })
  }
  private reassign(): void {
    const target = this.find()
    const made = this.operator()
    if (!target || !made) return
    this.line(`${target.name} = ${made.text}`)
    this.assign(target, made)
  }
  private list(): void {
    const lists = this.lists.flat()
    const x = this.find()
    if (!x) return
    if (lists.length === 0 || this.chance(0.2)) {
      const name = `l${this.names++}`
      const y = this.find()!
      this.line(
        this.pick([
          `${name} = [${x.name}, ${y.name}]`,
          `${name}: List[Tensor] = []`,
          `${name} = list(torch.unbind(${x.name}))`,
          `${name} = [${x.name}]`,
          `${name} = [t * 2 for t in [${x.name}, ${y.name}]]`,
        ]),
      )
      this.lists.at(-1)!.push(name)
      return
    }
    const list = this.pick(lists)
    if (this.chance(0.5)) {
      this.line(
        this.pick([
          `${list}.append(${x.name})`,
          `${list}[0] = ${x.name}`,
          `${list}[-1].add_(1)`,
          `${list}.append(${x.name}.detach())`,
          `${list} = ${list} + [${x.name}]`,
        ]),
      )
      return
    }
    const name = `v${this.names++}`
    this.line(
      `${name} = ${this.pick([`${list}[0]`, `${list}[-1]`, `torch.stack(${list})`, `torch.cat(${list})`, `${list}.pop()`, `${list}[-1] + 1`])}`,
    )
    this.scopes.at(-1)!.push({ name, shape: undefined, dtype: undefined, exact: false })
  }
  private print(): void {
    const x = this.find()
    const exact = this.find(({ exact, dtype, shape }) => exact && dtype !== 'float64' && shape !== undefined)
    if (x)
      this.line(
        this.pick([
          `print(${x.name}.shape)`,
          `print(${x.name}.dim(), n)`,
          `print('a', flag, ${x.name}.numel())`,
          `print(${x.name}.dtype)`,
          `print(${x.name}.is_contiguous())`,
          ...(exact ? [`print(${exact.name})`] : []),
        ]),
      )
  }
  /** Ways out, some of them after something was written. */
  private leave(): void {
    const x = this.find()
    if (!x) return
    const exact = this.find(({ exact }) => exact)
    this.line(
      this.pick([
        `assert n < 4, 'too many'`,
        `assert ${x.name}.dim() < 5`,
        ...(exact ? [`assert bool((${exact.name} < 100).all()), 'large'`] : []),
      ]),
    )
    if (this.chance(0.5)) return
    this.line(`if ${this.condition()}:`)
    this.depth++
    if (this.chance(0.5)) this.line(`${x.name}.add_(1)`)
    this.line(this.chance(0.5) ? `raise ValueError('stop ' + str(n))` : `return ${this.results(4)}`)
    this.depth--
  }
  private host(): void {
    const x = this.find(({ exact }) => exact)
    const any = this.find()
    if (!x || !any) return
    const name = `v${this.names++}`
    this.line(
      `${name} = ${this.pick([`${any.name} * n`, `${any.name} * s`, `${any.name} + (n if flag else 2)`, `${any.name} * ${any.name}.size(0)`, `${any.name} + int(${x.name}.sum())`, `torch.full([2], float(${x.name}.max()))`, `torch.arange(n)`, `${any.name} + float(${any.name}.numel())`, `${any.name}.to(torch.float64) if flag else ${any.name}`])}`,
    )
    this.scopes.at(-1)!.push({ name, shape: undefined, dtype: undefined, exact: false })
  }
  private call(): void {
    if (!this.helper) {
      this.compute()
      return
    }
    const [a, b] = [this.find(), this.find()]
    if (!a || !b) return
    const name = `v${this.names++}`
    this.line(`${name} = g(${a.name}, ${b.name})`)
    this.wrote(false)
    this.scopes.at(-1)!.push({ name, shape: undefined, dtype: undefined, exact: false })
  }

  private condition(): string {
    const x = this.find()
    const exact = this.find((known) => known.exact)
    return this.pick([
      'flag',
      'n > 2',
      'not flag',
      'n % 2 == 0',
      's > 1.0',
      ...(x ? [`${x.name}.dim() > 1`, `${x.name}.size(0) > 2`, `${x.name}.numel() > 4`] : []),
      ...(exact ? [`bool((${exact.name} > 0).any())`, `bool((${exact.name} == 1).all())`, `${exact.name}.sum() > 0`] : []),
    ])
  }
  private branch(): void {
    this.line(`if ${this.condition()}:`)
    this.nested(() => this.body())
    if (this.chance(0.5)) {
      this.line('else:')
      this.nested(() => this.body())
    }
  }
  private body(): void {
    const before = this.lines.length
    for (let left = 1 + this.below(3); left > 0; left--) this.chance(0.4) ? this.reassign() : this.statement()
    if (this.lines.length === before) this.line('pass')
  }
  private loop(): void {
    if (this.loops >= 2) return
    this.loops++
    const x = this.find(({ shape }) => shape !== undefined && shape.length > 0)
    const name = `i${this.names++}`
    const [over, item] = this.pick<[string, string | undefined]>([
      [`range(${1 + this.below(3)})`, undefined],
      ['range(n % 5)', undefined],
      ...(x
        ? ([
            [`range(${x.name}.size(0))`, `${x.name}[${name}]`],
            [`${x.name}`, name],
            [`range(1, ${x.name}.size(0))`, `${x.name}[${name} - 1]`],
          ] as [string, string][])
        : []),
    ])
    this.line(`for ${name} in ${over}:`)
    this.nested(() => {
      if (item && x?.shape) {
        const element = `e${this.names++}`
        this.line(`${element} = ${item}`)
        this.scopes.at(-1)!.push({ name: element, shape: x.shape.slice(1), dtype: x.dtype, exact: false })
      }
      this.body()
      if (this.chance(0.2)) {
        this.line(`if ${this.condition()}:`)
        this.depth++
        this.line(this.pick(['break', 'continue']))
        this.depth--
      }
    })
    this.loops--
  }

  /** So many tensors, the last ones rather, and an int. */
  private results(count: number): string {
    const all = this.scopes.flat()
    const chosen = Array.from({ length: count }, (_, i) => all[all.length - 1 - i] ?? this.pick(all))
    const last = this.pick(all)
    const results = chosen.map(({ name }) => (this.chance(0.15) ? `${name}.detach()` : name))
    return `(${results.join(', ')}, [${last.name}], n)`
  }
}

/** A program whose last function is `f`, with calls of it. */
export function generateTensorProgram(random: () => number): TensorProgram {
  return new TensorProgramGenerator(random).program()
}
