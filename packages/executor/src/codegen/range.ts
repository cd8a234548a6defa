/** What is known of an int at a place: it is a JavaScript number (not a bigint) within these bounds. */
export interface Range {
  readonly low: number
  readonly high: number
}

export const safe = Number.MAX_SAFE_INTEGER
export const int32: Range = { low: -2147483648, high: 2147483647 }
export const counter: Range = { low: 0, high: safe }
export const length: Range = { low: 0, high: 4294967295 }

export function exactly(value: number): Range {
  return { low: value, high: value }
}

/** The range, if all of it is safe: only then is the result known to be a number. */
export function ifSafe(low: number, high: number): Range | undefined {
  return low >= -safe && high <= safe ? { low, high } : undefined
}

export function within(range: Range | undefined, limits: Range): boolean {
  return range !== undefined && range.low >= limits.low && range.high <= limits.high
}
