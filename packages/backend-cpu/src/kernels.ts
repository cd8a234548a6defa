import type { Operator } from '@tsjit/ops'
import { cpu, type Kernel, SegmentBailout, type SegmentProgram, type SegmentType } from '@tsjit/runtime/backend'
import type { CpuSegment, CpuSegmentCompiler } from './segment.ts'

/**
 * An operator as a segment of one instruction whose inputs are all its arguments, or undefined where the addon has no kernel or a type cannot
 * cross. Where an input cannot be planned (an unusual dtype, data-dependent sizes) `fallback` runs instead, on the same memory.
 */
export function nativeKernel(operator: Operator, compiler: CpuSegmentCompiler, fallback: () => Kernel | undefined): Kernel | undefined {
  if (!compiler.supports(operator.key)) return undefined
  const { args, returns, isVararg, isVarret } = operator.schema
  if (isVararg || isVarret) return undefined
  const inputTypes = args.map((argument) => segmentType(argument.typeText))
  const outputTypes = returns.map((result) => segmentType(result.typeText))
  if ([...inputTypes, ...outputTypes].includes(undefined)) return undefined
  // scalar arithmetic is JavaScript's business
  if (![...inputTypes, ...outputTypes].some((type) => type!.startsWith('tensor'))) return undefined
  const program: SegmentProgram = {
    name: operator.key,
    valueCount: args.length + returns.length,
    inputs: inputTypes.map((type, id) => ({ id, type: type! })),
    constants: [],
    outputs: outputTypes.map((type, i) => ({ id: args.length + i, type: type! })),
    body: [{ op: operator.key, inputs: args.map((_, i) => i), outputs: returns.map((_, i) => args.length + i) }],
  }
  let segment: CpuSegment | undefined
  return (dispatcher, ...values) => {
    segment ??= compiler.compile(program)
    let results: unknown[]
    try {
      results = segment.run(values)
    } catch (error) {
      if (!(error instanceof SegmentBailout)) throw error
      const kernel = fallback() ?? dispatcher.substituteFor(operator, cpu)
      if (!kernel) throw error
      return kernel(dispatcher, ...values)
    }
    return returns.length === 1 ? results[0] : returns.length === 0 ? undefined : results
  }
}

const types: Readonly<Record<string, SegmentType>> = {
  Tensor: 'tensor',
  int: 'int',
  SymInt: 'int',
  float: 'float',
  bool: 'bool',
  Scalar: 'scalar',
  str: 'str',
  complex: 'complex',
  Device: 'device',
  Generator: 'generator',
  ScalarType: 'int',
  Layout: 'int',
  MemoryFormat: 'int',
  number: 'scalar',
}

function segmentType(text: string): SegmentType | undefined {
  const found = /^(\w+)(?:\([^)]*\))?(\?)?(\[\d*\])?(?:\([^)]*\))?(\?)?$/.exec(text)
  if (!found) return undefined
  const [, name, optional, list, outer] = found
  const base = types[name]
  if (!base) return undefined
  if (list === undefined) return (optional ? `${base}?` : base) as SegmentType
  if (optional && base !== 'tensor') return undefined
  if (!['tensor', 'int', 'float', 'bool', 'scalar', 'str'].includes(base)) return undefined
  return `${base}${optional ?? ''}[]${outer ?? ''}` as SegmentType
}
