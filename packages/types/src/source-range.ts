/** A program text with the name it is reported under; `startLine` is the 1-based line of its first line in that file. */
export class Source {
  private lineStarts: number[] | undefined

  constructor(
    readonly text: string,
    readonly filename: string,
    readonly startLine = 1,
    /** Where this text was generated from: maps an offset of this text to a range of the original source (`debug_pkl`). */
    readonly origin?: (offset: number) => SourceRange | undefined,
  ) {}

  /** 0-based line index (within `text`) and 0-based column of an offset. */
  lineColumn(offset: number): { line: number; column: number } {
    const starts = (this.lineStarts ??= computeLineStarts(this.text))
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const mid = (low + high + 1) >> 1
      if (starts[mid] <= offset) low = mid
      else high = mid - 1
    }
    return { line: low, column: offset - starts[low] }
  }

  lineText(line: number): string {
    const starts = (this.lineStarts ??= computeLineStarts(this.text))
    const end = line + 1 < starts.length ? starts[line + 1] - 1 : this.text.length
    return this.text.slice(starts[line], end)
  }

  get lineCount(): number {
    return (this.lineStarts ??= computeLineStarts(this.text)).length
  }
}

function computeLineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Functions of more lines are not looked for. */
const longestFunction = 300

/** Frames underline no more lines than these. */
const mostLines = 20

/** `module.py(12): forward`, line by line. */
const pythonStack = /^\S.*\(\d+\): \S+$/m

/** A half-open range of offsets `[start, end)` of a source. */
export class SourceRange {
  constructor(
    readonly source: Source,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The range in the program that the text was generated from, where that is known; else this range. */
  original(): SourceRange {
    return this.source.origin?.(this.start) ?? this
  }

  /** `file:line:column`, 1-based line and 0-based column, as PyTorch prints them. */
  toString(): string {
    const { line, column } = this.source.lineColumn(this.start)
    return `${this.source.filename}:${this.source.startLine + line}:${column}`
  }

  /** What Node prints of it: without the text of the whole program. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `SourceRange(${this})`
  }

  /** The lines of the `def` that holds a line, decorators included; all lines where none does, and in the code of archives. */
  private functionLines(line: number): { first: number; last: number } {
    const { source } = this
    const all = { first: 0, last: source.lineCount - 1 }
    if (source.origin) return all
    const marginOf = (text: string): number => text.length - text.trimStart().length
    let margin = Number.POSITIVE_INFINITY
    let first = line
    for (; first >= 0; first--) {
      if (line - first > longestFunction) return all
      const text = source.lineText(first)
      if (text.trim() === '' || marginOf(text) >= margin) continue
      margin = marginOf(text)
      if (/^\s*(async\s+)?def\s/.test(text)) break
    }
    if (first < 0) return all
    let last = line
    for (let i = line + 1; i < source.lineCount && i - line < longestFunction; i++) {
      const text = source.lineText(i)
      if (text.trim() === '') continue
      if (marginOf(text) <= margin) break
      last = i
    }
    while (
      first > 0 &&
      source
        .lineText(first - 1)
        .trimStart()
        .startsWith('@') &&
      marginOf(source.lineText(first - 1)) === margin
    )
      first--
    return { first, last }
  }

  /**
   * The source frame that PyTorch prints: up to `context` lines around, each line of the range underlined with `~` and the last marked
   * `<--- HERE`. Of a range of very many lines, the first alone. The Python stack that a traced operator came from is printed as it is.
   */
  highlight(context = 2): string {
    const { source } = this
    if (this.start === 0 && this.end === source.text.length && pythonStack.test(source.text)) return source.text.trimEnd()
    const { line, column } = source.lineColumn(Math.min(this.start, source.text.length))
    const body = this.functionLines(line)
    const first = Math.max(body.first, line - context)
    const stop = source.lineColumn(Math.max(this.start, Math.min(this.end, source.text.length) - 1)).line
    const end = stop - line < mostLines ? stop : line
    const last = Math.max(end, Math.min(body.last, end + context))
    const out = [`  File "${source.filename}", line ${source.startLine + line}`]
    for (let i = first; i <= last; i++) {
      const text = source.lineText(i)
      if (i > end && text.trim() === '' && (i === last || i === body.last)) break
      out.push(text)
      if (i < line || i > end) continue
      const from = i === line ? column : text.length - text.trimStart().length
      const to = i === stop ? source.lineColumn(Math.min(this.end, source.text.length)).column : text.length
      const width = Math.max(i === line ? 1 : 0, Math.min(i === stop && to > from ? to : text.length, text.length) - from)
      const mark = i === end ? ' <--- HERE' : ''
      if (width > 0 || mark) out.push(`${' '.repeat(from)}${'~'.repeat(width)}${mark}`)
    }
    return out.join('\n')
  }
}
