import { CompilationUnit } from '@tsjit/ir'
import type { Statement } from '@tsjit/parser'
import { Source } from '@tsjit/types'
import type { HostFunctions } from './host-function.ts'
import { librarySources } from './library/index.ts'
import { isKnownModule, knownName, type NameOwner } from './module-names.ts'
import { PythonDispatch } from './python-function.ts'
import { OperatorNamespace, PythonModule } from './python-module.ts'
import { type PythonObject, PythonOpaque, PythonOperator, PythonRefused } from './python-object.ts'
import { SourceModule } from './source-module.ts'

export interface PythonProgramOptions {
  /** Where functions and classes go; a new unit where absent. */
  readonly unit?: CompilationUnit
  /** The text of a module that a file imports, where it is not one of Python's or PyTorch's own. */
  readonly loadModule?: (path: string) => Source | undefined
}

/** Python files that are compiled together, with Python's and PyTorch's own modules around them. */
export class PythonProgram implements NameOwner {
  readonly unit: CompilationUnit
  /** Functions of the host's language for those that stay Python's; programs may run without. */
  hostFunctions: HostFunctions | undefined
  private readonly modules = new Map<string, PythonObject | undefined>()
  private readonly libraries = new Map<string, SourceModule>()

  constructor(private readonly options: PythonProgramOptions = {}) {
    this.unit = options.unit ?? new CompilationUnit()
  }

  /** Adds a file. Throws `CompileError` where it does not parse; its functions are compiled when they are asked for. */
  add(source: Source, name = '__main__', env: ReadonlyMap<string, PythonObject> = new Map(), body?: readonly Statement[]): SourceModule {
    const module = new SourceModule(this, name, source, env, body)
    this.modules.set(name, module)
    return module
  }

  module(path: string): PythonObject | undefined {
    if (!this.modules.has(path)) this.modules.set(path, this.makeModule(path))
    return this.modules.get(path)
  }
  private makeModule(path: string): PythonObject | undefined {
    if (path === 'torch.ops') return new OperatorNamespace()
    if (path === 'torch._ops') return new PythonModule(path, (name) => (name === 'ops' ? this.module('torch.ops') : undefined))
    // Classes that extensions bind: none here.
    if (path === 'torch.classes') return new PythonModule(path, () => new PythonModule(path, () => undefined))
    if (path === 'torch._VF') return new PythonModule(path, (name) => new PythonOperator(`aten::${name}`))
    if (isKnownModule(path)) {
      return new PythonModule(path, (name) =>
        path === 'torch' && (name === 'ops' || name === 'classes') ? this.module(`torch.${name}`) : knownName(this, path, name),
      )
    }
    const library = this.libraryModule(path)
    if (library) return new PythonModule(path, (name) => library.attr(name))
    const source = this.options.loadModule?.(path)
    if (source) return new SourceModule(this, path, source)
    return undefined
  }

  importModule(path: string): PythonObject {
    return this.module(path) ?? new PythonModule(path, (name) => this.module(`${path}.${name}`) ?? new PythonOpaque('function', name))
  }
  importName(path: string, name: string): PythonObject | undefined {
    return this.importModule(path).attr(name) ?? this.module(`${path}.${name}`)
  }

  /** What every function sees: Python's builtins, and what its `typing` has. */
  builtin(name: string): PythonObject | undefined {
    const found = knownName(this, 'builtins', name) ?? knownName(this, 'typing', name)
    // Two classes of `typing` have names with a dot.
    if (found || (name !== 're' && name !== 'io')) return found
    return new PythonRefused('type', `Could not get qualified name for class 'typing.${name}': 'typing.${name}' is not a valid identifier`)
  }

  library(qualifiedName: string): PythonObject | undefined {
    const dot = qualifiedName.lastIndexOf('.')
    return this.libraryModule(qualifiedName.slice(0, dot))?.attr(qualifiedName.slice(dot + 1))
  }
  private libraryModule(path: string): SourceModule | undefined {
    let module = this.libraries.get(path)
    if (!module && Object.hasOwn(librarySources, path)) {
      module = new SourceModule(this, path, new Source(librarySources[path], `${path}.py`))
      this.libraries.set(path, module)
    }
    return module
  }
  dispatch(module: string, name: string, text: string): PythonObject {
    // These two choose twice: by `return_inverse`, then by `return_counts`.
    const inner = { unique: '_return_inverse', unique_consecutive: '_consecutive_return_inverse' }[name]
    if (inner !== undefined) {
      const choice = (outcome: boolean) => (): PythonObject | undefined => knownName(this, 'torch.functional', `${inner}_${outcome}`)
      return new PythonDispatch(choice(true), choice(false), 'return_inverse', name === 'unique' ? 2 : 1)
    }
    const [whenTrue, whenFalse, argument, index] = text.split(' ')
    const find = (name: string) => (): PythonObject | undefined =>
      this.library(`${module}.${name}`) ?? this.library(`torch.functional.${name}`) ?? this.library(`torch.nn.functional.${name}`)
    return new PythonDispatch(find(whenTrue), find(whenFalse), argument, Number(index))
  }
}
