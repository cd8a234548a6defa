import type { GraphFunction } from '@tsjit/ir'
import { type DictExpression, type Expression, type FunctionDef, parseModule, type Statement } from '@tsjit/parser'
import { ClassType, type Source, type SourceRange, TsjitError, type Type } from '@tsjit/types'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import type { NameResolver } from '../native-resolver.ts'
import type { SugaredValue } from '../sugared-values/sugared-value.ts'
import { refuseAnnotation } from './annotation-objects.ts'
import { evaluate } from './evaluate.ts'
import { type HostFunctions, StandIn } from './host-function.ts'
import { readImport } from './imports.ts'
import { namedTupleCall, PythonNamedTuple, withAnnotations } from './named-tuples.ts'
import { PythonClass, refuseInheritance } from './python-class.ts'
import { modifierOf, PythonFunction } from './python-function.ts'
import { ModuleValue } from './python-module.ts'
import { moduleCallName, PythonObject, PythonOpaque, PythonType } from './python-object.ts'
import type { PythonProgram } from './python-program.ts'
import { runExpression } from './run-expression.ts'

const bareGenerics: Readonly<Record<string, readonly [string, string]>> = {
  List: ['a contained type. Please add a contained type', 'List[int]'],
  Dict: ['contained types. Please add contained type', 'Dict[int, int]'],
  Tuple: ['a contained type. Please add a contained type', 'Tuple[int]'],
  Optional: ['a contained type. Please add a contained type', 'Optional[int]'],
  Future: ['a contained type. Please add a contained type', 'Future[int]'],
  Union: ['a contained type. Please add a contained type', 'Union[int]'],
}

/** What a name of a file is bound to: read on first use. */
type Binding = { object?: PythonObject; readonly make: () => PythonObject | undefined }

/** Where a name comes from that an assignment or an import binds. */
export type NameOrigin =
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'import'; readonly path: string; readonly attribute?: string }

/** A Python file: its functions and classes by name, compiled when they are first needed. Nothing of the file runs. */
export class SourceModule extends PythonObject implements NameResolver {
  readonly typeName = 'module'
  /** What qualified names of functions and classes begin with: `__torch__.net.`. */
  readonly prefix: string
  private readonly bindings = new Map<string, Binding>()
  private readonly overloads = new Map<string, FunctionDef[]>()
  private readonly origins = new Map<string, NameOrigin>()
  /** `P.__annotations__ = {…}`: the types of a namedtuple's fields. */
  private readonly fieldTypes = new Map<string, DictExpression>()
  private readonly stars: string[] = []
  private readonly definitions: string[] = []

  constructor(
    readonly program: PythonProgram,
    /** The module's name, as Python has it: `net`, or `__main__`. */
    readonly name: string,
    readonly source: Source,
    private readonly env: ReadonlyMap<string, PythonObject> = new Map(),
    /** The statements of the source, where they were not read from Python's syntax. */
    body: readonly Statement[] = parseModule(source).body,
  ) {
    super()
    this.prefix = name === '__main__' ? '__torch__.' : `__torch__.${name}.`
    this.collect(body)
  }

  get hostFunctions(): HostFunctions | undefined {
    return this.program.hostFunctions
  }
  /** The functions and classes that the file defines, in order. */
  get definedNames(): readonly string[] {
    return [...new Set(this.definitions)]
  }

  /**
   * Compiles a function or class by itself, as `torch.jit.script(f)` does. Returns undefined where the file defines no such name. Throws
   * `CompileError`.
   */
  script(name: string): GraphFunction | Type | undefined {
    const object = this.lookup(name)
    if (object instanceof PythonFunction) return object.compile()
    if (object instanceof PythonClass) return object.script()
    return object instanceof PythonNamedTuple ? refuseInheritance(object.fields.name) : undefined
  }

