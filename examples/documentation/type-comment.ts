/** Types: annotations in the manner of MyPy. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const foo = torch.jit.script`
def foo(x, tup):
    # type: (int, Tuple[Tensor, Tensor]) -> Tensor
    t0, t1 = tup
    return t0 + t1 + x
`
console.log(foo(3, [torch.rand([3]), torch.rand([3])]))

// and in the manner of Python 3
const bar = torch.jit.script`
def foo(x: int, tup: Tuple[Tensor, Tensor]) -> Tensor:
    t0, t1 = tup
    return t0 + t1 + x
`
console.log(String(foo.schema))
console.log(String(bar.schema))
