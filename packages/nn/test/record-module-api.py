"""Records what modules print and how loading state dicts fails: python record-module-api.py > module-api.json"""
import json
import torch
from torch import nn

result = {}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(inplace=True))
        self.layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(3)] + [nn.Linear(2, 3)])
        self.heads = nn.ModuleDict({'b': nn.Linear(4, 1), 'a': nn.Identity()})
        self.scale = nn.Parameter(torch.ones(2))
        self.register_buffer('steps', torch.zeros(1))
        self.register_buffer('scratch', torch.zeros(1), persistent=False)
        self.inner = nn.ModuleList()


net = Net()
result['text'] = repr(net)
result['keys'] = list(net.state_dict())
result['named_modules'] = [n for n, _ in net.named_modules()]
result['named_parameters'] = [n for n, _ in net.named_parameters()]
result['named_buffers'] = [n for n, _ in net.named_buffers()]
order = []
net.apply(lambda m: order.append(type(m).__name__))
result['apply'] = order
result['parameter_list'] = repr(nn.ParameterList([torch.zeros(2, 3), nn.Parameter(torch.ones(4))]))
result['parameter_dict'] = repr(nn.ParameterDict({'x': nn.Parameter(torch.zeros(2, 3)), 'y': nn.Parameter(torch.ones(4, dtype=torch.float64))}))
result['nested'] = repr(nn.Sequential(nn.Sequential(nn.Linear(1, 2), nn.ReLU()), nn.Sequential()))
result['parameter'] = repr(nn.Parameter(torch.tensor([1.0, 2.5])))


def failure(state, strict=True):
    try:
        keys = net.load_state_dict(state, strict=strict)
        return {'missing': list(keys.missing_keys), 'unexpected': list(keys.unexpected_keys)}
    except RuntimeError as error:
        return str(error)


good = net.state_dict()
without = {k: v for k, v in good.items() if k not in ('scale', 'layers.1.bias')}
result['missing'] = failure(without)
result['unexpected'] = failure({**good, 'extra': torch.zeros(1), 'layers.9.bias': torch.zeros(1)})
result['both'] = failure({**without, 'extra': torch.zeros(1)})
result['size'] = failure({**good, 'scale': torch.zeros(3), 'layers.0.weight': torch.zeros(2)})
result['loose'] = failure({**without, 'extra': torch.zeros(1)}, strict=False)
result['loose_size'] = failure({**without, 'heads.b.weight': torch.zeros(2, 4)}, strict=False)
result['no_count'] = failure({k: v for k, v in good.items() if not k.endswith('num_batches_tracked')})
result['strangers'] = failure({**good, 'layers.9.w': 1, 'z': torch.zeros(1), 'heads.b.weight.x': torch.zeros(1), 'heads': torch.zeros(1), 'scale.y': 1})
result['values'] = failure({**without, 'steps': [1.0], 'scratch': 2, 'heads.b.bias': 3})
try:
    net.load_state_dict([1])
except TypeError as error:
    result['no_dict'] = str(error)
result['container'] = repr(nn.Container(a=nn.Linear(1, 1), b=nn.ReLU()))
result['parallel'] = [repr(nn.DataParallel(nn.Linear(2, 1))), list(nn.DataParallel(nn.Linear(2, 1)).state_dict())]
initialisers = {
    'xavier_uniform_': [1.5], 'xavier_normal_': [], 'kaiming_uniform_': [], 'kaiming_normal_': [], 'uniform_': [-1, 2], 'normal_': [1, 0.5],
    'trunc_normal_': [0, 1, 1.5, 2.5], 'sparse_': [0.4], 'orthogonal_': [2], 'eye_': [], 'ones_': [], 'constant_': [0.5],
}
result['init'] = {}
for seed, (name, args) in enumerate(initialisers.items()):
    torch.manual_seed(seed)
    result['init'][name] = {'seed': seed, 'args': args, 'values': getattr(nn.init, name)(torch.empty(6, 5), *args).tolist()}
result['init']['dirac_'] = {'seed': 0, 'args': [2], 'shape': [4, 2, 3], 'values': nn.init.dirac_(torch.empty(4, 2, 3), 2).tolist()}
print(json.dumps(result, indent=1))
