import type { Graph, Value } from '@tsjit/ir'
import { ScriptFuture, ScriptObject, Tensor } from '@tsjit/runtime'
import { DictType, ListType, RuntimeError, StringType, TensorT, TupleType, type Type } from '@tsjit/types'
import type { Recorder } from './recorder.ts'
import { asList, dictEntries, isMarkedList, tracedType } from './structure.ts'
import { concerns } from './tracer-warning.ts'

export interface Program {
  /** Runs the program on what stands for the example inputs. */
  readonly run: (inputs: readonly unknown[]) => unknown
  readonly inputs: readonly unknown[]
  readonly names: readonly string[]
  /** The module whose method the program is. */
  readonly self?: ScriptObject
  /** Lists and dicts among the results are warned of and refused. */
  readonly strict: boolean
}

/** The graph of everything that the program does with its inputs; modules that it calls are blocks in it. Throws what the program throws, TSJ_TRACE_*. */
export function recordProgram(recorder: Recorder, program: Program): { graph: Graph; result: unknown } {
  const { graph } = recorder
  const types = program.inputs.map((input, i) => tracedType(input, `argument ${i + 1}`))
  recorder.start()
  try {
    if (program.self) {
      const self = graph.addInput('self', program.self.type)
      bindAttributes(recorder, self, program.self, '__module')
    }
    const inputs = program.inputs.map((input, i) => {
      const value = graph.addInput(program.names[i] ?? '', types[i])
      return bindInput(recorder, value, input)
    })
    const result = program.run(inputs)
    if (result === undefined || result === null) {
      throw new RuntimeError(
        'TSJ_TRACE_RESULT',
        "The traced function didn't return any values! Side-effects are not captured in traces, so it would be a no-op.",
      )
    }
    graph.registerOutput(outputValue(recorder, result, program.strict, 1))
    return { graph, result }
  } finally {
    recorder.stop()
  }
}

/** Attributes are nodes that say where in the module they stand, until `methodsFromScopes` knows who reads them. */
function bindAttributes(recorder: Recorder, self: Value, object: ScriptObject, path: string): void {
  recorder.setValue(object, self)
  for (const [slot, { name, type }] of object.type.attributes.entries()) {
    const item = object.slots[slot]
    const isModule = item instanceof ScriptObject && item.type.isModule
    if (!isModule && !(item instanceof Tensor) && !(item instanceof ScriptObject)) continue
    const at = `${path}.${name}`
    const shown = item instanceof Tensor ? recorder.typeOf(item) : type
    const node = recorder.graph.insert('prim::TracedAttr', [], [shown]).setAttribute('scope', { kind: 's', value: at })
    // A parameter with several names goes by its first. PyTorch makes a view for each other one, which is dead code.
    const first = item instanceof Tensor ? recorder.valueOf(item) : undefined
    if (first) recorder.insert('aten::alias', [first])
    else if (item instanceof Tensor) recorder.setValue(item, node.output)
    else if (isModule) bindAttributes(recorder, node.output, item, at)
    else if (item instanceof ScriptObject) recorder.setValue(item, node.output)
  }
}

function bindInput(recorder: Recorder, value: Value, item: unknown): unknown {
  if (item instanceof Tensor) {
    // the same tensor twice is two inputs
    const own = recorder.hasValue(item) ? alias(recorder, item) : item
    value.setType(recorder.typeOf(own))
    recorder.setValue(own, value)
    return own
  }
  if (Array.isArray(item)) {
    const list = isMarkedList(item)
    const unpack = recorder.insert(list ? 'prim::ListUnpack' : 'prim::TupleUnpack', [value], elementTypes(value.type, item.length))
    const items = item.map((element, i) => bindInput(recorder, unpack.outputs[i], element))
    return list ? asList(items) : items
  }
  const [, element] = value.type.contained()
  const bound = dictEntries(item)!.map(([key, entry]): [unknown, unknown] => {
    const name = recorder.graph.insertConstant(StringType, { kind: 's', value: String(key) })
    return [key, bindInput(recorder, recorder.insert('aten::__getitem__', [value, name], [element]).output, entry)]
  })
  return item instanceof Map ? new Map(bound) : Object.fromEntries(bound as [string, unknown][])
}

