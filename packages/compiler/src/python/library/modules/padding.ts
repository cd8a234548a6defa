import { head } from './head.ts'

const ntuple = (n: number): string => ['', '_pair', '_quadruple', '_sextuple'][n]
const one = (base: string, n: number): string => `
class ${base}${n}d(_${base}Nd):
    padding: Tuple[${new Array(2 * n).fill('int').join(', ')}]
    def __init__(self, padding):
        super().__init__()
        self.padding = ${ntuple(n)}(padding)
`
const constant = (n: number): string => `
class ConstantPad${n}d(_ConstantPadNd):
    padding: Tuple[${new Array(2 * n).fill('int').join(', ')}]
    def __init__(self, padding, value):
        super().__init__(value)
        self.padding = ${ntuple(n)}(padding)

class ZeroPad${n}d(ConstantPad${n}d):
    padding: Tuple[${new Array(2 * n).fill('int').join(', ')}]
    def __init__(self, padding):
        super().__init__(padding, 0.0)
`
const circular = (n: number, ranks: string, text: string): string => `
class CircularPad${n}d(_CircularPadNd):
    padding: Tuple[${new Array(2 * n).fill('int').join(', ')}]
    def __init__(self, padding):
        super().__init__()
        self.padding = ${ntuple(n)}(padding)
    def _check_input_dim(self, input):
        if ${ranks}:
            raise ValueError(f"expected ${text} input (got {input.dim()}D input)")
`
const base = (name: string, mode: string): string => `
class _${name}Nd(Module):
    __constants__ = ["padding"]
    padding: List[int]
    def forward(self, input: Tensor) -> Tensor:
        return F.pad(input, self.padding, "${mode}")
`

/** `torch.nn.modules.padding`. */
export const paddingModuleSource = `${head}
def _sextuple(x):
    return tuple(x) if isinstance(x, (tuple, list)) else (x, x, x, x, x, x)

class _CircularPadNd(Module):
    __constants__ = ["padding"]
    padding: List[int]
    def _check_input_dim(self, input):
        raise NotImplementedError
    def forward(self, input: Tensor) -> Tensor:
        self._check_input_dim(input)
        return F.pad(input, self.padding, "circular")
${circular(1, 'input.dim() != 2 and input.dim() != 3', '2D or 3D')}${circular(2, 'input.dim() != 3 and input.dim() != 4', '3D or 4D')}${circular(3, 'input.dim() != 4 and input.dim() != 5', '4D or 5D')}
class _ConstantPadNd(Module):
    __constants__ = ["padding", "value"]
    value: float
    padding: List[int]
    def __init__(self, value):
        super().__init__()
        self.value = value
    def forward(self, input: Tensor) -> Tensor:
        return F.pad(input, self.padding, "constant", self.value)
${constant(1)}${constant(2)}${constant(3)}
${base('ReflectionPad', 'reflect')}${one('ReflectionPad', 1)}${one('ReflectionPad', 2)}${one('ReflectionPad', 3)}
${base('ReplicationPad', 'replicate')}${one('ReplicationPad', 1)}${one('ReplicationPad', 2)}${one('ReplicationPad', 3)}
`
