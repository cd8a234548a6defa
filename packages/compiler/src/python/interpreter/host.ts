import type { Keywords } from './values.ts'

/**
 * The tensors that running Python works with: the compiler does not know them. Arguments and results are Python values
 * (`values.ts`); tensors are whatever the host says they are.
 */
export interface PythonHost {
  isTensor(value: unknown): boolean
  isParameter(value: unknown): boolean
  /** Whether a tensor can be trained; only those can be parameters. */
  parameter(data: unknown, requiresGrad: boolean): unknown
  /** `torch.zeros`, by operator, and methods of tensors with the tensor first. */
  callOperator(name: string, args: readonly unknown[], keywords: Keywords): unknown
  /** A property of a tensor, or undefined where it has none of that name (it may have a method). */
  tensorProperty(tensor: unknown, name: string): unknown
  setTensorProperty(tensor: unknown, name: string, value: unknown): boolean
  hasTensorMethod(name: string): boolean
  getItem(tensor: unknown, index: readonly unknown[]): unknown
  setItem(tensor: unknown, index: readonly unknown[], value: unknown): void
  /** The items along the first dimension. */
  tensorItems(tensor: unknown): unknown[]
  truth(tensor: unknown): boolean
  /** A function of PyTorch that is Python there, by qualified name: `torch.nn.init.normal_`. */
  function(qualifiedName: string): ((args: readonly unknown[], keywords: Keywords) => unknown) | undefined
  print(text: string): void
}
