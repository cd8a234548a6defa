"""The examples of this folder in Python: writes into NAME.expected.txt what PyTorch prints for NAME.ts.

    python record.py [NAME...]

Texts are as TypeScript's would be where they must differ: see `in_typescript`.
"""
import contextlib, io, math, os, re, subprocess, sys, traceback, warnings, zipfile
from typing import Dict, List, Optional, Tuple

import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision
from torch import Tensor
from torch.jit import ScriptModule, script_method, trace

FOLDER = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = {}
JIT = os.environ.get("PYTORCH_JIT") != "0"


def example(run):
    EXAMPLES[run.__name__.strip("_").replace("_", "-")] = run
    return run


# JavaScript programs do not show the tracer the names of local variables.
torch.jit._trace._create_interpreter_name_lookup_fn = lambda frames_up=1: lambda var: ""


@example
def trace_function():
    def foo(x, y):
        return 2 * x + y

    traced_foo = torch.jit.trace(foo, (torch.rand(3), torch.rand(3)))
    print(traced_foo.schema)
    print(traced_foo.graph)
    print(traced_foo.code)
    print(traced_foo(torch.ones(3), torch.ones(3)))
    module = saved_and_loaded(traced_foo)
    print(",".join(module._c._method_names()), len(list(module.parameters())))
    print(module(torch.ones(3), torch.ones(3)))


@example
def trace_one_input():
    def f(x):
        return x * 2

    traced_f = torch.jit.trace(f, torch.rand(1))
    print(traced_f.graph)
    print(traced_f(torch.tensor([1.5, 2.5])))


@example
def trace_resnet18():
    traced_net = torch.jit.trace(torchvision.models.resnet18(), torch.rand(1, 3, 224, 224))
    print(traced_net.graph)
    parameters = [name for name, _ in traced_net.named_parameters()]
    print(len(parameters), parameters[0], parameters[-1])
    scores = traced_net(torch.rand(2, 3, 64, 64))
    print(array(scores.shape))
    print((scores[0, :5] * 100).round())


@example
def traced_mode():
    dropout = nn.Dropout(0.5)
    x = torch.ones(4)
    in_training = torch.jit.trace(dropout.train(), x, check_trace=False)
    in_evaluation = torch.jit.trace(dropout.eval(), x)
    print(in_training.graph)
    print(in_training.eval()(x))
    print(in_evaluation.train()(x))


@example
def script_function():
    @torch.jit.script
    def foo(x, y):
        if x.max() > y.max():
            r = x
        else:
            r = y
        return r

    print(foo.graph)
    print(foo(torch.tensor([1, 5]), torch.tensor([3, 4])))
    print(foo(torch.tensor([1, 2]), torch.tensor([3, 4])))
    print(foo.graph)
    print(foo(torch.tensor([1, 5]), torch.tensor([3, 4])))
    module = saved_and_loaded(foo)
    print(",".join(module._c._method_names()), len(list(module.parameters())))


@example
def script_module():
    class MyModule(torch.jit.ScriptModule):
        def __init__(self, N, M):
            super(MyModule, self).__init__()
            self.weight = torch.nn.Parameter(torch.rand(N, M))

        @torch.jit.script_method
        def forward(self, input):
            return self.weight.mv(input)

    module = MyModule(4, 3)
    print(module.graph)
    print(module(torch.ones(3)))
    print(",".join(module.state_dict()))


@example
def traced_submodules():
    class MyScriptModule(ScriptModule):
        def __init__(self):
            super(MyScriptModule, self).__init__()
            # trace produces a ScriptModule's conv1 and conv2
            self.conv1 = trace(nn.Conv2d(1, 20, 5), torch.rand(1, 1, 16, 16))
            self.conv2 = trace(nn.Conv2d(20, 20, 5), torch.rand(1, 20, 16, 16))

        @script_method
        def forward(self, input):
            input = F.relu(self.conv1(input))
            input = F.relu(self.conv2(input))
            return input

    module = MyScriptModule()
    print(module.inlined_graph)
    print(module)
    output = module(torch.rand(1, 1, 16, 16))
    print(array(output.shape))
    print((output[0, 0, 0] * 1000).round())


