export { sizes } from '@tsjit/runtime'
export { asList, type TracerConcern, TracerWarning, TracingCheckError } from '@tsjit/tracer'
export { type Future, fork, wait } from './fork.ts'
export {
  type ExampleInputs,
  isTracing,
  type TracedFunction,
  type TraceModuleOptions,
  type TraceOptions,
  trace,
  traceModule,
} from './trace.ts'
export { TracedModule } from './traced-module.ts'
