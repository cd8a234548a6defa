import type { GraphFunction } from '@tsjit/ir'
import { Boxed, Complex, Device, EnumValue, PackedParameters, ScriptObject, Tensor } from '@tsjit/runtime'
import { ArchiveError, BoolType, type ClassType, FloatType, IntType, TsjitError, type Type, typeEquals } from '@tsjit/types'
import { boundStateModel, isBoundClass } from '../archive/bound-state.ts'
import { annotationText, type TypeNamer } from '../code-printer/index.ts'
import { PyComplex, PyDict, PyFloat, PyGlobal, PyObject, PyReduce, PyTuple, TorchDevice, typedList, typeTagged } from '../pickle/index.ts'
import { packedState } from './packed-state.ts'
import type { StorageRecords } from './storage-records.ts'

/** Runs a method of an object: classes with `__getstate__` need it. */
export type CallMethod = (object: ScriptObject, method: string, args: unknown[]) => unknown

export interface ModelContext {
  readonly nameOf: TypeNamer
  readonly storages: StorageRecords
  readonly callMethod?: CallMethod | undefined
  /** An object of this class is saved. */
  noteClass(type: ClassType): void
}

/** Values nested deeper than this are refused. */
const maxDepth = 200

/** Says runtime values in the object model of pickles, as `torch.jit.save` writes them; a shared value becomes a shared object. */
export class ValueModels {
  private readonly objects = new Map<ScriptObject | PackedParameters, PyObject>()
  private readonly shared = new Map<object, { readonly type: Type; readonly model: unknown }[]>()
  private readonly open = new Set<object>()

  constructor(private readonly context: ModelContext) {}

  /** Throws TSJ_SAVE_VALUE, naming the place, for what archives cannot hold; TSJ_PICKLE_CYCLE, TSJ_PICKLE_DEPTH. */
  model(value: unknown, type: Type, at: string): unknown {
    if (value instanceof Boxed) return this.model(value.value, value.type, at)
    if (value === null || value === undefined) return null
    switch (type.kind) {
      case 'Optional':
        return this.model(value, type.contained()[0], at)
      case 'float':
        if (typeof value === 'number' || typeof value === 'bigint') return new PyFloat(Number(value))
        break
      case 'int':
      case 'bool':
      case 'str':
        if (typeof value !== 'object') return value
        break
      case 'List':
      case 'Tuple':
      case 'Dict':
        return this.container(value, type, at)
    }
    return this.selfDescribing(value, type, at)
  }

  private selfDescribing(value: unknown, type: Type, at: string): unknown {
    if (value instanceof Tensor) return this.context.storages.tensor(value)
    if (value instanceof ScriptObject) return this.object(value, at)
    if (value instanceof PackedParameters && type.kind === 'Class') return this.packed(value, this.global(type))
    if (value instanceof EnumValue) return this.enumMember(value, at)
    if (value instanceof Complex) return new PyComplex(value.re, value.im)
    if (value instanceof Device) return new TorchDevice(value.type, value.index)
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value
    if (typeof value === 'number') return Number.isInteger(value) ? value : new PyFloat(value)
    throw new ArchiveError('TSJ_SAVE_VALUE', `${at} holds a value of type '${type.annotation()}', which TorchScript archives cannot hold`, {
      hint: 'set it to None, or give its class __getstate__ and __setstate__ that leave it out',
    })
  }

  private enumMember({ type, value }: EnumValue, at: string): PyReduce {
    return new PyReduce(this.global(type), this.model(value, type.valueType, at))
  }

  private packed(weights: PackedParameters, className: PyGlobal): PyObject {
    const known = this.objects.get(weights)
    if (known) return known
    const model = new PyObject(className)
    model.state = packedState(weights, this.context.storages)
    this.objects.set(weights, model)
    return model
  }

  private global(type: Type): PyGlobal {
    const name = this.context.nameOf(type)
    const dot = name.lastIndexOf('.')
    return new PyGlobal(name.slice(0, Math.max(0, dot)), name.slice(dot + 1))
  }

