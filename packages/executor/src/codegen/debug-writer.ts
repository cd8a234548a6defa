import type { Block, Graph, Value } from '@tsjit/ir'
import type { SourceRange } from '@tsjit/types'
import { encodeMappings, type Mapping, sourceFile } from './source-map.ts'
import { CodeWriter } from './writer.ts'

/** Names that the generated code uses, or that JavaScript reserves. */
const taken = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements ' +
    'import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var ' +
    'void while with yield eval arguments undefined NaN Infinity Math Number Object'
  ).split(' '),
)

/**
 * Writes code that a debugger can step through as if it were the program: every statement stands on the line of the generated script that
 * has the number of its line in the program's file, the script goes by that file's name, the program's variables are JavaScript variables
 * of their own names, and a source map tells the columns. Whatever the writer adds has a name that begins with `$`.
 */
export class DebugWriter extends CodeWriter {
  private readonly rows: string[] = ['']
  private readonly mappings: Mapping[] = []
  /** The line of the file where the script's function begins, from 0. */
  private readonly firstLine: number
  private readonly file: SourceRange['source'] | undefined
  private position: { readonly line: number; readonly column: number }
  private readonly programVariables: ReadonlySet<string>
  /** A graph without stores: its values' names are its variables. */
  private readonly namesValues: boolean

  constructor(
    graph: Graph,
    private readonly functionName: string,
  ) {
    super()
    const first = firstRange(graph.block)
    this.file = first?.source
    this.position = first ? placeOf(first) : { line: 0, column: 0 }
    const stored = storedNames(graph.block)
    this.namesValues = stored.size === 0
    const names = this.namesValues ? valueNames(graph.block) : stored
    for (const input of graph.inputs) names.add(baseName(input))
    this.programVariables = new Set([...names].filter(isIdentifier))
    this.firstLine = this.position.line
    this.line('let $line')
    if (this.programVariables.size > 0) this.line(`let ${[...this.programVariables].map(javascriptName).join(', ')}`)
  }

  override variable(prefix?: string): string {
    return `$${super.variable(prefix)}`
  }
  protected override nameOfReference(prefix: string, index: number): string {
    return `$${prefix}${index}`
  }

  override at(range: SourceRange | undefined): void {
    const original = range?.original()
    // what comes from other files (upgraders, say) belongs to the line that needed it
    if (!original || original.source !== this.file) return
    this.position = placeOf(original)
  }
  /** Something to stop at: `return x` and `pass` compute nothing. */
  override mark(): void {
    this.line(`$line = ${this.position.line + 1}`)
  }
  override assign(name: string, code: string): void {
    if (this.programVariables.has(name)) this.line(`${javascriptName(name)} = ${code}`)
  }
  override named(value: Value, code: string): void {
    if (this.namesValues || value.node.kind === 'prim::Param') this.assign(baseName(value), code)
  }

  protected override raw(text: string): void {
    const { position, rows } = this
    while (this.firstLine + rows.length - 1 < position.line) rows.push('')
    const last = rows.length - 1
    const column = rows[last].length === 0 ? 0 : rows[last].length + 1
    this.mappings.push({ line: last, column, sourceLine: position.line, sourceColumn: position.column })
    rows[last] += rows[last].length === 0 ? text : ` ${text}`
  }

  override body(): string {
    return this.rows.join('\n')
  }

  override build(parameters: readonly string[], isAsync: boolean): (...args: any[]) => unknown {
    const file = sourceFile(this.file)
    // The lines before the function are those of a function that is never called: a breakpoint on them binds there, not to this script.
    const padding = this.firstLine > 0 ? `const $lines = () => {${'\n'.repeat(this.firstLine)}}; ` : ''
    const start = `(function (${this.names.join(', ')}) { "use strict"; ${padding}`
    const name = this.functionName.slice(this.functionName.lastIndexOf('.') + 1)
    const head = `return ${isAsync ? 'async ' : ''}function ${isIdentifier(name) ? javascriptName(name) : ''}(${parameters.join(', ')}) { `
    const lead = start.length - (start.lastIndexOf('\n') + 1) + head.length
    const mappings = this.mappings.map((mapping) => ({
      ...mapping,
      line: mapping.line + this.firstLine,
      column: mapping.line === 0 ? mapping.column + lead : mapping.column,
    }))
    const map = {
      version: 3,
      file: file.url,
      sources: [file.url],
      sourcesContent: [file.text],
      names: [],
      mappings: encodeMappings(mappings),
    }
    const encoded = Buffer.from(JSON.stringify(map)).toString('base64')
    const text = `${start}${head}${this.body()} } })\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}\n`
    const { Script } = process.getBuiltinModule('node:vm')
    const make = new Script(text, { filename: file.name }).runInThisContext() as (...values: unknown[]) => (...args: any[]) => unknown
    return make(...this.values)
  }
}

function placeOf({ source, start }: SourceRange): { line: number; column: number } {
  const { line, column } = source.lineColumn(start)
  return { line: source.startLine - 1 + line, column }
}

function firstRange(block: Block): SourceRange | undefined {
  let first: SourceRange | undefined
  for (const node of block.nodes()) {
    const range = node.kind === 'prim::Constant' ? undefined : node.sourceRange?.original()
    if (range && (!first || (range.source === first.source && range.start < first.start))) first = range
    for (const inner of node.blocks) {
      const within = firstRange(inner)
      if (within && (!first || (within.source === first.source && within.start < first.start))) first = within
    }
  }
  return first
}

function storedNames(block: Block, names = new Set<string>()): Set<string> {
  for (const node of block.nodes()) {
    if (node.kind === 'prim::Store') names.add(node.attribute('name', 's')!)
    for (const inner of node.blocks) storedNames(inner, names)
  }
  return names
}

function valueNames(block: Block, names = new Set<string>()): Set<string> {
  for (const node of block.nodes()) {
    for (const output of node.outputs) if (output.debugName) names.add(baseName(output))
    for (const inner of node.blocks) valueNames(inner, names)
  }
  return names
}

/** `x` of `%x.12`. */
function baseName({ debugName }: Value): string {
  const dot = debugName.indexOf('.')
  return dot < 0 ? debugName : debugName.slice(0, dot)
}

/** Only such names are written: an archive's may hold anything. */
function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
}

function javascriptName(name: string): string {
  return taken.has(name) ? `${name}$` : name
}
