"""What PyTorch makes of the modules of a file: one JSON line for each nn.Module class and each function make_...().

    python record.py FILE.py [NAME]... | gzip -9n > FILE.jsonl.gz

With --code the results hold the archives' source too, which `run-compare.ts` compares.

`# inputs: f2,3 i10:5` above a class or function names the inputs of forward: f normal, u uniform, p positive, b of booleans, iN ints below N,
each with its shape; JSON values stand for themselves. Every case runs in a process of its own, so that names of classes are not taken.
"""
import base64, importlib.util, inspect, io, json, os, re, sys, warnings

warnings.filterwarnings('ignore')
import torch

# What programs print must not stand among the results.
RESULTS = os.fdopen(os.dup(1), 'w')
os.dup2(2, 1)
PATH = sys.argv[1]
TEXT = open(PATH).read()


def canonical(graph):
    numbers = {}
    text = re.sub(r" +# [^\n]*:\d+:\d+$", "", str(graph), flags=re.M)
    return re.sub(r"%[A-Za-z0-9_.]+", lambda m: numbers.setdefault(m[0], f"%{len(numbers)}"), text)


def make_input(spec):
    if isinstance(spec, list):
        return tuple(make_input(s) for s in spec)
    if not isinstance(spec, str):
        return spec
    kind, rest = spec[0], spec[1:]
    dims = lambda t: [int(d) for d in t.split(',')] if t else []
    if kind == 'i':
        high, shape = rest.split(':')
        return torch.randint(0, int(high), dims(shape))
    shape = dims(rest)
    if kind == 'f':
        return torch.randn(shape)
    if kind == 'u':
        return torch.rand(shape)
    if kind == 'p':
        return torch.rand(shape) + 0.5
    if kind == 's':
        return (torch.randint(0, 2, shape) * 2 - 1).float()
    return torch.rand(shape) < 0.3


def inputs_of(name):
    found = re.search(r'^# inputs: (.*)\n(?:@.*\n)*(?:class|def) ' + name + r'\b', TEXT, re.M)
    return None if not found else json.loads('[' + found[1] + ']')


def leaves(value):
    if isinstance(value, torch.Tensor):
        return [{'dtype': str(value.dtype)[6:], 'shape': list(value.shape), 'data': base64.b64encode(value.detach().contiguous().numpy().tobytes()).decode()}]
    if isinstance(value, (tuple, list)):
        return [leaf for item in value for leaf in leaves(item)]
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    return [{'value': value if isinstance(value, (int, float, str, bool, type(None))) else str(value)}]


def describe(name, make):
    result = {'name': name}
    try:
        torch.manual_seed(0)
        module = make()
        scripted = torch.jit.script(module)
    except Exception as e:
        result['error'] = f'{type(e).__name__}: {e}'.split('\n  File')[0]
        return result
    graphs = {}
    for path, m in scripted.named_modules():
        cls = m._c._type().qualified_name()
        for method in m._c._method_names():
            graphs[f'{cls}.{method}'] = canonical(m._c._get_method(method).graph)
    result['graphs'] = graphs
    buffer = io.BytesIO()
    try:
        if '--code' not in sys.argv:
            raise StopIteration
        torch.jit.save(scripted, buffer)
        code = {}
        import zipfile
        with zipfile.ZipFile(io.BytesIO(buffer.getvalue())) as z:
            for n in sorted(z.namelist()):
                if n.endswith('.py'):
                    code[n[n.index('/') + 1:]] = z.read(n).decode()
        result['code'] = code
    except StopIteration:
        pass
    except Exception as e:
        result['unsaved'] = str(e).split('\n')[0]
    specs = inputs_of(name)
    if specs is not None:
        torch.manual_seed(1)
        inputs = [make_input(s) for s in specs]
        outputs = []
        for training in (True, False):
            scripted.train(training)
            torch.manual_seed(2)
            try:
                outputs.append(leaves(scripted(*[i.clone() if isinstance(i, torch.Tensor) else i for i in inputs])))
            except Exception as e:
                outputs.append({'error': str(e).strip().split('\n')[-1]})
        result['outputs'] = outputs
    return result


def main():
    name = os.path.basename(PATH)[:-3]
    spec = importlib.util.spec_from_file_location(name, PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, os.path.dirname(os.path.abspath(PATH)))
    spec.loader.exec_module(module)
    cases = []
    for key, thing in list(vars(module).items()):
        if getattr(thing, '__module__', None) != name or key.startswith('_'):
            continue
        # Cases are what takes no arguments.
        if inspect.isclass(thing) and issubclass(thing, torch.nn.Module) and f'class {key}(' in TEXT:
            cases.append((key, thing))
        elif inspect.isfunction(thing) and key.startswith('make_'):
            cases.append((key, thing))
    only = [a for a in sys.argv[2:] if a != '--code']
    for key, thing in cases:
        if only and key not in only:
            continue
        if inspect.isclass(thing):
            try:
                required = [p for p in inspect.signature(thing).parameters.values() if p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
            except ValueError:
                required = []
            if required:
                continue
        pid = os.fork()
        if pid == 0:
            torch.set_num_threads(1)
            RESULTS.write(json.dumps(describe(key, thing)) + '\n')
            RESULTS.flush()
            os._exit(0)
        os.waitpid(pid, 0)


main()
