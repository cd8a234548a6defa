/** Method calls: methods of builtin types. */
import * as torch from 'tsjit'

const product = torch.jit.script`
def product(x, y):
    return x.mm(y)
`
console.log(product.graph)
console.log(
  product(
    torch.tensor([
      [1, 2],
      [3, 4],
    ]),
    torch.tensor([
      [0, 1],
      [1, 0],
    ]),
  ),
)
