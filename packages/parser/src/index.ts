export * from './ast.ts'
export type { ParseErrorCode } from './parse-error.ts'
export * from './parser.ts'
export { maxNesting, type ParseOptions } from './token-cursor.ts'
