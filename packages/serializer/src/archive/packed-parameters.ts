import { PackedParameters, readNumbers, type Tensor } from '@tsjit/runtime'
import { ArchiveError } from '@tsjit/types'
import { PyTuple, TensorDescriptor } from '../pickle/index.ts'
import { describe } from './to-value.ts'

const namespace = '__torch__.torch.classes.quantized.'

/** Whether a class is one of PyTorch's native ones whose instances hold packed weights. */
export function isPackedClass(name: string): boolean {
  return name.startsWith(namespace) && /^(Linear|Conv[23]d)PackedParamsBase$/.test(name.slice(namespace.length))
}

/**
 * The packed weights that a pickled state stands for. Linear: (weight, bias). Convolutions, version 2: ('2', [sizes, weight], [bias]), `sizes`
 * being an int16 tensor; version 3: (3, sizes, [weight, bias]). Throws TSJ_ARCHIVE_PACKED.
 */
export function packedParameters(name: string, state: unknown, tensor: (descriptor: TensorDescriptor) => Tensor): PackedParameters {
  const bad = (what: string): ArchiveError =>
    new ArchiveError('TSJ_ARCHIVE_PACKED', `the packed weights of '${name}': ${what}`, {
      hint: 'save the model again with a current PyTorch',
    })
  const tensorOf = (value: unknown, what: string): Tensor => {
    if (value instanceof TensorDescriptor) return tensor(value)
    throw bad(`expected ${what}, found ${describe(value)}`)
  }
  const optional = (value: unknown): Tensor | null => (value === null || value === undefined ? null : tensorOf(value, 'a bias or None'))
  if (!(state instanceof PyTuple)) throw bad(`expected a tuple, found ${describe(state)}`)
  if (!name.includes('Conv')) return new PackedParameters(tensorOf(state.items[0], 'a weight'), optional(state.items[1]))
  const [version, first, second] = state.items
  if (!Array.isArray(first) || !Array.isArray(second)) throw bad('expected two lists')
  if (version === '2') {
    const sizes = Array.from(readNumbers(tensorOf(first[0], 'a tensor of sizes')), Number)
    return new PackedParameters(tensorOf(first[1], 'a weight'), optional(second[0]), convolutionOf(sizes, bad))
  }
  if (version === 3)
    return new PackedParameters(tensorOf(second[1], 'a weight'), optional(second[0]), convolutionOf(first.map(Number), bad))
  throw bad(`expected version 2 or 3, found ${describe(version)}`)
}

/** [dimensions, stride…, padding…, dilation…, output padding…, groups, transposed]. */
function convolutionOf(sizes: readonly number[], bad: (what: string) => ArchiveError): PackedParameters['convolution'] {
  const n = sizes[0]
  if (!(n >= 1 && n <= 3) || sizes.length !== 4 * n + 3 || !sizes.every(Number.isInteger))
    throw bad(`expected the sizes of a convolution, found [${sizes.join(', ')}]`)
  const part = (i: number): number[] => sizes.slice(1 + i * n, 1 + (i + 1) * n)
  return {
    stride: part(0),
    padding: part(1),
    dilation: part(2),
    outputPadding: part(3),
    groups: sizes[4 * n + 1],
    transposed: sizes[4 * n + 2] !== 0,
  }
}
