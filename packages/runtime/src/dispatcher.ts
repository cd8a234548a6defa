import { type Decomposition, type Dispatch, type Operator, operatorByKey, overloadsOf } from '@tsjit/ops'
import { type DType, dtypeInfo, RuntimeError, TsjitError } from '@tsjit/types'
import { type Backend, backendApiVersion, type Kernel } from './backend.ts'
import { cpu, Device } from './device.ts'
import { canCast, dtypeTitle } from './promotion.ts'
import type { Storage } from './storage.ts'
import { contiguousStrides, Tensor } from './tensor.ts'
import { type Boxed, scalarFloat, scalarInt } from './value.ts'

export interface DispatcherOptions {
  /** Decompositions by operator key (`@tsjit/ops`). */
  readonly decompositions?: (key: string) => Decomposition | undefined
  /** Operators that only look at metadata (views, properties): the same for every backend. */
  readonly metadataKernels?: (key: string) => Kernel | undefined
  /** Whether an operator that a device lacks may run on the host with copies. */
  readonly hostFallback?: boolean
}

/** Finds who computes an operator: metadata kernel, backend kernel, decomposition, functional form, host. */
export class Dispatcher implements Dispatch<Tensor> {
  private readonly backends = new Map<string, Backend>()
  private readonly resolved = new Map<string, Map<string, Kernel>>()
  /** Where factories go that name no device. */
  defaultDevice: Device = cpu
  /** dtype of float factories that name none. */
  defaultDType: DType = 'float32'

  constructor(private readonly options: DispatcherOptions = {}) {}

  /** Throws TSJ_BACKEND_VERSION naming both versions. */
  registerBackend(backend: Backend): void {
    if (backend.apiVersion !== backendApiVersion) {
      throw new TsjitError(
        'TSJ_BACKEND_VERSION',
        `backend '${backend.name}' speaks version ${backend.apiVersion} of the plugin contract, this runtime version ${backendApiVersion}`,
        {
          hint: 'install matching versions of the two packages',
        },
      )
    }
    for (const type of backend.deviceTypes) this.backends.set(type, backend)
    this.resolved.clear()
  }

  backendFor(device: Device): Backend {
    const found = this.backends.get(device.type)
    if (!found) {
      throw new TsjitError('TSJ_NO_BACKEND', `no backend serves device '${device}'`, {
        hint: `registered: ${[...this.backends.keys()].join(', ') || 'none'}; install and register a backend package for '${device.type}'`,
      })
    }
    return found
  }
  get deviceTypes(): string[] {
    return [...this.backends.keys()]
  }

  allocate(byteLength: number, device: Device = this.defaultDevice): Storage {
    return this.backendFor(device).allocate(byteLength, device)
  }
  /** An uninitialised tensor; contiguous unless `strides` are given. */
  empty(
    shape: readonly number[],
    dtype: DType,
    device: Device = this.defaultDevice,
    strides: readonly number[] = contiguousStrides(shape),
  ): Tensor {
    let extent = 1
    for (let i = 0; i < shape.length; i++) {
      if (shape[i] === 0) {
        extent = 0
        break
      }
      extent += (shape[i] - 1) * strides[i]
    }
    const bytes = extent * dtypeInfo(dtype).itemSize
    if (!Number.isSafeInteger(bytes))
      throw new RuntimeError('TSJ_TOO_LARGE', `a tensor of shape [${shape.join(', ')}] is too large to allocate`)
    return new Tensor(this.allocate(bytes, device), dtype, shape, strides, 0)
  }

  int(value: number | bigint): Boxed {
    return scalarInt(value)
  }
  float(value: number): Boxed {
    return scalarFloat(value)
  }

  /** Calls an operator by key with positional arguments; missing trailing ones take the schema's defaults. */
  call(key: string, ...args: unknown[]): any {
    const operator = operatorByKey(key)
    if (!operator) throw new RuntimeError('TSJ_UNKNOWN_OPERATOR', `there is no operator '${key}'`)
    const formals = operator.schema.args
    for (let i = args.length; i < formals.length; i++) args.push(defaultArgument(operator, i))
    return this.callOperator(operator, args)
  }

  /** Calls an operator with all its arguments. */
  callOperator(operator: Operator, args: unknown[]): any {
    return this.kernelFor(operator, this.deviceOf(args))(this, ...args)
  }

  /** The kernel that will run `operator` on `device`. Throws TSJ_NO_KERNEL. */
  kernelFor(operator: Operator, device: Device): Kernel {
    let table = this.resolved.get(device.type)
    if (!table) this.resolved.set(device.type, (table = new Map()))
    let kernel = table.get(operator.key)
    if (!kernel) {
      kernel = this.findKernel(operator, device)
      if (!kernel) throw this.noKernel(operator, device)
      table.set(operator.key, kernel)
    }
    return kernel
  }

  /** Where an operator would run on a device: for `inspect`. */
  supports(operator: Operator, device: Device): 'metadata' | 'kernel' | 'decomposition' | 'functional' | undefined {
    if (this.options.metadataKernels?.(operator.key)) return 'metadata'
    if (this.backendFor(device).kernel(operator)) return 'kernel'
    if (this.options.decompositions?.(operator.key)) return 'decomposition'
    const functional = functionalForm(operator)
    return functional && this.supports(functional, device) ? 'functional' : undefined
  }

  private findKernel(operator: Operator, device: Device): Kernel | undefined {
    const metadata = this.options.metadataKernels?.(operator.key)
    if (metadata) return metadata
    return this.backendFor(device).kernel(operator) ?? this.substituteFor(operator, device)
  }

