import type { Call } from '@tsjit/parser'
import { FunctionSchema, FutureType, RRefType, type Type } from '@tsjit/types'
import { insertString } from './constants.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { definedSchema } from './function-schemas.ts'
import { type ActualArgument, emitInputs, matchSchemas } from './schema-matching.ts'
import { FunctionValue } from './sugared-values/method.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

export type RpcKind = 'rpc_async' | 'rpc_sync' | 'rpc_remote'

const results: Readonly<Record<RpcKind, (type: Type) => Type>> = {
  rpc_async: (type) => new FutureType(type),
  rpc_sync: (type) => type,
  rpc_remote: (type) => new RRefType(type),
}

/**
 * `rpc_async(worker, callable, args, kwargs, timeout)` of `torch.distributed.rpc`: the callee goes by its qualified name, and its
 * positional arguments alone are checked against its schema, since the names of the others are known to the run only.
 */
export function emitRpc(emitter: FunctionEmitter, call: Call, kind: RpcKind): SugaredValue {
  const { args, keywords, range } = call
  const { graph } = emitter
  const form = `${kind}(dst_worker_name, user_callable`
  if (args.length < 2 || args.length > 5) {
    const forms = [`${form}, args, kwargs, timeout)`, `${form}, args, kwargs)`, `${form}, args)`, `${form})`]
    const lines = [`Possible forms of call to ${kind}(..) are`, ...forms, `Now the number of arguments is ${args.length}`]
    fail('TSJ_ARGUMENTS', lines.join('\n'), range)
  }
  if (keywords.length > 0) fail('TSJ_ARGUMENTS', `${form}, args, kwargs)does not support kwargs yet`, range)
  const worker = emitExpression(emitter, args[0])
  const callable = emitSugared(emitter, args[1])
  if (!(callable instanceof FunctionValue)) {
    return fail('TSJ_TYPE', `user_callable should be a FunctionValue, it's now a ${callable.kind}`, range)
  }
  const [callee] = callable.callees
  const given: ActualArgument[] = args[2]
    ? emitSugared(emitter, args[2])
        .asTuple(emitter, args[2].range)
        .map((part) => ({ value: part.asValue(emitter, range), range: args[2].range }))
    : []
  const { name: calleeName, overload, args: formals, returns } = definedSchema(callee, range)
  // The callee's own defaults are the callee's business.
  const needed = formals.filter(({ hasUnknownDefault }, i) => i < given.length || !hasUnknownDefault)
  const { match } = matchSchemas([new FunctionSchema(calleeName, overload, needed, returns)], { args: given, kwargs: [] }, range)
  emitInputs(graph, match, range)
  const name = insertString(graph, callee.name, range)
  const inputs = [worker, name, ...args.slice(2).map((arg) => emitExpression(emitter, arg))]
  return new SimpleValue(graph.insert(`prim::${kind}`, inputs, [results[kind](match.returnTypes[0])], range).output)
}
