/** Types: a variable that has another type on each branch. */
import * as torch from 'tsjit'

try {
  torch.jit.script`
def an_error(x):
    if x:
        r = torch.rand(1)
    else:
        r = 4
    return r # Type mismatch: r is set to type Tensor in the true branch
             # and type int in the false branch
`
} catch (error) {
  if (error instanceof torch.CompileError) console.log(error.message)
}
