import { type Dispatcher, Tensor } from '@tsjit/runtime'
import { PyComplex, PyDict, PyFloat, PyTuple, toValue, type ValueContext } from '@tsjit/serializer'
import { type ImageSettings, type Runtime, tensor } from '@tsjit/torch'
import { type Argument, type FunctionSchema, RuntimeError, type Type } from '@tsjit/types'
import { usageError } from '../usage-error.ts'
import { isInputFile, readInputFile } from './input-files.ts'
import { parseLiteral } from './literal-parser.ts'
import { madeTensor, madeTensorHelp, readDType } from './made-tensor.ts'

export const inputHelp = `  --input I        an argument of the method, in order, or NAME=I:
                   a file: .npy, .safetensors[#NAME], .pt (torch.save)[#KEY], .png, .jpg; recorded calls[#NUMBER] give all arguments
                   a value: 3, 2.5, true, null, "text", [[1, 2], [3, 4]] (a tensor where one is wanted; [1, 2]:float32), {"a": 1}
                   a made tensor: ${madeTensorHelp}`

const plainContext: ValueContext = { resolve: (object) => (object instanceof Tensor ? object : undefined) }

/** The arguments of a call, `self` left out, as runtime values of the schema's types. Throws TSJ_USAGE, TSJ_ARGUMENT_COUNT, TSJ_VALUE_TYPE and what reading throws. */
export async function resolveInputs(
  texts: readonly string[],
  schema: FunctionSchema,
  runtime: Runtime,
  image: ImageSettings,
): Promise<unknown[]> {
  const formals = schema.args.slice(1)
  const given = new Map<string, unknown>()
  const set = (formal: Argument, object: unknown, context: ValueContext = plainContext): void => {
    if (given.has(formal.name)) throw usageError(`argument '${formal.name}' is given twice`)
    given.set(
      formal.name,
      toValue(prepare(object, formal.type, runtime), formal.type, withTensors(context), true, `argument '${formal.name}'`),
    )
  }
  let next = 0
  for (const text of texts) {
    const named = /^([A-Za-z_]\w*)=(.*)$/s.exec(text)
    const target = named ? formals.find((formal) => formal.name === named[1]) : undefined
    const body = named && target ? named[2] : text
    const formal = target ?? formals[next]
    if (isInputFile(body)) {
      const file = await readInputFile(body, runtime, image)
      if (file.kind === 'call') {
        checkCount(next + file.inputs.length, formals, schema)
        for (const input of file.inputs) set(formals[next++], input, file.context)
        continue
      }
      if (file.kind === 'named' && !acceptsDict(formal?.type)) {
        for (const [name, value] of file.values) {
          const wanted = formals.find((candidate) => candidate.name === name)
          if (!wanted)
            throw usageError(
              `${body} holds a tensor '${name}', but the method has no such argument`,
              `choose one with ${body}#NAME; schema: ${schema}`,
            )
          set(wanted, value)
        }
        continue
      }
      if (!formal) checkCount(next + 1, formals, schema)
      if (file.kind === 'named') set(formal, new PyDict(file.values))
      else set(formal, file.value, file.context)
    } else {
      if (!formal) checkCount(next + 1, formals, schema)
      set(formal, readText(body, formal.type, runtime.dispatcher))
    }
    if (!target) next++
  }
  return formals.map((formal) => {
    if (given.has(formal.name)) return given.get(formal.name)
    if (formal.hasDefault)
      return toValue(defaultObject(formal.defaultValue, formal.type), formal.type, plainContext, true, `the default of '${formal.name}'`)
    throw new RuntimeError('TSJ_ARGUMENT_COUNT', `a value for argument '${formal.name}' of type '${formal.type.annotation()}' is missing`, {
      hint: `give --input once for each argument; schema: ${schema}`,
    })
  })
}

function checkCount(count: number, formals: readonly Argument[], schema: FunctionSchema): void {
  if (count > formals.length) {
    throw new RuntimeError(
      'TSJ_ARGUMENT_COUNT',
      `the method takes ${formals.length} argument${formals.length === 1 ? '' : 's'}, but ${count} were given`,
      { hint: `schema: ${schema}` },
    )
  }
}

