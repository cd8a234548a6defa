/** `torch.nn.utils.rnn`: batches of sequences of different lengths. */
export const recurrentUtilitiesSource = `
from typing import List, NamedTuple, Optional, Tuple
import torch
from torch import Tensor, _VF

class PackedSequence_(NamedTuple):
    data: Tensor
    batch_sizes: Tensor
    sorted_indices: Optional[Tensor]
    unsorted_indices: Optional[Tensor]

def invert_permutation(permutation: Optional[Tensor]) -> Optional[Tensor]:
    if permutation is None:
        return None
    output = torch.empty_like(permutation, memory_format=torch.legacy_contiguous_format)
    output.scatter_(0, permutation, torch.arange(0, permutation.numel(), device=permutation.device))
    return output

class PackedSequence(PackedSequence_):
    pass

def _packed_sequence_init(data: Tensor, batch_sizes: Optional[Tensor], sorted_indices: Optional[Tensor], unsorted_indices: Optional[Tensor]) -> PackedSequence:
    if unsorted_indices is None:
        unsorted_indices = invert_permutation(sorted_indices)
    assert batch_sizes is not None
    if batch_sizes.device.type != "cpu":
        raise ValueError("batch_sizes should always be on CPU. Instances of PackedSequence should never be created manually. They should be instantiated by functions like pack_sequence and pack_padded_sequences in nn.utils.rnn.")
    return PackedSequence(data, batch_sizes, sorted_indices, unsorted_indices)

def pack_padded_sequence(input: Tensor, lengths: Tensor, batch_first: bool = False, enforce_sorted: bool = True) -> PackedSequence:
    lengths = torch.as_tensor(lengths, dtype=torch.int64, device=torch.device("cpu"))
    sorted_indices: Optional[Tensor] = None
    if not enforce_sorted:
        lengths, order = torch.sort(lengths, descending=True)
        order = order.to(input.device)
        sorted_indices = order
        input = input.index_select(0 if batch_first else 1, order)
    data, batch_sizes = _VF._pack_padded_sequence(input, lengths, batch_first)
    return _packed_sequence_init(data, batch_sizes, sorted_indices, None)

def pad_packed_sequence(sequence: PackedSequence, batch_first: bool = False, padding_value: float = 0.0, total_length: Optional[int] = None) -> Tuple[Tensor, Tensor]:
    max_length = sequence.batch_sizes.size(0)
    if total_length is not None:
        if total_length < max_length:
            raise ValueError(f"Expected total_length to be at least the length of the longest sequence in input, but got total_length={total_length} and max sequence length being {max_length}")
        max_length = total_length
    padded, lengths = _VF._pad_packed_sequence(sequence.data, sequence.batch_sizes, batch_first, padding_value, max_length)
    unsorted_indices = sequence.unsorted_indices
    if unsorted_indices is not None:
        return padded.index_select(0 if batch_first else 1, unsorted_indices), lengths[unsorted_indices.cpu()]
    return padded, lengths

def pad_sequence(sequences: List[Tensor], batch_first: bool = False, padding_value: float = 0.0, padding_side: str = "right") -> Tensor:
    return torch._C._nn.pad_sequence(sequences, batch_first, padding_value, padding_side)

def unpad_sequence(padded_sequences: Tensor, lengths: Tensor, batch_first: bool = False) -> List[Tensor]:
    unpadded: List[Tensor] = []
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    positions = torch.arange(padded_sequences.size(1), device=lengths.device)
    for sequence, length in zip(padded_sequences, lengths):
        unpadded.append(sequence[positions < length])
    return unpadded

def pack_sequence(sequences: List[Tensor], enforce_sorted: bool = True) -> PackedSequence:
    lengths = torch.as_tensor([v.size(0) for v in sequences])
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)

def unpack_sequence(packed_sequences: PackedSequence) -> List[Tensor]:
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
`
