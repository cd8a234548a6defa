/** What the files of layers import. */
export const head = `
import math
from collections import OrderedDict
from typing import Any, Dict, Final, List, Optional, Tuple, Union, overload
import torch
from torch import Tensor, _VF
from torch.nn import functional as F
from torch.nn import init
from torch.nn.parameter import Parameter
from torch.nn.modules.utils import _pair, _quadruple, _single, _triple
from torch.nn.modules.module import Module
`
