/** Statements: if, elif and else. */
import * as torch from 'tsjit'

const branches = torch.jit.script`
def branches(a: int):
    if a < 3:
        r = -a
    elif a < 4:
        r = a + a
    else:
        r = 3 * a
    return r
`
console.log(branches.graph)
console.log(branches(2), branches(3), branches(4))
