import { ScriptObject } from '@tsjit/runtime'

function text(name: string, original: string | undefined, children: readonly (readonly [string, string])[]): string {
  const extra = original === undefined ? '' : `original_name=${original}`
  if (children.length === 0) return `${name}(${extra})`
  const lines = children.map(([child, childText]) => `(${child}): ${childText}`)
  if (extra !== '') lines.unshift(extra)
  return `${name}(\n  ${lines.join('\n').replaceAll('\n', '\n  ')}\n)`
}

const lastAtom = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** The modules among an object's attributes, in order. */
function childrenOf(object: ScriptObject): [string, ScriptObject][] {
  return object.type.attributes.flatMap(({ name }, slot) => {
    const value = object.slots[slot]
    return value instanceof ScriptObject && value.type.isModule ? [[name, value] as [string, ScriptObject]] : []
  })
}

/** A tree of script objects as PyTorch prints script modules. `className`: what stands before the parentheses, for a class of this name. */
export function objectText(object: ScriptObject, className: (original: string) => string): string {
  const original = lastAtom(object.type.name)
  return text(
    className(original),
    original,
    childrenOf(object).map(([name, child]) => [name, objectText(child, className)]),
  )
}

/** A class of the program, as PyTorch prints one that extends `ScriptModule`; `fieldText` gives the text of a child that is a module of the program. */
export function writtenText(name: string, object: ScriptObject, fieldText: (field: string) => string | undefined): string {
  return text(
    name,
    undefined,
    childrenOf(object).map(([field, child]) => [field, fieldText(field) ?? objectText(child, () => 'RecursiveScriptModule')]),
  )
}
