import type { Value } from '@tsjit/ir'
import { IntType, ListType, type SourceRange } from '@tsjit/types'
import { emitBuiltin } from '../builtin-calls.ts'
import { insertInt } from '../constants.ts'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import { SimpleValue } from './simple-value.ts'
import { SugaredValue } from './sugared-value.ts'
import { SugaredTupleValue } from './tuple.ts'

/** `range(…)`. With an end alone the loop's counter is the element. */
export class RangeValue extends SugaredValue {
  readonly kind = 'range'
  private readonly start: Value
  private readonly end: Value
  private readonly step: Value
  private readonly hasOnlyEnd: boolean

  constructor(
    emitter: FunctionEmitter,
    range: SourceRange,
    inputs: readonly Value[],
    private readonly length?: number,
  ) {
    super()
    inputs.forEach(({ type }, i) => {
      if (type.kind !== 'int') fail('TSJ_TYPE', `all inputs of range must be ints, found ${type.annotation()} in argument ${i}`, range)
    })
    const { graph } = emitter
    if (inputs.length === 0) fail('TSJ_ARGUMENTS', 'range expected at least 1 arguments, got 0', range)
    if (inputs.length > 3) fail('TSJ_ARGUMENTS', `range expected at most 3 arguments, got ${inputs.length}`, range)
    this.hasOnlyEnd = inputs.length === 1
    if (this.hasOnlyEnd) {
      this.end = inputs[0]
      this.start = insertInt(graph, 0, range)
      this.step = insertInt(graph, 1, range)
    } else {
      this.start = inputs[0]
      this.end = inputs[1]
      this.step = inputs[2] ?? insertInt(graph, 1, range)
    }
  }
  override iter(): SugaredValue {
    return this
  }
  override staticLength(): number | undefined {
    return this.length
  }
  override len(emitter: FunctionEmitter, range: SourceRange): Value {
    if (this.length !== undefined) return insertInt(emitter.graph, this.length, range)
    if (this.hasOnlyEnd) return this.end
    const args = [this.start, this.end, this.step].map((value) => ({ value, range }))
    return emitBuiltin(emitter, 'aten::__range_length', { args, kwargs: [] }, range)
  }
  override getItem(emitter: FunctionEmitter, range: SourceRange, index: Value): SugaredValue {
    if (this.hasOnlyEnd) return new SimpleValue(index)
    const args = [index, this.start, this.step].map((value) => ({ value, range }))
    return new SimpleValue(emitBuiltin(emitter, 'aten::__derive_index', { args, kwargs: [] }, range))
  }
}

/** `zip(…)` and `enumerate(…)`: iterables side by side. Its length is the shortest of its leaves'. */
export class IterableTree extends SugaredValue {
  readonly kind = 'iterabletree'
  private readonly children: SugaredValue[] = []
  private unrolled: number | undefined

  override iter(): SugaredValue {
    return this
  }
  add(iterable: SugaredValue, range: SourceRange): void {
    const length = iterable.staticLength()
    if (this.children.length === 0) this.unrolled = length
    else if ((this.unrolled === undefined) !== (length === undefined)) {
      fail(
        'TSJ_TYPE',
        'Can not iterate over a module list or tuple with a value that does not have a statically determinable length\n',
        range,
      )
    } else if (length !== undefined) this.unrolled = Math.min(this.unrolled!, length)
    this.children.push(iterable)
  }
  override staticLength(): number | undefined {
    return this.unrolled
  }
  private leaves(): SugaredValue[] {
    return this.children.flatMap((child) => (child instanceof IterableTree ? child.leaves() : [child]))
  }
  override len(emitter: FunctionEmitter, range: SourceRange): Value {
    const lengths = this.leaves().map((leaf) => leaf.len(emitter, range))
    const list = emitter.graph.insert('prim::ListConstruct', lengths, [new ListType(IntType)], range).output
    return emitBuiltin(emitter, 'prim::min', { args: [{ value: list, range }], kwargs: [] }, range)
  }
  override getItem(emitter: FunctionEmitter, range: SourceRange, index: Value): SugaredValue {
    return new SugaredTupleValue(this.children.map((child) => child.getItem(emitter, range, index)))
  }
}
