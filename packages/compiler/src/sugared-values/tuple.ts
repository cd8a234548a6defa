import type { Value } from '@tsjit/ir'
import { type SourceRange, TupleType } from '@tsjit/types'
import { constantInt } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { SugaredValue } from './sugared-value.ts'

/** Several sugared values side by side: what a loop over `zip(…)` or over a tuple binds. Loops over it are unrolled. */
export class SugaredTupleValue extends SugaredValue {
  readonly kind = 'Tuple'
  constructor(readonly elements: readonly SugaredValue[]) {
    super()
  }
  override asTuple(): readonly SugaredValue[] {
    return this.elements
  }
  override asValue(emitter: FunctionEmitter, range: SourceRange): Value {
    const values = this.elements.map((element) => element.asValue(emitter, range))
    return emitter.graph.insert('prim::TupleConstruct', values, [new TupleType(values.map(({ type }) => type))], range).output
  }
  override getItem(_emitter: FunctionEmitter, range: SourceRange, index: Value): SugaredValue {
    const at = constantInt(index)
    if (at === undefined) {
      return fail(
        'TSJ_TYPE',
        "Expected integer literal for index but got a variable or non-integer. ModuleList/Sequential indexing is only supported with integer literals. For example, 'i = 4; self.layers[i](x)' will fail because i is not a literal. Enumeration is supported, e.g. 'for index, v in enumerate(self): out = v(inp)'",
        range,
      )
    }
    const length = this.elements.length
    const adjusted = Number(at) < 0 ? Number(at) + length : Number(at)
    if (!(adjusted >= 0 && adjusted < length)) fail('TSJ_TYPE', `Index ${at} out of range of length ${length}`, range)
    return this.elements[adjusted]
  }
  override iter(): SugaredValue {
    return this
  }
  override staticLength(): number {
    return this.elements.length
  }
}
