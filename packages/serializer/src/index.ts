export * from './archive/index.ts'
export * from './pickle/index.ts'
export * from './tensor-files/index.ts'
export * from './zip/index.ts'
