/** Expressions: tuples and lists are made. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const containers = torch.jit.script`
def containers():
    print((3, 4), (3,))
    print([3, 4])
    print([torch.rand(3), torch.rand(4)])
    empty = []                     # List[Tensor]
    empty.append(torch.ones(2))
    return empty
`
console.log(String(containers.schema))
console.log(containers()[0])
