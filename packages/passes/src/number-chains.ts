import type { Node, Value } from '@tsjit/ir'
import type { AliasDb } from './alias-analysis.ts'
import { constantInt, insertInt, insertOperator, isConstant } from './constants.ts'

/** Integer arithmetic on 0-dim tensors and what it is on ints. */
const arithmetic: Readonly<Record<string, string>> = {
  'aten::add': 'aten::add.int',
  'aten::sub': 'aten::sub.int',
  'aten::mul': 'aten::mul.int',
  'aten::floor_divide': 'aten::floordiv.int',
}

/** Chains longer than this are left alone. */
const maxDepth = 200

/**
 * Traces carry sizes through 0-dim tensors: `Int(mul(NumToTensor(%n), {2}))`. This finds the number in such a tensor without one:
 * `aten::mul(%n, 2)`. Tensors that anything writes are left alone.
 */
export class NumberChains {
  private readonly known = new Map<Value, Value | undefined>()
  constructor(private readonly aliases: () => AliasDb) {}

  /** The number that `tensor` holds, computed in front of the nodes of the chain; undefined where that is not known. `user` asks for its type. */
  numberIn(tensor: Value, user: Node): Value | undefined {
    const wanted = user.output.type.kind
    const source = tensor.node
    if (source.kind === 'prim::NumToTensor') {
      const [number] = source.inputs
      if (this.aliases().hasWriters(tensor)) return undefined
      return number.type.kind === wanted || (wanted === 'Scalar' && ['int', 'float'].includes(number.type.kind)) ? number : undefined
    }
    return wanted === 'int' ? this.intIn(tensor, user, 0) : undefined
  }

  private intIn(tensor: Value, user: Node, depth: number): Value | undefined {
    if (this.known.has(tensor)) return this.known.get(tensor)
    if (depth > maxDepth) return undefined
    const found = this.aliases().hasWriters(tensor) ? undefined : this.computeInt(tensor, user, depth)
    this.known.set(tensor, found)
    return found
  }

  private computeInt(tensor: Value, user: Node, depth: number): Value | undefined {
    const { node } = tensor
    if (node.kind === 'prim::NumToTensor') return node.inputs[0].type.kind === 'int' ? node.inputs[0] : undefined
    if (isConstant(tensor)) {
      const value = integerOf(node.attribute('value', 't'))
      return value === undefined ? undefined : insertInt(node, value)
    }
    const operator = arithmetic[node.kind]
    if (!operator || node.inputs.length < 2) return undefined
    if (node.inputs.length > 2 && constantInt(node.inputs[2]) !== 1) return undefined // alpha
    const operands: Value[] = []
    for (const input of node.inputs.slice(0, 2)) {
      const operand = input.type.kind === 'int' ? input : input.type.kind === 'Tensor' ? this.intIn(input, user, depth + 1) : undefined
      if (!operand) return undefined
      operands.push(operand)
    }
    return insertOperator(node, operator, operands)
  }
}

/** The element of a 0-dim int64 tensor on the host; anything else is undefined. */
function integerOf(tensor: unknown): number | bigint | undefined {
  if (typeof tensor !== 'object' || tensor === null) return undefined
  const { dtype, shape, data } = tensor as { dtype?: unknown; shape?: unknown; data?: unknown }
  if (dtype !== 'int64' || !Array.isArray(shape) || shape.length !== 0 || typeof data !== 'function') return undefined
  try {
    const value = BigInt((data as () => ArrayLike<bigint | number>).call(tensor)[0])
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value
  } catch {
    return undefined // its bytes are not on this host
  }
}
