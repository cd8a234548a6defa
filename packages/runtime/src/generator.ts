import { Device } from './device.ts'
import { exactLog1p, exactSinCos } from './random-math.ts'

const length = 624
const middle = 397

export interface GeneratorState {
  readonly words: Uint32Array
  readonly position: number
  readonly seed: bigint
  readonly cachedNormal: number | undefined
}

/** A source of random numbers: MT19937, as PyTorch's CPU generator. Deterministic under its seed. */
export class Generator {
  readonly device: Device
  private readonly words = new Uint32Array(length)
  private position = length
  private seedValue = 0n
  private cachedNormal: number | undefined

  constructor(seed: number | bigint = 5489n, device: Device = Device.parse('cpu')) {
    this.device = device
    this.manualSeed(seed)
  }

  /** Starts anew; the lower 32 bits of the seed count. */
  manualSeed(seed: number | bigint): this {
    this.seedValue = BigInt.asUintN(64, BigInt(seed))
    const { words: state } = this
    state[0] = Number(BigInt.asUintN(32, this.seedValue))
    for (let i = 1; i < length; i++) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30)
      state[i] = Math.imul(1812433253, previous) + i
    }
    this.position = length
    this.cachedNormal = undefined
    return this
  }

  get seed(): bigint {
    return this.seedValue
  }

  /** 32 random bits. */
  random(): number {
    if (this.position === length) this.twist()
    let y = this.words[this.position++]
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^= y >>> 18
    return y >>> 0
  }

  /** 64 random bits: the first draw is the upper half. */
  random64(): bigint {
    const high = this.random()
    return (BigInt(high) << 32n) | BigInt(this.random())
  }

  /** Uniform in [0, 1) with 24 bits, as for float32 tensors. */
  uniform24(): number {
    return (this.random() & 0xffffff) / 0x1000000
  }

  /** Uniform in [0, 1) with 53 bits, as for float64 tensors. */
  uniform53(): number {
    const high = this.random() & 0x1fffff
    return (high * 4294967296 + this.random()) / 9007199254740992
  }

  /** Normal with mean 0 and deviation 1 by Box and Muller; every second draw is remembered. */
  normal(): number {
    if (this.cachedNormal !== undefined) {
      const value = this.cachedNormal
      this.cachedNormal = undefined
      return value
    }
    const angle = 2 * Math.PI * this.uniform53()
    const radius = Math.sqrt(-2 * exactLog1p(-this.uniform53()))
    const [sine, cosine] = exactSinCos(angle)
    this.cachedNormal = radius * sine
    return radius * cosine
  }

  /** Everything that decides the numbers to come: `setState` of it repeats them. */
  getState(): GeneratorState {
    return { words: this.words.slice(), position: this.position, seed: this.seedValue, cachedNormal: this.cachedNormal }
  }

  setState({ words, position, seed, cachedNormal }: GeneratorState): this {
    this.words.set(words)
    this.position = position
    this.seedValue = seed
    this.cachedNormal = cachedNormal
    return this
  }

  private twist(): void {
    const { words: state } = this
    for (let i = 0; i < length; i++) {
      const y = (state[i] & 0x80000000) | (state[(i + 1) % length] & 0x7fffffff)
      state[i] = state[(i + middle) % length] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    }
    this.position = 0
  }
}

/** The generator that operators use that are given none. */
export const defaultGenerator = new Generator(67280421310721n)
