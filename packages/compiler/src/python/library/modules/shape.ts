import { head } from './head.ts'

const dropout = (cls: string, call: string): string => `
class ${cls}(_DropoutNd):
    def forward(self, input: Tensor) -> Tensor:
        return ${call}
`
/** `torch.nn.modules.dropout`. */
export const dropoutSource = `${head}
class _DropoutNd(Module):
    __constants__ = ["p", "inplace"]
    p: float
    inplace: bool
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p = p
        self.inplace = inplace
${dropout('Dropout', 'F.dropout(input, self.p, self.training, self.inplace)')}
${dropout('Dropout1d', 'F.dropout1d(input, self.p, self.training, self.inplace)')}
${dropout('Dropout2d', 'F.dropout2d(input, self.p, self.training, self.inplace)')}
${dropout('Dropout3d', 'F.dropout3d(input, self.p, self.training, self.inplace)')}
${dropout('AlphaDropout', 'F.alpha_dropout(input, self.p, self.training)')}
${dropout('FeatureAlphaDropout', 'F.feature_alpha_dropout(input, self.p, self.training)')}
`
/** `torch.nn.modules.flatten`. */
export const flattenSource = `${head}
class Flatten(Module):
    __constants__ = ["start_dim", "end_dim"]
    start_dim: int
    end_dim: int
    def __init__(self, start_dim=1, end_dim=-1):
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim
    def forward(self, input: Tensor) -> Tensor:
        return input.flatten(self.start_dim, self.end_dim)

class Unflatten(Module):
    __constants__ = ["dim", "unflattened_size"]
    dim: int
    unflattened_size: List[int]
    def __init__(self, dim, unflattened_size):
        super().__init__()
        self.dim = dim
        self.unflattened_size = unflattened_size
    def forward(self, input: Tensor) -> Tensor:
        return input.unflatten(self.dim, self.unflattened_size)
`
/** `torch.nn.modules.fold`. */
export const foldSource = `${head}
class Fold(Module):
    __constants__ = ["output_size", "kernel_size", "dilation", "padding", "stride"]
    output_size: int
    def __init__(self, output_size, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride
    def forward(self, input: Tensor) -> Tensor:
        return F.fold(input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride)

class Unfold(Module):
    __constants__ = ["kernel_size", "dilation", "padding", "stride"]
    kernel_size: int
    def __init__(self, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride
    def forward(self, input: Tensor) -> Tensor:
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)
`
/** `torch.nn.modules.pixelshuffle`. */
export const pixelShuffleSource = `${head}
class PixelShuffle(Module):
    __constants__ = ["upscale_factor"]
    upscale_factor: int
    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor
    def forward(self, input: Tensor) -> Tensor:
        return F.pixel_shuffle(input, self.upscale_factor)

class PixelUnshuffle(Module):
    __constants__ = ["downscale_factor"]
    downscale_factor: int
    def __init__(self, downscale_factor):
        super().__init__()
        self.downscale_factor = downscale_factor
    def forward(self, input: Tensor) -> Tensor:
        return F.pixel_unshuffle(input, self.downscale_factor)
`
/** `torch.nn.modules.channelshuffle`. */
export const channelShuffleSource = `${head}
class ChannelShuffle(Module):
    __constants__ = ["groups"]
    groups: int
    def __init__(self, groups):
        super().__init__()
        self.groups = groups
    def forward(self, input: Tensor) -> Tensor:
        return F.channel_shuffle(input, self.groups)
`
/** `torch.nn.modules.distance`. */
export const distanceSource = `${head}
class PairwiseDistance(Module):
    __constants__ = ["norm", "eps", "keepdim"]
    norm: float
    eps: float
    keepdim: bool
    def __init__(self, p=2.0, eps=1e-6, keepdim=False):
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim
    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        return F.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)

class CosineSimilarity(Module):
    __constants__ = ["dim", "eps"]
    dim: int
    eps: float
    def __init__(self, dim=1, eps=1e-8):
        super().__init__()
        self.dim = dim
        self.eps = eps
    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        return F.cosine_similarity(x1, x2, self.dim, self.eps)
`
/** `torch.nn.modules.upsampling`. */
export const upsamplingSource = `${head}
class Upsample(Module):
    __constants__ = ["size", "scale_factor", "mode", "align_corners", "name", "recompute_scale_factor"]
    name: str
    mode: str
    align_corners: Optional[bool]
    def __init__(self, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None):
        super().__init__()
        self.name = type(self).__name__
        self.size = size
        if isinstance(scale_factor, tuple):
            self.scale_factor = tuple(float(factor) for factor in scale_factor)
        else:
            self.scale_factor = float(scale_factor) if scale_factor else None
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor
    def forward(self, input: Tensor) -> Tensor:
        return F.interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners, recompute_scale_factor=self.recompute_scale_factor)

class UpsamplingNearest2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="nearest")

class UpsamplingBilinear2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)
`
