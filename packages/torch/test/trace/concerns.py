"""The kinds of warnings and errors that PyTorch gives while tracing."""
import warnings
import torch

MESSAGES = {
    "Converting a tensor to a Python": "data-flow",
    "Converting a tensor to a NumPy": "data-flow",
    "Iterating over a tensor": "iteration",
    "Using len to get tensor shape": "length",
    "results are registered as constants": "constant",
    "Encountering a list at the output": "container",
    "live references to the data region": "in-place",
    "Trace had nondeterministic nodes": "nondeterministic",
    "of the traced function does not match": "output",
    "can't be represented in the JIT": "resize",
}
ERRORS = {
    "Graphs differed across invocations!": "error: graphs differ",
    "Tensor-valued Constant nodes differed": "error: constants differ",
    "encountered an exception while running the trace": "error: trace fails",
    "did not have observable data dependence": "error: no dependence",
    "Cannot insert a Tensor that requires grad": "error: gradient",
    "didn't return any values": "error: no result",
    "Only tensors, lists, tuples of tensors": "error: result",
    "Encountering a dict at the output": "error: dict result",
    "cannot be traced": "error: input",
    "Tracing can't be nested": "error: nested",
    "not part of the active trace": "error: module",
}


def kinds_of(trace):
    """The result of trace(), and the sorted kinds of what it warned of or raised."""
    found = set()
    result = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.filterwarnings("ignore", category=torch.jit.TracerWarning, module=r"torch\.(?!jit)")
        try:
            result = trace()
        except Exception as error:
            kinds = {kind for text, kind in ERRORS.items() if text in str(error)}
            found |= kinds or {f"error: {type(error).__name__} {error}"}
    for warning in caught:
        if issubclass(warning.category, torch.jit.TracerWarning):
            kinds = {kind for text, kind in MESSAGES.items() if text in str(warning.message)}
            found |= kinds or {str(warning.message)}
    return result, sorted(found)
