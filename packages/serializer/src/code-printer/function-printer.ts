import type { Block, Graph, GraphFunction, Node, Value } from '@tsjit/ir'
import { type Argument, type ClassType, TsjitError, type Type, typeEquals } from '@tsjit/types'
import { constantText } from './constant-text.ts'
import { printIf, printLoop } from './control-flow.ts'
import { printExpression } from './expression.ts'
import { InlineScan, isLongLine } from './inline-scan.ts'
import { LocalNames, nameBase, toIdentifier } from './local-names.ts'
import type { PrintContext } from './print-context.ts'
import { RangeStack, TaggedText } from './tagged-text.ts'
import { annotationText } from './type-annotation.ts'

/**
 * Writes functions as TorchScript source, as PyTorch's `python_print.cpp` does: the same names, the same choice of what is inlined
 * and what gets a line of its own. One printer writes one file.
 */
export class FunctionPrinter {
  readonly ranges = new RangeStack()
  readonly body = new TaggedText(this.ranges)
  readonly names = new LocalNames()
  /** Levels of indentation. */
  level = 0
  functionName = ''
  private readonly inline = new InlineScan()
  private readonly expressions = new Map<Value, TaggedText>()
  private readonly identifiers = new Map<Value, string>()
  private readonly annotatedOnce = new Set<Value>()
  /** The highest input of each node that was looked at when long lines were split: keeps that linear. */
  private readonly splitUpTo = new Map<Node, number>()

  constructor(readonly context: PrintContext) {}

  // Text ------------------------------------------------------------------------------------------------------------------------

  indent(): TaggedText {
    for (let i = 0; i < this.level; i++) this.body.write('  ')
    return this.body
  }
  indented(body: () => void): void {
    this.level++
    body()
    this.level--
  }
  annotation(type: Type): string {
    return annotationText(type, this.context.nameOf)
  }
  list(out: TaggedText, values: readonly Value[], begin = '', end = ''): void {
    out.write(begin)
    for (const [i, value] of values.entries()) {
      if (i > 0) out.write(', ')
      out.write(this.use(value))
    }
    out.write(end)
  }

  // Values ----------------------------------------------------------------------------------------------------------------------

  /** What a use of a value looks like: its variable once there is one, else its expression. */
  use(value: Value): TaggedText {
    const name = this.identifiers.get(value)
    if (name !== undefined) return new TaggedText(this.ranges).write(name)
    const expression = this.expressions.get(value)
    if (!expression) {
      throw new TsjitError(
        'TSJ_CODE_GRAPH',
        `the graph of ${this.functionName} uses %${value.debugName || value.unique} of ${value.node.kind} before it is defined`,
        {
          hint: 'verifyGraph says where the graph is wrong',
        },
      )
    }
    return expression
  }
  assignName(value: Value, name: string): void {
    this.identifiers.set(value, name)
  }
  /** `value` is written as `other` is. */
  alias(value: Value, other: Value): void {
    this.expressions.set(value, this.use(other))
  }
  nameValues(values: readonly Value[]): void {
    for (const value of values) this.assignName(value, this.names.make(value.debugName ? toIdentifier(nameBase(value.debugName)) : '_'))
  }

  /** `a, b = c, d`. The first assignment to a variable of a union's type says the type. */
  assign(targets: readonly Value[], sources: readonly Value[]): void {
    if (targets.length === 0) return
    this.list(this.indent(), targets)
    const [target] = targets
    if (targets.length === 1 && (target.type.kind === 'Union' || target.type.kind === 'Optional')) {
      if (!this.annotatedOnce.has(target) && !this.expressions.has(target)) {
        this.body.write(` : ${this.annotation(target.type)}`)
        this.annotatedOnce.add(target)
      }
    }
    this.body.write(' = ')
    this.list(this.body, sources)
    this.body.write('\n')
  }
  /** One line for each, with the type where it is a union's (once) or the source's differs. */
  assignAnnotated(targets: readonly Value[], sources: readonly Value[]): void {
    for (const [i, target] of targets.entries()) {
      const isUnion = target.type.kind === 'Union' || target.type.kind === 'Optional'
      const annotated = isUnion ? !this.annotatedOnce.has(target) : !typeEquals(target.type, sources[i].type)
      if (isUnion) this.annotatedOnce.add(target)
      this.indent().write(this.use(target))
      if (annotated) this.body.write(`: ${this.annotation(target.type)}`)
      this.body.write(' = ').write(this.use(sources[i])).write('\n')
    }
  }

