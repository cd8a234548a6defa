import { findSchema, type Graph, Graph as NewGraph, type Node, type Value } from '@tsjit/ir'
import type { Operator } from '@tsjit/ops'
import {
  type Dispatcher,
  type EscapeForm,
  exemptFromScopes,
  isGradEnabled,
  NumberOfTensor,
  scalarInt,
  Tensor,
  type TraceObserver,
  typedArrayOf,
  useTraceObserver,
} from '@tsjit/runtime'
import { type DType, dtypeInfo, FloatType, FutureType, IntType, ListType, RuntimeError, ScalarType, TensorT, type Type } from '@tsjit/types'
import { type ArgumentSink, argumentValue, plainArguments } from './argument-values.ts'
import { type CallSite, callSite } from './call-site.ts'
import { observeSizes, type SizeReader } from './observed-tensor.ts'
import { type OperatorRecord, type RecordContext, recordOf, spatialDimensions } from './operator-record.ts'
import { recurrentCells } from './recurrent-cells.ts'
import { sizeType, tensorType } from './tensor-type.ts'
import { TracedSize } from './traced-size.ts'
import { concerns, type TracerConcern, TracerWarning } from './tracer-warning.ts'

export interface RecorderOptions {
  readonly dispatcher: Dispatcher
  /** In-place operators are recorded as those that make a new tensor. */
  readonly forceOutplace: boolean
  readonly onWarning: (warning: TracerWarning) => void
}

let active: Recorder | undefined

/** One look at the sizes of a tensor. */
interface SizeRead {
  readonly site: CallSite | undefined
  isUsed: boolean
}

/** Records the operators that a program dispatches, from `start` to `stop`. */
export class Recorder implements TraceObserver, ArgumentSink, SizeReader, RecordContext {
  readonly graph: Graph = new NewGraph()
  readonly forceOutplace: boolean
  private readonly dispatcher: Dispatcher
  private readonly values = new WeakMap<object, Value>()
  private readonly withGradient = new WeakSet<Tensor>()
  /** How many tensors of the trace look at a storage. */
  private readonly references = new WeakMap<object, number>()
  private readonly restore: { readonly tensor: WeakRef<Tensor>; readonly undo: WeakRef<() => void> }[] = []
  /** Keeps what undoes an observation alive as long as its tensor. */
  private readonly undos = new WeakMap<Tensor, () => void>()
  private readonly warned = new Set<string>()
  private readonly sizeReads: SizeRead[] = []
  private readonly readOf = new WeakMap<object, SizeRead>()
  private scopes: string[] = []
  private depth = 0

  constructor(private readonly options: RecorderOptions) {
    this.dispatcher = options.dispatcher
    this.forceOutplace = options.forceOutplace
  }

  /** Throws TSJ_TRACE_NESTED. */
  start(): void {
    if (active) throw new RuntimeError('TSJ_TRACE_NESTED', "Tracing can't be nested")
    active = this
    useTraceObserver(this)
    const { dispatcher } = this
    dispatcher.callOperator = (operator, args) => this.call(operator, args)
  }
  stop(): void {
    if (active !== this) return
    active = undefined
    useTraceObserver(undefined)
    delete (this.dispatcher as { callOperator?: unknown }).callOperator
    for (const { tensor, undo } of this.restore) if (tensor.deref()) undo.deref()?.()
    this.restore.length = 0
  }
  static get active(): Recorder | undefined {
    return active?.recording ? active : undefined
  }

  // --- what the runtime tells and asks

  get recording(): boolean {
    return active === this && this.depth === 0
  }
  pause<T>(body: () => T): T {
    this.depth++
    try {
      return body()
    } finally {
      this.depth--
    }
  }
  escapes(tensor: Tensor, form: EscapeForm): void {
    this.noteUse(tensor)
    this.warn('data-flow', concerns.escape(form))
  }
  iterates(): void {
    this.warn('iteration', concerns.iteration)
  }
  bakesIn(what: string): void {
    this.warn('constant', concerns.constant(what))
  }
  /** Reports a concern once a place; what a layer of `nn` does is no concern of its user. */
  warn(concern: TracerConcern, reason: string, site: CallSite | undefined = callSite()): void {
    if (site?.insideLayer) return
    const key = `${reason}${site}`
    if (this.warned.has(key)) return
    this.warned.add(key)
    this.pause(() => this.options.onWarning(new TracerWarning(concern, reason, site)))
  }

  // --- values

