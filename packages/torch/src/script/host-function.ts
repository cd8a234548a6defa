import { HostFunction } from '@tsjit/compiler'
import { fromUser, toUser } from '../user-values.ts'
import { parseSignature } from './function-signature.ts'

const signatures = new WeakMap<object, string>()

/**
 * Declares the signature of a JavaScript function, so that script can call it:
 * `hostFunction('(Tensor, int) -> Tensor', (x, n) => x.mul(n))`. Without one, tensors go in and a tensor comes out.
 */
export function hostFunction<F extends (...args: never[]) => unknown>(signature: string, fn: F): F {
  parseSignature(fn.name || 'host', signature)
  signatures.set(fn, signature)
  return fn
}

export function hostCallable(name: string, fn: (...args: unknown[]) => unknown): HostFunction {
  const signature = signatures.get(fn) ?? `(${new Array(fn.length).fill('Tensor').join(', ')}) -> Tensor`
  const schema = parseSignature(fn.name || name, signature)
  const result = schema.returns[0].type
  return new HostFunction(fn.name || name, schema, (...args) =>
    fromUser(fn(...args.map(toUser)), result, `the result of '${fn.name || name}'`),
  )
}
