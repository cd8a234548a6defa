import type { Source } from '@tsjit/types'

/** A place of the generated script and the place of the source it comes from; all from 0. */
export interface Mapping {
  readonly line: number
  readonly column: number
  readonly sourceLine: number
  readonly sourceColumn: number
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function encodeNumber(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += digits[rest > 0 ? digit | 32 : digit]
  } while (rest > 0)
  return text
}

/** The `mappings` of a source map (version 3) with one source. `mappings` are in the order of the script. */
export function encodeMappings(mappings: readonly Mapping[]): string {
  let text = ''
  let line = 0
  let previous: Mapping = { line: 0, column: 0, sourceLine: 0, sourceColumn: 0 }
  let isFirst = true
  for (const mapping of mappings) {
    if (mapping.line > line) {
      text += ';'.repeat(mapping.line - line)
      line = mapping.line
      previous = { ...previous, column: 0 }
      isFirst = true
    }
    if (!isFirst) text += ','
    isFirst = false
    text +=
      encodeNumber(mapping.column - previous.column) +
      encodeNumber(0) +
      encodeNumber(mapping.sourceLine - previous.sourceLine) +
      encodeNumber(mapping.sourceColumn - previous.sourceColumn)
    previous = mapping
  }
  return text
}

const virtualFiles = new WeakMap<Source, string>()
let count = 0

/** What debuggers know a source by: its file, or a name of its own where it has none (`<script>`); and the file's text as far as known. */
export function sourceFile(source: Source | undefined): { readonly name: string; readonly url: string; readonly text: string } {
  if (!source) return { name: `tsjit:graph/${++count}`, url: `tsjit:graph/${count}`, text: '' }
  const text = '\n'.repeat(source.startLine - 1) + source.text
  if (/^<.*>$/.test(source.filename) || source.filename === '') {
    let name = virtualFiles.get(source)
    if (!name) virtualFiles.set(source, (name = `tsjit:script/${++count}.py`))
    return { name, url: name, text }
  }
  const path = process.getBuiltinModule('node:path').resolve(source.filename)
  const url = process.getBuiltinModule('node:url').pathToFileURL(path).href
  if (source.startLine === 1) return { name: path, url, text }
  try {
    // a part of a file: a template in a program
    return { name: path, url, text: process.getBuiltinModule('node:fs').readFileSync(path, 'utf8') }
  } catch {
    return { name: path, url, text }
  }
}
