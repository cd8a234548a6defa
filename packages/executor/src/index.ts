export { Executor, type ExecutorOptions, Executable, type CompileOptions } from './executor.ts'
