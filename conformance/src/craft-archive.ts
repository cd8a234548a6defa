import {
  BytesSource,
  PyArguments,
  PyDict,
  PyGlobal,
  PyObject,
  PyPersistent,
  PyReduce,
  PyTuple,
  pickle,
  ZipReader,
  ZipWriter,
} from '@tsjit/serializer'

/** A float32 parameter of an archive that is made here. */
export interface CraftedTensor {
  readonly name: string
  readonly sizes: readonly number[]
  readonly strides?: readonly number[]
  readonly offset?: number
  /** The content of its storage; what the sizes need, counting up, where absent. */
  readonly data?: Float32Array
  /** Elements that the pickle claims the storage has. */
  readonly claimed?: number
}

export interface CraftedArchive {
  /** The body of the class `__torch__.M`: methods, indented by two. */
  readonly methods: string
  readonly tensors?: readonly CraftedTensor[]
  readonly version?: number
}

/** An archive as `torch.jit.save` writes it, of one class with tensor parameters. */
export function craftArchive({ methods, tensors = [], version = 3 }: CraftedArchive): Uint8Array {
  const writer = new ZipWriter('crafted')
  const attributes: [string, unknown][] = tensors.map((tensor, i) => [tensor.name, tensorModel(tensor, String(i))])
  const module = new PyObject({ module: '__torch__', name: 'M' })
  module.state = new PyDict([...attributes, ['training', false]])
  writer.add('data.pkl', pickle(module))
  for (const [i, tensor] of tensors.entries()) {
    const data = tensor.data ?? Float32Array.from({ length: tensor.sizes.reduce((a, b) => a * b, 1) }, (_, j) => (j % 7) / 7)
    writer.add(`data/${i}`, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  const names = tensors.map(({ name }) => `"${name}", `).join('')
  const code = `class M(Module):\n  __parameters__ = [${names}]\n  __buffers__ = []\n${tensors.map(({ name }) => `  ${name} : Tensor\n`).join('')}  training : bool\n${methods}`
  writer.add('code/__torch__.py', code, { compress: true })
  writer.add('constants.pkl', pickle(new PyTuple([])))
  writer.add('version', `${version}\n`)
  return writer.finish()
}

function tensorModel({ sizes, strides, offset = 0, claimed }: CraftedTensor, key: string): PyReduce {
  const dense = strides ?? sizes.map((_, i) => sizes.slice(i + 1).reduce((a, b) => a * b, 1))
  const numel = claimed ?? sizes.reduce((a, b) => a * b, 1)
  const storage = new PyPersistent(new PyTuple(['storage', new PyGlobal('torch', 'FloatStorage'), key, 'cpu', numel]))
  const hooks = new PyReduce(new PyGlobal('collections', 'OrderedDict'), new PyTuple([]))
  const list = (numbers: readonly number[]): PyArguments => new PyArguments(numbers)
  return new PyReduce(
    new PyGlobal('torch._utils', '_rebuild_tensor_v2'),
    new PyArguments([storage, offset, list(sizes), list(dense), false, hooks]),
  )
}

/** The archive with records replaced, added (paths under the root folder) or, where `undefined`, left out; sums and directory are right. */
export function rewriteArchive(original: Uint8Array, changes: Readonly<Record<string, Uint8Array | string | undefined>>): Uint8Array {
  const zip = ZipReader.open(new BytesSource(original))
  const names = [...zip.entries.keys()]
  const root = names[0].slice(0, names[0].indexOf('/'))
  const writer = new ZipWriter(root)
  const left = new Map(Object.entries(changes))
  for (const name of names) {
    const path = name.slice(root.length + 1)
    if (path === '.data/serialization_id') continue
    const content = left.has(path) ? left.get(path) : zip.read(name)
    left.delete(path)
    if (content !== undefined) writer.add(path, content, { compress: path.endsWith('.py') })
  }
  for (const [path, content] of left) if (content !== undefined) writer.add(path, content, { compress: path.endsWith('.py') })
  return writer.finish()
}
