import { ScriptObject, Tensor } from '@tsjit/runtime'

/** Parameters and buffers of a script module, and of the tree below it where `deep`, by dotted name, in PyTorch's order; modules that stand in several places come as often. */
export function* stateTensors(module: ScriptObject, prefix = '', deep = true): Generator<[string, Tensor]> {
  const slots = module.type.attributes.map((attribute, i) => ({ attribute, value: module.slots[i] }))
  for (const { attribute, value } of slots) if (attribute.isParameter && value instanceof Tensor) yield [prefix + attribute.name, value]
  for (const { attribute, value } of slots) if (attribute.isBuffer && value instanceof Tensor) yield [prefix + attribute.name, value]
  if (!deep) return
  for (const { attribute, value } of slots)
    if (value instanceof ScriptObject && value.type.isModule) yield* stateTensors(value, `${prefix}${attribute.name}.`)
}
