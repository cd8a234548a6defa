import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the text of a template stands. */
export interface TemplatePlace {
  readonly filename: string
  /** The line of the template's first character, from 1. */
  readonly startLine: number
}

/**
 * The file that holds a tagged template, and the line, so that debuggers can stop in it: the text is looked for in the file that called
 * `callee`, nearest to the call. Undefined where the file cannot be read or does not hold it.
 */
export function templatePlace(strings: TemplateStringsArray, callee: (...args: never[]) => unknown): TemplatePlace | undefined {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, callee)
  const match = /\(?((?:file:\/\/)?\/[^()\n]*?):(\d+):\d+\)?$/m.exec(holder.stack ?? '')
  if (!match) return undefined
  try {
    const filename = match[1].startsWith('file:') ? fileURLToPath(match[1]) : match[1]
    const text = readFileSync(filename, 'utf8')
    const called = Number(match[2])
    let found: number | undefined
    const start = `\`${strings.raw[0]}`
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
      const line = text.slice(0, at).split('\n').length
      if (found === undefined || Math.abs(line - called) < Math.abs(found - called)) found = line
    }
    return found === undefined ? undefined : { filename, startLine: found }
  } catch {
    return undefined
  }
}
