import { findSchema, type Node } from '@tsjit/ir'
import { type Operator, operatorByKey } from '@tsjit/ops'
import { checkOverlaps, checksOverlaps, Device, Dispatcher, type Kernel, Tensor, writeRules } from '@tsjit/runtime'
import { type FunctionSchema, RuntimeError, type Type } from '@tsjit/types'
import type { Builtin, Context } from './builtins/builtin.ts'
import { hostCall } from './builtins/calls.ts'
import { builtins, nodeBuiltins } from './builtins/index.ts'
import { type Conversion, edgesOf } from './signature.ts'

/** What a node does, resolved once: both gears run the same operations. */
export interface Operation {
  /** Operator key, or node kind. */
  readonly key: string
  /** Gets the converted inputs; returns one value, or an array where the node has several outputs (or none: anything). */
  readonly run: Builtin
  /** The same where the work can leave the event loop free. */
  readonly runAsync?: (signal: AbortSignal | undefined, args: unknown[]) => Promise<unknown>
  readonly inputs: readonly Conversion[]
  readonly outputs: readonly Conversion[]
  /** False where the operator goes to the dispatcher. */
  readonly isBuiltin: boolean
}

const nothing: readonly Conversion[] = []

/** Resolves a node that is not control flow. Never throws: what cannot run throws when it is reached. */
export function operationOf(node: Node, context: Context): Operation {
  if (node.hostCallee) return { key: node.kind, run: hostCall(node, context), inputs: nothing, outputs: nothing, isBuiltin: true }
  const schema = schemaOf(node)
  const key = schema?.key ?? node.kind
  const types = node.inputs.map((input) => input.type)
  const special = nodeBuiltins.get(key) ?? nodeBuiltins.get(node.kind)
  if (special) {
    const edges = schema && !node.kind.startsWith('prim::') ? edgesOf(node, schema) : undefined
    const seen = edges ? types.map((type, i) => bound(edges.formals[i]) ?? type) : types
    return {
      key,
      run: special(node, context, seen),
      inputs: trim(edges?.inputs),
      outputs: trim(edges?.outputs),
      isBuiltin: true,
    }
  }
  const plain = builtins.get(key)
  if (plain) {
    const edges = schema ? edgesOf(node, schema) : undefined
    return { key, run: plain, inputs: trim(edges?.inputs), outputs: trim(edges?.outputs), isBuiltin: true }
  }
  const operator = operatorByKey(key)
  if (!operator || !schema) {
    const run = (): never => {
      throw new RuntimeError('TSJ_UNKNOWN_OPERATOR', `no operator '${node.kind}' takes (${types.join(', ')})`)
    }
    return { key, run, inputs: nothing, outputs: nothing, isBuiltin: false }
  }
  const edges = edgesOf(node, schema)
  const run = checkedSite(operator, callSite(operator, context.dispatcher))
  return { key, run, inputs: trim(edges.inputs), outputs: trim(edges.outputs), isBuiltin: false }
}

export function schemaOf(node: Node): FunctionSchema | undefined {
  return node.schema ?? findSchema(node)
}

function bound(type: Type | undefined): Type | undefined {
  return type && type.kind !== 'Var' ? type : undefined
}

function trim(conversions: readonly Conversion[] | undefined): readonly Conversion[] {
  return conversions?.some(Boolean) ? conversions : nothing
}

/** The call behind the checks of what it writes. */
function checkedSite(operator: Operator, call: Builtin): Builtin {
  const rules = writeRules(operator)
  if (!checksOverlaps(rules)) return call
  return (...args) => {
    checkOverlaps(rules, args)
    return call(...args)
  }
}

/** A call of a dispatched operator that remembers the kernel of the device it last ran on. */
export function callSite(operator: Operator, dispatcher: Dispatcher): Builtin {
  const { args: formals } = operator.schema
  const single: number[] = []
  const lists: number[] = []
  formals.forEach(({ type }, i) => {
    const plain = type.kind === 'Optional' ? type.contained()[0] : type
    if (plain.kind === 'Tensor' || plain.kind === 'Device') single.push(i)
    else if (plain.kind === 'List') lists.push(i)
    else if (plain.kind === 'Var' || plain.kind === 'Any') single.push(i)
  })
  let deviceType = ''
  let kernel: Kernel | undefined
  const sameDevice = (value: unknown): boolean =>
    !(value instanceof Tensor) ? !(value instanceof Device) || value.type === deviceType : value.storage.device.type === deviceType
  return (...args) => {
    // a dispatcher that watches calls (the tracer's) sees every one
    if (kernel && dispatcher.callOperator === Dispatcher.prototype.callOperator) {
      let known = true
      let seen = false
      for (const i of single) {
        const value = args[i]
        if (value === null || value === undefined) continue
        seen = true
        if (!sameDevice(value)) known = false
      }
      for (const i of lists) {
        const list = args[i]
        if (!Array.isArray(list)) continue
        for (const value of list) {
          if (!(value instanceof Tensor)) continue
          seen = true
          if (value.storage.device.type !== deviceType) known = false
        }
      }
      if (known && (seen || deviceType === dispatcher.defaultDevice.type)) return kernel(dispatcher, ...args)
    }
    const result = dispatcher.callOperator(operator, args)
    const device = deviceOf(args) ?? dispatcher.defaultDevice
    if (kernel === undefined || device.type !== deviceType) {
      kernel = dispatcher.kernelFor(operator, device)
      deviceType = device.type
    }
    return result
  }
}

/** The device of the call where all its tensors agree. */
function deviceOf(args: readonly unknown[]): Device | undefined {
  let found: Device | undefined
  const see = (value: unknown): void => {
    const device = value instanceof Tensor ? value.device : value instanceof Device ? value : undefined
    if (device && (!found || (found.type === 'cpu' && device.type !== 'cpu'))) found = device
  }
  for (const arg of args) {
    if (Array.isArray(arg)) arg.forEach(see)
    else see(arg)
  }
  return found
}
