import type { Graph, Value } from '@tsjit/ir'
import {
  type Argument,
  type FunctionSchema,
  IntType,
  isSubtype,
  ListType,
  type OptionalType,
  type SourceRange,
  TupleType,
  type Type,
} from '@tsjit/types'
import { insertConstant, typeOfPlain } from './constants.ts'
import { applyConversion, type Conversion, convertibleToList, planConversion, unwrapOptional } from './conversions.ts'
import { fail } from './errors.ts'
import { InferredTensorT } from './inferred-tensor.ts'
import { type OverloadChoices, typesOfCall } from './overload-choices.ts'
import { evaluateTypeVariables, matchTypeVariables, type TypeBindings } from './type-variables.ts'

/** An argument of a call in source: a value, its keyword where it has one, and where it stands. */
export interface ActualArgument {
  readonly value: Value
  readonly name?: string
  readonly range?: SourceRange
}

export const isNoneValue = (value: Value): boolean => value.type.kind === 'None'

/** How one formal argument is filled. */
type Filling =
  | { readonly kind: 'value'; readonly value: Value; readonly repeat?: number; readonly conversion: Conversion | undefined }
  | { readonly kind: 'default'; readonly type: Type; readonly value: unknown; readonly repeat?: number }
  | { readonly kind: 'list'; readonly element: Type; readonly items: readonly Filling[] }

/** A schema that fits a call. Nothing has been emitted yet: `emitInputs` does. */
export interface SchemaMatch {
  readonly schema: FunctionSchema
  readonly fillings: readonly Filling[]
  readonly returnTypes: readonly Type[]
}

export interface CallArguments {
  readonly args: readonly ActualArgument[]
  readonly kwargs: readonly ActualArgument[]
  readonly self?: ActualArgument
}

/** Overloads that PyTorch's frontend never picks, since ints and dtypes look alike. */
const blockedOverloads = new Set(['aten::view.dtype', 'aten::max.unary_out', 'aten::min.unary_out'])

/**
 * The first schema that fits, tried in order without implicit conversions, then with them; a single schema is tried with them at
 * once. `choices` keeps what calls of the same schemas took. Throws TSJ_ARGUMENTS with PyTorch's list of variants.
 */
export function matchSchemas(
  schemas: readonly FunctionSchema[],
  call: CallArguments,
  range: SourceRange,
  choices?: OverloadChoices,
): { index: number; match: SchemaMatch } {
  if (schemas.length === 1) {
    const messages: string[] = []
    const match = tryMatchSchema(schemas[0], call, messages, true)
    if (match) return { index: 0, match }
    return fail('TSJ_ARGUMENTS', messages.join(''), range)
  }
  const types = choices && typesOfCall(call)
  const known = types === undefined ? undefined : choices!.get(types)
  if (known) {
    const match = tryMatchSchema(schemas[known.index], call, undefined, known.allowConversions)
    if (match) return { index: known.index, match }
  }
  for (const allowConversions of [false, true]) {
    for (let index = 0; index < schemas.length; index++) {
      const match = tryMatchSchema(schemas[index], call, undefined, allowConversions)
      if (!match) continue
      if (types !== undefined) choices!.set(types, { index, allowConversions })
      return { index, match }
    }
  }
  const messages: string[] = []
  for (const schema of schemas) tryMatchSchema(schema, call, messages, true)
  const text = messages.join('').replace(/^/gm, (_, at: number, whole: string) => (at < whole.length ? '  ' : ''))
  return fail(
    'TSJ_ARGUMENTS',
    `Arguments for call are not valid.\nThe following variants are available:\n${text}\nThe original call is`,
    range,
  )
}

/** For schemas without type variables: nothing is ever bound. */
const noBindings: TypeBindings = new Map()

