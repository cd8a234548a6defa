"""The examples of this folder in Python: writes into NAME.expected.txt what PyTorch prints for NAME.ts.

    python record.py [NAME...]

Texts are as TypeScript's would be where they must differ: see `in_typescript`.
"""
import contextlib, io, math, os, re, sys, tempfile, warnings
from typing import Dict, List, Optional, Tuple

import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision
from torch import Tensor
from torch.jit import ScriptModule, script_method, trace

FOLDER = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = {}


def example(run):
    EXAMPLES[run.__name__.replace("_", "-")] = run
    return run


# JavaScript programs do not show the tracer the names of local variables.
torch.jit._trace._create_interpreter_name_lookup_fn = lambda frames_up=1: lambda var: ""


@example
def trace_function():
    def foo(x, y):
        return 2 * x + y

    traced_foo = torch.jit.trace(foo, (torch.rand(3), torch.rand(3)))
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


# --- how JavaScript prints values

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
    return text.replace("torchvision.models.resnet.", "")


def record(name, run):
    out = io.StringIO()
    torch.manual_seed(0)
    with contextlib.redirect_stdout(out), torch.no_grad():
        run()
    text = re.sub(r" +# [^\n]*:\d+:\d+$", "", in_typescript(out.getvalue()), flags=re.M)
    with open(os.path.join(FOLDER, f"{name}.expected.txt"), "w") as file:
        file.write(text)


if __name__ == "__main__":
    for name in sys.argv[1:] or EXAMPLES:
        record(name, EXAMPLES[name])
