import type { Expression, FunctionDef, Lambda, Parameter, Statement } from '@tsjit/parser'
import { CompileError, type SourceRange } from '@tsjit/types'
import { annotationOf, findMember, inherits, resolutionOrder } from '../modules/class-members.ts'
import { ModuleInstance } from '../modules/module-instance.ts'
import { PythonClass } from '../python-class.ts'
import type { PythonProgram } from '../python-program.ts'
import type { SourceModule } from '../source-module.ts'
import { attributeOf, setAttributeOf } from './attributes.ts'
import { Environment } from './environment.ts'
import { evaluateExpression } from './expressions.ts'
import { globalValue } from './global-values.ts'
import type { PythonHost } from './host.ts'
import { raise, refuse } from './python-error.ts'
import { executeStatements } from './statements.ts'
import { typeNameOf } from './text.ts'
import { type Keywords, PyBuiltin, PyDict, PyFunction, PyInstance, PyMethod, PyTuple } from './values.ts'

/** Where code runs: its variables, its file, and the class whose method it is. */
export interface Frame {
  readonly module: SourceModule
  readonly variables: Environment | undefined
  readonly owner?: PythonClass
  /** The first argument, for `super()`. */
  readonly self?: unknown
  /** The names of a class body that is being evaluated. */
  readonly classBody?: PythonClass
}

const noKeywords: Keywords = new Map()
/** Statements and calls; constructing a large network takes some hundred thousand. */
const stepLimit = 50_000_000
const depthLimit = 400

/**
 * Runs the Python that constructs modules: functions, classes, loops, containers, numbers and texts, tensors and layers by the host. It has
 * no files, no imports that run, no `eval`. Throws `PythonError` for what Python raises, TSJ_PYTHON_UNSUPPORTED, TSJ_PYTHON_STEPS.
 */
export class Interpreter {
  private steps = 0
  private depth = 0

  constructor(
    readonly program: PythonProgram,
    readonly host: PythonHost,
  ) {}

  step(range: SourceRange | undefined): void {
    if (++this.steps > stepLimit) {
      throw new CompileError(
        'TSJ_PYTHON_STEPS',
        `the construction of the module takes more than ${stepLimit} steps`,
        range ? { range } : {},
      )
    }
  }

  evaluate(expression: Expression, frame: Frame): unknown {
    return evaluateExpression(this, expression, frame)
  }
  execute(statements: readonly Statement[], frame: Frame) {
    return executeStatements(this, statements, frame)
  }

  /** A name of a file, as Python would have it after running the file. */
  global(module: SourceModule, name: string, range?: SourceRange): unknown {
    return globalValue(this, module, name, range)
  }
  attribute(value: unknown, name: string, range?: SourceRange): unknown {
    const found = attributeOf(this, value, name, range)
    if (found === undefined) raise('AttributeError', `'${typeNameOf(value)}' object has no attribute '${name}'`, range)
    return found
  }
  hasAttribute(value: unknown, name: string): boolean {
    return attributeOf(this, value, name, undefined) !== undefined
  }
  setAttribute(value: unknown, name: string, to: unknown, range?: SourceRange): void {
    setAttributeOf(this, value, name, to, range)
  }

  call(callee: unknown, args: readonly unknown[], keywords: Keywords = noKeywords, range?: SourceRange): unknown {
    this.step(range)
    if (callee instanceof PyFunction) return this.callFunction(callee, args, keywords, range)
    if (callee instanceof PyBuiltin) return callee.call(args, keywords)
    if (callee instanceof PyMethod) return this.call(callee.fn, [callee.self, ...args], keywords, range)
    if (callee instanceof PythonClass) return this.instantiate(callee, args, keywords, range)
    if (callee instanceof ModuleInstance) return this.call(this.attribute(callee, 'forward', range), args, keywords, range)
    if (callee instanceof PyInstance && findMember(callee.cls, '__call__'))
      return this.call(this.attribute(callee, '__call__'), args, keywords, range)
    if (callee instanceof CompileError) throw callee
    return refuse(`calling a value of type '${typeNameOf(callee)}'`, range)
  }