  hasValue(item: object): boolean {
    return this.values.has(item)
  }
  valueOf(item: object): Value | undefined {
    this.noteUse(item)
    return this.values.get(item)
  }
  /** From now on `value` is what the trace knows of `item`. */
  setValue(item: object, value: Value): void {
    this.values.set(item, value)
    if (item instanceof Tensor && !this.undos.has(item)) {
      const undo = observeSizes(item, this)
      this.undos.set(item, undo)
      this.restore.push({ tensor: new WeakRef(item), undo: new WeakRef(undo) })
      this.references.set(item.storage, (this.references.get(item.storage) ?? 0) + 1)
    }
  }
  forget(item: object): void {
    this.values.delete(item)
  }
  requiresGrad(tensor: Tensor): boolean {
    return tensor.requiresGrad || this.withGradient.has(tensor)
  }
  /** Whether a tensor in a value requires a gradient. */
  anyRequiresGrad(value: unknown): boolean {
    if (value instanceof Tensor) return this.requiresGrad(value)
    return Array.isArray(value) && value.some((item) => this.anyRequiresGrad(item))
  }
  typeOf(tensor: Tensor, requiresGrad: boolean = this.requiresGrad(tensor)): Type {
    return this.pause(() => tensorType(tensor, requiresGrad))
  }

  tensorValue(tensor: Tensor): Value {
    this.noteUse(tensor)
    const known = this.values.get(tensor)
    if (known) return known
    if (this.requiresGrad(tensor)) {
      throw new RuntimeError(
        'TSJ_TRACE_GRADIENT',
        'Cannot insert a Tensor that requires grad as a constant. Consider making it a parameter or input, or detaching the gradient',
        {
          hint: `the tensor has shape [${this.pause(() => tensor.shape.join(', '))}]; trace the module that owns it, or pass it as an input`,
        },
      )
    }
    const value = this.graph.insertConstant(this.typeOf(tensor), { kind: 't', value: tensor }, callSite()?.range())
    this.scoped(value.node)
    this.values.set(tensor, value)
    exemptFromScopes(tensor)
    return value
  }
  numberValue(tensor: Tensor, type: Type): Value {
    const value = this.tensorValue(tensor)
    const kind = type.kind === 'int' ? 'aten::Int' : type.kind === 'float' ? 'aten::Float' : 'aten::ScalarImplicit'
    const result = type.kind === 'int' ? IntType : type.kind === 'float' ? FloatType : ScalarType
    return this.graph.withInsertPoint(value.node.next!, () => this.insert(kind, [value], [result]).output)
  }
  isAlone(tensor: Tensor): boolean {
    return (this.references.get(tensor.storage) ?? 1) <= 1
  }
  get defaultDevice() {
    return this.dispatcher.defaultDevice
  }
  tensorOf(value: unknown): Tensor {
    const raw = typeof value === 'object' && value !== null ? (value as { value: unknown; type: Type }) : undefined
    const dtype: DType = typeof value === 'boolean' ? 'bool' : raw ? (raw.type.kind === 'int' ? 'int64' : 'float64') : 'float64'
    return this.zeroDim(dtype, raw ? raw.value : value)
  }
  private zeroDim(dtype: DType, value: unknown): Tensor {
    return this.pause(() => {
      const tensor = this.dispatcher.empty([], dtype)
      write(tensor, value)
      return tensor
    })
  }

  // --- nodes

  insert(kind: string, inputs: readonly Value[], outputs: number | readonly Type[] = 1, site?: CallSite): Node {
    const node = this.graph.insert(kind, inputs, outputs, site?.range())
    node.schema = findSchema(node)
    return this.scoped(node)
  }
  /** A constant of the program, for an argument of static type `type`. */
  constant(value: unknown, type: Type): Value {
    const constant = argumentValue(this, value, type, callSite()?.range())
    this.scoped(constant.node)
    return constant
  }
  private scoped(node: Node): Node {
    node.scope = this.scopes.join('/')
    return node
  }

  /** Names the values of tensors that have no name yet. */
  nameValues(items: readonly unknown[], names: readonly string[]): void {
    for (const [i, item] of items.entries()) {
      const value = item instanceof Tensor ? this.values.get(item) : undefined
      if (value && !value.debugName && value.node.kind !== 'prim::TracedAttr' && names[i]) this.graph.nameValue(value, names[i])
    }
  }

  /** Runs a module's method as a block of its own. `path` is where the module stands in the traced one: `__module.seq.0`. */
  inModule<T>(path: string, body: () => T): T {
    const node = this.graph.insert('prim::TracedModuleForward', [], 0)
    this.scoped(node)
    node.setAttribute('scope', { kind: 's', value: path })
    this.scopes.push(path)
    const outer = this.graph.insertPoint
    this.graph.setInsertPoint(node.addBlock())
    try {
      return body()
    } finally {
      this.scopes.pop()
      this.graph.setInsertPoint(outer)
    }
  }

