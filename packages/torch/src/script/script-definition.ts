import { PythonClass, PythonNamedTuple, type PythonObject, type SourceModule } from '@tsjit/compiler'
import { enumValue } from '@tsjit/runtime'
import type { EnumType } from '@tsjit/types'

/** A class, NamedTuple or enum of a Python file: for `env` of other scripts. The members of an enum are properties: `file.Color.RED`. */
export class ScriptDefinition {
  readonly [member: string]: unknown
  declare readonly object: PythonObject
  constructor(
    readonly name: string,
    object: PythonObject,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    Object.defineProperty(this, 'object', { value: object })
    Object.assign(this, members)
  }
}

/** The class of this name; undefined for functions, module classes and values. Throws `CompileError`. */
export function scriptDefinition(file: SourceModule, name: string): ScriptDefinition | undefined {
  const object = file.lookup(name)
  if (!object || !(file.definedNames.includes(name) || object instanceof PythonNamedTuple)) return undefined
  if (!(object instanceof PythonClass) || object.kind !== 'enum') return new ScriptDefinition(name, object)
  const type = object.type(undefined) as EnumType
  return new ScriptDefinition(name, object, Object.fromEntries(type.members.map(([member]) => [member, enumValue(type, member)])))
}
