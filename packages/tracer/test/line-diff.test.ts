import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { colouredDiff, lineDiff } from '../src/index.ts'

interface Row {
  readonly a: string
  readonly b: string
  readonly diff: readonly string[]
}
const rows: Row[] = JSON.parse(readFileSync(new URL('line-diff.json', import.meta.url), 'utf8'))

describe('lineDiff', () => {
  it('is that of Python’s difflib', () => {
    for (const { a, b, diff } of rows) expect(lineDiff(a, b).split('\n')).toEqual(diff)
  })
  it('keeps what is in both', () => {
    expect(lineDiff('a\nb\nc\nd', 'a\nc\nx\nd')).toBe('  a\n- b\n  c\n+ x\n  d')
  })
  it('of equal texts is the text', () => {
    expect(lineDiff('a\nb', 'a\nb')).toBe('  a\n  b')
  })
  it('shows everything where nothing is in both', () => {
    expect(lineDiff('a', 'b\nc')).toBe('- a\n+ b\n+ c')
  })
  it('takes texts that are too long for a table of all pairs', () => {
    const many = (mark: string) => Array.from({ length: 3000 }, (_, i) => `${mark}${i}`).join('\n')
    const lines = lineDiff(many('a'), many('b')).split('\n')
    expect(lines).toHaveLength(6000)
    expect([lines[0], lines[3000]]).toEqual(['- a0', '+ b0'])
  })
  it('in colours', () => {
    expect(colouredDiff('  a\n- b\n+ c')).toBe('  a\n\u001b[31m- b\u001b[39m\n\u001b[32m+ c\u001b[39m')
  })
})
