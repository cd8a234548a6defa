import { callOperator } from '@tsjit/runtime'

/** The operator `aten::name` as a function. */
export function operator(name: string): any {
  return (...args: unknown[]) => callOperator(name, args)
}
