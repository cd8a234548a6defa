export * from './decompositions.ts'
export * from './dispatch.ts'
export * from './operator-table.ts'
