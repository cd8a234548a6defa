import type { SourceRange } from '@tsjit/types'
import { type ClassMember, findMember } from '../modules/class-members.ts'
import { ModuleInstance } from '../modules/module-instance.ts'
import { PythonClass } from '../python-class.ts'
import { PythonObject } from '../python-object.ts'
import { methodOf } from './container-methods.ts'
import { pythonAttribute } from './global-values.ts'
import type { Interpreter } from './interpreter.ts'
import { moduleMethod, setModuleAttribute } from './module-methods.ts'
import { raise, refuse } from './python-error.ts'
import { typeNameOf } from './text.ts'
import { PyAnnotation, PyBuiltin, PyConstant, PyDict, PyFunction, PyInstance, PyMethod, PySlice, PySuper, PyTuple } from './values.ts'

const noKeywords = new Map<string, unknown>()

/** An attribute, or undefined where there is none. */
export function attributeOf(interpreter: Interpreter, value: unknown, name: string, range: SourceRange | undefined): unknown {
  const { host } = interpreter
  if (value instanceof ModuleInstance) {
    if (name === '__class__') return value.cls
    if (name === '__dict__') return new PyDict(value.attributes)
    if (value.has(name)) return value.get(name)
    return classAttribute(interpreter, value.cls, name, value) ?? moduleMethod(interpreter, value, name)
  }
  if (value instanceof PyConstant && (value.typeName === 'finfo' || value.typeName === 'iinfo')) {
    return (value.value as Readonly<Record<string, unknown>>)[name]
  }
  if (value instanceof PySuper) {
    const { self, owner } = value
    if (!(self instanceof ModuleInstance || self instanceof PyInstance)) return undefined
    const member = findMember(self.cls, name, owner)
    if (member) return bind(interpreter, member, self, self.cls)
    if (self instanceof ModuleInstance) return moduleMethod(interpreter, self, name)
    return name === '__init__' ? interpreter.plainInit(self, owner) : undefined
  }
  if (value instanceof PyInstance) {
    if (name === '__class__') return value.cls
    if (name === '__dict__') return new PyDict(value.attributes)
    return value.attributes.has(name) ? value.attributes.get(name) : classAttribute(interpreter, value.cls, name, value)
  }
  if (value instanceof PythonClass) {
    if (name === '__name__' || name === '__qualname__') return value.name
    if (name === '__module__') return value.module.name
    if (value.kind === 'enum' && findMember(value, name)?.kind === 'value') return value.attr(name)
    return (
      classAttribute(interpreter, value, name, undefined) ?? (value.kind === 'module' ? unboundModuleMethod(interpreter, name) : undefined)
    )
  }
  if (value instanceof PythonObject) return pythonAttribute(interpreter, value, name, range)
  if (value instanceof PyFunction) return name === '__name__' ? value.name : undefined
  if (value instanceof PyMethod) return name === '__name__' ? value.fn.name : name === '__func__' ? value.fn : undefined
  if (value instanceof PyBuiltin) return name === '__name__' ? value.name : undefined
  if (value instanceof PyTuple && value.fields?.includes(name)) return value.items[value.fields.indexOf(name)]
  if (value instanceof PyConstant && value.typeName === 'device' && name === 'type') return String(value.value).split(':')[0]
  if (host.isTensor(value)) {
    const property = host.tensorProperty(value, name)
    if (property !== undefined) return property
    return host.hasTensorMethod(name)
      ? new PyBuiltin(name, (args, keywords) => host.callOperator(name, [value, ...args], keywords))
      : undefined
  }
  return methodOf(interpreter, value, name)
}

/** `nn.Module.forward` and its like, called with the module as first argument. */
function unboundModuleMethod(interpreter: Interpreter, name: string): unknown {
  return new PyBuiltin(name, ([self, ...args], keywords) => {
    const method = self instanceof ModuleInstance ? moduleMethod(interpreter, self, name) : undefined
    return method === undefined ? raise('AttributeError', name) : interpreter.call(method, args, keywords)
  })
}

const values = new WeakMap<PythonClass, Map<string, unknown>>()

function classAttribute(interpreter: Interpreter, cls: PythonClass, name: string, self: unknown): unknown {
  const member = findMember(cls, name)
  return member && bind(interpreter, member, self, cls)
}

function bind(interpreter: Interpreter, member: ClassMember, self: unknown, cls: PythonClass): unknown {
  const { owner, def, expression, kind, name } = member
  const frame = { module: owner.module, variables: undefined, classBody: owner }
  if (expression) {
    let known = values.get(owner)
    if (!known) values.set(owner, (known = new Map()))
    if (!known.has(name)) known.set(name, interpreter.evaluate(expression, frame))
    return known.get(name)
  }
  const fn = interpreter.makeFunction(def!, frame, def!.name)
  switch (kind) {
    case 'static':
      return fn
    case 'class':
      return new PyMethod(cls, fn)
    case 'property':
      return self === undefined ? fn : interpreter.call(fn, [self])
    default:
      return self === undefined ? fn : new PyMethod(self, fn)
  }
}

