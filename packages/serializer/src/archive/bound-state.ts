import { type PackedParameters, type ScriptObject, Tensor } from '@tsjit/runtime'
import type { ClassType } from '@tsjit/types'
import { PyDict, PyObject, type PyReduce, PyTuple, TensorDescriptor, typedList, typeTagged, typeTagOf } from '../pickle/index.ts'

/** The states of objects whose classes C++ extensions bind: kept as they came, so that they can be saved again. */
const states = new WeakMap<ScriptObject, { readonly state: unknown }>()

/** Whether a class has no code in archives. */
export function isBoundClass(name: string): boolean {
  return name.startsWith('__torch__.torch.classes.')
}

/** Keeps the state of an object, with its tensors and objects made. */
export function keepBoundState(
  object: ScriptObject,
  state: unknown,
  make: {
    tensor(descriptor: TensorDescriptor): Tensor
    object(pickled: PyObject): ScriptObject | PackedParameters
    type(pickled: PyObject): ClassType
  },
): void {
  const kept = (value: unknown): unknown => {
    if (value instanceof TensorDescriptor) return make.tensor(value)
    if (value instanceof PyObject) return new Held(make.object(value), make.type(value))
    if (value instanceof PyTuple) return new PyTuple(value.items.map(kept))
    if (value instanceof PyDict) return new Tagged(new PyDict([...value].map(([key, item]) => [kept(key), kept(item)])), typeTagOf(value))
    if (Array.isArray(value)) return new Tagged(value.map(kept), typeTagOf(value))
    return value
  }
  states.set(object, { state: kept(state) })
}

/** An object with its class, which packed weights do not know. */
class Held {
  constructor(
    readonly object: ScriptObject | PackedParameters,
    readonly type: ClassType,
  ) {}
}

/** A list or dict with the annotation that the pickle gave it. */
class Tagged {
  constructor(
    readonly value: readonly unknown[] | PyDict,
    readonly annotation: string | undefined,
  ) {}
}

const typedLists = { 'List[int]': 'int', 'List[float]': 'double', 'List[bool]': 'bool', 'List[Tensor]': 'tensor' } as const

/** The kept state of an object in the object model of pickles; undefined where there is none. */
export function boundStateModel(
  object: ScriptObject,
  model: { tensor(tensor: Tensor): PyReduce; object(object: ScriptObject | PackedParameters, type: ClassType): PyObject },
): { readonly state: unknown } | undefined {
  const kept = states.get(object)
  const say = (value: unknown): unknown => {
    if (value instanceof Tensor) return model.tensor(value)
    if (value instanceof Held) return model.object(value.object, value.type)
    if (value instanceof PyTuple) return new PyTuple(value.items.map(say))
    if (!(value instanceof Tagged)) return value
    const { annotation } = value
    if (value.value instanceof PyDict) {
      const dict = new PyDict([...value.value].map(([key, item]) => [say(key), say(item)]))
      return annotation === undefined ? dict : typeTagged(dict, annotation)
    }
    const items = value.value.map(say)
    if (annotation === undefined) return items
    return Object.hasOwn(typedLists, annotation)
      ? typedList(typedLists[annotation as keyof typeof typedLists], items)
      : typeTagged(items, annotation)
  }
  return kept && { state: say(kept.state) }
}
