import { styleText } from 'node:util'
import { editsOf, likeness } from './sequence-matcher.ts'

/** Beyond this many pairs of lines, lines that replace others are not looked at for being alike. */
const maxPairs = 10_000

const isBlank = (char: string): boolean => char === ' ' || char === '\t'

/**
 * The lines of two texts as Python's `difflib.ndiff` shows them, which PyTorch uses: `  ` before those in both, `- ` before those of the first, `+ ` before
 * those of the second; where two are alike, a line `? ` below each marks the characters that differ.
 */
export function lineDiff(before: string, after: string): string {
  return new LineDiff(before.split('\n'), after.split('\n')).text()
}

type Span = readonly [from: number, to: number]

class LineDiff {
  private readonly out: string[] = []
  constructor(
    private readonly a: readonly string[],
    private readonly b: readonly string[],
  ) {}

  text(): string {
    for (const { kind, a, b } of editsOf(this.a, this.b)) {
      if (kind === 'equal') this.dump('  ', this.a, a)
      else if (kind === 'replace') this.replace(a, b)
      else this.plain(a, b)
    }
    return this.out.join('\n')
  }

  private dump(mark: string, lines: readonly string[], [from, to]: Span): void {
    for (let i = from; i < to; i++) this.out.push(mark + lines[i])
  }
  /** The shorter part first. */
  private plain(a: Span, b: Span): void {
    const isSecondShorter = b[1] - b[0] < a[1] - a[0]
    if (isSecondShorter) this.dump('+ ', this.b, b)
    this.dump('- ', this.a, a)
    if (!isSecondShorter) this.dump('+ ', this.b, b)
  }

  /** Lines that replace others: the two that are most alike stand together, and then those around them. */
  private replace(a: Span, b: Span): void {
    if (a[0] === a[1] || b[0] === b[1] || (a[1] - a[0]) * (b[1] - b[0]) > maxPairs) return void this.plain(a, b)
    let best = 0.74
    let pair: Span | undefined
    let same: Span | undefined
    for (let j = b[0]; j < b[1]; j++) {
      for (let i = a[0]; i < a[1]; i++) {
        if (this.a[i] === this.b[j]) {
          same ??= [i, j]
          continue
        }
        const ratio = likeness(this.a[i], this.b[j], best, isBlank)
        if (ratio <= best) continue
        best = ratio
        pair = [i, j]
      }
    }
    const isAlike = best >= 0.75
    const found = isAlike ? pair : same
    if (!found) return void this.plain(a, b)
    const [i, j] = found
    this.replace([a[0], i], [b[0], j])
    if (isAlike) this.marked(this.a[i], this.b[j])
    else this.out.push(`  ${this.a[i]}`)
    this.replace([i + 1, a[1]], [j + 1, b[1]])
  }

  private marked(first: string, second: string): void {
    let below = ''
    let belowSecond = ''
    for (const { kind, a, b } of editsOf(first, second, isBlank)) {
      const [sign, signSecond] = kind === 'replace' ? ['^', '^'] : kind === 'equal' ? [' ', ' '] : ['-', '+']
      below += sign.repeat(a[1] - a[0])
      belowSecond += signSecond.repeat(b[1] - b[0])
    }
    this.out.push(`- ${first}`, ...marks(first, below), `+ ${second}`, ...marks(second, belowSecond))
  }
}

/** The line of marks, with the tabs of the line above. */
function marks(line: string, signs: string): string[] {
  const kept = [...signs].map((sign, i) => (sign === ' ' && line[i] === '\t' ? '\t' : sign)).join('')
  return kept.trim() === '' ? [] : [`? ${kept.trimEnd()}`]
}

/** The same in red and green, whatever the output is: who asks for it has looked. */
export function colouredDiff(diff: string): string {
  const paint = (colour: 'red' | 'green', line: string) => styleText(colour, line, { validateStream: false })
  return diff
    .split('\n')
    .map((line) => (line.startsWith('- ') ? paint('red', line) : line.startsWith('+ ') ? paint('green', line) : line))
    .join('\n')
}
