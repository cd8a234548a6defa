import { operatorByKey } from '@tsjit/ops'
import {
  Boxed,
  type CompiledSegment,
  cpu,
  SegmentBailout,
  type SegmentCompiler,
  type SegmentInstruction,
  type SegmentProgram,
  Storage,
  Tensor,
} from '@tsjit/runtime/backend'
import { FloatType, RuntimeError } from '@tsjit/types'
import type { Addon } from './addon.ts'
import { Doubles, encodeProgram, ValueEncoder } from './encode.ts'
import type { CpuMemory } from './memory.ts'
import { type PlanTemplate, parseTemplate, type ResultTemplate, type TensorTemplate } from './template.ts'

const maxTemplates = 256

export class CpuSegmentCompiler implements SegmentCompiler {
  private readonly known = new Map<string, boolean>()
  constructor(
    private readonly addon: Addon,
    private readonly memory: CpuMemory,
  ) {}

  supports(op: string): boolean {
    let known = this.known.get(op)
    if (known === undefined) this.known.set(op, (known = this.addon.supports(op)))
    return known
  }
  compile(program: SegmentProgram): CpuSegment {
    return new CpuSegment(this.addon, this.memory, program)
  }
}

const finalizer = new FinalizationRegistry<{ addon: Addon; handle: number }>(({ addon, handle }) => addon.dispose(handle))

/** One call frame in memory that both sides know: signature, addresses, floats, result addresses. */
export class CpuSegment implements CompiledSegment {
  private readonly handle: number
  private readonly encoder: ValueEncoder
  private readonly constants: readonly Tensor[]
  private readonly frozen: readonly Storage[]
  private readonly mutates: boolean
  private constantVersions = 0
  private results = new Doubles(16)
  private template: PlanTemplate | undefined
  private readonly templates = new Map<number, PlanTemplate>()
  private boundSignature: Float64Array | undefined
  private boundAddresses: Float64Array | undefined
  private boundFloats: Float64Array | undefined
  private boundResults: Float64Array | undefined
  /** Inputs whose signature is written in one go: tensors, floats and plain scalars. */
  private readonly simple: boolean
  private readonly inputCount: number
  private last: unknown[] = []
  private readonly lastShapes: (readonly number[])[] = []
  private readonly lastStrides: (readonly number[])[] = []
  private readonly lastDTypes: string[] = []
  private runs = 0
  private replans = 0

  constructor(
    private readonly addon: Addon,
    private readonly memory: CpuMemory,
    private readonly program: SegmentProgram,
  ) {
    const { words, strings } = encodeProgram(program)
    this.mutates = writes(program.body)
    this.inputCount = program.inputs.length
    this.simple = program.inputs.every(({ type }) => ['tensor', 'int', 'float', 'bool', 'str', 'none', 'device'].includes(type))
    const encoded = this.encodeConstants()
    this.constants = encoded.leaves
    this.frozen = [...new Set(encoded.leaves.map((tensor) => tensor.storage))]
    this.constantVersions = this.versions()
    this.handle = addon.compile(words, strings, program.name, encoded.signature.used(), encoded.addresses.used())
    if (this.handle < 0) throw this.bailout()
    this.encoder = new ValueEncoder(memory, this.mutates)
    finalizer.register(this, { addon, handle: this.handle }, this)
  }

  run(inputs: readonly unknown[]): unknown[] {
    const template = this.prepare(inputs)
    const { addon, handle } = this
    const { outputBytes } = template
    const results = this.results.array
    const count = outputBytes.length
    this.runs++
    if (count === 1 && outputBytes[0] <= 4096) {
      // the common small case: one ordinary array buffer, whose address comes back in the frame
      const bytes = outputBytes[0]
      const buffer = new ArrayBuffer(bytes)
      results[0] = 0
      if (addon.run(handle, buffer) !== undefined) throw this.failure()
      return this.collect(template, inputs, [new Storage(cpu, bytes, buffer, results[0])])
    }
    const storages = new Array<Storage>(count)
    for (let i = 0; i < count; i++) {
      const storage = this.memory.allocate(outputBytes[i], cpu)
      storages[i] = storage
      // an empty output has no address; any that is not 0 will do
      results[i] = storage.address || 64
    }
    if (addon.run(handle) !== undefined) throw this.failure()
    return this.collect(template, inputs, storages)
  }

