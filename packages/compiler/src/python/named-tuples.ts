import type { Call, DictExpression, Expression } from '@tsjit/parser'
import { type SourceRange, TensorT, TupleType, type Type } from '@tsjit/types'
import type { FunctionEmitter } from '../emitter.ts'
import { NamedTupleValue } from '../sugared-values/class.ts'
import type { SugaredValue } from '../sugared-values/sugared-value.ts'
import { qualifiedName, typeFromExpression } from '../type-annotations.ts'
import { evaluate } from './evaluate.ts'
import { PythonObject } from './python-object.ts'
import type { SourceModule } from './source-module.ts'

export interface NamedTupleFields {
  readonly name: string
  readonly fields: readonly (readonly [name: string, annotation: Expression | undefined])[]
  /** Of the last fields: `namedtuple('P', 'a b', defaults=(1,))`. */
  readonly defaults: readonly Expression[]
}

/** The fields of `namedtuple('P', ['a', 'b'])`, `namedtuple('P', 'a b')` or `NamedTuple('P', [('a', int)])`; undefined for other calls. */
export function namedTupleCall(expression: Expression): NamedTupleFields | undefined {
  if (expression.type !== 'Call') return undefined
  const callee = qualifiedName((expression as Call).callee)
    ?.split('.')
    .pop()
  const [name, fields] = expression.args
  if ((callee !== 'namedtuple' && callee !== 'NamedTuple') || name?.type !== 'String' || !fields) return undefined
  const given = expression.keywords.find((keyword) => keyword.name === 'defaults')?.value
  const defaults = given?.type === 'Tuple' || given?.type === 'List' ? given.elements : []
  if (fields.type === 'String') {
    return {
      name: name.value,
      defaults,
      fields: fields.value
        .split(/[\s,]+/)
        .filter(Boolean)
        .map((field) => [field, undefined]),
    }
  }
  if (fields.type !== 'List' && fields.type !== 'Tuple') return undefined
  const read: [string, Expression | undefined][] = []
  for (const field of fields.elements) {
    if (field.type === 'String') read.push([field.value, undefined])
    else if (field.type === 'Tuple' && field.elements[0]?.type === 'String') read.push([field.elements[0].value, field.elements[1]])
    else return undefined
  }
  return { name: name.value, fields: read, defaults }
}

/** The fields with the types of `P.__annotations__ = {'a': int}`. */
export function withAnnotations(fields: NamedTupleFields, annotations: DictExpression | undefined): NamedTupleFields {
  if (!annotations) return fields
  const types = new Map(annotations.keys.flatMap((key, i) => (key?.type === 'String' ? [[key.value, annotations.values[i]] as const] : [])))
  return { ...fields, fields: fields.fields.map(([name, annotation]) => [name, types.get(name) ?? annotation] as const) }
}

export function namedTupleType(qualified: string, { fields, defaults }: NamedTupleFields, module: SourceModule): TupleType {
  const types: Type[] = fields.map(([, annotation]) => (annotation ? typeFromExpression(annotation, module) : TensorT))
  return new TupleType(
    types,
    qualified,
    fields.map(([name]) => name),
    // Whatever they are: where one does not fit its type, a call that relies on it is refused.
    defaults.map((value) => evaluate(value, module).constant()?.value ?? null),
  )
}

/** `P = namedtuple('P', ['a', 'b'])` at the top of a file. */
export class PythonNamedTuple extends PythonObject {
  readonly typeName = 'type'
  private made: TupleType | undefined
  constructor(
    readonly fields: NamedTupleFields,
    private readonly module: SourceModule,
  ) {
    super()
  }
  override type(): TupleType {
    if (!this.made) {
      this.made = namedTupleType(`${this.module.prefix}${this.fields.name}`, this.fields, this.module)
      this.module.program.unit.addType(this.made)
    }
    return this.made
  }
  override sugar(_emitter: FunctionEmitter, _range: SourceRange): SugaredValue {
    return new NamedTupleValue(this.type())
  }
}
