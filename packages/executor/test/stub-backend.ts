import {
  type Backend,
  Boxed,
  backendApiVersion,
  cpu,
  type Kernel,
  type SegmentBailout,
  type SegmentBlock,
  type SegmentInstruction,
  type SegmentProgram,
  Storage,
  Tensor,
} from '@tsjit/runtime'
import { FloatType } from '@tsjit/types'

export function tensor(values: readonly number[]): Tensor {
  const data = Float32Array.from(values)
  return new Tensor(new Storage(cpu, data.byteLength, data.buffer), 'float32', [values.length], [1])
}
export const values = (of: Tensor): number[] => [...new Float32Array(of.storage.buffer as ArrayBuffer, of.offset * 4, of.numel)]

const map2 = (a: Tensor, b: Tensor, f: (x: number, y: number) => number): Tensor => {
  const right = values(b)
  return tensor(values(a).map((x, i) => f(x, right[right.length === 1 ? 0 : i])))
}

const kernels: Record<string, Kernel> = {
  'aten::relu': (_, x: Tensor) => tensor(values(x).map((v) => Math.max(v, 0))),
  'aten::neg': (_, x: Tensor) => tensor(values(x).map((v) => -v)),
  'aten::add.Tensor': (_, a: Tensor, b: Tensor) => map2(a, b, (x, y) => x + y),
  'aten::mul.Tensor': (_, a: Tensor, b: Tensor) => map2(a, b, (x, y) => x * y),
  // segments get floats as they are, kernels as tagged Scalars
  'aten::mul.Scalar': (_, a: Tensor, b: Boxed | number) => tensor(values(a).map((v) => v * Number(b instanceof Boxed ? b.value : b))),
  'aten::add_.Tensor': (_, a: Tensor, b: Tensor) => {
    const right = values(b)
    const own = new Float32Array(a.storage.buffer as ArrayBuffer)
    own.forEach((v, i) => {
      own[i] = v + right[i]
    })
    a.storage.version++
    return a
  },
  'aten::item': (_, x: Tensor) => new Boxed(FloatType, values(x)[0]),
}

const prims = new Set(['prim::If', 'prim::Loop', 'aten::gt.int', 'aten::size.int', 'aten::add.int'])

export interface Stub {
  readonly backend: Backend
  readonly programs: SegmentProgram[]
  /** Calls of kernels from outside segments. */
  calls: number
  runs: number
  /** What the next runs do instead: a bailout each. */
  readonly bailouts: SegmentBailout[]
}

/** A backend with a few kernels whose segments are walked in JavaScript. */
export function stubBackend(unsupported: readonly string[] = []): Stub {
  const stub: Stub = { backend: undefined as unknown as Backend, programs: [], calls: 0, runs: 0, bailouts: [] }
  const run = (program: SegmentProgram, inputs: readonly unknown[]): unknown[] => {
    const bailout = stub.bailouts.shift()
    if (bailout) throw bailout
    stub.runs++
    const at = new Array<unknown>(program.valueCount)
    for (const constant of program.constants) at[constant.id] = constant.value
    program.inputs.forEach((input, i) => {
      at[input.id] = inputs[i]
    })
    const block = (body: readonly SegmentInstruction[]): void => body.forEach(step)
    const nested = ({ body, outputs }: SegmentBlock): unknown[] => {
      block(body)
      return outputs.map((id) => at[id])
    }
    const step = ({ op, inputs: ins, outputs, blocks }: SegmentInstruction): void => {
      const args = ins.map((id) => at[id])
      if (op === 'prim::If')
        nested(blocks![args[0] ? 0 : 1]).forEach((value, i) => {
          at[outputs[i]] = value
        })
      else if (op === 'prim::Loop') {
        let carried = args.slice(2)
        for (let i = 0, go = args[1]; i < (args[0] as number) && go; i++) {
          at[blocks![0].inputs[0]] = i
          carried.forEach((value, k) => {
            at[blocks![0].inputs[k + 1]] = value
          })
          ;[go, ...carried] = nested(blocks![0])
        }
        carried.forEach((value, k) => {
          at[outputs[k]] = value
        })
      } else if (op === 'aten::gt.int') at[outputs[0]] = (args[0] as number) > (args[1] as number)
      else if (op === 'aten::add.int') at[outputs[0]] = (args[0] as number) + (args[1] as number)
      else if (op === 'aten::size.int') at[outputs[0]] = (args[0] as Tensor).shape[args[1] as number]
      else at[outputs[0]] = kernels[op](undefined as never, ...args)
    }
    block(program.body)
    return program.outputs.map(({ id }) => at[id])
  }
  const backend: Backend = {
    name: 'stub',
    apiVersion: backendApiVersion,
    deviceTypes: ['cpu'],
    hostAccessible: true,
    allocate: (bytes, device) => new Storage(device, bytes, new ArrayBuffer(bytes)),
    kernel: ({ key }) =>
      kernels[key] &&
      ((dispatcher, ...args) => {
        stub.calls++
        return kernels[key](dispatcher, ...args)
      }),
    segments: {
      supports: (op) => !unsupported.includes(op) && op !== 'aten::item' && (op in kernels || prims.has(op)),
      compile: (program) => {
        stub.programs.push(program)
        return {
          run: (inputs) => run(program, inputs),
          runAsync: async (inputs, signal) => {
            await new Promise((resolve) => setTimeout(resolve, 1))
            signal?.throwIfAborted()
            return run(program, inputs)
          },
        }
      },
    },
  }
  return Object.assign(stub, { backend })
}
