import { Device, type Dispatcher, readRaw, type Tensor } from '@tsjit/runtime'
import type { HostTensor } from '@tsjit/serializer'
import type { Runtime } from '../runtime.ts'
import { fromTypedArray } from '../tensor/construction.ts'

/** A tensor of what a file holds, over its memory where it has that for itself. */
export function hostToTensor({ dtype, shape, data }: HostTensor, runtime: Runtime): Tensor {
  return fromTypedArray(data, { dtype, shape, runtime, copy: data.byteLength !== data.buffer.byteLength })
}

/** What a file is to hold of a tensor: its own memory where it is dense. */
export function tensorToHost(tensor: Tensor, dispatcher: Dispatcher): HostTensor {
  const host: Tensor = tensor.device.type === 'cpu' ? tensor : dispatcher.call('aten::to.device', tensor, Device.parse('cpu'), null)
  const raw = readRaw(host)
  return { dtype: tensor.dtype, shape: tensor.shape, data: new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength) }
}
