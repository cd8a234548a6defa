import type { ListType, OptionalType, Type } from '@tsjit/types'
import type { ActualArgument, CallArguments } from './schema-matching.ts'

/** The overload that a call takes, and whether by implicit conversions. */
export interface OverloadChoice {
  readonly index: number
  readonly allowConversions: boolean
}

/** Which overload of one operator calls took so far, by the types of their arguments: the next such call need not try them all. */
export type OverloadChoices = Map<string, OverloadChoice>

const letters: Partial<Record<Type['kind'], string>> = {
  Tensor: 't',
  int: 'i',
  float: 'f',
  bool: 'b',
  complex: 'c',
  str: 's',
  None: 'n',
  Scalar: 'N',
  Device: 'd',
}

/**
 * A text that two calls share only where the same overload fits both. Undefined where types are not so plain that a letter says all of them:
 * matching looks at nothing else of a value, except whether a list is an empty literal.
 */
export function typesOfCall({ args, kwargs, self }: CallArguments): string | undefined {
  let text = self ? typeOfArgument(self) : ''
  for (const argument of args) text += typeOfArgument(argument)
  for (const argument of kwargs) text += `${typeOfArgument(argument)}=${argument.name};`
  return text.includes('?') ? undefined : `${self ? '.' : ''}${text}`
}

function typeOfArgument({ value: { type, node } }: ActualArgument): string {
  switch (type.kind) {
    case 'List':
      return `${node.kind === 'prim::EmptyListLiteral' ? 'E' : 'L'}${letters[(type as ListType).element.kind] ?? '?'}`
    case 'Optional':
      return `O${letters[(type as OptionalType).element.kind] ?? '?'}`
    default:
      return letters[type.kind] ?? '?'
  }
}
