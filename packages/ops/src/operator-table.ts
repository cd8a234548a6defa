import { type FunctionSchema, parseSchema } from '@tsjit/types'
import { schemaTexts as generatedTexts } from './generated/schemas.ts'
import { torchvisionSchemas } from './torchvision-schemas.ts'

const schemaTexts = { ...generatedTexts, ...torchvisionSchemas }

/** One overload of PyTorch's operator table. */
export interface Operator {
  /** `aten::add.Tensor` */
  readonly key: string
  readonly schema: FunctionSchema
  /** "implicit": defined by other operators alone; "explicit": a default decomposition exists; undefined: needs a kernel. */
  readonly composite: 'implicit' | 'explicit' | undefined
  readonly tags: readonly string[]
}

const cache = new Map<string, readonly Operator[]>()
const byKey = new Map<string, Operator>()

/** The overloads of `aten::add`, in the order in which PyTorch tries them; empty where the name is unknown. Schemas parse on first use. */
export function overloadsOf(name: string): readonly Operator[] {
  let found = cache.get(name)
  if (!found) {
    const rows = schemaTexts[name]
    found = rows ? rows.map(([text, composite, tags]) => makeOperator(text, composite, tags)) : []
    if (rows) cache.set(name, found)
  }
  return found
}

/** The operator with key `aten::add.Tensor`. */
export function operatorByKey(key: string): Operator | undefined {
  const known = byKey.get(key)
  if (known) return known
  const dot = key.indexOf('.')
  overloadsOf(dot < 0 ? key : key.slice(0, dot))
  return byKey.get(key)
}

export function hasOperatorName(name: string): boolean {
  return name in schemaTexts
}

export function operatorNames(): string[] {
  return Object.keys(schemaTexts)
}

function makeOperator(text: string, composite: string | undefined, tags: readonly string[] | undefined): Operator {
  const schema = parseSchema(text)
  const operator: Operator = { key: schema.key, schema, composite: composite as Operator['composite'], tags: tags ?? [] }
  byKey.set(operator.key, operator)
  return operator
}
