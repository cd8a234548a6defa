/** Casts. */
import * as torch from 'tsjit'

const casts = torch.jit.script`
def casts(ten):
    print(float(ten), int(3.5), bool(ten))
    return float(ten)
`
console.log(casts.graph)
console.log(casts(torch.tensor([2.5])))
