import { coercion, type EnumValue, ScriptObject } from '@tsjit/runtime'
import type { ClassType, Type } from '@tsjit/types'
import { noteAttributeWrite } from '../attribute-writes.ts'
import type { BuiltinTable, NodeBuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'
import type { Int } from './int-arithmetic.ts'

function attributeOf(object: ScriptObject, name: string): unknown {
  const slot = object.type.slotOf(name)
  if (slot === undefined) throw failure('TSJ_NO_ATTRIBUTE', `'${object.type.name}' object has no attribute '${name}'`, 'AttributeError')
  const value = object.slots[slot]
  if (value === undefined)
    throw failure('TSJ_UNSET_ATTRIBUTE', `attribute '${name}' of '${object.type.name}' was read before it was set`, 'AttributeError')
  return value
}

function attributeType(type: Type, name: string): Type | undefined {
  return type.kind === 'Class' ? (type as ClassType).attribute(name)?.type : undefined
}

export const objects: NodeBuiltinTable = {
  'prim::GetAttr': (node, _context, [type]) => {
    const name = node.attribute('name', 's')!
    const own = attributeType(type, name)
    const convert = own && coercion(own, node.output.type)
    return convert ? (object: ScriptObject) => convert(attributeOf(object, name)) : (object: ScriptObject) => attributeOf(object, name)
  },
  'prim::SetAttr': (node, _context, [type, valueType]) => {
    const name = node.attribute('name', 's')!
    const own = attributeType(type, name)
    const convert = own && coercion(valueType, own)
    return (object: ScriptObject, value: unknown) => {
      const slot = object.type.slotOf(name)
      if (slot === undefined) throw failure('TSJ_NO_ATTRIBUTE', `'${object.type.name}' object has no attribute '${name}'`, 'AttributeError')
      object.slots[slot] = convert ? convert(value) : value
      if (object.type.isModule) noteAttributeWrite(object, slot)
    }
  },
  'prim::hasattr': (node) => {
    const name = node.attribute('name', 's')!
    return (object: ScriptObject) => object.type.slotOf(name) !== undefined && object.getAttribute(name) !== undefined
  },
  'prim::CreateObject': (node) => {
    const type = node.output.type as ClassType
    return () => new ScriptObject(type)
  },
  'prim::ModuleContainerIndex.list': () => (container: ScriptObject, index: Int) => attributeOf(container, String(index)),
  'prim::ModuleContainerIndex.dict': () => (container: ScriptObject, key: string) => attributeOf(container, key),
  'prim::ModuleContainerIndex': () => (container: ScriptObject, key: Int | string) => attributeOf(container, String(key)),
}

const identifiers = new WeakMap<object, number>()
let lastIdentifier = 0x7f00_0000

function identify(value: unknown): number {
  if (value === null || value === undefined) return 0
  let id = identifiers.get(value as object)
  if (id === undefined) identifiers.set(value as object, (id = lastIdentifier += 16))
  return id
}

export const enumsAndIdentities: BuiltinTable = {
  'prim::EnumName': (value: EnumValue) => value.name,
  'prim::EnumValue': (value: EnumValue) => value.value,
  'prim::EnumValue.int': (value: EnumValue) => value.value,
  'prim::EnumValue.float': (value: EnumValue) => value.value,
  'prim::EnumValue.str': (value: EnumValue) => value.value,
  'prim::id': identify,
}
