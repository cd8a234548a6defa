import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type ByteSource, BytesSource, FileSource, ZipReader, type ZipReaderOptions, ZipWriter } from '../src/zip/index.ts'
import { codeOf, fixture, text } from './fixture.ts'

const open = (bytes: Uint8Array, options?: ZipReaderOptions): ZipReader => ZipReader.open(new BytesSource(bytes), options)

/** An archive of one stored and one deflated record. */
function sample(): Buffer {
  const writer = new ZipWriter('a')
  writer.add('stored', 'stored content')
  writer.add('deflated', 'deflated content '.repeat(20), { compress: true })
  return Buffer.from(writer.finish())
}

const findAll = (bytes: Buffer, signature: string): number[] => {
  const found: number[] = []
  for (let at = bytes.indexOf(signature, 0, 'latin1'); at >= 0; at = bytes.indexOf(signature, at + 1, 'latin1')) found.push(at)
  return found
}
const local = 'PK\x03\x04'
const central = 'PK\x01\x02'

/** `sample` after a change. */
function changed(change: (bytes: Buffer) => void): Uint8Array {
  const bytes = sample()
  change(bytes)
  return bytes
}

describe('ZipReader', () => {
  it('reads stored, deflated, empty and zip64 records behind a prefix, with a comment', () => {
    const zip = open(fixture('variants.zip'))
    expect([...zip.entries.keys()]).toEqual(['a/stored', 'a/empty', 'a/deflated', 'a/zip64'])
    expect(text(zip.read('a/stored'))).toBe('stored content')
    expect(zip.read('a/empty').byteLength).toBe(0)
    expect(text(zip.read('a/deflated'))).toBe('deflated content '.repeat(100))
    expect(text(zip.read('a/zip64'))).toBe('zip64 content')
    expect(zip.entry('a/deflated')).toMatchObject({ method: 'deflated', size: 1700 })
  })

  it('reads into memory that the caller gives', () => {
    const zip = open(sample())
    const target = new Uint8Array(14)
    zip.readInto('a/stored', target)
    expect(text(target)).toBe('stored content')
    const inflated = new Uint8Array(340)
    zip.readInto('a/deflated', inflated)
    expect(text(inflated)).toBe('deflated content '.repeat(20))
    expect(codeOf(() => zip.readInto('a/stored', new Uint8Array(13)))).toBe('TSJ_ARCHIVE_RECORD_SIZE')
  })

  it('reads files through a descriptor, in pieces', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsjit-zip-'))
    try {
      const path = join(folder, 'big.zip')
      const big = new Uint8Array(2_500_000)
      for (let i = 0; i < big.length; i++) big[i] = i * 7
      const writer = new ZipWriter('big')
      writer.add('data/0', big)
      writeFileSync(path, writer.finish())
      const source = FileSource.open(path)
      expect(Buffer.compare(ZipReader.open(source).read('big/data/0'), big)).toBe(0)
      source.close()
      const descriptor = openSync(path, 'r')
      const pieces: number[] = []
      const zip = ZipReader.open(FileSource.fromDescriptor(descriptor), {
        crc32: (bytes, previous) => {
          pieces.push(bytes.byteLength)
          return crc32(bytes, previous)
        },
      })
      expect(Buffer.compare(zip.read('big/data/0'), big)).toBe(0)
      expect(pieces).toEqual([1 << 20, 1 << 20, 2_500_000 - (2 << 20)])
      closeSync(descriptor)
      expect(codeOf(() => FileSource.open(join(folder, 'absent')))).toBe('TSJ_ARCHIVE_OPEN')
      expect(codeOf(() => FileSource.open(folder))).toBe('TSJ_ARCHIVE_OPEN')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  const damage: [string, Uint8Array, string][] = [
    ['an empty file', new Uint8Array(0), 'TSJ_ARCHIVE_NOT_ZIP'],
    ['another format', new Uint8Array(5000).fill(65), 'TSJ_ARCHIVE_NOT_ZIP'],
    ['a truncated file', sample().subarray(0, 400), 'TSJ_ARCHIVE_NOT_ZIP'],
    ['a byte of stored data', changed((b) => b.fill(0, 64, 65)), 'TSJ_ARCHIVE_CRC'],
    ['a byte of deflated data', changed((b) => b.fill(0xff, 192, 193)), 'TSJ_ARCHIVE_INFLATE'],
    ['the stated CRC', changed((b) => b.fill(1, findAll(b, central)[0] + 16, findAll(b, central)[0] + 17)), 'TSJ_ARCHIVE_CRC'],
    ['the inflated size', changed((b) => b.writeUInt32LE(341, findAll(b, central)[1] + 24)), 'TSJ_ARCHIVE_INFLATE'],
    ['an inflated size that is too small', changed((b) => b.writeUInt32LE(12, findAll(b, central)[1] + 24)), 'TSJ_ARCHIVE_INFLATE'],
    ['two sizes of a stored record', changed((b) => b.writeUInt32LE(13, findAll(b, central)[0] + 24)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['an offset behind the directory', changed((b) => b.writeUInt32LE(0x7fffffff, findAll(b, central)[0] + 42)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['a size behind the directory', changed((b) => b.writeUInt32LE(0x7fffffff, findAll(b, central)[1] + 20)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['a zip64 mark without its field', changed((b) => b.writeUInt32LE(0xffffffff, findAll(b, central)[0] + 42)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['two records at one place', changed((b) => b.writeUInt32LE(0, findAll(b, central)[1] + 42)), 'TSJ_ARCHIVE_OVERLAP'],
    ['an encrypted record', changed((b) => b.writeUInt16LE(0x0809, findAll(b, central)[0] + 8)), 'TSJ_ARCHIVE_ENCRYPTED'],
    ['an unknown method', changed((b) => b.writeUInt16LE(12, findAll(b, central)[0] + 10)), 'TSJ_ARCHIVE_METHOD'],
    ['a local header', changed((b) => b.fill(0, findAll(b, local)[1], findAll(b, local)[1] + 4)), 'TSJ_ARCHIVE_HEADER'],
    ['the local name', changed((b) => b.write('b', findAll(b, local)[0] + 30)), 'TSJ_ARCHIVE_HEADER'],
    ['the local method', changed((b) => b.writeUInt16LE(8, findAll(b, local)[0] + 8)), 'TSJ_ARCHIVE_HEADER'],
    ['the length of the local extra field', changed((b) => b.writeUInt16LE(60000, findAll(b, local)[0] + 28)), 'TSJ_ARCHIVE_OVERLAP'],
    ['the signature of an entry', changed((b) => b.fill(0, findAll(b, central)[1], findAll(b, central)[1] + 1)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['the length of a name', changed((b) => b.writeUInt16LE(60000, findAll(b, central)[1] + 28)), 'TSJ_ARCHIVE_DIRECTORY'],
    [
      'the number of entries',
      changed((b) => b.writeUInt32LE(1, b.length - 98 + 24) && b.writeUInt32LE(1, b.length - 98 + 32)),
      'TSJ_ARCHIVE_DIRECTORY',
    ],
    [
      'too many entries',
      changed((b) => b.writeUInt32LE(9, b.length - 98 + 24) && b.writeUInt32LE(9, b.length - 98 + 32)),
      'TSJ_ARCHIVE_DIRECTORY',
    ],
    ['a number of disks', changed((b) => b.writeUInt32LE(1, b.length - 98 + 16)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['a directory that overflows', changed((b) => b.fill(0xff, b.length - 98 + 40, b.length - 98 + 48)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['a directory larger than the file', changed((b) => b.writeUInt32LE(0x7fffffff, b.length - 98 + 40)), 'TSJ_ARCHIVE_DIRECTORY'],
    ['the zip64 end record', changed((b) => b.fill(0, b.length - 98, b.length - 97)), 'TSJ_ARCHIVE_DIRECTORY'],
  ]
  it.each(damage)('refuses a damaged archive: %s', (_, bytes, code) => {
    const readAll = (): void => {
      const zip = open(bytes)
      for (const name of zip.entries.keys()) zip.read(name)
    }
    expect(codeOf(readAll)).toBe(code)
  })

  it('refuses two records of one name', () => {
    const writer = new ZipWriter('a')
    writer.add('x', '1')
    writer.add('y', '2')
    const bytes = Buffer.from(writer.finish())
    for (const at of findAll(bytes, 'a/y')) bytes.write('a/x', at)
    expect(codeOf(() => open(bytes))).toBe('TSJ_ARCHIVE_DUPLICATE')
  })

  it('refuses bombs before it inflates them', () => {
    const writer = new ZipWriter('a')
    writer.add('zeros', new Uint8Array(3 << 20), { compress: true })
    const bytes = writer.finish()
    expect(open(bytes, { maxRatio: 2000 }).read('a/zeros').byteLength).toBe(3 << 20)
    expect(codeOf(() => open(bytes))).toBe('TSJ_ARCHIVE_BOMB')
    expect(codeOf(() => open(bytes, { maxRatio: 2000, maxDeflatedRecord: 1 << 20 }))).toBe('TSJ_ARCHIVE_BOMB')
    expect(codeOf(() => open(bytes, { maxRatio: 2000, maxDeflatedTotal: 1 << 20 }))).toBe('TSJ_ARCHIVE_BOMB')
    expect(codeOf(() => open(sample(), { maxEntries: 1 }))).toBe('TSJ_ARCHIVE_LIMIT')
    expect(codeOf(() => open(sample(), { maxDirectoryBytes: 10 }))).toBe('TSJ_ARCHIVE_LIMIT')
  })

  it('names record and place in its errors', () => {
    const bytes = changed((b) => b.fill(0, 64, 65))
    expect(() => open(bytes).read('a/stored')).toThrow(/expected CRC-32 \w{8}, found \w{8} \(record a\/stored, offset 0\)/)
    expect(codeOf(() => open(bytes).read('absent'))).toBe('TSJ_ARCHIVE_RECORD_MISSING')
  })
})

describe('ZipWriter', () => {
  it.each(['saved.pt', 'state-dict.pt'])('writes the bytes of torch.save: %s', (name) => {
    const bytes = fixture(name)
    const zip = open(bytes)
    const root = name.slice(0, -3)
    const writer = new ZipWriter(root)
    for (const entry of zip.entries.keys()) writer.add(entry.slice(root.length + 1), zip.read(entry))
    expect(Buffer.compare(writer.finish(), bytes)).toBe(0)
  })

  it('aligns the data of every record, deflated ones too', () => {
    const zip = open(fixture('scripted.pt'))
    const writer = new ZipWriter('scripted')
    for (const [name, entry] of zip.entries) writer.add(name.slice(9), zip.read(name), { compress: entry.method === 'deflated' })
    const copy = open(writer.finish())
    for (const [name, entry] of zip.entries) {
      expect(copy.dataOffset(name) % 64).toBe(0)
      expect(zip.dataOffset(name) % 64).toBe(0)
      expect(copy.entry(name)).toMatchObject({ method: entry.method, size: entry.size, crc32: entry.crc32 })
    }
  })

  it('hashes the contents for the serialization id as PyTorch does', () => {
    const zip = open(fixture('saved.pt'))
    const writer = new ZipWriter('saved')
    let id = ''
    for (const name of zip.entries.keys()) {
      if (name.endsWith('serialization_id')) id = text(zip.read(name))
      else writer.add(name.slice(6), zip.read(name))
    }
    expect(id).toHaveLength(40)
    expect(writer.serializationId().slice(20)).toBe(id.slice(20))
  })

  it('writes zip64 fields beyond 4 GiB, which the reader follows', () => {
    // The same megabyte stands for every record of the archive: only the rest is kept.
    const megabyte = new Uint8Array(1 << 20)
    const count = 4100
    const kept: { at: number; bytes: Uint8Array }[] = []
    let position = 0
    const writer = new ZipWriter('z', {
      sink: (bytes) => {
        if (bytes !== megabyte) kept.push({ at: position, bytes: bytes.slice() })
        position += bytes.byteLength
      },
    })
    for (let i = 0; i < count; i++) writer.add(`data/${i}`, megabyte)
    writer.add('last', 'end')
    writer.finish()
    const source: ByteSource = {
      size: position,
      read(offset, length) {
        const out = new Uint8Array(length)
        for (const { at, bytes } of kept) {
          const from = Math.max(at, offset)
          const to = Math.min(at + bytes.byteLength, offset + length)
          if (from < to) out.set(bytes.subarray(from - at, to - at), from - offset)
        }
        return out
      },
    }
    const zip = ZipReader.open(source)
    expect(zip.entries.size).toBe(count + 1)
    expect(zip.entry('z/last').headerOffset).toBeGreaterThan(2 ** 32)
    expect(zip.dataOffset('z/last') % 64).toBe(0)
    expect(text(zip.read('z/last'))).toBe('end')
  })

  it('refuses misuse', () => {
    const writer = new ZipWriter('a')
    writer.add('x', '')
    expect(codeOf(() => writer.add('x', ''))).toBe('TSJ_ARCHIVE_DUPLICATE')
    writer.finish()
    expect(codeOf(() => writer.add('y', ''))).toBe('TSJ_ARCHIVE_WRITE')
    expect(codeOf(() => writer.finish())).toBe('TSJ_ARCHIVE_WRITE')
  })
})
