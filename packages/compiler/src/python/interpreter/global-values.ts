import type { SourceRange } from '@tsjit/types'
import { EnumMember, PythonClass } from '../python-class.ts'
import { PythonFunction } from '../python-function.ts'
import { PythonModule } from '../python-module.ts'
import {
  PythonConstant,
  PythonContainer,
  PythonException,
  PythonMissing,
  type PythonObject,
  PythonOpaque,
  PythonOperator,
  PythonSpecialForm,
  PythonSugared,
} from '../python-object.ts'
import { SourceModule } from '../source-module.ts'
import { Environment } from './environment.ts'
import type { Interpreter } from './interpreter.ts'
import { libraryFunction } from './library-functions.ts'
import { PythonError, raise, refuse } from './python-error.ts'
import { str } from './text.ts'
import { PyBuiltin, PyConstant, PyDict, PySet, PyTuple } from './values.ts'

const known = new WeakMap<Interpreter, Map<SourceModule, Map<string, unknown>>>()
const pending = Symbol('pending')

/** A name of a file, or undefined where the file and what it imports bind none. */
export function globalValue(interpreter: Interpreter, module: SourceModule, name: string, range?: SourceRange): unknown {
  let modules = known.get(interpreter)
  if (!modules) known.set(interpreter, (modules = new Map()))
  let values = modules.get(module)
  if (!values) modules.set(module, (values = new Map()))
  if (values.has(name)) {
    const value = values.get(name)
    if (value === pending) raise('NameError', `name '${name}' is not defined`, range)
    return value
  }
  values.set(name, pending)
  try {
    const value = make(interpreter, module, name, range)
    values.set(name, value)
    return value
  } catch (error) {
    values.delete(name)
    throw error
  }
}

function make(interpreter: Interpreter, module: SourceModule, name: string, range?: SourceRange): unknown {
  const origin = module.originOf(name)
  if (origin?.kind === 'value') return interpreter.evaluate(origin.expression, { module, variables: new Environment(undefined) })
  if (origin?.kind === 'import') return imported(interpreter, origin.path, origin.attribute, range)
  for (const path of origin ? [] : module.starImports) {
    const star = interpreter.program.module(path)
    const found =
      star instanceof SourceModule
        ? globalValue(interpreter, star, name, range)
        : star?.attr(name) && pythonAttribute(interpreter, star, name, range)
    if (found !== undefined) return found
  }
  const object = module.attr(name)
  return object && fromPython(interpreter, object, range)
}

function imported(interpreter: Interpreter, path: string, attribute: string | undefined, range?: SourceRange): unknown {
  if (attribute === undefined) return fromPython(interpreter, interpreter.program.importModule(path), range)
  const own = libraryFunction(interpreter, `${path}.${attribute}`)
  if (own) return own
  const module = interpreter.program.module(path)
  if (module instanceof SourceModule) {
    const found = globalValue(interpreter, module, attribute, range)
    if (found !== undefined) return found
  }
  const object = interpreter.program.importName(path, attribute)
  return object && fromPython(interpreter, object, range, `${path}.${attribute}`)
}

/** `math.sqrt`, `nn.Linear`, `torch.zeros`. */
export function pythonAttribute(interpreter: Interpreter, object: PythonObject, name: string, range?: SourceRange): unknown {
  if (object instanceof SourceModule) return globalValue(interpreter, object, name, range)
  if (object instanceof PythonModule) {
    const own = libraryFunction(interpreter, `${object.path}.${name}`)
    if (own) return own
  }
  if (object instanceof EnumMember) {
    const { value } = object.constant()
    if (name === 'name') return value.name
    if (name === 'value') return fromConstant(value.value, typeof value.value === 'number' ? 'int' : '')
  }
  const found = object.attr(name)
  return found && fromPython(interpreter, found, range, object instanceof PythonModule ? `${object.path}.${name}` : undefined)
}

function hostFunction(interpreter: Interpreter, qualifiedName: string): PyBuiltin | undefined {
  const fn = interpreter.host.function(qualifiedName)
  return fn && new PyBuiltin(qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1), fn)
}

/** What is known of a name at compile time, as a value of running Python. */
export function fromPython(interpreter: Interpreter, object: PythonObject, range?: SourceRange, path?: string): unknown {
  const { host } = interpreter
  if (object instanceof PythonConstant) {
    const { type, value } = object.value
    if (['dtype', 'layout', 'memory_format', 'qscheme', 'device', 'complex'].includes(object.typeName))
      return new PyConstant(object.typeName, value)
    return fromConstant(value, type.kind)
  }
  if (object instanceof PythonContainer) {
    const items = object.items.map((item) => fromPython(interpreter, item, range))
    if (object.typeName === 'tuple') return new PyTuple(items)
    if (object.typeName === 'set') return new PySet(items)
    return object.typeName === 'list' ? items : new PyDict(items.map((item, i) => [fromPython(interpreter, object.keys[i], range), item]))
  }
  if (object instanceof PythonFunction) {
    const name = `${object.module.name}.${object.name}`
    const own = object.module.name.startsWith('torch.')
      ? (libraryFunction(interpreter, name) ?? hostFunction(interpreter, name))
      : undefined
    if (own) return own
    return interpreter.makeFunction(object.def, { module: object.module, variables: undefined }, object.name)
  }
  if (object instanceof PythonOperator) {
    const { symbol } = object
    const own = libraryFunction(interpreter, symbol)
    const name = symbol.slice(symbol.indexOf('::') + 2)
    return new PyBuiltin(name, own instanceof PyBuiltin ? own.call : (args, keywords) => host.callOperator(name, args, keywords), symbol)
  }
  if (object instanceof PythonMissing) {
    const own = libraryFunction(interpreter, object.qualifiedName)
    if (own) return own
    const { qualifiedName } = object
    const fn = host.function(qualifiedName)
    return new PyBuiltin(qualifiedName, (args, keywords) => (fn ? fn(args, keywords) : refuse(`'${qualifiedName}'`, range)))
  }
  if (object instanceof PythonSpecialForm) {
    if (object.form === 'annotate') return new PyBuiltin('annotate', (args) => args[1])
    return new PyBuiltin(object.form, () => refuse(`'${object.form}'`, range))
  }
  if (object instanceof PythonException) {
    const name = object.qualifiedName.slice(object.qualifiedName.lastIndexOf('.') + 1)
    return new PyBuiltin(name, (args) => new PythonError(name, args.map(str).join(', ')))
  }
  if (object instanceof PythonClass || object instanceof SourceModule || object instanceof PythonModule) return object
  if (object instanceof PythonSugared) return object.runtimeValue ?? object
  if (object instanceof PythonOpaque && path !== undefined) return new PyBuiltin(path, () => refuse(`'${path}'`, range))
  const own = path === undefined ? undefined : libraryFunction(interpreter, path)
  return own ?? object
}

function fromConstant(value: unknown, kind: string): unknown {
  if (kind === 'int') return BigInt(value as number)
  return value
}