  async runAsync(inputs: readonly unknown[], signal?: AbortSignal): Promise<unknown[]> {
    signal?.throwIfAborted()
    const template = this.prepare(inputs)
    const { memory } = this
    const results = this.results.array
    const storages = template.outputBytes.map((bytes) => memory.allocateExternal(Math.max(bytes, 1), cpu))
    for (let i = 0; i < storages.length; i++) results[i] = storages[i].address
    const pinned = new Set([
      ...this.leavesOf(inputs).map((leaf) => leaf.storage),
      ...this.constants.map((leaf) => leaf.storage),
      ...storages,
    ])
    for (const storage of pinned) memory.pin(storage)
    // floats as they are now: another call may overwrite the frame
    const floats = Array.from(this.encoder.floats.used())
    this.runs++
    try {
      await this.addon.runAsync(this.handle, this.encoder.addresses.length, this.encoder.floats.length)
    } catch (error) {
      throw runFailure((error as Error).message) ?? error
    } finally {
      for (const storage of pinned) memory.unpin(storage)
    }
    return this.collect(template, inputs, storages, floats)
  }

  statistics(): Readonly<Record<string, number>> {
    const rows = this.addon
      .listing(this.handle)
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    const named = (name: string): number => Number(rows.find(([first]) => first === name)?.[1] ?? 0)
    return {
      runs: this.runs,
      replans: this.replans,
      plans: named('plans'),
      steps: Math.max(0, rows.length - 3),
      arenaBytes: named('arena'),
      staticBytes: named('static'),
    }
  }
  /** The last plan's steps: name, node, mean nanoseconds (0 without `profile`). For logs and tests. */
  steps(): { name: string; node: number; nanoseconds: number }[] {
    return this.addon
      .listing(this.handle)
      .trimEnd()
      .split('\n')
      .slice(0, -3)
      .map((line) => {
        const [name, node, time] = line.split('\t')
        return { name, node: Number(node), nanoseconds: Number(time) }
      })
  }
  profile(on: boolean): void {
    this.addon.profile(this.handle, on)
  }
  dispose(): void {
    finalizer.unregister(this)
    this.addon.dispose(this.handle)
  }

  // --- inputs ---------------------------------------------------------------------------------------------------

  private versions(): number {
    let sum = 0
    for (const storage of this.frozen) sum += storage.version
    return sum
  }

  private encodeConstants(): ValueEncoder {
    const encoder = new ValueEncoder(this.memory, false, true)
    for (const { value, type, frozen } of this.program.constants) encoder.value(value, type, frozen)
    return encoder
  }

  /** Fills the frame and makes sure that the addon's last plan is the one for these inputs. */
  private prepare(inputs: readonly unknown[]): PlanTemplate {
    const versions = this.versions()
    if (versions !== this.constantVersions) {
      this.constantVersions = versions
      this.template = undefined
      this.templates.clear()
      const encoded = this.encodeConstants()
      if (!this.addon.setConstants(this.handle, encoded.signature.used(), encoded.addresses.used())) throw this.bailout()
    }
    const { template } = this
    if (template !== undefined && this.simple && this.sameSignature(inputs) && this.guardsHold(template)) return template
    return this.replan(inputs)
  }

