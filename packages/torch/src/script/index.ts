export type { ScriptEnvironment } from './environment.ts'
export { hostFunction } from './host-function.ts'
export { CompileErrors, ScriptFile, type ScriptOptions, script, scriptFile } from './script.ts'
export { isScriptFunction, type ScriptFunction } from './script-function.ts'
