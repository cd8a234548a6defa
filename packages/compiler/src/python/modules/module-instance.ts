import type { ClassType } from '@tsjit/types'
import type { PyFunction } from '../interpreter/values.ts'
import type { PythonClass } from '../python-class.ts'

/** An `nn.Module`: its parameters, buffers, submodules and other attributes by name, in the order in which they were set. */
export class ModuleInstance {
  readonly parameters = new Map<string, unknown>()
  readonly buffers = new Map<string, unknown>()
  readonly modules = new Map<string, ModuleInstance | null>()
  /** Everything else, as Python values. */
  readonly attributes = new Map<string, unknown>()
  readonly nonPersistentBuffers = new Set<string>()
  readonly forwardPreHooks: PyFunction[] = []
  readonly forwardHooks: PyFunction[] = []
  /** What the object is in the host's language, where that made it. */
  origin: unknown
  private initialized = false

  constructor(
    readonly cls: PythonClass,
    /** The type of a module that is TorchScript already. */
    readonly compiled?: ClassType,
  ) {}

  /** What `nn.Module.__init__` does. */
  initialize(): void {
    if (this.initialized) return
    this.initialized = true
    this.attributes.set('training', true)
    this.attributes.set('_is_full_backward_hook', null)
  }
  get isInitialized(): boolean {
    return this.initialized
  }

  has(name: string): boolean {
    return this.attributes.has(name) || this.parameters.has(name) || this.buffers.has(name) || this.modules.has(name)
  }
  get(name: string): unknown {
    for (const table of [this.attributes, this.parameters, this.buffers, this.modules] as ReadonlyMap<string, unknown>[]) {
      if (table.has(name)) return table.get(name)
    }
    return undefined
  }
  delete(name: string): boolean {
    return this.attributes.delete(name) || this.parameters.delete(name) || this.buffers.delete(name) || this.modules.delete(name)
  }
  /** Itself and what is below, each once. */
  *namedModules(prefix = '', seen = new Set<ModuleInstance>()): Generator<[string, ModuleInstance]> {
    if (seen.has(this)) return
    seen.add(this)
    yield [prefix, this]
    for (const [name, child] of this.modules) if (child) yield* child.namedModules(prefix ? `${prefix}.${name}` : name, seen)
  }
}
