import { createReferenceBackend } from '@tsjit/backend-reference'
import { decompositionOf } from '@tsjit/ops'
import { Dispatcher, installEagerTensors, metadataKernels } from '@tsjit/runtime'

/** Lets the methods of tensors run on the reference backend. */
export function useReferenceRuntime(): void {
  const dispatcher = new Dispatcher({ decompositions: decompositionOf, metadataKernels })
  dispatcher.registerBackend(createReferenceBackend({ deviceTypes: ['cpu'] }))
  installEagerTensors(() => dispatcher)
}
