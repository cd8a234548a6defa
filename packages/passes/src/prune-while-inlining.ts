import type { Block, Graph, Node, Value } from '@tsjit/ir'
import type { ClassType } from '@tsjit/types'
import { inlineBlock } from './constant-propagation.ts'
import { constantBool, insertBool, isConstant, isSameNone } from './constants.ts'
import { type AttributeWrites, insertAttribute, type SpecializeHooks } from './freeze-attributes.ts'
import { scalarOperand } from './scalar-operands.ts'

const comparisons: Readonly<Record<string, (a: number | bigint, b: number | bigint) => boolean>> = {
  'aten::eq': (a, b) => a === b,
  'aten::ne': (a, b) => a !== b,
  'aten::lt': (a, b) => a < b,
  'aten::gt': (a, b) => a > b,
  'aten::le': (a, b) => a <= b,
  'aten::ge': (a, b) => a >= b,
}

const plainKinds = new Set(['int', 'float', 'bool', 'str', 'None'])

/**
 * What the inliner does to nodes before it looks into them: plain attributes of known objects become constants, and an `if` on a constant its taken branch, so
 * that calls in dead branches (`if self.training:`) are never inlined.
 *
 *     %t : bool = prim::GetAttr[name="training"](%self)
 *     %r = prim::If(%t) …                                   becomes      the nodes of the second block
 */
export function pruneWhileInlining<Handle>(
  graph: Graph,
  hooks: SpecializeHooks<Handle>,
  writes: AttributeWrites<Handle>,
): (node: Node) => boolean {
  const objects = new Map<Value, Handle>()
  graph.inputs.forEach((input, i) => {
    const object = hooks.objectOfInput(i, input)
    if (object !== undefined) objects.set(input, object)
  })
  const attribute = (node: Node): boolean => {
    const object = objects.get(node.inputs[0])
    if (object === undefined) return false
    const name = node.attribute('name', 's')!
    const { type } = node.output
    if (type.kind === 'Class') {
      if (!(type as ClassType).isModule) return false
      const resolved = hooks.resolveAttribute(object, name, node)
      if (resolved.kind === 'object') objects.set(node.output, resolved.object)
      return false
    }
    if (!plainKinds.has(type.kind) || writes.mayWrite(object, name)) return false
    const resolved = hooks.resolveAttribute(object, name, node)
    if (resolved.kind !== 'constant') return false
    insertAttribute(graph, node, resolved)
    return true
  }
  const replaced = (node: Node, result: boolean): boolean => {
    node.output.replaceAllUsesWith(insertBool(node, result))
    node.destroy()
    return true
  }
  const comparison = (node: Node, negated: boolean): boolean => {
    const same = isSameNone(node.inputs[0], node.inputs[1])
    return same !== undefined && replaced(node, same !== negated)
  }
  return (node) => {
    switch (node.kind) {
      case 'prim::GetAttr':
        return attribute(node)
      case 'prim::If': {
        const condition = constantBool(node.inputs[0])
        if (condition === undefined) return false
        inlineBlock(node, node.blocks[condition ? 0 : 1])
        return true
      }
      case 'aten::__is__':
        return comparison(node, false)
      case 'aten::__isnot__':
        return comparison(node, true)
      case 'aten::__not__': {
        const value = constantBool(node.inputs[0])
        return value !== undefined && replaced(node, !value)
      }
      default: {
        const compare = comparisons[node.kind]
        if (compare === undefined || node.inputs.length !== 2) return hooks.scalarOf !== undefined && scalarOperand(node, hooks.scalarOf)
        const a = constantNumber(node.inputs[0])
        const b = constantNumber(node.inputs[1])
        return a !== undefined && b !== undefined && typeof a === typeof b && replaced(node, compare(a, b))
      }
    }
  }
}

/** Two ints or two floats compare as they do in JavaScript; of other constants, nothing. */
function constantNumber(value: Value): number | bigint | undefined {
  if (!isConstant(value) || (value.type.kind !== 'int' && value.type.kind !== 'float')) return undefined
  const found = value.node.attributes.get('value')
  return found?.kind === 'i' || found?.kind === 'f' ? found.value : undefined
}

/** Removes constants and attributes that nothing reads: most of them served branches that are gone. */
export function dropUnread(block: Block): void {
  for (const node of block.nodesReversed()) {
    for (const inner of node.blocks) dropUnread(inner)
    if ((node.kind === 'prim::Constant' || node.kind === 'prim::GetAttr') && !node.hasUses()) node.destroy()
  }
}