  callFunction(fn: PyFunction, args: readonly unknown[], keywords: Keywords, range?: SourceRange): unknown {
    const variables = new Environment(fn.closure)
    bindParameters(fn, args, keywords, variables, range)
    const frame: Frame = {
      module: fn.module,
      variables,
      ...(fn.owner ? { owner: fn.owner } : {}),
      self: args[0],
    }
    if (++this.depth > depthLimit) {
      this.depth = 0
      raise('RecursionError', 'maximum recursion depth exceeded', range)
    }
    try {
      if (fn.def.type === 'Lambda') return this.evaluate(fn.def.body, frame)
      const completion = this.execute(fn.def.body, frame)
      return completion?.kind === 'return' ? completion.value : null
    } finally {
      this.depth--
    }
  }

  /** A `def` or `lambda` as a value: its defaults are evaluated now. */
  makeFunction(def: FunctionDef | Lambda, frame: Frame, name: string): PyFunction {
    const defaults = new Map<string, unknown>()
    for (const { name: parameter, defaultValue } of def.parameters)
      if (defaultValue) defaults.set(parameter, this.evaluate(defaultValue, frame))
    const owner = frame.classBody ?? frame.owner
    return new PyFunction(name, def, frame.module, frame.variables, defaults, owner)
  }

  /** `cls(*args)`. */
  instantiate(cls: PythonClass, args: readonly unknown[], keywords: Keywords, range?: SourceRange): unknown {
    switch (cls.kind) {
      case 'module': {
        const instance = new ModuleInstance(cls)
        this.initialize(instance, cls, args, keywords, range)
        return instance
      }
      case 'namedtuple':
        return this.makeNamedTuple(cls, args, keywords, range)
      case 'enum':
        return refuse(`a call of enum '${cls.name}'`, range)
      case 'interface':
        return raise('TypeError', `Can't instantiate interface ${cls.name}`, range)
    }
    const instance = new PyInstance(cls)
    this.initialize(instance, cls, args, keywords, range)
    return instance
  }

  private initialize(
    instance: ModuleInstance | PyInstance,
    cls: PythonClass,
    args: readonly unknown[],
    keywords: Keywords,
    range?: SourceRange,
  ): void {
    const init = attributeOf(this, instance, '__init__', range)
    if (init !== undefined) this.call(init, args, keywords, range)
    else if (resolutionOrder(cls).some(({ kind }) => kind === 'dataclass'))
      this.initializeDataclass(instance as PyInstance, cls, args, keywords, range)
    else if (args.length + keywords.size > 0) raise('TypeError', `${cls.name}() takes no arguments`, range)
  }

  /** `super().__init__` of an object whose classes behind `owner` write none. */
  plainInit(instance: PyInstance, owner: PythonClass): PyBuiltin {
    const order = resolutionOrder(instance.cls)
    const fields = order.slice(order.indexOf(owner) + 1).find(({ kind }) => kind === 'dataclass')
    return new PyBuiltin('__init__', (args, keywords) => {
      if (fields) this.initializeDataclass(instance, fields, args, keywords)
      return null
    })
  }

  private initializeDataclass(
    instance: PyInstance,
    of: PythonClass,
    args: readonly unknown[],
    keywords: Keywords,
    range?: SourceRange,
  ): void {
    const fields = [...resolutionOrder(of)]
      .reverse()
      .flatMap((cls) => cls.def.body.flatMap((s) => (s.type === 'Assign' && s.annotation ? [{ s, cls }] : [])))
    let next = 0
    for (const { s, cls } of fields) {
      const [target] = s.targets
      if (target.type !== 'Name') continue
      let value: unknown
      if (next < args.length) value = args[next++]
      else if (keywords.has(target.name)) value = keywords.get(target.name)
      else if (s.value) value = this.evaluate(s.value, { module: cls.module, variables: undefined, classBody: cls })
      else raise('TypeError', `${of.name}.__init__() missing 1 required positional argument: '${target.name}'`, range)
      instance.attributes.set(target.name, value)
    }
    const post = attributeOf(this, instance, '__post_init__', range)
    if (post !== undefined) this.call(post, [], noKeywords, range)
  }

