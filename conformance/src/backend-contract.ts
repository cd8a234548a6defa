import { decompositionOf, operatorByKey } from '@tsjit/ops'
import { type Backend, backendApiVersion, Complex, Device, Dispatcher, metadataKernels, scalarFloat, Tensor } from '@tsjit/runtime'
import { type DType, dtypeInfo, TsjitError } from '@tsjit/types'
import { describe, expect, it } from 'vitest'

/** Every dtype that dense tensors of a program have. */
const dtypes: readonly DType[] = [
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'complex64',
  'complex128',
  'bool',
]

/**
 * What every backend must do, whoever wrote it. `make` gives a fresh backend, `deviceType` the device that it serves:
 *
 *     backendContract('acme', 'acme', () => createAcmeBackend())
 */
export function backendContract(name: string, deviceType: string, make: () => Backend): void {
  describe(`the backend contract: ${name}`, () => {
    const backend = make()
    const device = Device.parse(deviceType)
    const dispatcher = new Dispatcher({ decompositions: decompositionOf, metadataKernels })
    dispatcher.registerBackend(backend)
    dispatcher.defaultDevice = device

    const bytesOf = (tensor: Tensor): Uint8Array => {
      const size = tensor.numel * tensor.itemSize
      const dense: Tensor = dispatcher.call('aten::contiguous', tensor)
      const target = new Uint8Array(size)
      if (backend.hostAccessible) target.set(new Uint8Array(dense.storage.buffer, dense.offset * dense.itemSize, size))
      else backend.copyToHost!(dense.storage, dense.offset * dense.itemSize, target)
      return target
    }
    const fromBytes = (bytes: Uint8Array, shape: readonly number[], dtype: DType): Tensor => {
      const storage = backend.allocate(bytes.byteLength, device)
      if (backend.hostAccessible) new Uint8Array(storage.buffer, 0, bytes.byteLength).set(bytes)
      else backend.copyFromHost!(bytes, storage, 0)
      return new Tensor(
        storage,
        dtype,
        shape,
        shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1)),
      )
    }
    const floats = (values: readonly number[], shape: readonly number[] = [values.length]): Tensor =>
      fromBytes(new Uint8Array(Float32Array.from(values).buffer), shape, 'float32')
    const numbers = (tensor: Tensor): number[] => {
      const bytes = bytesOf(dispatcher.call('aten::to.dtype', tensor, dtypeInfo('float64').code))
      return [...new Float64Array(bytes.buffer)]
    }

    describe('registration', () => {
      it('states the version of the contract that it speaks', () => {
        expect(backend.apiVersion).toBe(backendApiVersion)
        expect(backend.name).toMatch(/^\S+$/)
        expect(backend.deviceTypes).toContain(deviceType)
      })
      it('is refused with both versions named where it speaks another', () => {
        const other: Backend = Object.assign(Object.create(backend), { apiVersion: backendApiVersion + 1 })
        expect(() => new Dispatcher().registerBackend(other)).toThrow(
          expect.objectContaining({
            code: 'TSJ_BACKEND_VERSION',
            message: expect.stringMatching(`${backendApiVersion + 1}.*${backendApiVersion}`),
          }),
        )
      })
    })

    describe('memory', () => {
      it.each([0, 1, 3, 64, 4097, 1 << 20])('allocates %i bytes on its device', (size) => {
        const storage = backend.allocate(size, device)
        expect(storage.device).toBe(device)
        expect(storage.byteLength).toBeGreaterThanOrEqual(size)
        storage.dispose()
      })
      it('keeps what is written, in every storage for itself', () => {
        const made = Array.from({ length: 20 }, (_, i) => fromBytes(new Uint8Array(1000).fill(i), [1000], 'uint8'))
        for (const [i, tensor] of made.entries()) expect(bytesOf(tensor).every((byte) => byte === i)).toBe(true)
      })
      it('refuses what no machine has with a typed error', () => {
        expect(() => backend.allocate(2 ** 52, device)).toThrow(TsjitError)
      })
      it('refuses to read a storage that was disposed of', () => {
        const storage = backend.allocate(16, device)
        storage.dispose()
        storage.dispose()
        expect(storage.isDisposed).toBe(true)
        expect(() => storage.buffer).toThrow(expect.objectContaining({ code: 'TSJ_STORAGE_DISPOSED' }))
      })
      it('takes host bytes over, or copies them', () => {
        if (!backend.adopt) return
        const bytes = Float32Array.from([1, 2, 3])
        const storage = backend.adopt(bytes.buffer as ArrayBuffer, device)
        expect(numbers(new Tensor(storage, 'float32', [3], [1]))).toEqual([1, 2, 3])
      })
    })

    describe('dtypes', () => {
      it.each(dtypes)('%s: filled, converted and copied', (dtype) => {
        const { code, isComplex } = dtypeInfo(dtype)
        const ones: Tensor = dispatcher.call('aten::ones', [2, 3], code)
        expect({ dtype: ones.dtype, shape: [...ones.shape], bytes: bytesOf(ones).byteLength }).toEqual({
          dtype,
          shape: [2, 3],
          bytes: 6 * ones.itemSize,
        })
        const real: Tensor = isComplex ? dispatcher.call('aten::real', ones) : ones
        expect(numbers(real)).toEqual([1, 1, 1, 1, 1, 1])
        const copy: Tensor = dispatcher.call('aten::clone', dispatcher.call('aten::t', ones))
        expect({ dtype: copy.dtype, shape: [...copy.shape] }).toEqual({ dtype, shape: [3, 2] })
        expect(bytesOf(copy)).toEqual(bytesOf(ones))
      })
      it.each([
        ['float32', 'float16', [1, -2.5, 65504, 1e-8], [1, -2.5, 65504, 0]],
        ['float32', 'bfloat16', [1, -2.5, 3.140625, 257], [1, -2.5, 3.140625, 256]],
        ['float32', 'int64', [1.9, -1.9, 0, 1e6], [1, -1, 0, 1e6]],
        ['float32', 'uint8', [0, 1, 255, 7.9], [0, 1, 255, 7]],
        ['float32', 'bool', [0, -0, 0.5, -3], [0, 0, 1, 1]],
      ] as const)('%s to %s', (_from, to, values, expected) => {
        const converted: Tensor = dispatcher.call('aten::to.dtype', floats(values), dtypeInfo(to).code)
        expect(converted.dtype).toBe(to)
        expect(numbers(converted)).toEqual([...expected])
      })
    })

    describe('kernels', () => {
      it('gives a kernel or undefined for an operator, and always the same answer', () => {
        for (const key of ['aten::add.Tensor', 'aten::mm', 'aten::convolution', 'aten::_nested_from_padded_tensor']) {
          const operator = operatorByKey(key)!
          const first = backend.kernel(operator)
          expect(first === undefined || typeof first === 'function').toBe(true)
          expect(backend.kernel(operator) === undefined).toBe(first === undefined)
        }
      })
      it('adds with broadcasting, strides and alpha', () => {
        const a = dispatcher.call('aten::t', floats([1, 2, 3, 4, 5, 6], [2, 3]))
        const sum: Tensor = dispatcher.call('aten::add.Tensor', a, floats([10, 20]), scalarFloat(2))
        expect([...sum.shape]).toEqual([3, 2])
        expect(numbers(sum)).toEqual([21, 44, 22, 45, 23, 46])
      })
      it('promotes dtypes', () => {
        const whole: Tensor = dispatcher.call('aten::ones', [2], dtypeInfo('int64').code)
        expect(dispatcher.call('aten::add.Tensor', whole, floats([0.5, 1])).dtype).toBe('float32')
        expect(dispatcher.call('aten::true_divide.Tensor', whole, whole).dtype).toBe('float32')
      })
      it('writes in place, through views, and counts the version', () => {
        const base = floats([1, 2, 3, 4], [2, 2])
        const before = base.storage.version
        dispatcher.call('aten::add_.Scalar', dispatcher.call('aten::select.int', base, 0, 1), scalarFloat(10))
        expect(numbers(base)).toEqual([1, 2, 13, 14])
        expect(base.storage.version).toBeGreaterThan(before)
      })
      it('multiplies matrices', () => {
        expect(numbers(dispatcher.call('aten::mm', floats([1, 2, 3, 4], [2, 2]), floats([1, 0, 0, -1], [2, 2])))).toEqual([1, -2, 3, -4])
      })
      it('reduces', () => {
        const x = floats([1, 2, 3, 4, 5, 6], [2, 3])
        expect(numbers(dispatcher.call('aten::sum.dim_IntList', x, [1]))).toEqual([6, 15])
        expect(numbers(dispatcher.call('aten::softmax.int', floats([0, 0, 0, 0]), 0))).toEqual([0.25, 0.25, 0.25, 0.25])
      })
      it('convolves', () => {
        const image = floats(
          Array.from({ length: 16 }, (_, i) => i),
          [1, 1, 4, 4],
        )
        const result: Tensor = dispatcher.call('aten::conv2d', image, floats([1, 0, 0, 1], [1, 1, 2, 2]), null, [2, 2], [0, 0])
        expect([...result.shape]).toEqual([1, 1, 2, 2])
        expect(numbers(result)).toEqual([5, 9, 21, 25])
      })
      it('passes nan and infinities on', () => {
        expect(numbers(dispatcher.call('aten::relu', floats([Number.NaN, -1, Number.POSITIVE_INFINITY])))).toEqual([
          Number.NaN,
          0,
          Number.POSITIVE_INFINITY,
        ])
      })
      it('handles tensors of no elements and of no dimensions', () => {
        const empty: Tensor = dispatcher.call('aten::zeros', [0, 3])
        expect([...dispatcher.call('aten::relu', empty).shape]).toEqual([0, 3])
        expect(numbers(dispatcher.call('aten::sum', empty))).toEqual([0])
        expect(numbers(dispatcher.call('aten::add.Tensor', floats([2], []), floats([3], [])))).toEqual([5])
      })
      it('computes with complex numbers', () => {
        const z: Tensor = dispatcher.call('aten::complex', floats([1, 0]), floats([1, -2]))
        const square: Tensor = dispatcher.call('aten::mul.Tensor', z, z)
        expect(numbers(dispatcher.call('aten::real', square))).toEqual([0, -4])
        expect(new Complex(1, 2).equals(new Complex(1, 2))).toBe(true)
      })
    })

    describe('errors', () => {
      it.each([
        ['shapes that do not broadcast', () => dispatcher.call('aten::add.Tensor', floats([1, 2]), floats([1, 2, 3]))],
        ['matrices that do not fit', () => dispatcher.call('aten::mm', floats([1, 2], [1, 2]), floats([1, 2, 3], [3, 1]))],
        ['a dimension out of range', () => dispatcher.call('aten::sum.dim_IntList', floats([1, 2]), [4])],
        ['an index out of range', () => dispatcher.call('aten::select.int', floats([1, 2]), 0, 5)],
        [
          'a convolution of too few channels',
          () => dispatcher.call('aten::conv2d', floats([1], [1, 1, 1, 1]), floats([1, 1], [1, 2, 1, 1])),
        ],
      ])('%s: a typed error with a code', (_why, call) => {
        expect(call).toThrow(TsjitError)
        try {
          call()
        } catch (error) {
          expect((error as TsjitError).code).toMatch(/^TSJ_[A-Z_]+$/)
          expect((error as TsjitError).reason.length).toBeGreaterThan(10)
        }
      })
      it('names operator and device where there is no kernel', () => {
        const x = floats([1])
        expect(() => dispatcher.call('aten::_nested_from_padded_tensor', x, x, x)).toThrow(
          expect.objectContaining({
            code: 'TSJ_NO_KERNEL',
            message: expect.stringMatching(`aten::_nested_from_padded_tensor.*${deviceType}`),
          }),
        )
      })
    })
  })
}
