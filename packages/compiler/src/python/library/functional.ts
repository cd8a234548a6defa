import { activationSource } from './functional-activations.ts'
import { attentionSource } from './functional-attention.ts'
import { layerSource } from './functional-layers.ts'
import { lossSource } from './functional-losses.ts'
import { poolingSource } from './functional-pooling.ts'
import { resamplingSource } from './functional-resampling.ts'

const head = `
import math
import warnings
from typing import Callable, List, Optional, Tuple, Union
import torch
from torch import Tensor, _VF
from torch._jit_internal import BroadcastingList1, BroadcastingList2, BroadcastingList3
from torch.nn._reduction import get_enum, legacy_get_enum, legacy_get_string
from torch.nn.modules.utils import _list_with_default, _pair, _single, _triple
`

/** `torch.nn.functional`: the functions that PyTorch has in Python, as TorchScript source. Those that are operators need none. */
export const functionalSource: string = [
  head,
  activationSource,
  lossSource,
  poolingSource,
  layerSource,
  resamplingSource,
  attentionSource,
].join('')
