import type { Block, Value } from '@tsjit/ir'
import type { Assert, Conditional, Expression, If } from '@tsjit/parser'
import { type SourceRange, Type, unifyTypes } from '@tsjit/types'
import { insertString } from './constants.ts'
import { type Condition, emitCondition } from './emit-condition.ts'
import { emitExpression } from './emit-expression.ts'
import { emitRaiseMessage, emitStatements } from './emit-statement.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { insertRefinements } from './refinements.ts'
import { keepApart } from './ssa/inline-consecutive-ifs.ts'
import { type ExceptionMessageValue, ExceptionValue } from './sugared-values/exception.ts'

export function emitIf(emitter: FunctionEmitter, statement: If): void {
  const condition = emitCondition(emitter, statement.test)
  emitBranches(
    emitter,
    condition,
    () => emitStatements(emitter, statement.then),
    () => emitStatements(emitter, statement.otherwise),
    statement.range,
  )
}

/** An `assert` is an `if` that raises in its else branch, so that what it asserts refines types behind it. */
export function emitAssert(emitter: FunctionEmitter, { test, message, range }: Assert): void {
  const condition = emitCondition(emitter, test)
  const raise = (): void => {
    const text = message ? emitExpression(emitter, message) : insertString(emitter.graph, '', range)
    const exception = new ExceptionValue('AssertionError').call(emitter, range, [{ value: text, range }])
    emitRaiseMessage(emitter, exception as ExceptionMessageValue, range)
  }
  emitBranches(emitter, condition, () => {}, raise, range)
}

function emitBranches(emitter: FunctionEmitter, condition: Condition, then: () => void, otherwise: () => void, range: SourceRange): void {
  const { graph, exitBlocks } = emitter
  // Where the outcome is known the other branch is not even type-checked: this is how modules specialise on missing submodules.
  if (condition.known !== undefined) {
    const { whenTrue, whenFalse } = condition.refinements
    insertRefinements(emitter, condition.known ? whenTrue : whenFalse, range)
    condition.known ? then() : otherwise()
    return
  }
  const node = graph.insert('prim::If', [condition.value], 0, range)
  if (condition.keepsApart) keepApart(node)
  const trueBlock = node.addBlock()
  const falseBlock = node.addBlock()
  const trueFrame = emitter.inBlock(trueBlock, () => {
    insertRefinements(emitter, condition.refinements.whenTrue, range)
    then()
  })
  const falseFrame = emitter.inBlock(falseBlock, () => {
    insertRefinements(emitter, condition.refinements.whenFalse, range)
    otherwise()
  })
  const trueExits = exitBlocks.has(trueBlock)
  const falseExits = exitBlocks.has(falseBlock)
  if (trueExits && falseExits) exitBlocks.add(node.owningBlock)

  const { environment } = emitter
  const mutated = new Set<string>()
  for (const name of trueFrame.definedVariables()) {
    if (falseExits || falseFrame.binding(name)) mutated.add(name)
    else environment.setError(name, `${name} is not defined in the false branch`, range)
  }
  for (const name of falseFrame.definedVariables()) {
    if (trueExits || trueFrame.binding(name)) mutated.add(name)
    else environment.setError(name, `${name} is not defined in the true branch`, range)
  }
  if (trueExits && falseExits) return
  for (const name of [...mutated].sort()) {
    let trueType = trueExits ? undefined : graph.withInsertPoint(trueBlock, () => trueFrame.typeOf(name, range))
    let falseType = falseExits ? undefined : graph.withInsertPoint(falseBlock, () => falseFrame.typeOf(name, range))
    // A branch that does not end leaves the variable uninitialised: nobody will read it.
    const uninitialized = (block: Block, type: Type): Type =>
      graph.withInsertPoint(block, () => {
        const { output } = graph.insert('prim::Uninitialized', [], [type], range)
        graph.insert('prim::Store', [output], [], range).setAttribute('name', { kind: 's', value: name })
        return type
      })
    trueType ??= uninitialized(trueBlock, falseType!)
    falseType ??= uninitialized(falseBlock, trueType)
    const outer = environment.binding(name)
    const declared = outer instanceof Type ? outer.kind : undefined
    const unified = unifyTypes(trueType, falseType, declared === 'Union' || declared === 'Optional' || declared === 'Scalar')
    if (!unified) {
      const text = `Type mismatch: ${name} is set to type ${trueType.annotation()} in the true branch and type ${falseType.annotation()} in the false branch`
      if (environment.binding(name)) fail('TSJ_TYPE', text, range)
      environment.setError(name, text, range)
      continue
    }
    environment.setType(name, unified)
  }
}

export function emitConditional(emitter: FunctionEmitter, expression: Conditional, hint: Type | undefined): Value {
  const condition = emitCondition(emitter, expression.test)
  const branch = (side: Expression) => (): Value => emitExpression(emitter, side, hint)
  if (condition.known !== undefined) return branch(condition.known ? expression.then : expression.otherwise)()
  return emitIfExpression(emitter, condition, branch(expression.then), branch(expression.otherwise), expression.range)
}

/** An `prim::If` with one result. */
export function emitIfExpression(
  emitter: FunctionEmitter,
  condition: Condition,
  then: () => Value,
  otherwise: () => Value,
  range: SourceRange,
): Value {
  const node = emitter.graph.insert('prim::If', [condition.value], 0, range)
  if (condition.keepsApart) keepApart(node)
  const sides = [
    [then, condition.refinements.whenTrue],
    [otherwise, condition.refinements.whenFalse],
  ] as const
  const blocks = sides.map(() => node.addBlock())
  sides.forEach(([emit, refinements], i) => {
    emitter.inBlock(blocks[i], () => {
      insertRefinements(emitter, refinements, range)
      blocks[i].registerOutput(emit())
    })
  })
  const [trueType, falseType] = blocks.map((block) => block.outputs[0].type)
  const unified = unifyTypes(trueType, falseType)
  if (!unified) {
    fail(
      'TSJ_TYPE',
      `if-expression's true branch has type ${trueType.annotation()} but false branch has type ${falseType.annotation()}`,
      range,
    )
  }
  return node.addOutput(unified!)
}
