import {
  compiledModule,
  FunctionValue,
  HostFunction,
  HostFunctionValue,
  moduleCallName,
  type PythonObject,
  PythonOpaque,
  PythonSugared,
  SimpleValue,
} from '@tsjit/compiler'
import { Module } from '@tsjit/nn'
import { Tensor } from '@tsjit/runtime'
import { BoolType, CompileError, FloatType, IntType, ListType, NoneType, StringType, TensorT, type Type } from '@tsjit/types'
import { ScriptModule } from '../script-module.ts'
import { toUser } from '../user-values.ts'
import { callHost } from './host-call.ts'
import { hostCallable } from './host-function.ts'
import { isScriptFunction } from './script-function.ts'

/** What a script may use by name: script functions, host functions, tensors, constants, modules. */
export type ScriptEnvironment = Readonly<Record<string, unknown>>

export function environmentOf(env: ScriptEnvironment): Map<string, PythonObject> {
  return new Map(Object.entries(env).map(([name, value]) => [name, objectOf(name, value)]))
}

/** Throws TSJ_ENVIRONMENT for values that script has no counterpart of. */
function objectOf(name: string, value: unknown): PythonObject {
  if (isScriptFunction(value)) return new PythonSugared('ScriptFunction', () => new FunctionValue(value.definition))
  if (typeof value === 'function') {
    const callable = hostCallable(name, value as (...args: unknown[]) => unknown)
    return new PythonSugared('function', () => new HostFunctionValue(callable))
  }
  const constant = (type: Type, plain: unknown, typeName: string): PythonSugared =>
    new PythonSugared(typeName, (emitter, range) => new SimpleValue(emitter.constant({ type, value: plain }, range)))
  if (value instanceof Tensor) return constant(TensorT, value, 'Tensor')
  if (value instanceof ScriptModule) {
    const { object } = value
    return new PythonSugared('ScriptModule', (emitter, range) =>
      compiledModule(emitter.constant({ type: object.type, value: object }, range)),
    )
  }
  if (value instanceof Module) return eagerModule(name, value)
  if (value === null || value === undefined) return constant(NoneType, null, 'NoneType')
  if (typeof value === 'boolean') return constant(BoolType, value, 'bool')
  if (typeof value === 'string') return constant(StringType, value, 'str')
  if (typeof value === 'bigint' || Number.isInteger(value)) return constant(IntType, value, 'int')
  if (typeof value === 'number') return constant(FloatType, value, 'float')
  if (Array.isArray(value) && value.length > 0) {
    const element = elementType(value)
    if (element) return constant(new ListType(element), value, 'list')
  }
  throw new CompileError('TSJ_ENVIRONMENT', `script cannot use the value given for '${name}'`, {
    hint: 'give a script function, a JavaScript function, a tensor, a module, a number, a text, or a list of one of these kinds of values',
  })
}

/** A module that stays JavaScript's: script calls it with tensors, as PyTorch has it with modules that are not below the caller. */
function eagerModule(name: string, module: Module): PythonObject {
  const typeName = module.constructor.name
  return new PythonOpaque(typeName, moduleCallName, true, (schema) => {
    const run = (...args: unknown[]): unknown => module.call(...args)
    const result = schema.returns[0].type
    return new HostFunction(`${name}: ${typeName}`, schema, (...args) => callHost(name, run, args.map(toUser), result))
  })
}

function elementType(values: readonly unknown[]): Type | undefined {
  if (values.every((value) => typeof value === 'bigint' || Number.isInteger(value))) return IntType
  if (values.every((value) => typeof value === 'number')) return FloatType
  if (values.every((value) => typeof value === 'string')) return StringType
  if (values.every((value) => typeof value === 'boolean')) return BoolType
  return undefined
}
