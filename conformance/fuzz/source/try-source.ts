import { PythonProgram } from '@tsjit/compiler'
import { type Block, type Graph, GraphFunction, parseIR, printGraph, verifyGraph } from '@tsjit/ir'
import { operatorByKey } from '@tsjit/ops'
import { inlinedGraph } from '@tsjit/passes'
import { Boxed, Complex, Device, EnumValue, ScriptFuture, ScriptObject, Tensor } from '@tsjit/runtime'
import { createRuntime, manualSeed, type Runtime, tensor } from '@tsjit/torch'
import { IntType, Source, TsjitError, type Type } from '@tsjit/types'

/** What came of a source: it ran, it compiled (and cannot be called without more), a typed error by its code, or a defect. */
export type Outcome =
  | { readonly outcome: 'result' | 'compiled' }
  | { readonly outcome: 'typed'; readonly detail: string }
  | { readonly outcome: 'untyped'; readonly detail: string }

/** Loops of the programs turn so often at most, in all gears: a random program may be made never to end. */
const maxTurns = 12

interface Gear {
  readonly name: string
  readonly runtime: Runtime
  readonly printed: string[]
}

export class SourceTrial {
  private readonly gears: readonly Gear[] = (['interpreter', 'codegen'] as const).map((gear) => {
    const printed: string[] = []
    const print = (text: string): void => void printed.push(text)
    return { name: gear, printed, runtime: createRuntime({ cpu: 'reference', executor: { gear, segments: false, print, log: print } }) }
  })

  /** Compiles every function of the text, checks the graphs, and runs what can be run in both gears. */
  run(text: string): Outcome {
    try {
      const module = new PythonProgram().add(new Source(text, 'fuzz.py'), 'program')
      const errors = module.check()
      const internal = errors.find(isInternal)
      if (internal) return { outcome: 'untyped', detail: describe(internal) }
      let ran = false
      for (const name of module.definedNames) {
        if (!module.isFunction(name)) continue
        let fn: unknown
        try {
          fn = module.script(name)
        } catch (error) {
          if (error instanceof TsjitError && !isInternal(error)) continue
          throw error
        }
        if (!(fn instanceof GraphFunction)) continue
        const defect = checkGraph(fn.graph) ?? this.compareGears(fn)
        if (typeof defect === 'string') return { outcome: 'untyped', detail: `${name}: ${defect}` }
        ran ||= defect === true
      }
      if (ran) return { outcome: 'result' }
      return errors.length > 0 ? { outcome: 'typed', detail: errors[0].code } : { outcome: 'compiled' }
    } catch (error) {
      if (error instanceof TsjitError && !isInternal(error)) return { outcome: 'typed', detail: error.code }
      return { outcome: 'untyped', detail: describe(error) }
    }
  }

  /** A defect, true where the function ran (or threw) alike in both gears, false where it could not be called. */
  private compareGears(fn: GraphFunction): string | boolean {
    if (!fn.schema.args.every(({ type }) => argumentFor(type) !== undefined)) return false
    const graph = limited(inlinedGraph(fn.graph))
    const seen = this.gears.map((gear) => {
      gear.printed.length = 0
      manualSeed(1)
      try {
        const args = fn.schema.args.map(({ type }) => argumentFor(type)!.value)
        return `${canonical(gear.runtime.executor.compile(graph, fn.name).run(args))} ${gear.printed.join('')}`
      } catch (error) {
        if (!(error instanceof TsjitError) || isInternal(error)) throw error
        return `${error.code} ${error.reason} ${gear.printed.join('')}`
      }
    })
    return seen[0] === seen[1]
      ? true
      : `${this.gears[0].name} gives ${seen[0].slice(0, 300)}\n${this.gears[1].name} gives ${seen[1].slice(0, 300)}`
  }
}

function isInternal(error: unknown): boolean {
  return !(error instanceof TsjitError) || error.code === 'TSJ_INTERNAL' || error.code === 'TSJ_IR_INVALID'
}

function describe(error: unknown): string {
  const inner = error instanceof TsjitError && error.cause instanceof Error ? error.cause : error
  return inner instanceof Error ? `${error instanceof TsjitError ? `${error.code} ` : ''}${inner.stack ?? inner.message}` : String(inner)
}

/** A defect of a graph, or undefined. */
function checkGraph(graph: Graph): string | undefined {
  verifyGraph(graph)
  const text = printGraph(graph)
  // constants of other types than IR texts can say
  if (/Constant\[(?!value)|<Tensor>|Tensor = prim::Constant|__torch__|Function = prim::Constant/.test(text)) return undefined
  let again: string
  try {
    again = printGraph(parseIR(text))
  } catch (error) {
    return `the printed graph cannot be read: ${(error as Error).message}`
  }
  return again === text ? undefined : `the graph printed, read and printed again differs:\n${firstDifference(text, again)}`
}

function firstDifference(a: string, b: string): string {
  const [left, right] = [a.split('\n'), b.split('\n')]
  const at = left.findIndex((line, i) => line !== right[i])
  return `${left[at]}\n${right[at]}`
}

/** The graph with loops that end. */
function limited(graph: Graph): Graph {
  const visit = (block: Block): void => {
    for (const node of block.nodes()) {
      node.blocks.forEach(visit)
      if (node.kind !== 'prim::Loop') continue
      const turns = graph.withInsertPoint(node, () => {
        const limit = graph.insertConstant(IntType, { kind: 'i', value: maxTurns })
        const least = graph.insert('prim::min', [node.inputs[0], limit], [IntType])
        least.schema = operatorByKey('prim::min.int')?.schema
        return least.output
      })
      node.replaceInput(0, turns)
    }
  }
  visit(graph.block)
  return graph
}

/** An argument of a type, or undefined where the fuzzer has none. */
function argumentFor(type: Type): { readonly value: unknown } | undefined {
  switch (type.kind) {
    case 'Tensor':
      return { value: tensor([1.5, -2, 3]) }
    case 'int':
      return { value: 3 }
    case 'float':
      return { value: 1.5 }
    case 'bool':
      return { value: true }
    case 'str':
      return { value: 'abc' }
    case 'Optional':
      return argumentFor(type.contained()[0])
    case 'List': {
      const element = [argumentFor(type.contained()[0]), argumentFor(type.contained()[0])]
      return element[0] && { value: element.map((item) => item!.value) }
    }
    case 'Tuple': {
      const parts = type.contained().map(argumentFor)
      return parts.every((part) => part !== undefined) ? { value: parts.map((part) => part!.value) } : undefined
    }
    case 'Dict': {
      const [key, value] = type.contained().map(argumentFor)
      return key && value && { value: new Map([[key.value, value.value]]) }
    }
    default:
      return undefined
  }
}

/** A result as a text that tells values apart as Python does. */
function canonical(value: unknown): string {
  if (value instanceof Tensor)
    return `tensor<${value.dtype}>[${value.shape}](${[...value.contiguous().data()].map((item) => (Object.is(item, -0) ? '-0' : String(item)))})`
  if (value instanceof Boxed) return `${value.type} ${canonical(value.value)}`
  if (value instanceof Complex) return `${canonical(value.re)}+${canonical(value.im)}j`
  if (value instanceof Device || value instanceof EnumValue) return String((value as { name?: unknown }).name ?? value)
  if (value instanceof ScriptFuture) return canonical(value.wait())
  if (value instanceof ScriptObject) return `${value.type.name}(${value.slots.map(canonical)})`
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${canonical(key)}: ${canonical(item)}`)}}`
  if (Array.isArray(value)) return `[${value.map(canonical)}]`
  if (Object.is(value, -0)) return '-0'
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
