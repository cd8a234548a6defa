import type { KernelTable } from '@tsjit/runtime/backend'

/** All kernel tables by the base name of their file in `kernels/`. */
export const kernelTables: Readonly<Record<string, KernelTable>> = {
}
