/** Expressions: parts of tensors. */
import * as torch from 'tsjit'

const subscripts = torch.jit.script`
def subscripts(t, i: int, j: int):
    print(t[0], t[-1], t[0:2], t[1:], t[:1], t[:])
    print(t[0, 1], t[0, 1:2], t[0, :1])
    print(t[-1, 1:, 0], t[1:, -1, 0], t[i:j, i])
`
subscripts(torch.arange(24).reshape([2, 3, 4]), 1, 2)
