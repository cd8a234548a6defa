let optimizing = true

/** Whether executors optimise what they run. */
export function isOptimizing(): boolean {
  return optimizing
}

/** Sets the switch that all executors share, and returns what it was. What is running goes on as it began. */
export function setOptimizing(on: boolean): boolean {
  const before = optimizing
  optimizing = on
  return before
}
