import type { Value } from '@tsjit/ir'
import {
  type ClassType,
  type EnumType,
  type InterfaceType,
  isSubtype,
  type SourceRange,
  StringType,
  type TupleType,
  type Type,
} from '@tsjit/types'
import { emitBuiltin, isBuiltinMethod } from '../builtin-calls.ts'
import { insertInt } from '../constants.ts'
import { unpackTuple } from '../conversions.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { isInitializing } from '../initializers.ts'
import { didYouMean, operatorWords } from '../near-names.ts'
import type { ActualArgument } from '../schema-matching.ts'
import { BuiltinFunctionValue, TensorCastValue, tensorCastDTypes } from './builtin.ts'
import { classAttributes } from './class-attributes.ts'
import { MethodValue } from './method.ts'
import { SpecialFormValue } from './special-form.ts'
import { SugaredValue } from './sugared-value.ts'
import { SugaredTupleValue } from './tuple.ts'

/** Properties that are operators: `x.shape` is `prim::shape(x)`. */
const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Optional: { unchecked_unwrap_optional: 'prim' },
  Tensor: Object.fromEntries([
    ...[
      'dtype',
      'device',
      'grad',
      'data',
      'shape',
      'is_cuda',
      'is_cpu',
      'is_xla',
      'is_xpu',
      'is_sparse',
      'is_sparse_csr',
      'is_mkldnn',
      'is_mps',
      'is_mtia',
      'is_quantized',
      'is_vulkan',
      'is_ipu',
      'is_meta',
      'is_nested',
      'requires_grad',
      'layout',
      'T',
      'H',
      'is_maia',
      'itemsize',
      'nbytes',
      'ndim',
      'name',
    ].map((name) => [name, 'prim']),
    ...['is_leaf', 'mT', 'mH', 'real', 'imag', 'retains_grad'].map((name) => [name, 'aten']),
  ]),
  Device: { type: 'prim', index: 'prim' },
}

