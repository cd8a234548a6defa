import { BytesSource, ZipReader, ZipWriter } from '@tsjit/serializer'
import type { Mutant } from './mutate.ts'

/**
 * One record of the archive mutated and the archive written anew with correct sums, so that the damage reaches the pickle reader, the
 * parser and the compiler instead of ending at the CRC check.
 */
export function mutateRecord(original: Uint8Array, mutateBytes: (bytes: Uint8Array) => Mutant, random: () => number): Mutant {
  const zip = ZipReader.open(new BytesSource(original))
  const names = [...zip.entries.keys()]
  const structural = names.filter((name) => /\.(py|pkl)$/.test(name))
  const chosen =
    random() < 0.85 && structural.length > 0
      ? structural[Math.floor(random() * structural.length)]
      : names[Math.floor(random() * names.length)]
  const slash = names[0].indexOf('/')
  const writer = new ZipWriter(names[0].slice(0, slash))
  let description = ''
  for (const name of names) {
    if (name.endsWith('.data/serialization_id')) continue
    let content = zip.read(name)
    if (name === chosen) {
      const mutant = mutateBytes(content)
      content = mutant.bytes
      description = `${name}: ${mutant.description}`
    }
    writer.add(name.slice(slash + 1), content, { compress: name.endsWith('.py') })
  }
  return { bytes: writer.finish(), description }
}
