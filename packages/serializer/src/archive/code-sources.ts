import { Source, type SourceRange } from '@tsjit/types'
import { torchGlobals } from '../pickle/index.ts'
import type { ZipReader } from '../zip/index.ts'
import { readDebugInfo } from './debug-info.ts'

/** The code files below a folder of an archive, by path under it; each is read when it is asked for. */
export function codeSources(zip: ZipReader, root: string, folder: string): Map<string, () => Source> {
  const sources = new Map<string, () => Source>()
  const prefix = `${root}${folder}/`
  for (const name of zip.entries.keys()) {
    if (name.startsWith(prefix) && name.endsWith('.py'))
      sources.set(name.slice(prefix.length), codeSource(zip, name, name.slice(root.length), `${name}.debug_pkl`))
  }
  return sources
}

/** A code file with the ranges of the original program in `debug`, where there is such a record. */
export function codeSource(zip: ZipReader, record: string, filename: string, debug: string): () => Source {
  let made: Source | undefined
  let origin: ((offset: number) => SourceRange | undefined) | undefined
  let tried = false
  return () =>
    (made ??= new Source(new TextDecoder().decode(zip.read(record)), filename, 1, (offset) => {
      if (!tried) {
        tried = true
        if (zip.has(debug)) origin = readDebugInfo(zip.read(debug), debug, torchGlobals())
      }
      return origin?.(offset)
    }))
}
