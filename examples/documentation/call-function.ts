/** Function calls: builtin functions and other script functions. */
import * as torch from 'tsjit'

const zeros = torch.jit.script`
def zeros():
    return torch.zeros(3, dtype=torch.int)
`
console.log(zeros())

const foo = torch.jit.script`
def foo(x):
    return x + 1
`
const bar = torch.jit.script`
def bar(x):
    return ${foo}(x)
`
console.log(bar.graph)
console.log(bar(torch.tensor([1, 2])))