function tryMatchSchema(
  schema: FunctionSchema,
  { args, kwargs, self: givenSelf }: CallArguments,
  messages: string[] | undefined,
  allowConversions: boolean,
): SchemaMatch | undefined {
  if (blockedOverloads.has(schema.key)) return undefined
  const bindings: TypeBindings = schema.hasVariables ? new Map() : noBindings
  const fillings: Filling[] = []
  const usedKeywords = kwargs.length > 0 ? new Array<boolean>(kwargs.length).fill(false) : []
  const say = (text: string): undefined => {
    messages?.push(`\n${schema}:\n${text}`)
    return undefined
  }
  let self = givenSelf
  let usedArgs = 0
  for (let i = 0; i < schema.args.length; i++) {
    const formal = schema.args[i]
    let actual: ActualArgument
    if (formal.name === 'self' && self) {
      actual = self
      self = undefined
    } else if (!formal.kwargOnly && usedArgs < args.length) {
      if (allowConversions && varargsCanBeUsedAsList(schema, i, formal)) {
        const first = args[usedArgs].value.type
        const listType = unwrapOptional(formal.type) as ListType
        if (first.kind !== 'List' && !convertibleToList(first, listType)) {
          const items: Filling[] = []
          const formalElement: Argument = { name: '<varargs>', type: listType.element, typeText: '', hasDefault: false, kwargOnly: false }
          for (const arg of args.slice(usedArgs)) {
            const filling = fill(formalElement, arg.value, bindings, allowConversions, messages && say)
            if (!filling) return undefined
            items.push(filling)
          }
          usedArgs = args.length
          fillings.push({ kind: 'list', element: listType.element, items })
          continue
        }
      }
      actual = args[usedArgs++]
    } else {
      const at = kwargs.length === 0 ? -1 : kwargs.findIndex(({ name }) => name === formal.name || isSynonym(schema, formal, name))
      if (at >= 0) {
        if (usedKeywords[at]) return say(`Argument ${kwargs[at].name} specified twice in schema, submit a bug report!\n`)
        usedKeywords[at] = true
        actual = kwargs[at]
      } else if (formal.hasDefault) {
        // A NamedTuple's default need not fit its field.
        if (formal.type.kind === 'Tensor' && typeof formal.defaultValue === 'number') {
          return say(
            `Expected a value of type '${formal.type.annotation()}' for argument '${formal.name}' but instead found type '${typeOfPlain(formal.type, formal.defaultValue)}'.\n`,
          )
        }
        fillings.push(defaultFilling(schema, formal))
        continue
      } else return say(`Argument ${formal.name} not provided.\n`)
    }
    const filling = fill(formal, actual.value, bindings, allowConversions, messages && say)
    if (!filling) return undefined
    fillings.push(filling)
  }
  if (self) return say('Provided self argument not used in schema.\n')
  if (schema.isVararg) {
    for (; usedArgs < args.length; usedArgs++) fillings.push({ kind: 'value', value: args[usedArgs].value, conversion: undefined })
  }
  if (usedArgs < args.length) return say(`Expected at most ${usedArgs} arguments but found ${args.length} positional arguments.\n`)
  for (let i = 0; i < kwargs.length; i++) {
    if (usedKeywords[i]) continue
    const known = schema.args.some(({ name }) => name === kwargs[i].name)
    return say(`Keyword argument ${kwargs[i].name} ${known ? 'specified twice' : 'unknown'}.\n`)
  }
  const returnTypes: Type[] = []
  for (const { type } of schema.returns) {
    const concrete = evaluateTypeVariables(type, bindings)
    if (!concrete) return say(`The type of the result could not be inferred from the arguments.\n`)
    returnTypes.push(concrete)
  }
  return { schema, fillings, returnTypes }
}

/** Keywords that Python has and the schema calls something else. */
function isSynonym({ key }: FunctionSchema, formal: Argument, name: string | undefined): boolean {
  return (formal.name === 'self' && name === 'input' && key.startsWith('aten::')) || (key === 'aten::device' && name === 'type')
}

function fill(
  formal: Argument,
  value: Value,
  bindings: TypeBindings,
  allowConversions: boolean,
  say: ((text: string) => undefined) | undefined,
): Filling | undefined {
  let actual = value.type
  let repeat: number | undefined
  if (formal.listSize !== undefined && (actual.kind === 'int' || actual.kind === 'float')) {
    const list = unwrapOptional(formal.type)
    if (list.kind === 'List' && (list as ListType).element.kind === actual.kind) {
      repeat = formal.listSize
      actual = new ListType(actual)
    }
  }
  const reason = matchTypeVariables(formal.type, actual, bindings)
  if (reason)
    return say?.(`Could not match type ${actual.annotation()} to ${formal.type.annotation()} in argument '${formal.name}': ${reason}.\n`)
  const concrete = evaluateTypeVariables(formal.type, bindings)
  if (!concrete) {
    return say?.(`Type variables in type ${formal.type.annotation()} could not be inferred from actual type ${actual.annotation()}`)
  }
  const conversion = repeat === undefined ? planConversion(actual, value, concrete, allowConversions) : undefined
  const type = conversion?.type ?? actual
  if (!isSubtype(type, concrete)) {
    if (!say) return undefined
    let text = `Expected a value of type '${formal.type.annotation()}' for argument '${formal.name}' but instead found type '${type.annotation()}'.\n`
    if (formal.type === InferredTensorT) {
      text += `Inferred '${formal.name}' to be of type 'Tensor' because it was not annotated with an explicit type.\n`
    }
    if (type.kind === 'List' && (type as ListType).element.kind === 'Tensor') text += emptyListHint
    return say(text)
  }
  return { kind: 'value', value, conversion, ...(repeat === undefined ? {} : { repeat }) }
}

