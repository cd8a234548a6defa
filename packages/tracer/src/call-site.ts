import { fileURLToPath } from 'node:url'
import { Source, SourceRange } from '@tsjit/types'

/** A place in a program: the innermost frame of the stack that is no part of this library. */
export class CallSite {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: number,
    /** The frames of the program, innermost first, a line each: `file(line): function`. */
    readonly stack: string,
    /** Whether a layer of `nn` stands between the program and the operator. */
    readonly insideLayer: boolean,
  ) {}

  /** For the nodes of a graph. Its text is the stack, as a tracer has no source. */
  range(): SourceRange {
    return new SourceRange(new Source(this.stack, this.file, this.line), 0, this.stack.length)
  }
  toString(): string {
    return `${this.file}:${this.line}:${this.column}`
  }
}

interface Frame {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The folder that holds the folders of all packages. */
const packagesFolder = fileURLToPath(new URL('../..', import.meta.url)).replaceAll('\\', '/')

const ownFile = /^(types|ops|parser|ir|runtime|compiler|passes|tracer|nn|backend-\w+|executor|serializer|torch|cli)\/(?:src|dist)\//

/** The package of this library that a file belongs to, if it does. */
function packageOf(file: string): string | undefined {
  if (file.startsWith(packagesFolder)) {
    const found = ownFile.exec(file.slice(packagesFolder.length))
    if (found) return found[1]
  }
  const installed = /\/node_modules\/(@tsjit\/([\w-]+)|tsjit)\/(?:src|dist)\//.exec(file)
  return installed ? (installed[2] ?? 'cli') : undefined
}

/** Where the program stands now. */
export function callSite(): CallSite | undefined {
  const frames = currentFrames()
  const first = frames.findIndex(({ file }) => packageOf(file) === undefined)
  if (first < 0) return undefined
  const { file, line, column } = frames[first]
  const isOwn = ({ file }: Frame, i: number) => i === 0 || (packageOf(file) === undefined && !file.includes('/node_modules/'))
  const program = frames.slice(first).filter(isOwn)
  const stack = program.map((frame) => `${frame.file}(${frame.line}): ${frame.name}\n`).join('')
  const insideLayer = frames.slice(0, first).some((frame) => packageOf(frame.file) === 'nn')
  return new CallSite(file, line, column, stack, insideLayer)
}

function currentFrames(): Frame[] {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 40
  const text = new Error().stack ?? ''
  Error.stackTraceLimit = stackTraceLimit
  return text.split('\n').flatMap((row) => {
    const found = /^\s+at (?:async )?(?:(.*?) \()?((?:file:\/\/)?[^()]*?):(\d+):(\d+)\)?$/.exec(row)
    if (!found || found[2].startsWith('node:')) return []
    const [, name, url, line, column] = found
    const file = url.startsWith('file://') ? fileURLToPath(url) : url
    return [{ name: name || '<anonymous>', file: file.replaceAll('\\', '/'), line: Number(line), column: Number(column) }]
  })
}
