import { head } from './head.ts'

/** `torch.nn.modules.container`. */
export const containerSource = `${head}
class Sequential(Module):
    _modules: Dict[str, Module]
    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], OrderedDict):
            for key, module in args[0].items():
                self.add_module(key, module)
        else:
            for idx, module in enumerate(args):
                self.add_module(str(idx), module)
    def __getitem__(self, idx):
        items = list(self.children_items())
        if isinstance(idx, int):
            return items[idx][1]
        return self.__class__(OrderedDict(items[idx]))
    def children_items(self):
        return self.named_children()
    def __setitem__(self, idx, module):
        setattr(self, self.children_items()[idx][0], module)
    def __delitem__(self, idx):
        delattr(self, self.children_items()[idx][0])
    def __len__(self):
        return len(self.children_items())
    def __iter__(self):
        return [m for _, m in self.children_items()]
    def append(self, module):
        self.add_module(str(len(self)), module)
        return self
    def extend(self, sequential):
        for layer in sequential:
            self.append(layer)
        return self
    def insert(self, index, module):
        layers = [m for m in self]
        layers.insert(index, module)
        for i, m in enumerate(layers):
            if str(i) not in [n for n, _ in self.children_items()]:
                self.add_module(str(i), m)
            setattr(self, str(i), m)
        return self
    def forward(self, input):
        for module in self:
            input = module(input)
        return input

class ModuleList(Module):
    _modules: Dict[str, Module]
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.extend(modules)
    def _list(self):
        return [m for _, m in self.named_children()]
    def __getitem__(self, idx):
        if isinstance(idx, int):
            return self._list()[idx]
        return self.__class__(self._list()[idx])
    def __setitem__(self, idx, module):
        if idx < 0:
            idx += len(self)
        setattr(self, str(idx), module)
    def __len__(self):
        return len(self._list())
    def __iter__(self):
        return self._list()
    def insert(self, index, module):
        layers = self._list()
        layers.insert(index, module)
        for i, m in enumerate(layers):
            self.add_module(str(i), m)
    def append(self, module):
        self.add_module(str(len(self)), module)
        return self
    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

class ModuleDict(Module):
    _modules: Dict[str, Module]
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)
    def __getitem__(self, key):
        return getattr(self, key)
    def __setitem__(self, key, module):
        self.add_module(key, module)
    def __len__(self):
        return len(self.named_children())
    def __iter__(self):
        return [n for n, _ in self.named_children()]
    def __contains__(self, key):
        return key in [n for n, _ in self.named_children()]
    def keys(self):
        return [n for n, _ in self.named_children()]
    def items(self):
        return self.named_children()
    def values(self):
        return [m for _, m in self.named_children()]
    def update(self, modules):
        if isinstance(modules, (OrderedDict, ModuleDict, dict)):
            for key, module in modules.items():
                self[key] = module
        else:
            for key, module in modules:
                self[key] = module

class ParameterList(Module):
    def __init__(self, values=None):
        super().__init__()
        self._size = 0
        if values is not None:
            self.extend(values)
    def __getitem__(self, idx):
        if idx < 0:
            idx += self._size
        return getattr(self, str(idx))
    def __len__(self):
        return self._size
    def __iter__(self):
        return [self[i] for i in range(self._size)]
    def append(self, value):
        if isinstance(value, Tensor) and not isinstance(value, Parameter):
            value = Parameter(value)
        setattr(self, str(self._size), value)
        self._size += 1
        return self
    def extend(self, values):
        for value in values:
            self.append(value)
        return self

class ParameterDict(Module):
    def __init__(self, parameters=None):
        super().__init__()
        self._keys = {}
        if parameters is not None:
            self.update(parameters)
    def __getitem__(self, key):
        return getattr(self, key)
    def __setitem__(self, key, value):
        self._keys[key] = None
        if isinstance(value, Tensor) and not isinstance(value, Parameter):
            value = Parameter(value)
        setattr(self, key, value)
    def __len__(self):
        return len(self._keys)
    def __contains__(self, key):
        return key in self._keys
    def keys(self):
        return self._keys.keys()
    def items(self):
        return [(k, self[k]) for k in self._keys]
    def values(self):
        return [self[k] for k in self._keys]
    def update(self, parameters):
        if isinstance(parameters, (dict, ParameterDict)):
            for key, value in parameters.items():
                self[key] = value
        else:
            for key, value in parameters:
                self[key] = value
`
