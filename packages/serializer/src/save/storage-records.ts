import { cpu, type Dispatcher, quantizerOf, Storage, Tensor, type TensorQuantizer } from '@tsjit/runtime'
import { ArchiveError, type DType, dtypeInfo } from '@tsjit/types'
import { PyArguments, PyFloat, PyGlobal, PyPersistent, PyReduce, PyTuple, TorchConstant } from '../pickle/index.ts'

/** Storages by the number that names their record, in the order in which a pickle refers to them first. */
export class StorageRecords {
  readonly storages: Storage[] = []
  private readonly references = new Map<Storage, Map<DType, PyPersistent>>()
  private readonly tensors = new Map<Tensor, PyReduce>()

  /** `python`: for `torch.load`, which has no storage classes for some dtypes, but untyped storages; `torch.jit.load` is the other way round. */
  constructor(private readonly reader: 'script' | 'python' = 'script') {}

  /** A tensor as `torch._utils._rebuild_tensor_v2` makes it again. Tensors that share a storage share it in the archive. */
  tensor(tensor: Tensor): PyReduce {
    const known = this.tensors.get(tensor)
    if (known) return known
    const quantizer = dtypeInfo(tensor.dtype).isQuantized ? quantizerOf(tensor) : undefined
    if (dtypeInfo(tensor.dtype).isQuantized && !quantizer) {
      throw new ArchiveError('TSJ_SAVE_VALUE', `a ${tensor.dtype} tensor of shape [${tensor.shape.join(', ')}] has no quantiser`)
    }
    const untyped = this.isUntyped(tensor.dtype)
    const model = new PyReduce(
      new PyGlobal('torch._utils', quantizer ? '_rebuild_qtensor' : untyped ? '_rebuild_tensor_v3' : '_rebuild_tensor_v2'),
      new PyArguments([
        this.reference(tensor),
        tensor.offset,
        new PyArguments(tensor.shape),
        new PyArguments(tensor.strides),
        ...(quantizer ? [this.quantizer(quantizer)] : []),
        tensor.requiresGrad,
        hooks(),
        ...(untyped ? [new TorchConstant('dtype', tensor.dtype)] : []),
      ]),
    )
    this.tensors.set(tensor, model)
    return model
  }

  /** A tensor as `torch._utils._rebuild_parameter` makes an `nn.Parameter` of it. */
  parameter(tensor: Tensor): PyReduce {
    const known = this.tensors.get(tensor)
    if (known) return known
    const data = new Tensor(tensor.storage, tensor.dtype, tensor.shape, tensor.strides, tensor.offset)
    const model = new PyReduce(
      new PyGlobal('torch._utils', '_rebuild_parameter'),
      new PyTuple([this.tensor(data), tensor.requiresGrad, hooks()]),
    )
    this.tensors.set(tensor, model)
    return model
  }

  private isUntyped(dtype: DType): boolean {
    return this.reader === 'python' && (dtypeInfo(dtype).storageClass === undefined || dtype === 'complex32')
  }

  /** One reference for each storage and dtype: a reader takes the dtype from the storage, so views of two dtypes get a copy each. */
  private reference({ storage, dtype }: Tensor): PyPersistent {
    const known = this.references.get(storage) ?? new Map<DType, PyPersistent>()
    this.references.set(storage, known)
    let reference = known.get(dtype)
    if (!reference) {
      const key = String(this.storages.push(storage) - 1)
      const untyped = this.isUntyped(dtype)
      const numel = untyped ? storage.byteLength : Math.floor(storage.byteLength / dtypeInfo(dtype).itemSize)
      const type = untyped ? new PyGlobal('torch.storage', 'UntypedStorage') : new PyGlobal('torch', storageClass(dtype))
      reference = new PyPersistent(new PyTuple(['storage', type, key, String(storage.device), numel]))
      known.set(dtype, reference)
    }
    return reference
  }

  /** The scheme with its parameters; those of each channel are tensors. */
  private quantizer(quantizer: TensorQuantizer): PyArguments {
    const scheme = new PyGlobal('torch', quantizer.scheme)
    if (quantizer.scheme === 'per_tensor_affine') return new PyArguments([scheme, new PyFloat(quantizer.scale), quantizer.zeroPoint])
    const scales = hostTensor('float64', Float64Array.from(quantizer.scales))
    const zeroPoints = hostTensor('int64', BigInt64Array.from(quantizer.zeroPoints, BigInt))
    return new PyArguments([scheme, this.tensor(scales), this.tensor(zeroPoints), quantizer.axis])
  }

  /** Whether a pickled object stands for a tensor: those are remembered wherever they stand. */
  isTensor(model: object): boolean {
    return model instanceof PyReduce && (model.callee.name === '_rebuild_tensor_v2' || model.callee.name === '_rebuild_qtensor')
  }
}

/** No backward hooks. */
function hooks(): PyReduce {
  return new PyReduce(new PyGlobal('collections', 'OrderedDict'), new PyTuple([]))
}

/** A one-dimensional tensor in host memory. */
export function hostTensor(dtype: DType, data: Float64Array<ArrayBuffer> | BigInt64Array<ArrayBuffer> | Int16Array<ArrayBuffer>): Tensor {
  return new Tensor(new Storage(cpu, data.byteLength, data.buffer), dtype, [data.length], [1])
}

/** The classes of dtypes that have no Python storage class are named after the scalar type too. */
const otherClasses: Partial<Record<DType, string>> = {
  float8_e5m2: 'Float8_e5m2Storage',
  float8_e4m3fn: 'Float8_e4m3fnStorage',
  float8_e5m2fnuz: 'Float8_e5m2fnuzStorage',
  float8_e4m3fnuz: 'Float8_e4m3fnuzStorage',
  uint16: 'UInt16Storage',
  uint32: 'UInt32Storage',
  uint64: 'UInt64Storage',
}

function storageClass(dtype: DType): string {
  return dtypeInfo(dtype).storageClass ?? otherClasses[dtype]!
}

/** The bytes of a storage: a view of them where they are in host memory, else a copy that its backend makes. */
export function storageBytes(storage: Storage, dispatcher: Dispatcher | undefined): Uint8Array {
  if (storage.byteLength === 0) return new Uint8Array(0)
  const backend = dispatcher?.backendFor(storage.device)
  if (backend?.copyToHost && !backend.hostAccessible) {
    const bytes = new Uint8Array(storage.byteLength)
    backend.copyToHost(storage, 0, bytes)
    return bytes
  }
  return new Uint8Array(storage.buffer as ArrayBuffer, 0, storage.byteLength)
}
