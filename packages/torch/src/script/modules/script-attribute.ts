import { PyAnnotation, PyAttributeValue, type SourceModule } from '@tsjit/compiler'
import { parseExpression } from '@tsjit/parser'
import { Source } from '@tsjit/types'

/** `torch.jit.Attribute(value, type)`: an attribute with a type that its value does not tell, such as an empty list. */
export class ScriptAttribute {
  constructor(
    readonly value: unknown,
    /** As annotations write it: `Dict[str, Tensor]`. */
    readonly type: string,
  ) {}

  toPython(value: unknown): PyAttributeValue {
    const expression = parseExpression(new Source(this.type, '<attribute>'))
    return new PyAttributeValue(value, new PyAnnotation(expression, plainTypes as SourceModule))
  }
}

const plainTypes = { resolveType: () => undefined } as unknown
