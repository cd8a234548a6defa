import type { GraphFunction, Value } from '@tsjit/ir'
import { type Expression, type FunctionDef, parseModule } from '@tsjit/parser'
import { type Argument, FunctionSchema, Source, type SourceRange, TensorT, TsjitError } from '@tsjit/types'
import { emitBuiltin } from '../builtin-calls.ts'
import { compileFunction } from '../compile-function.ts'
import { constantOf, insertNone, insertString } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { declaredSchema } from '../function-definitions.ts'
import { InferredTensorT } from '../inferred-tensor.ts'
import { lastAtom } from '../names.ts'
import { type ActualArgument, emitInputs, matchSchemas } from '../schema-matching.ts'
import { FunctionValue } from '../sugared-values/method.ts'
import { SimpleValue } from '../sugared-values/simple-value.ts'
import { SugaredValue } from '../sugared-values/sugared-value.ts'
import { qualifiedName } from '../type-annotations.ts'
import { withDefaults } from './defaults.ts'
import { checkFrontend } from './frontend-check.ts'
import { StandIn } from './host-function.ts'
import { PythonObject } from './python-object.ts'
import { emitHostCall, failAsValue, unknownResult } from './python-value.ts'
import type { SourceModule } from './source-module.ts'
import { typeLine, withTypeLine } from './type-line.ts'

export type Modifier = 'ignore' | 'unused' | 'export' | 'overload' | 'script' | undefined

/** What the decorators of a `def` mean to TorchScript. */
export function modifierOf(decorators: readonly Expression[]): Modifier {
  for (const decorator of decorators) {
    const name = qualifiedName(decorator.type === 'Call' ? decorator.callee : decorator)
    const last = name?.slice(name.lastIndexOf('.') + 1)
    switch (last) {
      case 'ignore':
        return isDropped(decorator) ? 'unused' : last
      case 'unused':
      case 'export':
      case 'script':
        return last
      case '_overload':
      case '_overload_method':
      case 'overload':
        return 'overload'
    }
  }
  return undefined
}

/** `ignore(drop=True)`, the older way to say `unused`. */
function isDropped(decorator: Expression): boolean {
  if (decorator.type !== 'Call') return false
  const given = decorator.args[0] ?? decorator.keywords.find(({ name }) => name === 'drop')?.value
  return given?.type === 'Constant' && given.value === true
}

/** A `def` at the top of a file. It is compiled when it is first needed. */
export class PythonFunction extends PythonObject {
  readonly typeName = 'function'
  readonly name: string
  readonly modifier: Modifier
  private compiled: GraphFunction | undefined
  private compiling = false
  private overloaded: GraphFunction[] | undefined

  constructor(
    readonly def: FunctionDef,
    readonly module: SourceModule,
    /** Signatures by `@torch.jit._overload`, before the implementation. */
    readonly overloads: readonly FunctionDef[] = [],
    readonly qualifiedName = `${module.prefix}${def.name}`,
  ) {
    super()
    this.name = def.name
    this.modifier = modifierOf(def.decorators)
  }

  /** The function, compiled. Throws `CompileError`. */
  compile(): GraphFunction {
    if (this.overloads.length > 0) {
      fail(
        'TSJ_UNSUPPORTED',
        `Function ${this.qualifiedName} cannot be directly compiled because it is overloaded. It must be used in a context of a function where its inputs can determine which overload to call.`,
        this.def.nameRange,
      )
    }
    return (this.compiled ??= this.compileAs(this.qualifiedName))
  }

  private compileAs(name: string, overload?: FunctionDef): GraphFunction {
    const { module } = this
    const { unit } = module.program
    this.compiling = true
    try {
      const def = checkFrontend(this.modifier === 'unused' ? unusedDefinition(this.def) : this.def)
      const fn = compileFunction(unit, def, {
        name,
        resolver: module,
        lateDefaults: true,
        ...(overload ? { overload: checkFrontend(overload) } : {}),
      })
      void fn.graph
      fn.schema = withDefaults(fn.schema, def, module, overload !== undefined)
      unit.addFunction(fn)
      return fn
    } finally {
      this.compiling = false
    }
  }

  override sugar(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    if (this.modifier === 'ignore' || this.modifier === 'unused') return new IgnoredFunctionValue(this)
    if (this.compiling) {
      return fail('TSJ_RECURSIVE_FUNCTION', `function '${this.name}' is called recursively. Recursive calls are not supported`, range)
    }
    if (this.overloads.includes(this.def)) {
      const reason = `Implementation for the function "${this.qualifiedName}" is missing. Please make sure a definition is provided and defined after all overload declarations.`
      return fail('TSJ_UNDEFINED_NAME', reason, range)
    }
    if (this.overloads.length > 0) {
      this.overloaded ??= calledFrom(emitter, this.name, range, () =>
        this.overloads.map((overload, i) => this.compileAs(`${this.module.prefix}__${i}.${this.name}`, overload)),
      )
      return new FunctionValue(...this.overloaded)
    }
    return new FunctionValue(calledFrom(emitter, this.name, range, () => this.compile()))
  }
}

