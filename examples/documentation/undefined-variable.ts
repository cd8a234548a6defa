/** Variable resolution: a variable that is defined on some paths only. */
import * as torch from 'tsjit'

try {
  torch.jit.script`
def foo(x):
    if x < 0:
        y = 4
    print(y) # Error: undefined value y
`
} catch (error) {
  if (error instanceof torch.CompileError) console.log(error.message)
}