@example
def script_calls_traced():
    def foo(x, y):
        return 2 * x + y

    traced_foo = torch.jit.trace(foo, (torch.rand(3), torch.rand(3)))

    @torch.jit.script
    def bar(x):
        return traced_foo(x, x)

    print(bar.graph)
    print(bar.inlined_graph)
    print(bar(torch.tensor([1, 2, 3])))


@example
def traced_calls_script():
    @torch.jit.script
    def foo(x, y):
        if x.max() > y.max():
            r = x
        else:
            r = y
        return r

    def bar(x, y, z):
        return foo(x, y) + z

    traced_bar = torch.jit.trace(bar, (torch.rand(3), torch.rand(3), torch.rand(3)))
    print(traced_bar.graph)
    print(traced_bar.inlined_graph)
    small, large, ten = torch.tensor([1, 2, 3]), torch.tensor([4, 5, 6]), torch.tensor(10)
    print(traced_bar(small, large, ten))
    print(traced_bar(large, small, ten))


@example
def resnet_in_script_module():
    class MyScriptModule(torch.jit.ScriptModule):
        def __init__(self):
            super(MyScriptModule, self).__init__()
            self.means = torch.nn.Parameter(torch.tensor([103.939, 116.779, 123.68]).resize_(1, 3, 1, 1))
            self.resnet = torch.jit.trace(torchvision.models.resnet18(), torch.rand(1, 3, 224, 224))

        @torch.jit.script_method
        def forward(self, input):
            return self.resnet(input - self.means)

    module = MyScriptModule()
    print(module.graph)
    output = module(torch.rand(2, 3, 64, 64) * 255)
    print(array(output.shape))
    print((output[0, :5] * 100).round())


@example
def script_methods():
    class MyScriptModule(torch.jit.ScriptModule):
        def __init__(self):
            super(MyScriptModule, self).__init__()
            self.means = torch.nn.Parameter(torch.tensor([103.939, 116.779, 123.68]).resize_(1, 3, 1, 1))
            self.resnet = torch.jit.trace(torchvision.models.resnet18(), torch.rand(1, 3, 224, 224))

        @torch.jit.script_method
        def helper(self, input):
            return self.resnet(input - self.means)

        @torch.jit.script_method
        def same_helper(self, input):
            return self.resnet.forward(input - self.means)

        @torch.jit.script_method
        def forward(self, input):
            return self.helper(input)

    module = MyScriptModule()
    print(module.graph)
    print(module.helper.graph)
    print(module.same_helper.graph)
    input = torch.rand(2, 3, 64, 64) * 255
    print(truth(torch.equal(module(input), module.helper(input))))
    print(truth(torch.equal(module(input), module.same_helper(input))))


@example
def call_method():
    @torch.jit.script
    def product(x, y):
        return x.mm(y)

    print(product.graph)
    print(product(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[0, 1], [1, 0]])))


@example
def types():
    @torch.jit.script
    def types(anything, tensor: Tensor, pair: Tuple[Tensor, int], whole: int, real: float, items: List[Tensor]):
        return anything + tensor, pair, whole, real, items

    print(types.schema)

    @torch.jit.script
    def sum(x, pair: Tuple[Tensor, int], n: int, r: float, items: List[int]):
        first, second = pair
        return (x + first) * second + n + r + items[0]

    print(sum(torch.tensor([1, 2]), (torch.tensor([10, 20]), 2), 3, 0.5, [100]))


@example
def type_mismatch():
    try:
        torch.jit.CompilationUnit("""def an_error(x):
    if x:
        r = torch.rand(1)
    else:
        r = 4
    return r # Type mismatch: r is set to type Tensor in the true branch
             # and type int in the false branch
""")
    except RuntimeError as error:
        print(str(error).strip())


@example
def type_comment():
    @torch.jit.script
    def foo(x, tup):
        # type: (int, Tuple[Tensor, Tensor]) -> Tensor
        t0, t1 = tup
        return t0 + t1 + x

    print(foo(3, (torch.rand(3), torch.rand(3))))
    print(foo.schema)
    print(foo.schema)


@example
def literals():
    @torch.jit.script
    def literals():
        a = 3
        print(True, False, None, 'string literals', "string literals", 3, 3.4)
        print(a)
        return a

    print(literals())
    print(literals.graph)


