import type { CompilationUnit } from '@tsjit/ir'
import { parseModule } from '@tsjit/parser'
import type { ScriptObject } from '@tsjit/runtime'
import { CompileError, Source } from '@tsjit/types'
import { ScriptModule } from '../../script-module.ts'
import { environmentOf, type ScriptEnvironment } from '../environment.ts'
import { dedent, templateText, withTorch } from '../source-text.ts'
import { templatePlace } from '../template-place.ts'
import { ModuleScripter } from './module-scripter.ts'
import { AdoptedModules, definitionsOf } from './written-module.ts'

/** What `AdoptedModules` compiled: for `define` afterwards. */
const compiled = new WeakMap<ScriptModule, AdoptedModules>()

/** Compiles a class of the program, and the classes of the program below it. Throws TSJ_SCRIPT_EMPTY, `CompileError`. */
export function compileWritten(module: ScriptModule): { readonly object: ScriptObject; readonly unit: CompilationUnit } {
  if (module.writtenMethods.list.length === 0) {
    throw new CompileError('TSJ_SCRIPT_EMPTY', `'${module.constructor.name}' has no script methods`, {
      hint: "write one as a field: forward = this.scriptMethod('def forward(self, x): …')",
    })
  }
  const adopted = new AdoptedModules(undefined, module.runtime)
  const object = adopted.scripter.object(adopted.of(module))
  const { unit } = adopted.program
  compiled.set(module, adopted)
  for (const [source, instance] of adopted.modules) {
    if (source instanceof ScriptModule && source !== module && source.isWritten) {
      source.becomeCompiled(adopted.scripter.object(instance), unit)
      compiled.set(source, adopted)
    }
  }
  return { object, unit }
}

/** Notes a method of a class of the program and returns its name. */
export function addMethod(
  module: ScriptModule,
  source: string | TemplateStringsArray | ((...args: never[]) => unknown),
  values: readonly unknown[],
): string {
  if (!module.isWritten) {
    throw new CompileError('TSJ_SCRIPT_METHOD', `'${module.className}' is compiled already`, { hint: 'use define() to add methods' })
  }
  if (typeof source === 'function') {
    const [options = {}] = values as [{ name?: string; types?: string; env?: ScriptEnvironment }?]
    const name = options.name ?? (source.name || 'forward')
    module.writtenMethods.list.push({
      name,
      text: Function.prototype.toString.call(source),
      kind: 'javascript',
      env: options.env,
      types: options.types,
      isExported: true,
    })
    return name
  }
  const template =
    typeof source === 'string'
      ? { text: source, env: (values[0] as { env?: ScriptEnvironment } | undefined)?.env }
      : templateText(source, values)
  const place =
    typeof source !== 'string' && module.runtime.executor.debug ? templatePlace(source, ScriptModule.prototype.scriptMethod) : undefined
  const method = { ...template, kind: 'python' as const, name: 'method', types: undefined, ...(place ? { place } : {}) }
  const defs = definitionsOf(method)
  if (defs.length === 0) throw new CompileError('TSJ_SCRIPT_EMPTY', 'the source defines no method', { hint: 'write a `def`' })
  const { name } = defs[defs.length - 1]
  module.writtenMethods.list.push({ ...method, name, isExported: true })
  return name
}

/** `ScriptModule.define`. */
export function defineMethods(module: ScriptModule, text: string, env: ScriptEnvironment | undefined): void {
  if (module.isWritten) {
    addMethod(module, text, [{ env }])
    return
  }
  const adopted = compiled.get(module) ?? new AdoptedModules(undefined, module.runtime)
  const { program } = adopted
  const instance = adopted.of(module)
  const scope = program.add(
    new Source('', '<define>'),
    '__main__',
    withTorch(program, environmentOf(env ?? {})),
    parseModule(new Source('', '<define>')).body,
  )
  const { compiler, types } = ModuleScripter.of(program)
  compiler.defineSource(types.typeOf(instance), dedent(text), scope)
}
