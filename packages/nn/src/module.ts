import { callOperator, type DeviceLike, noGrad, Tensor } from '@tsjit/runtime'
import { type DType, dtypeAliases, dtypeInfo, isDType, RuntimeError } from '@tsjit/types'
import { type IncompatibleKeys, LoadReport, type StateDict, type StateDictSource, stateEntries } from './module-state.ts'
import { Parameter } from './parameter.ts'

export interface HookHandle {
  remove(): void
}
export type ForwardPreHook = (module: Module, args: unknown[]) => unknown[] | undefined
export type ForwardHook = (module: Module, args: unknown[], output: any) => unknown

/**
 * The base of layers and models, as PyTorch's `nn.Module`. Fields that hold a `Parameter` or a `Module` are its parameters and children, in the order in
 * which they were set; `registerBuffer` names the tensors that belong to its state but are not trained.
 *
 *   class Net extends Module { fc = new Linear(4, 2); forward(x: Tensor) { return this.fc.call(x).relu() } }
 */
export abstract class Module {
  training = true
  /** Buffers by name: whether they are part of the state dict. */
  private readonly bufferNames = new Map<string, boolean>()
  private readonly preHooks = new Set<ForwardPreHook>()
  private readonly hooks = new Set<ForwardHook>()

  abstract forward(...args: any[]): any

  /** Runs the hooks and `forward`. */
  call(...args: Parameters<this['forward']>): ReturnType<this['forward']> {
    let values: unknown[] = args
    for (const hook of this.preHooks) values = hook(this, values) ?? values
    let output = this.forward(...(values as any[]))
    for (const hook of this.hooks) output = hook(this, values, output) ?? output
    return output
  }

  /** Called before `forward` with the arguments; an array that it returns replaces them. */
  registerForwardPreHook(hook: ForwardPreHook): HookHandle {
    this.preHooks.add(hook)
    return { remove: () => this.preHooks.delete(hook) }
  }
  /** Called after `forward`; what it returns replaces the output. */
  registerForwardHook(hook: ForwardHook): HookHandle {
    this.hooks.add(hook)
    return { remove: () => this.hooks.delete(hook) }
  }

  // --- what it holds

  protected slot(name: string): unknown {
    return (this as unknown as Record<string, unknown>)[name]
  }
  protected setSlot(name: string, value: unknown): void {
    ;(this as unknown as Record<string, unknown>)[name] = value
  }

  /** Throws TSJ_MODULE_NAME for names with dots and names taken by a method. */
  registerParameter(name: string, parameter: Parameter | null): void {
    this.checkName(name, 'parameter')
    this.setSlot(name, parameter)
  }
  registerBuffer(name: string, buffer: Tensor | null, persistent = true): void {
    this.checkName(name, 'buffer')
    this.bufferNames.set(name, persistent)
    this.setSlot(name, buffer)
  }
  addModule(name: string, module: Module): this {
    this.checkName(name, 'module')
    this.setSlot(name, module)
    return this
  }
  private checkName(name: string, kind: string): void {
    if (name.includes('.')) throw new RuntimeError('TSJ_MODULE_NAME', `${kind} name can't contain ".", got: ${name}`)
    if (name === '') throw new RuntimeError('TSJ_MODULE_NAME', `${kind} name can't be empty string ""`)
    if (name in Object.getPrototypeOf(this)) throw new RuntimeError('TSJ_MODULE_NAME', `attribute '${name}' already exists`)
  }