/** What an `unused` function or method is where it is compiled: any arguments, and an error. */
export function unusedDefinition(def: FunctionDef): FunctionDef {
  const text = 'def unused_fn(self: Any):\n    raise RuntimeError("Cannot call @unused methods")\n'
  const [stub] = parseModule(new Source(text, '<unused>')).body as [FunctionDef]
  const annotation = stub.parameters[0].annotation!
  const parameters = def.parameters
    .filter(({ kind }) => kind === 'positional' || kind === 'keyword-only')
    .map((parameter) => ({ ...parameter, annotation }))
  return { ...def, body: stub.body, parameters }
}

/** Adds to the errors of what is compiled on demand who asked for it. */
export function calledFrom<T>(emitter: FunctionEmitter, callee: string, range: SourceRange, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (error instanceof TsjitError) {
      error.message += `\n'${callee}' is being compiled since it was called from '${lastAtom(emitter.name)}'\n${range.highlight()}`
    }
    throw error
  }
}

/** A function that stays Python's: calls of an `unused` one raise, calls of an `ignore`d one leave TorchScript. */
class IgnoredFunctionValue extends SugaredValue {
  readonly kind = "python value of type 'function'"
  constructor(private readonly fn: PythonFunction) {
    super()
  }
  override asValue(_emitter: FunctionEmitter, range: SourceRange): Value {
    return failAsValue(this.kind, range)
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
    binders = 1,
  ): SugaredValue {
    const { fn } = this
    const schema = hostSchema(fn.def, fn.name, fn.module, binders)
    if (fn.modifier === 'ignore') {
      const callee = new StandIn(fn.module.hostFunctions, [`${fn.module.name}.${fn.name}`, fn.name], schema)
      return emitHostCall(emitter, range, callee, args, kwargs)
    }
    const { match } = matchSchemas([schema], { args, kwargs }, range)
    emitInputs(emitter.graph, match, range)
    return emitUnusedCall(emitter, range, match.returnTypes[0])
  }
}

/** `unused` code raises where it is reached. */
export function emitUnusedCall(
  emitter: FunctionEmitter,
  range: SourceRange,
  type: FunctionSchema['returns'][number]['type'],
): SugaredValue {
  const message = insertString(emitter.graph, 'This Python function is annotated to be ignored and cannot be run', range)
  const none = insertNone(emitter.graph, range)
  emitBuiltin(emitter, 'prim::RaiseException', { args: [{ value: message }, { value: none }], kwargs: [] }, range)
  return new SimpleValue(emitter.graph.insert('prim::Uninitialized', [], [type], range).output)
}

/** The schema of a function that stays Python's: tensors where it has no types at all. */
function hostSchema(def: FunctionDef, name: string, module: SourceModule, binders: number): FunctionSchema {
  const line = typeLine(def)
  const typed = line === undefined ? def : withTypeLine(def, line, false)
  const isAnnotated = typed.result !== undefined || typed.parameters.some(({ annotation }) => annotation)
  const parameters = typed.parameters.filter(({ kind }) => kind === 'positional')
  const declared = declaredSchema({ ...typed, parameters }, name, module, undefined, { lateDefaults: true })
  const plain = (argument: Argument): Argument => (argument.type === InferredTensorT ? { ...argument, type: TensorT } : argument)
  const isVararg = typed.parameters.some(({ kind }) => kind === 'varargs')
  const result: Argument = isAnnotated ? { ...(declared.returns[0] ?? unknownResult(1)), name: '0' } : unknownResult(binders)
  return new FunctionSchema(name, '', declared.args.map(plain), [result], isVararg)
}

/** A function of two implementations, chosen by a flag that must be known when the call is compiled. */
export class PythonDispatch extends PythonObject {
  readonly typeName = 'function'
  constructor(
    private readonly whenTrue: () => PythonObject | undefined,
    private readonly whenFalse: () => PythonObject | undefined,
    private readonly argument: string,
    private readonly index: number,
  ) {
    super()
  }
  override sugar(): SugaredValue {
    return new DispatchValue(this.whenTrue, this.whenFalse, this.argument, this.index)
  }
}

class DispatchValue extends SugaredValue {
  readonly kind = 'boolean dispatch'
  constructor(
    private readonly whenTrue: () => PythonObject | undefined,
    private readonly whenFalse: () => PythonObject | undefined,
    private readonly argument: string,
    private readonly index: number,
  ) {
    super()
  }
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const flag = args[this.index] ?? kwargs.find(({ name }) => name === this.argument)
    let chosen = false
    if (flag) {
      const known = constantOf(flag.value)
      if (known?.type.kind !== 'bool') {
        fail(
          'TSJ_TYPE',
          this.index < args.length
            ? `Argument for boolean dispatch at position ${this.index} was not constant`
            : `Keyword argument '${this.argument}' for boolean dispatch at position was not constant`,
          range,
        )
      }
      chosen = known!.value as boolean
    }
    const target = chosen ? this.whenTrue() : this.whenFalse()
    if (!target) return fail('TSJ_UNSUPPORTED', `this form of the function is not available in TorchScript`, range)
    return target.sugar(emitter, range, false).call(emitter, range, args, kwargs)
  }
}
