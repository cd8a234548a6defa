/** Python's names that the readers themselves use, and its keywords: a variable of the function gets another name. */
const taken = new Set(
  `len range min max abs round str float int bool math print isinstance tuple list enumerate zip torch self
  False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal
  not or pass raise return try while with yield`.split(/\s+/),
)

/**
 * The names of a function's variables. JavaScript's `let` and `const` live in their block, Python's variables in the function: a name that is
 * declared again, in a block inside or beside, becomes `name_1`.
 */
export class Scopes {
  private readonly open: Map<string, string>[] = [new Map()]
  private readonly used = new Set<string>()

  enter(): void {
    this.open.push(new Map())
  }
  leave(): void {
    this.open.pop()
  }

  /** Declares a name here, or in the function (`var`); counters of loops beside each other share theirs. */
  declare(name: string, where: 'block' | 'function' | 'counter' = 'block'): string {
    const scope = where === 'function' ? this.open[0] : this.open[this.open.length - 1]
    if (where === 'function' && scope.has(name)) return scope.get(name)!
    const isVisible = this.open.some((outer) => outer.has(name))
    let unique = name
    if (isVisible || taken.has(name) || (this.used.has(name) && where !== 'counter')) {
      for (let i = 1; this.used.has(unique) || taken.has(unique); i++) unique = `${name}_${i}`
    }
    this.used.add(unique)
    scope.set(name, unique)
    return unique
  }

  resolve(name: string): string {
    for (let i = this.open.length - 1; i >= 0; i--) {
      const found = this.open[i].get(name)
      if (found !== undefined) return found
    }
    return name
  }
}
