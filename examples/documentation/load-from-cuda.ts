/** Saving and loading: a module whose tensors were on a GPU goes where mapLocation says; without a GPU, loading it as it was is an error. */
import { fileURLToPath } from 'node:url'
import * as torch from 'tsjit'

const file = fileURLToPath(new URL('saved-on-cuda.pt', import.meta.url))

try {
  await torch.jit.load(file)
} catch (error) {
  if (error instanceof torch.TsjitError) console.log('refused:', /cuda/i.exec(error.message)![0].toLowerCase())
}

const module = await torch.jit.load(file, { mapLocation: 'cpu' })
for (const [name, parameter] of module.namedParameters()) console.log(name, String(parameter.device))
console.log(module.forward(torch.ones([3])))
