export { type SavedModule, type SaveOptions, saveArchive } from './save-archive.ts'
export { saveArchiveFile } from './save-file.ts'
