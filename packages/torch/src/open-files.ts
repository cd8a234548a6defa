import type { FileSource } from '@tsjit/serializer'

/** Closes the archives of modules that nobody holds any more; `dispose` does so at once. */
export const openFiles = new FinalizationRegistry<FileSource>((file) => file.close())
