import { ArchiveError } from '@tsjit/types'
import type { ZipReader } from '../zip/index.ts'

/** Where a TorchScript archive keeps its records. The root folder's name is never relied on. */
export interface ArchiveLayout {
  /** With its slash; '' where the records are at the top. */
  readonly root: string
  /** The file format version: the highest that an operator used needs. */
  readonly version: number
  readonly bigEndian: boolean
  /** PyTorch 1.0's layout: `model.json` describes the modules. */
  readonly isLegacy: boolean
}

/** Newest version of the format that is read. */
const newestVersion = 10

/** Finds root, version and byte order. Throws TSJ_ARCHIVE_NOT_TORCHSCRIPT, TSJ_ARCHIVE_VERSION. */
export function readLayout(zip: ZipReader): ArchiveLayout {
  const root = findRoot(zip)
  const text = (name: string): string | undefined => {
    const entry = zip.entries.get(root + name)
    return entry && entry.size <= 64 ? new TextDecoder().decode(zip.read(root + name)).trim() : undefined
  }
  const versionText = text('.data/version') ?? text('version')
  const version = Number(versionText)
  if (versionText === undefined || !/^\d+$/.test(versionText) || version < 1) {
    throw new ArchiveError(
      'TSJ_ARCHIVE_VERSION',
      `expected a format version, found ${versionText === undefined ? 'no record of it' : JSON.stringify(versionText)}`,
      {
        location: { record: `${root}version` },
      },
    )
  }
  if (version > newestVersion) {
    throw new ArchiveError(
      'TSJ_ARCHIVE_VERSION',
      `this archive has format version ${version}, the newest that is read is ${newestVersion}`,
      {
        location: { record: `${root}version` },
        hint: 'update tsjit',
      },
    )
  }
  return { root, version, bigEndian: text('byteorder') === 'big', isLegacy: zip.entries.has(`${root}model.json`) }
}

function findRoot(zip: ZipReader): string {
  let candidate: string | undefined
  for (const name of zip.entries.keys()) {
    const found = /^((?:[^/]+\/)?)(data\.pkl|model\.json|constants\.pkl|version)$/.exec(name)
    if (!found) continue
    if (found[2] === 'model.json') return found[1]
    if (found[2] === 'data.pkl') return checkKind(zip, found[1])
    candidate ??= found[1]
  }
  throw new ArchiveError('TSJ_ARCHIVE_NOT_TORCHSCRIPT', 'this zip file is no TorchScript archive: it has neither data.pkl nor model.json', {
    location: candidate === undefined ? {} : { record: candidate },
    hint: 'a TorchScript archive is what torch.jit.save writes',
  })
}

function checkKind(zip: ZipReader, root: string): string {
  if (zip.entries.has(`${root}constants.pkl`) || [...zip.entries.keys()].some((name) => name.startsWith(`${root}code/`))) return root
  throw new ArchiveError('TSJ_ARCHIVE_NOT_TORCHSCRIPT', 'this file was written by torch.save, not by torch.jit.save: it has no code', {
    location: { record: `${root}data.pkl` },
    hint: 'save the model with torch.jit.save(torch.jit.script(model), path)',
  })
}
