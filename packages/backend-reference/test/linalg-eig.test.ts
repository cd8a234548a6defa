import { decompositionOf } from '@tsjit/ops'
import { cpu, Dispatcher, fromComplex, fromNumbers, metadataKernels, readComplex } from '@tsjit/runtime'
import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../src/index.ts'

const dispatcher = new Dispatcher({ decompositions: decompositionOf, metadataKernels })
dispatcher.registerBackend(createReferenceBackend({ deviceTypes: ['cpu'] }))

/** A fixed sequence in [-1, 1). */
function sequence(length: number): number[] {
  let state = 12345
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 1073741824 - 1
  })
}

/** The order of eigenvalues and the phase of eigenvectors are free, so that A V = V diag(w) is what can be asked. */
describe('linalg_eig', () => {
  it.each([1, 2, 3, 5, 8])('%i x %i: A V = V diag(w), columns of norm 1', (n) => {
    for (const complex of [false, true]) {
      const a = complex
        ? fromComplex(dispatcher, sequence(2 * n * n), [n, n], 'complex128', cpu)
        : fromNumbers(dispatcher, sequence(n * n), [n, n], 'float64', cpu)
      const [values, vectors] = dispatcher.call('aten::linalg_eig', a)
      const wide = complex ? a : dispatcher.call('aten::to.dtype', a, 10)
      const left = readComplex(dispatcher.call('aten::mm', wide, vectors))
      const right = readComplex(dispatcher.call('aten::mul.Tensor', vectors, values))
      left.forEach((x, i) => expect(x).toBeCloseTo(right[i], 9))
      const squares = readComplex(vectors).reduce((sum, x) => sum + x * x, 0)
      expect(squares).toBeCloseTo(n, 9)
    }
  })

  it('finds the eigenvalues of a triangular matrix with equal ones, and of a rotation', () => {
    const triangular = fromNumbers(dispatcher, [2, 1, 0, 0, 2, 1, 0, 0, 2], [3, 3], 'float64', cpu)
    const values = readComplex(dispatcher.call('aten::linalg_eigvals', triangular))
    expect([...values].map((x) => Math.round(x * 1e4) / 1e4 + 0)).toEqual([2, 0, 2, 0, 2, 0])
    const rotation = fromNumbers(dispatcher, [0, -1, 1, 0], [2, 2], 'float64', cpu)
    const imaginary = [...readComplex(dispatcher.call('aten::linalg_eigvals', rotation))].filter((_, i) => i % 2 === 1)
    expect(imaginary.map((x) => Math.round(x * 1e9) / 1e9).sort((x, y) => x - y)).toEqual([-1, 1])
  })
})
