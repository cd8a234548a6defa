/** What a tracer has to be told of a running program beyond the operators that it dispatches. One tracer is at work at a time. */
import type { Tensor } from './tensor.ts'

/** What the elements of a tensor become when they leave the tensors' world. */
export type EscapeForm = 'number' | 'boolean' | 'integer' | 'list' | 'typed array'

export interface TraceObserver {
  /** Whether the program itself is running, and not the inside of an operator or of the library. */
  readonly recording: boolean
  /** The program is about to see elements of a tensor as values of its own. */
  escapes(tensor: Tensor, form: EscapeForm): void
  /** The program iterates over the first dimension. */
  iterates(tensor: Tensor): void
  /** `what` makes a tensor of the program's own values. */
  bakesIn(what: string): void
  /** Runs a part of the library that is no part of the program. */
  pause<T>(body: () => T): T
}

let observer: TraceObserver | undefined

export function useTraceObserver(next: TraceObserver | undefined): void {
  observer = next
}

/** The tracer that records the program which is running now, if one does. */
export function activeTrace(): TraceObserver | undefined {
  return observer?.recording ? observer : undefined
}

/** Reads elements of a tensor for the program. */
export function escaping<T>(tensor: Tensor, form: EscapeForm, read: () => T): T {
  const trace = activeTrace()
  if (!trace) return read()
  trace.escapes(tensor, form)
  return trace.pause(read)
}

/** A number that a program took from a 0-dim tensor by passing the tensor itself: a tracer records where it comes from. */
export class NumberOfTensor {
  constructor(
    readonly tensor: Tensor,
    readonly value: unknown,
  ) {}
}
