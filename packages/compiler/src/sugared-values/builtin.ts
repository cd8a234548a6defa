import type { Value } from '@tsjit/ir'
import { isSubtype, type SourceRange, type Type } from '@tsjit/types'
import { emitBuiltin } from '../builtin-calls.ts'
import { insertInt } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import type { ActualArgument } from '../schema-matching.ts'
import { SimpleValue } from './simple-value.ts'
import { SugaredValue } from './sugared-value.ts'

/** An operator by name, with `self` where it is a method: `x.relu`. */
export class BuiltinFunctionValue extends SugaredValue {
  readonly kind = 'builtin'
  constructor(
    readonly symbol: string,
    readonly self?: ActualArgument,
  ) {
    super()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    return new SimpleValue(emitBuiltin(emitter, this.symbol, { args, kwargs, ...(this.self ? { self: this.self } : {}) }, range))
  }
}

/** `int(x)`, `bool(x)`: nothing where `x` has the type already. */
export class CastValue extends BuiltinFunctionValue {
  constructor(
    private readonly type: Type,
    symbol: string,
  ) {
    super(symbol)
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    if (args.length === 1 && kwargs.length === 0) {
      const { value } = args[0]
      if (isSubtype(value.type, this.type)) return new SimpleValue(value)
      if (this.type.kind === 'bool' && (value.type.kind === 'List' || value.type.kind === 'str' || value.type.kind === 'Dict')) {
        const zero = insertInt(emitter.graph, 0, range)
        const length = emitBuiltin(emitter, 'aten::len', { args: [{ value, range }], kwargs: [] }, range)
        return new SimpleValue(emitBuiltin(emitter, 'aten::gt', { args: [{ value: length }, { value: zero }], kwargs: [] }, range))
      }
    }
    return super.call(emitter, range, args, kwargs)
  }
}

/** `x.float()` and its like: `aten::to` with a dtype. */
export const tensorCastDTypes: Readonly<Record<string, number>> = {
  byte: 0,
  char: 1,
  short: 2,
  int: 3,
  long: 4,
  half: 5,
  float: 6,
  double: 7,
  cfloat: 9,
  cdouble: 10,
}

export class TensorCastValue extends SugaredValue {
  readonly kind = 'Cast'
  constructor(
    private readonly dtype: number,
    private readonly self: ActualArgument,
  ) {
    super()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    if (args.length > 0 || kwargs.length > 0) fail('TSJ_ARGUMENTS', 'casts of tensors such as x.float() take no arguments', range)
    const dtype: Value = insertInt(emitter.graph, this.dtype, range)
    return new SimpleValue(emitBuiltin(emitter, 'aten::to', { args, kwargs: [this.self, { value: dtype, name: 'dtype', range }] }, range))
  }
}

/** `torch`, `ops.prim`: a namespace of operators. */
export class BuiltinModuleValue extends SugaredValue {
  readonly kind = 'builtin module'
  constructor(private readonly namespace: string) {
    super()
  }
  override attr(_emitter: FunctionEmitter, _range: SourceRange, name: string): SugaredValue {
    return name === 'autograd' ? new BuiltinModuleValue('aten') : new BuiltinFunctionValue(`${this.namespace}::${name}`)
  }
}

/** `len(x)`, `x + y`, …: a method of that name where the first argument is an object, else `base`. */
export class MagicMethodValue extends SugaredValue {
  constructor(
    readonly kind: string,
    private readonly base: SugaredValue,
  ) {
    super()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const self = args[0]?.value
    if (self?.type.kind === 'Class')
      return new SimpleValue(self).attr(emitter, range, this.kind).call(emitter, range, args.slice(1), kwargs)
    return this.base.call(emitter, range, args, kwargs)
  }
}
