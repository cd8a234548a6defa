import type { Block, Graph, Node } from '@tsjit/ir'
import type { FunctionType, Type } from '@tsjit/types'
import { isMutableType } from './mutable-types.ts'

/** Moves constants to the front of the graph, one node for each value. */
export function poolConstants(graph: Graph): void {
  const known = new Map<unknown, Node[]>()
  const visit = (block: Block): void => {
    // The node that follows is taken first: constants move to the front.
    for (let node = block.paramNode.next!, next = node.next; node !== block.returnNode; node = next!, next = node.next) {
      if (node.blocks.length > 0) {
        node.blocks.forEach(visit)
        continue
      }
      if (node.kind !== 'prim::Constant') continue
      const key = constantKey(node)
      const same = known.get(key)
      const existing = same?.find((other) => sameConstant(other, node))
      if (existing) {
        node.replaceAllUsesWith(existing)
        node.destroy()
        continue
      }
      if (same) same.push(node)
      else known.set(key, [node])
      const front = graph.block.paramNode.next!
      if (node !== front) node.moveBefore(front)
    }
  }
  visit(graph.block)
}

/** Constants of different keys differ. What is the same by identity only is its own key: there may be thousands of one type. */
function constantKey({ output: { type }, attributes }: Node): unknown {
  if (type.kind === 'Function') return (type as FunctionType).callee
  const attribute = attributes.get('value')
  if (!attribute) return `${type.kind} ${type}`
  const { kind, value } = attribute
  if (typeof value === 'object' && value !== null && (type.kind === 'Enum' || (isMutableType(type) && !isPlainList(type)))) return value
  const text = Object.is(value, -0) ? '-0' : kind === 'c' ? `${value.re} ${value.im}` : String(value)
  return `${type} ${kind} ${text}`
}

/** Whether two constants of one key are the same: mutable values by identity, others by content. */
export function sameConstant(a: Node, b: Node): boolean {
  const left = a.output.type
  const right = b.output.type
  if (left.kind !== right.kind || left.toString() !== right.toString()) return false
  if (left.kind === 'Function') return (left as FunctionType).callee === (right as FunctionType).callee
  const mine = a.attributes.get('value')
  const other = b.attributes.get('value')
  if (mine === undefined || other === undefined) return mine === other
  if (mine.kind !== other.kind) return false
  // PyTorch takes each mention of an enum's member for a constant of its own.
  return (
    mine.value === other.value ||
    ((!isMutableType(left) || isPlainList(left)) && left.kind !== 'Enum' && deepEquals(mine.value, other.value))
  )
}

/** Defaults of operators: `stride=1` and `dilation=1` are one list. */
function isPlainList(type: Type): boolean {
  return type.kind === 'List' && ['int', 'float', 'bool', 'str'].includes(type.contained()[0].kind)
}

function deepEquals(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((element, i) => deepEquals(element, b[i]))
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(b)) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  const keys = Object.keys(a)
  return keys.length > 0 && keys.length === Object.keys(b).length && keys.every((key) => deepEquals((a as never)[key], (b as never)[key]))
}
