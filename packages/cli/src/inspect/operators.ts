import type { Block, GraphFunction } from '@tsjit/ir'
import { type jit, operatorKernel, type Runtime } from '@tsjit/torch'
import { type Callable, type ClassType, type FunctionType, TsjitError } from '@tsjit/types'

export interface OperatorUse {
  /** `aten::add.Tensor` */
  readonly name: string
  readonly count: number
  /** Who computes it: `native`, `reference`, `decomposition`, `functional`, `metadata`, `executor`, or `missing`. */
  readonly kernel: string
}

export interface OperatorList {
  readonly operators: OperatorUse[]
  /** Methods that do not compile, with the reason. */
  readonly problems: string[]
}

/** Every operator that the methods of the module (or `method` alone) and what they call may run, most used first. */
export function collectOperators(module: jit.ScriptModule, runtime: Runtime, method?: string): OperatorList {
  const counts = new Map<string, number>()
  const problems: string[] = []
  const seen = new Set<Callable>()
  const visit = (fn: Callable): void => {
    if (seen.has(fn)) return
    seen.add(fn)
    try {
      visitBlock((fn as GraphFunction).graph.block, counts, visit)
    } catch (error) {
      if (!(error instanceof TsjitError)) throw error
      problems.push(`'${fn.name}' does not compile: ${error.message}`)
    }
  }
  if (method !== undefined) visit(module.method(method))
  else for (const [, object] of module.namedModules()) for (const fn of object.type.methods.values()) visit(fn)
  const operators = [...counts].map(([name, count]) => ({ name, count, kernel: operatorKernel(name, runtime) }))
  return { operators: operators.sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)), problems }
}

function visitBlock(block: Block, counts: Map<string, number>, visit: (fn: Callable) => void): void {
  for (const node of block.nodes()) {
    const name = node.schema && node.kind.includes('::') ? node.schema.key : node.kind
    if (
      !/^prim::(Constant|If|Loop|GetAttr|SetAttr|CallMethod|CallFunction|ListConstruct|TupleConstruct|TupleUnpack|ListUnpack|DictConstruct|CreateObject)$/.test(
        name,
      )
    ) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    for (const value of node.inputs) if (value.type.kind === 'Function') visit((value.type as FunctionType).callee)
    if (node.kind === 'prim::CallMethod' && node.inputs[0].type.kind === 'Class') {
      const callee = (node.inputs[0].type as ClassType).methods.get(node.attribute('name', 's') ?? '')
      if (callee) visit(callee)
    }
    const subgraph = node.attribute('Subgraph', 'g')
    if (subgraph) visitBlock(subgraph.block, counts, visit)
    for (const inner of node.blocks) visitBlock(inner, counts, visit)
  }
}

/** Operators that `method` (or, without one, any method) may run and that have no kernel. */
export function missingOperators(module: jit.ScriptModule, runtime: Runtime, method?: string): string[] {
  return collectOperators(module, runtime, method)
    .operators.filter((use) => use.kernel === 'missing')
    .map((use) => use.name)
}
