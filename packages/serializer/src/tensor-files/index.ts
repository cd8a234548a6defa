export { type HostTensor, swapBytes, swapWidth } from './host-tensor.ts'
export { readNpy, writeNpy } from './npy.ts'
export {
  isSafetensors,
  readSafetensors,
  readSafetensorsHeader,
  type Safetensors,
  type SafetensorsEntry,
  writeSafetensors,
} from './safetensors.ts'
export { byteOrderOf, isTorchScript, readTorchSave, rootOf, type TorchSaveFile, type TorchSaveOptions } from './torch-save.ts'
