import type { DecompositionTable } from '../dispatch.ts'
import { attentionDecompositions } from './attention.ts'
import { convolutionDecompositions } from './convolution.ts'
import { embeddingDecompositions } from './embedding.ts'
import { fftDecompositions } from './fft.ts'
import { gridDecompositions } from './grid.ts'
import { interpolationDecompositions } from './interpolation.ts'
import { linalgDecompositions } from './linalg.ts'
import { linearDecompositions } from './linear.ts'
import { lossDecompositions } from './loss.ts'
import { matmulDecompositions } from './matmul.ts'
import { normalizationDecompositions } from './normalization.ts'
import { poolingDecompositions } from './pooling.ts'

/** The tables of the neural network and linear algebra families. */
export const nnDecompositions: readonly DecompositionTable[] = [
  attentionDecompositions,
  convolutionDecompositions,
  embeddingDecompositions,
  fftDecompositions,
  gridDecompositions,
  interpolationDecompositions,
  linalgDecompositions,
  linearDecompositions,
  lossDecompositions,
  matmulDecompositions,
  normalizationDecompositions,
  poolingDecompositions,
]
