/** Script functions and modules that a traced program calls: the call is recorded, and what happens inside is theirs. */
import type { GraphFunction, Value } from '@tsjit/ir'
import { NumberOfTensor, ScriptObject, Tensor } from '@tsjit/runtime'
import { bindResult, Recorder, TracedSize } from '@tsjit/tracer'
import { type Argument, FunctionType, RuntimeError, type Type } from '@tsjit/types'

/**
 * Runs `run`, and records the call where a program is being traced. `args` are runtime values for the schema's arguments; sizes of traced tensors may
 * stand for ints (`plainSizes`).
 */
export function recordingCall<T>(fn: GraphFunction, self: ScriptObject | undefined, args: readonly unknown[], run: () => T): T {
  const recorder = Recorder.active
  if (!recorder) return run()
  const call = new CallRecord(recorder)
  const formals = fn.schema.args.slice(self ? 1 : 0)
  const inputs = args.map((value, i) => call.value(value, formals[i].type))
  const type = fn.schema.returns[0].type
  let output: Value
  if (self) {
    const name = fn.name.slice(fn.name.lastIndexOf('.') + 1)
    const node = recorder.insert('prim::CallMethod', [call.object(self), ...inputs], [type])
    node.setAttribute('name', { kind: 's', value: name })
    output = node.output
  } else {
    const callee = recorder.insert('prim::Constant', [], [new FunctionType(fn)])
    callee.setAttribute('name', { kind: 's', value: fn.name.slice(fn.name.lastIndexOf('.') + 1) })
    output = recorder.insert('prim::CallFunction', [callee.output, ...inputs], [type]).output
  }
  const result = recorder.pause(run)
  bindResult(
    recorder,
    output,
    result,
    [...args, self].some((item) => call.requiresGrad(item)),
  )
  return result
}

class CallRecord {
  constructor(private readonly recorder: Recorder) {}

  /** Whether a tensor that takes part requires a gradient. */
  requiresGrad(item: unknown): boolean {
    return item instanceof ScriptObject ? item.slots.some((slot) => this.requiresGrad(slot)) : this.recorder.anyRequiresGrad(item)
  }
  object(object: ScriptObject): Value {
    const value = this.recorder.valueOf(object)
    if (value) return value
    throw new RuntimeError(
      'TSJ_TRACE_MODULE',
      `Tried to trace ${object.type.name} but it is not part of the active trace. Modules that are called during a trace must be registered as submodules of the thing being traced.`,
      { hint: 'make it a field of the module that is traced' },
    )
  }
  value(item: unknown, type: Type): Value {
    if (item instanceof NumberOfTensor) return this.recorder.numberValue(item.tensor, type)
    if (item instanceof Tensor) return this.recorder.tensorValue(item)
    if (item instanceof ScriptObject) return this.object(item)
    if (item !== null && type.kind === 'Optional') return this.value(item, type.contained()[0])
    if (Array.isArray(item) && type.kind === 'Tuple') {
      const types = type.contained()
      return this.recorder.insert(
        'prim::TupleConstruct',
        item.map((element, i) => this.value(element, types[i])),
        [type],
      ).output
    }
    if (Array.isArray(item) && type.kind === 'List')
      return this.recorder.insert(
        'prim::ListConstruct',
        item.map((element) => this.value(element, type.contained()[0])),
        [type],
      ).output
    if (item instanceof Map && type.kind === 'Dict') {
      const [key, element] = type.contained()
      const parts = [...item].flatMap(([k, v]) => [this.value(k, key), this.value(v, element)])
      return this.recorder.insert('prim::DictConstruct', parts, [type]).output
    }
    return this.recorder.constant(item, type)
  }
}

/** Sizes of traced tensors as the ints that a script function takes: as they are recorded, and as plain numbers. */
export function traceableSizes(
  formals: readonly Argument[],
  args: readonly unknown[],
): { plain: unknown[]; sizes: Map<number, NumberOfTensor> } {
  const sizes = new Map<number, NumberOfTensor>()
  const plain = args.map((value, i) => {
    if (!(value instanceof TracedSize) || formals[i]?.type.kind !== 'int') return value
    const number = Recorder.active?.pause(() => value.valueOf()) ?? value.valueOf()
    sizes.set(i, new NumberOfTensor(value, number))
    return number
  })
  return { plain, sizes }
}
