import { describe, expect, it } from 'vitest'
import { decomposing, hasBoth, loadFixtures, replay } from './nn-fixtures.ts'

/** Every recorded call gives PyTorch's result, or fails with PyTorch's words. */
for (const [family, fixtures] of loadFixtures(new URL('./fixtures/', import.meta.url))) {
  describe(family, () => {
    const keys = [...new Set(fixtures.map((fixture) => fixture.key))]
    it.each(keys)('%s', (key) => {
      const problems = fixtures.flatMap((fixture, i) => {
        const problem = fixture.key === key ? replay(fixture) : undefined
        return problem ? [`line ${i + 1}: ${problem}`] : []
      })
      expect(problems).toEqual([])
    })
    const hidden = keys.filter(hasBoth)
    if (hidden.length === 0) return
    it.each(hidden)('%s, decomposed', (key) => {
      const problems = fixtures.flatMap((fixture, i) => {
        const problem = fixture.key === key && fixture.error === undefined ? replay(fixture, decomposing) : undefined
        return problem ? [`line ${i + 1}: ${problem}`] : []
      })
      expect(problems).toEqual([])
    })
  })
}
