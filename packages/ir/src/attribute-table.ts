import type { AttributeValue } from './attributes.ts'

/** A node's attributes in the order in which they were set. Most nodes that have any have one: a `Map` for each would be most of a graph. */
export class AttributeTable implements Iterable<[string, AttributeValue]> {
  private firstName: string | undefined
  private firstValue: AttributeValue | undefined
  private others: Map<string, AttributeValue> | undefined

  get size(): number {
    return this.firstName === undefined ? 0 : 1 + (this.others?.size ?? 0)
  }
  get(name: string): AttributeValue | undefined {
    return name === this.firstName ? this.firstValue : this.others?.get(name)
  }
  has(name: string): boolean {
    return name === this.firstName || (this.others?.has(name) ?? false)
  }
  set(name: string, value: AttributeValue): this {
    if (this.firstName === undefined || this.firstName === name) {
      this.firstName = name
      this.firstValue = value
    } else (this.others ??= new Map()).set(name, value)
    return this
  }
  delete(name: string): boolean {
    if (name !== this.firstName) return this.others?.delete(name) ?? false
    const next = this.others?.entries().next().value
    this.firstName = next?.[0]
    this.firstValue = next?.[1]
    if (next) this.others!.delete(next[0])
    return true
  }
  keys(): IterableIterator<string> {
    return this.asMap().keys()
  }
  values(): IterableIterator<AttributeValue> {
    return this.asMap().values()
  }
  [Symbol.iterator](): IterableIterator<[string, AttributeValue]> {
    return this.asMap().entries()
  }
  private asMap(): Map<string, AttributeValue> {
    if (this.firstName === undefined) return new Map()
    return new Map([[this.firstName, this.firstValue!], ...(this.others ?? [])])
  }
}
