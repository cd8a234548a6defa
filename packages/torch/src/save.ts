import type { GraphFunction } from '@tsjit/ir'
import { rootOfPath, type SaveOptions, saveArchive } from '@tsjit/serializer'
import { pathOf } from './files/load-source.ts'
import { type SaveFile, type SaveStream, writeTarget } from './files/save-target.ts'
import { placeholderModule } from './script/placeholder-module.ts'
import { isScriptFunction, type ScriptFunction } from './script/script-function.ts'
import type { ScriptModule } from './script-module.ts'

export type JitSaveOptions = Pick<SaveOptions, 'extraFiles'>

/**
 * Writes a module as an archive that `torch.jit.load` opens, here and in PyTorch. A file is replaced only when all went well; a stream is waited for and
 * stays open. Throws TSJ_SAVE_HOST_CALLS for modules that call host functions, TSJ_SAVE_VALUE for attributes that archives cannot hold.
 */
export function save(module: ScriptModule | ScriptFunction, target: SaveFile, options?: JitSaveOptions): void
export function save(module: ScriptModule | ScriptFunction, target: SaveStream, options?: JitSaveOptions): Promise<void>
export function save(
  module: ScriptModule | ScriptFunction,
  target: SaveFile | SaveStream,
  options: JitSaveOptions = {},
): void | Promise<void> {
  const saved = moduleOf(module)
  const isFile = typeof target === 'string' || target instanceof URL
  const root = isFile ? { root: rootOfPath(pathOf(target)) } : {}
  return writeTarget(target, (sink) => void saveArchive(saved, { ...root, ...complete(saved, options), sink }))
}

/** The same as bytes: equal modules give equal bytes. */
export function saveToBuffer(module: ScriptModule | ScriptFunction, options: JitSaveOptions = {}): Uint8Array {
  const saved = moduleOf(module)
  return saveArchive(saved, complete(saved, options)) as Uint8Array
}

/** A function is saved as a module whose `forward` it is. */
function moduleOf(saved: ScriptModule | ScriptFunction): ScriptModule {
  return isScriptFunction(saved) ? placeholderModule(saved) : saved
}

function complete({ runtime }: ScriptModule, options: JitSaveOptions): SaveOptions {
  return {
    ...options,
    dispatcher: runtime.dispatcher,
    callMethod: (_unit, object, method, args) => {
      const fn = object.type.methods.get(method) as GraphFunction
      return runtime.executor.compile(fn, fn.name).run([object, ...args])
    },
  }
}
