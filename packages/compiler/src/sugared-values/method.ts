import type { GraphFunction, Value } from '@tsjit/ir'
import type { ClassType, FunctionSchema, InterfaceType, SourceRange } from '@tsjit/types'
import { insertFunction } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { definedSchema } from '../function-schemas.ts'
import type { HostFunction } from '../python/host-function.ts'
import { type ActualArgument, emitInputs, matchSchemas } from '../schema-matching.ts'
import { SimpleValue } from './simple-value.ts'
import { SugaredValue } from './sugared-value.ts'

/** A method of an object or interface, bound to its object: `prim::CallMethod[name]`. */
export class MethodValue extends SugaredValue {
  readonly kind = 'method'
  constructor(
    private readonly self: Value,
    private readonly name: string,
  ) {
    super()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const owner = this.self.type as ClassType | InterfaceType
    const method = owner.methods.get(this.name)!
    const schema: FunctionSchema = owner.kind === 'Class' ? definedSchema(method as GraphFunction, range) : (method as FunctionSchema)
    const { match } = matchSchemas([schema], { args: [{ value: this.self, range }, ...args], kwargs }, range)
    const node = emitter.graph.insert('prim::CallMethod', emitInputs(emitter.graph, match, range), [match.returnTypes[0]], range)
    return new SimpleValue(node.setAttribute('name', { kind: 's', value: this.name }).output)
  }
}

/** One or several (overloaded) script functions: `prim::CallFunction`. */
export class FunctionValue extends SugaredValue {
  readonly kind = 'function'
  readonly callees: readonly GraphFunction[]
  constructor(...callees: GraphFunction[]) {
    super()
    this.callees = callees
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const { graph } = emitter
    const schemas = this.callees.map((callee) => definedSchema(callee, range))
    const { index, match } = matchSchemas(schemas, { args, kwargs }, range)
    const inputs = emitInputs(graph, match, range)
    const callee = insertFunction(graph, this.callees[index], range)
    return new SimpleValue(graph.insert('prim::CallFunction', [callee, ...inputs], [match.returnTypes[0]], range).output)
  }
}

/** A `def` inside a function: usable with `fork` alone. */
export class ClosureValue extends SugaredValue {
  readonly kind = 'closure'
  constructor(readonly value: Value) {
    super()
  }
  override asValue(): Value {
    return this.value
  }
}

/** A function of the host's language: `prim::CallFunction` with a callee that has no graph. */
export class HostFunctionValue extends SugaredValue {
  readonly kind = 'function'
  constructor(private readonly callee: HostFunction) {
    super()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const { graph } = emitter
    const { match } = matchSchemas([this.callee.schema], { args, kwargs }, range)
    const inputs = emitInputs(graph, match, range)
    const callee = insertFunction(graph, this.callee, range)
    return new SimpleValue(graph.insert('prim::CallFunction', [callee, ...inputs], [match.returnTypes[0]], range).output)
  }
}
