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

/** Frames underline no more lines than these. */
const mostLines = 20

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

  /**
   * The source frame that PyTorch prints: up to `context` lines around, each line of the range underlined with `~` and the last marked
   * `<--- HERE`. Of a range of very many lines, the first alone.
   */
  highlight(context = 2): string {
    const { source } = this
    const { line, column } = source.lineColumn(Math.min(this.start, source.text.length))
    const first = Math.max(0, line - context)
    const stop = source.lineColumn(Math.max(this.start, Math.min(this.end, source.text.length) - 1)).line
    const end = stop - line < mostLines ? stop : line
    const last = Math.min(source.lineCount - 1, end + context)
    const out = [`  File "${source.filename}", line ${source.startLine + line}`]
    for (let i = first; i <= last; i++) {
      const text = source.lineText(i)
      if (i > end && text.trim() === '' && i === last) break
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
