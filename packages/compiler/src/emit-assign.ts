import type { Assign, Attribute, Expression, Subscript } from '@tsjit/parser'
import { type SourceRange, TupleType } from '@tsjit/types'
import { emitExpression, emitSugared } from './emit-expression.ts'
import { emitSubscriptAssign } from './emit-subscript-assign.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'
import { refuseFinal, typeFromExpression } from './type-annotations.ts'

export function emitAssign(emitter: FunctionEmitter, statement: Assign): void {
  const { targets, value, range } = statement
  const annotation = statement.annotation ?? statement.typeComment?.expression
  if (!value) {
    // `x: int` alone declares nothing that a graph could hold.
    fail('TSJ_UNSUPPORTED', 'For an assignment, expected an expression on the right-hand side', range)
  }
  if (targets.length === 1) {
    emitSingleAssign(emitter, targets[0], value, annotation, range)
    return
  }
  const name = emitter.temporaryName('$tmp_assign_')
  emitter.environment.setSugared(name, emitSugared(emitter, value), value.range)
  for (const target of targets) emitSingleAssign(emitter, target, { type: 'Name', name, range: value.range }, undefined, range)
}

function emitSingleAssign(
  emitter: FunctionEmitter,
  target: Expression,
  value: Expression,
  annotation: Expression | undefined,
  range: SourceRange,
): void {
  if (annotation && target.type === 'Name') refuseFinal(annotation)
  const type = annotation && typeFromExpression(annotation, emitter.resolver)
  switch (target.type) {
    case 'Name':
      emitter.environment.setSugared(target.name, emitSugared(emitter, value, type), target.range, type)
      return
    case 'Tuple': {
      const starred = checkTargets(target.elements, target.range)
      const binders = target.elements.length - (starred ? 1 : 0)
      emitTupleAssign(emitter, target.elements, emitSugared(emitter, value, undefined, binders), value.range, binders, starred)
      return
    }
    case 'Attribute': {
      const object = emitSugared(emitter, target.value)
      const result = emitSugared(emitter, value, type).asValue(emitter, value.range)
      object.setAttr(emitter, range, target.name, result)
      return
    }
    case 'Subscript':
      emitSubscriptAssign(emitter, target, emitExpression(emitter, value), value.range, range)
      return
    default:
      fail('TSJ_UNSUPPORTED', 'unexpected expression on left-hand side of assignment', target.range)
  }
}

/** Whether there is a starred target. */
function checkTargets(targets: readonly Expression[], range: SourceRange): boolean {
  const starred = targets.filter(({ type }) => type === 'Starred').length
  for (const { type, range: at } of targets) {
    if (!['Name', 'Subscript', 'Tuple', 'Attribute', 'Starred'].includes(type)) {
      fail('TSJ_UNSUPPORTED', 'lhs of assignment must be a variable, subscript, or starred expression', at)
    }
  }
  if (starred > 1) fail('TSJ_SYNTAX_USE', 'Only one starred expression is allowed on the lhs', range)
  if (starred > 0 && targets.length === starred) {
    fail('TSJ_SYNTAX_USE', 'A Starred expression may only appear on the lhs within the presence of another non-starred expression', range)
  }
  return starred > 0
}

function emitTupleAssign(
  emitter: FunctionEmitter,
  targets: readonly Expression[],
  value: SugaredValue,
  range: SourceRange,
  binders: number,
  starred: boolean,
): void {
  const parts = value.asTuple(emitter, range, starred ? undefined : binders)
  if (parts.length < binders) {
    fail('TSJ_TYPE', `need ${starred ? 'at least ' : ''}${binders} values to unpack but found only ${parts.length}`, range)
  }
  if (parts.length > binders && !starred) fail('TSJ_TYPE', `too many values to unpack: need ${binders} but found ${parts.length}`, range)
  emitExpressionsAssign(emitter, targets, parts, range, binders)
}

/** Binds values to targets one by one; a starred target takes what the others leave. */
export function emitExpressionsAssign(
  emitter: FunctionEmitter,
  targets: readonly Expression[],
  parts: readonly SugaredValue[],
  range: SourceRange,
  binders: number,
): void {
  let i = 0
  for (const target of targets) {
    switch (target.type) {
      case 'Subscript':
        emitSubscriptAssign(emitter, target as Subscript, parts[i++].asValue(emitter, range), range, range)
        break
      case 'Name':
        emitter.environment.setSugared(target.name, parts[i++], target.range)
        break
      case 'Starred': {
        if (target.value.type !== 'Name') fail('TSJ_UNSUPPORTED', 'Cannot pack a tuple into a non-variable', target.range)
        const count = parts.length - binders
        const values = parts.slice(i, i + count).map((part) => part.asValue(emitter, target.range))
        const type = new TupleType(values.map((value) => value.type))
        emitter.environment.set(target.value.name, emitter.graph.insert('prim::TupleConstruct', values, [type], range).output, target.range)
        i += count
        break
      }
      case 'Tuple': {
        const starred = checkTargets(target.elements, target.range)
        emitTupleAssign(emitter, target.elements, parts[i++], range, target.elements.length - (starred ? 1 : 0), starred)
        break
      }
      case 'Attribute': {
        const { value, name } = target as Attribute
        const object = emitSugared(emitter, value)
        object.setAttr(emitter, range, name, parts[i++].asValue(emitter, range))
        break
      }
      default:
        checkTargets([target], target.range)
    }
  }
}