@example
def containers():
    @torch.jit.script
    def containers():
        print((3, 4), (3,))
        print([3, 4])
        print([torch.rand(3), torch.rand(4)])
        empty = []                     # List[Tensor]
        empty.append(torch.ones(2))
        return empty

    print(containers.schema)
    print(containers()[0])


@example
def operators():
    @torch.jit.script
    def arithmetic(a, b, i: int, j: int):
        print(a + b, a - b, a * b, a / b, a @ b)
        print(i + j, i - j, i * j, i / j, i ^ j)

    arithmetic(torch.tensor([[1.5, 2], [3, 4]]), torch.tensor([[1.5, 0.5], [2, 8]]), 6, 4)

    @torch.jit.script
    def comparisons(a, b, i: int, j: int):
        print(a == b, a != b, a < b, a > b, a <= b, a >= b)
        print(i == j, i != j, i < j, i > j, i <= j, i >= j)

    comparisons(torch.tensor([1, 2, 3]), torch.tensor([3, 2, 1]), 6, 4)

    @torch.jit.script
    def logic(a: bool, b: bool):
        print(a and b, a or b, not b)

    logic(True, False)


@example
def subscripts():
    @torch.jit.script
    def subscripts(t, i: int, j: int):
        print(t[0], t[-1], t[0:2], t[1:], t[:1], t[:])
        print(t[0, 1], t[0, 1:2], t[0, :1])
        print(t[-1, 1:, 0], t[1:, -1, 0], t[i:j, i])

    subscripts(torch.arange(24).reshape([2, 3, 4]), 1, 2)


@example
def call_function():
    @torch.jit.script
    def zeros():
        return torch.zeros(3, dtype=torch.int)

    print(zeros())

    @torch.jit.script
    def foo(x):
        return x + 1

    @torch.jit.script
    def bar(x):
        return foo(x)

    print(bar.graph)
    print(bar(torch.tensor([1, 2])))


@example
def if_expression():
    @torch.jit.script
    def larger(x, y):
        return x if x > y else y

    print(larger.graph)
    print(larger(torch.tensor(1), torch.tensor(2)))


@example
def casts():
    @torch.jit.script
    def casts(ten):
        print(float(ten), int(3.5), bool(ten))
        return float(ten)

    print(casts.graph)
    print(casts(torch.tensor([2.5])))


@example
def module_parameters():
    class Inner(torch.jit.ScriptModule):
        def __init__(self):
            super().__init__()
            self.my_parameter = torch.nn.Parameter(torch.rand(2))

        @torch.jit.script_method
        def forward(self, x):
            return x * self.my_parameter

    class Outer(torch.jit.ScriptModule):
        def __init__(self):
            super().__init__()
            self.my_parameter = torch.nn.Parameter(torch.rand(2))
            self.my_submodule = Inner()

        @torch.jit.script_method
        def forward(self, x):
            return self.my_submodule(x) + self.my_parameter + self.my_submodule.my_parameter

    module = Outer()
    print(module.graph)
    print(module(torch.ones(2)))
    print(",".join(module.state_dict()))


@example
def assignments():
    @torch.jit.script
    def assignments(b: int, c):
        a = b
        a += b # short-hand for a = a + b
        a -= 1
        t = c
        t += 1 # of tensors in place, today
        print(a, t, c)

    assignments(3, torch.tensor([1, 2]))

    @torch.jit.script
    def patterns(a_tuple: Tuple[int, float, str, bool], a_list: List[int]):
        a, b, *c = a_tuple
        print(a, b, c)
        d, e = a_list
        print(d, e)

    patterns((1, 2.5, "three", True), [4, 5])


@example
def print_():
    @torch.jit.script
    def show(a, b):
        print("the result of an add:", a + b)

    show(torch.tensor([1.5, 2]), torch.tensor([1, 2]))
    print(show.graph)


@example
def if_statement():
    @torch.jit.script
    def branches(a: int):
        if a < 3:
            r = -a
        elif a < 4:
            r = a + a
        else:
            r = 3 * a
        return r

    print(branches.graph)
    print(branches(2), branches(3), branches(4))


@example
def loops():
    @torch.jit.script
    def counting():
        a = 0
        while a < 4:
            print(a)
            a += 1
        return a

    print(counting())
    print(counting.graph)

    @torch.jit.script
    def product():
        x = 1
        for i in range(10):
            x *= i + 1
        return x

    print(product())
    print(product.graph)

    @torch.jit.script
    def members():
        tup = (3, torch.rand(4))
        for x in tup:
            print(x)

    members()
    print(members.graph)


