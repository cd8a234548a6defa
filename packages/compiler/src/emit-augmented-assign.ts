import type { Value } from '@tsjit/ir'
import type { AugmentedAssign, BinaryOperator, Subscript } from '@tsjit/parser'
import type { ClassType, DictType, ListType, SourceRange, Type } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import { emitIntAndSliceIndexing } from './emit-subscript.ts'
import { tensorIndexList } from './emit-subscript-assign.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { MethodValue } from './sugared-values/method.ts'

/** Operator to (in-place operator for tensors and lists, other operator). */
const operators: Partial<Record<BinaryOperator, readonly [inPlace: string, plain: string]>> = {
  '+': ['aten::add_', 'aten::add'],
  '-': ['aten::sub_', 'aten::sub'],
  '/': ['aten::div_', 'aten::div'],
  '*': ['aten::mul_', 'aten::mul'],
  '%': ['aten::fmod_', 'aten::fmod'],
  '|': ['aten::bitwise_or', 'aten::__or__'],
  '&': ['aten::bitwise_and', 'aten::__and__'],
  '^': ['aten::bitwise_xor', 'aten::__xor__'],
  '<<': ['aten::__ilshift__', 'aten::__lshift__'],
  '>>': ['aten::__irshift__', 'aten::__rshift__'],
  '**': ['aten::pow', 'aten::pow'],
}

const magicMethods: Partial<Record<BinaryOperator, string>> = { '+': 'add', '-': 'sub', '/': 'truediv', '*': 'mul', '%': 'mod' }

function operatorFor({ operator, range }: AugmentedAssign, type: Type): string {
  const found = operators[operator]
  if (!found) return fail('TSJ_UNSUPPORTED', `Unknown augmented assignment: ${operator}=`, range)
  return type.kind === 'Tensor' || type.kind === 'List' ? found[0] : found[1]
}

export function emitAugmentedAssign(emitter: FunctionEmitter, statement: AugmentedAssign): void {
  const { target, range } = statement
  switch (target.type) {
    case 'Name': {
      const value = emitExpression(emitter, target)
      emitter.environment.set(target.name, emitAugmented(emitter, statement, value), target.range)
      return
    }
    case 'Attribute': {
      const object = emitSugared(emitter, target.value)
      const value = object.attr(emitter, target.range, target.name).asValue(emitter, target.range)
      object.setAttr(emitter, range, target.name, emitAugmented(emitter, statement, value))
      return
    }
    case 'Subscript':
      emitToSubscript(emitter, statement, target)
      return
    default:
      fail('TSJ_UNSUPPORTED', 'unexpected expression on left-hand side of augmented assignment', target.range)
  }
}

function emitAugmented(emitter: FunctionEmitter, statement: AugmentedAssign, left: Value): Value {
  const { range, operator } = statement
  if (left.type.kind === 'Class') {
    const name = magicMethods[operator]
    if (!name) return fail('TSJ_UNSUPPORTED', `Unknown augmented assignment: ${operator}=`, range)
    const value = emitExpression(emitter, statement.value)
    const owner = left.type as ClassType
    const method = [`__i${name}__`, `__${name}__`].find((candidate) => owner.methods.has(candidate))
    if (!method) {
      return fail(
        'TSJ_ATTRIBUTE',
        `Cannot emit inplace op on ${owner.annotation()} since it does not define an __i${name}__ or __${name}__ method`,
        range,
      )
    }
    return new MethodValue(left, method).call(emitter, range, [{ value, range }], []).asValue(emitter, range)
  }
  const right = emitExpression(emitter, statement.value)
  return emitBuiltin(
    emitter,
    operatorFor(statement, left.type),
    {
      args: [
        { value: left, range },
        { value: right, range },
      ],
      kwargs: [],
    },
    range,
  )
}

function emitToSubscript(emitter: FunctionEmitter, statement: AugmentedAssign, target: Subscript): void {
  const { range } = statement
  const container = emitExpression(emitter, target.value)
  if (container.type.kind !== 'Tensor') {
    emitToItem(emitter, statement, target, container)
    return
  }
  const { sliced, tensorIndices } = emitIntAndSliceIndexing(emitter, target.range, container, target.indices)
  const value = emitExpression(emitter, statement.value)
  const operator = operatorFor(statement, container.type)
  const augment = (self: Value): Value => emitBuiltin(emitter, operator, { args: [{ value }], kwargs: [], self: { value: self } }, range)
  if (tensorIndices.length === 0) {
    augment(sliced)
    return
  }
  const indices = tensorIndexList(emitter, tensorIndices, range)
  const indexed = emitBuiltin(emitter, 'aten::index', { args: [{ value: sliced }, { value: indices }], kwargs: [] }, range)
  const augmented = augment(indexed)
  emitBuiltin(emitter, 'aten::index_put_', { args: [{ value: sliced }, { value: indices }, { value: augmented }], kwargs: [] }, range)
}

function emitToItem(emitter: FunctionEmitter, statement: AugmentedAssign, target: Subscript, container: Value): void {
  const { range } = statement
  const { type } = container
  const [index] = target.indices
  if (target.indices.length !== 1 || index.type === 'Slice') {
    fail(
      'TSJ_UNSUPPORTED',
      `Sliced expression not yet supported for ${type.annotation()} augmented assignment. File a bug if you want this`,
      target.range,
    )
  }
  let element: Type | undefined
  if (type.kind === 'List') element = (type as ListType).element
  else if (type.kind === 'Dict') element = (type as DictType).key
  if (!element) fail('TSJ_TYPE', `${type.annotation()} does not support augmented assignment.`, target.range)
  const key = emitExpression(emitter, index)
  const value = emitExpression(emitter, statement.value)
  const call = (symbol: string, values: readonly Value[], at: SourceRange): Value =>
    emitBuiltin(emitter, symbol, { args: values.map((v) => ({ value: v })), kwargs: [] }, at)
  const item = call('aten::__getitem__', [container, key], range)
  const augmented = call(operatorFor(statement, element), [item, value], range)
  call('aten::_set_item', [container, key, augmented], range)
}
