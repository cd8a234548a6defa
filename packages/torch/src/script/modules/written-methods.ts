import type { Tensor } from '@tsjit/runtime'
import type { ScriptEnvironment } from '../environment.ts'
import type { TemplatePlace } from '../template-place.ts'

/** A method that a class of the program gives as text: Python's, or of a TypeScript function. */
export interface WrittenMethod {
  readonly name: string
  readonly text: string
  readonly kind: 'python' | 'javascript'
  /** What the text may use by name. */
  readonly env: ScriptEnvironment | undefined
  /** For TypeScript: `(Tensor, int) -> Tensor`. */
  readonly types: string | undefined
  /** Where the text stands in the program's own files, for debuggers. */
  readonly place?: TemplatePlace
  /** Compiled even where `forward` does not call it. */
  readonly isExported?: boolean
}

/** What a `ScriptModule` of the program is written as, until it is compiled. */
export class WrittenMethods {
  readonly list: WrittenMethod[] = []
  readonly buffers = new Map<string, { readonly value: Tensor | null; readonly persistent: boolean }>()
}