function elementTypes(type: Type, count: number): Type[] {
  return type.kind === 'Tuple' ? [...type.contained()] : new Array<Type>(count).fill(type.contained()[0])
}

function alias(recorder: Recorder, tensor: Tensor): Tensor {
  return recorder.pause(() => {
    const other = new Tensor(tensor.storage, tensor.dtype, tensor.shape, tensor.strides, tensor.offset)
    other.requiresGrad = tensor.requiresGrad
    return other
  })
}

export function outputValue(recorder: Recorder, item: unknown, strict: boolean, index: number): Value {
  if (item instanceof Tensor) {
    const value = recorder.valueOf(item)
    if (value) return value
    throw new RuntimeError(
      'TSJ_TRACE_RESULT',
      `output ${index} (${recorder.pause(() => `a ${item.dtype} tensor of shape [${item.shape.join(', ')}]`)}) of traced region did not have observable data dependence with trace inputs; this probably indicates your program cannot be understood by the tracer.`,
    )
  }
  if (item instanceof ScriptFuture || item instanceof ScriptObject) {
    const value = recorder.valueOf(item)
    if (value) return value
  }
  if (Array.isArray(item)) {
    const list = isMarkedList(item)
    if (list && strict) recorder.warn('container', concerns.container('list'))
    const values = item.map((element) => outputValue(recorder, element, strict, index))
    return list
      ? recorder.insert('prim::ListConstruct', values, [new ListType(TensorT)]).output
      : recorder.insert('prim::TupleConstruct', values, [new TupleType(values.map(({ type }) => type))]).output
  }
  const entries = dictEntries(item)
  if (entries) {
    if (strict) throw new RuntimeError('TSJ_TRACE_RESULT', concerns.container('dict'), { hint: 'pass { strict: false }' })
    const values = entries.flatMap(([key, element]) => [
      recorder.graph.insertConstant(StringType, { kind: 's', value: String(key) }),
      outputValue(recorder, element, strict, index),
    ])
    return recorder.insert('prim::DictConstruct', values, [new DictType(StringType, TensorT)]).output
  }
  throw new RuntimeError(
    'TSJ_TRACE_RESULT',
    'Only tensors, lists, tuples of tensors, or dictionary of tensors can be output from traced functions',
    { hint: `output ${index} is ${item === null ? 'null' : typeof item}` },
  )
}

/** What a script function gave back is known as `value` from now on. `requiresGrad`: whether a gradient can flow into it. */
export function bindResult(recorder: Recorder, value: Value, item: unknown, requiresGrad: boolean): void {
  if (item instanceof Tensor) recorder.bindTensor(value, item, requiresGrad)
  else if (item instanceof ScriptObject || item instanceof ScriptFuture) recorder.setValue(item, value)
  else if (Array.isArray(item) && (value.type.kind === 'Tuple' || value.type.kind === 'List')) {
    if (!holdsTensors(value.type)) return
    const unpack = recorder.insert(
      value.type.kind === 'Tuple' ? 'prim::TupleUnpack' : 'prim::ListUnpack',
      [value],
      elementTypes(value.type, item.length),
    )
    for (const [i, element] of item.entries()) bindResult(recorder, unpack.outputs[i], element, requiresGrad)
  } else if (item instanceof Map && value.type.kind === 'Dict' && value.type.contained()[1].kind === 'Tensor') {
    const values = recorder.insert('aten::values', [value], [new ListType(TensorT)])
    const unpack = recorder.insert('prim::ListUnpack', [values.output], item.size)
    for (const [i, element] of [...item.values()].entries()) bindResult(recorder, unpack.outputs[i], element, requiresGrad)
  }
}

function holdsTensors(type: Type): boolean {
  return type.kind === 'Tensor' || type.contained().some(holdsTensors)
}
