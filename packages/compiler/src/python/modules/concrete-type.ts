import type { GraphFunction } from '@tsjit/ir'
import { type ClassType, type InterfaceType, type Type, typeEquals } from '@tsjit/types'
import type { ConstantValue } from '../../constants.ts'
import type { PyFunction } from '../interpreter/values.ts'
import type { PythonClass } from '../python-class.ts'

export type ContainerKind = 'none' | 'list' | 'dict' | 'parameter list' | 'parameter dict'

export interface ConcreteAttribute {
  readonly type: Type
  readonly isParameter: boolean
  readonly isBuffer: boolean
}

/**
 * What the compiler knows of a module beyond its class: types of attributes, values of constants, submodules, functions. Modules of one
 * class whose concrete types are equal share a type of TorchScript.
 */
export class ConcreteType {
  readonly attributes = new Map<string, ConcreteAttribute>()
  readonly constants = new Map<string, ConstantValue>()
  readonly modules = new Map<string, ConcreteType>()
  readonly overloads = new Map<string, readonly string[]>()
  readonly functions = new Map<string, GraphFunction>()
  readonly builtins = new Map<string, string>()
  /** Why attributes that Python has are not there. */
  readonly failures = new Map<string, string>()
  readonly ignored = new Set<string>()
  readonly forwardHooks: PyFunction[] = []
  readonly forwardPreHooks: PyFunction[] = []
  container: ContainerKind = 'none'
  /** The class type, or the interface that the module is seen through. */
  type!: ClassType | InterfaceType
  /** Whether the methods that PyTorch compiles at once have been. */
  isCompiled = false

  constructor(
    /** Undefined for modules that come without their source. */
    readonly cls: PythonClass | undefined,
  ) {}

  equals(other: ConcreteType): boolean {
    if (this === other) return true
    if (!this.cls && !other.cls) return this.type !== undefined && this.type === other.type
    return (
      this.cls !== undefined &&
      this.cls === other.cls &&
      this.container === other.container &&
      sameMap(
        this.constants,
        other.constants,
        (a, b) => typeEquals(a.type, b.type) && JSON.stringify(a.value, big) === JSON.stringify(b.value, big),
      ) &&
      sameMap(
        this.attributes,
        other.attributes,
        (a, b) => typeEquals(a.type, b.type) && a.isParameter === b.isParameter && a.isBuffer === b.isBuffer,
      ) &&
      sameMap(this.functions, other.functions, (a, b) => a === b) &&
      sameMap(this.builtins, other.builtins, (a, b) => a === b) &&
      sameList(this.forwardHooks, other.forwardHooks) &&
      sameList(this.forwardPreHooks, other.forwardPreHooks) &&
      sameMap(this.modules, other.modules, (a, b) => a.equals(b))
    )
  }
}

const big = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

function sameMap<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>, same: (a: T, b: T) => boolean): boolean {
  if (a.size !== b.size) return false
  for (const [name, value] of a) {
    const other = b.get(name)
    if (other === undefined || !same(value, other)) return false
  }
  return true
}

function sameList(a: readonly PyFunction[], b: readonly PyFunction[]): boolean {
  return a.length === b.length && a.every((hook, i) => hook.def === b[i].def)
}
