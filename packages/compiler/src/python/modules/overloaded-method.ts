import type { GraphFunction, Value } from '@tsjit/ir'
import type { ClassType, SourceRange } from '@tsjit/types'
import type { FunctionEmitter } from '../../emitter.ts'
import { definedSchema } from '../../function-schemas.ts'
import { type ActualArgument, emitInputs, matchSchemas } from '../../schema-matching.ts'
import { SimpleValue } from '../../sugared-values/simple-value.ts'
import { SugaredValue } from '../../sugared-values/sugared-value.ts'

/** A method with `@torch.jit._overload_method` signatures: the first that takes the arguments is called. */
export class OverloadedMethodValue extends SugaredValue {
  readonly kind = 'method'
  constructor(
    private readonly self: Value,
    private readonly names: readonly string[],
  ) {
    super()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const { methods } = this.self.type as ClassType
    const schemas = this.names.map((name) => definedSchema(methods.get(name) as GraphFunction, range))
    const { index, match } = matchSchemas(schemas, { args: [{ value: this.self, range }, ...args], kwargs }, range)
    const node = emitter.graph.insert('prim::CallMethod', emitInputs(emitter.graph, match, range), [match.returnTypes[0]], range)
    return new SimpleValue(node.setAttribute('name', { kind: 's', value: this.names[index] }).output)
  }
}
