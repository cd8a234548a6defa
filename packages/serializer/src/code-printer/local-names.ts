/** What is an identifier but may not name a variable: keywords, and what the code's environment defines. */
const reserved = new Set([
  ...['_', 'as', 'aten', 'attribute', 'CONSTANTS', 'fork', 'getattr', 'inf', 'nan', 'infj', 'nanj', 'ops', '__torch__'],
  ...['and', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'False', 'finally', 'for'],
  ...['from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'None', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'True', 'try'],
  ...['with', 'while', 'yield', 'uninitialized', 'unchecked_cast', 'awaitable'],
])

export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(name)
}

/** A value's name as an identifier: other characters become `_`. */
export function toIdentifier(name: string): string {
  return `${name === '' || /^\d/.test(name) ? '_' : ''}${name.replace(/[^A-Za-z0-9_]/g, '_')}`
}

/** A value's name without the number that made it unique: `x.3` → `x`. */
export function nameBase(name: string): string {
  return /^(.*)\.\d+$/s.exec(name)?.[1] ?? name
}

/** Names that are unique within a function. */
export class LocalNames {
  private readonly used = new Set<string>()
  /** The next number behind each name that was taken. As in PyTorch, the counting follows the names that were tried. */
  private readonly next = new Map<string, number>()

  /** Begins a function: names may be used again, but the counting goes on through a file. */
  clear(): void {
    this.used.clear()
  }
  make(candidate: string): string {
    let name = candidate
    while (this.used.has(name) || reserved.has(name)) {
      const number = this.next.get(name) ?? 0
      this.next.set(name, number + 1)
      name = `${candidate}${number}`
    }
    this.used.add(name)
    return name
  }
}
