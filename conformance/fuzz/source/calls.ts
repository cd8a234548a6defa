/** Calls of programs: the same program with other data, shapes, layouts, dtypes and aliases among its arguments. */
import { type DType, dtypeInfo, type Type } from '@tsjit/types'
import type { Call, Plain, PlainNumber } from './values.ts'

export interface Parameter {
  readonly name: string
  readonly kind: 'tensor' | 'int' | 'float' | 'bool'
  /** Of a tensor: sizes, some of them by letter. */
  readonly shape?: readonly (number | string)[]
  readonly dtype?: DType
}

type Layout = 'contiguous' | 'transposed' | 'sliced' | 'expanded' | 'offset'
type Storages = { dtype: DType; values: PlainNumber[] }[]

/** Fills arguments; one for each call. */
class CallMaker {
  readonly storages: Storages = []
  constructor(
    private readonly random: () => number,
    private readonly odd: boolean,
  ) {}

  below(n: number): number {
    return Math.floor(this.random() * n)
  }
  private element(dtype: DType): PlainNumber {
    const info = dtypeInfo(dtype)
    if (dtype === 'bool') return this.below(2)
    if (info.isInteger) return this.below(dtype === 'uint8' ? 6 : 9) - (dtype === 'uint8' ? 0 : 3)
    if (this.odd && this.below(8) === 0) return ['nan', 'inf', '-inf', '-0', 1e4, -1e4][this.below(6)]
    return (this.below(17) - 8) / 4
  }

  tensor(shape: readonly number[], dtype: DType, layout: Layout): Plain {
    const rank = shape.length
    const strides = new Array<number>(rank)
    const order = shape.map((_, i) => i)
    if (layout === 'transposed') order.reverse()
    let step = 1
    for (const dim of [...order].reverse()) {
      const repeated = layout === 'expanded' && dim === 0
      if (layout === 'sliced' && dim === order.at(-1)) step = 2
      strides[dim] = repeated ? 0 : step
      if (!repeated) step *= Math.max(1, shape[dim])
    }
    const offset = layout === 'offset' || layout === 'sliced' ? 1 : 0
    const values = Array.from({ length: step + offset + (layout === 'offset' ? 2 : 0) }, () => this.element(dtype))
    const storage = this.storages.push({ dtype, values }) - 1
    return { kind: 'tensor', dtype, shape, strides, offset, storage }
  }
}

type Sizes = Readonly<Record<string, number>>

/** Eleven calls, the first of them plain, a plain one at the end. */
export function callsOf(parameters: readonly Parameter[], sizes: Sizes, random: () => number): Call[] {
  const below = (n: number): number => Math.floor(random() * n)
  const letters = Object.keys(sizes)
  const letter = letters[below(letters.length)]
  const scalars = { n: 2 + below(2), flag: below(2) === 0, s: 1.5 }
  const tensors = parameters.flatMap(({ kind }, i) => (kind === 'tensor' ? [i] : []))

  const make = (
    what: string,
    more: {
      sizes?: Sizes
      layout?: () => Layout
      scalars?: typeof scalars
      odd?: boolean
      dtype?: (dtype: DType, i: number) => DType
      change?: (args: Plain[], maker: CallMaker) => void
    },
  ): Call => {
    const maker = new CallMaker(random, more.odd ?? false)
    const scalar = more.scalars ?? scalars
    const args = parameters.map(({ kind, shape, dtype }, i): Plain => {
      if (kind === 'int') return { kind, value: scalar.n }
      if (kind === 'float') return { kind, value: scalar.s }
      if (kind === 'bool') return { kind, value: scalar.flag }
      const actual = shape!.map((size) => (typeof size === 'number' ? size : (more.sizes ?? sizes)[size]))
      return maker.tensor(actual, more.dtype?.(dtype!, i) ?? dtype!, more.layout?.() ?? 'contiguous')
    })
    more.change?.(args, maker)
    return { what, storages: maker.storages, args }
  }
  const anyLayout = (): Layout => (['contiguous', 'transposed', 'sliced', 'expanded', 'offset'] as const)[below(5)]
  const chosen = tensors[below(tensors.length)]
  const other = tensors[below(tensors.length)]

  return [
    make('plain', {}),
    make('other data', {}),
    make('another size', { sizes: { ...sizes, [letter]: sizes[letter] + 1 + below(3) } }),
    make('strides', { layout: anyLayout }),
    make('the same tensor twice', {
      change: (args) => {
        const [a, b] = [args[chosen], args[other]]
        if (a.kind === 'tensor' && b.kind === 'tensor' && a.dtype === b.dtype && (chosen !== other || tensors.length === 1)) {
          args[other] =
            String(a.shape) === String(b.shape) || below(2) ? a : { ...a, shape: [...a.shape].reverse(), strides: [...a.strides].reverse() }
        } else if (a.kind === 'tensor' && a.shape.length > 0 && tensors.length > 1) {
          const at = tensors[(tensors.indexOf(chosen) + 1) % tensors.length]
          args[at] = { ...a, shape: a.shape.slice(1), strides: a.strides.slice(1) }
        }
      },
    }),
    make('another dtype', {
      dtype: (dtype, i) =>
        i === chosen ? (['float64', 'float32', 'float16', 'int64', 'bool', 'int32', 'bfloat16'] as const)[below(7)] : dtype,
    }),
    make('other scalars', { scalars: { n: below(6), flag: !scalars.flag, s: 0.5 } }),
    make('a size that does not fit', {
      change: (args, maker) => {
        const a = args[chosen]
        if (a.kind === 'tensor')
          args[chosen] = maker.tensor(
            a.shape.length > 0 ? a.shape.map((size, i) => (i === 0 ? size + 2 : size)) : [3],
            a.dtype,
            'contiguous',
          )
      },
    }),
    make('empty', { sizes: { ...sizes, [letter]: 0 } }),
    make('odd numbers', { odd: true, layout: anyLayout }),
    make('size 1', { sizes: { ...sizes, [letter]: 1 } }),
    make('plain again', {}),
  ]
}

