// One process of `start.mjs`: loads an archive, calls it once, then again for the memory, and prints milliseconds and megabytes.
//   node tsjit.mjs MODEL IO
import { jit, load } from 'tsjit'

const [model, io] = process.argv.slice(2)
const calls = (await load(io)).get('calls')
const inputs = calls[0].get('inputs')
const start = performance.now()
const module = await jit.load(model)
const loaded = performance.now()
module.forward(...inputs)
const called = performance.now()
for (let i = 0; i < 4; i++) module.forward(...inputs)
console.log(JSON.stringify({ load: loaded - start, first: called - loaded, peak: process.resourceUsage().maxRSS / 1024 }))
