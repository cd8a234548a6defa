import type { SourceRange } from './source-range.ts'

/** Where in a binary file a problem was found. */
export interface RecordLocation {
  record?: string
  offset?: number
}

export interface DiagnosticOptions {
  /** Where in a program. */
  range?: SourceRange
  /** Where in an archive. */
  location?: RecordLocation
  /** What the user can do. */
  hint?: string
  cause?: unknown
}

/**
 * Every error that tsjit throws on purpose. `code` is stable (`TSJ` + area + number, for instance `TSJ_ARCHIVE_CRC`),
 * `reason` is the bare sentence, `message` adds frame, location and hint.
 */
export class TsjitError extends Error {
  declare readonly reason: string
  declare readonly range: SourceRange | undefined
  declare readonly location: RecordLocation | undefined
  declare readonly hint: string | undefined
  static {
    nameErrors(TsjitError, 'TsjitError')
  }

  constructor(
    readonly code: string,
    reason: string,
    options: DiagnosticOptions = {},
  ) {
    super(render(reason, options), options.cause === undefined ? undefined : { cause: options.cause })
    hide(this, { reason, range: options.range, location: options.location, hint: options.hint })
  }
}

/** Properties that are read by name, and not listed: programs' whole texts hang from ranges. */
export function hide(error: Error, properties: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(error, name, { value, enumerable: false, writable: true, configurable: true })
  }
}

/** The name that the errors of a class show. */
export function nameErrors(Class: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(Class.prototype, 'name', { value: name, enumerable: false, writable: true, configurable: true })
}

/**
 * Makes the stack of an error begin where a program called `callee`, a function of tsjit: the frames within tsjit say nothing to its users,
 * and push theirs out. Internal errors keep theirs.
 */
export function fromCaller(error: unknown, callee: (...args: never[]) => unknown): unknown {
  const capture = (Error as { captureStackTrace?: (target: object, below: unknown) => void }).captureStackTrace
  if (error instanceof TsjitError && error.code !== 'TSJ_INTERNAL') capture?.(error, callee)
  return error
}

function render(reason: string, { range, location, hint }: DiagnosticOptions): string {
  let text = reason
  if (location?.record !== undefined || location?.offset !== undefined) {
    const parts = [location.record && `record ${location.record}`, location.offset !== undefined && `offset ${location.offset}`]
    text += ` (${parts.filter(Boolean).join(', ')})`
  }
  if (range) text += `:\n${range.highlight()}`
  if (hint) text += `\nhint: ${hint}`
  return text
}

/** A program that does not parse or does not type-check. */
export class CompileError extends TsjitError {
  static {
    nameErrors(CompileError, 'CompileError')
  }
}

/** A file that is damaged, hostile or of an unknown format. */
export class ArchiveError extends TsjitError {
  static {
    nameErrors(ArchiveError, 'ArchiveError')
  }
}

/** A program that failed while it ran: shape errors, failed asserts, `raise`. `pythonClass` is the class the model raised. */
export class RuntimeError extends TsjitError {
  declare pythonClass: string | undefined
  static {
    nameErrors(RuntimeError, 'RuntimeError')
  }
}

/**
 * Whether JavaScript's stack ran out. Near its end a regular expression that must be compiled fails with a SyntaxError instead; so does none
 * here, which runs where little of the stack is left.
 */
export function isStackOverflow(error: unknown): boolean {
  if (error instanceof RangeError) return error.message.includes('call stack')
  return error instanceof SyntaxError && error.message.endsWith('Stack overflow')
}
