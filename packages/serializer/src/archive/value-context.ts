import { Device, enumValue, type PackedParameters, type ScriptObject } from '@tsjit/runtime'
import { ArchiveError, dtypeInfo, type EnumType, isDType, type Type } from '@tsjit/types'
import { PyFloat, PyObject, TensorDescriptor, TorchConstant, TorchDevice } from '../pickle/index.ts'
import type { TensorLoader } from './tensor-loader.ts'
import type { ValueContext } from './to-value.ts'

/** An enum member as a pickle names it: the class and the member's value. */
export class EnumReference {
  constructor(
    readonly className: string,
    readonly value: unknown,
  ) {}
}

/** What only an archive has. */
export interface ArchiveObjects {
  object(pickled: PyObject): ScriptObject | PackedParameters
  type(qualifiedName: string): Type | undefined
}

const layoutCodes: Readonly<Record<string, number>> = {
  strided: 0,
  sparse_coo: 1,
  sparse_csr: 2,
  _mkldnn: 3,
  sparse_csc: 4,
  sparse_bsr: 5,
  sparse_bsc: 6,
  jagged: 7,
}
const memoryFormatCodes: Readonly<Record<string, number>> = {
  contiguous_format: 0,
  preserve_format: 1,
  channels_last: 2,
  channels_last_3d: 3,
}

/** Turns the objects of `torch.save` files and archives into values: tensors through `loader`, dtypes and layouts into their ints. */
export function valueContext(loader: TensorLoader, archive?: ArchiveObjects): ValueContext {
  return {
    ...(archive ? { shared: new Map() } : {}),
    resolve(object) {
      if (object instanceof TensorDescriptor) return loader.tensor(object)
      if (object instanceof TorchDevice) return Device.parse(object.toString())
      if (object instanceof TorchConstant) {
        if (object.kind === 'dtype' && isDType(object.name)) return dtypeInfo(object.name).code
        if (object.kind === 'layout') return layoutCodes[object.name]
        if (object.kind === 'memory_format') return memoryFormatCodes[object.name]
        return undefined
      }
      if (!archive) return undefined
      if (object instanceof EnumReference) return enumMember(object, archive)
      return object instanceof PyObject ? archive.object(object) : undefined
    },
  }
}

function enumMember({ className, value }: EnumReference, archive: ArchiveObjects): unknown {
  const type = archive.type(className)
  if (type?.kind === 'Enum') {
    const plain = value instanceof PyFloat ? value.value : value
    const member = (type as EnumType).members.find(([, v]) => v === plain)
    if (member) return enumValue(type as EnumType, member[0])
  }
  throw new ArchiveError('TSJ_ARCHIVE_ENUM', `'${className}' has no member of value ${String(value)}`)
}
