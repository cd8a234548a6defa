"""Loads archives in PyTorch, replays their recorded calls and saves them again: python replay.py CASES.json FAILURES.jsonl (main.ts runs it).

Writes a line of JSON for each case that fails.
"""
import copy
import json
import sys
import warnings
import torch

warnings.filterwarnings('ignore')


def compare(got, want, rtol, atol, at='output'):
    if isinstance(want, torch.Tensor):
        torch.testing.assert_close(got, want, rtol=rtol, atol=atol, equal_nan=True, msg=lambda m: f'{at}: {m}')
    elif isinstance(want, (list, tuple)):
        assert len(got) == len(want), f'{at}: {len(got)} elements, not {len(want)}'
        for i, (g, w) in enumerate(zip(got, want)):
            compare(g, w, rtol, atol, f'{at}[{i}]')
    elif isinstance(want, dict):
        assert list(got) == list(want), f'{at}: keys {list(got)}, not {list(want)}'
        for key in want:
            compare(got[key], want[key], rtol, atol, f'{at}[{key!r}]')
    elif isinstance(want, (float, complex)):
        torch.testing.assert_close(torch.tensor(got), torch.tensor(want), rtol=rtol, atol=atol, equal_nan=True, msg=lambda m: f'{at}: {m}')
    else:
        assert got == want, f'{at}: {got!r}, not {want!r}'


torch.set_num_threads(1)
failures = open(sys.argv[2], 'w')
for case in json.load(open(sys.argv[1])):
    try:
        # The one that is saved again has run nothing: calls may change a module.
        torch.jit.save(torch.jit.load(case['saved'], map_location='cpu'), case['again'])
        module = torch.jit.load(case['saved'], map_location='cpu')
        with torch.no_grad():
            for call in torch.load(case['io'], weights_only=False)['calls']:
                got = getattr(module, call['method'])(*copy.deepcopy(call['inputs']))
                compare(got, call['outputs'], call.get('rtol', 1e-4), call.get('atol', 1e-5))
    except Exception as error:
        print(json.dumps({'name': case['name'], 'message': f'{type(error).__name__}: {error}'[:2000]}), file=failures, flush=True)
