import type { PackedParameters } from '@tsjit/runtime'
import { PyTuple, typedList, typeTagged } from '../pickle/index.ts'
import { hostTensor, type StorageRecords } from './storage-records.ts'

/**
 * The state of packed weights, as PyTorch's native classes write it. Linear: (weight, bias). Convolutions, version 2:
 * ('2', [sizes, weight], [bias]), with sizes = [dimensions, stride…, padding…, dilation…, output padding…, groups, transposed].
 */
export function packedState({ weight, bias, convolution }: PackedParameters, storages: StorageRecords): PyTuple {
  const weights = storages.tensor.bind(storages)
  if (!convolution) return new PyTuple([weights(weight), bias && weights(bias)])
  const { stride, padding, dilation, outputPadding, groups, transposed } = convolution
  const sizes = Int16Array.from([stride.length, ...stride, ...padding, ...dilation, ...outputPadding, groups, Number(transposed)])
  const tensors = typedList('tensor', [weights(hostTensor('int16', sizes)), weights(weight)])
  return new PyTuple(['2', tensors, typeTagged([bias && weights(bias)], 'List[Optional[Tensor]]')])
}
