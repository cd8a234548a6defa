import { type Backend, backendApiVersion, Storage } from '@tsjit/runtime/backend'
import { TsjitError } from '@tsjit/types'
import { KernelRegistry } from './kernel-registry.ts'
import { kernelTables } from './kernel-tables.ts'
import { acceptQuantized } from './quantized-operands.ts'

export { KernelRegistry } from './kernel-registry.ts'

export interface ReferenceBackendOptions {
  /** Which device types it serves: `['reference']`; `['cpu']` where there is no native backend. */
  readonly deviceTypes?: readonly string[]
}

let shared: KernelRegistry | undefined

/** The reference kernels: on any host memory, so that other host backends may run them. */
export function referenceKernels(): KernelRegistry {
  if (!shared) {
    shared = new KernelRegistry()
    for (const [file, table] of Object.entries(kernelTables))
      shared.add(`packages/backend-reference/src/kernels/${file}.ts`, acceptQuantized(table))
  }
  return shared
}

/** Every core operator in plain TypeScript, over ArrayBuffers. */
export function createReferenceBackend({ deviceTypes = ['reference'] }: ReferenceBackendOptions = {}): Backend {
  const kernels = referenceKernels()
  return {
    name: 'reference',
    apiVersion: backendApiVersion,
    deviceTypes,
    hostAccessible: true,
    allocate: (byteLength, device) => new Storage(device, byteLength, newBuffer(byteLength)),
    adopt: (buffer, device) => new Storage(device, buffer.byteLength, buffer),
    copyFromHost: (source, target, byteOffset) => new Uint8Array(target.buffer, byteOffset, source.byteLength).set(source),
    copyToHost: (source, byteOffset, target) => target.set(new Uint8Array(source.buffer, byteOffset, target.byteLength)),
    kernel: (operator) => kernels.find(operator),
    describe: () => ({ kernels: kernels.keys().length }),
  }
}

function newBuffer(byteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(byteLength)
  } catch (cause) {
    throw new TsjitError('TSJ_OUT_OF_MEMORY', `cannot allocate ${byteLength} bytes`, {
      cause,
      hint: 'use smaller inputs, or free tensors with dispose()',
    })
  }
}
