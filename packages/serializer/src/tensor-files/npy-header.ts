export interface NpyHeader {
  descr: string
  fortranOrder: boolean
  shape: number[]
}

/**
 * Reads the header of a `.npy` file: a Python dict literal of a string, a bool and a tuple of ints. Returns undefined for anything
 * else; dtypes with fields, which are lists, come back as their text, so that the caller can name them.
 */
export function parseNpyHeader(text: string): NpyHeader | undefined {
  const body = /^\s*\{([\s\S]*)\}\s*$/.exec(text)?.[1]
  if (body === undefined) return undefined
  const found = new Map<string, string>()
  const item = /\s*(['"])(\w+)\1\s*:\s*('[^']*'|"[^"]*"|True|False|\([^()]*\)|\[[\s\S]*\])\s*(?:,|$)/y
  while (item.lastIndex < body.trimEnd().length) {
    const match = item.exec(body)
    if (!match || found.has(match[2])) return undefined
    found.set(match[2], match[3])
  }
  const descr = found.get('descr')
  const order = found.get('fortran_order')
  const shape = found.get('shape')
  if (found.size !== 3 || descr === undefined || (order !== 'True' && order !== 'False') || !shape?.startsWith('(')) return undefined
  const parts = shape
    .slice(1, -1)
    .split(',')
    .map((part) => part.trim())
  if (parts[parts.length - 1] === '') parts.pop()
  // Python 2 wrote longs as 3L.
  if (parts.length > 64 || !parts.every((part) => /^\d{1,16}L?$/.test(part))) return undefined
  return {
    descr: /^['"]/.test(descr) ? descr.slice(1, -1) : descr,
    fortranOrder: order === 'True',
    shape: parts.map((part) => Number.parseInt(part, 10)),
  }
}
