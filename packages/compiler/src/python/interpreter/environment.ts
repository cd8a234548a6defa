/** The variables of a running function; those of the functions around it are seen, not set. */
export class Environment {
  private readonly variables = new Map<string, unknown>()
  constructor(private readonly parent: Environment | undefined) {}

  has(name: string): boolean {
    return this.variables.has(name) || (this.parent?.has(name) ?? false)
  }
  get(name: string): unknown {
    return this.variables.has(name) ? this.variables.get(name) : this.parent?.get(name)
  }
  set(name: string, value: unknown): void {
    this.variables.set(name, value)
  }
  delete(name: string): boolean {
    return this.variables.delete(name)
  }
}
