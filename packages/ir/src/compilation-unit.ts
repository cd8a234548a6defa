import type { Callable, ClassType, EnumType, FunctionSchema, InterfaceType, TupleType } from '@tsjit/types'
import { TsjitError } from '@tsjit/types'
import type { Graph } from './graph.ts'

/** A function of a unit. Its graph is made on first use, so that loading an archive compiles only what is called. */
export class GraphFunction implements Callable {
  private body: Graph | undefined
  private define: ((fn: GraphFunction) => Graph) | undefined
  private debugBody: Graph | undefined
  private compiling = false

  constructor(
    /** The qualified name: `__torch__.Net.forward`. */
    readonly name: string,
    public schema: FunctionSchema,
    body: Graph | ((fn: GraphFunction) => Graph),
    private readonly defineDebug?: (fn: GraphFunction) => Graph,
  ) {
    if (typeof body === 'function') this.define = body
    else this.body = body
  }

  /** Throws what compiling throws; `TSJ_RECURSIVE_FUNCTION` where the function's body needs itself. */
  get graph(): Graph {
    if (!this.body) {
      if (this.compiling)
        throw new TsjitError('TSJ_RECURSIVE_FUNCTION', `function '${this.name}' is called recursively. Recursive calls are not supported`)
      this.compiling = true
      try {
        this.body = this.define!(this)
        this.define = undefined
      } finally {
        this.compiling = false
      }
    }
    return this.body
  }
  /**
   * The graph that debuggers step through: as the source says it, nothing simplified, with `prim::Line` where a statement begins and
   * `prim::Store[name="x"](%value)` where a variable gets a value. The graph itself where there is no source.
   */
  get debugGraph(): Graph {
    // what the function's schema lacks until its body is known comes with the graph
    const { graph } = this
    return (this.debugBody ??= this.defineDebug?.(this) ?? graph)
  }
  get isCompiled(): boolean {
    return this.body !== undefined
  }
}

export type NamedType = ClassType | InterfaceType | EnumType | TupleType

/** Qualified names to functions and named types. The compiler fills it, the executor runs it. */
export class CompilationUnit {
  readonly functions = new Map<string, GraphFunction>()
  readonly types = new Map<string, NamedType>()

  /** Calls of operators that the table lacks become nodes without a schema (one tensor result) instead of errors: for tools that only look. */
  keepsUnknownOperators = false

  /** Where names come from that are not defined yet (an archive's `code/`): defines them and returns true, or returns false. */
  resolver: ((qualifiedName: string) => boolean) | undefined

  function(name: string): GraphFunction | undefined {
    if (!this.functions.has(name)) this.resolver?.(name)
    return this.functions.get(name)
  }
  type(name: string): NamedType | undefined {
    if (!this.types.has(name)) this.resolver?.(name)
    return this.types.get(name)
  }
  class(name: string): ClassType | undefined {
    const found = this.type(name)
    return found?.kind === 'Class' ? (found as ClassType) : undefined
  }
  addFunction(fn: GraphFunction): GraphFunction {
    this.functions.set(fn.name, fn)
    return fn
  }
  addType(type: NamedType): void {
    this.types.set(type.name!, type)
  }
}
