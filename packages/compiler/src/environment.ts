import type { Block, Value } from '@tsjit/ir'
import { isSubtype, type SourceRange, Type } from '@tsjit/types'
import { tryConvertToType } from './conversions.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { meaningfulName } from './names.ts'
import { didYouMean } from './near-names.ts'
import { globalValue } from './sugared-values/globals.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import { asSimple, type SugaredValue } from './sugared-values/sugared-value.ts'

/** What a block that defines nothing has: most branches of conditions define nothing. */
const nothing: ReadonlyMap<string, never> = new Map<string, never>()

/**
 * The variables of one block. First-class values live in the graph as `prim::Store[name]` and `prim::Load[name]` until the
 * conversion to SSA; everything else (modules, functions, closures) is kept here. Blocks inside see the frames outside.
 */
export class Environment {
  private types: ReadonlyMap<string, Type> = nothing
  private values: ReadonlyMap<string, SugaredValue> = nothing
  private readonly errors: Map<string, { readonly reason: string; readonly range: SourceRange }>

  constructor(
    private readonly emitter: FunctionEmitter,
    readonly block: Block,
    readonly parent: Environment | undefined,
  ) {
    this.errors = parent?.errors ?? new Map()
  }

  /** Why a variable is not usable here (set in one branch only, …): told where it is used after all. */
  setError(name: string, reason: string, range: SourceRange): void {
    this.errors.set(name, { reason, range })
  }
  setType(name: string, type: Type): void {
    if (this.types === nothing) this.types = new Map()
    ;(this.types as Map<string, Type>).set(name, type)
  }
  private setValue(name: string, value: SugaredValue): void {
    if (this.values === nothing) this.values = new Map()
    ;(this.values as Map<string, SugaredValue>).set(name, value)
  }
  private deleteType(name: string): boolean {
    return this.types.has(name) && (this.types as Map<string, Type>).delete(name)
  }
  private deleteValue(name: string): boolean {
    return this.values.has(name) && (this.values as Map<string, SugaredValue>).delete(name)
  }
  definedVariables(): IterableIterator<string> {
    return this.types.keys()
  }

  private find(name: string): Type | SugaredValue | undefined {
    for (let frame: Environment | undefined = this; frame; frame = frame.parent) {
      const found = frame.values.get(name) ?? frame.types.get(name)
      if (found) return found
    }
    return undefined
  }
  /**
   * What a variable is: the type of its value where that is first-class, else what it stands for. PyTorch loads the value to know; here
   * only the load's number is taken, so that graphs number their values as PyTorch's do.
   */
  binding(name: string): Type | SugaredValue | undefined {
    const found = this.find(name)
    if (found instanceof Type) this.emitter.graph.nextUnique()
    return found
  }
  /** The type of a variable's value. */
  typeOf(name: string, range: SourceRange): Type {
    const found = this.binding(name)
    return found instanceof Type ? found : this.getValue(name, range).type
  }

  get(name: string, range: SourceRange): SugaredValue {
    const { emitter } = this
    const local = this.find(name)
    if (local) return local instanceof Type ? new SimpleValue(this.load(name, local)) : local
    const global = globalValue(name)
    if (global) return global
    const found = emitter.resolver.resolveValue(name, emitter, range)
    if (found) return found
    const error = this.errors.get(name)
    if (error) fail('TSJ_TYPE', `${error.reason}:\n${error.range.highlight()}\nand was used here`, range)
    return fail('TSJ_UNDEFINED_NAME', `undefined value ${name}`, range, didYouMean(name, this.knownNames()))
  }
  /** The variables, and what the file defines. */
  private knownNames(): string[] {
    const names: string[] = [...(this.emitter.resolver.definedNames ?? [])]
    for (let frame: Environment | undefined = this; frame; frame = frame.parent) names.push(...frame.values.keys(), ...frame.types.keys())
    return names
  }
  getValue(name: string, range: SourceRange): Value {
    return this.get(name, range).asValue(this.emitter, range)
  }

  set(name: string, value: Value, range: SourceRange): void {
    this.setSugared(name, new SimpleValue(value), range)
  }
  setSugared(name: string, sugared: SugaredValue, range: SourceRange, annotated?: Type): void {
    const { graph } = this.emitter
    let value = asSimple(sugared)
    // A value of another block keeps its name: renaming it would change with each round trip.
    if (value && !value.debugName && meaningfulName(name) && value.owningBlock === this.block) graph.nameValue(value, name)
    const outer = this.parent?.binding(name)
    if (outer) {
      if (annotated) {
        fail(
          'TSJ_TYPE',
          `Attempting to declare and annotate the type of variable '${name}' but it is already defined in an outer block`,
          range,
        )
      }
      const reassign = (how: string): never =>
        fail(
          'TSJ_TYPE',
          `Cannot re-assign '${name}' ${how} ${name} is not a first-class value.  Only reassignments to first-class values are allowed`,
          range,
        )
      if (!value) {
        reassign(`to a value of type ${sugared.kind} because`)
        return
      }
      if (!(outer instanceof Type)) {
        reassign(`because it has type ${outer.kind} and`)
        return
      }
      value = tryConvertToType(graph, value, outer, true, range)
      if (!isSubtype(value.type, outer)) {
        let text = `Variable '${name}' previously had type ${outer.annotation()} but is now being assigned to a value of type ${value.type.annotation()}`
        if (outer.kind === 'List' && value.type.kind === 'List') {
          text +=
            '\nEmpty lists default to List[Tensor]. Add a variable annotation to the assignment to create an empty list of another type (torch.jit.annotate(List[T, []]) where T is the type of elements in the list for Python 2)'
        }
        fail('TSJ_TYPE', text, range)
      }
    }
    if (!value) {
      this.setValue(name, sugared)
      return
    }
    if (annotated && !isSubtype(value.type, annotated)) {
      fail(
        'TSJ_TYPE',
        `Variable '${name}' is annotated with type ${annotated.annotation()} but is being assigned to a value of type ${value.type.annotation()}`,
        range,
      )
    }
    graph.insert('prim::Store', [value], [], range).setAttribute('name', this.emitter.nameAttribute(name))
    this.deleteValue(name)
    this.setType(name, annotated ?? value.type)
  }

  remove(name: string, range: SourceRange): void {
    let removed = false
    for (let frame: Environment | undefined = this; frame; frame = frame.parent) {
      removed = frame.deleteValue(name) || removed
      removed = frame.deleteType(name) || removed
    }
    if (!removed) fail('TSJ_UNDEFINED_NAME', `undefined value ${name}`, range)
  }

  private load(name: string, type: Type): Value {
    return this.emitter.graph.insert('prim::Load', [], [type]).setAttribute('name', this.emitter.nameAttribute(name)).output
  }
}
