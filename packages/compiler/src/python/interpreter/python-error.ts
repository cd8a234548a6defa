import { CompileError, nameErrors, type SourceRange } from '@tsjit/types'

/** An exception that running Python raised. Its message is Python's: `ValueError: groups must be positive`. */
export class PythonError extends CompileError {
  static {
    nameErrors(PythonError, 'PythonError')
  }
  constructor(
    readonly exception: string,
    readonly text: string,
    range?: SourceRange,
  ) {
    super('TSJ_PYTHON_RAISED', text === '' ? exception : `${exception}: ${text}`, range ? { range } : {})
  }
}

export function raise(exception: string, text: string, range?: SourceRange): never {
  throw new PythonError(exception, text, range)
}

/** Python that is not run here. */
export function refuse(what: string, range?: SourceRange): never {
  throw new CompileError('TSJ_PYTHON_UNSUPPORTED', `${what} cannot be run when a module is constructed`, {
    ...(range ? { range } : {}),
    hint: 'set the attribute from a constant, a tensor, a layer, or a list, tuple or dict of these; or construct the module in TypeScript',
  })
}
