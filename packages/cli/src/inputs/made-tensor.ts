import { type Dispatcher, scalarFloat, type Tensor } from '@tsjit/runtime'
import { type DType, dtypeAliases, dtypeInfo, isDType } from '@tsjit/types'
import { usageError } from '../usage-error.ts'

export const madeTensorHelp =
  'zeros(2,3), ones(2,3), rand(2,3), randn(2,3), full(0.5,2,3), arange(10), randint(100,2,3); a dtype may follow: zeros(2,3):int64'

/**
 * A tensor from a text such as `zeros(1,3,224,224)`, `randint(100,1,128):int32` or a bare shape `1x3x224x224` (uniform; whole numbers
 * below 100 for an integer dtype, which may stand in front: `int64:1x128`). undefined where the text is of no such form. Throws TSJ_USAGE.
 */
export function madeTensor(text: string, dispatcher: Dispatcher): Tensor | undefined {
  const shape = /^(?:(\w+):)?(\d+(?:x\d+)+|\d+x|scalar)(?::(\w+))?$/.exec(text)
  if (shape) {
    const sizes = shape[2] === 'scalar' ? [] : shape[2].split('x').filter(Boolean).map(Number)
    const dtype = readDType(shape[1] ?? shape[3] ?? 'float32')
    const info = dtypeInfo(dtype)
    return info.isFloat || info.isComplex
      ? make('rand', [], sizes, dtype, dispatcher)
      : make('randint', [dtype === 'bool' ? 2 : 100], sizes, dtype, dispatcher)
  }
  const call = /^(zeros|ones|rand|randn|full|arange|randint)\(([^()]*)\)(?::(\w+))?$/.exec(text.replaceAll(/\s/g, ''))
  if (!call) return undefined
  const [, name, inside, dtypeText] = call
  const numbers =
    inside === ''
      ? []
      : inside
          .split(',')
          .filter((part, i, all) => part !== '' || i < all.length - 1)
          .map(Number)
  if (numbers.some((number) => Number.isNaN(number))) throw usageError(`'${text}' holds something that is no number`, madeTensorHelp)
  const leading = name === 'full' || name === 'randint' ? 1 : 0
  if (numbers.length < leading + (name === 'arange' ? 1 : 0)) throw usageError(`'${text}' lacks a number`, madeTensorHelp)
  const sizes = numbers.slice(leading)
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw usageError(`'${text}': sizes must be whole numbers`, madeTensorHelp)
  const natural = name === 'arange' || name === 'randint' ? 'int64' : 'float32'
  return make(name, numbers.slice(0, leading), sizes, dtypeText === undefined ? natural : readDType(dtypeText), dispatcher)
}

function make(name: string, leading: readonly number[], sizes: readonly number[], dtype: DType, dispatcher: Dispatcher): Tensor {
  const { code } = dtypeInfo(dtype)
  switch (name) {
    case 'full':
      return dispatcher.call('aten::full', sizes, scalarFloat(leading[0]), code)
    case 'arange':
      return dispatcher.call('aten::arange', dispatcher.int(sizes[0]), code)
    case 'randint':
      if (!Number.isSafeInteger(leading[0]) || leading[0] < 1)
        throw usageError('randint needs a whole number above 0 first', madeTensorHelp)
      return dispatcher.call('aten::randint', leading[0], sizes, code)
    default:
      return dispatcher.call(`aten::${name}`, sizes, code)
  }
}

export function readDType(text: string): DType {
  const name = dtypeAliases[text] ?? text
  if (!isDType(name)) throw usageError(`'${text}' is no dtype`, 'write float32, float16, int64, bool, …')
  return name
}