  /** Runs what a program forks as a block of its own. `body` gives the value of its result; the value of the future is returned. */
  inFork(body: () => Value): Value {
    const node = this.scoped(this.graph.insert('prim::TracedFork', [], 0, callSite()?.range()))
    const outer = this.graph.insertPoint
    this.graph.setInsertPoint(node.addBlock())
    try {
      const result = body()
      node.blocks[0].registerOutput(result)
      return node.addOutput(new FutureType(result.type))
    } finally {
      this.graph.setInsertPoint(outer)
    }
  }

  sizes(tensor: Tensor, shape: readonly number[]): readonly number[] {
    const value = this.values.get(tensor)
    if (!value) return shape
    const site = callSite()
    const sizes = shape.map((size, dim) => this.sizeAt(value, dim, size, site))
    this.noteRead(sizes, site)
    return sizes
  }
  count(tensor: Tensor, count: number): number {
    const value = this.values.get(tensor)
    if (!value) return count
    const node = this.insert('aten::numel', [value], [IntType], callSite())
    return this.tracedSize(node.output, count)
  }
  private sizeAt(value: Value, dim: number, size: number, site: CallSite | undefined): number {
    const index = argumentValue(this, scalarInt(dim), IntType, site?.range())
    this.scoped(index.node)
    return this.tracedSize(this.insert('aten::size', [value, index], [IntType], site).output, size)
  }
  /** Where sizes were read of which none became an argument, a number or a result: all that is left is a comparison by `===`, which is always false. */
  unusedSizes(): CallSite[] {
    return this.sizeReads.flatMap(({ isUsed, site }) => (isUsed || !site || site.insideLayer ? [] : [site]))
  }
  private noteUse(item: object): void {
    const read = this.readOf.get(item)
    if (read) read.isUsed = true
  }
  private noteRead(sizes: readonly number[], site: CallSite | undefined): void {
    const read: SizeRead = { site, isUsed: false }
    this.sizeReads.push(read)
    for (const size of sizes) this.readOf.set(size as unknown as object, read)
  }
  private tracedSize(value: Value, size: number): number {
    const tensor = this.insert('prim::NumToTensor', [value], [sizeType])
    const storage = this.zeroDim('int64', size).storage
    const traced = new TracedSize(storage, size)
    this.values.set(traced, tensor.output)
    // programs see a number: that is what it is typed as
    return traced as unknown as number
  }

  // --- operators

  private call(operator: Operator, given: unknown[]): any {
    const dispatch = (values: unknown[]): any => Object.getPrototypeOf(this.dispatcher).callOperator.call(this.dispatcher, operator, values)
    if (!this.recording) return dispatch(given)
    const args = this.withNumbers(operator, given)
    const run = () => dispatch(plainArguments(args))
    const { schema, key } = operator
    const [self] = args
    if (self instanceof Tensor && this.values.has(self)) {
      if (schema.name === 'aten::numel' || schema.name === 'aten::sym_numel') return self.numel
      if (key === 'aten::size' || key === 'aten::sym_size') return self.shape
      if (key === 'aten::size.int' || key === 'aten::sym_size.int') return this.sizeOf(self, Number(plainArguments(args)[1]), run)
    }
    if (schema.name === 'aten::len') this.warn('length', concerns.length)
    if (schema.name === 'aten::item' || schema.name === 'aten::_local_scalar_dense') this.escapes(self as Tensor, 'number')
    if (schema.name === 'aten::is_nonzero') this.escapes(self as Tensor, 'boolean')
    if (!schema.returns.some(({ typeText }) => typeText.includes('Tensor')) || schema.name === 'aten::set_') return this.pause(run)
    if (key === 'aten::resize_as_') {
      this.warn('resize', concerns.resize('resize_as_'))
      this.forget(self as Tensor)
      return this.pause(run)
    }
    const cell = recurrentCells[schema.name]
    if (cell) return cell(this.dispatcher, ...args)
    const spatial = spatialDimensions(schema.name)
    if (spatial !== undefined && (self as Tensor).ndim === spatial + 1) return this.withoutBatch(operator, args)
    return this.record(operator, recordOf(operator, args, this), args, run)
  }

