import type { GraphFunction, Node } from '@tsjit/ir'
import { coercion, ScriptFuture, type ScriptObject } from '@tsjit/runtime'
import type { Callable, ClassType, FunctionType, Type } from '@tsjit/types'
import type { Builtin, Context, NodeBuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'

/** Calls `callee` on values of the given static types: converts arguments and result at the edge. */
function caller(callee: Callable, types: readonly Type[], resultType: Type | undefined, context: Context): Builtin {
  // A function of the host's language has a schema and no graph.
  if ('host' in callee) {
    const { host, schema } = callee as Callable & { readonly host: Builtin }
    const inputs = types.map((type, i) => schema.args[i] && coercion(type, schema.args[i].type))
    const output = resultType && coercion(schema.returns[0].type, resultType)
    return (...args) => {
      const result = host(...args.map((arg, i) => (inputs[i] ? inputs[i](arg) : arg)))
      return output ? output(result) : result
    }
  }
  const fn = callee as GraphFunction
  const run = context.prepare(fn, fn.name)
  let edges: { inputs: (((value: unknown) => unknown) | undefined)[]; output: ((value: unknown) => unknown) | undefined } | undefined
  return (...args) => {
    // the callee's graph is compiled on the first call, not before
    edges ??= {
      inputs: types.map((type, i) => (fn.graph.inputs[i] ? coercion(type, fn.graph.inputs[i].type) : undefined)),
      output: resultType && fn.graph.outputs[0] && coercion(fn.graph.outputs[0].type, resultType),
    }
    for (let i = 0; i < args.length; i++) if (edges.inputs[i]) args[i] = edges.inputs[i]!(args[i])
    const result = run(args)
    return edges.output ? edges.output(result) : result
  }
}

function methodCaller(name: string, types: readonly Type[], resultType: Type | undefined, context: Context): Builtin {
  // one entry a class that comes along; a static class has one
  const callers = new Map<ClassType, Builtin>()
  return (object: ScriptObject, ...rest) => {
    let call = callers.get(object.type)
    if (!call) {
      const method = object.type.methods.get(name)
      if (!method) throw failure('TSJ_NO_METHOD', `'${object.type.name}' object has no method '${name}'`, 'AttributeError')
      callers.set(object.type, (call = caller(method, [object.type, ...types.slice(1)], resultType, context)))
    }
    return call(object, ...rest)
  }
}

/** A future whose work is done at once; what the work throws, `wait` throws. */
function startFuture(work: () => unknown): ScriptFuture {
  const future = new ScriptFuture(work)
  try {
    future.wait()
  } catch {
    // kept by the future
  }
  return future
}

/** `^f[]()`: a function of the host's where Python's own would run. */
export function hostCall({ hostCallee, inputs, outputs }: Node, context: Context): Builtin {
  const types = inputs.map(({ type }) => type)
  return caller(hostCallee!, types, outputs[0]?.type, context)
}

export const calls: NodeBuiltinTable = {
  'prim::CallFunction': (node, context, types) => {
    const { callee } = node.inputs[0].type as FunctionType
    const call = caller(callee, types.slice(1), node.outputs[0]?.type, context)
    return (_function: unknown, ...args) => call(...args)
  },
  'prim::CallMethod': (node, context, types) => methodCaller(node.attribute('name', 's')!, types, node.outputs[0]?.type, context),
  'prim::fork': (node, context, types) => {
    const body = node.attribute('Subgraph', 'g')
    if (body) {
      const run = context.prepare(body, 'fork')
      return (...args) => startFuture(() => run(args))
    }
    const element = node.outputs[0]?.type.contained()[0]
    if (types[0]?.kind === 'Function') {
      const call = caller((types[0] as FunctionType).callee, types.slice(1), element, context)
      return (_function: unknown, ...args) => startFuture(() => call(...args))
    }
    throw failure('TSJ_FORK', 'prim::fork has neither a subgraph nor a function')
  },
  'prim::awaitable': (node, context) => {
    const body = node.attribute('Subgraph', 'g')
    if (!body) throw failure('TSJ_FORK', 'prim::awaitable has no subgraph')
    const run = context.prepare(body, 'awaitable')
    return (...args) => new ScriptFuture(() => run(args))
  },
  'aten::wait': waitFor,
  'prim::awaitable_wait': waitFor,
  'prim::awaitable_nowait': () => (value: unknown) => ScriptFuture.completed(value),
  'prim::Enter': (node, context, types) => methodCaller('__enter__', types, node.outputs[0]?.type, context),
  'prim::Exit': (node, context, types) => {
    const call = methodCaller('__exit__', [...types, types[0], types[0], types[0]].slice(0, 1), node.outputs[0]?.type, context)
    return (object: ScriptObject) => call(object, null, null, null)
  },
}

function waitFor(node: import('@tsjit/ir').Node, _context: Context, [type]: readonly Type[]): Builtin {
  const element = type.contained()[0]
  const convert = element && coercion(element, node.output.type)
  return (future: ScriptFuture) => {
    const value = future.wait()
    return convert ? convert(value) : value
  }
}

/** What an exception does to the objects of the `with` statements it leaves: their `__exit__` runs, and what it throws is dropped. */
export function leaveContexts(entered: ScriptObject[], context: Context): void {
  while (entered.length > 0) {
    const object = entered.pop()!
    const exit = object.type.methods.get('__exit__')
    if (!exit) continue
    try {
      context.call(exit, [object, null, null, null])
    } catch {
      // the first error wins
    }
  }
}