  // Types and calls -------------------------------------------------------------------------------------------------------------

  dependOn(type: Type): void {
    this.context.dependOn(type)
  }
  /** Notes the named types in a type, and in the attributes of classes. */
  registerTypes(type: Type, seen = new Set<Type>()): void {
    if (seen.has(type)) return
    seen.add(type)
    if (isNamed(type)) this.dependOn(type)
    const inside = type.kind === 'Class' ? (type as ClassType).attributes.map((attribute) => attribute.type) : type.contained()
    for (const part of inside) this.registerTypes(part, seen)
  }
  noteHostCall(callee: string, node: Node): void {
    this.context.noteHostCall({ callee, caller: this.functionName, range: node.sourceRange?.original() })
  }

  // Statements ------------------------------------------------------------------------------------------------------------------

  /** `def f(x: Tensor) -> Tensor:` with its body. Methods of a module's `code` leave out the type of self. */
  function(fn: GraphFunction, typeOfFirst = true): void {
    const { graph } = fn
    const { schema } = fn
    this.functionName = fn.name
    this.names.clear()
    this.ranges.within(graph.block.paramNode.sourceRange, () => {
      this.indent().write(`def ${fn.name.slice(fn.name.lastIndexOf('.') + 1)}(`)
      for (const [i, argument] of schema.args.entries()) {
        this.registerTypes(argument.type)
        const name = this.names.make(argument.name)
        const annotation = `: ${this.annotation(argument.type)}`
        this.body.write(i === 0 ? `${name}${typeOfFirst ? annotation : ''}` : `,\n    ${name}${annotation}`)
        if (argument.hasDefault) this.body.write(`=${this.defaultText(argument)}`)
        this.assignName(graph.inputs[i], name)
      }
      const result = schema.returns[0].type
      this.body.write(`) -> ${this.annotation(result)}:\n`)
      this.registerTypes(result)
      this.graphBody(graph)
    })
  }

  private defaultText({ type, listSize, defaultValue }: Argument): string {
    const value =
      listSize !== undefined && !Array.isArray(defaultValue) && defaultValue !== null
        ? Array.from({ length: listSize }, () => defaultValue)
        : defaultValue
    return constantText({ type, value }, this.context)
  }

  /** Constants stand in front, in the order of their use; most are written where they are used, long ones get a line here. */
  graphBody(graph: Graph): void {
    const constants = new Set<Node>()
    collectConstants(graph.block, constants)
    this.inline.block(graph.block)
    this.indented(() => {
      for (const node of constants) this.node(node, true)
      this.block(graph.block, graph.outputs.length > 0)
      this.node(graph.block.returnNode)
    })
  }

  block(block: Block, hasMore: boolean): void {
    if (!hasMore && block.nodes().next().done) this.indent().write('pass\n')
    for (const node of block.nodes()) this.node(node)
  }

  private node(node: Node, constants = false): void {
    this.ranges.within(node.sourceRange, () => {
      this.registerNodeTypes(node)
      if (constants || node.kind !== 'prim::Constant') this.statement(node)
    })
  }

  private registerNodeTypes(node: Node): void {
    for (const value of node.inputs) this.registerTypes(value.type)
    for (const value of node.outputs) this.registerTypes(value.type)
    for (const attribute of node.attributes.values()) {
      if (attribute.kind === 'ty') this.registerTypes(attribute.value)
      else if (attribute.kind === 'tys') for (const type of attribute.value) this.registerTypes(type)
    }
  }