  /**
   * What stands in for a backend's own kernel, where there is none or where it cannot take these arguments: the decomposition, else
   * the functional form with its result copied.
   */
  substituteFor(operator: Operator, device: Device): Kernel | undefined {
    const decomposition = this.options.decompositions?.(operator.key)
    if (decomposition) return decomposition as Kernel
    const functional = functionalForm(operator)
    if (!functional || !this.supports(functional, device)) return undefined
    return writesResult(operator, functional)
  }

  private deviceOf(args: readonly unknown[]): Device {
    let found: Device | undefined
    for (const arg of args) {
      if (arg instanceof Tensor) {
        // a 0-dim CPU tensor may go with tensors of any device
        if (!found || (found.type === 'cpu' && arg.device.type !== 'cpu')) found = arg.device
      } else if (arg instanceof Device) found ??= arg
      else if (Array.isArray(arg)) {
        for (const element of arg) if (element instanceof Tensor) found ??= element.device
      }
    }
    return found ?? this.defaultDevice
  }

  private noKernel(operator: Operator, device: Device): TsjitError {
    const elsewhere = this.deviceTypes.filter((type) => type !== device.type && this.backendFor(Device.parse(type)).kernel(operator))
    return new RuntimeError('TSJ_NO_KERNEL', `operator '${operator.key}' has no kernel for device '${device}'`, {
      hint: elsewhere.length ? `it runs on: ${elsewhere.join(', ')}` : `schema: ${operator.schema}`,
    })
  }
}

function defaultArgument(operator: Operator, index: number): unknown {
  const argument = operator.schema.args[index]
  if (!argument.hasDefault) {
    throw new RuntimeError('TSJ_MISSING_ARGUMENT', `operator '${operator.key}' is missing argument '${argument.name}'`, {
      hint: `schema: ${operator.schema}`,
    })
  }
  return defaultValueOf(operator, index)
}

/** The default of argument `index` as a runtime value (Scalars boxed, devices parsed). */
export function defaultValueOf(operator: Operator, index: number): unknown {
  const { defaultValue, type, typeText } = operator.schema.args[index]
  if (defaultValue === null || defaultValue === undefined) return null
  const isScalar = type.kind === 'Scalar' || (type.kind === 'Optional' && type.contained()[0].kind === 'Scalar')
  if (isScalar && typeof defaultValue === 'number') {
    const text =
      new RegExp(`\\b${operator.schema.args[index].name}=(-?[\\w.]+(?:[eE][-+]?\\d+)?)`).exec(operator.schema.toString())?.[1] ?? ''
    return /^-?\d+$/.test(text) ? scalarInt(defaultValue) : scalarFloat(defaultValue)
  }
  if (type.kind === 'Device' && typeof defaultValue === 'string') return Device.parse(defaultValue)
  if (Array.isArray(defaultValue) && typeText.startsWith('Scalar')) return defaultValue.map((v) => scalarFloat(v as number))
  return Array.isArray(defaultValue) ? [...defaultValue] : defaultValue
}

/** `add_.Tensor` and `add.out` to `add.Tensor`: the operator with the same arguments that returns a new tensor. */
export function functionalForm(operator: Operator): Operator | undefined {
  const { schema } = operator
  const written = schema.args.filter((argument) => argument.alias?.isWrite)
  if (written.length === 0) return undefined
  const outs = written.every((argument) => argument.kwargOnly)
  const wanted = schema.args.filter((argument) => !outs || !argument.alias?.isWrite)
  const name = outs ? schema.name : schema.name.replace(/_$/, '')
  if (!outs && (name === schema.name || written.length !== 1 || written[0] !== schema.args[0])) return undefined
  return overloadsOf(name).find(
    ({ schema: other }) =>
      !other.isMutable &&
      other.returns.length === (outs ? written.length : 1) &&
      other.args.length === wanted.length &&
      other.args.every(
        (argument, i) => argument.name === wanted[i].name && argument.typeText === wanted[i].typeText.replace(/\(.*?\)/, ''),
      ),
  )
}

/** Runs the functional form and copies the result where the schema says it is written (resizing `out` tensors). */
function writesResult(operator: Operator, functional: Operator): Kernel {
  const { args } = operator.schema
  const outs = args.every((argument) => !argument.alias?.isWrite || argument.kwargOnly)
  const writtenAt = args.flatMap((argument, i) => (argument.alias?.isWrite ? [i] : []))
  return (dispatcher, ...values) => {
    const result = dispatcher.callOperator(functional, outs ? values.filter((_, i) => !writtenAt.includes(i)) : values)
    const results = writtenAt.length === 1 ? [result] : (result as Tensor[])
    writtenAt.forEach((at, i) => {
      const target = values[at] as Tensor
      const source = results[i] as Tensor
      if (!canCast(source.dtype, target.dtype)) {
        throw new RuntimeError(
          'TSJ_RESULT_CAST',
          `result type ${dtypeTitle(source.dtype)} can't be cast to the desired output type ${dtypeTitle(target.dtype)}`,
        )
      }
      if (!sameShape(target.shape, source.shape)) {
        if (outs) dispatcher.call('aten::resize_', target, source.shape)
        else
          throw new RuntimeError(
            'TSJ_SHAPE_OUTPUT',
            `output with shape [${target.shape.join(', ')}] doesn't match the broadcast shape [${source.shape.join(', ')}]`,
          )
      }
      dispatcher.call('aten::copy_', target, source)
    })
    return writtenAt.length === 1 ? values[writtenAt[0]] : writtenAt.map((at) => values[at])
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i])
}
