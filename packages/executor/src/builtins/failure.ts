import { RuntimeError } from '@tsjit/types'

/** An error that PyTorch's operator raises with this text; `pythonClass` where Python would raise something else than RuntimeError. */
export function failure(code: string, text: string, pythonClass?: string): RuntimeError {
  const error = new RuntimeError(code, text)
  error.pythonClass = pythonClass
  return error
}