  private container(value: unknown, type: Type, at: string): unknown {
    if (typeof value !== 'object' || value === null || (type.kind === 'Dict' ? !(value instanceof Map) : !Array.isArray(value))) {
      throw new ArchiveError('TSJ_SAVE_VALUE', `expected a value of type '${type.annotation()}' in ${at}, found ${typeof value}`)
    }
    const known = this.shared.get(value) ?? []
    const found = known.find((entry) => typeEquals(entry.type, type))
    if (found) return found.model
    const model = this.inside(value, at, () => this.containerModel(value as readonly unknown[] | Map<unknown, unknown>, type, at))
    this.shared.set(value, [...known, { type, model }])
    return model
  }

  private containerModel(value: readonly unknown[] | Map<unknown, unknown>, type: Type, at: string): unknown {
    const parts = type.contained()
    const tagged = (model: unknown[] | PyDict): PyReduce => typeTagged(model, annotationText(type, this.context.nameOf))
    if (value instanceof Map) {
      return tagged(
        new PyDict([...value].map(([k, v]) => [this.model(k, parts[0], `a key of ${at}`), this.model(v, parts[1], `${at}[${String(k)}]`)])),
      )
    }
    if (type.kind === 'Tuple') return new PyTuple(value.map((item, i) => this.model(item, parts[i], `${at}[${i}]`)))
    const items = value.map((item, i) => this.model(item, parts[0], `${at}[${i}]`))
    switch (parts[0].kind) {
      case IntType.kind:
        return typedList('int', items)
      case FloatType.kind:
        return typedList('double', items)
      case BoolType.kind:
        return typedList('bool', items)
      case 'Tensor':
        return typedList('tensor', items)
      default:
        return tagged(items)
    }
  }

  private object(object: ScriptObject, at: string): PyObject {
    const known = this.objects.get(object)
    if (known) return known
    const { type } = object
    if (isBoundClass(type.name)) return this.boundObject(object, at)
    this.context.noteClass(type)
    const model = new PyObject(this.global(type))
    model.state = this.inside(object, at, () => this.state(object, at))
    this.objects.set(object, model)
    return model
  }

  /** An object of a C++ class: as it was loaded. */
  private boundObject(object: ScriptObject, at: string): PyObject {
    this.context.noteClass(object.type)
    const kept = this.inside(object, at, () =>
      boundStateModel(object, {
        tensor: (tensor) => this.context.storages.tensor(tensor),
        object: (inner, type) => {
          this.context.noteClass(type)
          return inner instanceof ScriptObject ? this.object(inner, at) : this.packed(inner, this.global(type))
        },
      }),
    )
    if (!kept)
      throw new ArchiveError('TSJ_SAVE_VALUE', `${at} holds an object of the C++ class '${object.type.name}', which cannot be saved`)
    const model = new PyObject(this.global(object.type))
    model.state = kept.state
    this.objects.set(object, model)
    return model
  }

  private state(object: ScriptObject, at: string): unknown {
    const { type } = object
    const getState = type.methods.get('__getstate__') as GraphFunction | undefined
    if (getState && type.methods.has('__setstate__')) {
      if (!this.context.callMethod) {
        throw new TsjitError(
          'TSJ_SAVE_GETSTATE',
          `${at} must be asked for its state by '${type.name}.__getstate__', but no way to call methods was given`,
          {
            hint: 'give the option callMethod',
          },
        )
      }
      // The result's type may only be known once the body is compiled.
      void getState.graph
      return this.model(this.context.callMethod(object, '__getstate__', []), getState.schema.returns[0].type, `the state of ${at}`)
    }
    return new PyDict(
      type.attributes.map(({ name, type: attributeType }, slot) => [
        name,
        this.model(object.slots[slot], attributeType, at ? `${at}.${name}` : name),
      ]),
    )
  }

  private inside<T>(value: object, at: string, make: () => T): T {
    if (this.open.has(value)) {
      throw new ArchiveError('TSJ_PICKLE_CYCLE', `${at} contains itself`, { hint: 'TorchScript archives cannot hold cycles' })
    }
    if (this.open.size > maxDepth) throw new ArchiveError('TSJ_PICKLE_DEPTH', `values are nested deeper than ${maxDepth} at ${at}`)
    this.open.add(value)
    const model = make()
    this.open.delete(value)
    return model
  }
}