  /** PyTorch's convolutions add a batch dimension to an input that has none, and take it off the result. */
  private withoutBatch(operator: Operator, [input, ...rest]: unknown[]): Tensor {
    const batched = this.dispatcher.call('aten::unsqueeze', input, 0)
    return this.dispatcher.call('aten::squeeze.dim', this.dispatcher.callOperator(operator, [batched, ...rest]), 0)
  }

  /** Sizes of traced tensors among the numbers of an operator that the library calls by itself. */
  private withNumbers({ schema }: Operator, args: unknown[]): unknown[] {
    const read = (value: unknown): unknown =>
      value instanceof TracedSize
        ? new NumberOfTensor(
            value,
            this.pause(() => value.valueOf()),
          )
        : value
    return args.map((value, i) => {
      if (schema.args[i].typeText.includes('Tensor')) return value
      return Array.isArray(value) ? value.map(read) : read(value)
    })
  }

  private sizeOf(self: Tensor, dim: number, run: () => number): number {
    const size = this.pause(run)
    const site = callSite()
    const traced = this.sizeAt(this.values.get(self)!, dim, size, site)
    this.noteRead([traced], site)
    return traced
  }

  private record({ schema }: Operator, { kind, parameters }: OperatorRecord, args: readonly unknown[], run: () => any): any {
    const site = callSite()
    const range = site?.range()
    const before = this.graph.insertPoint.prev!
    const inputs = parameters.map(({ value, type }) => argumentValue(this, value, type, range))
    const node = this.graph.insert(kind, inputs, 0, range)
    for (let added = before.next!; added !== node.next; added = added.next!) if (!added.scope) this.scoped(added)
    node.schema = kind === schema.name && parameters.every(({ type }, i) => type === schema.args[i]?.type) ? schema : undefined
    const written = schema.args.flatMap(({ alias }, i) => (alias?.isWrite ? [args[i] as Tensor] : []))
    if (this.forceOutplace) for (const tensor of written) this.noteAliases(schema.name, tensor, site)
    const result = this.pause(run)
    const grad = isGradEnabled() && args.some((argument) => tensorsIn(argument).some((tensor) => this.requiresGrad(tensor)))
    const differentiable = grad && !notDifferentiable.test(kind)
    const results = schema.returns.length === 1 ? [result] : (result as unknown[])
    for (const [i, { type }] of schema.returns.entries()) this.addOutput(node, results[i], type, differentiable)
    node.schema ??= findSchema(node)
    return result
  }

  private noteAliases(kind: string, tensor: Tensor, site: CallSite | undefined): void {
    const count = this.references.get(tensor.storage) ?? 1
    if (count > 1)
      this.warn('in-place', concerns.inPlace(kind === 'aten::copy_' ? 'copy_ (possibly due to an assignment)' : kind.slice(6), count), site)
  }

  private addOutput(node: Node, result: unknown, type: Type, differentiable: boolean): void {
    if (result instanceof Tensor) {
      this.bindTensor(node.addOutput(), result, differentiable, node.kind !== 'aten::_convolution')
    } else if (Array.isArray(result) && type.kind === 'List' && type.contained()[0].kind === 'Tensor') {
      const list = node.addOutput(new ListType(TensorT))
      const unpack = this.insert('prim::ListUnpack', [list], result.length)
      for (const [i, item] of (result as Tensor[]).entries()) this.bindTensor(unpack.outputs[i], item, differentiable)
    } else node.addOutput(type)
  }
  /** `value` is a new tensor. `shown`: PyTorch records `_convolution` below its automatic differentiation, so the graph does not say that a gradient flows. */
  bindTensor(value: Value, tensor: Tensor, differentiable: boolean, shown = true): void {
    const { isFloat, isComplex } = dtypeInfo(tensor.dtype)
    const grad = differentiable && (isFloat || isComplex)
    if (grad) this.withGradient.add(tensor)
    value.setType(this.typeOf(tensor, shown ? this.requiresGrad(tensor) : false))
    this.setValue(tensor, value)
  }
}

/** Operators on tensors of floats whose results no gradient reaches. */
const notDifferentiable = /^aten::(?:\w+_like|new_\w+|detach|sgn_?$|argsort|bernoulli$|bucketize|searchsorted)/

function tensorsIn(argument: unknown): Tensor[] {
  if (argument instanceof Tensor) return [argument]
  return Array.isArray(argument) ? argument.filter((item) => item instanceof Tensor) : []
}

function write(tensor: Tensor, value: unknown): void {
  const array = typedArrayOf(tensor.dtype, tensor.storage.buffer, 0, 1)
  array[0] = (tensor.dtype === 'int64' ? BigInt(value as number | bigint) : Number(value)) as never
}
