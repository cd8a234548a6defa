/*
 * The texts of protocol 0: ints in decimal, strings with Python's escapes.
 */

/** A decimal integer as `int(text)` reads it, or undefined. */
export function parsePythonInteger(text: string): bigint | undefined {
  const trimmed = text.trim()
  return /^[-+]?\d+$/.test(trimmed) ? BigInt(trimmed.replace('+', '')) : undefined
}

/** UNICODE's raw-unicode-escape: Latin-1 with `\\uXXXX` and `\\UXXXXXXXX`. */
export function unescapeUnicode(bytes: Uint8Array): string | undefined {
  let valid = true
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short: string | undefined, long: string | undefined) => {
      const point = Number.parseInt(short ?? long!, 16)
      if (point > 0x10ffff) valid = false
      return valid ? String.fromCodePoint(point) : ''
    })
  return valid ? text : undefined
}

const simpleEscapes: Readonly<Record<string, number>> = { '\\': 92, "'": 39, '"': 34, a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }

/** STRING's content: a Python 2 `str` in quotes, whose bytes `decode` makes text. */
export function unescapePython2String(line: Uint8Array, decode: (bytes: Uint8Array) => string): string | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1').trim()
  const quote = text[0]
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote)) return undefined
  const out: number[] = []
  for (let i = 1; i < text.length - 1; i++) {
    if (text[i] !== '\\') {
      out.push(text.charCodeAt(i))
      continue
    }
    const next = text[++i]
    if (i >= text.length - 1) return undefined
    const numeric = /^x([0-9a-f]{2})|^[0-7]{1,3}/i.exec(text.slice(i, i + 3))
    if (simpleEscapes[next] !== undefined) out.push(simpleEscapes[next])
    else if (numeric) {
      out.push((numeric[1] ? Number.parseInt(numeric[1], 16) : Number.parseInt(numeric[0], 8)) & 255)
      i += numeric[0].length - 1
    } else out.push(92, next.charCodeAt(0))
  }
  return decode(Uint8Array.from(out))
}
