import { type ConcreteType, type ModuleInstance, type ModuleTypes, PyAttributeValue, PyInstance } from '@tsjit/compiler'
import { ScriptObject } from '@tsjit/runtime'
import type { ClassType, Type } from '@tsjit/types'
import type { ScriptModule } from '../../script-module.ts'
import { fromUser } from '../../user-values.ts'
import { userValue } from './python-host.ts'

/** Objects of TorchScript for modules of Python: one for each, so that sharing stays. */
export class ScriptObjects {
  private readonly made = new Map<ModuleInstance | PyInstance, ScriptObject>()
  constructor(private readonly types: ModuleTypes) {}

  ofModule(module: ModuleInstance, concrete: ConcreteType = this.types.typeOf(module)): ScriptObject {
    const known = this.made.get(module)
    if (known) return known
    if (module.compiled) return (module.origin as ScriptModule).object
    const type = concrete.type as ClassType
    const object = new ScriptObject(type)
    this.made.set(module, object)
    type.attributes.forEach(({ name, type: attributeType }, slot) => {
      const child = module.modules.get(name)
      if (child) {
        const seenAs = concrete.modules.get(name)
        object.slots[slot] = this.ofModule(child, seenAs?.type.kind === 'Class' ? seenAs : undefined)
      } else object.slots[slot] = this.value(module.get(name), attributeType, name)
    })
    return object
  }

  private value(value: unknown, type: Type, name: string): unknown {
    if (value instanceof PyAttributeValue) return this.value(value.value, type, name)
    return fromUser(this.plain(value), type, `attribute '${name}'`)
  }
  private plain(value: unknown): unknown {
    return value instanceof PyInstance ? this.ofInstance(value) : userValue(value)
  }
  private ofInstance(instance: PyInstance): ScriptObject {
    const known = this.made.get(instance)
    if (known) return known
    const object = new ScriptObject(instance.cls.compile() as ClassType)
    this.made.set(instance, object)
    object.type.attributes.forEach(({ name, type }, slot) => {
      object.slots[slot] = this.value(instance.attributes.get(name), type, name)
    })
    return object
  }
}
