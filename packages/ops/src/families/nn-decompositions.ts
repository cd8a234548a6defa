import type { DecompositionTable } from '../dispatch.ts'
import { convolutionDecompositions } from './convolution.ts'
import { linearDecompositions } from './linear.ts'
import { matmulDecompositions } from './matmul.ts'
import { normalizationDecompositions } from './normalization.ts'
import { poolingDecompositions } from './pooling.ts'

/** The tables of the neural network and linear algebra families. */
export const nnDecompositions: readonly DecompositionTable[] = [
  convolutionDecompositions,
  linearDecompositions,
  matmulDecompositions,
  normalizationDecompositions,
  poolingDecompositions,
]
