import type { SourceRange } from '@tsjit/types'

/** From `offset` on (in characters), a generated text comes from `range`; undefined where nothing is known. */
export interface TaggedRange {
  readonly offset: number
  readonly range: SourceRange | undefined
}

export function sameRange(a: SourceRange | undefined, b: SourceRange | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.source === b.source && a.start === b.start && a.end === b.end)
}

/** The ranges of the nodes that are being printed, innermost last. */
export class RangeStack {
  private readonly stack: (SourceRange | undefined)[] = [undefined]

  get top(): SourceRange | undefined {
    return this.stack[this.stack.length - 1]
  }
  /** Text written by `body` comes from the program that generated `range`, or from `range` itself. */
  within<T>(range: SourceRange | undefined, body: () => T): T {
    this.stack.push(range?.original())
    try {
      return body()
    } finally {
      this.stack.pop()
    }
  }
}

/** Text that remembers where its parts come from: what `debug_pkl` records hold. */
export class TaggedText {
  private text = ''
  readonly ranges: TaggedRange[] = []

  constructor(private readonly stack: RangeStack) {}

  write(part: string | TaggedText): this {
    if (part instanceof TaggedText) {
      for (const { offset, range } of part.ranges) this.tag(this.text.length + offset, range)
      this.text += part.text
    } else if (part !== '') {
      this.tag(this.text.length, this.stack.top)
      this.text += part
    }
    return this
  }

  private tag(offset: number, range: SourceRange | undefined): void {
    const { ranges } = this
    if (ranges.length === 0 || !sameRange(ranges[ranges.length - 1].range, range)) ranges.push({ offset, range })
  }

  get length(): number {
    return this.text.length
  }
  toString(): string {
    return this.text
  }
}
