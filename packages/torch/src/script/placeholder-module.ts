import { type Block, CompilationUnit, cloneBlockInto, Graph, GraphFunction, type Node, type Value } from '@tsjit/ir'
import { ScriptObject } from '@tsjit/runtime'
import { BoolType, ClassType, FunctionSchema } from '@tsjit/types'
import { defaultRuntime } from '../runtime.ts'
import { ScriptModule } from '../script-module.ts'
import type { ScriptFunction } from './script-function.ts'

/** A module whose `forward` is the function: what PyTorch saves for a script function. Modules that the function calls are below it. */
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
  const modules = liftModules(graph, type)
  const { args, returns } = definition.schema
  const self = { name: 'self', type, typeText: type.name, hasDefault: false, kwargOnly: false }
  const forward = new GraphFunction(`${type.name}.forward`, new FunctionSchema('forward', '', [self, ...args], returns), graph)
  type.methods.set('forward', unit.addFunction(forward))
  return new ScriptModule(new ScriptObject(type, [true, ...modules]), unit, defaultRuntime())
}

/** Makes the modules that the graph has as constants attributes of `self`, in order; archives hold modules in no other place. */
function liftModules(graph: Graph, type: ClassType): ScriptObject[] {
  const names = new Map<ScriptObject, string>()
  const constants: [Node, ScriptObject][] = []
  const inBlock = (block: Block): void => {
    for (const node of block.nodes()) {
      const value = node.kind === 'prim::Constant' ? node.attribute('value', 'ival') : undefined
      if (value instanceof ScriptObject && value.type.isModule) constants.push([node, value])
      for (const inner of node.blocks) inBlock(inner)
    }
  }
  inBlock(graph.block)
  for (const [node, object] of constants) {
    let name = names.get(object)
    if (name === undefined) {
      names.set(object, (name = `module_${names.size}`))
      type.addAttribute(name, object.type)
    }
    const read = graph.create('prim::GetAttr', [graph.inputs[0]], [object.type]).setAttribute('name', { kind: 's', value: name })
    read.sourceRange = node.sourceRange
    read.insertBefore(node)
    node.output.replaceAllUsesWith(read.output)
    node.destroy()
  }
  return [...names.keys()]
}
