import type { KernelTable } from '@tsjit/runtime/backend'
import { activationKernels } from './kernels/activations.ts'
import { binaryKernels } from './kernels/binary.ts'
import { copyKernels } from './kernels/copy.ts'
import { creationKernels } from './kernels/creation.ts'
import { extremeKernels } from './kernels/extremes.ts'
import { histogramKernels } from './kernels/histograms.ts'
import { indexingKernels } from './kernels/indexing.ts'
import { nnKernelTables } from './kernels/nn-tables.ts'
import { polynomialKernels } from './kernels/polynomials.ts'
import { randomKernels } from './kernels/random.ts'
import { reductionKernels } from './kernels/reductions.ts'
import { scanKernels } from './kernels/scans.ts'
import { shapingKernels } from './kernels/shaping.ts'
import { sortingKernels } from './kernels/sorting.ts'
import { ternaryKernels } from './kernels/ternary.ts'
import { unaryKernels } from './kernels/unary.ts'
import { windowKernels } from './kernels/windows.ts'

/** All kernel tables by the base name of their file in `kernels/`. */
export const kernelTables: Readonly<Record<string, KernelTable>> = {
  polynomials: polynomialKernels,
  histograms: histogramKernels,
  random: randomKernels,
  sorting: sortingKernels,
  shaping: shapingKernels,
  indexing: indexingKernels,
  activations: activationKernels,
  ternary: ternaryKernels,
  scans: scanKernels,
  extremes: extremeKernels,
  reductions: reductionKernels,
  unary: unaryKernels,
  windows: windowKernels,
  creation: creationKernels,
  copy: copyKernels,
  binary: binaryKernels,
  ...nnKernelTables,
}
