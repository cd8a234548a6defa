import type { GraphFunction } from '@tsjit/ir'
import { saveArchive, saveArchiveFile, type SaveOptions } from '@tsjit/serializer'
import type { ScriptModule } from './script-module.ts'

export type JitSaveOptions = Pick<SaveOptions, 'extraFiles'>

/**
 * Writes a module as an archive that `torch.jit.load` opens, here and in PyTorch. The file is replaced only when all went well.
 * Throws TSJ_SAVE_HOST_CALLS for modules that call host functions, TSJ_SAVE_VALUE for attributes that archives cannot hold.
 */
export function save(module: ScriptModule, path: string, options: JitSaveOptions = {}): void {
  saveArchiveFile(module, path, complete(module, options))
}

/** The same as bytes: equal modules give equal bytes. */
export function saveToBuffer(module: ScriptModule, options: JitSaveOptions = {}): Uint8Array {
  return saveArchive(module, complete(module, options)) as Uint8Array
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
