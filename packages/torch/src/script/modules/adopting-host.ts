import { PyTuple, type PythonHost } from '@tsjit/compiler'
import { callOperator } from '@tsjit/runtime'
import { pythonHost } from './python-host.ts'

const blank = (): unknown => callOperator('empty', [[0]])
const makers = new Set(['empty', 'zeros', 'ones', 'full', 'rand', 'randn', 'tensor'])

/**
 * The host for constructors that run again for a layer that exists: they say which attributes there are; its tensors take the place of those made here,
 * so nothing is allocated and nothing is drawn.
 */
export const adoptingHost: PythonHost = {
  ...pythonHost,
  callOperator(name, args) {
    if (makers.has(name)) return blank()
    if (name === 'size') return args.length > 1 ? 1n : new PyTuple([1n])
    if (name === 'dim' || name === 'numel') return 1n
    return args[0]
  },
  getItem: (tensor) => tensor,
  setItem() {},
  function: (qualifiedName) => {
    if (qualifiedName === 'torch.nn.init._calculate_fan_in_and_fan_out') return () => new PyTuple([1n, 1n])
    return qualifiedName.startsWith('torch.nn.init.') ? (args) => args[0] : undefined
  },
}
