/** The upper median; undefined of nothing. */
export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted.length ? sorted[sorted.length >> 1] : undefined
}
