import type { Node } from '@tsjit/ir'
import { hide, isStackOverflow, nameErrors, RuntimeError, type SourceRange, TsjitError } from '@tsjit/types'
import { segmentKind } from './segments/partition.ts'

/** One frame of a script traceback. */
export interface Frame {
  /** In the program as it was written. */
  readonly range: SourceRange
  /** In the code of the archive, where the program comes from one. */
  readonly serialized?: SourceRange
  /** The function's own name: `forward`. */
  readonly name: string
}

/**
 * An error of a running program with where it happened. As PyTorch, it names the class of what the program itself raised, and no other. The message is PyTorch's "Traceback of TorchScript": for archives the places in their
 * code, and then those in the program that they were made of.
 */
export class ScriptError extends RuntimeError {
  /** Outermost first. */
  declare readonly frames: Frame[]
  declare private readonly lastLine: string
  static {
    nameErrors(ScriptError, 'RuntimeError')
  }

  constructor(code: string, reason: string, frames: Frame[], pythonClass: string | undefined, cause: unknown, hint: string | undefined) {
    const range = frames.at(-1)?.range
    super(code, reason, { ...(cause === undefined ? {} : { cause }), ...(range ? { range } : {}), ...(hint ? { hint } : {}) })
    hide(this, { frames, pythonClass, lastLine: `${(code === 'TSJ_RAISED' && pythonClass) || 'RuntimeError'}: ${reason}` })
    this.message = this.traceback()
  }

  addOuterFrames(frames: readonly Frame[]): this {
    this.frames.unshift(...frames)
    this.message = this.traceback()
    return this
  }

  private traceback(): string {
    const serialized = this.frames.some((frame) => frame.serialized)
    const lines = ['The following operation failed in the TorchScript interpreter.']
    lines.push(`Traceback of TorchScript${serialized ? ', serialized code' : ''} (most recent call last):`)
    for (const frame of this.frames) lines.push(place(frame.serialized ?? frame.range, frame.name))
    if (serialized) {
      lines.push('', 'Traceback of TorchScript, original code (most recent call last):')
      for (const { range, serialized, name } of this.frames) if (range !== serialized) lines.push(place(range, name))
    }
    lines.push(this.lastLine)
    if (this.hint) lines.push(`hint: ${this.hint}`)
    return lines.join('\n')
  }
}

function place(range: SourceRange, name: string): string {
  const text = range.highlight()
  if (!text.startsWith('  File ')) return text
  const end = text.indexOf('\n')
  return end < 0 ? `${text}, in ${name}` : `${text.slice(0, end)}, in ${name}${text.slice(end)}`
}

/** The frames of a node: the calls it was inlined through, then its own place. */
function framesOf(node: Node, functionName: string): Frame[] {
  const frames: Frame[] = []
  let name = functionName
  const add = (range: SourceRange): void => {
    frames.push({ range: range.original(), ...(range.source.origin ? { serialized: range } : {}), name: shortName(name) })
  }
  for (const { range, callee } of node.callStack ?? []) {
    add(range)
    name = callee
  }
  if (node.sourceRange) add(node.sourceRange)
  return frames
}

/** `forward` of `__torch__.Net.forward#1`, a region of it. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace(/#.*$/, '')
}

/** What to throw when `error` came out of `node`: cancellations as they are, errors of inner functions with a frame more. */
export function errorAt(error: unknown, node: Node | undefined, functionName: string): unknown {
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'SegmentBailout')) return error
  // A region's own nodes say where they are.
  if (error instanceof ScriptError && node?.kind === segmentKind) return error
  const frames = node ? framesOf(node, functionName) : []
  if (error instanceof ScriptError) return error.addOuterFrames(frames)
  if (error instanceof TsjitError) {
    const pythonClass = error instanceof RuntimeError ? error.pythonClass : undefined
    return new ScriptError(error.code, error.reason, frames, pythonClass, error.cause, error.hint)
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
