import { callOperator, type Tensor } from '@tsjit/runtime'

const shapeOf = (text: string): number[] => (text ? text.split(',').map(Number) : [])

/** An input as the recording scripts write it: `f2,3` is `randn([2, 3])`, `u` uniform, `p` positive, `b` booleans, `s` signs, `i10:2,3` ints below 10. */
export function makeInput(spec: unknown): unknown {
  if (Array.isArray(spec)) return spec.map(makeInput)
  if (typeof spec !== 'string') return spec
  const rest = spec.slice(1)
  const call = (name: string, ...args: unknown[]): Tensor => callOperator(name, args)
  switch (spec[0]) {
    case 'f':
      return call('randn', shapeOf(rest))
    case 'u':
      return call('rand', shapeOf(rest))
    case 'p':
      return call('rand', shapeOf(rest)).add(0.5)
    case 'b':
      return call('rand', shapeOf(rest)).lt(0.3)
    case 's':
      return call('randint', 0, 2, shapeOf(rest)).mul(2).sub(1).to('float32')
    default: {
      const [high, dims] = rest.split(':')
      return call('randint', 0, Number(high), shapeOf(dims))
    }
  }
}
