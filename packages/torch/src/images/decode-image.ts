import { ArchiveError } from '@tsjit/types'

/** A picture as red, green, blue and alpha bytes, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

const mostPixels = 1 << 27

/** Decodes a PNG or JPEG; the bytes tell which it is. Throws TSJ_IMAGE_FORMAT, TSJ_IMAGE_TOO_LARGE. */
export async function decodeImage(bytes: Uint8Array, record: string): Promise<Pixels> {
  const isPng = bytes.length >= 8 && bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47
  const isJpeg = bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8
  if (!isPng && !isJpeg) throw new ArchiveError('TSJ_IMAGE_FORMAT', 'this is no PNG or JPEG picture', { location: { record } })
  if (isPng) checkPngSize(bytes, record)
  try {
    return isPng ? await decodePng(bytes) : await decodeJpeg(bytes)
  } catch (cause) {
    throw new ArchiveError('TSJ_IMAGE_FORMAT', `the picture cannot be decoded: ${(cause as Error).message}`, {
      location: { record },
      cause,
    })
  }
}

/** The header states the size, which the decoder would allocate. */
function checkPngSize(bytes: Uint8Array, record: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33 || view.getUint32(12) !== 0x49484452)
    throw new ArchiveError('TSJ_IMAGE_FORMAT', 'the PNG has no header', { location: { record } })
  const width = view.getUint32(16)
  const height = view.getUint32(20)
  if (width * height > mostPixels)
    throw new ArchiveError('TSJ_IMAGE_TOO_LARGE', `the picture has ${width} x ${height} pixels, the limit is ${mostPixels}`, {
      location: { record },
    })
}

async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  const { PNG } = (await import('pngjs')).default
  const png = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return { width: png.width, height: png.height, rgba: png.data }
}

async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const { decode } = (await import('jpeg-js')).default
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: 1024,
  })
  return { width, height, rgba: data }
}
