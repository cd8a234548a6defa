import type { ScriptObject } from '@tsjit/runtime'

/** Attributes that programs have set while some graph took them for fixed: from then on they are read anew each time. */
const changing = new WeakMap<ScriptObject, Set<number>>()
const fixed = new WeakMap<ScriptObject, Set<number>>()

/** To be called where a program sets an attribute of a module: specialised graphs that rely on it notice by the object's epoch. */
export function noteAttributeWrite(object: ScriptObject, slot: number): void {
  const slots = fixed.get(object)
  if (!slots?.has(slot)) return
  slots.delete(slot)
  add(changing, object, slot)
  object.epoch++
}

/** Notes that a specialised graph takes an attribute for fixed. */
export function noteFixed(object: ScriptObject, slot: number): void {
  add(fixed, object, slot)
}

export function isChanging(object: ScriptObject, slot: number): boolean {
  return changing.get(object)?.has(slot) ?? false
}

function add(table: WeakMap<ScriptObject, Set<number>>, object: ScriptObject, slot: number): void {
  const slots = table.get(object)
  if (slots) slots.add(slot)
  else table.set(object, new Set([slot]))
}
