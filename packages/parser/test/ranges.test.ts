import { Source } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { parseModule } from '../src/index.ts'

/** The text of every node, in source order of the walk, as `Type: text`. */
function ranges(text: string): string[] {
  const out: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const child of value) walk(child)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const node = value as { type?: string; range?: { start: number; end: number } }
    if (node.range && node.type) out.push(`${node.type}: ${text.slice(node.range.start, node.range.end)}`)
    for (const [key, child] of Object.entries(node)) if (key !== 'range' && !key.endsWith('Range')) walk(child)
  }
  walk(parseModule(new Source(text, 'test.py')).body)
  return out
}

describe('ranges', () => {
  it('leave parentheses to the node around them, as Python does', () => {
    expect(ranges('((a) + b) * (c)\n')).toEqual([
      'ExpressionStatement: ((a) + b) * (c)',
      'Binary: ((a) + b) * (c)',
      'Binary: (a) + b',
      'Name: a',
      'Name: b',
      'Name: c',
    ])
    expect(ranges('(a).b((c), (d,))')).toEqual([
      'ExpressionStatement: (a).b((c), (d,))',
      'Call: (a).b((c), (d,))',
      'Attribute: (a).b',
      'Name: a',
      'Name: c',
      'Tuple: (d,)',
      'Name: d',
    ])
  })

  it('cover chains, slices and comprehensions exactly', () => {
    expect(ranges('a < b not in c')).toEqual([
      'ExpressionStatement: a < b not in c',
      'Compare: a < b not in c',
      'Name: a',
      'Name: b',
      'Name: c',
    ])
    expect(ranges('x[1:2, :, y]')).toEqual([
      'ExpressionStatement: x[1:2, :, y]',
      'Subscript: x[1:2, :, y]',
      'Name: x',
      'Slice: 1:2',
      'Number: 1',
      'Number: 2',
      'Slice: :',
      'Name: y',
    ])
    expect(ranges('f(i for i in x)')).toContain('ListComprehension: (i for i in x)')
    expect(ranges('f"a{b!r}" "c"')).toEqual(['ExpressionStatement: f"a{b!r}" "c"', 'FString: f"a{b!r}" "c"', 'Name: b'])
  })

  it('end blocks at their last statement', () => {
    expect(ranges('if a:\n  b  # comment\n\n  # comment\nelif c:\n  d\n\n\ne\n')).toEqual([
      'If: if a:\n  b  # comment\n\n  # comment\nelif c:\n  d',
      'Name: a',
      'ExpressionStatement: b',
      'Name: b',
      'If: elif c:\n  d',
      'Name: c',
      'ExpressionStatement: d',
      'Name: d',
      'ExpressionStatement: e',
      'Name: e',
    ])
    expect(ranges('try:\n  a\nfinally:\n  b\n\nc')).toEqual([
      'UnsupportedStatement: try:\n  a\nfinally:\n  b',
      'ExpressionStatement: c',
      'Name: c',
    ])
    expect(ranges('@d\ndef f(x):\n  pass\n')).toEqual(['FunctionDef: def f(x):\n  pass', 'Pass: pass', 'Name: d'])
  })

  it('point at operators, names and type comments', () => {
    const text = 'a  **  b is  not c.d  # type: int\nx = 1 #  type:  List[int]  # why\n'
    const [first, second] = parseModule(new Source(text, 'test.py')).body as any[]
    const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
    expect(slice(first.value.left.operatorRange)).toBe('**')
    expect(slice(first.value.rest[0].range)).toBe('is  not')
    expect(slice(first.value.rest[0].right.nameRange)).toBe('d')
    expect(slice(second.typeComment.range)).toBe('List[int]  # why')
    expect(slice(second.typeComment.expression.range)).toBe('List[int]')
  })

  it('cover fields of f-strings with their braces', () => {
    const text = "x = f'{a:{b}}'"
    const [assign] = parseModule(new Source(text, 'test.py')).body as any[]
    const field = assign.value.parts[0]
    expect(text.slice(field.range.start, field.range.end)).toBe('{a:{b}}')
    expect(text.slice(field.formatParts[0].range.start, field.formatParts[0].range.end)).toBe('{b}')
    expect(field.formatSpec).toBe('{b}')
  })
})
