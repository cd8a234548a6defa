import type { CompilationUnit } from '@tsjit/ir'
import type { ScriptObject } from '@tsjit/runtime'
import type { TracerWarning } from '@tsjit/tracer'
import { objectText } from '../module-text.ts'
import type { Runtime } from '../runtime.ts'
import { ScriptModule } from '../script-module.ts'

/** A module that tracing made: the tree, the parameters and the buffers of the original (whose memory it shares), and the traced methods. */
export class TracedModule extends ScriptModule {
  constructor(
    object: ScriptObject,
    unit: CompilationUnit,
    runtime: Runtime,
    /** The class of the original. */
    readonly originalName: string,
    /** What the tracer and the check of the trace warned of. */
    readonly tracerWarnings: readonly TracerWarning[],
  ) {
    super(object, unit, runtime)
  }

  override toString(): string {
    return objectText(this.object, (original) => original)
  }
}
