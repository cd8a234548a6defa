import { isContiguous, type Tensor } from '@tsjit/runtime'

/** What a program reads of a traced tensor instead of plain numbers. */
export interface SizeReader {
  readonly recording: boolean
  sizes(tensor: Tensor, shape: readonly number[]): readonly number[]
  count(tensor: Tensor, count: number): number
}

/**
 * Makes a tensor's `shape` and `numel` answer a running program with traced sizes. What the library derives from them stays plain. Returns what undoes it.
 */
export function observeSizes(tensor: Tensor, reader: SizeReader): () => void {
  let shape = tensor.shape
  const count = () => shape.reduce((a, b) => a * b, 1)
  const properties = {
    shape: {
      get: () => (reader.recording ? reader.sizes(tensor, shape) : shape),
      set: (next: readonly number[]) => {
        shape = next
      },
      enumerable: true,
    },
    numel: { get: () => (reader.recording ? reader.count(tensor, count()) : count()) },
    ndim: { get: () => shape.length },
    isContiguous: { get: () => isContiguous(shape, tensor.strides) },
  }
  for (const [name, property] of Object.entries(properties)) Object.defineProperty(tensor, name, { ...property, configurable: true })
  return () => {
    for (const name of Object.keys(properties)) delete (tensor as unknown as Record<string, unknown>)[name]
    tensor.shape = shape
  }
}
