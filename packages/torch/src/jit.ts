/** `torch.jit`: loading and running TorchScript. */
export { type JitLoadOptions, load, loadSync } from './load.ts'
export { type RunOptions, ScriptModule } from './script-module.ts'
export * from './script/index.ts'
