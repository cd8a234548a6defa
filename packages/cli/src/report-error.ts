import { TsjitError } from '@tsjit/types'

/** Writes an error to standard error: code, message with source frame and hint, no stack unless `debug`; with `json` an object to standard output too. */
export function reportError(error: unknown, { debug, json }: { debug: boolean; json: boolean }): void {
  const { code, message } = describeError(error)
  if (json) console.log(JSON.stringify({ error: errorObject(error, code) }))
  const head = process.stderr.isTTY ? `\x1b[31mtsjit: ${code}:\x1b[39m` : `tsjit: ${code}:`
  process.stderr.write(`${head} ${message}\n`)
  if (debug) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
}

/** Code and text of any thrown value. */
export function describeError(error: unknown): { code: string; message: string } {
  if (error instanceof TsjitError) return { code: error.code, message: error.message }
  if (error instanceof RangeError && /allocation failed|Invalid (typed )?array( buffer)? length/i.test(error.message)) {
    return {
      code: 'TSJ_OUT_OF_MEMORY',
      message:
        'there is not enough memory\nhint: use smaller inputs, or give Node.js more with NODE_OPTIONS=--max-old-space-size=MEGABYTES',
    }
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { code: 'TSJ_INTERNAL', message: `${text}\nhint: this is a defect of tsjit; --debug prints the stack for a report` }
}

/** What `--json` prints of an error. */
export function errorObject(error: unknown, code: string): Record<string, unknown> {
  if (!(error instanceof TsjitError)) return { code, message: error instanceof Error ? error.message : String(error) }
  const at = error.range?.source.lineColumn(error.range.start)
  return {
    code,
    message: error.reason,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.location ?? {}),
    ...(at && error.range
      ? {
          file: error.range.source.filename,
          line: error.range.source.startLine + at.line,
          column: at.column,
          frame: error.range.highlight(),
        }
      : {}),
  }
}
