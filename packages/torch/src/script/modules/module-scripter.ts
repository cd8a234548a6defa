import {
  Interpreter,
  ModuleCompiler,
  type ModuleInstance,
  ModuleTypes,
  PythonClass,
  type PythonHost,
  type PythonProgram,
  type SourceModule,
} from '@tsjit/compiler'
import type { ScriptObject } from '@tsjit/runtime'
import { CompileError } from '@tsjit/types'
import type { Runtime } from '../../runtime.ts'
import { ScriptModule } from '../../script-module.ts'
import { pythonHost } from './python-host.ts'
import { ScriptObjects } from './script-object.ts'

const scripters = new WeakMap<PythonProgram, ModuleScripter>()

/** Modules of a program of Python: constructs them, and makes them TorchScript. */
export class ModuleScripter {
  readonly interpreter: Interpreter
  readonly types: ModuleTypes
  readonly compiler: ModuleCompiler
  private readonly objects: ScriptObjects

  private constructor(readonly program: PythonProgram) {
    this.interpreter = new Interpreter(program, pythonHost)
    this.types = new ModuleTypes(this.interpreter)
    this.compiler = new ModuleCompiler(this.types)
    this.objects = new ScriptObjects(this.types)
  }
  static of(program: PythonProgram): ModuleScripter {
    let found = scripters.get(program)
    if (!found) scripters.set(program, (found = new ModuleScripter(program)))
    return found
  }

  /** The program with another host. */
  interpreterWith(host: PythonHost): Interpreter {
    return new Interpreter(this.program, host)
  }

  /** Runs the constructor of a class of a file. Throws TSJ_SCRIPT_NAME, `PythonError`. */
  construct(
    module: SourceModule,
    name: string,
    args: readonly unknown[],
    keywords: ReadonlyMap<string, unknown> = new Map(),
  ): ModuleInstance {
    const cls = module.lookup(name)
    if (!(cls instanceof PythonClass) || cls.kind !== 'module') {
      throw new CompileError('TSJ_SCRIPT_NAME', `'${module.source.filename}' defines no module class '${name}'`, {
        hint: `it defines: ${module.definedNames.join(', ') || 'nothing'}`,
      })
    }
    return this.interpreter.instantiate(cls, args, keywords) as ModuleInstance
  }

  /** What `torch.jit.script(module)` makes. Throws `CompileError`. */
  script(instance: ModuleInstance, runtime: Runtime): ScriptModule {
    return new ScriptModule(this.object(instance), this.program.unit, runtime)
  }
  /** The same as an object, its methods compiled. */
  object(instance: ModuleInstance): ScriptObject {
    return this.objects.ofModule(instance, this.compiler.compile(instance))
  }
}
