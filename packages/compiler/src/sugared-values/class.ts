import type { GraphFunction, Value } from '@tsjit/ir'
import { type Argument, type ClassType, type EnumType, FunctionSchema, ListType, type SourceRange, type TupleType } from '@tsjit/types'
import { emitDefaultObject } from '../emit-object.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { lastAtom } from '../names.ts'
import { type ActualArgument, emitInputs, matchSchemas } from '../schema-matching.ts'
import { FunctionValue, MethodValue } from './method.ts'
import { SimpleValue } from './simple-value.ts'
import { SpecialFormValue } from './special-form.ts'
import { SugaredValue } from './sugared-value.ts'

/** A script class by name: calling it makes an object. */
export class ClassValue extends SugaredValue {
  constructor(readonly type: ClassType) {
    super()
  }
  get kind(): string {
    return this.type.toString()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const self = emitDefaultObject(emitter, this.type, range)
    if (!this.type.methods.has('__init__')) {
      fail('TSJ_ATTRIBUTE', `Class ${lastAtom(this.type.name)} does not have an __init__ function defined`, range)
    }
    new MethodValue(self, '__init__').call(emitter, range, args, kwargs)
    return new SimpleValue(self)
  }
  override hasAttr(_emitter: FunctionEmitter, _range: SourceRange, name: string): boolean {
    return this.type.methods.has(name) || this.type.staticMethods.has(name)
  }
  override attr(_emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    const hook = [...this.type.forwardHooks, ...this.type.forwardPreHooks].find((fn) => lastAtom(fn.name) === name)
    const found = hook ?? this.type.staticMethods.get(name)
    if (found) return new FunctionValue(found as GraphFunction)
    if (name === '__new__') return new SpecialFormValue('__new__')
    return fail('TSJ_ATTRIBUTE', `Tried to lookup unknown attribute on class ${this.type.annotation()}`, range)
  }
}

/** A NamedTuple by name: calling it makes a tuple. */
export class NamedTupleValue extends SugaredValue {
  constructor(private readonly type: TupleType) {
    super()
  }
  get kind(): string {
    return this.type.name ?? this.type.toString()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const { match } = matchSchemas([namedTupleSchema(this.type)], { args, kwargs }, range)
    return new SimpleValue(emitter.graph.insert('prim::TupleConstruct', emitInputs(emitter.graph, match, range), [this.type], range).output)
  }
}

const schemas = new WeakMap<TupleType, FunctionSchema>()

function namedTupleSchema(type: TupleType): FunctionSchema {
  let schema = schemas.get(type)
  if (!schema) {
    const fields = type.fields ?? []
    const defaults = type.defaults ?? []
    const args = fields.map((name, i): Argument => {
      const at = i - (fields.length - defaults.length)
      const element = type.elements[i]
      return {
        name,
        type: element,
        typeText: element.kind === 'List' ? `${element.contained()[0]}[${i}]` : element.toString(),
        kwargOnly: false,
        hasDefault: at >= 0,
        // PyTorch takes the place of a list for its size: one number that stands for it is repeated as often.
        ...(element.kind === 'List' ? { listSize: i } : {}),
        ...(at >= 0 ? { defaultValue: defaults[at] } : {}),
      }
    })
    schema = new FunctionSchema(lastAtom(type.name ?? 'NamedTuple'), '', args, [])
    schemas.set(type, schema)
  }
  return schema
}

/** An enum by name: its attributes are its members. */
export class EnumClassValue extends SugaredValue {
  readonly kind = 'EnumClass'
  constructor(private readonly type: EnumType) {
    super()
  }
  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    const member = this.type.members.find(([known]) => known === name)
    if (!member) fail('TSJ_ATTRIBUTE', `Enum<${this.type.name}>' has no attribute '${name}'`, range)
    return new SimpleValue(this.constant(emitter, range, member!))
  }
  override iter(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    const value = this.type.members.map(([name, member]) => ({ name, value: member }))
    return new SimpleValue(emitter.constant({ type: new ListType(this.type), value }, range))
  }
  private constant(emitter: FunctionEmitter, range: SourceRange, [name, value]: readonly [string, unknown]): Value {
    return emitter.constant({ type: this.type, value: { name, value } }, range)
  }
}
