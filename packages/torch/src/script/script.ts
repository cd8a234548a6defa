import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { PythonProgram, type SourceModule } from '@tsjit/compiler'
import { GraphFunction } from '@tsjit/ir'
import { Module } from '@tsjit/nn'
import { CompileError, fromCaller, hide, nameErrors, Source, TsjitError } from '@tsjit/types'
import { defaultRuntime, type Runtime } from '../runtime.ts'
import { ScriptModule } from '../script-module.ts'
import { environmentOf, type ScriptEnvironment } from './environment.ts'
import { type HostBindings, type StandIns, standIns } from './host-functions.ts'
import { javascriptDefinition } from './javascript/definition.ts'
import { fileValue } from './modules/file-value.ts'
import { moduleClass } from './modules/module-class.ts'
import { AdoptedModules } from './modules/written-module.ts'
import { scriptDefinition } from './script-definition.ts'
import { makeScriptFunction, type ScriptFunction } from './script-function.ts'
import { blankLines, dedent, templateText, withTorch } from './source-text.ts'
import { templatePlace } from './template-place.ts'
import { javascriptTypes, type TypesHint, withTypesHint } from './untyped-parameters.ts'

export interface ScriptOptions {
  /** What the script may use by name, besides Python's and PyTorch's own modules. */
  readonly env?: ScriptEnvironment
  /** JavaScript functions for `@torch.jit.ignore` functions and methods, by name: `helper`, `Net.helper`. Those of `env` count too. */
  readonly host?: HostBindings
  /** Which function of the source is meant; the last one where absent. */
  readonly name?: string
  /** The file that errors speak of. */
  readonly filename?: string
  readonly runtime?: Runtime
  /** For functions written in TypeScript: `(int, Tensor) -> Tensor`, where no `// type:` comment says so (esbuild and tsx take comments out). */
  readonly types?: string
}

type Template = readonly [TemplateStringsArray, ...unknown[]]

/**
 * Compiles TorchScript: a template with interpolated values, Python source, a module, or a TypeScript function. Where `TSJIT=0`, modules and functions of
 * TypeScript are returned as they are. Returns the last function of the source. Throws `CompileError`; several independent errors come together (`CompileErrors`).
 */
export function script(...args: Template): ScriptFunction
export function script(source: string, options?: ScriptOptions): ScriptFunction
export function script(fn: (...args: any[]) => any, options?: ScriptOptions): ScriptFunction
export function script(module: Module | ScriptModule, options?: Pick<ScriptOptions, 'runtime'>): ScriptModule
export function script(
  first: TemplateStringsArray | string | ((...args: any[]) => any) | Module | ScriptModule,
  ...rest: unknown[]
): ScriptFunction | ScriptModule {
  try {
    if (Array.isArray(first) && 'raw' in first) return scriptTemplate(first as unknown as TemplateStringsArray, rest)
    const options = (rest[0] ?? {}) as ScriptOptions
    if (first instanceof ScriptModule) return first
    if (first instanceof Module) return process.env.TSJIT === '0' ? (first as unknown as ScriptModule) : scriptModule(first, options)
    if (typeof first === 'function') return scriptJavaScript(first as (...args: unknown[]) => unknown, options)
    return scriptSource(first as string, options)
  } catch (error) {
    throw fromCaller(error, script)
  }
}

function scriptTemplate(strings: TemplateStringsArray, values: readonly unknown[]): ScriptFunction {
  const { text, env } = templateText(strings, values)
  const place = defaultRuntime().executor.debug ? templatePlace(strings, script) : undefined
  return scriptSource(text, { env, ...place })
}

function scriptSource(
  text: string,
  { env = {}, host, name, filename = '<script>', runtime = defaultRuntime(), startLine }: ScriptOptions & { readonly startLine?: number },
): ScriptFunction {
  const program = new PythonProgram()
  standIns(program, runtime, env, host)
  const given = environmentOf({ ...env })
  const module = program.add(
    new Source(dedent(text), filename, startLine === undefined ? 1 : startLine + blankLines(text)),
    '__main__',
    withTorch(program, given),
  )
  const wanted = name ?? module.definedNames.filter((candidate) => module.isFunction(candidate) || isModuleClass(module, candidate)).at(-1)
  const errors = withChain(module.check(), module, wanted)
  if (errors.length > 0) throw combined(errors)
  if (wanted === undefined) {
    throw new CompileError('TSJ_SCRIPT_EMPTY', 'the source defines no function', { hint: 'write a `def` at the left margin' })
  }
  const made = moduleClass(module, wanted, () => runtime)
  return made ? (made as unknown as ScriptFunction) : functionOf(module, wanted, runtime)
}

/** The errors of a source, where they are those of the function that is wanted with the calls that lead to them. */
function withChain(errors: readonly TsjitError[], module: SourceModule, wanted: string | undefined): readonly TsjitError[] {
  if (errors.length === 0 || wanted === undefined || !module.isFunction(wanted)) return errors
  try {
    module.script(wanted)
    return errors
  } catch (error) {
    if (!(error instanceof TsjitError)) throw error
    return errors.map((one) => (one.reason === error.reason && one.range?.start === error.range?.start ? error : one))
  }
}

/** An eager module as TorchScript: layers by the library's source, classes of the program by the text of their methods. */
function scriptModule(module: Module, { runtime = defaultRuntime() }: ScriptOptions): ScriptModule {
  const adopted = new AdoptedModules(undefined, runtime)
  return adopted.scripter.script(adopted.of(module), runtime)
}

