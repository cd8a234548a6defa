/** Statements: print. */
import * as torch from 'tsjit'

const show = torch.jit.script`
def show(a, b):
    print("the result of an add:", a + b)
`
show(torch.tensor([1.5, 2]), torch.tensor([1, 2]))
console.log(show.graph)
