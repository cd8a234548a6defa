/** If expressions. */
import * as torch from 'tsjit'

const larger = torch.jit.script`
def larger(x, y):
    return x if x > y else y
`
console.log(larger.graph)
console.log(larger(torch.tensor(1), torch.tensor(2)))
