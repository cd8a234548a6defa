import { type ModuleInstance, PythonClass, type SourceModule } from '@tsjit/compiler'
import type * as nn from '@tsjit/nn'
import { fromCaller } from '@tsjit/types'
import type { Runtime } from '../../runtime.ts'
import type { ScriptModule } from '../../script-module.ts'
import { ModuleScripter } from './module-scripter.ts'
import { toPythonValue } from './python-value.ts'
import { AdoptedModules } from './written-module.ts'

/** A module class of a Python file: `new Net(3, { hidden: 4 })` runs its constructor and compiles the module. */
export interface ScriptModuleClass {
  new (...args: unknown[]): ScriptModule
  (...args: unknown[]): ScriptModule
}

/** The class as a constructor; a plain object at the end of the arguments gives parameters by name. Undefined for names of no module class. */
export function moduleClass(module: SourceModule, name: string, runtime: () => Runtime): ScriptModuleClass | undefined {
  const cls = module.lookup(name)
  if (!(cls instanceof PythonClass) || cls.kind !== 'module') return undefined
  function construct(...args: unknown[]): ScriptModule {
    try {
      return constructed(args)
    } catch (error) {
      throw fromCaller(error, construct)
    }
  }
  function constructed(args: unknown[]): ScriptModule {
    const scripter = ModuleScripter.of(module.program)
    const adopted = new AdoptedModules(module.program)
    const value = (given: unknown, i: number | string): unknown =>
      toPythonValue(given, (child: nn.Module | ScriptModule): ModuleInstance => adopted.of(child), `argument ${i} of ${name}`)
    const parameters = new Set(scripter.interpreter.parametersOf(cls as PythonClass).map((parameter) => parameter.name))
    const takesAny = scripter.interpreter.parametersOf(cls as PythonClass).some(({ kind }) => kind === 'kwargs')
    const last = args.at(-1)
    const keywords =
      isPlainObject(last) && Object.keys(last).every((key) => takesAny || parameters.has(key))
        ? (args.pop() as Record<string, unknown>)
        : {}
    const instance = scripter.construct(
      module,
      name,
      args.map(value),
      new Map(Object.entries(keywords).map(([key, given]) => [key, value(given, key)])),
    )
    return scripter.script(instance, runtime())
  }
  Object.defineProperty(construct, 'name', { value: name })
  moduleClasses.add(construct)
  return construct as unknown as ScriptModuleClass
}

const moduleClasses = new WeakSet<object>()

export function isScriptModuleClass(value: object): boolean {
  return moduleClasses.has(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
