export * from './inline-calls.ts'