  /** This module's own parameters. */
  *ownParameters(): IterableIterator<[string, Parameter]> {
    for (const [name, value] of Object.entries(this)) if (value instanceof Parameter && !this.bufferNames.has(name)) yield [name, value]
  }
  /** This module's own buffers. */
  *ownBuffers(persistentOnly = false): IterableIterator<[string, Tensor]> {
    for (const [name, persistent] of this.bufferNames) {
      const value = this.slot(name)
      if (value instanceof Tensor && (persistent || !persistentOnly)) yield [name, value]
    }
  }
  *namedChildren(): IterableIterator<[string, Module]> {
    for (const [name, value] of Object.entries(this)) if (value instanceof Module) yield [name, value]
  }
  *children(): IterableIterator<Module> {
    for (const [, child] of this.namedChildren()) yield child
  }
  /** Itself (named '') and all modules below it, each once. */
  *namedModules(prefix = '', seen = new Set<Module>()): IterableIterator<[string, Module]> {
    if (seen.has(this)) return
    seen.add(this)
    yield [prefix, this]
    for (const [name, child] of this.namedChildren()) yield* child.namedModules(prefix ? `${prefix}.${name}` : name, seen)
  }
  *modules(): IterableIterator<Module> {
    for (const [, module] of this.namedModules()) yield module
  }
  *namedParameters(): IterableIterator<[string, Parameter]> {
    const seen = new Set<Parameter>()
    for (const [path, module] of this.namedModules()) {
      for (const [name, parameter] of module.ownParameters()) {
        if (seen.has(parameter)) continue
        seen.add(parameter)
        yield [path ? `${path}.${name}` : name, parameter]
      }
    }
  }
  *parameters(): IterableIterator<Parameter> {
    for (const [, parameter] of this.namedParameters()) yield parameter
  }
  *namedBuffers(): IterableIterator<[string, Tensor]> {
    const seen = new Set<Tensor>()
    for (const [path, module] of this.namedModules()) {
      for (const [name, buffer] of module.ownBuffers()) {
        if (seen.has(buffer)) continue
        seen.add(buffer)
        yield [path ? `${path}.${name}` : name, buffer]
      }
    }
  }
  *buffers(): IterableIterator<Tensor> {
    for (const [, buffer] of this.namedBuffers()) yield buffer
  }
  /** The module at a dotted path. Throws TSJ_MODULE_PATH. */
  getSubmodule(path: string): Module {
    let module: Module = this
    for (const name of path === '' ? [] : path.split('.')) {
      const next: unknown = module.slot(name)
      if (!(next instanceof Module))
        throw new RuntimeError('TSJ_MODULE_PATH', `${module.getName()} has no attribute \`${name}\` that is a module`)
      module = next
    }
    return module
  }

  // --- state

  /**
   * Parameters and persistent buffers by dotted name, in PyTorch's order: tensors that share the memory of the module's own, or these themselves where
   * `keepVars`.
   */
  stateDict({ prefix = '', keepVars = false }: { prefix?: string; keepVars?: boolean } = {}): StateDict {
    const state: StateDict = new Map()
    for (const [path, module] of this.stateModules(prefix)) {
      for (const [name, tensor] of [...module.ownParameters(), ...module.ownBuffers(true)]) {
        state.set(path + name, keepVars ? tensor : new Tensor(tensor.storage, tensor.dtype, tensor.shape, tensor.strides, tensor.offset))
      }
    }
    return state
  }
  /** The tree with prefixes of keys; modules that stand in several places come as often. */
  private *stateModules(prefix: string): IterableIterator<[string, Module]> {
    yield [prefix, this]
    for (const [name, child] of this.namedChildren()) yield* child.stateModules(`${prefix}${name}.`)
  }

  /**
   * Copies values into parameters and buffers (with `assign` takes the given tensors themselves). Throws TSJ_STATE_DICT with PyTorch's message for sizes that
   * differ and, unless `strict` is false, for keys that are missing or not expected.
   */
  loadStateDict(state: StateDictSource, { strict = true, assign = false }: { strict?: boolean; assign?: boolean } = {}): IncompatibleKeys {
    const report = new LoadReport(stateEntries(state))
    this.loadInto(report, '', assign)
    return report.finish(this.getName(), strict)
  }

