/** Where two sequences agree, found as Python's `difflib.SequenceMatcher` does: the longest common run first, then those on its two sides. */

/** Elements `[a, a + size)` of the first are `[b, b + size)` of the second. */
export interface MatchingRun {
  readonly a: number
  readonly b: number
  readonly size: number
}

export interface Edit {
  readonly kind: 'equal' | 'replace' | 'delete' | 'insert'
  readonly a: readonly [from: number, to: number]
  readonly b: readonly [from: number, to: number]
}

/** From this length on, elements that make up more than a hundredth of the second sequence begin no run. */
const longSequence = 200

/** The runs in order. `isJunk`: elements that begin no run, but may extend one. */
export function matchingRuns(
  a: ArrayLike<string>,
  b: ArrayLike<string>,
  isJunk: (element: string) => boolean = () => false,
): MatchingRun[] {
  const places = new Map<string, number[]>()
  for (let j = 0; j < b.length; j++) {
    if (isJunk(b[j])) continue
    const known = places.get(b[j])
    if (known) known.push(j)
    else places.set(b[j], [j])
  }
  if (b.length >= longSequence) {
    const most = Math.floor(b.length / 100) + 1
    for (const [element, at] of places) if (at.length > most) places.delete(element)
  }

  const longest = (aFrom: number, aTo: number, bFrom: number, bTo: number): MatchingRun => {
    let best = { a: aFrom, b: bFrom, size: 0 }
    let lengths = new Map<number, number>()
    for (let i = aFrom; i < aTo; i++) {
      const next = new Map<number, number>()
      for (const j of places.get(a[i]) ?? []) {
        if (j < bFrom) continue
        if (j >= bTo) break
        const size = (lengths.get(j - 1) ?? 0) + 1
        next.set(j, size)
        if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size }
      }
      lengths = next
    }
    for (const junk of [false, true]) {
      while (best.a > aFrom && best.b > bFrom && a[best.a - 1] === b[best.b - 1] && isJunk(b[best.b - 1]) === junk)
        best = { a: best.a - 1, b: best.b - 1, size: best.size + 1 }
      const follows = () => {
        const [i, j] = [best.a + best.size, best.b + best.size]
        return i < aTo && j < bTo && a[i] === b[j] && isJunk(b[j]) === junk
      }
      while (follows()) best.size++
    }
    return best
  }

  const found: MatchingRun[] = []
  const open: [number, number, number, number][] = [[0, a.length, 0, b.length]]
  for (let area = open.pop(); area; area = open.pop()) {
    const [aFrom, aTo, bFrom, bTo] = area
    const run = longest(aFrom, aTo, bFrom, bTo)
    if (run.size === 0) continue
    found.push(run)
    if (aFrom < run.a && bFrom < run.b) open.push([aFrom, run.a, bFrom, run.b])
    if (run.a + run.size < aTo && run.b + run.size < bTo) open.push([run.a + run.size, aTo, run.b + run.size, bTo])
  }
  return found.sort((x, y) => x.a - y.a)
}

/** What turns the first sequence into the second. */
export function editsOf(a: ArrayLike<string>, b: ArrayLike<string>, isJunk?: (element: string) => boolean): Edit[] {
  const edits: Edit[] = []
  let i = 0
  let j = 0
  const add = (kind: Edit['kind'], aTo: number, bTo: number) => {
    const last = edits.at(-1)
    if (kind === 'equal' && last?.kind === 'equal') edits[edits.length - 1] = { kind, a: [last.a[0], aTo], b: [last.b[0], bTo] }
    else edits.push({ kind, a: [i, aTo], b: [j, bTo] })
    i = aTo
    j = bTo
  }
  for (const run of [...matchingRuns(a, b, isJunk), { a: a.length, b: b.length, size: 0 }]) {
    if (i < run.a && j < run.b) add('replace', run.a, run.b)
    else if (i < run.a) add('delete', run.a, run.b)
    else if (j < run.b) add('insert', run.a, run.b)
    if (run.size > 0) add('equal', run.a + run.size, run.b + run.size)
  }
  return edits
}

/** How alike two texts are, from 0 to 1; 0 where that cannot be more than `least`. */
export function likeness(a: string, b: string, least: number, isJunk?: (element: string) => boolean): number {
  const total = a.length + b.length
  if (total === 0) return 1
  const share = (matches: number) => (2 * matches) / total
  if (share(Math.min(a.length, b.length)) <= least || share(commonElements(a, b)) <= least) return 0
  return share(matchingRuns(a, b, isJunk).reduce((sum, { size }) => sum + size, 0))
}

function commonElements(a: string, b: string): number {
  const counts = new Map<string, number>()
  for (const element of b) counts.set(element, (counts.get(element) ?? 0) + 1)
  let common = 0
  for (const element of a) {
    const left = counts.get(element) ?? 0
    if (left > 0) common++
    counts.set(element, left - 1)
  }
  return common
}
