export { type SavedModule, saveArchive, type SaveOptions } from './save-archive.ts'
export { saveArchiveFile } from './save-file.ts'
export type { ReadStorage } from './storage-records.ts'
