/**
 * PyTorch's modes. There is no autograd here: what they decide is whether writing to parameters is refused, as in PyTorch, and whether tensors are inference
 * tensors.
 */
let gradEnabled = true
let inference = false

export function isGradEnabled(): boolean {
  return gradEnabled
}
export function isInferenceModeEnabled(): boolean {
  return inference
}

function within<T>(grad: boolean, inferring: boolean, body: () => T): T {
  const before = [gradEnabled, inference] as const
  gradEnabled = grad
  inference = inferring
  try {
    return body()
  } finally {
    ;[gradEnabled, inference] = before
  }
}

/** Runs a synchronous `body` in which parameters may be written: `with torch.no_grad()`. */
export function noGrad<T>(body: () => T): T {
  return within(false, inference, body)
}
/** The opposite, inside `noGrad`. */
export function enableGrad<T>(body: () => T): T {
  return within(true, inference, body)
}
/** Runs a synchronous `body` whose tensors are inference tensors: outside of it they cannot be written and count no versions. */
export function inferenceMode<T>(body: () => T): T {
  return within(false, true, body)
}
