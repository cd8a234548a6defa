import { AnyType, BoolType, ClassType, ComplexType, FloatType, IntType, NoneType, StringType, TensorT, type Type } from '@tsjit/types'
import type { SpecialForm } from '../sugared-values/special-form.ts'
import { pythonNames } from './python-names.ts'
import {
  PythonBuiltin,
  PythonConstant,
  PythonException,
  PythonMissing,
  type PythonObject,
  PythonOpaque,
  PythonOperator,
  PythonRefused,
  PythonSpecialForm,
  PythonType,
} from './python-object.ts'
import { pythonRefusals } from './python-refusals.ts'

interface Entry {
  readonly kind: string
  readonly text: string
}

const tables = new Map<string, ReadonlyMap<string, Entry>>()

function tableOf(module: string): ReadonlyMap<string, Entry> | undefined {
  let table = tables.get(module)
  if (table || !Object.hasOwn(pythonNames, module)) return table
  const made = new Map<string, Entry>()
  for (const [kind, lines] of Object.entries(pythonNames[module])) {
    for (const line of lines.split('\n')) {
      const tab = line.indexOf('\t')
      made.set(tab < 0 ? line : line.slice(0, tab), { kind, text: tab < 0 ? '' : line.slice(tab + 1) })
    }
  }
  tables.set(module, made)
  table = made
  return table
}

export function isKnownModule(module: string): boolean {
  return tableOf(module) !== undefined
}

const numbers = ['dtype', 'layout', 'memory_format', 'qscheme']
const specialForms: Readonly<Record<string, SpecialForm>> = {
  'torch.jit.fork': 'fork',
  'torch.jit._fork': 'fork',
  'torch.jit.annotate': 'annotate',
  'torch.jit.isinstance': 'isinstance',
  'torch.jit._awaitable': 'awaitable',
  'torch.distributed.rpc.rpc_async': 'rpc_async',
  'torch.distributed.rpc.rpc_sync': 'rpc_sync',
  'torch.distributed.rpc.remote': 'rpc_remote',
  'torch.distributed.rpc.api.rpc_async': 'rpc_async',
  'torch.distributed.rpc.api.rpc_sync': 'rpc_sync',
  'torch.distributed.rpc.api.remote': 'rpc_remote',
}
/** Classes that are types of TorchScript, by qualified name. */
const classTypes: Readonly<Record<string, Type>> = {
  'typing.Any': AnyType,
  'builtins.int': IntType,
  'builtins.float': FloatType,
  'builtins.bool': BoolType,
  'builtins.complex': ComplexType,
  'builtins.str': StringType,
  'torch.nn.parameter.Parameter': TensorT,
  // A class without methods compiles, and nothing is one.
  'numbers.Number': new ClassType('__torch__.numbers.Number', false),
}
const legacyTensors: Readonly<Record<string, number>> = {
  BoolTensor: 11,
  LongTensor: 4,
  ByteTensor: 0,
  CharTensor: 1,
  DoubleTensor: 7,
  FloatTensor: 6,
  IntTensor: 3,
  ShortTensor: 2,
  HalfTensor: 5,
}

/** Who knows of functions, classes and modules by qualified name. */
export interface NameOwner {
  module(path: string): PythonObject | undefined
  /** A function or class that is written in TorchScript. */
  library(qualifiedName: string): PythonObject | undefined
  dispatch(module: string, name: string, text: string): PythonObject
}

/** An attribute of one of Python's or PyTorch's own modules. */
export function knownName(owner: NameOwner, module: string, name: string): PythonObject | undefined {
  const path = `${module}.${name}`
  if (Object.hasOwn(specialForms, path)) return new PythonSpecialForm(specialForms[path])
  if (module === 'torch' && Object.hasOwn(legacyTensors, name)) {
    return new PythonSpecialForm('LegacyTypedConstructor', legacyTensors[name])
  }
  // A property, not an attribute; PyTorch compiles its value in.
  if (path === 'torch.backends.cudnn.enabled') return new PythonConstant({ type: BoolType, value: true }, 'bool')
  const entry = tableOf(module)?.get(name)
  if (!entry) return undefined
  const { kind, text } = entry
  switch (kind) {
    case 'op':
      return new PythonOperator(text || `aten::${name}`)
    case 'module':
      return owner.module(text) ?? new PythonOpaque('module')
    case 'exception':
      return new PythonException(text)
    case 'unreferable':
      return new PythonRefused(name, `cannot create weak reference to '${text}' object`)
    case 'builtin':
      return new PythonBuiltin(text || `<built-in function ${name}>`)
    case 'dispatch':
      return owner.dispatch(module, name, text)
    case 'function':
      return owner.library(text) ?? new PythonMissing(text, refusalOf(text))
    case 'class':
      return (
        owner.library(text) ??
        refusedClass(name, text) ??
        new PythonType(name, () => typeOfClass(text), 'type', !text.startsWith('builtins.'), undefined, text)
      )
    case 'native':
      return (
        owner.library(text) ?? refusedClass(name, text) ?? new PythonType(name, () => typeOfClass(text), 'type', false, undefined, text)
      )
    case 'method': {
      const [called, ...parameters] = text.split(' ')
      return new PythonOpaque('method', called, false, undefined, parameters)
    }
    case 'bool':
      return new PythonConstant({ type: BoolType, value: text === 'true' }, 'bool')
    case 'int':
      return new PythonConstant({ type: IntType, value: BigInt(text) }, 'int')
    case 'float':
      return new PythonConstant({ type: FloatType, value: floatOf(text) }, 'float')
    case 'complex':
      return new PythonConstant({ type: ComplexType, value: complexOf(text) }, 'complex')
    case 'str':
      return new PythonConstant({ type: StringType, value: text }, 'str')
    case 'NoneType':
      return new PythonConstant({ type: NoneType, value: null }, 'NoneType')
    default:
      if (numbers.includes(kind)) return new PythonConstant({ type: IntType, value: Number(text) }, kind)
      return module === 'typing' || module === 'typing_extensions'
        ? new PythonType(name, () => undefined, text, false, undefined, `typing.${name}`)
        : new PythonOpaque(text)
  }
}

let refusals: ReadonlyMap<string, string> | undefined

/** What PyTorch says where it is to compile one of its own functions or classes. */
function refusalOf(qualifiedName: string): string | undefined {
  refusals ??= new Map(
    Object.entries(pythonRefusals).flatMap(([line, names]) => names.split('\n').map((name): [string, string] => [name, line])),
  )
  return refusals.get(qualifiedName)
}

/** A class that cannot be instantiated; as a type it is what it is. */
function refusedClass(name: string, qualifiedName: string): PythonObject | undefined {
  const line = Object.hasOwn(classTypes, qualifiedName) ? undefined : refusalOf(qualifiedName)
  return line === undefined ? undefined : new PythonType(name, () => undefined, 'type', true, line, qualifiedName)
}

const typeOfClass = (qualifiedName: string): Type | undefined =>
  Object.hasOwn(classTypes, qualifiedName) ? classTypes[qualifiedName] : undefined

function floatOf(text: string): number {
  return text === 'inf' ? Number.POSITIVE_INFINITY : Number(text)
}

/** `infj`, `nanj`: all the complex constants that Python's modules have. */
function complexOf(text: string): { re: number; im: number } {
  return { re: 0, im: floatOf(text.replace('j', '')) }
}
