export { type HostTensor, swapBytes, swapWidth } from './host-tensor.ts'
export { readNpy, writeNpy } from './npy.ts'
export { readSafetensors, type Safetensors, writeSafetensors } from './safetensors.ts'
export { byteOrderOf, readTorchSave, rootOf, type TorchSaveFile, type TorchSaveOptions } from './torch-save.ts'
