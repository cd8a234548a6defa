import { versionMap } from '@tsjit/compiler'

/** The oldest version of the format that is written. */
const oldestWritten = 3

/** The version that an archive states: the highest in which the meaning of an operator that it calls changed, at least 3. */
export function formatVersion(operators: Iterable<string>, atLeast = oldestWritten): number {
  let version = Math.max(oldestWritten, atLeast)
  for (const key of operators) {
    if (!Object.hasOwn(versionMap, key)) continue
    for (const { since } of versionMap[key]) version = Math.max(version, since)
  }
  return version
}
