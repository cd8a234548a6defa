import type { GraphFunction } from '@tsjit/ir'
import { type ByteSource, type LoadedArchive, loadArchive, type MapLocation } from '@tsjit/serializer'
import { isLoadStream, type LoadSource, type LoadStream, openSource, readStream } from './files/load-source.ts'
import { openFiles } from './open-files.ts'
import { defaultRuntime, type Runtime } from './runtime.ts'
import { ScriptModule } from './script-module.ts'

/** Names of extra files with what is to be replaced: a text by the file's text, anything else by its bytes. */
export type ExtraFiles = Map<string, string | Uint8Array | null> | Record<string, string | Uint8Array | null>

export interface JitLoadOptions {
  /** Where tensors go: a device for all, a device for each saved location, or a function of the location. As saved where absent. */
  readonly mapLocation?: MapLocation
  /** The files of these names that were saved beside the module are put in here; what the archive lacks stays as it is. */
  readonly extraFiles?: ExtraFiles
  /**
   * Lets large tensors of a file come into memory when they are first needed (true). The file must then not be written to as long as the module lives;
   * replacing it is fine.
   */
  readonly deferred?: boolean
  readonly runtime?: Runtime
  /** Lets graphs hold operators that do not exist here, for tools that only look; calling one throws TSJ_UNKNOWN_OPERATOR. */
  readonly keepUnknownOperators?: boolean
}

/** Loads a TorchScript archive from a path, the URL of a file, bytes or a stream. Throws `ArchiveError`, `CompileError`. */
export async function load(source: LoadSource | LoadStream, options: JitLoadOptions = {}): Promise<ScriptModule> {
  return loadSync(isLoadStream(source) ? await readStream(source) : source, options)
}

/** The same at once: nothing of loading waits for anything but the disk. */
export function loadSync(source: LoadSource, options: JitLoadOptions = {}): ScriptModule {
  const { runtime = defaultRuntime(), keepUnknownOperators = false, extraFiles } = options
  const { bytes, file } = openSource(source)
  try {
    const archive = readArchive(bytes, runtime, options)
    archive.unit.keepsUnknownOperators = keepUnknownOperators
    if (extraFiles) fillExtraFiles(extraFiles, archive)
    const module = new ScriptModule(archive.module, archive.unit, runtime, archive, file)
    // Code is read when it is first needed, so the file stays open as long as the module lives.
    if (file) openFiles.register(module, file, module)
    return module
  } catch (error) {
    file?.close()
    throw error
  }
}

/** What a TorchScript archive holds; the bytes must stay readable as long as its code is. */
export function readArchive(
  bytes: ByteSource,
  runtime: Runtime,
  { mapLocation, deferred }: Pick<JitLoadOptions, 'mapLocation' | 'deferred'>,
): LoadedArchive {
  return loadArchive(bytes, {
    dispatcher: runtime.dispatcher,
    ...(mapLocation === undefined ? {} : { mapLocation }),
    ...(deferred === undefined ? {} : { deferred }),
    callMethod: (_unit, object, method, args) => {
      const fn = object.type.methods.get(method) as GraphFunction
      return runtime.executor.compile(fn, fn.name).run([object, ...args])
    },
  })
}

function fillExtraFiles(files: ExtraFiles, { zip, layout }: LoadedArchive): void {
  const entries = files instanceof Map ? files : Object.entries(files)
  for (const [name, before] of entries) {
    const record = `${layout.root}extra/${name}`
    if (!zip.has(record)) continue
    const bytes = zip.read(record).slice()
    const content = typeof before === 'string' ? new TextDecoder().decode(bytes) : bytes
    if (files instanceof Map) files.set(name, content)
    else files[name] = content
  }
}
