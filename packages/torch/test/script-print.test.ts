import { readFileSync } from 'node:fs'
import type { DType } from '@tsjit/types'
import { expect, it, vi } from 'vitest'
import * as torch from '../src/index.ts'

interface Row {
  readonly values: readonly (number | boolean | null)[]
  readonly shape: readonly number[]
  readonly dtype: DType
  readonly text: string
}
const rows: Row[] = JSON.parse(readFileSync(new URL('fixtures/script-print.json', import.meta.url), 'utf8'))

const show = torch.jit.script`
def show(x):
    print(x)
`

it.each(rows.map((row, i) => [`${row.dtype} [${row.shape}] ${i}`, row] as const))(
  'prints %s as PyTorch does',
  (_, { values, shape, dtype, text }) => {
    const numbers = values.map((value) => value ?? Number.NaN)
    const x = torch.tensor(numbers as number[], { dtype }).reshape([...shape])
    let printed = ''
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      printed += chunk
      return true
    })
    try {
      show(x)
    } finally {
      write.mockRestore()
    }
    expect(printed).toBe(text)
  },
)