@example
def module_list():
    class SubModule(torch.jit.ScriptModule):
        def __init__(self):
            super(SubModule, self).__init__()
            self.weight = nn.Parameter(torch.randn(2))

        @torch.jit.script_method
        def forward(self, input):
            return self.weight + input

    class MyModule(torch.jit.ScriptModule):
        __constants__ = ['mods']

        def __init__(self):
            super(MyModule, self).__init__()
            self.mods = torch.nn.ModuleList([SubModule() for i in range(10)])

        @torch.jit.script_method
        def forward(self, v):
            for module in self.mods:
                v = module(v)
            return v

    module = MyModule()
    print(module.graph)
    print(module(torch.zeros(2)))
    print(",".join(module.state_dict()))


@example
def return_():
    @torch.jit.script
    def both(a: int, b: str):
        return a, b

    print(both.schema)
    print(array([repr(value) for value in both(1, "two")]))

    @torch.jit.script
    def early(x):
        if x.sum() > 0:
            return x
        return -x

    print(early.graph)
    print(early(torch.tensor([-1, -2])))


def foo(x):
    if x < 0:
        y = 4
    print(y) # Error: undefined value y


@example
def undefined_variable():
    try:
        torch.jit.script(foo)
    except RuntimeError as error:
        before = foo.__code__.co_firstlineno - 1
        print(re.sub(r'File ".*", line (\d+)', lambda m: f'File "<script>", line {int(m[1]) - before}', str(error).strip()))


@example
def host_function():
    @torch.jit.ignore
    def foo(x):
        print("I am called with {}".format(x))
        # import pdb; pdb.set_trace()
        return x

    @torch.jit.script
    def bar(x):
        return foo(x + 1)

    print(bar(torch.tensor([1, 2])))
    try:
        saved_and_loaded(bar)
    except RuntimeError as error:
        print("cannot be saved:", re.search("Could not export Python function call ('\\w+')", str(error))[1])


@example
def constants():
    @torch.jit.script
    def circle(radius):
        return torch.mul(radius, 2 * math.pi)

    print(circle.graph)
    print(circle(torch.tensor([1, 2])))

    class Foo(torch.jit.ScriptModule):
        __constants__ = ['a', 'b', 'c', 'd', 'e', 'f']

        def __init__(self):
            super(Foo, self).__init__()
            self.a = 1 + 4
            self.b = True
            self.c = (2, (3, 4.5))
            self.d = "text"
            self.e = nn.ModuleList([nn.ReLU()])
            self.f = torch.device("cpu")

        @torch.jit.script_method
        def forward(self, input):
            for module in self.e:
                input = module(input)
            if self.b:
                print(self.c, self.d, self.f)
            zeros = torch.zeros([2], dtype=torch.int, layout=torch.strided, device=self.f)
            return self.a + input + zeros

    module = Foo()
    print(module.graph)
    print(module(torch.tensor([-1, 2])))


@example
def disable_jit():
    @torch.jit.script
    def scripted_fn(x: torch.Tensor):
        for i in range(12):
            x = x + x
        return x

    def fn(x):
        x = torch.neg(x)
        print("here a debugger may stop")
        return scripted_fn(x)

    traced_fn = torch.jit.trace(fn, (torch.rand(4, 5),))
    print("traced")
    print(truth(isinstance(scripted_fn, torch.jit.ScriptFunction)), truth(traced_fn is fn))
    print(traced_fn(torch.rand(3, 4)))


@example
def interpret_graph():
    @torch.jit.script
    def foo(len):
        # type: (int) -> torch.Tensor
        rv = torch.zeros(3, 4)
        for i in range(len):
            if i < 10:
                rv = rv - 1.0
            else:
                rv = rv + 1.0
        return rv

    print(foo.graph)
    print(foo(12))


