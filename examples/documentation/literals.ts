/** Expressions: literals and variables. */
import * as torch from 'tsjit'

const literals = torch.jit.script`
def literals():
    a = 3
    print(True, False, None, 'string literals', "string literals", 3, 3.4)
    print(a)
    return a
`
console.log(literals())
console.log(literals.graph)
