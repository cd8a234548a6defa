import { functionalSource } from './functional.ts'
import { gradModeSource } from './grad-mode.ts'
import { reductionSource } from './reduction.ts'

/** PyTorch's functions and classes that are Python there, as TorchScript source, by module. */
export const librarySources: Readonly<Record<string, string>> = {
  'torch.nn.functional': functionalSource,
  'torch.nn._reduction': reductionSource,
  'torch.autograd.grad_mode': gradModeSource,
}
