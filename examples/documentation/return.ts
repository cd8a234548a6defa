/** Statements: return, at the end of a function and, today, anywhere. */
import * as torch from 'tsjit'

const both = torch.jit.script`
def both(a: int, b: str):
    return a, b
`
console.log(String(both.schema))
console.log(both(1, 'two'))

const early = torch.jit.script`
def early(x):
    if x.sum() > 0:
        return x
    return -x
`
console.log(early.graph)
console.log(early(torch.tensor([-1, -2])))
