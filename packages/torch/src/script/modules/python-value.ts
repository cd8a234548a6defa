import { FunctionValue, PyConstant, PyDict, PythonSugared } from '@tsjit/compiler'
import * as nn from '@tsjit/nn'
import { Boxed, Complex, Device, Tensor } from '@tsjit/runtime'
import { CompileError } from '@tsjit/types'
import { ScriptModule } from '../../script-module.ts'
import { isScriptFunction } from '../script-function.ts'
import { ScriptAttribute } from './script-attribute.ts'

/**
 * A value of a TypeScript program as running Python has it: whole numbers are ints (`scalarFloat(1)` is not), arrays lists, Maps and plain objects dicts.
 * `module` takes modules over. Throws TSJ_MODULE_VALUE.
 */
export function toPythonValue(value: unknown, module: (value: nn.Module | ScriptModule) => unknown, at: string): unknown {
  const inner = (item: unknown): unknown => toPythonValue(item, module, at)
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (['boolean', 'string', 'bigint'].includes(typeof value) || value instanceof Tensor) return value
  if (value instanceof Boxed) return value.type.kind === 'int' ? BigInt(value.value as number) : value.value
  if (value instanceof Device) return new PyConstant('device', String(value))
  if (value instanceof Complex) return new PyConstant('complex', { re: value.re, im: value.im })
  if (value instanceof nn.Module || value instanceof ScriptModule) return module(value)
  if (value instanceof ScriptAttribute) return value.toPython(inner(value.value))
  if (Array.isArray(value)) return value.map(inner)
  if (value instanceof Map) return new PyDict([...value].map(([key, item]) => [inner(key), inner(item)]))
  if (isScriptFunction(value)) return new PythonSugared('ScriptFunction', () => new FunctionValue(value.definition))
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return new PyDict(Object.entries(value as object).map(([key, item]) => [key, inner(item)]))
  }
  throw new CompileError('TSJ_MODULE_VALUE', `${at} has a value that TorchScript has no counterpart of`, {
    hint: 'use a tensor, a module, a script function, a number, a text, or an array, Map or plain object of these',
  })
}
