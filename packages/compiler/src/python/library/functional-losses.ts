const legacy = 'size_average: Optional[bool] = None, reduce: Optional[bool] = None, reduction: str = "mean"'

/** What `reduction` is where the older `size_average` and `reduce` may be given. */
const reductionEnum = `
    if size_average is not None or reduce is not None:
        reduction_enum = legacy_get_enum(size_average, reduce)
    else:
        reduction_enum = get_enum(reduction)`
const reductionString = `
    if size_average is not None or reduce is not None:
        reduction = legacy_get_string(size_average, reduce)`
const sizeWarning = `
    if not (target.size() == input.size()):
        warnings.warn(
            f"Using a target size ({target.size()}) that is different to the input size ({input.size()}). "
            "This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size.",
            stacklevel=2,
        )
    expanded_input, expanded_target = torch.broadcast_tensors(input, target)`
/** Applies element weights by hand: the operators have none. */
const weighted = (loss: string): string => `
    if weight is not None:
        if weight.size() != input.size():
            raise ValueError("Weights and input must have the same size.")
        losses = ${loss}
        weighted_losses = losses * weight
        if reduction == "none":
            return weighted_losses
        elif reduction == "sum":
            return torch.sum(weighted_losses)
        elif reduction == "mean":
            return torch.sum(weighted_losses) / torch.sum(weight)
        else:
            raise ValueError(f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'.")`