/** Calls of a function of which only the types are known, or undefined where there are no values of one. */
export function callsOfTypes(types: readonly Type[], random: () => number): Call[] | undefined {
  const below = (n: number): number => Math.floor(random() * n)
  const call = (
    what: string,
    tensor: (maker: CallMaker, i: number) => Plain,
    scalar: { int: number; float: number; bool: boolean; str: string },
  ): Call | undefined => {
    const maker = new CallMaker(random, false)
    let made = 0
    const value = (type: Type): Plain | undefined => {
      const inner = type.contained()
      switch (type.kind) {
        case 'Tensor':
          return tensor(maker, made++)
        case 'int':
        case 'float':
          return { kind: type.kind, value: scalar[type.kind] }
        case 'bool':
          return { kind: 'bool', value: scalar.bool }
        case 'str':
          return { kind: 'str', value: scalar.str }
        case 'Optional':
          return value(inner[0])
        case 'List':
        case 'Tuple': {
          const items = (type.kind === 'List' ? [inner[0], inner[0]] : inner).map(value)
          return items.every((item) => item !== undefined) ? { kind: type.kind === 'List' ? 'list' : 'tuple', items } : undefined
        }
        case 'Dict': {
          const [key, item] = inner.map(value)
          return key && item && { kind: 'dict', items: [[key, item]] }
        }
        default:
          return undefined
      }
    }
    const args = types.map(value)
    return args.every((arg) => arg !== undefined) ? { what, storages: maker.storages, args } : undefined
  }
  const usual = { int: 3, float: 1.5, bool: true, str: 'abc' }
  const fixed = (maker: CallMaker): Plain => maker.tensor([3], 'float32', 'contiguous')
  const first = call('plain', fixed, usual)
  if (!first?.args.some((arg) => JSON.stringify(arg).includes('tensor'))) return first && [first]
  const shape = [below(4), 1 + below(3)]
  const dtype = (['float32', 'float64', 'int64', 'bool', 'float16'] as const)[below(5)]
  const once: { tensor?: Plain } = {}
  return [
    first,
    call('other data', fixed, usual)!,
    call('matrices', (maker) => maker.tensor(shape, 'float32', (['contiguous', 'transposed', 'sliced', 'expanded'] as const)[below(4)]), {
      int: 1,
      float: -2.5,
      bool: false,
      str: '',
    })!,
    call('another dtype', (maker) => maker.tensor(below(2) ? [3] : [], dtype, 'contiguous'), usual)!,
    call('the same tensor everywhere', (maker) => (once.tensor ??= maker.tensor([2, 2], 'float32', 'transposed')), usual)!,
    call('plain again', fixed, { ...usual, int: 0 })!,
  ]
}
