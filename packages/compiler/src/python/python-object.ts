import type { Expression } from '@tsjit/parser'
import {
  DeviceType,
  type FunctionSchema,
  GeneratorType,
  IntType,
  type SourceRange,
  StreamType,
  TensorT,
  TsjitError,
  type Type,
} from '@tsjit/types'
import { type ConstantValue, insertConstant } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { BuiltinFunctionValue } from '../sugared-values/builtin.ts'
import { ExceptionValue } from '../sugared-values/exception.ts'
import { SimpleValue } from '../sugared-values/simple-value.ts'
import { type SpecialForm, SpecialFormValue } from '../sugared-values/special-form.ts'
import type { SugaredValue } from '../sugared-values/sugared-value.ts'
import { SugaredTupleValue } from '../sugared-values/tuple.ts'
import type { Scope } from './evaluate.ts'
import type { HostFunction } from './host-function.ts'
import { PythonValue } from './python-value.ts'

/**
 * What a name of a Python file stands for outside of functions: a module, a function, a class, a constant. Python would make these
 * objects by running the file; here they are read off the syntax tree, and nothing runs.
 */
export abstract class PythonObject {
  /** Python's `type(x).__name__`. */
  abstract readonly typeName: string

  attr(_name: string): PythonObject | undefined {
    return undefined
  }
  /** What calling it at the top of a file gives, as far as the syntax tells. */
  called(_argument: () => PythonObject | undefined): PythonObject | undefined {
    return undefined
  }
  /** What the object is inside a function. `isConstant` is set for attributes of modules (`math.pi`), which count as constants. */
  sugar(_emitter: FunctionEmitter, _range: SourceRange, _isConstant: boolean): SugaredValue {
    return new PythonValue(this)
  }
  /** The type that the object names in an annotation. */
  type(_range: SourceRange | undefined): Type | undefined {
    return undefined
  }
  /** The value as a constant, where it is one. */
  constant(): ConstantValue | undefined {
    return undefined
  }
}

/** A number, text, `None`, dtype, device, …. */
export class PythonConstant extends PythonObject {
  constructor(
    readonly value: ConstantValue,
    readonly typeName: string,
  ) {
    super()
  }
  override sugar(emitter: FunctionEmitter, range: SourceRange, isConstant: boolean): SugaredValue {
    // `inf` is the one global that PyTorch knows by itself.
    const isInfinity = this.value.value === Number.POSITIVE_INFINITY
    return isConstant || isInfinity ? new SimpleValue(insertConstant(emitter.graph, this.value, range)) : new PythonValue(this)
  }
  override constant(): ConstantValue {
    return this.value
  }
}

/** A tuple, list, set or dict written at the top of a file. */
export class PythonContainer extends PythonObject {
  constructor(
    readonly typeName: 'tuple' | 'list' | 'dict' | 'set',
    readonly items: readonly PythonObject[],
    readonly keys: readonly PythonObject[] = [],
  ) {
    super()
  }
  override sugar(emitter: FunctionEmitter, range: SourceRange, isConstant: boolean): SugaredValue {
    if (!isConstant || this.typeName !== 'tuple') return new PythonValue(this)
    const parts = new SugaredTupleValue(this.items.map((item) => item.sugar(emitter, range, true)))
    return new SimpleValue(parts.asValue(emitter, range))
  }
}

/** Classes of `torch` that are operators where they are called, and types in annotations. */
const operatorTypes: Readonly<Record<string, Type>> = {
  'aten::Tensor': TensorT,
  'aten::device': DeviceType,
  'aten::dtype': IntType,
  'aten::qscheme': IntType,
  'aten::SymInt': IntType,
  'aten::Generator': GeneratorType,
  'aten::Stream': StreamType,
}

/** A function that is an operator: `torch.relu`, `math.sqrt`. */
export class PythonOperator extends PythonObject {
  readonly typeName = 'builtin_function_or_method'
  constructor(readonly symbol: string) {
    super()
  }
  override type(): Type | undefined {
    return Object.hasOwn(operatorTypes, this.symbol) ? operatorTypes[this.symbol] : undefined
  }
  override sugar(): SugaredValue {
    return new BuiltinFunctionValue(this.symbol)
  }
}

/** `torch.jit.annotate` and its like. */
export class PythonSpecialForm extends PythonObject {
  readonly typeName = 'function'
  constructor(
    readonly form: SpecialForm,
    private readonly dtype?: number,
  ) {
    super()
  }
  /** `torch.LongTensor` and its like are tensors of whatever dtype in annotations. */
  override type(): Type | undefined {
    return this.form === 'LegacyTypedConstructor' ? TensorT : undefined
  }
  override sugar(): SugaredValue {
    return new SpecialFormValue(this.form, this.dtype)
  }
}

