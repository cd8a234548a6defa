import { isBuiltin } from '@tsjit/executor'
import { operatorByKey } from '@tsjit/ops'
import type { Runtime } from './runtime.ts'

/** Who computes an operator: a backend's own kernel (`native`, `reference`, the backend's name), or one of the ways around it. */
export type OperatorKernel = 'executor' | 'metadata' | 'decomposition' | 'functional' | 'missing' | (string & {})

/** Who computes `aten::add.Tensor` on the runtime's default device; `missing` where nobody does. */
export function operatorKernel(name: string, { dispatcher }: Runtime): OperatorKernel {
  if (isBuiltin(name)) return 'executor'
  const operator = operatorByKey(name)
  if (!operator) return name.startsWith('prim::') ? 'executor' : 'missing'
  const device = dispatcher.defaultDevice
  const found = dispatcher.supports(operator, device)
  if (found !== 'kernel') return found ?? 'missing'
  const backend = dispatcher.backendFor(device)
  if (backend.kernelOrigin) return backend.kernelOrigin(operator)
  if (!backend.segments) return backend.name
  return backend.segments.supports(name) ? 'native' : 'reference'
}