/** A value of the graph. */
export class SimpleValue extends SugaredValue {
  constructor(override readonly simple: Value) {
    super()
  }
  get kind(): string {
    const { type } = this.simple
    return `value of type '${type.kind === 'Tensor' ? type : type.annotation()}'`
  }
  get type(): Type {
    return this.simple.type
  }
  override asValue(): Value {
    return this.simple
  }

  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    const { simple: value, type } = this
    const { graph } = emitter
    const self: ActualArgument = { value, name: 'self', range }
    if (type.kind === 'Tensor' && Object.hasOwn(tensorCastDTypes, name)) return new TensorCastValue(tensorCastDTypes[name], self)
    const namespace =
      Object.hasOwn(properties, type.kind) && Object.hasOwn(properties[type.kind], name) ? properties[type.kind][name] : undefined
    if (namespace) return new SimpleValue(emitBuiltin(emitter, `${namespace}::${name}`, { args: [{ value, range }], kwargs: [] }, range))
    switch (type.kind) {
      case 'Tuple': {
        const { fields, elements } = type as TupleType
        const at = fields?.indexOf(name) ?? -1
        if (at >= 0) {
          const index = insertInt(graph, at, range)
          return new SimpleValue(graph.insert('prim::TupleIndex', [value, index], [elements[at]], range).output)
        }
        break
      }
      case 'Await': {
        const ready = emitBuiltin(emitter, 'prim::awaitable_wait', { args: [{ value, range }], kwargs: [] }, range)
        return new SimpleValue(ready).attr(emitter, range, name)
      }
      case 'Class': {
        const found = this.classAttribute(emitter, range, type as ClassType, name)
        if (found) return found
        break
      }
      case 'Interface':
        if ((type as InterfaceType).methods.has(name)) return new MethodValue(value, name)
        break
      case 'Enum':
        if (name === 'name') return new SimpleValue(graph.insert('prim::EnumName', [value], [StringType], range).output)
        if (name === 'value') return new SimpleValue(graph.insert('prim::EnumValue', [value], [(type as EnumType).valueType], range).output)
        break
    }
    if (name === 'type' && isBuiltinMethod('aten::to', type)) return new BuiltinFunctionValue('aten::to', self)
    if (isBuiltinMethod(`aten::${name}`, type)) return new BuiltinFunctionValue(`aten::${name}`, self)
    if (type.kind === 'Tensor' && name === 'tolist') return new SpecialFormValue('tolist')
    if (type.kind === 'Tensor' && name === '__getitem__') return new SpecialFormValue('getitem')
    const hint = type.kind === 'Class' ? missingAttributeHint(type as ClassType, name) : ''
    const reason = `'${type.annotation()}' object has no attribute or method '${name}'.${hint}`
    return fail('TSJ_ATTRIBUTE', reason, range, nearAttributes(type, name))
  }

  private classAttribute(emitter: FunctionEmitter, range: SourceRange, type: ClassType, name: string): SugaredValue | undefined {
    if (type.methods.has(name)) return new MethodValue(this.simple, name)
    const attribute = type.attribute(name)
    if (attribute) {
      const node = emitter.graph
        .insert('prim::GetAttr', [this.simple], [attribute.type], range)
        .setAttribute('name', { kind: 's', value: name })
      emitter.graph.nameValue(node.output, name)
      return new SimpleValue(node.output)
    }
    const constant = type.constants.get(name)
    if (constant) return new SimpleValue(emitter.constant(constant, range))
    const property = type.properties.get(name)
    if (property)
      return new MethodValue(this.simple, property.getter.name.slice(property.getter.name.lastIndexOf('.') + 1)).call(
        emitter,
        range,
        [],
        [],
      )
    return undefined
  }

  override hasAttr(_emitter: FunctionEmitter, range: SourceRange, name: string): boolean {
    const { type } = this
    if (type.kind === 'Class') {
      const owner = type as ClassType
      return owner.methods.has(name) || owner.attribute(name) !== undefined || owner.constants.has(name)
    }
    if (type.kind === 'Tuple') {
      const { fields } = type as TupleType
      if (fields) return fields.includes(name)
      return fail(
        'TSJ_TYPE',
        `hasattr's first argument must be a object or NamedTuple, but got a normal Tuple ${type.annotation()} instead`,
        range,
      )
    }
    return fail('TSJ_TYPE', `hasattr's first argument must be an object or NamedTuple, got ${type.annotation()} instead`, range)
  }

  override setAttr(emitter: FunctionEmitter, range: SourceRange, name: string, newValue: Value): void {
    const { simple: value, type } = this
    if (type.kind !== 'Class') fail('TSJ_ATTRIBUTE', `Tried to set an attribute: ${name} on a non-class: ${type.annotation()}`, range)
    const owner = type as ClassType
    let expected = owner.attribute(name)?.type
    if (!expected) {
      if (isInitializing(emitter, owner)) {
        if (containsClass(owner, newValue.type)) {
          fail(
            'TSJ_TYPE',
            `Assignment to attribute '${name}' cannot be of a type that contains class '${owner.annotation()}'.\nClasses that recursively contain instances of themselves are not yet supported`,
            range,
          )
        }
        if (emitter.graph.insertPoint.owningBlock !== emitter.graph.block) {
          fail('TSJ_ATTRIBUTE', 'First assignment cannot be in a control-flow block. Initialize the field at the top level first', range)
        }
        owner.addAttribute(name, newValue.type)
        expected = newValue.type
      } else {
        const property = owner.properties.get(name)
        if (property?.setter) {
          const setter = property.setter.name.slice(property.setter.name.lastIndexOf('.') + 1)
          new MethodValue(value, setter).call(emitter, range, [{ value: newValue, range }], [])
          return
        }
        if (property) fail('TSJ_ATTRIBUTE', `Tried to set read-only attribute: ${name}`, range)
        fail('TSJ_ATTRIBUTE', `Tried to set nonexistent attribute: ${name}. Did you forget to initialize it in __init__()?`, range)
      }
    }
    if (!isSubtype(newValue.type, expected!)) {
      fail(
        'TSJ_TYPE',
        `Wrong type for attribute assignment. Expected ${expected!.annotation()} but got ${newValue.type.annotation()}`,
        range,
      )
    }
    emitter.graph.insert('prim::SetAttr', [value, newValue], [], range).setAttribute('name', { kind: 's', value: name })
  }

  override asTuple(emitter: FunctionEmitter, range: SourceRange, size?: number): readonly SugaredValue[] {
    const { simple: value, type } = this
    if (type.kind === 'Tuple') return unpackTuple(emitter.graph, value, range).map((part) => new SimpleValue(part))
    if (type.kind === 'List') {
      if (size === undefined) fail('TSJ_TYPE', 'cannot statically infer the expected size of a list in this context', range)
      const parts = new Array<Type>(size!).fill(type.contained()[0])
      return emitter.graph.insert('prim::ListUnpack', [value], parts, range).outputs.map((part) => new SimpleValue(part))
    }
    if (type.kind === 'AnyTuple') {
      fail(
        'TSJ_TYPE',
        'Provided tuple is not fully defined/refined including its element types, please provide a value of type like Tuple[int, int]',
        range,
      )
    }
    return fail('TSJ_TYPE', `${type.annotation()} cannot be used as a tuple`, range)
  }

  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    if (this.type.kind === 'Class') return this.attr(emitter, range, '__call__').call(emitter, range, args, kwargs)
    return super.call(emitter, range, args, kwargs)
  }

  override len(emitter: FunctionEmitter, range: SourceRange): Value {
    const { simple: value, type } = this
    if (type.kind === 'List' || type.kind === 'str' || type.kind === 'Tensor') {
      return emitBuiltin(emitter, 'aten::len', { args: [{ value, range }], kwargs: [] }, range)
    }
    return fail('TSJ_TYPE', `'${type.annotation()}' object is not iterable`, range)
  }

  override getItem(emitter: FunctionEmitter, range: SourceRange, index: Value, hint?: Type): SugaredValue {
    const { simple: value, type } = this
    const arg = (v: Value): ActualArgument => ({ value: v, range })
    switch (type.kind) {
      case 'List':
      case 'str':
      case 'Dict':
        return new SimpleValue(emitBuiltin(emitter, 'aten::__getitem__', { args: [arg(value), arg(index)], kwargs: [] }, range))
      case 'Tensor': {
        const zero = insertInt(emitter.graph, 0, range)
        return new SimpleValue(emitBuiltin(emitter, 'aten::select', { args: [arg(value), arg(zero), arg(index)], kwargs: [] }, range))
      }
      case 'Class':
        if ((type as ClassType).isModule && hint) {
          return new SimpleValue(emitter.graph.insert('prim::ModuleContainerIndex', [value, index], [hint], range).output)
        }
        return this.attr(emitter, range, '__getitem__').call(emitter, range, [arg(index)], [])
    }
    return fail('TSJ_TYPE', `'${type.annotation()}' object is not subscriptable`, range)
  }

  override iter(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    const { simple: value, type } = this
    switch (type.kind) {
      case 'List':
      case 'str':
      case 'Tensor':
        return this
      case 'Dict':
        return new SimpleValue(emitBuiltin(emitter, 'aten::keys', { args: [{ value, range }], kwargs: [] }, range))
      case 'Tuple':
        return new SugaredTupleValue(unpackTuple(emitter.graph, value, range).map((part) => new SimpleValue(part)))
    }
    return fail('TSJ_TYPE', `'${type.annotation()}' object is not iterable`, range)
  }
}

function nearAttributes(type: Type, name: string): string | undefined {
  if (type.kind === 'Class') {
    const { attributes, methods } = type as ClassType
    return didYouMean(name, [...attributes.map((attribute) => attribute.name), ...methods.keys()])
  }
  const own = Object.keys(properties[type.kind] ?? {})
  return didYouMean(
    name,
    [...own, ...operatorWords()],
    (candidate) => own.includes(candidate) || isBuiltinMethod(`aten::${candidate}`, type),
  )
}

function missingAttributeHint(type: ClassType, name: string): string {
  return classAttributes.get(type)?.has(name)
    ? ` '${name}' is defined as a class attribute which currently is not supported. Consider converting this to an instance attribute.`
    : ' Did you forget to initialize an attribute in __init__()?'
}

function containsClass(owner: ClassType, type: Type): boolean {
  return (type.kind === 'Class' && isSubtype(type, owner)) || type.contained().some((inner) => containsClass(owner, inner))
}
