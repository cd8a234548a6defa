/** Numbers as Python formats them: exact halves go to the even digit, where JavaScript rounds them up. */

/** `f"{value:.{digits}f}"`. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const magnitude = Math.abs(value)
  if (magnitude >= 1e21) return `${sign}${BigInt(magnitude)}${digits ? `.${'0'.repeat(digits)}` : ''}`
  const exact = magnitude.toFixed(digits + 30)
  const dot = exact.indexOf('.')
  return sign + rounded(exact.slice(0, dot), exact.slice(dot + 1), digits)
}

/** `f"{value:.{digits}e}"`. */
export function formatExponent(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [exact, power] = Math.abs(value).toExponential(60).split('e')
  let exponent = Number(power)
  let mantissa = rounded(exact[0], exact.slice(2), digits)
  if (mantissa.startsWith('10')) {
    exponent++
    mantissa = `1${digits ? `.${'0'.repeat(digits)}` : ''}`
  }
  return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** Rounds decimal digits half to even. */
function rounded(whole: string, fraction: string, digits: number): string {
  const kept = whole + fraction.slice(0, digits)
  const rest = fraction.slice(digits)
  const tie = /^50*$/.test(rest)
  const up = tie ? Number(kept[kept.length - 1]) % 2 === 1 : rest[0] >= '5'
  const result = up ? String(BigInt(kept) + 1n).padStart(kept.length, '0') : kept
  if (digits === 0) return result
  return `${result.slice(0, result.length - digits)}.${result.slice(result.length - digits)}`
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
}

/** `repr` of a Python float: the shortest digits that read back, exponents below 1e-4 and from 1e16. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value)
  if (Object.is(value, -0)) return '-0.0'
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [mantissa, power] = value.toExponential().split('e')
    const exponent = Number(power)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** `(2, 3)`, `(2,)`, `()`. */
export function pythonTuple(items: readonly (number | string)[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
}
