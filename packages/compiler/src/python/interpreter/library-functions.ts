import type { SourceRange } from '@tsjit/types'
import { ModuleInstance } from '../modules/module-instance.ts'
import { makeDict } from './builtins.ts'
import { iterate, truth } from './expressions.ts'
import type { Interpreter } from './interpreter.ts'
import { raise } from './python-error.ts'
import { str } from './text.ts'
import { floatLimits, integerLimits } from './type-limits.ts'
import { type Callee, type Keywords, PyAttributeValue, PyBuiltin, PyConstant, PyDict, PyInstance, PyTuple } from './values.ts'

type Make = (interpreter: Interpreter) => Callee

const math =
  (fn: (...args: number[]) => number): Make =>
  () =>
  (args) =>
    fn(...args.map(Number))
const whole =
  (fn: (value: number) => number): Make =>
  () =>
  ([value]) =>
    typeof value === 'bigint' ? value : BigInt(fn(Number(value)))
const same: Make =
  () =>
  ([value]) =>
    value
const nothing: Make = () => () => null

function ints(keep: (x: bigint, y: bigint) => bigint): Make {
  return () => (args) => args.map((arg) => BigInt(arg as bigint)).reduce(keep)
}
const gcd = (x: bigint, y: bigint): bigint => (y === 0n ? (x < 0n ? -x : x) : gcd(y, x % y))

function parameter(interpreter: Interpreter): Callee {
  return (args, keywords) =>
    interpreter.host.parameter(
      args[0] ?? keywords.get('data') ?? interpreter.host.callOperator('empty', [[0n]], noKeywords),
      (args[1] ?? keywords.get('requires_grad') ?? true) !== false,
    )
}

/** Functions of Python's and PyTorch's modules that constructors of modules call, by qualified name. */
const functions: Readonly<Record<string, Make>> = {
  'math.sqrt':
    () =>
    ([x]) =>
      Number(x) < 0 ? raise('ValueError', 'math domain error') : Math.sqrt(Number(x)),
  'math.log':
    () =>
    ([x, base]) => {
      if (Number(x) <= 0) raise('ValueError', 'math domain error')
      if (base === 2n) return Math.log2(Number(x))
      return base === undefined ? Math.log(Number(x)) : Math.log(Number(x)) / Math.log(Number(base))
    },
  'numpy.log': math(Math.log),
  'numpy.sqrt': math(Math.sqrt),
  'numpy.exp': math(Math.exp),
  'torch.finfo':
    () =>
    ([dtype]) =>
      floatLimits(dtype),
  'numpy.finfo':
    () =>
    ([dtype]) =>
      floatLimits(dtype),
  'torch.iinfo':
    () =>
    ([dtype]) =>
      integerLimits(dtype),
  'numpy.iinfo':
    () =>
    ([dtype]) =>
      integerLimits(dtype),
  'math.log2': math(Math.log2),
  'math.log10': math(Math.log10),
  'math.log1p': math(Math.log1p),
  'math.exp': math(Math.exp),
  'math.pow': math(Math.pow),
  'math.sin': math(Math.sin),
  'math.cos': math(Math.cos),
  'math.tan': math(Math.tan),
  'math.tanh': math(Math.tanh),
  'math.atan': math(Math.atan),
  'math.atan2': math(Math.atan2),
  'math.acos': math(Math.acos),
  'math.asin': math(Math.asin),
  'math.fabs': math(Math.abs),
  'math.hypot': math(Math.hypot),
  'math.radians': math((x) => (x * Math.PI) / 180),
  'math.floor': whole(Math.floor),
  'math.ceil': whole(Math.ceil),
  'math.trunc': whole(Math.trunc),
  'math.gcd': ints(gcd),
  'math.prod':
    (interpreter) =>
    ([items]) =>
      iterate(interpreter, items).reduce<unknown>(
        (total, item) => (typeof total === 'bigint' && typeof item === 'bigint' ? total * item : Number(total) * Number(item)),
        1n,
      ),
  'collections.OrderedDict':
    (interpreter) =>
    ([items], keywords) =>
      makeDict(interpreter, items, keywords, 'OrderedDict'),
  'collections.defaultdict':
    (interpreter) =>
    ([make]) =>
      new PyDict([], 'defaultdict', () => interpreter.call(make, [])),
  'functools.partial':
    (interpreter) =>
    ([fn, ...given], keywords) =>
      new PyBuiltin('partial', (args, more) => interpreter.call(fn, [...given, ...args], new Map([...keywords, ...more]))),
  'functools.reduce':
    (interpreter) =>
    ([fn, items, ...start]) => {
      const list = iterate(interpreter, items)
      const [first, rest] = start.length > 0 ? [start[0], list] : [list[0], list.slice(1)]
      return rest.reduce((total, item) => interpreter.call(fn, [total, item]), first)
    },
  'copy.copy':
    (interpreter) =>
    ([value]) =>
      copy(interpreter, value, false, new Map()),
  'copy.deepcopy':
    (interpreter) =>
    ([value]) =>
      copy(interpreter, value, true, new Map()),
  'itertools.repeat':
    () =>
    ([value, times]) =>
      new Array<unknown>(Number(times ?? 0)).fill(value),
  'itertools.chain': (interpreter) => (args) => args.flatMap((arg) => [...iterate(interpreter, arg)]),
  'itertools.product': (interpreter) => (args) =>
    args
      .map((arg) => iterate(interpreter, arg))
      .reduce<readonly unknown[][]>((rows, items) => rows.flatMap((row) => items.map((item) => [...row, item])), [[]])
      .map((row) => new PyTuple(row)),
  'operator.mul':
    () =>
    ([x, y]) =>
      typeof x === 'bigint' && typeof y === 'bigint' ? x * y : Number(x) * Number(y),
  'operator.add':
    () =>
    ([x, y]) =>
      typeof x === 'bigint' && typeof y === 'bigint' ? x + y : Number(x) + Number(y),
  'warnings.warn': nothing,
  'typing.cast':
    () =>
    ([, value]) =>
      value,
  'torch.jit._script.Attribute': () => (args, keywords) => new PyAttributeValue(args[0] ?? keywords.get('value'), undefined),
  'torch.jit.Attribute': () => (args, keywords) => new PyAttributeValue(args[0] ?? keywords.get('value'), undefined),
  'torch.nn.parameter.Parameter': parameter,
  'torch.nn.Parameter': parameter,
  'torch.nn.parameter.Buffer':
    () =>
    ([data]) =>
      data,
  'torch.jit._script.script': same,
  'torch.jit._script.script_if_tracing': same,
  'torch._jit_internal.ignore': same,
  'torch._jit_internal.unused': same,
  'torch._jit_internal.export': same,
  'torch._jit_internal.is_scripting': () => () => false,
  'torch._utils_internal.log_api_usage_once': nothing,
  'torch._C._log_api_usage_once': nothing,
  'torchvision.utils._log_api_usage_once': nothing,
  'aten::is_scripting': () => () => false,
  'aten::_assert':
    (interpreter) =>
    ([condition, message]) =>
      truth(interpreter, condition) ? null : raise('AssertionError', str(message)),
  'aten::_log_api_usage_once': nothing,
  'aten::device':
    () =>
    ([name, index]) => {
      if (name instanceof PyConstant) return name
      return new PyConstant('device', index === undefined ? String(name) : `${String(name)}:${String(index)}`)
    },
  'torch.autograd.grad_mode.no_grad': nothing,
  'torch.autograd.grad_mode.enable_grad': nothing,
  'torch.nn.modules.utils._pair': (interpreter) => repeated(interpreter, 2),
  'torch.nn.modules.utils._single': (interpreter) => repeated(interpreter, 1),
  'torch.nn.modules.utils._triple': (interpreter) => repeated(interpreter, 3),
  'torch.nn.modules.utils._quadruple': (interpreter) => repeated(interpreter, 4),
  'aten::_pair': (interpreter) => repeated(interpreter, 2),
  'aten::_single': (interpreter) => repeated(interpreter, 1),
  'aten::_triple': (interpreter) => repeated(interpreter, 3),
}

