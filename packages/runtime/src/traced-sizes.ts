import { Tensor } from './tensor.ts'
import { callOperator } from './tensor-methods.ts'
import { activeTrace } from './tracing.ts'

/** The sizes as numbers, also where a tracer would give sizes that it records: for checks, and where a size decides what a program does. */
export function plainShape(tensor: Tensor): readonly number[] {
  const trace = activeTrace()
  return trace ? trace.pause(() => tensor.shape) : tensor.shape
}

type Arithmetic = (a: number, b: number) => number

/** Sizes that a tracer records are tensors that are typed as numbers. */
const arithmetic =
  (operator: string, plain: Arithmetic): Arithmetic =>
  (a: unknown, b: unknown) => {
    if (a instanceof Tensor) return callOperator(operator, [a, b])
    if (b instanceof Tensor) return callOperator(operator, [callOperator('scalar_tensor', [a, { dtype: 'int64' }]), b])
    return plain(a as number, b as number)
  }

/**
 * Arithmetic on sizes that a tracer records: `x.view(sizes.mul(x.shape[0], x.shape[1]), -1)` stays right for other sizes, where
 * `x.shape[0] * x.shape[1]` would be a constant of the trace.
 */
export const sizes: Readonly<Record<'add' | 'sub' | 'mul' | 'floorDivide' | 'remainder', Arithmetic>> = {
  add: arithmetic('add', (a, b) => a + b),
  sub: arithmetic('sub', (a, b) => a - b),
  mul: arithmetic('mul', (a, b) => a * b),
  /** Rounded down. */
  floorDivide: arithmetic('floor_divide', (a, b) => Math.floor(a / b)),
  remainder: arithmetic('remainder', (a, b) => a - b * Math.floor(a / b)),
}