  /** Whether only addresses and floats changed since the last call; writes these. */
  private sameSignature(inputs: readonly unknown[]): boolean {
    const { last, encoder } = this
    const addresses = encoder.addresses.array
    const floats = encoder.floats.array
    let leaf = 0
    let float = 0
    for (let i = 0; i < this.inputCount; i++) {
      const value = inputs[i]
      if (value instanceof Tensor) {
        if (value.shape !== this.lastShapes[i] || value.strides !== this.lastStrides[i]) {
          if (!sameNumbers(value.shape, this.lastShapes[i]) || !sameNumbers(value.strides, this.lastStrides[i])) return false
          this.lastShapes[i] = value.shape
          this.lastStrides[i] = value.strides
        }
        if (value.dtype !== this.lastDTypes[i] || value.isWrappedNumber) return false
        const { storage } = value
        if (this.mutates && this.inputCount > 1) {
          for (let k = 0; k < i; k++) if (inputs[k] instanceof Tensor && (inputs[k] as Tensor).storage === storage) return false
        }
        addresses[leaf++] = (storage.address || this.memory.addressOfStorage(storage)) + value.offset * value.itemSize
      } else if (typeof value === 'number' && this.program.inputs[i].type === 'float') {
        floats[float++] = value
      } else if (value !== last[i]) {
        return false
      }
    }
    return true
  }

  private guardsHold({ guards }: PlanTemplate): boolean {
    const floats = this.encoder.floats.array
    for (let i = 0; i < guards.length; i += 2) if (!Object.is(floats[guards[i]], guards[i + 1])) return false
    return true
  }

  private replan(inputs: readonly unknown[]): PlanTemplate {
    this.replans++
    const { encoder, program, addon, handle } = this
    this.template = undefined
    if (inputs.length !== this.inputCount)
      throw new RangeError(`segment '${program.name}' takes ${this.inputCount} inputs, not ${inputs.length}`)
    encoder.reset()
    if (this.mutates) {
      encoder.findAliases(inputs)
      for (const { storage } of this.leavesOf(inputs)) {
        if (this.constants.some((constant) => constant.storage === storage))
          throw new SegmentBailout('an input shares memory with a constant of a segment that writes in place')
      }
    }
    let aliased = false
    for (let i = 0; i < this.inputCount; i++) {
      const value = inputs[i]
      encoder.value(value, program.inputs[i].type)
      if (value instanceof Tensor) {
        this.lastShapes[i] = value.shape
        this.lastStrides[i] = value.strides
        this.lastDTypes[i] = value.isWrappedNumber ? '' : value.dtype
        for (let k = 0; this.mutates && k < i; k++)
          aliased ||= inputs[k] instanceof Tensor && (inputs[k] as Tensor).storage === value.storage
      }
    }
    this.last = [...inputs]
    for (let i = 0; i < this.last.length; i++) if (this.last[i] instanceof Tensor) this.last[i] = undefined
    this.bind()
    const id = addon.plan(handle, encoder.signature.length)
    if (id < 0) throw this.bailout()
    let template = this.templates.get(id)
    if (!template) {
      template = parseTemplate(
        id,
        addon.template(handle),
        program.outputs.map((output) => output.type),
      )
      if (this.templates.size >= maxTemplates) this.templates.clear()
      this.templates.set(id, template)
      if (this.results.array.length < template.outputBytes.length) {
        this.results = new Doubles(template.outputBytes.length * 2)
        this.bind()
      }
    }
    // aliased inputs are written by storage: never the short way
    if (!aliased) this.template = template
    return template
  }

  private bind(): void {
    const { encoder, results } = this
    if (
      encoder.signature.array === this.boundSignature &&
      encoder.addresses.array === this.boundAddresses &&
      encoder.floats.array === this.boundFloats &&
      results.array === this.boundResults
    )
      return
    this.boundSignature = encoder.signature.array
    this.boundAddresses = encoder.addresses.array
    this.boundFloats = encoder.floats.array
    this.boundResults = results.array
    this.addon.bind(this.handle, this.boundSignature, this.boundAddresses, this.boundFloats, this.boundResults)
  }

  private leavesOf(inputs: readonly unknown[]): Tensor[] {
    const leaves: Tensor[] = []
    const visit = (value: unknown): void => {
      if (value instanceof Tensor) leaves.push(value)
      else if (Array.isArray(value)) value.forEach(visit)
      else if (value instanceof Boxed) visit(value.value)
    }
    inputs.forEach(visit)
    return leaves
  }

