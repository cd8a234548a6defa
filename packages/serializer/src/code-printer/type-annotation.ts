import type { TupleType, Type, UnionType } from '@tsjit/types'

/** What a class, NamedTuple, enum or interface is called in the text. */
export type TypeNamer = (type: Type) => string

/** A type as source code spells it (`Optional[Dict[str, __torch__.Point]]`), with the archive's names for named types. */
export function annotationText(type: Type, nameOf?: TypeNamer): string {
  // Parameters without annotation are tensors that say so in errors.
  if (type.kind === 'Tensor') return 'Tensor'
  if (!nameOf) return type.annotation()
  const inner = (part: Type): string => annotationText(part, nameOf)
  switch (type.kind) {
    case 'Class':
    case 'Interface':
    case 'Enum':
    case 'Function':
      return nameOf(type)
    case 'Tuple': {
      const { name, elements } = type as TupleType
      if (name !== undefined) return nameOf(type)
      return elements.length === 0 ? 'Tuple[()]' : `Tuple[${elements.map(inner).join(', ')}]`
    }
    case 'List':
    case 'Optional':
    case 'Future':
    case 'RRef':
    case 'Await':
      return `${type.kind}[${inner(type.contained()[0])}]`
    case 'Dict':
      return `Dict[${type.contained().map(inner).join(', ')}]`
    case 'Union':
      return unionText(type as UnionType, inner)
    default:
      return type.annotation()
  }
}

/** A union of all three kinds of numbers says `number` for them, at its end. */
function unionText({ members }: UnionType, inner: (part: Type) => string): string {
  const isNumber = (type: Type): boolean => type.kind === 'int' || type.kind === 'float' || type.kind === 'complex'
  const allNumbers = members.filter(isNumber).length === 3
  const parts = (allNumbers ? members.filter((member) => !isNumber(member)) : members).map(inner)
  return `Union[${[...parts, ...(allNumbers ? ['number'] : [])].join(', ')}]`
}
