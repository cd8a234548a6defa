// A classifier that PyTorch trained (train.py) reads pictures of digits in Node.js.       node demo.mjs
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PNG } from 'pngjs'
import * as torch from 'tsjit'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const model = await torch.jit.load(here('digits.pt'))

/** Grey values from 0 (paper) to 1 (ink). */
function readPicture(path) {
  const { width, height, data } = PNG.sync.read(readFileSync(path))
  const ink = Float32Array.from(
    { length: width * height },
    (_, i) => 1 - (0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]) / 255,
  )
  return { width, height, ink }
}

const colors = process.stdout.isTTY && !process.env.NO_COLOR
const rows = 8

/** The picture as half blocks in shades of grey, two pixels a character; as shaded blocks where there are no colours. */
function drawPicture({ width, height, ink }) {
  const at = (x, y) => ink[Math.floor(((y + 0.5) * height) / (2 * rows)) * width + Math.floor(((x + 0.5) * width) / (2 * rows))]
  const grey = (value) => 255 - Math.round(23 * value)
  return Array.from({ length: rows }, (_, row) => {
    let line = ''
    for (let x = 0; x < 2 * rows; x++) {
      const [upper, lower] = [at(x, 2 * row), at(x, 2 * row + 1)]
      line += colors ? `\x1b[38;5;${grey(upper)};48;5;${grey(lower)}m▀` : ' ░▒▓█'[Math.round(2 * (upper + lower))]
    }
    return colors ? `${line}\x1b[0m` : line
  })
}

const blank = ' '.repeat(2 * rows)
for (const name of readdirSync(here('pictures'))
  .filter((file) => file.endsWith('.png'))
  .sort()) {
  const picture = readPicture(here(`pictures/${name}`))
  const start = performance.now()
  const probabilities = model.forward(torch.tensor(picture.ink, { shape: [1, 1, picture.height, picture.width] }))
  const ms = performance.now() - start
  const values = torch.tolist(probabilities)[0]
  const best = values.indexOf(Math.max(...values))
  console.log(`\n${name}: ${best} (${(100 * values[best]).toFixed(1)} %, ${ms.toFixed(1)} ms)\n`)
  const drawing = ['', ...drawPicture(picture), '']
  values.forEach((value, digit) => {
    const bar = '█'.repeat(Math.round(40 * value)) || '▏'
    console.log(`  ${drawing[digit] || blank}   ${digit} ${bar} ${(100 * value).toFixed(1)} %${digit === best ? '  ◀' : ''}`)
  })
}

const heldBack = torch.load(here('held-back.pt'))
const { inputs, outputs } = Object.fromEntries(heldBack.get('calls')[0])
const labels = torch.tolist(heldBack.get('labels'))
const start = performance.now()
const got = torch.tolist(model.forward(inputs[0]))
const ms = performance.now() - start
const wanted = torch.tolist(outputs)
const argmax = (list) => list.indexOf(Math.max(...list))
const right = got.filter((list, i) => argmax(list) === Number(labels[i])).length
const greatest = Math.max(...got.flatMap((list, i) => list.map((value, digit) => Math.abs(value - wanted[i][digit]))))
console.log(
  `\nheld back: ${right} of ${got.length} pictures right (${((100 * right) / got.length).toFixed(1)} %), all of them in ${ms.toFixed(1)} ms`,
)
console.log(`PyTorch's recorded probabilities differ by at most ${greatest.toExponential(1)}`)
const { nativeProblem } = torch.defaultRuntime()
console.log(nativeProblem ? `ran on the reference backend: ${nativeProblem.message}` : 'ran on the native backend')
if (!(greatest < 1e-4) || right / got.length < 0.9) {
  console.error('demo: the results are not what PyTorch recorded')
  process.exitCode = 1
}
