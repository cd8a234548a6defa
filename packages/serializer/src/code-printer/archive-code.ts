import type { GraphFunction } from '@tsjit/ir'
import type { FunctionSchema, Type } from '@tsjit/types'
import { ConstantTable } from './constant-table.ts'
import type { TypedValue } from './constant-values.ts'
import { printDefinition } from './definition-printer.ts'
import { FunctionPrinter } from './function-printer.ts'
import type { HostCall, PrintContext } from './print-context.ts'
import type { TaggedRange } from './tagged-text.ts'
import { qualifiedName, sameNamedType, TypeNames } from './type-names.ts'

/** A file of `code/`. */
export interface CodeFile {
  /** `__torch__/torch/nn/modules/linear.py` */
  readonly path: string
  readonly text: string
  /** Where its parts come from. */
  readonly ranges: readonly TaggedRange[]
}

/** Writes the classes and functions that a module needs into files by their qualified names, in the order in which PyTorch does. */
export class ArchiveCode implements PrintContext {
  readonly constants = new ConstantTable()
  readonly hostCalls: HostCall[] = []
  /** Keys of the operators that the code calls. */
  readonly operators = new Set<string>()
  private readonly names = new TypeNames()
  private readonly files = new Map<string, FunctionPrinter>()
  private readonly dependencies: Type[] = []
  private readonly known = new Map<string, Type[]>()
  private readonly printed = new Set<Type>()

  readonly nameOf = (type: Type): string => this.names.nameOf(type)

  dependOn(type: Type): void {
    const name = qualifiedName(type)
    const namesakes = this.known.get(name) ?? []
    if (namesakes.some((other) => sameNamedType(other, type))) return
    this.known.set(name, [...namesakes, type])
    this.dependencies.push(type)
  }
  noteOperator(schema: FunctionSchema): void {
    this.operators.add(schema.key)
  }
  noteHostCall(call: HostCall): void {
    this.hostCalls.push(call)
  }

  /** Writes a type's or function's definition. Throws what compiling its functions throws. */
  define(type: Type): void {
    if (this.printed.has(type)) return
    this.printed.add(type)
    const name = this.nameOf(type)
    const qualifier = name.slice(0, Math.max(0, name.lastIndexOf('.')))
    let printer = this.files.get(qualifier)
    if (!printer) this.files.set(qualifier, (printer = new FunctionPrinter(this)))
    printDefinition(printer, type)
  }
  /** Writes a type and everything that the definitions so far depend on. */
  defineAll(root: Type): void {
    this.dependOn(root)
    for (let i = 0; i < this.dependencies.length; i++) this.define(this.dependencies[i])
  }

  codeFiles(): CodeFile[] {
    return [...this.files].map(([qualifier, { body }]) => ({
      path: `${qualifier.replaceAll('.', '/')}.py`,
      text: String(body),
      ranges: body.ranges,
    }))
  }
}

/** The source of one function as `code` shows it, with the constants that it names. Methods leave out the type of `self`. */
export function functionCode(
  fn: GraphFunction,
  { isMethod = false } = {},
): { readonly code: string; readonly constants: readonly TypedValue[] } {
  const context = new ArchiveCode()
  const printer = new FunctionPrinter(context)
  printer.function(fn, !isMethod)
  return { code: String(printer.body), constants: context.constants.entries }
}