  private statement(node: Node): void {
    switch (node.kind) {
      case 'prim::Return':
        if (node.inputs.length > 0) {
          this.list(this.indent(), node.inputs, 'return ', '\n')
        }
        return
      case 'prim::If':
        printIf(this, node)
        return
      case 'prim::Loop':
        printLoop(this, node)
        return
      case 'prim::TupleUnpack':
      case 'prim::ListUnpack':
        this.nameValues(node.outputs)
        this.indent()
        // The comma at the end makes a reader unpack even into one variable.
        if (node.outputs.length > 0) this.list(this.body, node.outputs, '', ', = ')
        this.body.write(this.use(node.input)).write('\n')
        return
      case 'prim::SetAttr':
        this.indent()
          .write(this.use(node.inputs[0]))
          .write(`.${node.attribute('name', 's')} = `)
          .write(this.use(node.inputs[1]))
          .write('\n')
        return
      case 'prim::fork':
        this.subgraph(node, 'fork', '__forked_function')
        return
      case 'prim::awaitable':
        this.subgraph(node, 'awaitable', '__awaitable_function')
        return
      case 'prim::Enter':
        this.indent().write('with ').write(this.use(node.input))
        if (node.output.uses.length > 0) {
          this.nameValues(node.outputs)
          this.body.write(' as ').write(this.use(node.output))
        }
        this.body.write(':\n')
        this.level++
        return
      case 'prim::Exit':
        if (node.prev?.kind === 'prim::Enter') this.indent().write('pass\n')
        this.level--
        return
      case 'prim::ModuleContainerIndex':
        this.nameValues(node.outputs)
        this.indent()
          .write(this.use(node.output))
          .write(` : ${this.annotation(node.output.type)} = `)
        this.body.write(this.use(node.inputs[0])).write('[').write(this.use(node.inputs[1])).write(']\n')
        return
    }
    this.expressionStatement(node)
  }

  private expressionStatement(node: Node): void {
    const text = new TaggedText(this.ranges)
    printExpression(this, text, node)
    const long = isLongLine(text.length, this.level)
    // A long constant gets a variable at once; for others that could change the order in which things happen.
    if (!this.inline.has(node) || (node.kind === 'prim::Constant' && long)) {
      this.define(node, text)
      return
    }
    this.expressions.set(node.output, text)
    if (long) this.splitLong(node.output)
  }

  /** A function without parameters, and what runs it. */
  private subgraph(node: Node, form: string, prefix: string): void {
    const name = this.names.make(prefix)
    const graph = node.attribute('Subgraph', 'g')!
    this.indent().write(`def ${name}():\n`)
    for (const [i, input] of node.inputs.entries()) this.alias(graph.inputs[i], input)
    this.graphBody(graph)
    this.define(node, new TaggedText(this.ranges).write(`${form}(${name})`))
  }

  private define(node: Node, text: TaggedText): void {
    this.nameValues(node.outputs)
    this.indent()
    if (node.outputs.length > 0) this.list(this.body, node.outputs, '', ' = ')
    this.body.write(text).write('\n')
  }

  /**
   * Gives a long expression a line of its own, and with it every expression that is evaluated before it: `foo(x.add_(b), long)` must
   * become `_0 = x.add_(b)`, `_1 = long`, `foo(_0, _1)`.
   */
  private splitLong(value: Value): void {
    const [{ user, index }] = value.uses
    const found: Value[] = []
    this.scanLong(user, index, found)
    for (const part of found.reverse()) this.define(part.node, this.use(part))
  }
  private scanLong(user: Node, offset: number, found: Value[]): void {
    const seen = this.splitUpTo.get(user)
    for (let i = offset; i >= (seen === undefined ? 0 : seen + 1); i--) {
      const value = user.inputs[i]
      if (value.node.kind !== 'prim::Constant' && this.inline.has(value.node)) found.push(value)
    }
    this.splitUpTo.set(user, offset)
    if (seen !== undefined || !this.inline.has(user)) return
    const [use] = user.output.uses
    // The expression that holds this one is still being written: it stays.
    this.scanLong(use.user, use.index - 1, found)
  }
}

function isNamed(type: Type): boolean {
  return (
    type.kind === 'Class' ||
    type.kind === 'Interface' ||
    type.kind === 'Enum' ||
    (type.kind === 'Tuple' && 'name' in type && type.name !== undefined)
  )
}

function collectConstants(block: Block, into: Set<Node>): void {
  const visit = (node: Node): void => {
    for (const { node: maker } of node.inputs) if (maker.kind === 'prim::Constant') into.add(maker)
    for (const inner of node.blocks) collectConstants(inner, into)
  }
  for (const node of block.nodes()) visit(node)
  visit(block.returnNode)
}
