import { Source, SourceRange } from '@tsjit/types'
import type { FindGlobal } from '../pickle/index.ts'
import { PyTuple, unpickle } from '../pickle/index.ts'

/**
 * Reads a `*.debug_pkl` record: which offset of a generated file came from which range of the model's original Python source
 * (PyTorch's `torch/csrc/jit/serialization/source_range_serialization.cpp`). Damaged records give no locations: they are for messages only.
 */
export function readDebugInfo(
  bytes: Uint8Array,
  record: string,
  findGlobal: FindGlobal,
): ((offset: number) => SourceRange | undefined) | undefined {
  let rows: readonly unknown[]
  let texts: readonly string[] | undefined
  try {
    const top = unpickle(bytes, { record, findGlobal })
    const items = itemsOf(top)
    if (items?.[0] === 'FORMAT_WITH_STRING_TABLE') {
      texts = itemsOf(items[1])?.map(String) ?? []
      rows = itemsOf(items[2]) ?? []
    } else rows = items ?? []
  } catch {
    return undefined
  }
  const starts: number[] = []
  const ranges: (() => SourceRange | undefined)[] = []
  const sources = new Map<string, Source>()
  for (const row of rows) {
    const [offset, range] = itemsOf(row) ?? []
    if (typeof offset !== 'number') continue
    starts.push(offset)
    ranges.push(once(() => readRange(range, texts, sources)))
  }
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    if (high < 0 || offset < starts[0]) return undefined
    while (low < high) {
      const mid = (low + high + 1) >> 1
      if (starts[mid] <= offset) low = mid
      else high = mid - 1
    }
    return ranges[low]()
  }
}

/** (source, start, end); source is (text or list of string numbers, filename or its string number, first line). */
function readRange(object: unknown, texts: readonly string[] | undefined, sources: Map<string, Source>): SourceRange | undefined {
  const [sourceObject, start, end] = itemsOf(object) ?? []
  const [body, file, firstLine] = itemsOf(sourceObject) ?? []
  if (typeof start !== 'number' || typeof end !== 'number') return undefined
  const pick = (part: unknown): string => (typeof part === 'number' && texts ? (texts[part] ?? '') : String(part ?? ''))
  const parts = itemsOf(body)
  const text = parts ? parts.map(pick).join('') : pick(body)
  const filename = pick(file)
  if (!text || !filename || start > text.length || end > text.length || start > end) return undefined
  const line = typeof firstLine === 'number' ? firstLine : 0
  const key = `${filename}:${line}:${text.length}`
  let source = sources.get(key)
  if (!source || source.text !== text) sources.set(key, (source = new Source(text, filename, line)))
  return new SourceRange(source, start, end)
}

function itemsOf(object: unknown): readonly unknown[] | undefined {
  return object instanceof PyTuple ? object.items : Array.isArray(object) ? object : undefined
}

function once<T>(compute: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: compute() }).value
}