  /** Takes what is its own from a state dict; layers whose layout changed override it. */
  protected loadInto(report: LoadReport, prefix: string, assign: boolean): void {
    const parameters = [...this.ownParameters()]
    const buffers = [...this.ownBuffers(true)]
    const children = [...this.namedChildren()]
    for (const [name, parameter] of parameters) {
      const given = report.take(prefix + name, parameter)
      if (!given) continue
      if (assign) this.setSlot(name, given instanceof Parameter ? given : new Parameter(given, parameter.requiresGrad))
      else noGrad(() => callOperator('copy_', [parameter, given]))
    }
    for (const [name, buffer] of buffers) {
      const given = report.take(prefix + name, buffer)
      if (!given) continue
      if (assign) this.setSlot(name, given)
      else noGrad(() => callOperator('copy_', [buffer, given]))
    }
    const names = (entries: readonly (readonly [string, unknown])[]): Set<string> => new Set(entries.map(([name]) => name))
    report.strangers(prefix, names([...parameters, ...buffers]), names(children))
    for (const [name, child] of children) child.loadInto(report, `${prefix}${name}.`, assign)
  }

  // --- changes

  train(mode = true): this {
    this.training = mode
    for (const child of this.children()) child.train(mode)
    return this
  }
  eval(): this {
    return this.train(false)
  }
  /** Calls `fn` on every module below, then on itself. */
  apply(fn: (module: Module) => void): this {
    for (const child of this.children()) child.apply(fn)
    fn(this)
    return this
  }
  requiresGrad_(requiresGrad = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad = requiresGrad
    return this
  }

  /** Moves parameters and buffers to a device, or casts those of float dtypes. */
  to(...where: (DeviceLike | DType)[]): this {
    for (const target of where) {
      const dtype = typeof target === 'string' ? (isDType(target) ? target : dtypeAliases[target]) : undefined
      if (dtype && !dtypeInfo(dtype).isFloat && !dtypeInfo(dtype).isComplex)
        throw new RuntimeError(
          'TSJ_MODULE_DTYPE',
          `nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.${dtype}`,
        )
      this.convert((tensor) => {
        const { isFloat, isComplex } = dtypeInfo(tensor.dtype)
        return dtype && !isFloat && !isComplex ? tensor : callOperator('to', [tensor, target])
      })
    }
    return this
  }
  cpu(): this {
    return this.to('cpu')
  }
  cuda(device: DeviceLike = 'cuda'): this {
    return this.to(device)
  }
  float(): this {
    return this.to('float32')
  }
  double(): this {
    return this.to('float64')
  }
  half(): this {
    return this.to('float16')
  }
  bfloat16(): this {
    return this.to('bfloat16')
  }

  /** Replaces the memory of every parameter and buffer by what `change` makes of it. */
  convert(change: (tensor: Tensor) => Tensor): this {
    const done = new Set<Tensor>()
    for (const module of this.modules()) {
      for (const [, parameter] of module.ownParameters()) {
        if (!done.has(parameter)) parameter.setData(change(parameter))
        done.add(parameter)
      }
      for (const [name, buffer] of module.ownBuffers()) module.setSlot(name, change(buffer))
    }
    return this
  }

  // --- printing

  /** The class name that is printed. */
  getName(): string {
    return this.constructor.name
  }
  /** What stands between the parentheses: `in_features=3, out_features=2, bias=True`. */
  extraRepr(): string {
    return ''
  }
  /** The children as lines of the printed tree. */
  protected childLines(): string[] {
    return [...this.namedChildren()].map(([name, child]) => `(${name}): ${indentRest(child.toString())}`)
  }
  /** As PyTorch prints modules. */
  toString(): string {
    const extra = this.extraRepr()
    const extraLines = extra ? extra.split('\n') : []
    const childLines = this.childLines()
    const lines = [...extraLines, ...childLines]
    if (lines.length === 0) return `${this.getName()}()`
    if (extraLines.length === 1 && childLines.length === 0) return `${this.getName()}(${extraLines[0]})`
    return `${this.getName()}(\n  ${lines.join('\n  ')}\n)`
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** All lines but the first two spaces further in. */
export function indentRest(text: string): string {
  return text.split('\n').join('\n  ')
}
