import type { CompilationUnit } from '@tsjit/ir'
import { Module, ModuleDict, ModuleList, Sequential } from '@tsjit/nn'
import { ScriptObject, type Tensor } from '@tsjit/runtime'
import { BoolType, ClassType, OptionalType, RuntimeError, TensorT, type Type } from '@tsjit/types'
import { ScriptModule } from '../script-module.ts'
import { qualifiedClassName } from './layer-paths.ts'

/** An eager module as a script object without methods: its parameters, buffers and submodules under a class of its own, as PyTorch's tracer makes it. */
export function scriptObjectOf(module: Module, unit: CompilationUnit): ScriptObject {
  const type = new ClassType(freeName(qualifiedClassName(module), unit), true)
  unit.addType(type)
  const slots: unknown[] = []
  const add = (name: string, attribute: Type, value: unknown, kind = {}): void => {
    if (type.slotOf(name) !== undefined) return
    type.addAttribute(name, attribute, kind)
    slots.push(value)
  }
  const seen = new Set<Tensor>()
  const addTensor = (name: string, tensor: Tensor, kind: { isParameter?: boolean; isBuffer?: boolean }): void => {
    if (seen.has(tensor))
      throw new RuntimeError('TSJ_TRACE_MODULE', `'${module.getName()}' holds one tensor under two names: '${name}' is the second`)
    seen.add(tensor)
    add(name, TensorT, tensor, kind)
  }
  for (const [name, parameter] of module.ownParameters()) addTensor(name, parameter, { isParameter: true })
  for (const [name, buffer] of module.ownBuffers()) addTensor(name, buffer, { isBuffer: true })
  add('training', BoolType, module.training)
  add('_is_full_backward_hook', new OptionalType(BoolType), null)
  for (const [name, child] of childrenOf(module)) {
    const object = child instanceof ScriptModule ? adopt(child, unit) : scriptObjectOf(child, unit)
    add(name, object.type, object)
  }
  return new ScriptObject(type, slots)
}

/** Eager and script modules among the fields, in order. */
export function childrenOf(module: Module): [string, Module | ScriptModule][] {
  const children = new Map<string, Module | ScriptModule>()
  for (const [name, value] of Object.entries(module))
    if (value instanceof ScriptModule || value instanceof Module) children.set(name, value)
  // containers keep theirs elsewhere
  const held =
    module instanceof Sequential || module instanceof ModuleList || module instanceof ModuleDict
      ? module.namedItems()
      : module.namedChildren()
  for (const [name, child] of held) children.set(name, child as Module | ScriptModule)
  return [...children]
}

/** A script module keeps its classes; only their names must differ from those that the unit has already. */
function adopt({ object, unit: own }: ScriptModule, unit: CompilationUnit): ScriptObject {
  for (const [name, type] of own.types) if (!unit.types.has(name)) unit.types.set(name, type)
  return object
}

/** The first of `__torch__.Net`, `__torch__.___torch_mangle_0.Net`, … that the unit has no type of. */
function freeName(name: string, unit: CompilationUnit): string {
  if (!unit.types.has(name)) return name
  const dot = name.lastIndexOf('.')
  let candidate: string
  do candidate = `${name.slice(0, dot)}.___torch_mangle_${nextMangle(unit)}${name.slice(dot)}`
  while (unit.types.has(candidate))
  return candidate
}

const mangles = new WeakMap<CompilationUnit, number>()

function nextMangle(unit: CompilationUnit): number {
  const next = mangles.get(unit) ?? 0
  mangles.set(unit, next + 1)
  return next
}
