import { expect, test } from 'vitest'
import { createRuntime, jit, tensor } from '../src/index.ts'

test('what throws is not run ahead of the assertions before it', () => {
  const f = jit.script(
    `def f(x, n: int, text: str):
  y = torch.relu(x + 1)
  assert x.size(0) == 2, "two rows"
  k = 10 // n
  c = text[0]
  return y * k, c`,
    { name: 'f', runtime: createRuntime() },
  )
  const [two, three] = [tensor([1, 2]), tensor([1, 2, 3])]
  expect(f(two, 5, 'abc')[1]).toBe('a')
  expect(() => f(three, 0, 'abc')).toThrow('AssertionError: two rows')
  expect(() => f(three, 5, '')).toThrow('AssertionError: two rows')
  expect(() => f(two, 0, 'abc')).toThrow('division by 0')
})