  /** Compiles everything that can stand by itself and returns what is wrong with the rest. */
  check(): TsjitError[] {
    const errors: TsjitError[] = []
    for (const name of this.definedNames) {
      const object = this.lookup(name)
      if (object instanceof PythonFunction && (object.overloads.length > 0 || object.modifier === 'ignore')) continue
      if (object instanceof PythonClass && object.kind !== 'class' && object.kind !== 'dataclass') continue
      try {
        this.script(name)
      } catch (error) {
        if (!(error instanceof TsjitError)) throw error
        // What one function gets wrong its callers get wrong too: once is enough.
        if (!errors.some((known) => known.reason === error.reason && known.range?.start === error.range?.start)) errors.push(error)
      }
    }
    return errors
  }

  /** The names that assignments bind. */
  get assignedNames(): readonly string[] {
    return [...this.origins].filter(([, { kind }]) => kind === 'value').map(([name]) => name)
  }
  isFunction(name: string): boolean {
    return this.lookup(name) instanceof PythonFunction
  }
  lookup(name: string): PythonObject | undefined {
    const binding = this.bindings.get(name)
    if (binding) return (binding.object ??= binding.make())
    const given = this.env.get(name)
    if (given) return given
    for (const star of this.stars) {
      const found = this.program.module(star)?.attr(name)
      if (found) return found
    }
    return this.program.builtin(name)
  }
  override attr(name: string): PythonObject | undefined {
    return this.bindings.has(name) || this.env.has(name) ? this.lookup(name) : undefined
  }

  override sugar(): SugaredValue {
    return new ModuleValue(this.name, this)
  }

  resolveValue(name: string, emitter: FunctionEmitter, range: SourceRange): SugaredValue | undefined {
    const object = this.lookup(name)
    // PyTorch takes a global that is None for one that is not there.
    return object?.typeName === 'NoneType' ? undefined : object?.sugar(emitter, range, false)
  }
  resolveType(name: string, range: SourceRange | undefined): Type | undefined {
    // Classes that C++ extensions bind have no source; schemas of operators name them.
    if (name.startsWith('__torch__.torch.classes.')) {
      const known = this.program.unit.types.get(name) ?? new ClassType(name, false)
      this.program.unit.addType(known)
      return known
    }
    const bare = /^(?:typing\.|torch\.jit\.)?(List|Dict|Tuple|Optional|Union|Future)$/.exec(name)?.[1]
    if (bare && !this.bindsOwn(bare)) {
      const [what, example] = bareGenerics[bare]
      fail('TSJ_UNKNOWN_TYPE', `Attempted to use ${bare} without ${what}, e.g. ${example}`, range)
    }
    let object: PythonObject | undefined
    for (const [i, part] of name.split('.').entries()) object = i === 0 ? this.lookup(part) : object?.attr(part)
    return object?.type(range)
  }

  run(expression: Expression): PythonObject | undefined {
    return runExpression(expression, this)
  }
  refuseAnnotation(annotation: Expression): void {
    refuseAnnotation(annotation, this)
  }

  resolveConstructor(name: string): string | undefined {
    let object: PythonObject | undefined
    for (const [i, part] of name.split('.').entries()) object = i === 0 ? this.lookup(part) : object?.attr(part)
    return object instanceof PythonType || object instanceof PythonOpaque ? object.name : undefined
  }

  private bindsOwn(name: string): boolean {
    return this.definitions.includes(name)
  }
  /** The assignment or import that binds a name; undefined for functions, classes and names from elsewhere. */
  originOf(name: string): NameOrigin | undefined {
    return this.origins.get(name)
  }
  /** The modules that `from … import *` names. */
  get starImports(): readonly string[] {
    return this.stars
  }
  private bind(name: string, make: () => PythonObject | undefined): void {
    this.bindings.set(name, { make })
  }

