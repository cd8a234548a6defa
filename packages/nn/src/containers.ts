import { Tensor } from '@tsjit/runtime'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import { indentRest, Module } from './module.ts'
import { Parameter } from './parameter.ts'

function notCallable(module: Module): never {
  throw new RuntimeError('TSJ_MODULE_FORWARD', `Module [${module.getName()}] is missing the required "forward" function`)
}

/** A module of TorchScript: containers hold it like one of their own, and a script module that has the container compiles it. */
export interface ScriptedModule {
  readonly className: string
  forward: (...args: any[]) => any
}

/** Children under names of their own choice, in order. */
abstract class ChildModule extends Module {
  protected readonly items = new Map<string, Module>()

  /** Eager modules: what is script belongs to a tree of its own. */
  override *namedChildren(): IterableIterator<[string, Module]> {
    for (const [name, child] of this.items) if (child instanceof Module) yield [name, child]
  }
  /** All that it holds, script modules too. */
  *namedItems(): IterableIterator<[string, Module | ScriptedModule]> {
    yield* this.items
  }
  protected override slot(name: string): unknown {
    return this.items.get(name) ?? super.slot(name)
  }
  override addModule(name: string, module: Module | ScriptedModule): this {
    this.items.set(name, module as Module)
    return this
  }
  get length(): number {
    return this.items.size
  }
}

/** Named children and nothing else; deprecated in PyTorch, where `Module` does the same. */
export class Container extends ChildModule {
  constructor(modules: Readonly<Record<string, Module>> = {}) {
    super()
    for (const [name, module] of Object.entries(modules)) this.addModule(name, module)
  }
  forward(): never {
    return notCallable(this)
  }
}

/**
 * A module under the name `module`, which gives state dicts their keys. PyTorch spreads the inputs over several CUDA devices and, where there are none, calls the
 * module; here it is always called.
 */
export class DataParallel extends Module {
  constructor(readonly module: Module) {
    super()
  }
  forward(...args: any[]): any {
    return this.module.call(...(args as []))
  }
}

function isModule(value: object): value is Module | ScriptedModule {
  return value instanceof Module || typeof (value as Partial<ScriptedModule>).forward === 'function'
}

/** Modules one after another: each gets what the one before gives. */
export class Sequential extends ChildModule {
  constructor(...modules: (Module | ScriptedModule)[] | [Readonly<Record<string, Module | ScriptedModule>>]) {
    super()
    const [first] = modules
    const named = modules.length === 1 && first && !isModule(first) ? Object.entries(first) : modules.map((m, i) => [String(i), m] as const)
    for (const [name, module] of named) this.addModule(name, module as Module)
  }
  forward(...args: any[]): any {
    let values = args
    for (const module of this.items.values())
      values = [module instanceof Module ? module.call(...(values as [])) : (module as ScriptedModule).forward(...values)]
    return values[0]
  }
  /** The module at an index; negative ones count from the end. */
  at(index: number): Module | undefined {
    return [...this.items.values()].at(index)
  }
  append(module: Module | ScriptedModule): this {
    return this.addModule(String(this.items.size), module)
  }
  [Symbol.iterator](): IterableIterator<Module> {
    return this.items.values()
  }
}

export class ModuleList extends ChildModule {
  constructor(modules: Iterable<Module | ScriptedModule> = []) {
    super()
    this.extend(modules)
  }
  forward(): never {
    return notCallable(this)
  }
  at(index: number): Module | undefined {
    return [...this.items.values()].at(index)
  }
  append(module: Module | ScriptedModule): this {
    return this.addModule(String(this.items.size), module)
  }
  extend(modules: Iterable<Module | ScriptedModule>): this {
    for (const module of modules) this.append(module)
    return this
  }
  insert(index: number, module: Module | ScriptedModule): this {
    const modules: (Module | ScriptedModule)[] = [...this.items.values()]
    modules.splice(index, 0, module)
    this.items.clear()
    return this.extend(modules)
  }
  [Symbol.iterator](): IterableIterator<Module> {
    return this.items.values()
  }
  /** Runs of equal modules print as one: `(0-2): 3 x Linear(...)`. */
  protected override childLines(): string[] {
    const lines: string[] = []
    const texts = [...this.items.values()].map(String)
    for (let start = 0, end = 0; start < texts.length; start = end) {
      while (end < texts.length && texts[end] === texts[start]) end++
      const head = end - start === 1 ? `(${start}): ` : `(${start}-${end - 1}): ${end - start} x `
      lines.push(head + indentRest(texts[start]))
    }
    return lines
  }
}