/** Losses. */
export const lossSource = `
def nll_loss(input: Tensor, target: Tensor, weight: Optional[Tensor] = None, size_average: Optional[bool] = None, ignore_index: int = -100, reduce: Optional[bool] = None, reduction: str = "mean") -> Tensor:${reductionString}
    return torch._C._nn.nll_loss_nd(input, target, weight, get_enum(reduction), ignore_index)

def cross_entropy(input: Tensor, target: Tensor, weight: Optional[Tensor] = None, size_average: Optional[bool] = None, ignore_index: int = -100, reduce: Optional[bool] = None, reduction: str = "mean", label_smoothing: float = 0.0) -> Tensor:${reductionString}
    return torch._C._nn.cross_entropy_loss(input, target, weight, get_enum(reduction), ignore_index, label_smoothing)

def ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor, blank: int = 0, reduction: str = "mean", zero_infinity: bool = False) -> Tensor:
    return torch.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, get_enum(reduction), zero_infinity)

def poisson_nll_loss(input: Tensor, target: Tensor, log_input: bool = True, full: bool = False, size_average: Optional[bool] = None, eps: float = 1e-8, reduce: Optional[bool] = None, reduction: str = "mean") -> Tensor:${reductionString}
    if reduction != "none" and reduction != "mean" and reduction != "sum":
        ret = input
        raise ValueError(reduction + " is not a valid value for reduction")
    ret = torch.poisson_nll_loss(input, target, log_input, full, eps, get_enum(reduction))
    return ret

def kl_div(input: Tensor, target: Tensor, ${legacy}, log_target: bool = False) -> Tensor:
    if size_average is not None or reduce is not None:
        reduction_enum = legacy_get_enum(size_average, reduce)
    else:
        if reduction == "mean":
            warnings.warn("reduction: 'mean' divides the total loss by both the batch size and the support size. 'batchmean' divides only by the batch size, and aligns with the KL div math definition. 'mean' will be changed to behave the same as 'batchmean' in the next major release.")
        if reduction == "batchmean":
            reduction_enum = get_enum("sum")
        else:
            reduction_enum = get_enum(reduction)
    reduced = torch.kl_div(input, target, reduction_enum, log_target=log_target)
    if reduction == "batchmean" and input.dim() != 0:
        reduced = reduced / input.size()[0]
    return reduced

def binary_cross_entropy(input: Tensor, target: Tensor, weight: Optional[Tensor] = None, ${legacy}) -> Tensor:${reductionEnum}
    if target.size() != input.size():
        raise ValueError(f"Using a target size ({target.size()}) that is different to the input size ({input.size()}) is deprecated. Please ensure they have the same size.")
    if weight is not None:
        new_size = torch._C._infer_size(target.size(), weight.size())
        weight = weight.expand(new_size)
    return torch._C._nn.binary_cross_entropy(input, target, weight, reduction_enum)

def binary_cross_entropy_with_logits(input: Tensor, target: Tensor, weight: Optional[Tensor] = None, ${legacy}, pos_weight: Optional[Tensor] = None) -> Tensor:${reductionEnum}
    if not (target.size() == input.size()):
        raise ValueError(f"Target size ({target.size()}) must be the same as input size ({input.size()})")
    return torch.binary_cross_entropy_with_logits(input, target, weight, pos_weight, reduction_enum)

def smooth_l1_loss(input: Tensor, target: Tensor, ${legacy}, beta: float = 1.0) -> Tensor:${sizeWarning.replace('\n    expanded_input, expanded_target = torch.broadcast_tensors(input, target)', '')}${reductionString}
    expanded_input, expanded_target = torch.broadcast_tensors(input, target)
    if beta == 0.0:
        return torch._C._nn.l1_loss(expanded_input, expanded_target, get_enum(reduction))
    else:
        return torch._C._nn.smooth_l1_loss(expanded_input, expanded_target, get_enum(reduction), beta)

def huber_loss(input: Tensor, target: Tensor, reduction: str = "mean", delta: float = 1.0, weight: Optional[Tensor] = None) -> Tensor:${sizeWarning}
    if weight is None:
        return torch._C._nn.huber_loss(expanded_input, expanded_target, get_enum(reduction), delta)
    else:
        if weight.size() != input.size():
            raise ValueError("Weights and input must have the same size.")
        unweighted_loss = torch._C._nn.huber_loss(expanded_input, expanded_target, get_enum("none"), delta)
        weighted_loss = unweighted_loss * weight
        if reduction == "none":
            return weighted_loss
        elif reduction == "sum":
            return torch.sum(weighted_loss)
        elif reduction == "mean":
            return torch.sum(weighted_loss) / torch.sum(weight)
        else:
            raise ValueError(f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'.")

def l1_loss(input: Tensor, target: Tensor, ${legacy}, weight: Optional[Tensor] = None) -> Tensor:${sizeWarning.replace('\n    expanded_input, expanded_target = torch.broadcast_tensors(input, target)', '')}${reductionString}
    expanded_input, expanded_target = torch.broadcast_tensors(input, target)${weighted('torch.abs(expanded_input - expanded_target)')}
    else:
        return torch._C._nn.l1_loss(expanded_input, expanded_target, get_enum(reduction))

def mse_loss(input: Tensor, target: Tensor, ${legacy}, weight: Optional[Tensor] = None) -> Tensor:${sizeWarning.replace('\n    expanded_input, expanded_target = torch.broadcast_tensors(input, target)', '')}${reductionString}
    expanded_input, expanded_target = torch.broadcast_tensors(input, target)${weighted('torch.pow(expanded_input - expanded_target, 2)')}
    else:
        return torch._C._nn.mse_loss(expanded_input, expanded_target, get_enum(reduction))

def margin_ranking_loss(input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0, ${legacy}) -> Tensor:${reductionEnum}
    if input1.dim() != input2.dim() or input1.dim() != target.dim():
        raise RuntimeError(f"margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {input1.size()}, input2: {input2.size()}, target: {target.size()} ")
    return torch.margin_ranking_loss(input1, input2, target, margin, reduction_enum)

def hinge_embedding_loss(input: Tensor, target: Tensor, margin: float = 1.0, ${legacy}) -> Tensor:${reductionEnum}
    return torch.hinge_embedding_loss(input, target, margin, reduction_enum)

def multilabel_margin_loss(input: Tensor, target: Tensor, ${legacy}) -> Tensor:${reductionEnum}
    return torch._C._nn.multilabel_margin_loss(input, target, reduction_enum)

def soft_margin_loss(input: Tensor, target: Tensor, ${legacy}) -> Tensor:${reductionEnum}
    return torch._C._nn.soft_margin_loss(input, target, reduction_enum)

def multilabel_soft_margin_loss(input: Tensor, target: Tensor, weight: Optional[Tensor] = None, ${legacy}) -> Tensor:${reductionString}
    loss = -(target * torch.nn.functional.logsigmoid(input) + (1 - target) * torch.nn.functional.logsigmoid(-input))
    if weight is not None:
        loss = loss * weight
    class_dim = input.dim() - 1
    C = input.size(class_dim)
    loss = loss.sum(dim=class_dim) / C
    if reduction == "none":
        ret = loss
    elif reduction == "mean":
        ret = loss.mean()
    elif reduction == "sum":
        ret = loss.sum()
    else:
        ret = input
        raise ValueError(reduction + " is not valid")
    return ret

def cosine_embedding_loss(input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0, ${legacy}) -> Tensor:${reductionEnum}
    return torch.cosine_embedding_loss(input1, input2, target, margin, reduction_enum)

def multi_margin_loss(input: Tensor, target: Tensor, p: int = 1, margin: float = 1.0, weight: Optional[Tensor] = None, ${legacy}) -> Tensor:${reductionEnum}
    if p != 1 and p != 2:
        raise ValueError("only p == 1 and p == 2 supported")
    if weight is not None:
        if weight.dim() != 1:
            raise ValueError("weight must be one-dimensional")
    return torch._C._nn.multi_margin_loss(input, target, p, margin, weight, reduction_enum)

def triplet_margin_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float = 1.0, p: float = 2, eps: float = 1e-6, swap: bool = False, ${legacy}) -> Tensor:${reductionEnum}
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    return torch.triplet_margin_loss(anchor, positive, negative, margin, p, eps, swap, reduction_enum)
`