  private collect(statements: readonly Statement[]): void {
    for (const statement of statements) {
      switch (statement.type) {
        case 'Import':
          for (const { path: written, attribute, as } of readImport(statement.text)) {
            const path = this.absolute(written)
            if (attribute === '*') this.stars.push(path)
            else this.origins.set(as, { kind: 'import', path, ...(attribute === undefined ? {} : { attribute }) })
            if (attribute === '*') continue
            if (attribute === undefined) this.bind(as, () => this.program.importModule(path))
            else this.bind(as, () => this.program.importName(path, attribute))
          }
          break
        case 'FunctionDef': {
          const { name } = statement
          if (modifierOf(statement.decorators) === 'overload') {
            const list = this.overloads.get(name)
            if (list) list.push(statement)
            else this.overloads.set(name, [statement])
            // The definition that follows takes its place.
            const declared = this.overloads.get(name)!
            if (!this.bindings.has(name)) this.bind(name, () => new PythonFunction(statement, this, declared))
            break
          }
          const overloads = this.overloads.get(name) ?? []
          this.definitions.push(name)
          this.origins.delete(name)
          this.bind(name, () => new PythonFunction(statement, this, overloads))
          break
        }
        case 'ClassDef':
          this.definitions.push(statement.name)
          this.origins.delete(statement.name)
          this.bind(statement.name, () => new PythonClass(statement, this))
          break
        case 'Assign':
          for (const target of statement.targets) if (statement.value) this.collectAssign(target, statement.value)
          break
        case 'If': {
          // What only type checkers see is not there.
          const { test } = statement
          const isChecking =
            (test.type === 'Name' && test.name === 'TYPE_CHECKING') || (test.type === 'Attribute' && test.name === 'TYPE_CHECKING')
          this.collect(isChecking ? statement.then : statement.otherwise)
          this.collect(isChecking ? statement.otherwise : statement.then)
          break
        }
        case 'With':
          this.collect(statement.body)
          break
      }
    }
  }

  /** `..boxes` as seen from this module. */
  private absolute(path: string): string {
    const dots = /^\.+/.exec(path)?.[0].length ?? 0
    if (dots === 0) return path
    const parts = this.name.split('.')
    const up = dots - (/(^|[\\/])__init__\.py$/.test(this.source.filename) ? 1 : 0)
    return [...parts.slice(0, Math.max(0, parts.length - up)), path.slice(dots)].filter(Boolean).join('.')
  }

  /** A module that the file constructs: calls of it run it. */
  private running(name: string, object: PythonObject | undefined): PythonObject | undefined {
    if (!(object instanceof PythonOpaque) || object.name !== moduleCallName || object.hostFunction) return object
    const { typeName } = object
    return new PythonOpaque(typeName, moduleCallName, true, (schema) => {
      const { hostFunctions } = this
      return new StandIn(hostFunctions, [name, typeName], schema, () => hostFunctions?.moduleOf?.(this, name, schema))
    })
  }

  private collectAssign(target: Expression, value: Expression): void {
    if (target.type === 'Name') {
      const fields = namedTupleCall(value)
      if (!fields) this.origins.set(target.name, { kind: 'value', expression: value })
      this.bind(target.name, () =>
        fields
          ? new PythonNamedTuple(withAnnotations(fields, this.fieldTypes.get(target.name)), this)
          : this.running(target.name, evaluateGuarded(value, this)),
      )
    } else if (target.type === 'Attribute' && target.name === '__annotations__' && target.value.type === 'Name' && value.type === 'Dict') {
      this.fieldTypes.set(target.value.name, value)
    } else if ((target.type === 'Tuple' || target.type === 'List') && (value.type === 'Tuple' || value.type === 'List')) {
      target.elements.forEach((element, i) => {
        if (value.elements[i]) this.collectAssign(element, value.elements[i])
      })
    }
  }
}

/** `x = f(x)` at the top of a file must not look `x` up for ever. */
const evaluating = new Set<Expression>()
function evaluateGuarded(value: Expression, scope: SourceModule): PythonObject | undefined {
  if (evaluating.has(value)) return undefined
  evaluating.add(value)
  try {
    return evaluate(value, scope)
  } finally {
    evaluating.delete(value)
  }
}
