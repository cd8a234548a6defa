/** Random TorchScript programs: typed, so that most compile, with a wrong turn now and then. */

type Random = () => number

/** Types that the generator knows to make expressions of. */
type Kind =
  | 'int'
  | 'float'
  | 'bool'
  | 'str'
  | 'Tensor'
  | 'List[int]'
  | 'List[Tensor]'
  | 'List[str]'
  | 'Optional[int]'
  | 'Tuple[int, Tensor]'
  | 'Dict[str, int]'

const kinds: readonly Kind[] = [
  'int',
  'int',
  'int',
  'float',
  'bool',
  'str',
  'Tensor',
  'Tensor',
  'List[int]',
  'List[int]',
  'List[Tensor]',
  'List[str]',
  'Optional[int]',
  'Tuple[int, Tensor]',
  'Dict[str, int]',
]

interface Helper {
  readonly name: string
  readonly parameters: readonly Kind[]
  readonly result: Kind
}

class ProgramGenerator {
  private lines: string[] = []
  private depth = 1
  private names = 0
  private budget = 0
  private inLoop = 0
  private result: Kind = 'int'
  private scopes: Map<string, Kind>[] = []
  private readonly helpers: Helper[] = []

  constructor(private readonly random: Random) {}

  program(): string {
    // What a loop could double is cut: a program may need no more memory than there is.
    const header = 'import torch\nimport math\nfrom torch import Tensor\nfrom typing import Dict, List, Optional, Tuple\n\n'
    const functions: string[] = []
    const count = 1 + this.below(3)
    for (let i = 0; i < count; i++) functions.push(this.function(i === count - 1 ? 'f' : `helper_${i}`))
    return header + functions.join('\n')
  }

