import type { Value } from '@tsjit/ir'
import type { SourceRange } from '@tsjit/types'

/**
 * The only place where generated code becomes text. Values of a program (strings, objects, big ints) never do: they go into a table and
 * appear as `k12`. What is written is identifiers made here, numbers, booleans, null and the templates' own operators.
 */
export class CodeWriter {
  private readonly lines: string[] = []
  protected depth = 1
  protected readonly names: string[] = []
  protected readonly values: unknown[] = []
  private readonly known = new Map<unknown, string>()
  private variables = 0

  /** Says where in the program what is written next comes from: for debuggers (`DebugWriter`). */
  at(_range: SourceRange | undefined): void {}
  /** Says that a statement of the program begins there. */
  mark(): void {}
  /** Says that a variable of the program gets a value. */
  assign(_name: string, _code: string): void {}
  /** Says which identifier holds a value of the graph. */
  named(_value: Value, _code: string): void {}

  /** A statement. */
  line(text: string): void {
    this.raw(`${text};`)
  }
  protected raw(text: string): void {
    this.lines.push('  '.repeat(this.depth) + text)
  }
  open(text: string): void {
    this.raw(text)
    this.depth++
  }
  middle(text: string): void {
    this.depth--
    this.raw(text)
    this.depth++
  }
  close(text = '}'): void {
    this.depth--
    this.raw(text)
  }

  variable(prefix = 'v'): string {
    return `${prefix}${this.variables++}`
  }

  /** The name of a value that the code refers to. */
  reference(value: unknown, prefix: 'k' | 'f' = 'k'): string {
    let name = this.known.get(value)
    if (name === undefined) {
      name = this.nameOfReference(prefix, this.values.length)
      this.names.push(name)
      this.values.push(value)
      this.known.set(value, name)
    }
    return name
  }

  protected nameOfReference(prefix: string, index: number): string {
    return `${prefix}${index}`
  }

  /** A value as a literal where that is safe and exact, else by reference. */
  literal(value: unknown): string {
    switch (typeof value) {
      case 'boolean':
        return String(value)
      case 'number':
        if (Number.isNaN(value)) return 'NaN'
        if (!Number.isFinite(value)) return value < 0 ? '(-Infinity)' : 'Infinity'
        return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? '-0' : String(value)})` : String(value)
      case 'undefined':
        return 'undefined'
      default:
        return value === null ? 'null' : this.reference(value)
    }
  }

  get size(): number {
    return this.lines.length
  }
  body(): string {
    return this.lines.join('\n')
  }

  /** Makes the function. Throws EvalError where code generation is forbidden. */
  build(parameters: readonly string[], isAsync: boolean): (...args: any[]) => unknown {
    const text = `"use strict";\nreturn ${isAsync ? 'async ' : ''}function (${parameters.join(', ')}) {\n${this.body()}\n}`
    return new Function(...this.names, text)(...this.values) as (...args: any[]) => unknown
  }
}
