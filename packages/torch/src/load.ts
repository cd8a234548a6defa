import type { GraphFunction } from '@tsjit/ir'
import { type ByteSource, BytesSource, FileSource, loadArchive, type MapLocation } from '@tsjit/serializer'
import { openFiles } from './open-files.ts'
import { defaultRuntime, type Runtime } from './runtime.ts'
import { ScriptModule } from './script-module.ts'

export interface JitLoadOptions {
  /** Where tensors go: a device for all, a device for each saved location, or a function of the location. As saved where absent. */
  readonly mapLocation?: MapLocation
  readonly runtime?: Runtime
  /** Lets graphs hold operators that do not exist here, for tools that only look; calling one throws TSJ_UNKNOWN_OPERATOR. */
  readonly keepUnknownOperators?: boolean
}

/** Loads a TorchScript archive from a path or from bytes. Throws `ArchiveError`, `CompileError`. */
export async function load(source: string | Uint8Array | ArrayBuffer, options: JitLoadOptions = {}): Promise<ScriptModule> {
  return loadSync(source, options)
}

/** The same at once: nothing of loading waits for anything but the disk. */
export function loadSync(
  source: string | Uint8Array | ArrayBuffer,
  { mapLocation, runtime = defaultRuntime(), keepUnknownOperators = false }: JitLoadOptions = {},
): ScriptModule {
  const file = typeof source === 'string' ? FileSource.open(source) : undefined
  const bytes: ByteSource = file ?? new BytesSource(source instanceof ArrayBuffer ? new Uint8Array(source) : (source as Uint8Array))
  try {
    const archive = loadArchive(bytes, {
      dispatcher: runtime.dispatcher,
      ...(mapLocation === undefined ? {} : { mapLocation }),
      callMethod: (_unit, object, method, args) => {
        const fn = object.type.methods.get(method) as GraphFunction
        return runtime.executor.compile(fn, fn.name).run([object, ...args])
      },
    })
    archive.unit.keepsUnknownOperators = keepUnknownOperators
    const module = new ScriptModule(archive.module, archive.unit, runtime, archive, file)
    // Code is read when it is first needed, so the file stays open as long as the module lives.
    if (file) openFiles.register(module, file, module)
    return module
  } catch (error) {
    file?.close()
    throw error
  }
}
