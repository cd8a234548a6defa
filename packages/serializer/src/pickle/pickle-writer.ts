import { ArchiveError } from '@tsjit/types'
import { op } from './opcodes.ts'

const encoder = new TextEncoder()

/**
 * Writes the opcodes of protocol 2 that PyTorch's C++ Pickler uses, with its memo: strings and globals are remembered by their
 * content (torch/csrc/jit/serialization/pickler.cpp).
 */
export class PickleWriter {
  private bytes = new Uint8Array(1024)
  private view = new DataView(this.bytes.buffer)
  private length = 0
  private nextMemo = 0
  private readonly strings = new Map<string, number>()
  private readonly globals = new Map<string, number>()

  protocol(): void {
    this.opcode(op.proto)
    this.uint8(2)
  }
  /** Ends the pickle and returns it. */
  finish(): Uint8Array {
    this.opcode(op.stop)
    return this.bytes.slice(0, this.length)
  }

  opcode(code: number): void {
    this.uint8(code)
  }
  int(value: number | bigint): void {
    if (typeof value === 'bigint' || value < -0x80000000 || value > 0x7fffffff) this.long(BigInt(value))
    else if (value >= 0 && value <= 0xff) {
      this.opcode(op.binInt1)
      this.uint8(value)
    } else if (value >= 0 && value <= 0xffff) {
      this.opcode(op.binInt2)
      this.room(2)
      this.view.setUint16(this.advance(2), value, true)
    } else {
      this.opcode(op.binInt)
      this.room(4)
      this.view.setInt32(this.advance(4), value, true)
    }
  }
  bool(value: boolean): void {
    this.opcode(value ? op.newTrue : op.newFalse)
  }
  none(): void {
    this.opcode(op.none)
  }
  float(value: number): void {
    this.opcode(op.binFloat)
    this.room(8)
    this.view.setFloat64(this.advance(8), value, false)
  }
  string(text: string): void {
    const known = this.strings.get(text)
    if (known !== undefined) {
      this.recall(known)
      return
    }
    const bytes = encoder.encode(text)
    this.opcode(op.binUnicode)
    this.uint32(bytes.byteLength)
    this.raw(bytes)
    this.strings.set(text, this.remember())
  }
  global(module: string, name: string): void {
    const text = `${module}\n${name}\n`
    const known = this.globals.get(text)
    if (known !== undefined) {
      this.recall(known)
      return
    }
    if (module.includes('\n') || name.includes('\n')) {
      throw new ArchiveError('TSJ_PICKLE_VALUE', `the name ${JSON.stringify(`${module}.${name}`)} cannot be pickled`)
    }
    this.opcode(op.global)
    this.raw(encoder.encode(text))
    this.globals.set(text, this.remember())
  }

  /** Puts the top of the stack into the memo and returns its number. */
  remember(): number {
    const index = this.nextMemo++
    if (index <= 0xff) {
      this.opcode(op.binPut)
      this.uint8(index)
    } else {
      this.opcode(op.longBinPut)
      this.uint32(index)
    }
    return index
  }
  /** Pushes what `remember` put there. */
  recall(index: number): void {
    if (index <= 0xff) {
      this.opcode(op.binGet)
      this.uint8(index)
    } else {
      this.opcode(op.longBinGet)
      this.uint32(index)
    }
  }

  /** An int beyond 32 bits: eight bytes, as the C++ reader demands; more only beyond 64 bits. */
  private long(value: bigint): void {
    let length = 8
    while (BigInt.asIntN(8 * length, value) !== value) length++
    if (length > 0xff) throw new ArchiveError('TSJ_PICKLE_VALUE', 'an int of more than 255 bytes cannot be pickled')
    this.opcode(op.long1)
    this.uint8(length)
    let rest = value
    for (let i = 0; i < length; i++) {
      this.uint8(Number(rest & 0xffn))
      rest >>= 8n
    }
  }
  private uint8(value: number): void {
    this.room(1)
    this.bytes[this.advance(1)] = value
  }
  private uint32(value: number): void {
    this.room(4)
    this.view.setUint32(this.advance(4), value, true)
  }
  private raw(bytes: Uint8Array): void {
    this.room(bytes.byteLength)
    this.bytes.set(bytes, this.advance(bytes.byteLength))
  }
  private advance(count: number): number {
    const at = this.length
    this.length += count
    return at
  }
  private room(count: number): void {
    if (this.length + count <= this.bytes.byteLength) return
    const larger = new Uint8Array(Math.max(this.bytes.byteLength * 2, this.length + count))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
    this.view = new DataView(larger.buffer)
  }
}
