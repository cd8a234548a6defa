import { operatorNames } from '@tsjit/ops'

/** At most so many letters are added, left out or changed. */
const farthest = 2

/** Names that may be meant by `name`, nearest first. Of names of up to five letters, one may be wrong. */
export function nearNames(name: string, candidates: Iterable<string>, most = 5): string[] {
  return near(name, candidates)
    .slice(0, most)
    .map((one) => one.name)
}

/** A hint for a name that does not exist; undefined where none that does is near. `exists` is asked of those that are near alone. */
export function didYouMean(name: string, candidates: Iterable<string>, exists?: (candidate: string) => boolean): string | undefined {
  const found = near(name, candidates).filter((one) => !exists || exists(one.name))
  const nearest = found.filter(({ distance }) => distance === found[0].distance).slice(0, 3)
  return nearest.length === 0 ? undefined : `did you mean ${nearest.map((one) => `'${one.name}'`).join(' or ')}?`
}

function near(name: string, candidates: Iterable<string>): { readonly name: string; readonly distance: number }[] {
  const limit = name.length <= 5 ? 1 : farthest
  const found: { name: string; distance: number }[] = []
  for (const candidate of new Set(candidates)) {
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(name, candidate, limit)
    if (distance <= limit) found.push({ name: candidate, distance })
  }
  return found.sort((a, b) => a.distance - b.distance)
}

/** The names of PyTorch's operators that are functions or methods of tensors. */
export function* operatorWords(): Iterable<string> {
  for (const symbol of operatorNames()) if (/^aten::[a-z]/.test(symbol)) yield symbol.slice('aten::'.length)
}

/** Levenshtein distance with exchanged neighbours as one step, given up once it must exceed `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2] + 1)
      row.push(least)
    }
    if (Math.min(...row) > limit) return limit + 1
    before = previous
    previous = row
  }
  return previous[b.length]
}