export function setAttributeOf(interpreter: Interpreter, value: unknown, name: string, to: unknown, range: SourceRange | undefined): void {
  if (value instanceof ModuleInstance || value instanceof PyInstance) {
    const member = findMember(value.cls, name)
    if (member?.kind === 'property') {
      if (!member.setter) raise('AttributeError', `property '${name}' of '${value.cls.name}' object has no setter`, range)
      const fn = interpreter.makeFunction(
        member.setter!,
        { module: member.owner.module, variables: undefined, classBody: member.owner },
        name,
      )
      interpreter.call(fn, [value, to], noKeywords, range)
      return
    }
    if (value instanceof ModuleInstance) setModuleAttribute(interpreter, value, name, to, range)
    else value.attributes.set(name, to)
    return
  }
  if (value instanceof PythonClass) {
    let known = values.get(value)
    if (!known) values.set(value, (known = new Map()))
    known.set(name, to)
    return
  }
  if (interpreter.host.isTensor(value) && interpreter.host.setTensorProperty(value, name, to)) return
  refuse(`setting attribute '${name}' of a value of type '${typeNameOf(value)}'`, range)
}

/** The elements that an index or a slice names. Throws Python's IndexError. */
function at(items: readonly unknown[], index: unknown, what: string, range: SourceRange): number {
  if (typeof index !== 'bigint' && typeof index !== 'boolean')
    raise('TypeError', `${what} indices must be integers or slices, not ${typeNameOf(index)}`, range)
  const place = Number(index) < 0 ? items.length + Number(index) : Number(index)
  if (place < 0 || place >= items.length) raise('IndexError', `${what} index out of range`, range)
  return place
}

export function sliceOf<T>(items: readonly T[], slice: PySlice): T[] {
  const step = slice.step === null ? 1 : Number(slice.step)
  const { length } = items
  const clamp = (value: unknown, fallback: number): number => {
    if (value === null) return fallback
    const place = Number(value) < 0 ? Number(value) + length : Number(value)
    return step > 0 ? Math.min(Math.max(place, 0), length) : Math.min(Math.max(place, -1), length - 1)
  }
  const start = clamp(slice.start, step > 0 ? 0 : length - 1)
  const stop = clamp(slice.stop, step > 0 ? length : -1)
  const result: T[] = []
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) result.push(items[i])
  return result
}

export function getItem(
  interpreter: Interpreter,
  object: unknown,
  indices: readonly unknown[],
  isTuple: boolean,
  range: SourceRange,
): unknown {
  const { host } = interpreter
  if (host.isTensor(object)) return host.getItem(object, indices)
  const index = isTuple ? new PyTuple(indices) : indices[0]
  if (Array.isArray(object)) return index instanceof PySlice ? sliceOf(object, index) : object[at(object, index, 'list', range)]
  if (object instanceof PyTuple) {
    return index instanceof PySlice ? new PyTuple(sliceOf(object.items, index)) : object.items[at(object.items, index, 'tuple', range)]
  }
  if (typeof object === 'string') {
    return index instanceof PySlice ? sliceOf([...object], index).join('') : object[at([...object], index, 'string', range)]
  }
  if (object instanceof PyDict) {
    if (object.has(index)) return object.get(index)
    if (object.makeDefault) {
      const made = object.makeDefault()
      object.set(index, made)
      return made
    }
    return raise('KeyError', typeof index === 'string' ? `'${index}'` : String(index), range)
  }
  if (object instanceof ModuleInstance || object instanceof PyInstance) {
    const method = attributeOf(interpreter, object, '__getitem__', range)
    if (method !== undefined) return interpreter.call(method, [index], noKeywords, range)
  }
  // `List[int]`, `Dict[str, nn.Module]`: types, which only annotations need.
  if (object instanceof PythonObject || object instanceof PyBuiltin || object instanceof PythonClass || object instanceof PyAnnotation)
    return object
  return raise('TypeError', `'${typeNameOf(object)}' object is not subscriptable`, range)
}

export function setItem(
  interpreter: Interpreter,
  object: unknown,
  indices: readonly unknown[],
  isTuple: boolean,
  value: unknown,
  range: SourceRange,
): void {
  const index = isTuple ? new PyTuple(indices) : indices[0]
  if (interpreter.host.isTensor(object)) interpreter.host.setItem(object, indices, value)
  else if (Array.isArray(object)) {
    if (index instanceof PySlice) refuse('assignment to a slice of a list', range)
    object[at(object, index, 'list', range)] = value
  } else if (object instanceof PyDict) object.set(index, value)
  else {
    const method = attributeOf(interpreter, object, '__setitem__', range)
    if (method === undefined) raise('TypeError', `'${typeNameOf(object)}' object does not support item assignment`, range)
    interpreter.call(method, [index, value], noKeywords, range)
  }
}
