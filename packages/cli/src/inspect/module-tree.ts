import { type ScriptObject, Tensor } from '@tsjit/runtime'
import type { jit } from '@tsjit/torch'

/** One module of the tree. */
export interface ModuleRow {
  readonly path: string
  readonly depth: number
  readonly type: string
  /** Elements of its own parameters, submodules left out. */
  readonly parameters: number
  /** Its own tensors, `weight [64, 3, 7, 7] float32`. */
  readonly attributes: string
}

export function moduleTree(module: jit.ScriptModule): ModuleRow[] {
  return [...module.namedModules()].map(([path, object]) => row(path, object))
}

function row(path: string, object: ScriptObject): ModuleRow {
  let parameters = 0
  const tensors: string[] = []
  for (const [slot, attribute] of object.type.attributes.entries()) {
    const value = object.slots[slot]
    if (!(value instanceof Tensor) || (!attribute.isParameter && !attribute.isBuffer)) continue
    if (attribute.isParameter) parameters += value.numel
    tensors.push(`${attribute.name} [${value.shape.join(', ')}] ${value.dtype}`)
  }
  return {
    path,
    depth: path === '' ? 0 : path.split('.').length,
    type: shortName(object.type.name),
    parameters,
    attributes: tensors.join(', '),
  }
}

/** `__torch__.torch.nn.modules.conv.___torch_mangle_0.Conv2d` is a `Conv2d`. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