export const emptyListHint =
  'Empty lists default to List[Tensor]. Add a variable annotation to the assignment to create an empty list of another type ' +
  '(torch.jit.annotate(List[T, []]) where T is the type of elements in the list for Python 2)\n'

const defaultFillings = new WeakMap<Argument, Filling>()
function defaultFilling(schema: FunctionSchema, formal: Argument): Filling {
  let filling = defaultFillings.get(formal)
  if (!filling) defaultFillings.set(formal, (filling = makeDefaultFilling(schema, formal)))
  return filling
}

function makeDefaultFilling(schema: FunctionSchema, formal: Argument): Filling {
  const value = formal.defaultValue
  // `padding: BroadcastingList2[int] = 0` of a script function.
  const list = unwrapOptional(formal.type)
  if (formal.listSize !== undefined && typeof value === 'number' && list.kind === 'List') {
    return { kind: 'default', type: (list as ListType).element, value, repeat: formal.listSize }
  }
  let type = typeOfPlain(formal.type, value)
  // `Scalar alpha=1.`: only the schema's text tells that the default is a float.
  if (type === IntType && formal.type.kind === 'Scalar' && schema.text && new RegExp(`\\b${formal.name}=-?\\d+[.e]`).test(schema.text)) {
    type = typeOfPlain(formal.type, 0.5)
  }
  return { kind: 'default', type, value }
}

/** Whether the last positional argument takes all further ones as a list: `torch.zeros(2, 3)`. */
function varargsCanBeUsedAsList(schema: FunctionSchema, index: number, formal: Argument): boolean {
  const isLast = index + 1 === schema.args.length || schema.args[index + 1].kwargOnly
  return isLast && formal.type.kind === 'List' && (formal.type as ListType).element.kind !== 'Var' && formal.listSize === undefined
}

/** Emits the conversions and defaults of a match and returns the inputs of the node. */
export function emitInputs(graph: Graph, match: SchemaMatch, range: SourceRange | undefined): Value[] {
  return match.fillings.map((filling) => emitFilling(graph, filling, range))
}

function emitFilling(graph: Graph, filling: Filling, range: SourceRange | undefined): Value {
  switch (filling.kind) {
    case 'default': {
      const value = insertConstant(graph, filling, range)
      if (filling.repeat === undefined) return value
      return graph.insert('prim::ListConstruct', new Array<Value>(filling.repeat).fill(value), [new ListType(filling.type)], range).output
    }
    case 'list': {
      const items = filling.items.map((item) => emitFilling(graph, item, range))
      return graph.insert('prim::ListConstruct', items, [new ListType(filling.element)], range).output
    }
    case 'value': {
      if (filling.repeat !== undefined) {
        const items = new Array<Value>(filling.repeat).fill(filling.value)
        return graph.insert('prim::ListConstruct', items, [new ListType(filling.value.type)], range).output
      }
      return filling.conversion ? applyConversion(graph, filling.value, filling.conversion, range) : filling.value
    }
  }
}

/** Several results become a tuple, named where every result of the schema is. */
export function packOutputs(graph: Graph, match: SchemaMatch, outputs: readonly Value[]): Value {
  if (outputs.length === 1) return outputs[0]
  const { returns } = match.schema
  const fields = returns.length > 0 && returns.every(({ name }) => name !== '') ? returns.map(({ name }) => name) : undefined
  const type = new TupleType(
    outputs.map((value) => value.type),
    undefined,
    fields,
  )
  return graph.insert('prim::TupleConstruct', outputs, [type]).output
}

export type { OptionalType }
