/** A small seeded generator (mulberry32): the same seed gives the same mutants everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** What was done to an archive, for reports. */
export interface Mutant {
  readonly bytes: Uint8Array
  readonly description: string
}

const interesting = [0, 1, 0x7f, 0x80, 0xff, 0x28, 0x2e, 0x63, 0x52, 0x51, 0x50]

/**
 * One mutation of `original`: flipped bits, overwritten bytes and words, truncation, removed, doubled or moved ranges, a splice with
 * `other`. Half of them aim at the end (the directory) or at the small records, where the structure is.
 */
export function mutate(original: Uint8Array, other: Uint8Array, random: () => number): Mutant {
  const at = (size: number): number => Math.floor(random() * size)
  const place = (): number => {
    const kind = random()
    if (kind < 0.35) return Math.max(0, original.length - 1 - at(Math.min(original.length, 4096)))
    if (kind < 0.6) return at(Math.min(original.length, 4096))
    return at(original.length)
  }
  const kind = at(8)
  const bytes = original.slice()
  switch (kind) {
    case 0: {
      const count = 1 + at(8)
      for (let i = 0; i < count; i++) bytes[place()] ^= 1 << at(8)
      return { bytes, description: `${count} bits flipped` }
    }
    case 1: {
      const count = 1 + at(16)
      for (let i = 0; i < count; i++) bytes[place()] = interesting[at(interesting.length)]
      return { bytes, description: `${count} bytes overwritten` }
    }
    case 2: {
      const start = Math.min(place(), Math.max(0, bytes.length - 8))
      const view = new DataView(bytes.buffer, bytes.byteOffset)
      const value = [0xffffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0x10000][at(5)]
      if (bytes.length >= 8) view.setUint32(start, value, true)
      return { bytes, description: `word at ${start} set to ${value}` }
    }
    case 3: {
      const length = at(bytes.length)
      return { bytes: bytes.slice(0, length), description: `cut to ${length} bytes` }
    }
    case 4: {
      const start = place()
      const length = 1 + at(Math.min(512, bytes.length - start))
      return { bytes: concat(bytes.subarray(0, start), bytes.subarray(start + length)), description: `${length} bytes removed at ${start}` }
    }
    case 5: {
      const start = place()
      const piece = bytes.subarray(start, start + 1 + at(512))
      return {
        bytes: concat(bytes.subarray(0, start), piece, bytes.subarray(start)),
        description: `${piece.length} bytes doubled at ${start}`,
      }
    }
    case 6: {
      const from = at(other.length)
      const piece = other.subarray(from, from + 1 + at(1024))
      const start = place()
      bytes.set(piece.subarray(0, Math.max(0, bytes.length - start)), start)
      return { bytes, description: `${piece.length} bytes of another archive at ${start}` }
    }
    default: {
      const cut = place()
      const from = at(other.length)
      return {
        bytes: concat(bytes.subarray(0, cut), other.subarray(from)),
        description: `spliced at ${cut} with another archive from ${from}`,
      }
    }
  }
}

function concat(...parts: Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    result.set(part, offset)
    offset += part.length
  }
  return result
}
