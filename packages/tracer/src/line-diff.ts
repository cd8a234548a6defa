/** Beyond this many pairs of lines the part that differs is shown whole. */
const maxCells = 4_000_000

/** The lines of two texts: `  ` before those in both, `- ` before those of the first, `+ ` before those of the second. */
export function lineDiff(before: string, after: string): string {
  const a = before.split('\n')
  const b = after.split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const same = (lines: readonly string[]) => lines.map((line) => `  ${line}`)
  return [
    ...same(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ].join('\n')
}

function middle(a: readonly string[], b: readonly string[]): string[] {
  const whole = () => [...a.map((line) => `- ${line}`), ...b.map((line) => `+ ${line}`)]
  const width = b.length + 1
  if ((a.length + 1) * width > maxCells) return whole()
  // lengths of the longest common subsequences of the ends
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] =
        a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(common[(i + 1) * width + j], common[i * width + j + 1])
    }
  }
  const lines: string[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(`  ${a[i++]}`)
      j++
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) lines.push(`- ${a[i++]}`)
    else lines.push(`+ ${b[j++]}`)
  }
  return lines
}

/** The same in red and green. */
export function colouredDiff(diff: string): string {
  return diff
    .split('\n')
    .map((line) => (line.startsWith('- ') ? `\u001b[31m${line}\u001b[39m` : line.startsWith('+ ') ? `\u001b[32m${line}\u001b[39m` : line))
    .join('\n')
}
