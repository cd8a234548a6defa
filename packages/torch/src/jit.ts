/** `torch.jit`: loading, running, scripting and saving TorchScript. */
export { type Graph, parseIR, printGraph, verifyGraph } from '@tsjit/ir'
export { type ExtraFiles, type JitLoadOptions, load, loadSync } from './load.ts'
export { type OptimizedExecution, optimizedExecution } from './optimized-execution.ts'
export { type JitSaveOptions, save, saveToBuffer } from './save.ts'
export * from './script/index.ts'
export type { ForwardMethod, ScriptMethod } from './script-method.ts'
export { type RunOptions, ScriptModule } from './script-module.ts'
export * from './trace/index.ts'
