import { Source, SourceRange, type Type } from '@tsjit/types'
import { ConstantReader } from './constant-reader.ts'
import { type Block, Graph, Node, type Value } from './graph.ts'
import { findSchema } from './schema-match.ts'
import { TextCursor } from './text-cursor.ts'
import { TypeReader, type TypeResolver } from './type-reader.ts'

export interface ReadOptions {
  /** Classes, enums, interfaces and named tuples by the names in the text; others become empty classes. */
  readonly resolveType?: TypeResolver
}

const maxNesting = 500

interface Declaration {
  readonly name: string
  readonly type: Type
  /** Where it stands in the text. */
  readonly at: number
}

/** Names visible in a block: its own and those of the blocks around it. */
class Scope {
  private readonly own = new Map<string, Value>()
  constructor(private readonly outer?: Scope) {}
  find(name: string): Value | undefined {
    return this.own.get(name) ?? this.outer?.find(name)
  }
  define(name: string, value: Value): void {
    this.own.set(name, value)
  }
}

/**
 * Reads the text of a graph as `printGraph` and PyTorch print it. Operators get their schemas, source comments become source ranges.
 * Constants whose elements the text does not hold (`<Tensor>`) become `OpaqueTensor`s. Throws TSJ_IR_SYNTAX.
 */
export function parseIR(text: string, options: ReadOptions = {}): Graph {
  return new GraphReader(text, options).read()
}

class GraphReader {
  private readonly cursor: TextCursor
  private readonly types: TypeReader
  private readonly constants: ConstantReader
  private readonly sources = new Map<string, Source>()
  private readonly groups: Node[] = []
  private numbers = new Set<string>()
  private nesting = 0

  constructor(text: string, options: ReadOptions) {
    this.cursor = new TextCursor(text)
    this.types = new TypeReader(this.cursor, options.resolveType)
    this.constants = new ConstantReader(this.cursor, this.types)
  }

  read(): Graph {
    const { cursor } = this
    cursor.space()
    const graph = this.graph()
    this.readGroups()
    cursor.space()
    if (cursor.at < cursor.text.length) cursor.fail('the end of the text')
    return graph
  }

  /** A graph's groups (`with prim::fork_0 = graph(…)`) follow it at once, each with its own behind. */
  private readGroups(): void {
    const { cursor } = this
    const own = this.groups.splice(0)
    for (const node of own) {
      cursor.space()
      cursor.expect('with')
      cursor.demand(/[\w:]+/y, 'the name of a group')
      cursor.expect('=')
      const graph = this.graph()
      node.setAttribute('Subgraph', { kind: 'g', value: graph })
      this.readGroups()
    }
  }

  private graph(): Graph {
    const { cursor } = this
    const graph = new Graph()
    this.numbers = new Set()
    const scope = new Scope()
    cursor.expect('graph')
    cursor.expect('(')
    for (const one of cursor.list(')', () => this.declaration())) this.define(one, graph.block.paramNode, scope)
    cursor.expect(':')
    this.statements(graph.block, scope)
    cursor.expect('return')
    for (const value of this.references(scope)) graph.registerOutput(value)
    return graph
  }

  private declaration(): Declaration {
    const at = this.cursor.at
    const name = this.valueName()
    this.cursor.expect(':')
    return { name, type: this.types.type(), at }
  }

  private valueName(): string {
    this.cursor.expect('%')
    return this.cursor.demand(/[^\s:,()[\]=]+/y, "a value's name")
  }

  /** Numbers stay as they are, so that a graph prints as it was read. */
  private define({ name, type, at }: Declaration, node: Node, scope: Scope): void {
    const { graph } = node
    const isNumber = /^\d{1,15}$/.test(name)
    const isTaken = isNumber ? this.numbers.has(`${name}`) : graph.hasName(name)
    if (isTaken) {
      this.cursor.at = at
      this.cursor.fail(`a name that is not taken yet`)
    }
    const value = node.addOutput(type, isNumber ? Number(name) : graph.nextUnique())
    if (isNumber) {
      this.numbers.add(name)
      graph.reserveUnique(Number(name))
    } else graph.nameValue(value, name)
    scope.define(name, value)
  }

  private references(scope: Scope): Value[] {
    this.cursor.expect('(')
    return this.cursor.list(')', () => {
      const start = this.cursor.at
      const value = scope.find(this.valueName())
      if (!value) {
        this.cursor.at = start
        this.cursor.fail('a value that is defined above')
      }
      return value
    })
  }

  /** Nodes up to `return` or `->`. */
  private statements(block: Block, scope: Scope): void {
    const { cursor } = this
    for (;;) {
      cursor.space()
      if (cursor.peek('return') || cursor.peek('->')) return
      this.statement(block, scope)
    }
  }

  private statement(block: Block, scope: Scope): void {
    const { cursor } = this
    const declared: Declaration[] = []
    while (!cursor.take('=')) {
      if (declared.length > 0) cursor.expect(',')
      declared.push(this.declaration())
    }
    let kind = cursor.demand(/\^<\w+>|\^?[A-Za-z_][\w:]*/y, "a node's kind")
    // A call of the host's: `^name[]()`, then its inputs.
    if (kind.startsWith('^')) kind += cursor.demand(/\[[^\]]*\]\([^()]*\)/y, "the host function's arguments")
    const isGroup = /^prim::\w+_\d+$/.test(kind)
    if (isGroup) kind = kind.replace(/_\d+$/, '')
    const node = new Node(block.graph, kind, block)
    if (cursor.take('[')) {
      cursor.list(']', () => {
        const name = cursor.demand(/\w+/y, "an attribute's name")
        cursor.expect('=')
        node.setAttribute(name, this.constants.attribute(name, declared[0]?.type))
      })
    }
    for (const value of this.references(scope)) node.addInput(value)
    if (isGroup) this.groups.push(node)
    if (cursor.take(', scope: ')) node.scope = cursor.demand(/[^\s#]+/y, 'a scope')
    if (cursor.take('# ')) node.sourceRange = this.sourceRange(cursor.demand(/[^\n]+/y, 'a source location'))
    block.append(node)
    while (this.takeBlockStart()) this.block(node, scope)
    for (const one of declared) this.define(one, node, scope)
    if (node.kind.includes('::')) node.schema = findSchema(node)
  }

  private takeBlockStart(): boolean {
    this.cursor.space()
    return this.cursor.match(/block\d+(?=\()/y) !== undefined
  }

  private block(node: Node, outer: Scope): void {
    const { cursor } = this
    if (++this.nesting > maxNesting) cursor.fail(`at most ${maxNesting} blocks inside each other`)
    const block = node.addBlock()
    const scope = new Scope(outer)
    cursor.expect('(')
    for (const one of cursor.list(')', () => this.declaration())) this.define(one, block.paramNode, scope)
    cursor.expect(':')
    this.statements(block, scope)
    cursor.expect('->')
    for (const value of this.references(scope)) block.registerOutput(value)
    this.nesting--
  }

  private sourceRange(text: string): SourceRange | undefined {
    const found = /^(.*):(\d+):(\d+)\s*$/.exec(text)
    if (!found) return undefined
    const [, filename, line, column] = found
    const key = `${filename}:${line}`
    let source = this.sources.get(key)
    if (!source) {
      source = new Source('', filename, Number(line))
      this.sources.set(key, source)
    }
    return new SourceRange(source, Number(column), Number(column) + 1)
  }
}
