import type { Value } from '@tsjit/ir'
import type { SourceRange } from '@tsjit/types'
import { insertInt, maxInt } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { type ActualArgument, isNoneValue } from '../schema-matching.ts'
import { SugaredValue } from './sugared-value.ts'

/** `slice(start, stop, step)`: usable as an index alone. */
export class SliceValue extends SugaredValue {
  readonly kind = 'Python slice value'
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {
    super()
  }
}

/** The builtin `slice`. */
export class SliceClassValue extends SugaredValue {
  readonly kind = 'slice'
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    if (kwargs.length > 0) fail('TSJ_ARGUMENTS', 'Slice does not accept any keyword arguments', range)
    if (args.length < 1 || args.length > 3) fail('TSJ_ARGUMENTS', `slice accepts exactly 1, 2 or 3 arguments, got: ${args.length}`, range)
    const [start, stop, step] = args.length === 1 ? [undefined, args[0], undefined] : args
    const part = (given: ActualArgument | undefined, otherwise: number | bigint): Value =>
      !given || isNoneValue(given.value) ? insertInt(emitter.graph, otherwise, range) : given.value
    return new SliceValue(part(start, 0), part(stop, maxInt), part(step, 1))
  }
}
