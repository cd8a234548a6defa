import type { KernelTable } from '@tsjit/runtime/backend'
import { convolutionKernels } from './convolution.ts'
import { linearKernels } from './linear.ts'
import { matmulKernels } from './matmul.ts'
import { normalizationKernels } from './normalization.ts'
import { poolingAdaptiveKernels } from './pooling-adaptive.ts'
import { poolingKernels } from './pooling.ts'

/** The neural network and linear algebra tables by the base name of their file. */
export const nnKernelTables: Readonly<Record<string, KernelTable>> = {
  convolution: convolutionKernels,
  linear: linearKernels,
  matmul: matmulKernels,
  normalization: normalizationKernels,
  'pooling-adaptive': poolingAdaptiveKernels,
  pooling: poolingKernels,
}
