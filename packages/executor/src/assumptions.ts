import type { ScriptObject, Tensor } from '@tsjit/runtime'

/** What a specialised graph relies on: attributes of modules, the data of parameters, the contents of lists. */
export class Assumptions {
  /** Every module of the tree that was looked at. */
  private readonly modules = new Set<ScriptObject>()
  private moduleList: ScriptObject[] = []
  private tensors: Tensor[] = []
  private versions: number[] = []
  /** Lists that became constants, with what they held. */
  private readonly lists: { readonly list: readonly unknown[]; readonly copy: readonly unknown[] }[] = []
  private epochs = 0

  constructor(
    /** Tensors that the program itself writes: no ground to specialise anew. */
    private readonly written: WeakSet<Tensor>,
  ) {}

  module(object: ScriptObject): void {
    this.modules.add(object)
  }
  tensor(tensor: Tensor): void {
    if (!this.written.has(tensor)) this.tensors.push(tensor)
  }
  list(list: readonly unknown[]): void {
    this.lists.push({ list, copy: [...list] })
  }

  /** Remembers the state that the graph was made for. */
  take(): void {
    this.moduleList = [...this.modules]
    this.tensors = [...new Set(this.tensors)]
    this.epochs = this.sumEpochs()
    this.versions = this.tensors.map(({ storage }) => storage.version)
  }

  hold(): boolean {
    return this.sumEpochs() === this.epochs && this.sameVersions() && this.lists.every(({ list, copy }) => sameItems(list, copy))
  }

  /** After a run: tensors that changed under it are the program's own. */
  afterRun(): void {
    if (this.sameVersions()) return
    const kept = this.tensors.filter(({ storage }, i) => storage.version === this.versions[i])
    for (const tensor of this.tensors) if (!kept.includes(tensor)) this.written.add(tensor)
    this.tensors = kept
    this.versions = kept.map(({ storage }) => storage.version)
  }

  private sumEpochs(): number {
    let sum = 0
    for (const { epoch } of this.moduleList) sum += epoch
    return sum
  }
  private sameVersions(): boolean {
    const { tensors, versions } = this
    for (let i = 0; i < tensors.length; i++) if (tensors[i].storage.version !== versions[i]) return false
    return true
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}
