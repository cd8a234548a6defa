import type { Node, Value } from '@tsjit/ir'
import { CompileError } from '@tsjit/types'
import { constantOfValue } from './constant-values.ts'
import type { FunctionPrinter } from './function-printer.ts'

/** Each branch ends by assigning the results. */
export function printIf(printer: FunctionPrinter, node: Node): void {
  printer.nameValues(node.outputs)
  const [thenBlock, elseBlock] = node.blocks
  printer.indent().write('if ').write(printer.use(node.input)).write(':\n')
  for (const block of [thenBlock, elseBlock]) {
    if (block === elseBlock) printer.indent().write('else:\n')
    printer.indented(() => {
      printer.block(block, node.outputs.length > 0)
      printer.assign(node.outputs, block.outputs)
    })
  }
}

/** What a loop carries is assigned before the loop and at the end of each turn. Throws TSJ_CODE_LOOP. */
export function printLoop(printer: FunctionPrinter, node: Node): void {
  const [trips, start, ...initial] = node.inputs
  const [body] = node.blocks
  const [counter, ...carried] = body.inputs
  const isFor = loopIsFor(node, printer)
  printer.nameValues(node.outputs)
  for (const [i, value] of carried.entries()) printer.alias(value, node.outputs[i])
  printer.assignAnnotated(node.outputs, initial)
  printer.nameValues([counter])
  if (isFor) {
    printer.indent().write('for ').write(printer.use(counter)).write(' in range(').write(printer.use(trips)).write('):\n')
  } else {
    // A while loop has no counter: its place is taken by the condition.
    printer.assign([counter], [start])
    printer.indent().write('while ').write(printer.use(counter)).write(':\n')
  }
  printer.indented(() => {
    const skipped = isFor ? 1 : 0
    const targets = body.inputs.slice(skipped)
    printer.block(body, targets.length > 0)
    printer.assign(targets, body.outputs.slice(skipped))
  })
}

const unlimited = 9223372036854775807n

function loopIsFor(node: Node, printer: FunctionPrinter): boolean {
  const [trips, start] = node.inputs
  const [body] = node.blocks
  const isTrue = (value: Value): boolean => constantOfValue(value)?.value === true
  const limit = constantOfValue(trips)?.value
  const hasTrips = limit === undefined || BigInt(limit as number | bigint) !== unlimited || body.inputs[0].uses.length > 0
  if (isTrue(start) && isTrue(body.outputs[0])) return hasTrips
  if (hasTrips) {
    throw new CompileError(
      'TSJ_CODE_LOOP',
      `a loop of ${printer.functionName} has both a trip count and a condition, which source code cannot say`,
      {
        ...(node.sourceRange ? { range: node.sourceRange.original() } : {}),
        hint: 'print or save the function before it is optimised',
      },
    )
  }
  return false
}
