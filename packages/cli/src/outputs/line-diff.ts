const cellLimit = 4_000_000

/** The lines that differ, `-` in the first and `+` in the second, with one equal line around each run; by a longest common subsequence. */
export function lineDiff(a: readonly string[], b: readonly string[]): string[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  const middle =
    left.length * right.length > cellLimit
      ? [...left.map((line) => `- ${line}`), ...right.map((line) => `+ ${line}`)]
      : changes(left, right)
  return [
    ...a.slice(Math.max(0, start - 1), start).map((line) => `  ${line}`),
    ...middle,
    ...a.slice(a.length - end, a.length - end + 1).map((line) => `  ${line}`),
  ]
}

function changes(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
    }
  }
  const lines: string[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(`  ${a[i++]}`)
      j++
    } else if (i < a.length && (j === b.length || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) lines.push(`- ${a[i++]}`)
    else lines.push(`+ ${b[j++]}`)
  }
  return lines
}
