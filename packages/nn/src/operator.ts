import { callOperator, type Tensor } from '@tsjit/runtime'

/** The operator `aten::name` with these arguments. */
export const op = (name: string, ...args: unknown[]): Tensor => callOperator(name, args)

/** The same as a function. */
export function operator(name: string): any {
  return (...args: unknown[]) => callOperator(name, args)
}
