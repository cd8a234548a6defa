import { type FunctionSchema, TsjitError } from '@tsjit/types'

/** Types whose parameters nobody annotated: PyTorch takes them for tensors, and says so by this. */
const inferred = /\(inferred\)|^Inferred '/m

/** How a language says the types of parameters: the hint for those that count as tensors because nothing says otherwise. */
export type TypesHint = (parameters: readonly string[], example: readonly string[]) => string

export const pythonTypes: TypesHint = (parameters, example) =>
  `parameters without a type are tensors: write \`${parameters.map((name, i) => (example[i] === 'Tensor' ? name : `${name}: ${example[i]}`)).join(', ')}\``

export const javascriptTypes: TypesHint = (parameters, example) =>
  `parameters without a type are tensors: give the types as an option, script(fn, { types: '(${example.join(', ')}) -> Tensor' }), ` +
  `for (${parameters.join(', ')}). A comment \`// type: …\` inside the function says them too, where no transpiler (esbuild, tsx) takes it out.`

/** Adds the hint to an error that an untyped parameter of a TypeScript function led to. */
export function withTypesHint<T>(parameters: readonly string[], compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (error instanceof TsjitError && inferred.test(error.message)) {
      const example = parameters.map((_, i) => (i === 0 ? 'Tensor' : 'float'))
      const hint = javascriptTypes(parameters, example)
      const message = `${error.message.trimEnd()}\nhint: ${hint}`
      Object.assign(error, { hint: error.hint === undefined ? hint : `${error.hint}\n${hint}`, message })
    }
    throw error
  }
}

/** The hint for an argument that its untyped parameter does not take; undefined where the parameter has a type. */
export function argumentHint({ args }: FunctionSchema, index: number, value: unknown, hint: TypesHint): string | undefined {
  if (!inferred.test(args[index].type.annotation())) return undefined
  const found = exampleType(value)
  if (found === undefined) return undefined
  return hint(
    args.map(({ name }) => name),
    args.map(({ type }, i) => (i === index ? found : inferred.test(type.annotation()) ? 'Tensor' : type.annotation())),
  )
}

function exampleType(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (Array.isArray(value)) return value.length > 0 && typeof value[0] === 'number' ? `List[${exampleType(value[0])}]` : 'List[Tensor]'
  return { bigint: 'int', boolean: 'bool', string: 'str' }[typeof value as string]
}