function readText(text: string, type: Type, dispatcher: Dispatcher): unknown {
  const made = madeTensor(text, dispatcher)
  if (made) return made
  const plain = parseLiteral(text)
  const wanted = type.kind === 'Optional' ? type.contained()[0] : type
  if (plain && (wanted.kind !== 'str' || typeof plain.value === 'string' || plain.value === null)) return plain.value
  if (wanted.kind === 'str') return text
  const typed = /^(.*):(\w+)$/s.exec(text)
  const before = typed && parseLiteral(typed[1])
  if (typed && before) return new TypedLiteral(before.value, typed[2])
  throw usageError(
    `'${text}' is neither a value nor a file that can be read`,
    `files end in .npy, .safetensors, .pt, .png or .jpg; tensors: ${madeTensorHelp}`,
  )
}

/** `[1, 2]:float32` */
class TypedLiteral {
  constructor(
    readonly value: unknown,
    readonly dtype: string,
  ) {}
}

/** Makes tensors of numbers and lists where the type wants tensors. */
function prepare(object: unknown, type: Type, runtime: Runtime): unknown {
  if (object instanceof TypedLiteral) return literalTensor(object.value, runtime, object.dtype)
  switch (type.kind) {
    case 'Optional':
      return object === null ? null : prepare(object, type.contained()[0], runtime)
    case 'Tensor':
      return isNumeric(object) || Array.isArray(object) || object instanceof PyTuple ? literalTensor(object, runtime) : object
    case 'List':
      if (Array.isArray(object)) return object.map((item) => prepare(item, type.contained()[0], runtime))
      return object instanceof PyTuple ? new PyTuple(object.items.map((item) => prepare(item, type.contained()[0], runtime))) : object
    case 'Tuple': {
      const items = Array.isArray(object) ? object : object instanceof PyTuple ? object.items : undefined
      return items && items.length === type.contained().length
        ? new PyTuple(items.map((item, i) => prepare(item, type.contained()[i], runtime)))
        : object
    }
    case 'Dict':
      return object instanceof PyDict
        ? new PyDict([...object].map(([key, value]) => [key, prepare(value, type.contained()[1], runtime)]))
        : object
    default:
      return object
  }
}

function isNumeric(object: unknown): boolean {
  return typeof object === 'number' || typeof object === 'bigint' || typeof object === 'boolean' || object instanceof PyFloat
}

/** Floats make float32, whole numbers int64, booleans bool: as `torch.tensor` does. */
function literalTensor(object: unknown, runtime: Runtime, dtype?: string): Tensor {
  let hasFloat = false
  let hasInt = false
  const plain = (item: unknown): any => {
    if (item instanceof PyFloat) {
      hasFloat = true
      return item.value
    }
    if (Array.isArray(item)) return item.map(plain)
    if (item instanceof PyTuple) return item.items.map(plain)
    if (typeof item === 'number' || typeof item === 'bigint') hasInt = true
    else if (typeof item !== 'boolean') throw usageError('a tensor can be made of numbers and booleans alone')
    return item
  }
  const data = plain(object)
  const natural = hasFloat || (!hasInt && Array.isArray(data) && data.flat(100).length === 0) ? 'float32' : hasInt ? 'int64' : 'bool'
  return tensor(data, { runtime, dtype: dtype === undefined ? natural : readDType(dtype) })
}

function withTensors(context: ValueContext): ValueContext {
  return { resolve: (object, type) => (object instanceof Tensor ? object : context.resolve(object, type)) }
}

function acceptsDict(type: Type | undefined): boolean {
  return type?.kind === 'Dict' || (type?.kind === 'Optional' && type.contained()[0].kind === 'Dict')
}

/** A schema's default as a pickled object: floats are told by the type. */
function defaultObject(value: unknown, type: Type): unknown {
  if (typeof value === 'number' && (type.kind === 'float' || (type.kind === 'Optional' && type.contained()[0].kind === 'float')))
    return new PyFloat(value)
  if (value !== null && typeof value === 'object' && 're' in value && 'im' in value)
    return new PyComplex(Number(value.re), Number(value.im))
  return value ?? null
}
