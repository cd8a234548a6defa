// Random programs of elementwise operators, views, in-place writes and reductions: a planned, fused segment must give what the same
// operators give one by one.

import { operatorByKey } from '@tsjit/ops'
import {
  type Backend,
  Boxed,
  Dispatcher,
  SegmentBailout,
  type SegmentInstruction,
  type SegmentProgram,
  type Tensor,
} from '@tsjit/runtime/backend'
import { FloatType, IntType } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { cpuUnavailable, createCpuBackend } from '../src/index.ts'
import { difference, floatTensor } from './cases.ts'

const missing = cpuUnavailable()

function generator(seed: number): (n: number) => number {
  let state = seed * 2654435761 + 1
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) % n
  }
}

interface Step {
  op: string
  args: (number | { constant: unknown; type: string })[]
  output: number
}

const constant = (value: unknown, type: string): { constant: unknown; type: string } => ({ constant: value, type })
const int = (value: number): { constant: unknown; type: string } => constant(value, 'int')
const one = constant(new Boxed(IntType, 1), 'scalar')

/** Steps over values 0 … inputs-1; values are [6, 6] or views of that. */
function randomProgram(seed: number, inputs: number): Step[] {
  const random = generator(seed)
  const steps: Step[] = []
  let count = inputs
  const pick = (): number => random(count)
  const add = (op: string, ...args: Step['args']): number => {
    steps.push({ op: `aten::${op}`, args, output: count })
    return count++
  }
  const length = 4 + random(14)
  for (let i = 0; i < length; i++) {
    switch (random(14)) {
      case 0:
      case 1:
        add('add.Tensor', pick(), pick(), one)
        break
      case 2:
        add('mul.Tensor', pick(), pick())
        break
      case 3:
        add(['relu', 'sigmoid', 'tanh', 'neg', 'abs'][random(5)], pick())
        break
      case 4:
        add('add.Scalar', pick(), constant(new Boxed(FloatType, random(5) / 2), 'scalar'), one)
        break
      case 5:
        add(['relu_', 'sigmoid_', 'neg_'][random(3)], pick())
        break
      case 6:
        add('add_.Tensor', pick(), pick(), one)
        break
      case 7:
        add('mul_.Scalar', pick(), constant(new Boxed(FloatType, 0.5), 'scalar'))
        break
      case 8:
        add('transpose.int', pick(), int(0), int(1))
        break
      case 9: {
        // a part is overwritten
        const part = add('slice.Tensor', pick(), int(random(2)), int(random(2)), int(3 + random(3)), int(1))
        add(random(2) ? 'relu_' : 'sigmoid_', part)
        steps.push({ op: 'aten::add.Tensor', args: [pick0(random, inputs), pick0(random, inputs), one], output: count++ })
        break
      }
      case 10:
        add('copy_', pick(), pick(), constant(false, 'bool'))
        break
      case 11:
        add('softmax.int', pick(), int(random(2)), constant(null, 'none'))
        break
      case 12:
        add('clamp', pick(), constant(new Boxed(FloatType, -1), 'scalar'), constant(new Boxed(FloatType, 1), 'scalar'))
        break
      default:
        add('contiguous', pick(), int(0))
    }
  }
  // slices have other sizes: nothing else may use them
  const sliced = new Set(steps.filter((step) => step.op === 'aten::slice.Tensor').map((step) => step.output))
  for (let changed = true; changed; ) {
    changed = false
    for (const step of steps) {
      const uses = step.args.some((arg) => typeof arg === 'number' && sliced.has(arg))
      const allowed = uses && step.args.length === 1
      if (allowed && !sliced.has(step.output)) changed = sliced.add(step.output) !== undefined
    }
  }
  for (const step of steps) {
    if (step.args.length === 1) continue
    step.args = step.args.map((arg) => (typeof arg === 'number' && sliced.has(arg) ? 0 : arg))
  }
  return steps
}
const pick0 = (random: (n: number) => number, n: number): number => random(n)

describe.skipIf(missing)('random programs', () => {
  const backend: Backend = missing ? (undefined as never) : createCpuBackend()!
  const dispatcher = new Dispatcher()
  if (!missing) dispatcher.registerBackend(backend)

  it('planned and fused give what single operators give', () => {
    let fused = 0
    let refused = 0
    for (let seed = 1; seed <= Number(process.env.TSJIT_RANDOM_PROGRAMS ?? 400); seed++) {
      const steps = randomProgram(seed, 3)
      const make = (): Tensor[] => [0, 1, 2].map((k) => floatTensor(backend, [6, 6], (i) => ((i * 7 + k * 5 + seed) % 13) / 4 - 1.5))
      const body: SegmentInstruction[] = []
      const constants: { id: number; type: any; value: unknown }[] = []
      let ids = 1000
      for (const { op, args, output } of steps) {
        const inputs = args.map((arg) => {
          if (typeof arg === 'number') return arg
          constants.push({ id: ids, type: arg.type, value: arg.constant })
          return ids++
        })
        body.push({ op, inputs, outputs: [output] })
      }
      // some results stay inside, so that memory is reused
      const results = steps.map((step) => step.output).filter((_, i) => i % 3 === seed % 3 || i === steps.length - 1)
      const program: SegmentProgram = {
        name: `seed ${seed}`,
        valueCount: ids,
        inputs: [0, 1, 2].map((id) => ({ id, type: 'tensor' })),
        constants,
        body,
        outputs: results.map((id) => ({ id, type: 'tensor' })),
      }
      const values: unknown[] = make()
      const inputs = make()
      for (const { op, args, output } of steps) {
        values[output] = dispatcher.callOperator(
          operatorByKey(op)!,
          args.map((arg) => (typeof arg === 'number' ? values[arg] : arg.constant)),
        )
      }
      const segment = backend.segments!.compile(program)
      for (let again = 0; again < 2; again++) {
        const run = again === 0 ? inputs : make()
        let outputs: unknown[]
        try {
          outputs = segment.run(run)
        } catch (error) {
          // a copy of a transpose onto itself and the like: PyTorch refuses them, and the host has to say so
          if (!(error instanceof SegmentBailout) || !/read in another order/.test(error.reason)) throw error
          refused++
          break
        }
        results.forEach((id, i) =>
          expect(difference(outputs[i], values[id], 1e-5), `seed ${seed}, value ${id}: ${JSON.stringify(steps)}`).toBeUndefined(),
        )
        run.forEach((tensor, i) =>
          expect(difference(tensor, values[i], 1e-5), `seed ${seed}, input ${i}: ${JSON.stringify(steps)}`).toBeUndefined(),
        )
      }
      fused += steps.length - segment.statistics!().steps
      segment.dispose!()
    }
    expect(fused).toBeGreaterThan(400)
    expect(refused).toBeLessThan(100)
  })
})
