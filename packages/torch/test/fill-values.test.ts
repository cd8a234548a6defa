import { expect, test } from 'vitest'
import { createRuntime, jit, tensor } from '../src/index.ts'

// What PyTorch 2.13 says of torch.full_like(x, v) and x.masked_fill(mask, v): a number that the dtype does not hold is refused, whichever backend runs.
const refusals = { int64: 'int64_t', int32: 'int', uint8: 'uint8_t', float16: 'at::Half' } as const
const source = 'def f(x, mask, v: float):\n  return x.masked_fill(mask, v), torch.full_like(x, v)'

for (const cpu of ['reference', 'native'] as const) {
  const runtime = createRuntime({ cpu })
  test.skipIf(cpu === 'native' && runtime.nativeProblem)(`numbers that a dtype does not hold are refused (${cpu})`, () => {
    const f = jit.script(source, { name: 'f', runtime })
    const mask = tensor([true, false, true], { runtime })
    for (const [dtype, name] of Object.entries(refusals)) {
      const x = tensor([0, 0, 0], { dtype: dtype as keyof typeof refusals, runtime })
      const refused = dtype === 'float16' ? [1e30, -1e30] : [1e30, -1e30, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const value of refused)
        expect(() => f(x, mask, value), `${dtype} ${value}`).toThrow(`value cannot be converted to type ${name} without overflow`)
      const [filled, full] = f(x, mask, 2.5)
      const held = dtype === 'float16' ? 2.5 : 2
      expect(jit.script('def g(x):\n  return x.to(torch.float64)', { name: 'g', runtime })(filled).tolist()).toEqual([held, 0, held])
      expect(jit.script('def g(x):\n  return x.to(torch.float64)', { name: 'g', runtime })(full).tolist()).toEqual([held, held, held])
    }
  })
}
