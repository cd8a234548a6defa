export * from './attributes.ts'
export * from './compilation-unit.ts'
export * from './graph.ts'
