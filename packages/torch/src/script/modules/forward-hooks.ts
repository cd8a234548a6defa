import type { GraphFunction } from '@tsjit/ir'
import type { ScriptModule } from '../../script-module.ts'
import { fromUser, toUser } from '../../user-values.ts'

/** `forward` with the hooks that the module was compiled with, as PyTorch's `module(x)`. */
export function callWithHooks(module: ScriptModule, args: readonly unknown[]): any {
  const { forwardPreHooks, forwardHooks } = module.object.type
  if (forwardPreHooks.length + forwardHooks.length === 0) return module.call('forward', ...args)
  const input = runPreHooks(module, args)
  return runHooks(module, input, module.call('forward', ...input))
}

function run(module: ScriptModule, hook: GraphFunction, values: readonly unknown[]): unknown {
  const formals = hook.schema.args.slice(1)
  const given = formals.map(({ name, type }, i) => fromUser(values[i], type, `argument '${name}' of hook '${hook.name}'`))
  return toUser(module.runtime.executor.compile(hook, hook.name, { self: module.object }).run([module.object, ...given]))
}

/** The arguments as the pre-hooks leave them. */
export function runPreHooks(module: ScriptModule, args: readonly unknown[]): readonly unknown[] {
  let input = args
  for (const hook of module.object.type.forwardPreHooks as GraphFunction[]) {
    const result = run(module, hook, [input])
    const kind = hook.schema.returns[0]?.type.kind
    if (kind !== 'None') input = kind === 'Tuple' ? (result as unknown[]) : [result]
  }
  return input
}

/** The output as the hooks leave it. */
export function runHooks(module: ScriptModule, input: readonly unknown[], output: unknown): unknown {
  let result = output
  for (const hook of module.object.type.forwardHooks as GraphFunction[]) {
    const changed = run(module, hook, [input, result])
    if (hook.schema.returns[0]?.type.kind !== 'None') result = changed
  }
  return result
}
