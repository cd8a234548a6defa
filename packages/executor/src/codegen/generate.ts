import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { coercion } from '@tsjit/runtime'
import type { ClassType, Type } from '@tsjit/types'
import type { Context } from '../builtins/builtin.ts'
import { leaveContexts } from '../builtins/calls.ts'
import { constantValue } from '../constants.ts'
import type { Operation } from '../operation.ts'
import { errorAt } from '../script-error.ts'
import { DebugWriter } from './debug-writer.ts'
import { counter, exactly, type Range } from './range.ts'
import { type Operand, templates } from './templates.ts'
import { CodeWriter } from './writer.ts'

export interface Generated {
  readonly run: (...args: any[]) => unknown
  /** The JavaScript text, for logs. */
  readonly text: string
}

/**
 * Gear 2: a graph as one JavaScript function over local variables. `prim::Loop` becomes `for`, `prim::If` becomes `if`, ints are numbers
 * with inline overflow checks. With `isAsync`, segments are awaited; with `debug`, a debugger sees the program's own lines and variables.
 * Throws EvalError where code generation is forbidden.
 */
export function generate(
  graph: Graph,
  name: string,
  context: Context,
  resolve: (node: Node, context: Context) => Operation,
  isAsync: boolean,
  debug = false,
): Generated {
  return new Generator(graph, name, context, resolve, isAsync, debug ? new DebugWriter(graph, name) : new CodeWriter()).generate()
}

class Generator {
  private readonly operands = new Map<Value, Operand>()
  private readonly nodes: Node[] = []
  /** The node recorded last on the straight line that is being written. */
  private recorded = -1
  private readonly hasContexts: boolean

  constructor(
    private readonly graph: Graph,
    private readonly name: string,
    private readonly context: Context,
    private readonly resolve: (node: Node, context: Context) => Operation,
    private readonly isAsync: boolean,
    private readonly writer: CodeWriter,
  ) {
    this.hasContexts = hasKind(graph.block, 'prim::Enter')
  }

  generate(): Generated {
    const { writer, graph, name, nodes, context } = this
    const parameters = graph.inputs.map((input) => {
      const code = writer.variable('a')
      this.operands.set(input, { code })
      return code
    })
    writer.line('let $at = -1, $t')
    if (this.hasContexts) writer.line('const $entered = []')
    writer.open('try {')
    for (const [i, input] of graph.inputs.entries()) writer.named(input, parameters[i])
    this.block(graph.block)
    const results = graph.outputs.map((output) => this.operand(output).code)
    writer.line(`return ${results.length === 1 ? results[0] : results.length === 0 ? 'null' : `[${results.join(', ')}]`}`)
    writer.middle('} catch (error) {')
    if (this.hasContexts) writer.line(`${writer.reference((entered: never[]) => leaveContexts(entered, context))}($entered)`)
    writer.line(`throw ${writer.reference((error: unknown, at: number) => errorAt(error, nodes[at], name))}(error, $at)`)
    writer.close()
    if (this.isAsync) parameters.push('$signal')
    return { run: writer.build(parameters, this.isAsync), text: writer.body() }
  }

  private operand(value: Value): Operand {
    return this.operands.get(value)!
  }
  private code(value: Value): string {
    return this.operands.get(value)!.code
  }

  private record(node: Node): void {
    const index = this.nodes.length - 1
    if (this.nodes[index] !== node) this.nodes.push(node)
    const at = this.nodes.length - 1
    if (this.recorded !== at) this.writer.line(`$at = ${at}`)
    this.recorded = at
  }

  private block(block: Block): void {
    this.recorded = -1
    for (const node of block.nodes()) this.node(node)
    this.recorded = -1
  }

  private node(node: Node): void {
    if (node.kind !== 'prim::Constant') this.writer.at(node.sourceRange)
    switch (node.kind) {
      case 'prim::Store':
        this.writer.assign(node.attribute('name', 's')!, this.code(node.input))
        return
      case 'prim::Line':
        this.writer.mark()
        return
      case 'prim::Constant': {
        const value = constantValue(node)
        const isInt = baseKind(node.output.type) === 'int'
        this.operands.set(node.output, {
          code: this.writer.literal(value),
          range: isInt && typeof value === 'number' ? exactly(value) : undefined,
        })
        return
      }
      case 'prim::If':
        this.branch(node)
        return
      case 'prim::Loop':
        this.loop(node)
        return
      default:
        if (!this.structural(node)) this.call(node)
    }
  }

