/** `torch.jit`: loading and running TorchScript. */
export { load, loadSync, type JitLoadOptions } from './load.ts'
export { ScriptModule, type RunOptions } from './script-module.ts'
