import type { Block, Graph, Node } from '@tsjit/ir'
import type { Context } from './builtins/builtin.ts'
import { type Generated, generate } from './codegen/generate.ts'
import { interpret, interpretAsync } from './interpreter/interpreter.ts'
import { type Program, programOf } from './interpreter/program.ts'
import type { Operation } from './operation.ts'

export type Gear = 'interpreter' | 'codegen'

/** Beyond this many nodes one function is more than V8 optimises (60 KB of bytecode); the interpreter does as well and starts faster. */
const maxGeneratedNodes = 20_000

/** One graph in one gear. */
export class CompiledGraph {
  private program: Program | undefined
  private generated: Generated | undefined
  private generatedAsync: Generated | undefined
  private gear: Gear

  constructor(
    readonly graph: Graph,
    readonly name: string,
    private readonly context: Context,
    private readonly resolve: (node: Node, context: Context) => Operation,
    gear: Gear,
    /** Generated code for debuggers, however large. */
    private readonly debug = false,
  ) {
    this.gear = gear === 'codegen' && !debug && countNodes(graph.block) > maxGeneratedNodes ? 'interpreter' : gear
  }

  /** The gear in use: the interpreter where code generation is forbidden or would not pay. */
  get actualGear(): Gear {
    return this.gear
  }
  /** The generated JavaScript, for logs. */
  get text(): string | undefined {
    return this.generated?.text
  }

  run(args: readonly unknown[]): unknown {
    if (this.generated) return this.generated.run(...args)
    if (this.gear === 'codegen') {
      this.generated = this.tryGenerate(false)
      if (this.generated) return this.generated.run(...args)
    }
    return interpret(this.interpreted(), args, this.context)
  }

  async runAsync(args: readonly unknown[], signal: AbortSignal | undefined): Promise<unknown> {
    if (this.gear === 'codegen') this.generatedAsync ??= this.tryGenerate(true)
    if (this.generatedAsync) {
      const padded = args.slice(0, this.graph.inputs.length)
      return this.generatedAsync.run(...padded, signal)
    }
    return interpretAsync(this.interpreted(), args, this.context, signal)
  }

  private interpreted(): Program {
    return (this.program ??= programOf(this.graph, this.name, this.context, this.resolve))
  }

  private tryGenerate(isAsync: boolean): Generated | undefined {
    try {
      return generate(this.graph, this.name, this.context, this.resolve, isAsync, this.debug)
    } catch (error) {
      // --disallow-code-generation-from-strings
      if (!(error instanceof EvalError)) throw error
      this.gear = 'interpreter'
      return undefined
    }
  }
}

export function countNodes(block: Block): number {
  let count = 0
  for (const node of block.nodes()) {
    count++
    for (const inner of node.blocks) count += countNodes(inner)
  }
  return count
}
