import { HostFunction } from '@tsjit/compiler'
import { CompileError } from '@tsjit/types'
import { toUser } from '../user-values.ts'
import { parseSignature } from './function-signature.ts'
import { callHost } from './host-call.ts'

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

export function hostCallable(given: string, fn: (...args: unknown[]) => unknown): HostFunction {
  const name = fn.name || given
  if (isAsync(fn)) {
    throw new CompileError('TSJ_ENVIRONMENT', `the function '${name}' is async, and script does not wait for JavaScript`, {
      hint: 'give a function that is not async',
    })
  }
  const signature = signatures.get(fn) ?? `(${new Array(fn.length).fill('Tensor').join(', ')}) -> Tensor`
  const schema = parseSignature(name, signature)
  const result = schema.returns[0].type
  return new HostFunction(name, schema, (...args) => callHost(name, fn, args.map(toUser), result))
}

function isAsync(fn: object): boolean {
  return /^Async(Generator)?Function$/.test(fn.constructor?.name ?? '')
}