  private makeNamedTuple(cls: PythonClass, args: readonly unknown[], keywords: Keywords, range?: SourceRange): PyTuple {
    const items: unknown[] = []
    const fields: string[] = []
    for (const statement of cls.def.body) {
      if (statement.type !== 'Assign' || statement.targets[0].type !== 'Name' || !statement.annotation) continue
      const { name } = statement.targets[0]
      fields.push(name)
      if (items.length < args.length) items.push(args[items.length])
      else if (keywords.has(name)) items.push(keywords.get(name))
      else if (statement.value) items.push(this.evaluate(statement.value, { module: cls.module, variables: undefined, classBody: cls }))
      else raise('TypeError', `${cls.name}.__new__() missing 1 required positional argument: '${name}'`, range)
    }
    return new PyTuple(items, cls, fields)
  }

  /** What the constructor of a class takes, without `self`. */
  parametersOf(cls: PythonClass): readonly Parameter[] {
    return findMember(cls, '__init__')?.def?.parameters.slice(1) ?? []
  }
  /** Whether an annotation of the class, or the default of its constructor's parameter, says that a field is a float. */
  isFloatField(cls: PythonClass, name: string): boolean {
    const annotation = resolutionOrder(cls)
      .map((owner) => annotationOf(owner, name))
      .find(Boolean)
    if (annotation) return /\bfloat\b/.test(annotation.range.source.text.slice(annotation.range.start, annotation.range.end))
    const found = this.parametersOf(cls).find((parameter) => parameter.name === name)?.defaultValue
    return found?.type === 'Number' && found.kind === 'float'
  }

  isInstance(value: unknown, cls: PythonClass): boolean {
    if (value instanceof ModuleInstance || value instanceof PyInstance) return inherits(value.cls, cls)
    return value instanceof PyTuple && value.type === cls
  }
}

/** Sets the parameters of a call as variables. Throws Python's TypeErrors. */
function bindParameters(fn: PyFunction, args: readonly unknown[], keywords: Keywords, variables: Environment, range?: SourceRange): void {
  const parameters = fn.def.parameters as readonly Parameter[]
  const rest = new Map(keywords)
  let next = 0
  const missing: string[] = []
  const called = fn.owner ? `${fn.owner.name}.${fn.name}` : fn.name
  for (const { name, kind } of parameters) {
    if (kind === 'varargs') {
      if (name !== '') variables.set(name, new PyTuple(args.slice(next)))
      next = Math.max(next, args.length)
    } else if (kind === 'kwargs') {
      variables.set(name, new PyDict(rest))
      rest.clear()
    } else if (kind === 'positional' && next < args.length) {
      if (rest.has(name)) raise('TypeError', `${called}() got multiple values for argument '${name}'`, range)
      variables.set(name, args[next++])
    } else if (rest.has(name)) {
      variables.set(name, rest.get(name))
      rest.delete(name)
    } else if (fn.defaults.has(name)) variables.set(name, fn.defaults.get(name))
    else missing.push(`'${name}'`)
  }
  if (next < args.length) {
    const most = parameters.filter(({ kind }) => kind === 'positional').length
    raise('TypeError', `${called}() takes ${most} positional arguments but ${args.length} were given`, range)
  }
  if (rest.size > 0) raise('TypeError', `${called}() got an unexpected keyword argument '${[...rest.keys()][0]}'`, range)
  if (missing.length > 0) {
    const plural = missing.length === 1 ? 'argument' : 'arguments'
    raise('TypeError', `${called}() missing ${missing.length} required positional ${plural}: ${listed(missing)}`, range)
  }
}

/** `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`. */
function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`
}
