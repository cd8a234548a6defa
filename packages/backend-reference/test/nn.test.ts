import { describe, expect, it } from 'vitest'
import { loadFixtures, replay } from './nn-fixtures.ts'

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
  })
}
