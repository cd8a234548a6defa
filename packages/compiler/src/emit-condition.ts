import type { Value } from '@tsjit/ir'
import type { BoolOp, Call, Compare, Expression } from '@tsjit/parser'
import { NoneType, type OptionalType, type SourceRange, type Type, type UnionType, unionOf } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { constantOf, insertBool } from './constants.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import { emitIfExpression } from './emit-if.ts'
import { emitIsInstance } from './emit-isinstance.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { type Refinement, RefinementSet } from './refinements.ts'
import { SpecialFormValue } from './sugared-values/special-form.ts'
import { asSimple } from './sugared-values/sugared-value.ts'

/** A condition: its value, what it tells of types, and its outcome where that decides at compile time which branch exists at all. */
export interface Condition {
  readonly value: Value
  readonly refinements: RefinementSet
  readonly known: boolean | undefined
  /** Whether the `if` on it never merges with one before it. */
  readonly keepsApart?: true
}

export function knownCondition(emitter: FunctionEmitter, known: boolean, range: SourceRange, refinements = RefinementSet.none): Condition {
  return { value: insertBool(emitter.graph, known, range), refinements, known }
}

export function emitCondition(emitter: FunctionEmitter, expression: Expression): Condition {
  switch (expression.type) {
    case 'BoolOp':
      return emitShortCircuit(emitter, expression)
    case 'Unary':
      if (expression.operator !== 'not') break
      return emitNot(emitter, expression.operand, expression.range)
    case 'Compare':
      if (expression.rest.length === 1 && (expression.rest[0].operator === 'is' || expression.rest[0].operator === 'is not')) {
        return emitIs(emitter, expression)
      }
      break
    case 'Call': {
      const special = emitConditionCall(emitter, expression)
      if (special) return special
      break
    }
  }
  const value = emitToBool(emitter, emitExpression(emitter, expression), expression.range)
  let known: boolean | undefined
  if (value.node.kind === 'aten::is_scripting') known = true
  else if (value.node.kind === 'aten::has_torch_function') known = false
  const constant = constantOf(value)
  if (constant) known = constant.value as boolean
  return { value, refinements: RefinementSet.none, known, keepsApart: true }
}

function emitNot(emitter: FunctionEmitter, operand: Expression, range: SourceRange): Condition {
  const { value, refinements, known } = emitCondition(emitter, operand)
  const result = emitBuiltin(emitter, 'aten::__not__', { args: [{ value, range }], kwargs: [] }, range)
  return { value: result, refinements: refinements.not(), known: known === undefined ? undefined : !known }
}

/** `isinstance`, `hasattr`, and `torch.jit.isinstance` by whatever name. */
function conditionName(emitter: FunctionEmitter, callee: Expression): 'isinstance' | 'hasattr' | undefined {
  if (callee.type === 'Name') {
    if (callee.name === 'isinstance' || callee.name === 'hasattr') return callee.name
    return undefined
  }
  if (callee.type !== 'Attribute' || callee.name !== 'isinstance') return undefined
  const sugared = emitSugared(emitter, callee)
  return sugared instanceof SpecialFormValue && sugared.form === 'isinstance' ? 'isinstance' : undefined
}

function emitConditionCall(emitter: FunctionEmitter, call: Call): Condition | undefined {
  const name = conditionName(emitter, call.callee)
  if (name === undefined) return undefined
  if (call.args.length !== 2) {
    fail('TSJ_ARGUMENTS', `${name} expected exactly 2 arguments but found ${call.args.length}`, call.range)
  }
  if (call.keywords.length > 0) fail('TSJ_ARGUMENTS', `${name} takes no keyword arguments`, call.range)
  const [object, what] = call.args
  return name === 'isinstance' ? emitIsInstance(emitter, object, what) : emitHasAttr(emitter, object, what)
}

export function emitHasAttr(emitter: FunctionEmitter, object: Expression, name: Expression): Condition {
  const sugared = emitSugared(emitter, object)
  if (name.type !== 'String') return fail('TSJ_TYPE', "hasattr's second argument must be a string literal", name.range)
  return knownCondition(emitter, sugared.hasAttr(emitter, object.range, name.value), object.range)
}

