/** Lines of left-aligned columns under a head; numbers are right-aligned. */
export function table(rows: readonly (readonly string[])[], head: readonly string[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)))
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((row) => /^-?[\d.,]+%?$/.test(row[i])))
  return all
    .map(
      (row) =>
        `  ${row
          .map((cell, i) => (numeric[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n')
}
