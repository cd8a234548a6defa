import { activationModuleSource } from './activation.ts'
import { adaptiveSource } from './adaptive.ts'
import { attentionBackendSource, backendNamesSource, compilerStateSource } from './attention-forward.ts'
import { containerSource } from './container.ts'
import { convolutionSource } from './convolution.ts'
import { linearSource } from './linear.ts'
import { lossModuleSource } from './loss.ts'
import { moduleSource } from './module.ts'
import { batchNormSource, instanceNormSource, normalizationSource } from './normalization.ts'
import { paddingModuleSource } from './padding.ts'
import { poolingModuleSource } from './pooling.ts'
import { recurrentSource } from './recurrent.ts'
import {
  channelShuffleSource,
  distanceSource,
  dropoutSource,
  flattenSource,
  foldSource,
  pixelShuffleSource,
  upsamplingSource,
} from './shape.ts'
import { sparseSource } from './sparse.ts'
import { transformerSource } from './transformer.ts'

/** The layers of `torch.nn`, as Python source, by module: their constructors run, their methods compile. */
export const moduleSources: Readonly<Record<string, string>> = {
  'torch.nn.modules.module': moduleSource,
  'torch.nn.modules.container': containerSource,
  'torch.nn.modules.linear': linearSource,
  'torch.nn.modules.conv': convolutionSource,
  'torch.nn.modules.activation': activationModuleSource,
  'torch.nn.modules.batchnorm': batchNormSource,
  'torch.nn.modules.instancenorm': instanceNormSource,
  'torch.nn.modules.normalization': normalizationSource,
  'torch.nn.modules.pooling': poolingModuleSource,
  'torch.nn.modules.padding': paddingModuleSource,
  'torch.nn.modules.dropout': dropoutSource,
  'torch.nn.modules.flatten': flattenSource,
  'torch.nn.modules.fold': foldSource,
  'torch.nn.modules.pixelshuffle': pixelShuffleSource,
  'torch.nn.modules.channelshuffle': channelShuffleSource,
  'torch.nn.modules.distance': distanceSource,
  'torch.nn.modules.upsampling': upsamplingSource,
  'torch.nn.modules.sparse': sparseSource,
  'torch.nn.modules.rnn': recurrentSource,
  'torch.nn.modules.loss': lossModuleSource,
  'torch.nn.modules.transformer': transformerSource,
  'torch.nn.modules.adaptive': adaptiveSource,
  'torch.backends.mha': attentionBackendSource,
  'torch.utils.backend_registration': backendNamesSource,
  'torch.compiler': compilerStateSource,
}
