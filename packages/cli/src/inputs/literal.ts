import type { Dispatcher, Tensor } from '@tsjit/runtime'
import { dtypeInfo, isDType, TsjitError } from '@tsjit/types'

/** Random tensors of shapes such as `1x3x224x224` (uniform float32) or `int64:1x128` (whole numbers below 100). Throws TSJ_USAGE. */
export function readLiteralShapes(texts: readonly string[], dispatcher: Dispatcher): Tensor[] {
  return texts.map((text) => {
    const found = /^(?:(\w+):)?(\d+(?:x\d+)*|scalar)$/.exec(text)
    const dtype = found?.[1] ?? 'float32'
    if (!found || !isDType(dtype)) {
      throw new TsjitError('TSJ_USAGE', `'${text}' is no shape`, { hint: 'write 1x3x224x224, or int64:1x128 for whole numbers' })
    }
    const shape = found[2] === 'scalar' ? [] : found[2].split('x').map(Number)
    const info = dtypeInfo(dtype)
    if (info.isFloat || info.isComplex) return dispatcher.call('aten::rand', shape, info.code) as Tensor
    return dispatcher.call('aten::randint', 100, shape, info.code) as Tensor
  })
}
