export { describe, GlobalReference } from './describe.ts'
export type { FindGlobal, PickleContext, PickleGlobal, Stateful } from './pickle-global.ts'
export { setState } from './pickle-global.ts'
export { type PickleOptions, PyArguments, PyGlobal, PyPersistent, PyReduce, pickle, typedList, typeTagged } from './pickler.ts'
export { type GlobalName, type KeyBudget, PyComplex, PyDict, PyFloat, PyObject, PySet, PyTuple } from './python-values.ts'
export {
  checkExtent,
  type Quantizer,
  readCount,
  type SparseLayout,
  type SparseParts,
  type StorageDescriptor,
  StorageView,
  TensorDescriptor,
  type TensorFields,
} from './tensor-descriptor.ts'
export { type TorchGlobalsOptions, torchGlobals } from './torch-globals.ts'
export { StorageTable } from './torch-storage.ts'
export { setTypeTag, TorchConstant, TorchDevice, TorchSize, TorchStorageType, typeTagOf } from './torch-values.ts'
export {
  defaultPickleLimits,
  type PickleLimits,
  type UnpickleOptions,
  Unpickler,
  unpickle,
} from './unpickler.ts'