/** `_pair(3)`, `_pair((3, 4))`. */
function repeated(interpreter: Interpreter, count: number): Callee {
  return ([value]) =>
    Array.isArray(value) || value instanceof PyTuple
      ? new PyTuple(iterate(interpreter, value))
      : new PyTuple(new Array<unknown>(count).fill(value))
}

export function libraryFunction(interpreter: Interpreter, qualifiedName: string, _range?: SourceRange): PyBuiltin | undefined {
  const make = Object.hasOwn(functions, qualifiedName) ? functions[qualifiedName] : undefined
  if (!make) return undefined
  const name = qualifiedName.slice(Math.max(qualifiedName.lastIndexOf('.'), qualifiedName.lastIndexOf(':')) + 1)
  return new PyBuiltin(name, make(interpreter))
}

/** What Python's `copy` module makes: a module's copy has parameters of its own where it is deep. */
export function copy(interpreter: Interpreter, value: unknown, deep: boolean, made: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (made.has(value)) return made.get(value)
  const inner = (item: unknown): unknown => (deep ? copy(interpreter, item, true, made) : item)
  if (Array.isArray(value)) {
    const list: unknown[] = []
    made.set(value, list)
    for (const item of value) list.push(inner(item))
    return list
  }
  if (value instanceof PyTuple) return new PyTuple(value.items.map(inner), value.type, value.fields)
  if (value instanceof PyDict)
    return new PyDict(
      value.entries().map(([key, item]) => [inner(key), inner(item)]),
      value.typeName,
      value.makeDefault,
    )
  if (value instanceof ModuleInstance) {
    const result = new ModuleInstance(value.cls)
    made.set(value, result)
    result.initialize()
    for (const [name, item] of value.parameters) result.parameters.set(name, inner(item))
    for (const [name, item] of value.buffers) result.buffers.set(name, inner(item))
    for (const [name, item] of value.modules) result.modules.set(name, inner(item) as ModuleInstance | null)
    for (const [name, item] of value.attributes) result.attributes.set(name, inner(item))
    for (const name of value.nonPersistentBuffers) result.nonPersistentBuffers.add(name)
    result.forwardHooks.push(...value.forwardHooks)
    result.forwardPreHooks.push(...value.forwardPreHooks)
    return result
  }
  if (value instanceof PyInstance) {
    const result = new PyInstance(value.cls)
    made.set(value, result)
    for (const [name, item] of value.attributes) result.attributes.set(name, inner(item))
    return result
  }
  if (deep && interpreter.host.isTensor(value)) {
    const clone = interpreter.host.callOperator('clone', [value], noKeywords)
    const result = interpreter.host.isParameter(value) ? interpreter.host.parameter(clone, true) : clone
    made.set(value, result)
    return result
  }
  return value
}

const noKeywords: Keywords = new Map()
