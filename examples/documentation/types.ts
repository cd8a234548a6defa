/** Types: each variable has one static type; parameters are tensors unless something else is said. */
import * as torch from 'tsjit'

const types = torch.jit.script`
def types(anything, tensor: Tensor, pair: Tuple[Tensor, int], whole: int, real: float, items: List[Tensor]):
    return anything + tensor, pair, whole, real, items
`
console.log(String(types.schema))

const sum = torch.jit.script`
def sum(x, pair: Tuple[Tensor, int], n: int, r: float, items: List[int]):
    first, second = pair
    return (x + first) * second + n + r + items[0]
`
console.log(sum(torch.tensor([1, 2]), [torch.tensor([10, 20]), 2], 3, 0.5, [100]))
