import { EnumMember, ModuleInstance, PyConstant, PyDict, PySet, PyTuple, type SourceModule } from '@tsjit/compiler'
import { Complex, Device, enumValue, Tensor } from '@tsjit/runtime'
import type { EnumType } from '@tsjit/types'
import type { Runtime } from '../../runtime.ts'
import type { ScriptModule } from '../../script-module.ts'
import { ModuleScripter } from './module-scripter.ts'

const scripted = new WeakMap<ModuleInstance, ScriptModule>()

/**
 * What an assignment at the top of a file gives a name: a module (scripted, one for each), a tensor, a number, a text, arrays and Maps of
 * them. Undefined for anything else. Throws `PythonError` for what the file's own code raises.
 */
export function fileValue(file: SourceModule, name: string, runtime: Runtime): unknown {
  const scripter = ModuleScripter.of(file.program)
  return toJavaScript(scripter.interpreter.global(file, name), (instance) => {
    let module = scripted.get(instance)
    if (!module) scripted.set(instance, (module = scripter.script(instance, runtime)))
    return module
  })
}

function toJavaScript(value: unknown, module: (instance: ModuleInstance) => ScriptModule): unknown {
  const inner = (item: unknown): unknown => toJavaScript(item, module)
  if (value === null || value instanceof Tensor || ['number', 'string', 'boolean'].includes(typeof value)) return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (value instanceof ModuleInstance) return module(value)
  if (value instanceof PyTuple) return value.items.map(inner)
  if (Array.isArray(value)) return value.map(inner)
  if (value instanceof PySet) return new Set(value.values().map(inner))
  if (value instanceof PyDict) return new Map(value.entries().map(([key, item]) => [inner(key), inner(item)]))
  if (value instanceof EnumMember) {
    const { type, value: member } = value.constant()
    return enumValue(type as EnumType, member.name)
  }
  if (value instanceof PyConstant && value.typeName === 'device') return Device.parse(String(value.value))
  if (value instanceof PyConstant && value.typeName === 'complex') {
    const { re, im } = value.value as { re: number; im: number }
    return new Complex(re, im)
  }
  return undefined
}
