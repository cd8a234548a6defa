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
import { CompileError } from '@tsjit/types'
import { ScriptModule } from '../script-module.ts'
import { toUser } from '../user-values.ts'
import { constantOfUser } from './constant-value.ts'
import { callHost } from './host-call.ts'
import { hostCallable } from './host-function.ts'
import { isScriptModuleClass } from './modules/module-class.ts'
import { ScriptDefinition } from './script-definition.ts'
import { isScriptFunction } from './script-function.ts'

/** What a script may use by name: script functions, host functions, tensors, constants, modules. */
export type ScriptEnvironment = Readonly<Record<string, unknown>>

export function environmentOf(env: ScriptEnvironment): Map<string, PythonObject> {
  return new Map(Object.entries(env).map(([name, value]) => [name, objectOf(name, value)]))
}

/** Throws TSJ_ENVIRONMENT for values that script has no counterpart of. */
function objectOf(name: string, value: unknown): PythonObject {
  if (isScriptFunction(value)) return new PythonSugared('ScriptFunction', () => new FunctionValue(value.definition))
  if (value instanceof ScriptDefinition) return value.object
  if (typeof value === 'function') {
    if (isClass(value)) {
      throw new CompileError('TSJ_ENVIRONMENT', `'${name}' is a class of JavaScript, and script cannot construct its objects`, {
        hint: 'construct it outside and give the object, where it is a module; classes of Python files can be given as they are',
      })
    }
    const callable = hostCallable(name, value as (...args: unknown[]) => unknown)
    return new PythonSugared('function', () => new HostFunctionValue(callable))
  }
  if (value instanceof ScriptModule) {
    const { object } = value
    return new PythonSugared('ScriptModule', (emitter, range) =>
      compiledModule(emitter.constant({ type: object.type, value: object }, range)),
    )
  }
  if (value instanceof Module) return eagerModule(name, value)
  const constant = constantOfUser(name, value)
  if (constant) return new PythonSugared('constant', (emitter, range) => new SimpleValue(constant.insert(emitter, range)))
  throw new CompileError('TSJ_ENVIRONMENT', `script cannot use the value given for '${name}'`, {
    hint: 'give a script function, a JavaScript function, a module, a tensor, a number, a text, or arrays and dicts of them',
  })
}

/** Classes of TypeScript, and those of modules in Python files. */
function isClass(value: object): boolean {
  return isScriptModuleClass(value) || /^class\b/.test(Function.prototype.toString.call(value))
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
