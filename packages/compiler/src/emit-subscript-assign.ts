import type { Value } from '@tsjit/ir'
import type { Subscript } from '@tsjit/parser'
import { ListType, OptionalType, type SourceRange, TensorT } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { emitExpression } from './emit-expression.ts'
import { emitIntAndSliceIndexing } from './emit-subscript.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import type { ActualArgument } from './schema-matching.ts'
import { BuiltinFunctionValue, MagicMethodValue } from './sugared-values/builtin.ts'

const optionalTensors = new ListType(new OptionalType(TensorT))

export function tensorIndexList(emitter: FunctionEmitter, indices: readonly Value[], range: SourceRange): Value {
  return emitter.graph.insert('prim::ListConstruct', indices, [optionalTensors], range).output
}

/** `target[…] = value`: copies into tensors, sets items of lists and dicts, calls `__setitem__` of objects. */
export function emitSubscriptAssign(
  emitter: FunctionEmitter,
  target: Subscript,
  value: Value,
  valueRange: SourceRange,
  range: SourceRange,
): void {
  const container = emitExpression(emitter, target.value)
  if (container.type.kind === 'Tensor') {
    const { sliced, tensorIndices } = emitIntAndSliceIndexing(emitter, target.range, container, target.indices)
    const converted = valueToTensor(emitter, value, sliced, range)
    if (tensorIndices.length === 0) {
      emitBuiltin(emitter, 'aten::copy_', { args: [{ value: sliced }, { value: converted }], kwargs: [] }, range)
    } else {
      const indices = tensorIndexList(emitter, tensorIndices, range)
      emitBuiltin(emitter, 'aten::index_put_', { args: [{ value: sliced }, { value: indices }, { value: converted }], kwargs: [] }, range)
    }
    return
  }
  const [index] = target.indices
  if (target.indices.length !== 1 || index.type === 'Slice') {
    fail('TSJ_UNSUPPORTED', 'Sliced expression not yet supported for subscripted assignment. File a bug if you want this', target.range)
  }
  if (container.type.kind === 'Tuple') {
    fail('TSJ_TYPE', `${container.type.annotation()} does not support subscripted assignment`, target.range)
  }
  const args: ActualArgument[] = [
    { value: container, range: target.value.range },
    { value: emitExpression(emitter, index), range: index.range },
    { value, range: valueRange },
  ]
  new MagicMethodValue('__setitem__', new BuiltinFunctionValue('aten::_set_item')).call(emitter, range, args, [])
}

const scalarKinds = new Set(['Scalar', 'int', 'bool', 'float', 'complex'])

/** A number that is stored into a tensor becomes a tensor of its dtype and device. */
function valueToTensor(emitter: FunctionEmitter, value: Value, like: Value, range: SourceRange): Value {
  if (!scalarKinds.has(value.type.kind)) return value
  const dtype = emitBuiltin(emitter, 'prim::dtype', { args: [{ value: like }], kwargs: [] }, range)
  const device = emitBuiltin(emitter, 'prim::device', { args: [{ value: like }], kwargs: [] }, range)
  const kwargs = [
    { value: dtype, name: 'dtype' },
    { value: device, name: 'device' },
  ]
  return emitBuiltin(emitter, 'aten::tensor', { args: [{ value }], kwargs }, range)
}
