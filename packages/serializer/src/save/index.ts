export { type SavedModule, type SaveOptions, saveArchive } from './save-archive.ts'
export { rootOfPath, saveArchiveFile, writeFile } from './save-file.ts'
export { StorageRecords } from './storage-records.ts'
export { type TorchSaveWriteOptions, writeTorchSave } from './torch-save-writer.ts'