  /** Why a run stopped: what a step threw (steps have run by then, so nothing may run again), else a bail-out. */
  private failure(): Error {
    return runFailure(this.addon.lastError()) ?? this.bailout()
  }

  private bailout(): SegmentBailout {
    const message = this.addon.lastError().replace(/^~.*\t/s, '')
    return message.startsWith('!') ? new SegmentBailout(message.slice(1), true) : new SegmentBailout(message)
  }

  // --- outputs --------------------------------------------------------------------------------------------------

  private collect(template: PlanTemplate, inputs: readonly unknown[], storages: readonly Storage[], floats?: readonly number[]): unknown[] {
    const { results, written } = template
    let leaves: readonly Tensor[] | undefined
    if (written.length > 0) {
      leaves = this.leavesOf(inputs)
      for (const leaf of written) {
        const tensor = leaf >= 0 ? leaves[leaf] : this.constants[-1 - leaf]
        tensor.storage.version++
      }
      this.constantVersions = this.constantsWritten(written) ? this.versions() : this.constantVersions
    }
    const outputs = new Array<unknown>(results.length)
    for (let i = 0; i < results.length; i++) {
      const result = results[i]
      if (result.kind === 'tensor' && result.source === 'output')
        outputs[i] = new Tensor(storages[result.index], result.dtype, result.shape, result.strides, result.offset)
      else outputs[i] = this.result(result, (leaves ??= this.leavesOf(inputs)), storages, floats)
    }
    return outputs
  }

  private constantsWritten(written: readonly number[]): boolean {
    return written.some((leaf) => leaf < 0)
  }

  private result(result: ResultTemplate, leaves: readonly Tensor[], storages: readonly Storage[], floats?: readonly number[]): unknown {
    switch (result.kind) {
      case 'value':
        return result.value
      case 'float': {
        const value = floats ? floats[result.input] : this.encoder.floats.array[result.input]
        return result.boxed ? new Boxed(FloatType, value) : value
      }
      case 'list':
        return result.items.map((item) => this.result(item, leaves, storages, floats))
      case 'tensor':
        return this.tensor(result, leaves, storages)
    }
  }

  private tensor(result: TensorTemplate, leaves: readonly Tensor[], storages: readonly Storage[]): Tensor {
    const { source, index, same } = result
    if (source === 'output') return new Tensor(storages[index], result.dtype, result.shape, result.strides, result.offset)
    if (source === 'constant') {
      const constant = this.constants[index]
      // constants are encoded from their own first element
      const base = (constant.offset * constant.itemSize) / result.itemSize
      if (
        constant.dtype === result.dtype &&
        result.offset === 0 &&
        sameNumbers(constant.shape, result.shape) &&
        sameNumbers(constant.strides, result.strides)
      )
        return constant
      return new Tensor(constant.storage, result.dtype, result.shape, result.strides, base + result.offset)
    }
    if (same >= 0) return leaves[same]
    const leaf = leaves[index]
    const grouped = this.mutates && leaves.some((other, i) => i !== index && other.storage === leaf.storage)
    const base = grouped ? 0 : (leaf.offset * leaf.itemSize) / result.itemSize
    const tensor = new Tensor(leaf.storage, result.dtype, result.shape, result.strides, base + result.offset)
    tensor.isWrappedNumber = result.wrapped
    return tensor
  }
}

/** `RunFailure` of `native/include/tsjit/failure.h` as it crosses the bridge: "~code, Python class, message", with tabs. */
function runFailure(text: string): RuntimeError | undefined {
  const [, code, pythonClass, message] = /^~(.*?)\t(.*?)\t(.*)$/s.exec(text) ?? []
  if (code === undefined) return undefined
  const error = new RuntimeError(code, message)
  error.pythonClass = pythonClass
  return error
}

function sameNumbers(a: readonly number[], b: readonly number[] | undefined): boolean {
  if (!b || a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Whether any instruction writes a tensor in place. */
function writes(body: readonly SegmentInstruction[]): boolean {
  return body.some(({ op, blocks }) => operatorByKey(op)?.schema.isMutable === true || (blocks ?? []).some((block) => writes(block.body)))
}
