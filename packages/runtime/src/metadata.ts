import type { Kernel } from './backend.ts'
import { propertyKernels } from './properties.ts'
import { splitKernels } from './view-splits.ts'
import { viewKernels } from './views.ts'
import { inPlaceViewKernels } from './views-in-place.ts'

const kernels = new Map<string, Kernel>(
  [viewKernels, splitKernels, inPlaceViewKernels, propertyKernels].flatMap((table) => Object.entries(table)),
)

/** The kernel of an operator that only looks at or changes metadata: the same on every device. */
export function metadataKernels(key: string): Kernel | undefined {
  return kernels.get(key)
}

export function metadataKernelKeys(): string[] {
  return [...kernels.keys()]
}
