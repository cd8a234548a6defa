const mask = (1n << 64n) - 1n
const encoder = new TextEncoder()

/**
 * The content of `.data/serialization_id`: two 64-bit hashes as 20 decimal digits each, of the records' names and of their CRCs in
 * the order of writing. It is the same for the same content. The second half equals PyTorch's
 * (`PyTorchStreamWriter::writeSerializationId`); the first cannot, since PyTorch hashes the names in the order of a C++ hash table.
 */
export class SerializationId {
  private readonly names: string[] = []
  private contents = 0n

  addName(name: string): void {
    this.names.push(name)
  }

  addContent(crc: number): void {
    this.contents = combine(this.contents, BigInt(crc))
  }

  toString(): string {
    let names = 0n
    for (const name of [...this.names].sort()) names = combine(names, hashString(name))
    return names.toString().padStart(20, '0') + this.contents.toString().padStart(20, '0')
  }
}

/** c10::hash_combine. */
function combine(seed: bigint, value: bigint): bigint {
  return seed ^ ((value + 0x9e3779b9n + (seed << 6n) + (seed >> 2n)) & mask)
}

/** FNV-1a, 64 bits. */
function hashString(text: string): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of encoder.encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & mask
  return hash
}