  private branch(node: Node): void {
    const { writer } = this
    const condition = this.code(node.inputs[0])
    const outputs = node.outputs.map(() => writer.variable())
    if (outputs.length > 0) writer.line(`let ${outputs.join(', ')}`)
    const ranges: (Range | undefined)[][] = []
    const arm = (block: Block): void => {
      this.block(block)
      ranges.push(
        block.outputs.map((result, i) => {
          const { code, range } = this.operand(result)
          writer.line(`${outputs[i]} = ${this.converted(code, result.type, node.outputs[i].type)}`)
          return range
        }),
      )
    }
    writer.open(`if (${condition}) {`)
    arm(node.blocks[0])
    if (node.blocks[1].outputs.length > 0 || !node.blocks[1].nodes().next().done) {
      writer.middle('} else {')
      arm(node.blocks[1])
    }
    writer.close()
    this.recorded = -1
    node.outputs.forEach((output, i) => {
      const [yes, no] = [ranges[0]?.[i], ranges[1]?.[i]]
      const range = yes && no ? { low: Math.min(yes.low, no.low), high: Math.max(yes.high, no.high) } : undefined
      this.operands.set(output, { code: outputs[i], range })
      writer.named(output, outputs[i])
    })
  }

  private loop(node: Node): void {
    const { writer } = this
    const [body] = node.blocks
    const [count, condition, ...initial] = node.inputs
    const carried = body.inputs.slice(1)
    const names = initial.map((value, i) => {
      const variable = writer.variable()
      writer.line(`let ${variable} = ${this.converted(this.code(value), value.type, carried[i].type)}`)
      this.operands.set(carried[i], { code: variable })
      return variable
    })
    const always = this.code(condition) === 'true' && constantTrue(body.outputs[0])
    const go = always ? undefined : writer.variable('c')
    if (go) writer.line(`let ${go} = ${this.code(condition)}`)
    const limit = this.operand(count)
    const endless = limit.range === undefined && count.node.kind === 'prim::Constant'
    const turn = writer.variable('i')
    let bound: string | undefined
    if (!endless) {
      bound = limit.code
      if (!limit.range) {
        bound = writer.variable('n')
        writer.line(`const ${bound} = Number(${limit.code})`)
      }
    }
    const tests = [bound && `${turn} < ${bound}`, go].filter(Boolean)
    const counts = !endless || body.inputs[0].uses.length > 0
    if (counts) writer.open(`for (let ${turn} = 0; ${tests.join(' && ')}; ${turn}++) {`)
    else writer.open(`while (${tests.join(' && ') || 'true'}) {`)
    this.operands.set(body.inputs[0], { code: turn, range: limit.range ? { low: 0, high: Math.max(0, limit.range.high - 1) } : counter })
    this.block(body)
    this.assignCarried(body, names, carried, go)
    writer.close()
    this.recorded = -1
    node.outputs.forEach((output, i) => {
      // the loop's own variables hold the results
      this.operands.set(output, { code: this.conversionInto(names[i], carried[i].type, output.type) })
    })
  }

  /** All at once: a new value may need an old one. */
  private assignCarried(body: Block, names: readonly string[], carried: readonly Value[], go: string | undefined): void {
    const { writer } = this
    const moves = body.outputs.slice(1).flatMap((result, i) => {
      const code = this.converted(this.code(result), result.type, carried[i].type)
      return code === names[i] ? [] : [{ target: names[i], code, source: this.code(result) }]
    })
    const targets = new Set(moves.map(({ target }) => target))
    const saved = moves.map((move) => {
      // the old value of another carried variable: keep it before it is overwritten
      if (!targets.has(move.source)) return move
      const temporary = writer.variable()
      writer.line(`const ${temporary} = ${move.code}`)
      return { ...move, code: temporary }
    })
    if (go) {
      const next = this.code(body.outputs[0])
      writer.line(`${go} = ${next}`)
    }
    for (const { target, code } of saved) writer.line(`${target} = ${code}`)
  }

  private converted(code: string, from: Type, to: Type): string {
    const convert = coercion(from, to)
    return convert ? `${this.writer.reference(convert)}(${code})` : code
  }
  private conversionInto(code: string, from: Type, to: Type): string {
    const expression = this.converted(code, from, to)
    if (expression === code) return code
    const variable = this.writer.variable()
    this.writer.line(`const ${variable} = ${expression}`)
    return variable
  }