@example
def trace_edge_cases():
    def half_or_double(x):
        if x.sum().item() > 0:
            return x / 2
        return x * 2

    traced = torch.jit.trace(half_or_double, torch.ones(3))
    print(traced.graph)
    print(traced(torch.ones(3)))
    print(traced(-torch.ones(3)), "where the function gives", half_or_double(-torch.ones(3)))

    def add_to_row(x):
        y = x.clone()
        y[0].add_(1)
        return y

    out_of_place = torch.jit.trace(add_to_row, torch.zeros(2, 2), _force_outplace=True)
    print(out_of_place(torch.zeros(2, 2)))


@example
def check_trace():
    def loop_in_traced_fn(x):
        result = x[0]
        for i in range(x.size(0)):
            result = result * x[i]
        return result

    inputs = (torch.rand(3, 4, 5),)
    check_inputs = [(torch.rand(4, 5, 6),), (torch.rand(2, 3, 4),)]
    # JavaScript has no range: the loop compares the size as a number, which matters as the results differ
    size = "Converting a tensor to a JavaScript integer might cause the trace to be incorrect. We can't record the data flow of JavaScript values, so this value will be treated as a constant in the future. This means that the trace might not generalize to other inputs!"
    print(f"check-trace.ts: TracerWarning: {size}\n  for (let i = 0; i < x.size(0); i++) {{")
    try:
        torch.jit.trace(loop_in_traced_fn, inputs, check_inputs=check_inputs)
    except torch.jit.TracingCheckError as error:
        print(error)


@example
def script_the_loop():
    def fn(x):
        result = x[0]
        for i in range(x.size(0)):
            result = result * x[i]
        return result

    inputs = (torch.rand(3, 4, 5),)
    check_inputs = [(torch.rand(4, 5, 6),), (torch.rand(2, 3, 4),)]
    scripted_fn = torch.jit.script(fn)
    print(scripted_fn.graph)
    for input_tuple in [inputs] + check_inputs:
        print(truth(torch.allclose(fn(*input_tuple), scripted_fn(*input_tuple))))


@example
def tracer_warnings():
    def fill_row_zero(x):
        x[0] = torch.rand(*x.shape[1:2])
        return x

    traced = torch.jit.trace(fill_row_zero, (torch.rand(3, 4),))
    print(traced.graph)
    # Python shows a warning once a place
    torch.jit._trace.__warningregistry__.clear()
    torch.jit.trace(fill_row_zero, (torch.rand(3, 4),), _force_outplace=True)


@example
def out_of_place():
    def fill_row_zero(x):
        x = torch.cat((torch.rand(1, *x.shape[1:2]), x[1:2]), dim=0)
        return x

    traced = torch.jit.trace(fill_row_zero, (torch.rand(3, 4),))
    print(traced.graph)


@example
def builtin_functions():
    @torch.jit.script
    def builtins(x):
        y = torch.cat([x, x], dim=1)
        z = F.softmax(y, dim=1)
        return z.sum(dim=1).sqrt()

    print(builtins(torch.rand(2, 3)))

    class Net(torch.jit.ScriptModule):
        def __init__(self):
            super().__init__()
            self.linear = torch.jit.trace(nn.Linear(3, 2), torch.rand(1, 3))

        @torch.jit.script_method
        def forward(self, x):
            return self.linear(x).relu()

    print(Net()(torch.ones(1, 3)))


class Saved(torch.jit.ScriptModule):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.rand(2, 3))

    @torch.jit.script_method
    def forward(self, input):
        return self.weight.mv(input)


@example
def save_and_load():
    module = Saved()
    for _ in range(3):
        print(saved_and_loaded(module)(torch.ones(3)))
    print(saved_and_loaded(module, map_location=torch.device("cpu"))(torch.ones(3)))
    print(saved_and_loaded(module, map_location="cpu")(torch.ones(3)))


