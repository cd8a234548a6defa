/** Statements: assignments. */
import * as torch from 'tsjit'

const assignments = torch.jit.script`
def assignments(b: int, c):
    a = b
    a += b # short-hand for a = a + b
    a -= 1
    t = c
    t += 1 # of tensors in place, today
    print(a, t, c)
`
assignments(3, torch.tensor([1, 2]))

const patterns = torch.jit.script`
def patterns(a_tuple: Tuple[int, float, str, bool], a_list: List[int]):
    a, b, *c = a_tuple
    print(a, b, c)
    d, e = a_list
    print(d, e)
`
patterns([1, 2.5, 'three', true], [4, 5])
