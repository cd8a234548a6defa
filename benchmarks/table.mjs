const text = (value) => (typeof value === 'number' ? (value >= 100 ? value.toFixed(1) : value.toPrecision(3)) : String(value ?? '-'))

/** Rows of the same keys as columns; the first is aligned left. */
export function printTable(rows) {
  const columns = Object.keys(rows[0] ?? {})
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => text(row[column]).length)))
  const line = (cells) => cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')
  console.log(line(columns))
  for (const row of rows) console.log(line(columns.map((column) => text(row[column]))))
}
