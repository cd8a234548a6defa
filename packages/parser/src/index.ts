export * from './ast.ts'
export * from './parser.ts'
