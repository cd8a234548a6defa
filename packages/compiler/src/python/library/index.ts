import { functionalSource } from './functional.ts'
import { gradModeSource } from './grad-mode.ts'
import { reductionSource } from './reduction.ts'
import { torchFunctionalSource } from './torch-functional.ts'
import { tracingSource } from './tracing.ts'

/** PyTorch's functions and classes that are Python there, as TorchScript source, by module. */
export const librarySources: Readonly<Record<string, string>> = {
  'torch.nn.functional': functionalSource,
  'torch.functional': torchFunctionalSource,
  'torch.jit._trace': tracingSource,
  'torch.nn._reduction': reductionSource,
  'torch.autograd.grad_mode': gradModeSource,
}
