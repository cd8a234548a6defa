import type { ClassDef, Expression } from '@tsjit/parser'
import { fail } from '../errors.ts'
import { qualifiedName } from '../type-annotations.ts'
import { evaluate, type Scope } from './evaluate.ts'

interface Field {
  readonly name: string
  readonly annotation: Expression
  readonly type: string
  readonly defaultValue: Expression | undefined
  readonly defaultText: string | undefined
  readonly init: boolean
  readonly compare: boolean
  readonly isInitVar: boolean
}

const textOf = ({ range }: Expression): string => range.source.text.slice(range.start, range.end)

/**
 * The methods that `@dataclass` makes, as TorchScript source: `__init__` and the comparisons, but for those that the class has itself
 * (`own`).
 */
export function synthesizeDataclass(def: ClassDef, scope: Scope, own: ReadonlySet<string>): string {
  const fields = fieldsOf(def)
  const out: string[] = []
  if (!own.has('__init__')) {
    // PyTorch writes the defaults as Python prints them, and members of enums are printed as no expression.
    if (fields.some(({ defaultValue }) => defaultValue && evaluate(defaultValue, scope).constant()?.type.kind === 'Enum')) {
      const reason = `TorchScript failed to synthesize dataclass method '__init__' for class '${def.name}'. Please file a bug report at <https://github.com/pytorch/pytorch/issues>`
      fail('TSJ_UNSUPPORTED', reason, def.nameRange)
    }
    const parameters = fields
      .filter(({ init }) => init)
      .map(({ name, type, defaultText }) => `${name}: ${type}${defaultText === undefined ? '' : ` = ${defaultText}`}`)
    const body = fields.filter(({ init, isInitVar }) => init && !isInitVar).map(({ name }) => `self.${name} = ${name}`)
    if (own.has('__post_init__')) {
      const initVars = fields.filter(({ isInitVar }) => isInitVar).map(({ name }) => name)
      body.push(`self.__post_init__(${initVars.join(', ')})`)
    }
    out.push(method(`__init__(self${parameters.map((p) => `, ${p}`).join('')}) -> None`, body))
  }
  const options = dataclassOptions(def)
  const compared = fields.filter(({ compare, isInitVar }) => compare && !isInitVar)
  if (options.eq && !own.has('__eq__'))
    out.push(comparison(def.name, '__eq__', compared, true, (a, b) => [`if ${a} != ${b}: return False`]))
  if (options.order) {
    for (const [name, operator, orEqual] of [
      ['__lt__', '<', false],
      ['__le__', '<', true],
      ['__gt__', '>', false],
      ['__ge__', '>', true],
    ] as const) {
      if (own.has(name)) continue
      out.push(
        comparison(def.name, name, compared, orEqual, (a, b) => [
          `if ${a} ${operator} ${b}: return True`,
          `elif ${b} ${operator} ${a}: return False`,
        ]),
      )
    }
  }
  return out.join('\n')
}

function method(head: string, body: readonly string[]): string {
  return `def ${head}:\n${(body.length > 0 ? body : ['pass']).map((line) => `  ${line}\n`).join('')}`
}

function comparison(
  owner: string,
  name: string,
  fields: readonly Field[],
  otherwise: boolean,
  inner: (a: string, b: string) => string[],
): string {
  const body = fields.flatMap((field) => {
    const lines = [`val1 = self.${field.name}`, `val2 = other.${field.name}`]
    const check = inner('val1', 'val2')
    if (!/\b(Optional|None)\b/.test(field.type)) return [...lines, ...check]
    const mismatch = name === '__eq__' ? '  return False' : `  raise TypeError('Cannot compare ${owner} with None')`
    return [
      ...lines,
      'if val1 is not None and val2 is not None:',
      ...check.map((line) => `  ${line}`),
      'elif (val1 is None) != (val2 is None):',
      mismatch,
    ]
  })
  return method(`${name}(self, other: ${owner}) -> bool`, [...body, `return ${otherwise ? 'True' : 'False'}`])
}

function dataclassOptions(def: ClassDef): { eq: boolean; order: boolean } {
  const options = { eq: true, order: false }
  for (const decorator of def.decorators) {
    if (decorator.type !== 'Call') continue
    for (const { name, value } of decorator.keywords) {
      if ((name === 'eq' || name === 'order') && value.type === 'Constant') options[name] = value.value === true
    }
  }
  return options
}

function fieldsOf(def: ClassDef): Field[] {
  const fields: Field[] = []
  for (const statement of def.body) {
    if (statement.type !== 'Assign' || !statement.annotation || statement.targets[0].type !== 'Name') continue
    let annotation = statement.annotation
    let isInitVar = false
    if (annotation.type === 'Subscript') {
      const head = qualifiedName(annotation.value)?.split('.').pop()
      if (head === 'ClassVar') continue
      if (head === 'InitVar') {
        isInitVar = true
        annotation = annotation.indices[0] as Expression
      }
    }
    let init = true
    let compare = true
    let defaultValue = statement.value
    const { value } = statement
    if (value?.type === 'Call' && qualifiedName(value.callee)?.split('.').pop() === 'field') {
      defaultValue = undefined
      for (const { name, value: option } of value.keywords) {
        if (name === 'default') defaultValue = option
        else if (name === 'default_factory') {
          fail('TSJ_UNSUPPORTED', 'Default factory initializers are not supported in TorchScript dataclasses', statement.range)
        } else if (name === 'init') init = !(option.type === 'Constant' && option.value === false)
        else if (name === 'compare') compare = !(option.type === 'Constant' && option.value === false)
      }
    }
    const { name } = statement.targets[0]
    const defaultText = defaultValue && textOf(defaultValue)
    fields.push({ name, annotation, type: textOf(annotation), defaultValue, defaultText, init, compare, isInitVar })
  }
  return fields
}
