/** Statements: while, and for over range and over tuples. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const counting = torch.jit.script`
def counting():
    a = 0
    while a < 4:
        print(a)
        a += 1
    return a
`
console.log(counting())
console.log(counting.graph)

const product = torch.jit.script`
def product():
    x = 1
    for i in range(10):
        x *= i + 1
    return x
`
console.log(product())
console.log(product.graph)

// a body for each member of the tuple
const members = torch.jit.script`
def members():
    tup = (3, torch.rand(4))
    for x in tup:
        print(x)
`
members()
console.log(members.graph)
