import type { CallSite } from './call-site.ts'

/** What a tracer warns of. */
export type TracerConcern =
  | 'data-flow'
  | 'iteration'
  | 'length'
  | 'constant'
  | 'container'
  | 'in-place'
  | 'resize'
  | 'nondeterministic'
  | 'output'

/** A trace may not stand for the program. `location` is the line of the program that is meant. */
export class TracerWarning extends Error {
  override name = 'TracerWarning'
  readonly code = 'TSJ_TRACER_WARNING'
  constructor(
    readonly concern: TracerConcern,
    readonly reason: string,
    readonly location: CallSite | undefined,
  ) {
    super(location ? `${reason}\n  at ${location}` : reason)
  }
}

const dataFlow =
  " might cause the trace to be incorrect. We can't record the data flow of JavaScript values, so this value will be treated as a constant in the future. This means that the trace might not generalize to other inputs!"

/** The texts of PyTorch's warnings, with JavaScript in the place of Python. */
export const concerns = {
  escape: (form: string): string => `Converting a tensor to a JavaScript ${form}${dataFlow}`,
  comparison: `A size that is read here is neither an argument nor a number afterwards: while tracing, comparing it with === is always false. Compare Number(size).${dataFlow}`,
  iteration:
    "Iterating over a tensor might cause the trace to be incorrect. Passing a tensor of different shape won't change the number of iterations executed (and might lead to errors or silently give incorrect results).",
  length:
    'Using len to get tensor shape might cause the trace to be incorrect. Recommended usage would be tensor.shape[0]. Passing a tensor of different shape might lead to errors or silently give incorrect results.',
  constant: (what: string): string =>
    `${what} results are registered as constants in the trace. You can safely ignore this warning if you use this function to create tensors out of constant variables that would be the same every time you call this function. In any other case, this might cause the trace to be incorrect.`,
  container: (what: string): string =>
    `Encountering a ${what} at the output of the tracer might cause the trace to be incorrect, this is only valid if the container structure does not change based on the module's inputs. Consider using a constant container instead (e.g. for \`list\`, use a \`tuple\` instead. for \`dict\`, use a \`NamedTuple\` instead). If you absolutely need this and know the side effects, pass strict=False to trace() to allow this behavior.`,
  inPlace: (operator: string, references: number): string =>
    `There are ${references} live references to the data region being modified when tracing in-place operator ${operator}. This might cause the trace to be incorrect, because all other views that also reference this data will not reflect this change in the trace! On the other hand, if all other views use the same memory chunk, but are disjoint (e.g. are outputs of torch.split), this might still be safe.`,
  resize: (operator: string): string =>
    `${operator} can't be represented in the JIT at the moment, so we won't connect any uses of this value with its current trace. If you happen to use it again, it will show up as a constant in the graph.`,
} as const
