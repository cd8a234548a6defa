import type { Source, SourceRange } from '@tsjit/types'
import type { CodeFile } from '../code-printer/index.ts'
import { PyTuple, pickle, typedList } from '../pickle/index.ts'

/**
 * Writes `*.debug_pkl`: which offset of a code file came from which range of the original program (PyTorch's
 * `source_range_serialization.cpp`). Ranges are numbered through all files of an archive.
 */
export class DebugRecords {
  private readonly tags = new Map<Source | undefined, Map<string, number>>()
  private nextTag = 0

  record({ text, ranges }: CodeFile): Uint8Array {
    const texts: string[] = ['']
    const indices = new Map<string, number>([['', 0]])
    const indexOf = (part: string): number => {
      let index = indices.get(part)
      if (index === undefined) indices.set(part, (index = texts.push(part) - 1))
      return index
    }
    const sources = new Map<Source | undefined, PyTuple>()
    const sourceModel = (source: Source | undefined): PyTuple => {
      let model = sources.get(source)
      if (!model) {
        const lines = source ? splitLines(source.text).map(indexOf) : []
        const line = source?.startLine ?? 0
        model = new PyTuple([typedList('int', lines), source ? indexOf(source.filename) : 0, line])
        sources.set(source, model)
      }
      return model
    }
    const byteOffset = byteOffsets(text)
    const rows = ranges.map(({ offset, range }) => {
      const place = new PyTuple([sourceModel(range?.source), range?.start ?? 0, range?.end ?? 0])
      return new PyTuple([byteOffset(offset), place, this.tag(range)])
    })
    return pickle(new PyTuple(['FORMAT_WITH_STRING_TABLE', new PyTuple(texts), new PyTuple(rows)]))
  }

  private tag(range: SourceRange | undefined): number {
    const known = this.tags.get(range?.source) ?? new Map<string, number>()
    this.tags.set(range?.source, known)
    const key = range ? `${range.start}:${range.end}` : ''
    let tag = known.get(key)
    if (tag === undefined) known.set(key, (tag = this.nextTag++))
    return tag
  }
}

/** Lines with their ends: functions of one file share most of them. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Offsets in characters as offsets in UTF-8, for offsets that only grow. */
function byteOffsets(text: string): (offset: number) => number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return (offset) => offset
  let at = 0
  let bytes = 0
  return (offset) => {
    bytes += Buffer.byteLength(text.slice(at, offset))
    at = offset
    return bytes
  }
}
