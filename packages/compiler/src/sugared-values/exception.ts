import type { Value } from '@tsjit/ir'
import { type SourceRange, TupleType } from '@tsjit/types'
import { emitBuiltin } from '../builtin-calls.ts'
import { insertString } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import type { ActualArgument } from '../schema-matching.ts'
import { SugaredValue } from './sugared-value.ts'

/** An exception class by name; calling it joins the message. */
export class ExceptionValue extends SugaredValue {
  readonly kind = 'exception'
  constructor(
    private readonly prefix: string,
    /** The class name given to `prim::RaiseException`; undefined for the builtin AssertionError. */
    private readonly className?: string,
  ) {
    super()
  }
  override call(emitter: FunctionEmitter, range: SourceRange, args: readonly ActualArgument[]): SugaredValue {
    const text = (value: Value): Value =>
      value.type.kind === 'str' ? value : emitBuiltin(emitter, 'aten::str', { args: [{ value, range }], kwargs: [] }, range)
    let message: Value
    if (this.className === undefined) {
      message = insertString(emitter.graph, `${this.prefix}: `, range)
      for (const { value } of args) {
        message = emitBuiltin(
          emitter,
          'aten::add',
          {
            args: [
              { value: message, range },
              { value: text(value), range },
            ],
            kwargs: [],
          },
          range,
        )
      }
      return new ExceptionMessageValue(message)
    }
    if (args.length === 0) message = insertString(emitter.graph, '', range)
    else if (args.length === 1) message = args[0].value
    else {
      const values = args.map(({ value }) => value)
      const type = new TupleType(values.map((value) => value.type))
      message = emitter.graph.insert('prim::TupleConstruct', values, [type], range).output
    }
    return new ExceptionMessageValue(message, insertString(emitter.graph, this.className, range))
  }
}

/** What `raise` takes; a message that is no text becomes one there. */
export class ExceptionMessageValue extends SugaredValue {
  readonly kind = 'exception message'
  constructor(
    readonly message: Value,
    readonly className?: Value,
  ) {
    super()
  }
}

export class PrintValue extends SugaredValue {
  readonly kind = 'print'
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    if (kwargs.length > 0) emitter.fail('TSJ_ARGUMENTS', "print doesn't accept any keyword arguments", range)
    emitter.graph.insert(
      'prim::Print',
      args.map(({ value }) => value),
      [],
      range,
    )
    return new NothingValue()
  }
}

/** The result of a statement-like call. */
export class NothingValue extends SugaredValue {
  readonly kind = 'None'
}
