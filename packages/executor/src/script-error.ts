import type { Node } from '@tsjit/ir'
import { isStackOverflow, RuntimeError, type SourceRange, TsjitError } from '@tsjit/types'

/** One frame of a script traceback. */
export interface Frame {
  readonly range: SourceRange
  /** The function's own name: `forward`. */
  readonly name: string
}

/** An error of a running program with where it happened. The message is PyTorch's "Traceback of TorchScript". */
export class ScriptError extends RuntimeError {
  override name = 'RuntimeError'
  /** Outermost first. */
  readonly frames: Frame[]
  private readonly lastLine: string

  constructor(code: string, reason: string, frames: Frame[], pythonClass: string | undefined, cause: unknown, hint: string | undefined) {
    const range = frames.at(-1)?.range
    super(code, reason, { cause, ...(range ? { range } : {}), ...(hint ? { hint } : {}) })
    this.frames = frames
    this.pythonClass = pythonClass
    this.lastLine = `${pythonClass ?? 'RuntimeError'}: ${reason}`
    this.message = this.traceback()
  }

  addOuterFrames(frames: readonly Frame[]): this {
    this.frames.unshift(...frames)
    this.message = this.traceback()
    return this
  }

  private traceback(): string {
    const lines = ['The following operation failed in the TorchScript interpreter.', 'Traceback of TorchScript (most recent call last):']
    for (const { range, name } of this.frames) {
      const text = range.highlight()
      const end = text.indexOf('\n')
      lines.push(end < 0 ? `${text}, in ${name}` : `${text.slice(0, end)}, in ${name}${text.slice(end)}`)
    }
    lines.push(this.lastLine)
    if (this.hint) lines.push(`hint: ${this.hint}`)
    return lines.join('\n')
  }
}

/** The frames of a node: the calls it was inlined through, then its own place. */
function framesOf(node: Node, functionName: string): Frame[] {
  const short = functionName.slice(functionName.lastIndexOf('.') + 1)
  const frames = (node.callStack ?? []).map((range) => ({ range: range.original(), name: short }))
  if (node.sourceRange) frames.push({ range: node.sourceRange.original(), name: short })
  return frames
}

/** What to throw when `error` came out of `node`: cancellations as they are, errors of inner functions with a frame more. */
export function errorAt(error: unknown, node: Node | undefined, functionName: string): unknown {
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'SegmentBailout')) return error
  const frames = node ? framesOf(node, functionName) : []
  if (error instanceof ScriptError) return error.addOuterFrames(frames)
  if (error instanceof TsjitError) {
    const pythonClass = error instanceof RuntimeError ? error.pythonClass : undefined
    return new ScriptError(error.code, error.reason, frames, pythonClass, error, error.hint)
  }
  if (isStackOverflow(error)) {
    return new ScriptError(
      'TSJ_STACK_OVERFLOW',
      'the program calls too deeply',
      frames,
      undefined,
      error,
      'run node with a larger --stack-size',
    )
  }
  if (error instanceof RangeError && /^(Invalid (array|string|typed array) length|Array buffer allocation failed)/.test(error.message)) {
    return new ScriptError('TSJ_OUT_OF_MEMORY', 'a value is too large to be held in memory', frames, undefined, error, undefined)
  }
  const what = error instanceof Error ? error.message : String(error)
  return new ScriptError('TSJ_INTERNAL', `${node?.kind ?? 'the program'} failed: ${what}`, frames, undefined, error, undefined)
}
