import { type AttributeValue, type Block, type CompilationUnit, Graph, type Value } from '@tsjit/ir'
import type { ClassType, SourceRange, Type } from '@tsjit/types'
import { type ConstantValue, insertConstant } from './constants.ts'
import { Environment } from './environment.ts'
import { type CompileCode, fail } from './errors.ts'
import type { NameResolver } from './native-resolver.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

export interface EmitterOptions {
  /** The qualified name of the function. */
  readonly name: string
  readonly unit: CompilationUnit
  readonly resolver: NameResolver
  /** The class whose method this is. */
  readonly self?: ClassType
  /** What `self` means; an ordinary object where absent. */
  readonly makeSelf?: (value: Value) => SugaredValue
  /** The archive's format version, where operators mean what they meant then. */
  readonly operatorVersion?: number
  /** Archives write `-1` as a literal; Python's syntax has a minus and a one. */
  readonly foldNegativeLiterals?: boolean
  /** Marks where each statement begins with a `prim::Line`, for debuggers to stop at. */
  readonly marksLines?: boolean
}

export type LoopStatus = 'outside' | 'loop' | 'unrolled'

/** The function (or closure) being emitted: what it declared, and what its returns had so far. */
interface Definition {
  declaredReturn: Type | undefined
  mergedReturn: Type | undefined
}

/**
 * The state of compiling one function to a graph; PyTorch's `to_ir`. The functions of `emit-*.ts` work on it. Until the conversion to
 * SSA (`ssa/`) the graph has `prim::Store`, `prim::Load`, `prim::ReturnStmt`, `prim::BreakStmt`, … nodes.
 */
export class FunctionEmitter {
  readonly graph = new Graph()
  readonly name: string
  readonly unit: CompilationUnit
  readonly resolver: NameResolver
  readonly operatorVersion: number | undefined
  environment: Environment
  loopStatus: LoopStatus = 'outside'
  /** Blocks whose end is not reached: they return or raise. */
  readonly exitBlocks = new Set<Block>()
  private readonly definitions: Definition[] = [{ declaredReturn: undefined, mergedReturn: undefined }]
  private readonly literals = new Map<string, Value>()
  private readonly names = new Map<string, AttributeValue>()
  private temporaries = 0

  constructor(readonly options: EmitterOptions) {
    this.name = options.name
    this.unit = options.unit
    this.resolver = options.resolver
    this.operatorVersion = options.operatorVersion
    this.environment = new Environment(this, this.graph.block, undefined)
  }

  get definition(): Definition {
    return this.definitions[this.definitions.length - 1]
  }
  fail(code: CompileCode, reason: string, range: SourceRange): never {
    return fail(code, reason, range)
  }
  temporaryName(prefix: string): string {
    return `${prefix}${this.temporaries++}`
  }

  /** The name of a variable, as the attribute of its loads and stores. */
  nameAttribute(name: string): AttributeValue {
    let found = this.names.get(name)
    if (!found) this.names.set(name, (found = { kind: 's', value: name }))
    return found
  }

  /** Runs `body` with `block`'s own variables and insertion point, and returns its frame. */
  inBlock(block: Block, body: () => void): Environment {
    const { graph, environment: outer } = this
    const point = graph.insertPoint
    const frame = new Environment(this, block, outer)
    this.environment = frame
    // Not by `withInsertPoint`: what nests must not cost more of the stack than it has to.
    graph.setInsertPoint(block)
    try {
      body()
    } finally {
      graph.setInsertPoint(point)
      this.environment = outer
    }
    return frame
  }
  /** As `inBlock`, for a definition with returns of its own. */
  inDefinition(block: Block, body: () => void): void {
    this.definitions.push({ declaredReturn: undefined, mergedReturn: undefined })
    const status = this.loopStatus
    this.loopStatus = 'outside'
    try {
      this.inBlock(block, body)
    } finally {
      this.loopStatus = status
      this.definitions.pop()
    }
  }
  withLoopStatus(status: LoopStatus, body: () => void): void {
    const saved = this.loopStatus
    this.loopStatus = status
    try {
      body()
    } finally {
      this.loopStatus = saved
    }
  }

  constant(constant: ConstantValue, range: SourceRange): Value {
    return insertConstant(this.graph, constant, range)
  }
  /** A number written in the source: one node for each value, at the front of the graph. */
  literal(constant: ConstantValue, range: SourceRange): Value {
    const { type, value } = constant
    const key = `${type} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`
    let found = this.literals.get(key)
    if (!found) {
      found = this.graph.withInsertPoint(this.graph.block.paramNode.next!, () => insertConstant(this.graph, constant, range))
      this.literals.set(key, found)
    }
    return found
  }
}
