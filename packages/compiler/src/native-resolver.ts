import type { SourceRange, Type } from '@tsjit/types'
import type { ConstantValue } from './constants.ts'
import type { FunctionEmitter } from './emitter.ts'
import type { HostFunctions } from './python/host-function.ts'
import { BuiltinModuleValue } from './sugared-values/builtin.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

/** Where names come from that are not variables or Python builtins. */
export interface NameResolver {
  resolveValue(name: string, emitter: FunctionEmitter, range: SourceRange): SugaredValue | undefined
  /** A constant by qualified name (`CONSTANTS.c0`), for defaults of parameters. */
  resolveConstant?(name: string, range: SourceRange): ConstantValue | undefined
  /** A class, NamedTuple, enum or interface by (qualified) name. */
  resolveType(name: string, range: SourceRange | undefined): Type | undefined
  /** What a name that is subscripted in an annotation (`T` of `T[int]`) stands for, where that is not its own name. */
  resolveConstructor?(name: string): string | undefined
  /** The functions and classes that the file defines. */
  readonly definedNames?: readonly string[]
  /** What stands in for functions that stay Python's. */
  readonly hostFunctions?: HostFunctions | undefined
}

/** Knows `torch` alone, as the namespace of operators. */
export class NativeResolver implements NameResolver {
  resolveValue(name: string): SugaredValue | undefined {
    return name === 'torch' ? new BuiltinModuleValue('aten') : undefined
  }
  resolveType(): Type | undefined {
    return undefined
  }
}