function isModuleClass(module: SourceModule, name: string): boolean {
  return moduleClass(module, name, defaultRuntime) !== undefined
}

function functionOf(module: SourceModule, name: string, runtime: Runtime, typesHint?: TypesHint): ScriptFunction {
  const found = module.script(name)
  if (found instanceof GraphFunction) return makeScriptFunction(found, module.program.unit, runtime, typesHint)
  throw new CompileError('TSJ_SCRIPT_NAME', `'${module.source.filename}' defines no function '${name}'`, {
    hint: `it defines: ${module.definedNames.join(', ') || 'nothing'}`,
  })
}

/**
 * The functions and classes of a file, each compiled when it is first asked for: `file.function('f')` and `file.f`, `file.newModule('Net', 3)` and
 * `new file.Net(3)`. Modules, tensors and constants that the file makes at its top are properties too; other classes are for `env`.
 */
export class ScriptFile {
  readonly [name: string]: any
  constructor(
    private readonly module: SourceModule,
    private readonly runtime: Runtime,
    private readonly host: StandIns,
  ) {
    for (const name of [...module.definedNames, ...module.assignedNames]) {
      if (!(name in this)) Object.defineProperty(this, name, { get: () => this.member(name), enumerable: true })
    }
  }
  /** JavaScript functions for `@torch.jit.ignore` functions and methods of the file: `bindHost({ helper: (self, x) => x })`. */
  bindHost(bindings: HostBindings): this {
    this.host.add(bindings)
    return this
  }
  private member(name: string): unknown {
    try {
      return (
        moduleClass(this.module, name, () => this.runtime) ??
        (this.module.isFunction(name) ? this.function(name) : undefined) ??
        scriptDefinition(this.module, name) ??
        fileValue(this.module, name, this.runtime)
      )
    } catch (error) {
      throw fromCaller(error, this.member)
    }
  }
  /** A module of the file: its class is constructed with these arguments, parameters by name in a plain object at the end. */
  newModule(name: string, ...args: unknown[]): ScriptModule {
    const Class = moduleClass(this.module, name, () => this.runtime)
    if (Class) return new Class(...args)
    throw new CompileError('TSJ_SCRIPT_NAME', `'${this.module.source.filename}' defines no module class '${name}'`, {
      hint: `it defines: ${this.module.definedNames.join(', ') || 'nothing'}`,
    })
  }
  /** The classes that extend `nn.Module`. */
  get moduleClasses(): readonly string[] {
    return this.module.definedNames.filter((name) => isModuleClass(this.module, name))
  }
  /** The functions and classes that the file defines. */
  get names(): readonly string[] {
    return this.module.definedNames
  }
  /** Throws `CompileError`, TSJ_SCRIPT_NAME. */
  function(name: string): ScriptFunction {
    try {
      return functionOf(this.module, name, this.runtime)
    } catch (error) {
      throw fromCaller(error, this.function)
    }
  }
  /** What is wrong with the functions and classes of the file; each error once. */
  check(): TsjitError[] {
    return this.module.check()
  }
}

/** Opens a file of Python source; `import`s of files beside it are followed. Throws `CompileError` where it does not parse. */
export function scriptFile(
  path: string,
  { env = {}, host, runtime = defaultRuntime() }: Pick<ScriptOptions, 'env' | 'host' | 'runtime'> = {},
): ScriptFile {
  const folder = dirname(path)
  const program = new PythonProgram({
    loadModule: (module) => {
      for (const candidate of [`${module.replaceAll('.', '/')}.py`, `${module.replaceAll('.', '/')}/__init__.py`]) {
        const text = readIfThere(join(folder, candidate))
        if (text !== undefined) return new Source(text, join(folder, candidate))
      }
      return undefined
    },
  })
  const source = new Source(readFileSync(path, 'utf8'), path)
  const functions = standIns(program, runtime, env, host)
  return new ScriptFile(program.add(source, basename(path).replace(/\.py$/, ''), environmentOf(env)), runtime, functions)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function scriptJavaScript(
  fn: (...args: unknown[]) => unknown,
  { env = {}, types, runtime = defaultRuntime() }: ScriptOptions,
): ScriptFunction {
  if (process.env.TSJIT === '0') return fn as unknown as ScriptFunction
  const source = new Source(Function.prototype.toString.call(fn), fn.name ? `<function ${fn.name}>` : '<function>')
  const definition = javascriptDefinition(source, fn.name || 'fn', types)
  const program = new PythonProgram()
  const module = program.add(source, '__main__', withTorch(program, environmentOf(env)), [definition])
  const names = definition.parameters.map((parameter) => parameter.name)
  return withTypesHint(names, () => functionOf(module, definition.name, runtime, javascriptTypes))
}

/** Several errors of one source that have nothing to do with each other. `errors` holds each. */
export class CompileErrors extends CompileError {
  declare readonly errors: readonly TsjitError[]
  static {
    nameErrors(CompileErrors, 'CompileErrors')
  }
  constructor(errors: readonly TsjitError[]) {
    super('TSJ_COMPILE_ERRORS', `${errors.length} errors`)
    // Their frames are all in the compiler: the place in the source says more.
    for (const error of errors) hide(error, { stack: `${error.name}: ${error.reason}${error.range ? `\n    at ${error.range}` : ''}` })
    hide(this, { errors })
    this.message = `${errors.length} errors:\n\n${errors.map(({ message }) => message).join('\n\n')}`
  }
}

function combined(errors: readonly TsjitError[]): TsjitError {
  return errors.length === 1 ? errors[0] : new CompileErrors(errors)
}
