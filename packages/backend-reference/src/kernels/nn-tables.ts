import type { KernelTable } from '@tsjit/runtime/backend'
import { attentionKernels } from './attention.ts'
import { convolutionKernels } from './convolution.ts'
import { embeddingKernels } from './embedding.ts'
import { fftKernels } from './fft.ts'
import { gridKernels } from './grid.ts'
import { interpolationKernels } from './interpolation.ts'
import { linalgDistanceKernels } from './linalg-distance.ts'
import { linalgEigKernels } from './linalg-eig.ts'
import { linalgEighKernels } from './linalg-eigh.ts'
import { linalgLdlKernels } from './linalg-ldl.ts'
import { linalgLuKernels } from './linalg-lu.ts'
import { linalgQrKernels } from './linalg-qr.ts'
import { linalgSpectralKernels } from './linalg-spectral.ts'
import { linalgTriangularKernels } from './linalg-triangular.ts'
import { linearKernels } from './linear.ts'
import { lossKernels } from './loss.ts'
import { matmulKernels } from './matmul.ts'
import { nnPatchesKernels } from './nn-patches.ts'
import { normalizationKernels } from './normalization.ts'
import { poolingKernels } from './pooling.ts'
import { poolingAdaptiveKernels } from './pooling-adaptive.ts'
import { quantizedKernels } from './quantized.ts'
import { quantizedPackedKernels } from './quantized-packed.ts'
import { rnnKernels } from './rnn.ts'
import { rnnCellKernels } from './rnn-cell.ts'
import { rnnPackingKernels } from './rnn-packing.ts'
import { visionKernels } from './vision.ts'

/** The neural network and linear algebra tables by the base name of their file. */
export const nnKernelTables: Readonly<Record<string, KernelTable>> = {
  attention: attentionKernels,
  convolution: convolutionKernels,
  embedding: embeddingKernels,
  fft: fftKernels,
  grid: gridKernels,
  interpolation: interpolationKernels,
  'linalg-distance': linalgDistanceKernels,
  'linalg-eig': linalgEigKernels,
  'linalg-eigh': linalgEighKernels,
  'linalg-ldl': linalgLdlKernels,
  'linalg-lu': linalgLuKernels,
  'linalg-qr': linalgQrKernels,
  'linalg-spectral': linalgSpectralKernels,
  'linalg-triangular': linalgTriangularKernels,
  linear: linearKernels,
  loss: lossKernels,
  matmul: matmulKernels,
  'nn-patches': nnPatchesKernels,
  normalization: normalizationKernels,
  pooling: poolingKernels,
  'pooling-adaptive': poolingAdaptiveKernels,
  quantized: quantizedKernels,
  'quantized-packed': quantizedPackedKernels,
  rnn: rnnKernels,
  'rnn-cell': rnnCellKernels,
  'rnn-packing': rnnPackingKernels,
  vision: visionKernels,
}