  private below(n: number): number {
    return Math.floor(this.random() * n)
  }
  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]
  }
  private chance(p: number): boolean {
    return this.random() < p
  }

  private function(name: string): string {
    this.lines = []
    this.budget = 4 + this.below(16)
    this.result = this.pick(kinds)
    const parameters = Array.from({ length: this.below(4) }, (_, i): [string, Kind] => [`p${i}`, this.pick(kinds)])
    this.scopes = [new Map(parameters)]
    const list = parameters.map(([p, kind]) => (kind === 'Tensor' && this.chance(0.5) ? p : `${p}: ${kind}`))
    const annotated = this.chance(0.5) ? ` -> ${this.result}` : ''
    this.block(1)
    this.line(`return ${this.expression(this.result, 3)}`)
    this.helpers.push({ name, parameters: parameters.map(([, kind]) => kind), result: this.result })
    return `def ${name}(${list.join(', ')})${annotated}:\n${this.lines.join('\n')}\n`
  }

  private line(text: string): void {
    this.lines.push('    '.repeat(this.depth) + text)
  }

  private block(atLeast: number): void {
    this.scopes.push(new Map())
    const before = this.lines.length
    for (let i = 0; i < atLeast || (this.budget > 0 && this.chance(0.75)); i++) this.statement()
    if (this.lines.length === before) this.line('pass')
    this.scopes.pop()
  }
  private nested(body: () => void): void {
    this.depth++
    body()
    this.depth--
  }

  private variables(kind: Kind): string[] {
    return this.scopes.flatMap((scope) => [...scope].filter(([, have]) => have === kind).map(([name]) => name))
  }
  private anyVariable(): [string, Kind] | undefined {
    const all = this.scopes.flatMap((scope) => [...scope])
    return all.length > 0 ? this.pick(all) : undefined
  }
  private fresh(): string {
    return `v${this.names++}`
  }
  private declare(name: string, kind: Kind): void {
    this.scopes[this.scopes.length - 1].set(name, kind)
  }

  private statement(): void {
    this.budget--
    const deep = this.depth >= 5
    switch (this.below(deep ? 9 : 20)) {
      case 0:
      case 1:
      case 2: {
        const kind = this.pick(kinds)
        const existing = this.variables(kind)
        const reuse = existing.length > 0 && this.chance(0.5)
        const name = reuse ? this.pick(existing) : this.fresh()
        const annotation = !reuse && (this.chance(0.3) || kind.startsWith('Optional')) ? `: ${kind}` : ''
        this.line(`${name}${annotation} = ${this.expression(kind, 3)}`)
        if (!reuse) this.declare(name, kind)
        return
      }
      case 3: {
        const kind = this.pick(['int', 'float', 'Tensor', 'List[int]', 'str'] as const)
        const [name] = this.variables(kind)
        const operator = kind === 'str' || kind === 'List[int]' ? '=' : this.pick(['+=', '-=', '*='])
        this.line(name ? `${name} ${operator} ${this.expression(kind, 2)}` : 'pass')
        return
      }
      case 4: {
        const [list] = this.variables(this.chance(0.8) ? 'List[int]' : 'List[str]')
        if (list)
          this.line(
            this.pick([
              `${list}.append(${this.expression('int', 2)})`,
              `${list}.reverse()`,
              `${list}[0] = ${this.expression('int', 1)}`,
              `${list}.clear()`,
              `${list}.insert(0, ${this.expression('int', 1)})`,
            ]),
          )
        else this.line(`print(${this.expression(this.pick(kinds), 2)})`)
        return
      }
      case 5: {
        const [dict] = this.variables('Dict[str, int]')
        if (dict) this.line(this.pick([`${dict}[${this.expression('str', 1)}] = ${this.expression('int', 2)}`, `del ${dict}['a']`]))
        else this.line(`assert ${this.expression('bool', 2)}, ${this.expression('str', 1)}`)
        return
      }
      case 6: {
        const [a, b] = [this.fresh(), this.fresh()]
        this.line(`${a}, ${b} = ${this.expression('Tuple[int, Tensor]', 2)}`)
        this.declare(a, 'int')
        this.declare(b, 'Tensor')
        return
      }
      case 7:
        if (this.chance(0.2)) this.wrong()
        else if (this.inLoop > 0 && this.chance(0.5)) this.guarded(this.pick(['break', 'continue']))
        else this.guarded(this.chance(0.6) ? `return ${this.expression(this.result, 2)}` : `raise ValueError(${this.expression('str', 1)})`)
        return
      case 8: {
        const known = this.anyVariable()
        this.line(known ? `${known[0]} = ${this.expression(known[1], 3)}` : 'pass')
        return
      }
      case 9:
      case 10:
      case 11:
      case 12:
        this.branch()
        return
      case 13:
      case 14:
      case 15:
      case 16:
        this.forLoop()
        return
      case 17: {
        const name = this.fresh()
        this.line(`${name} = ${this.below(4)}`)
        this.declare(name, 'int')
        this.line(`while ${name} < ${3 + this.below(4)}${this.chance(0.3) ? ` and ${this.expression('bool', 1)}` : ''}:`)
        this.inLoop++
        this.nested(() => {
          this.line(`${name} += 1`)
          this.block(1)
        })
        this.inLoop--
        return
      }
      case 18: {
        const [optional] = this.variables('Optional[int]')
        if (!optional) {
          this.branch()
          return
        }
        this.line(`if ${optional} is not None:`)
        this.nested(() => this.line(`print(${optional} + 1)`))
        return
      }
      default:
        this.line('with torch.no_grad():')
        this.nested(() => this.block(1))
    }
  }

  private guarded(statement: string): void {
    this.line(`if ${this.expression('bool', 2)}:`)
    this.nested(() => this.line(statement))
  }
  private branch(): void {
    this.line(`if ${this.expression('bool', 3)}:`)
    this.nested(() => this.block(1))
    if (this.chance(0.25)) {
      this.line(`elif ${this.expression('bool', 2)}:`)
      this.nested(() => this.block(1))
    }
    if (this.chance(0.5)) {
      this.line('else:')
      this.nested(() => this.block(1))
    }
  }
  private forLoop(): void {
    const name = this.fresh()
    const [over, kind] = this.pick<() => [string, Kind]>([
      () => [`range(${this.chance(0.5) ? this.below(5) : `${this.expression('int', 1)} % 5`})`, 'int'],
      () => [`range(${this.below(3)}, ${this.below(9)}, ${1 + this.below(3)})`, 'int'],
      () => [this.expression('List[int]', 2), 'int'],
      () => [this.expression('List[Tensor]', 1), 'Tensor'],
      () => [this.expression('Tensor', 1), 'Tensor'],
      () => [this.expression('str', 1), 'str'],
      () => [`(${this.expression('int', 1)}, ${this.expression('int', 1)})`, 'int'],
      () => [this.expression('Dict[str, int]', 1), 'str'],
    ])()
    const counted = this.chance(0.2) ? this.fresh() : undefined
    this.line(counted ? `for ${counted}, ${name} in enumerate(${over}):` : `for ${name} in ${over}:`)
    this.inLoop++
    this.scopes.push(new Map([[name, kind], ...(counted ? [[counted, 'int'] as [string, Kind]] : [])]))
    this.nested(() => this.block(1))
    this.scopes.pop()
    this.inLoop--
  }
  /** What a careless programmer writes. */
  private wrong(): void {
    this.line(
      this.pick([
        `${this.fresh()} = ${this.expression('int', 1)} + ${this.expression('str', 1)}`,
        `undefined_name(${this.expression('int', 1)})`,
        `${this.fresh()} = ${this.expression('List[int]', 1)}.apend(1)`,
        `${this.fresh()} = torch.no_such(${this.expression('Tensor', 1)})`,
        `return ${this.expression(this.pick(kinds), 1)}`,
        'x: Foo = 1',
        'lambda: 0',
        `p0 = ${this.expression(this.pick(kinds), 1)}`,
        'import os',
        'try:\n            pass\n        except:\n            pass',
        `${this.fresh()}, ${this.fresh()} = ${this.expression('int', 1)}`,
        'global g',
      ]),
    )
  }

  private expression(kind: Kind, depth: number): string {
    const known = this.variables(kind)
    if (known.length > 0 && this.chance(depth > 0 ? 0.35 : 0.8)) return this.pick(known)
    if (depth > 0 && this.chance(0.08))
      return `(${this.expression(kind, depth - 1)} if ${this.expression('bool', depth - 1)} else ${this.expression(kind, depth - 1)})`
    const fitting = this.helpers.filter(({ result }) => result === kind)
    if (depth > 0 && fitting.length > 0 && this.chance(0.25)) {
      const helper = this.pick(fitting)
      return `${helper.name}(${helper.parameters.map((parameter) => this.expression(parameter, depth - 1)).join(', ')})`
    }
    const e = (other: Kind): string => this.expression(other, depth - 1)
    const options = depth > 0 ? this.compound[kind] : this.simple[kind]
    return this.pick(options)(e)
  }

  private readonly number = (): string =>
    this.pick(['0', '1', '2', '3', '5', '7', '-1', '-4', '10', '255', '9223372036854775807', '-9223372036854775807', '4294967296'])
  private readonly simple: Record<Kind, readonly ((e: (kind: Kind) => string) => string)[]> = {
    int: [this.number, this.number],
    float: [() => this.pick(['0.5', '1.0', '-2.25', '1e10', '3.0', '0.1', "float('inf')"])],
    bool: [() => this.pick(['True', 'False'])],
    str: [() => this.pick(["'a'", "'bc'", "''", "'a b'", "'x=%d'", "'é'"])],
    Tensor: [() => this.pick(['torch.ones(2)', 'torch.tensor([1.0, 2.0])', 'torch.arange(3)', 'torch.zeros(2, 3)', 'torch.tensor(5)'])],
    'List[int]': [() => this.pick(['[1, 2, 3]', '[4]', '[0, 5]'])],
    'List[Tensor]': [() => this.pick(['[torch.ones(2)]', '[torch.zeros(1), torch.ones(1)]'])],
    'List[str]': [() => this.pick(["['a', 'b']", "['']"])],
    'Optional[int]': [() => this.pick(['None', '1'])],
    'Tuple[int, Tensor]': [() => '(1, torch.ones(2))'],
    'Dict[str, int]': [() => this.pick(["{'a': 1}", "{'a': 1, 'b': 2}"])],
  }
  private readonly compound: Record<Kind, readonly ((e: (kind: Kind) => string) => string)[]> = {
    int: [
      (e) => `(${e('int')} ${this.pick(['+', '-', '*', '//', '%', '&', '|', '^', '<<', '>>'])} ${e('int')})`,
      (e) => `(${e('int')} ${this.pick(['+', '-', '*', '//', '%'])} ${e('int')})`,
      (e) => `(-${e('int')})`,
      (e) => `len(${e(this.pick(['List[int]', 'str', 'Tensor', 'Dict[str, int]', 'List[str]'] as const))})`,
      (e) => `${e('List[int]')}[${e('int')}]`,
      (e) => `int(${e(this.pick(['float', 'bool', 'int'] as const))})`,
      (e) => `${this.pick(['min', 'max'])}(${e('int')}, ${e('int')})`,
      (e) => `abs(${e('int')})`,
      (e) => `sum(${e('List[int]')})`,
      (e) => `${e('Dict[str, int]')}[${e('str')}]`,
      (e) => `${e('Tuple[int, Tensor]')}[0]`,
      (e) => `${e('Tensor')}.${this.pick(['dim()', 'numel()', 'size(0)', 'shape[0]'])}`,
      (e) => `int(${e('Tensor')}.sum())`,
      (e) => `${e('List[int]')}.${this.pick(['pop()', 'count(1)', 'index(1)'])}`,
      (e) => `math.${this.pick(['floor', 'ceil'])}(${e('float')})`,
      (e) => `ord(${e('str')}[0])`,
      (e) => `${e('str')}.${this.pick(["find('a')", "count('a')"])}`,
      (e) => `int(${e('int')} ** ${this.below(4)})`,
    ],
    float: [
      (e) => `(${e('float')} ${this.pick(['+', '-', '*', '/', '%', '//'])} ${e(this.pick(['float', 'int'] as const))})`,
      (e) => `float(${e('int')})`,
      (e) => `(${e('int')} / ${e('int')})`,
      (e) => `math.${this.pick(['sqrt', 'sin', 'exp', 'fabs'])}(${e('float')})`,
      (e) => `float(${e('Tensor')}.mean())`,
      (e) => `round(${e('float')})`,
      (e) => `(${e('float')} ** ${e('float')})`,
      (e) => `(-${e('float')})`,
      (e) => `${this.pick(['min', 'max'])}(${e('float')}, ${e('float')})`,
    ],
    bool: [
      (e) => `(${e('int')} ${this.pick(['<', '<=', '==', '!=', '>', '>='])} ${e('int')})`,
      (e) => `(${e('int')} < ${e('int')} <= ${e('int')})`,
      (e) => `(${e('bool')} ${this.pick(['and', 'or'])} ${e('bool')})`,
      (e) => `(not ${e('bool')})`,
      (e) => `(${e('int')} ${this.pick(['in', 'not in'])} ${e('List[int]')})`,
      (e) => `(${e('str')} in ${e('Dict[str, int]')})`,
      (e) => `(${e('Optional[int]')} is ${this.pick(['', 'not '])}None)`,
      (e) => `bool(${e(this.pick(['int', 'float'] as const))})`,
      (e) => `(${e('str')} == ${e('str')})`,
      (e) => `(${e('List[int]')} == ${e('List[int]')})`,
      (e) => `bool((${e('Tensor')} > ${e('int')}).any())`,
      (e) => `isinstance(${e('int')}, int)`,
      (e) => `(${e('float')} < ${e('int')})`,
    ],
    str: [
      (e) => `(${e('str')} + ${e('str')})[:20]`,
      (e) => `str(${e(this.pick(['int', 'bool', 'str', 'List[int]'] as const))})[-9:]`,
      (_e) => `f'{${this.pick(this.variables('int').concat('1'))}}-{${this.pick(this.variables('str').concat('2'))}}'`,
      (e) => `'{} {}'.format(${e('int')}, ${e('bool')})`,
      (e) => `${e('str')}.${this.pick(['upper()', 'strip()', "replace('a', 'b')", "rjust(5, '.')", 'title()', "join(['a', 'b'])"])}[:20]`,
      (e) => `${e('str')}[${this.pick([':1', '1:', '::2', '-2:', '::-1'])}]`,
      (e) => `${e('List[str]')}[${e('int')}]`,
    ],
    Tensor: [
      (e) => `(${e('Tensor')} ${this.pick(['+', '-', '*', '/', '%'])} ${e(this.pick(['Tensor', 'int', 'float'] as const))})`,
      (e) => `(${e('int')} ${this.pick(['+', '*'])} ${e('Tensor')})`,
      (e) => `torch.${this.pick(['relu', 'abs', 'neg', 'sigmoid', 'cos', 'sum', 'flatten', 'clone'])}(${e('Tensor')})`,
      (e) =>
        `${e('Tensor')}.${this.pick(['t()', 'float()', 'view(-1)', 'unsqueeze(0)', 'sum(0)', 'add_(1)', 'contiguous()', 'mul(2)', 'max()', 'to(torch.float64)', 'expand(2, -1)'])}`,
      (_e) => `torch.${this.pick(['zeros', 'ones'])}([${this.below(3)}, 2]${this.chance(0.2) ? ', dtype=torch.int64' : ''})`,
      (e) => `torch.cat(${e('List[Tensor]')})[:4]`,
      (e) => `torch.stack(${e('List[Tensor]')})[:2]`,
      (e) => `${e('Tensor')}[${this.pick(['0', ':1', '...', 'None', '-1', '::2', '0:1'])}]`,
      (e) => `${e('Tuple[int, Tensor]')}[1]`,
      (e) => `torch.where(${e('Tensor')} > 0, ${e('Tensor')}, ${e('Tensor')})`,
      (e) => `torch.tensor(${e('List[int]')})`,
      (e) => `(${e('Tensor')} ${this.pick(['>', '==', '<='])} ${e('Tensor')})`,
      (e) => `torch.matmul(${e('Tensor')}, ${e('Tensor')})`,
    ],
    'List[int]': [
      (e) => `[${e('int')}, ${e('int')}]`,
      (e) => `[i ${this.pick(['+ 1', '* 2', '% 3'])} for i in ${e('List[int]')}]`,
      (_e) => `[i for i in range(${this.below(5)})]`,
      (e) => `(${e('List[int]')} + ${e('List[int]')})[:9]`,
      (e) => `${e('List[int]')}[${this.pick(['1:', ':-1', '::2', '0:2', '::-1'])}]`,
      (e) => `sorted(${e('List[int]')})`,
      (e) => `(${e('List[int]')} * ${this.below(3)})[:9]`,
      (e) => `list(${e('List[int]')})`,
      (_e) => `list(range(${this.below(4)}))`,
      (e) => `${e('Tensor')}.size()`,
      (e) => `${e('List[int]')}.copy()`,
      () => 'torch.jit.annotate(List[int], [])',
      (e) => `list(${e('Dict[str, int]')}.values())`,
    ],
    'List[Tensor]': [
      (e) => `[${e('Tensor')}, ${e('Tensor')}]`,
      (e) => `[t * 2 for t in ${e('List[Tensor]')}]`,
      (e) => `torch.split(${e('Tensor')}, 1)`,
      (e) => `(${e('List[Tensor]')} + ${e('List[Tensor]')})[:4]`,
      (e) => `list(torch.unbind(${e('Tensor')}))`,
    ],
    'List[str]': [
      (e) => `[${e('str')}, ${e('str')}]`,
      (e) => `${e('str')}.split(${this.pick(['', "'a'"])})`,
      (e) => `list(${e('Dict[str, int]')}.keys())`,
      (e) => `[s + '!' for s in ${e('List[str]')}]`,
    ],
    'Optional[int]': [(e) => e('int'), () => 'None', (e) => `${e('Dict[str, int]')}.get(${e('str')})`],
    'Tuple[int, Tensor]': [(e) => `(${e('int')}, ${e('Tensor')})`],
    'Dict[str, int]': [
      (e) => `{${e('str')}: ${e('int')}}`,
      (e) => `{s: len(s) for s in ${e('List[str]')}}`,
      (e) => `dict([(${e('str')}, ${e('int')})])`,
    ],
  }
}

/** A program whose last function is `f`. */
export function generateSource(random: Random): string {
  return new ProgramGenerator(random).program()
}
