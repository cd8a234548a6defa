import { CompilationUnit, cloneBlockInto, Graph, GraphFunction, type Value } from '@tsjit/ir'
import { ScriptObject } from '@tsjit/runtime'
import { BoolType, ClassType, FunctionSchema } from '@tsjit/types'
import { defaultRuntime } from '../runtime.ts'
import { ScriptModule } from '../script-module.ts'
import type { ScriptFunction } from './script-function.ts'

/** A module whose `forward` is the function: what PyTorch saves for a script function. */
export function placeholderModule({ definition }: ScriptFunction): ScriptModule {
  const unit = new CompilationUnit()
  const type = new ClassType('__torch__.PlaceholderModule', true)
  type.addAttribute('training', BoolType)
  unit.addType(type)
  const graph = new Graph()
  graph.addInput('self', type)
  const map = new Map<Value, Value>()
  for (const input of definition.graph.inputs) map.set(input, graph.addInput(input.debugName, input.type))
  cloneBlockInto(definition.graph.block, graph.block, map)
  const { args, returns } = definition.schema
  const self = { name: 'self', type, typeText: type.name, hasDefault: false, kwargOnly: false }
  const forward = new GraphFunction(`${type.name}.forward`, new FunctionSchema('forward', '', [self, ...args], returns), graph)
  type.methods.set('forward', unit.addFunction(forward))
  return new ScriptModule(new ScriptObject(type, [true]), unit, defaultRuntime())
}