export class ModuleDict extends ChildModule {
  constructor(modules: Readonly<Record<string, Module | ScriptedModule>> | Iterable<readonly [string, Module | ScriptedModule]> = []) {
    super()
    this.update(modules)
  }
  forward(): never {
    return notCallable(this)
  }
  get(name: string): Module | undefined {
    return this.items.get(name)
  }
  set(name: string, module: Module | ScriptedModule): this {
    return this.addModule(name, module)
  }
  delete(name: string): boolean {
    return this.items.delete(name)
  }
  has(name: string): boolean {
    return this.items.has(name)
  }
  update(modules: Readonly<Record<string, Module | ScriptedModule>> | Iterable<readonly [string, Module | ScriptedModule]>): this {
    for (const [name, module] of Symbol.iterator in modules ? modules : Object.entries(modules)) this.addModule(name, module)
    return this
  }
  keys(): IterableIterator<string> {
    return this.items.keys()
  }
  values(): IterableIterator<Module> {
    return this.items.values()
  }
  entries(): IterableIterator<[string, Module]> {
    return this.items.entries()
  }
}

const storageName: Readonly<Record<string, string>> = {
  float32: 'FloatTensor',
  float64: 'DoubleTensor',
  float16: 'HalfTensor',
  int64: 'LongTensor',
  int32: 'IntTensor',
}

function describeEntry(value: unknown, dtypeText: (tensor: Tensor) => string): string {
  if (!(value instanceof Tensor)) return `Object of type: ${typeof value === 'object' && value ? value.constructor.name : typeof value}`
  return `${value instanceof Parameter ? 'Parameter' : 'Tensor'} containing: [${dtypeText(value)} of size ${value.shape.join('x')}]`
}

abstract class ParameterHolder extends Module {
  protected readonly items = new Map<string, Parameter>()
  override *ownParameters(): IterableIterator<[string, Parameter]> {
    yield* this.items
  }
  protected override setSlot(name: string, value: unknown): void {
    if (value instanceof Parameter) this.items.set(name, value)
    else super.setSlot(name, value)
  }
  forward(): never {
    return notCallable(this)
  }
  get length(): number {
    return this.items.size
  }
  protected put(name: string, value: Tensor): void {
    this.items.set(name, value instanceof Parameter ? value : new Parameter(value, dtypeInfo(value.dtype).isFloat))
  }
}

export class ParameterList extends ParameterHolder {
  constructor(values: Iterable<Tensor> = []) {
    super()
    this.extend(values)
  }
  at(index: number): Parameter | undefined {
    return [...this.items.values()].at(index)
  }
  append(value: Tensor): this {
    this.put(String(this.items.size), value)
    return this
  }
  extend(values: Iterable<Tensor>): this {
    for (const value of values) this.append(value)
    return this
  }
  [Symbol.iterator](): IterableIterator<Parameter> {
    return this.items.values()
  }
  override extraRepr(): string {
    return [...this.items].map(([name, value]) => `  (${name}): ${describeEntry(value, (t) => `torch.${t.dtype}`)}`).join('\n')
  }
}

export class ParameterDict extends ParameterHolder {
  constructor(parameters: Readonly<Record<string, Tensor>> | Iterable<readonly [string, Tensor]> = []) {
    super()
    for (const [name, value] of Symbol.iterator in parameters ? parameters : Object.entries(parameters)) this.put(name, value)
  }
  get(name: string): Parameter | undefined {
    return this.items.get(name)
  }
  set(name: string, value: Tensor): this {
    this.put(name, value)
    return this
  }
  keys(): IterableIterator<string> {
    return this.items.keys()
  }
  entries(): IterableIterator<[string, Parameter]> {
    return this.items.entries()
  }
  override extraRepr(): string {
    return [...this.items]
      .map(
        ([name, value]) =>
          `  (${name}): ${describeEntry(value, (t) => `torch.${t.device.type === 'cpu' ? '' : `${t.device.type}.`}${storageName[t.dtype] ?? t.dtype}`)}`,
      )
      .join('\n')
  }
}