@example
def load_from_cuda():
    path = os.path.join(FOLDER, "saved-on-cuda.pt")
    buffer = io.BytesIO()
    torch.jit.save(Saved(), buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            info.date_time = (1980, 1, 1, 0, 0, 0)
            content = old.read(info)
            if info.filename.endswith("data.pkl"):
                content = content.replace(b"X\x03\x00\x00\x00cpu", b"X\x06\x00\x00\x00cuda:0")
            new.writestr(info, content)
    try:
        torch.jit.load(path)
    except RuntimeError as error:
        print("refused:", re.search("cuda", str(error), flags=re.I)[0].lower())
    module = torch.jit.load(path, map_location="cpu")
    for name, parameter in module.named_parameters():
        print(name, parameter.device)
    print(module(torch.ones(3)))


@example
def trace_options():
    def noisy(x):
        return x + torch.rand(3) * 1e-3

    x = torch.ones(3)
    torch.jit.trace(noisy, x)
    torch.jit.trace(noisy, x, check_trace=False)
    torch.jit.trace(noisy, x, check_tolerance=1e-2)

    sum = torch.jit.trace(lambda a, b: a + b, (x, x), check_inputs=[(torch.ones(2), torch.zeros(2))])
    print(sum(torch.ones(2, 2), torch.ones(2)))

    def swap(pair):
        a, b = pair
        return b, (-a,)

    swap = torch.jit.trace(swap, ((x, torch.zeros(2)),))
    print(swap.graph)


# --- how JavaScript prints values

# there is no autograd
torch.Tensor.__repr__ = lambda self: torch._tensor_str._str(self.detach())


def array(values):
    return f"[ {', '.join(map(str, values))} ]"


def truth(value):
    return str(value).lower()


def saved_and_loaded(module, **options):
    buffer = io.BytesIO()
    torch.jit.save(module, buffer)
    buffer.seek(0)
    return torch.jit.load(buffer, **options)


def in_typescript(text):
    # numbers of classes with equal names are the process's here
    text = re.sub(r"___torch_mangle_\d+\.", "", text)
    # classes of functions' and files' own
    text = re.sub(r"__torch__\.(?:\w+\.)*(?=MyModule|MyScriptModule|SubModule|Foo\b)", "__torch__.", text)
    return text.replace("torchvision.models.resnet.", "").replace('File "<string>"', 'File "<script>"')


# the lines that warnings speak of
LINES = {
    "torch.jit.trace(noisy, x)": "torch.jit.trace(noisy, x, { onWarning })",
    "x[0] = torch.rand(*x.shape[1:2])": "x.setIndex([0], torch.rand([x.shape[1]]))",
    "traced = torch.jit.trace(fill_row_zero, (torch.rand(3, 4),))": "const traced = torch.jit.trace(fillRowZero, [torch.rand([3, 4])], { onWarning: printWarning })",
    "torch.jit.trace(fill_row_zero, (torch.rand(3, 4),), _force_outplace=True)": "torch.jit.trace(fillRowZero, [torch.rand([3, 4])], { onWarning: printWarning, forceOutplace: true })",
    "torch.jit.trace(loop_in_traced_fn, inputs, check_inputs=check_inputs)": "torch.jit.trace(loopInTracedFn, inputs, { checkInputs, onWarning: printWarning })",
    "if x.sum().item() > 0:": "if (x.sum().item() > 0) return x.div(2)",
    "y[0].add_(1)": "y.index(0).add_(1)",
    "out_of_place = torch.jit.trace(add_to_row, torch.zeros(2, 2), _force_outplace=True)": "const outOfPlace = torch.jit.trace(addToRow, torch.zeros([2, 2]), { ...options, forceOutplace: true })",
}


def show_warning(message, category, *_):
    if category is not torch.jit.TracerWarning:
        return
    frames = [frame for frame in traceback.extract_stack()[:-1] if frame.filename == __file__]
    line = LINES[frames[-1].line]
    text = str(message).replace("Python", "JavaScript").replace("check_trace=False", "checkTrace: false")
    print(f"{current}.ts: TracerWarning: {text}\n  {line}")


warnings.showwarning = show_warning


def record(name, run):
    global current
    current = name
    out = io.StringIO()
    torch.manual_seed(0)
    warnings.resetwarnings()
    torch.jit.TracerWarning.ignore_lib_warnings()
    with contextlib.redirect_stdout(out):
        run()
    text = re.sub(r" +# [^\n]*:\d+:\d+$", "", in_typescript(out.getvalue()), flags=re.M)
    mode = "" if JIT else ".off"
    with open(os.path.join(FOLDER, f"{name}{mode}.expected.txt"), "w") as file:
        file.write(text)


if __name__ == "__main__":
    names = sys.argv[1:] or EXAMPLES
    for name in names:
        record(name, EXAMPLES[name])
    if JIT and "disable-jit" in names:
        subprocess.run([sys.executable, __file__, "disable-jit"], env={**os.environ, "PYTORCH_JIT": "0"}, check=True)
