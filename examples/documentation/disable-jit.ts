/** Debugging: with TSJIT=0 functions are neither scripted nor traced, and a debugger steps through all of them. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const scriptedFn = torch.jit.script((x: torch.Tensor): torch.Tensor => {
  for (let i = 0; i < 12; i++) x = x.add(x)
  return x
})

function fn(x: torch.Tensor): torch.Tensor {
  x = torch.neg(x)
  console.log('here a debugger may stop')
  return scriptedFn(x)
}

const tracedFn = torch.jit.trace(fn, [torch.rand([4, 5])])
console.log('traced')
console.log(torch.jit.isScriptFunction(scriptedFn), tracedFn === fn)
console.log(tracedFn(torch.rand([3, 4])))
