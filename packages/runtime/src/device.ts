import { TsjitError } from '@tsjit/types'

/** `cpu`, `cuda:0`, `acme:1`: an open set of types, an optional index. Devices are interned: equal devices are the same object. */
export class Device {
  private static readonly known = new Map<string, Device>()

  private constructor(
    readonly type: string,
    /** undefined where the text names none. */
    readonly index: number | undefined,
  ) {}

  /** Reads `type` or `type:index`. Throws TSJ_DEVICE_SYNTAX. */
  static parse(text: string): Device {
    const known = Device.known.get(text)
    if (known) return known
    const found = /^([a-z][a-z0-9_]*)(?::(\d{1,4}))?$/.exec(text)
    if (!found) {
      throw new TsjitError('TSJ_DEVICE_SYNTAX', `'${text}' names no device`, { hint: "write 'cpu', 'cuda' or 'cuda:0'" })
    }
    const device = new Device(found[1], found[2] === undefined ? undefined : Number(found[2]))
    const key = device.toString()
    const same = Device.known.get(key) ?? device
    Device.known.set(key, same)
    return same
  }

  toString(): string {
    return this.index === undefined ? this.type : `${this.type}:${this.index}`
  }
}

export const cpu = Device.parse('cpu')
