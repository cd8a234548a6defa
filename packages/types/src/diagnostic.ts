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
  override name = 'TsjitError'
  readonly reason: string
  readonly range: SourceRange | undefined
  readonly location: RecordLocation | undefined
  readonly hint: string | undefined

  constructor(
    readonly code: string,
    reason: string,
    options: DiagnosticOptions = {},
  ) {
    super(render(reason, options), options.cause === undefined ? undefined : { cause: options.cause })
    this.reason = reason
    this.range = options.range
    this.location = options.location
    this.hint = options.hint
  }
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
  override name = 'CompileError'
}

/** A file that is damaged, hostile or of an unknown format. */
export class ArchiveError extends TsjitError {
  override name = 'ArchiveError'
}

/** A program that failed while it ran: shape errors, failed asserts, `raise`. `pythonClass` is the class the model raised. */
export class RuntimeError extends TsjitError {
  override name = 'RuntimeError'
  pythonClass: string | undefined
}

/**
 * Whether JavaScript's stack ran out. Near its end a regular expression that must be compiled fails with a SyntaxError instead; so does none
 * here, which runs where little of the stack is left.
 */
export function isStackOverflow(error: unknown): boolean {
  if (error instanceof RangeError) return error.message.includes('call stack')
  return error instanceof SyntaxError && error.message.endsWith('Stack overflow')
}