type Noneness = 'always' | 'maybe' | 'never'

function noneness(value: Value): Noneness {
  // An uninitialised None is as much a None as the constant.
  if (value.type.kind === 'None' || (constantOf(value)?.value === null && value.node.kind === 'prim::Constant')) return 'always'
  return value.type.kind === 'Optional' || (value.type.kind === 'Union' && (value.type as UnionType).members.some((m) => m.kind === 'None'))
    ? 'maybe'
    : 'never'
}

function emitIs(emitter: FunctionEmitter, { left, rest, range }: Compare): Condition {
  const [{ operator, right }] = rest
  const isIs = operator === 'is'
  const leftValue = emitExpression(emitter, left)
  const rightValue = emitExpression(emitter, right)
  const leftNone = noneness(leftValue)
  const rightNone = noneness(rightValue)
  if (leftNone === 'always' && rightNone === 'always') return knownCondition(emitter, isIs, range)
  if ((leftNone === 'always' && rightNone === 'never') || (leftNone === 'never' && rightNone === 'always')) {
    return knownCondition(emitter, !isIs, range)
  }
  const args = [
    { value: leftValue, range },
    { value: rightValue, range },
  ]
  const value = emitBuiltin(emitter, isIs ? 'aten::__is__' : 'aten::__isnot__', { args, kwargs: [] }, range)
  return { value, refinements: isNoneRefinements(left, leftValue, right, rightValue, isIs), known: undefined }
}

const isNone = (expression: Expression): boolean => expression.type === 'Constant' && expression.value === null

function isNoneRefinements(left: Expression, leftValue: Value, right: Expression, rightValue: Value, isIs: boolean): RefinementSet {
  if (!isNone(right) && isNone(left)) return isNoneRefinements(right, rightValue, left, leftValue, isIs)
  if (!isNone(right) || left.type !== 'Name') return RefinementSet.none
  const { type } = leftValue
  let present: Type | undefined
  if (type.kind === 'Optional') present = (type as OptionalType).element
  else if (type.kind === 'Union') {
    const rest = (type as UnionType).members.filter((member) => member !== NoneType)
    if (rest.length > 0) present = unionOf(rest)
  } else return RefinementSet.none
  const refinements: Refinement[] = present ? [{ name: left.name, type: present }] : []
  return isIs ? new RefinementSet([], refinements) : new RefinementSet(refinements, [])
}

function emitShortCircuit(emitter: FunctionEmitter, { operator, left, right, range }: BoolOp): Condition {
  const isOr = operator === 'or'
  const first = emitCondition(emitter, left)
  let second: Condition | undefined
  // The operand that is not evaluated leaves a constant, which later passes fold more easily.
  const decided = (): Value => insertBool(emitter.graph, isOr, range)
  const proceed = (): Value => {
    second = emitCondition(emitter, right)
    return second.value
  }
  const value = isOr ? emitIfExpression(emitter, first, decided, proceed, range) : emitIfExpression(emitter, first, proceed, decided, range)
  const rest = second!
  const refinements = isOr ? first.refinements.or(rest.refinements) : first.refinements.and(rest.refinements)
  let known: boolean | undefined
  if (first.known === isOr || rest.known === isOr) known = isOr
  else if (first.known !== undefined && rest.known !== undefined) known = !isOr
  return { value, refinements, known }
}

export function emitToBool(emitter: FunctionEmitter, value: Value, range: SourceRange): Value {
  let result: Value | undefined
  try {
    result = asSimple(emitter.environment.get('bool', range).call(emitter, range, [{ value, range }], []))
  } catch {
    fail('TSJ_TYPE', `Could not cast value of type ${value.type.annotation()} to bool`, range)
  }
  if (result?.type.kind !== 'bool') {
    fail('TSJ_TYPE', `expected a bool expression for condition but found ${result?.type.annotation()}`, range)
  }
  return result!
}
