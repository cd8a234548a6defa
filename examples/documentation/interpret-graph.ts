/** Debugging: the graph of a function. */
import * as torch from 'tsjit'

const foo = torch.jit.script`
def foo(len):
    # type: (int) -> torch.Tensor
    rv = torch.zeros(3, 4)
    for i in range(len):
        if i < 10:
            rv = rv - 1.0
        else:
            rv = rv + 1.0
    return rv
`
console.log(foo.graph)
console.log(foo(12))
