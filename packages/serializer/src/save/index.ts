export { type SavedModule, saveArchive, type SaveOptions } from './save-archive.ts'
export { saveArchiveFile } from './save-file.ts'
