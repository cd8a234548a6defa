/** Expressions: arithmetic, comparisons and logic, on tensors and on numbers. */
import * as torch from 'tsjit'

const arithmetic = torch.jit.script`
def arithmetic(a, b, i: int, j: int):
    print(a + b, a - b, a * b, a / b, a @ b)
    print(i + j, i - j, i * j, i / j, i ^ j)
`
arithmetic(
  torch.tensor([
    [1.5, 2],
    [3, 4],
  ]),
  torch.tensor([
    [1.5, 0.5],
    [2, 8],
  ]),
  6,
  4,
)

const comparisons = torch.jit.script`
def comparisons(a, b, i: int, j: int):
    print(a == b, a != b, a < b, a > b, a <= b, a >= b)
    print(i == j, i != j, i < j, i > j, i <= j, i >= j)
`
comparisons(torch.tensor([1, 2, 3]), torch.tensor([3, 2, 1]), 6, 4)

const logic = torch.jit.script`
def logic(a: bool, b: bool):
    print(a and b, a or b, not b)
`
logic(true, false)
