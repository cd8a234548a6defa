import { autocastSource, deviceAutocastSource, fusionSource, profilerSource } from './contexts.ts'
import { functionalSource } from './functional.ts'
import { gradModeSource } from './grad-mode.ts'
import { initSource } from './initialization.ts'
import { moduleSources } from './modules/index.ts'
import { recurrentUtilitiesSource } from './recurrent-utilities.ts'
import { reductionSource } from './reduction.ts'
import { sparseSource } from './sparse.ts'
import { torchFunctionalSource } from './torch-functional.ts'
import { tracingSource } from './tracing.ts'
import { typesSource } from './types.ts'

/** PyTorch's functions and classes that are Python there, as TorchScript source, by module. */
export const librarySources: Readonly<Record<string, string>> = {
  'torch.nn.functional': functionalSource,
  'torch.functional': torchFunctionalSource,
  'torch.jit._trace': tracingSource,
  'torch.nn._reduction': reductionSource,
  'torch.autograd.grad_mode': gradModeSource,
  'torch.autograd.profiler': profilerSource,
  'torch.amp.autocast_mode': autocastSource,
  'torch.cpu.amp.autocast_mode': deviceAutocastSource('cpu', 'torch.bfloat16'),
  'torch.cuda.amp.autocast_mode': deviceAutocastSource('cuda', 'torch.float16'),
  'torch.jit': fusionSource,
  'torch.sparse': sparseSource,
  'torch.nn.init': initSource,
  'torch.types': typesSource,
  'torch.nn.utils.rnn': recurrentUtilitiesSource,
  ...moduleSources,
}
