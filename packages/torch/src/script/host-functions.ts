import type { HostFunctions, PythonProgram, SourceModule } from '@tsjit/compiler'
import type { CompilationUnit } from '@tsjit/ir'
import { ScriptObject } from '@tsjit/runtime'
import { CompileError, type FunctionSchema } from '@tsjit/types'
import type { Runtime } from '../runtime.ts'
import { ScriptModule } from '../script-module.ts'
import { toUser } from '../user-values.ts'
import type { ScriptEnvironment } from './environment.ts'
import { callHost } from './host-call.ts'
import { fileValue } from './modules/file-value.ts'
import { isScriptFunction } from './script-function.ts'

type Host = (...args: any[]) => unknown

/**
 * Functions by name that stand in for `@torch.jit.ignore` functions and methods (`helper`, `Net.helper`) of Python source. Their types are what the
 * Python says; methods get the module first.
 */
export type HostBindings = Readonly<Record<string, Host>>

/** The stand-ins of a program: what `host` names, and the functions of `env`. */
export function standIns(program: PythonProgram, runtime: Runtime, env: ScriptEnvironment = {}, host: HostBindings = {}): StandIns {
  const functions = new StandIns(program.unit, runtime)
  functions.add(functionsOf(env))
  functions.add(host)
  program.hostFunctions = functions
  return functions
}

export function functionsOf(env: ScriptEnvironment): HostBindings {
  return Object.fromEntries(
    Object.entries(env).filter(([, value]) => typeof value === 'function' && !isScriptFunction(value)),
  ) as HostBindings
}

/** The stand-ins of one program. */
export class StandIns implements HostFunctions {
  private readonly known = new Map<string, Host>()
  private readonly modules = new WeakMap<ScriptObject, ScriptModule>()
  constructor(
    private readonly unit: CompilationUnit,
    private readonly runtime: Runtime,
  ) {}

  /** Throws TSJ_ENVIRONMENT for what is no function. */
  add(bindings: HostBindings): void {
    for (const [name, fn] of Object.entries(bindings)) {
      if (typeof fn !== 'function') {
        throw new CompileError('TSJ_ENVIRONMENT', `the host function '${name}' is no function, but ${typeof fn}`, {
          hint: 'give functions by the names of the @torch.jit.ignore functions and methods that they stand in for',
        })
      }
      this.known.set(name, fn)
    }
  }

  find(names: readonly string[], { returns }: FunctionSchema): Host | undefined {
    const name = names.find((candidate) => this.known.has(candidate))
    if (name === undefined) return undefined
    const fn = this.known.get(name)!
    return (...args) =>
      callHost(
        name,
        fn,
        args.map((value) => this.toUser(value)),
        returns[0].type,
      )
  }

  /** Modules at the top of a file run as TorchScript: the file itself is the program. */
  moduleOf(file: SourceModule, name: string, { returns }: FunctionSchema): Host | undefined {
    const module = fileValue(file, name, this.runtime)
    if (!(module instanceof ScriptModule)) return undefined
    return (...args) => callHost(name, module.forward, args.map(toUser), returns[0].type)
  }

  private toUser(value: unknown): unknown {
    if (!(value instanceof ScriptObject) || !value.type.isModule) return toUser(value)
    let module = this.modules.get(value)
    if (!module) this.modules.set(value, (module = new ScriptModule(value, this.unit, this.runtime)))
    return module
  }
}
