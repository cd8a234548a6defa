import type { Value } from '@tsjit/ir'
import { type Argument, FunctionSchema, NoneType, type SourceRange, TensorT, TupleType, type Type } from '@tsjit/types'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { type ActualArgument, emitInputs, matchSchemas } from '../schema-matching.ts'
import { SimpleValue } from '../sugared-values/simple-value.ts'
import { SugaredValue } from '../sugared-values/sugared-value.ts'
import { type HostFunction, StandIn } from './host-function.ts'
import type { PythonObject, PythonOpaque, PythonType } from './python-object.ts'

/** An object that has no meaning to TorchScript, but for being called, which leaves the call to the host. */
export class PythonValue extends SugaredValue {
  constructor(readonly object: PythonObject) {
    super()
  }
  get kind(): string {
    return `python value of type '${this.object.typeName}'`
  }
  override asValue(_emitter: FunctionEmitter, range: SourceRange): Value {
    return failAsValue(this.kind, range)
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
    binders = 1,
  ): SugaredValue {
    const { object } = this
    const name = (object as PythonType | PythonOpaque).name
    if (object.constant() || name === undefined) return super.call(emitter, range, args, kwargs)
    if ((object as { isPythonClass?: boolean }).isPythonClass) {
      fail('TSJ_UNSUPPORTED', (object as PythonType).refusal ?? `Cannot instantiate class '${name}' in a script function`, range)
    }
    const { isVararg = false, hostFunction, parameters } = object as PythonOpaque
    // `Module.__call__(self, *args)`, as PyTorch reads it; it goes by its class here.
    const isModule = name.startsWith('<')
    // Nobody knows its signature: tensors in, a tensor out.
    const names = parameters ?? (isModule ? ['self'] : isVararg ? [] : args.map((_, i) => String(i)))
    const formals = names.map((each) => tensorArgument(each))
    const schema = new FunctionSchema(isModule ? '' : name, '', formals, [unknownResult(binders)], isVararg)
    const callee = hostFunction?.(schema) ?? new StandIn(emitter.resolver.hostFunctions, [isModule ? object.typeName : name], schema)
    return emitHostCall(emitter, range, callee, args, kwargs, name)
  }
}

/** Values of Python's are none of TorchScript's. */
export function failAsValue(kind: string, range: SourceRange): never {
  return fail(
    'TSJ_TYPE',
    `${kind} cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.`,
    range,
  )
}

function tensorArgument(name: string, type: Type = TensorT): Argument {
  return { name, type, typeText: type.toString(), hasDefault: false, kwargOnly: false }
}

/** What a call whose result nobody declared gives: as many tensors as the caller takes. */
export function unknownResult(binders: number): Argument {
  if (binders === 0) return tensorArgument('0', NoneType)
  return tensorArgument('0', binders === 1 ? TensorT : new TupleType(new Array<Type>(binders).fill(TensorT)))
}

/** `^name[]()(…)`: a call that leaves TorchScript. Programs with one run where the host function is known, and do not save. */
export function emitHostCall(
  emitter: FunctionEmitter,
  range: SourceRange,
  callee: HostFunction,
  args: readonly ActualArgument[],
  kwargs: readonly ActualArgument[],
  shown = callee.name,
): SugaredValue {
  const { match } = matchSchemas([callee.schema], { args, kwargs }, range)
  const inputs = emitInputs(emitter.graph, match, range)
  const node = emitter.graph.insert(`^${shown}[]()`, inputs, [match.returnTypes[0] ?? NoneType], range)
  node.hostCallee = callee
  return new SimpleValue(node.output)
}