  /** Tuples, lists and attributes without a call. */
  private structural(node: Node): boolean {
    const { writer } = this
    switch (node.kind) {
      case 'prim::TupleConstruct':
      case 'prim::ListConstruct': {
        const elements = node.output.type.contained()
        const parts = node.inputs.map((input, i) =>
          this.converted(this.code(input), input.type, elements[node.kind === 'prim::ListConstruct' ? 0 : i] ?? input.type),
        )
        this.define(node.output, `[${parts.join(', ')}]`)
        return true
      }
      case 'prim::TupleUnpack': {
        const elements = node.inputs[0].type.contained()
        const tuple = this.code(node.inputs[0])
        for (const [i, output] of node.outputs.entries()) {
          this.define(output, this.converted(`${tuple}[${i}]`, elements[i] ?? output.type, output.type))
        }
        return true
      }
      case 'prim::TupleIndex': {
        const elements = node.inputs[0].type.contained()
        const index = this.operand(node.inputs[1]).range
        if (!index || index.low !== index.high || elements.length === 0) return false
        const at = index.low < 0 ? index.low + elements.length : index.low
        if (!elements[at]) return false
        this.define(node.output, this.converted(`${this.code(node.inputs[0])}[${at}]`, elements[at], node.output.type))
        return true
      }
      case 'prim::unchecked_cast':
      case 'prim::unchecked_unwrap_optional': {
        const [input] = node.inputs
        const expression = this.converted(this.code(input), input.type, node.output.type)
        if (expression === this.code(input)) this.operands.set(node.output, this.operand(input))
        else this.define(node.output, expression)
        return true
      }
      case 'prim::Uninitialized':
        this.operands.set(node.output, { code: 'undefined' })
        return true
      case 'prim::GetAttr': {
        const type = node.inputs[0].type
        const attribute = type.kind === 'Class' ? (type as ClassType).attribute(node.attribute('name', 's')!) : undefined
        if (!attribute) return false
        const slot = (type as ClassType).slotOf(attribute.name)!
        // an unset slot goes the long way, which says so
        const operation = this.resolve(node, this.context)
        const object = this.code(node.inputs[0])
        this.record(node)
        const read = coercion(attribute.type, node.output.type)
          ? undefined
          : `(($t = ${object}.slots[${slot}]) !== undefined ? $t : ${writer.reference(operation.run, 'f')}(${object}))`
        this.define(node.output, read ?? `${writer.reference(operation.run, 'f')}(${object})`)
        return true
      }
      default:
        return false
    }
  }

  private define(output: Value, expression: string, range?: Range): void {
    const variable = this.writer.variable()
    this.writer.line(`const ${variable} = ${expression}`)
    this.operands.set(output, { code: variable, range })
    this.writer.named(output, variable)
  }

  private call(node: Node): void {
    const { writer } = this
    const operation = this.resolve(node, this.context)
    const run = (): string => writer.reference(operation.run, 'f')
    const args = node.inputs.map((input, i): Operand => {
      const convert = operation.inputs[i]
      return convert ? { code: `${writer.reference(convert)}(${this.code(input)})` } : this.operand(input)
    })
    const template =
      operation.inputs.length === 0 && operation.outputs.length === 0 && node.outputs.length <= 1 ? templates.get(operation.key) : undefined
    if (template) {
      const inlined = template(args, run())
      if (inlined) {
        if (inlined.throws) this.record(node)
        if (node.outputs.length === 0 || node.outputs[0].uses.length === 0) {
          writer.line(inlined.code)
          if (node.outputs.length > 0) this.operands.set(node.outputs[0], { code: 'undefined' })
        } else this.define(node.outputs[0], inlined.code, inlined.range)
        return
      }
    }
    this.record(node)
    const list = args.map((arg) => arg.code).join(', ')
    const expression =
      this.isAsync && operation.runAsync ? `await ${writer.reference(operation.runAsync, 'f')}($signal, [${list}])` : `${run()}(${list})`
    this.results(node, operation, expression)
    if (node.kind === 'prim::Enter') writer.line(`$entered.push(${args[0].code})`)
    else if (node.kind === 'prim::Exit' && this.hasContexts) writer.line('$entered.pop()')
  }

  private results(node: Node, operation: Operation, expression: string): void {
    const { writer } = this
    const used = node.outputs.some((output) => output.uses.length > 0)
    const convert = (i: number, code: string): string =>
      operation.outputs[i] ? `${writer.reference(operation.outputs[i])}(${code})` : code
    if (!used) {
      writer.line(expression)
      for (const output of node.outputs) this.operands.set(output, { code: 'undefined' })
    } else if (node.outputs.length === 1) this.define(node.outputs[0], convert(0, expression))
    else {
      const all = writer.variable('r')
      writer.line(`const ${all} = ${expression}`)
      node.outputs.forEach((output, i) => {
        if (output.uses.length > 0) this.define(output, convert(i, `${all}[${i}]`))
        else this.operands.set(output, { code: 'undefined' })
      })
    }
  }
}

function constantTrue(value: Value): boolean {
  return value.node.kind === 'prim::Constant' && constantValue(value.node) === true
}

function baseKind(type: Type): string {
  return type.kind === 'Optional' ? type.contained()[0].kind : type.kind
}

function hasKind(block: Block, kind: string): boolean {
  for (const node of block.nodes()) if (node.kind === kind || node.blocks.some((inner) => hasKind(inner, kind))) return true
  return false
}