export class PythonException extends PythonObject {
  readonly typeName = 'type'
  constructor(readonly qualifiedName: string) {
    super()
  }
  override sugar(): SugaredValue {
    const name = this.qualifiedName.slice(this.qualifiedName.lastIndexOf('.') + 1)
    return new ExceptionValue(name, this.qualifiedName)
  }
}

/** A function of Python that is written in C and has no counterpart. */
export class PythonBuiltin extends PythonObject {
  readonly typeName = 'builtin_function_or_method'
  constructor(readonly text: string) {
    super()
  }
  override sugar(_emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    return fail('TSJ_UNSUPPORTED', `Python builtin ${this.text} is currently not supported in Torchscript`, range)
  }
}

/** A type by itself: an alias such as `Pair = Tuple[int, int]`, or a class that annotations know. */
export class PythonType extends PythonObject {
  constructor(
    readonly name: string,
    private readonly resolve: (range: SourceRange | undefined) => Type | undefined,
    readonly typeName = 'type',
    /** A class that is written in Python: it cannot be instantiated. */
    readonly isPythonClass = false,
    /** What is said where it is. */
    readonly refusal?: string,
    /** Python's name of the class or generic: `numpy.ndarray`, `typing.Sequence`. */
    readonly qualifiedName?: string,
  ) {
    super()
  }
  override type(range: SourceRange | undefined): Type | undefined {
    try {
      return this.resolve(range)
    } catch (error) {
      // An alias of something that is no type: whoever asks says so, with the alias's name.
      if (error instanceof TsjitError) return undefined
      throw error
    }
  }
}

/** A type written where a value could stand: `Pair = Tuple[int, int]`. */
export class PythonAlias extends PythonType {
  constructor(
    readonly expression: Expression,
    readonly scope: Scope,
    resolve: (range: SourceRange | undefined) => Type | undefined,
  ) {
    super('type', resolve, '_GenericAlias')
  }
}

/** What a call of a module that is not below the caller is called in a graph. */
export const moduleCallName = '<python_value>'

/** What gives script modules. */
const scripting = ['torch.jit._script.script', 'torch.jit._trace.trace', 'torch.jit._serialization.load']

/** The types of what functions give that files call at their top. */
const resultTypes: Readonly<Record<string, string>> = { 'logging.getLogger': 'Logger', 're.compile': 'Pattern' }

/** A function of PyTorch's that is Python, and is not written in TorchScript here. */
export class PythonMissing extends PythonObject {
  readonly typeName = 'function'
  constructor(
    readonly qualifiedName: string,
    /** What PyTorch says of it, where it refuses it too. */
    private readonly refusal?: string,
  ) {
    super()
  }
  override called(argument: () => PythonObject | undefined): PythonObject | undefined {
    if (Object.hasOwn(resultTypes, this.qualifiedName)) return new PythonOpaque(resultTypes[this.qualifiedName])
    if (!scripting.includes(this.qualifiedName)) return undefined
    const given = argument()
    if (this.qualifiedName === scripting[0] && given?.typeName === 'function') return given
    const isModule = given instanceof PythonOpaque && given.name === moduleCallName
    if (!isModule && this.qualifiedName !== scripting[2]) return undefined
    return new PythonRefused('RecursiveScriptModule', 'Cannot call a ScriptModule that is not a submodule of the caller')
  }
  override sugar(_emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    const text = `${this.qualifiedName} is a Python function that has no TorchScript form`
    return this.refusal === undefined ? fail('TSJ_UNSUPPORTED', text, range) : fail('TSJ_UNSUPPORTED', this.refusal, range, text)
  }
}

/** What cannot even be mentioned. */
export class PythonRefused extends PythonObject {
  constructor(
    readonly typeName: string,
    private readonly reason: string,
  ) {
    super()
  }
  override sugar(_emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    return fail('TSJ_UNSUPPORTED', this.reason, range)
  }
}

/** Anything else: known by its Python type alone. */
export class PythonOpaque extends PythonObject {
  constructor(
    readonly typeName: string,
    /** What calling it is called in a graph. */
    readonly name?: string,
    /** Whether calls may pass anything, not tensors alone. */
    readonly isVararg = false,
    /** What calls of it call, where that is known. */
    readonly hostFunction?: (schema: FunctionSchema) => HostFunction,
    /** Names of its parameters, where it is a method that tells them. */
    readonly parameters?: readonly string[],
  ) {
    super()
  }
}

/** A value given from outside: a script function, a tensor, a host function. */
export class PythonSugared extends PythonObject {
  constructor(
    readonly typeName: string,
    private readonly make: (emitter: FunctionEmitter, range: SourceRange) => SugaredValue,
    private readonly named?: Type,
    /** What the value is to Python that runs: a module, a tensor. */
    readonly runtimeValue?: unknown,
  ) {
    super()
  }
  override sugar(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    return this.make(emitter, range)
  }
  override type(): Type | undefined {
    return this.named
  }
}
