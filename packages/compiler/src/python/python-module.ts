import { overloadsOf } from '@tsjit/ops'
import type { SourceRange } from '@tsjit/types'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { didYouMean, operatorWords } from '../near-names.ts'
import { BuiltinFunctionValue } from '../sugared-values/builtin.ts'
import { SugaredValue } from '../sugared-values/sugared-value.ts'
import { PythonObject, PythonOperator } from './python-object.ts'

/** A module of Python's or PyTorch's own, or of another file. */
export class PythonModule extends PythonObject {
  readonly typeName = 'module'
  constructor(
    readonly path: string,
    private readonly find: (name: string) => PythonObject | undefined,
  ) {
    super()
  }
  override attr(name: string): PythonObject | undefined {
    return this.find(name)
  }
  override sugar(): SugaredValue {
    return new ModuleValue(this.path, this)
  }
}

/** `torch.ops`: a namespace of namespaces of operators. */
export class OperatorNamespace extends PythonObject {
  readonly typeName = 'module'
  constructor(private readonly namespace?: string) {
    super()
  }
  override attr(name: string): PythonObject | undefined {
    if (this.namespace === undefined) return new OperatorNamespace(name)
    const symbol = `${this.namespace}::${name}`
    return overloadsOf(symbol).length > 0 ? new PythonOperator(symbol) : undefined
  }
  override sugar(): SugaredValue {
    return new ModuleValue('torch.ops', this)
  }
}

const cudaOperators = ['current_stream', 'default_stream', 'device_index', 'device_count', 'set_stream', 'synchronize']

/** A module inside a function: what its attributes are counts as constant. */
export class ModuleValue extends SugaredValue {
  readonly kind = "python value of type 'module'"
  constructor(
    private readonly path: string,
    private readonly object: PythonObject,
  ) {
    super()
  }
  override asValue(_emitter: FunctionEmitter, range: SourceRange): never {
    return fail(
      'TSJ_TYPE',
      `${this.kind} cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.`,
      range,
    )
  }
  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    if (this.path === 'torch.cuda') {
      if (cudaOperators.includes(name)) return new BuiltinFunctionValue(`cuda::${name}`)
      if (name === 'current_device' || name === 'set_device') return new BuiltinFunctionValue(`cuda::_${name}`)
    }
    const found = this.object.attr(name)
    if (!found) return fail('TSJ_ATTRIBUTE', `object has no attribute ${name}`, range, this.hint(name))
    return found.sugar(emitter, range, true)
  }

  private hint(name: string): string | undefined {
    const { object } = this
    const own = 'definedNames' in object ? (object.definedNames as readonly string[]) : []
    const words = this.path.startsWith('torch') ? operatorWords() : []
    return didYouMean(name, [...own, ...words], (candidate) => object.attr(candidate) !== undefined)
  }
}
