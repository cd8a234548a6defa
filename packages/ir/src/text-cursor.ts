import { TsjitError } from '@tsjit/types'

/** A place in a text of IR. */
export class TextCursor {
  at = 0
  constructor(readonly text: string) {}

  /** Skips blanks within the line. */
  blanks(): void {
    while (this.text[this.at] === ' ') this.at++
  }
  /** Skips blanks and line ends. */
  space(): void {
    while (' \n\r\t'.includes(this.text[this.at] ?? '.')) this.at++
  }
  peek(token: string): boolean {
    this.blanks()
    return this.text.startsWith(token, this.at)
  }
  take(token: string): boolean {
    if (!this.peek(token)) return false
    this.at += token.length
    return true
  }
  expect(token: string): void {
    if (!this.take(token)) this.fail(`'${token}'`)
  }
  /** `pattern` must be sticky. */
  match(pattern: RegExp): string | undefined {
    this.blanks()
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return undefined
    this.at += found[0].length
    return found[0]
  }
  demand(pattern: RegExp, what: string): string {
    return this.match(pattern) ?? this.fail(what)
  }
  list<T>(end: string, item: () => T): T[] {
    const items: T[] = []
    for (this.space(); !this.take(end); this.space()) {
      if (items.length > 0) this.expect(',')
      this.space()
      if (this.take(end)) break // `(1,)`
      items.push(item())
      this.space()
    }
    return items
  }
  fail(expected: string): never {
    const before = this.text.slice(0, this.at)
    const line = before.split('\n').length
    const column = this.at - (before.lastIndexOf('\n') + 1)
    const found = this.text.slice(this.at, this.at + 24).split('\n')[0]
    throw new TsjitError(
      'TSJ_IR_SYNTAX',
      `expected ${expected} but found ${found ? `'${found}'` : 'the end of the line'} at line ${line}, column ${column} of a graph's text`,
    )
  }
}
