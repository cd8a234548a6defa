// The speech probability of each 512-sample chunk of a 16 kHz WAV file by a Silero VAD archive, compared with recorded ones.
//
//   node examples/speech/probabilities.mjs silero_vad.jit speech.wav [probabilities.json]
import { readFileSync } from 'node:fs'
import * as torch from 'tsjit'

const [modelPath, wavPath, recordedPath] = process.argv.slice(2)
if (!modelPath || !wavPath) {
  console.error('usage: node examples/speech/probabilities.mjs MODEL WAV [RECORDED]')
  process.exit(2)
}
const wav = readFileSync(wavPath)
const data = wav.subarray(wav.indexOf('data') + 8)
const samples = Float32Array.from({ length: data.length >> 1 }, (_, i) => data.readInt16LE(2 * i) / 32768)
const model = await torch.jit.load(modelPath)
model.call('reset_states')
const probabilities = []
const start = performance.now()
for (let at = 0; at < samples.length - 512; at += 512) {
  const out = model.forward(torch.tensor(samples.subarray(at, at + 512), { shape: [1, 512] }), 16000)
  probabilities.push(out.data()[0])
}
const elapsed = performance.now() - start
console.log(
  `${probabilities.length} chunks, ${(elapsed / probabilities.length).toFixed(3)} ms a chunk, ${probabilities.filter((p) => p > 0.5).length} of them speech`,
)
if (recordedPath) {
  const recorded = JSON.parse(readFileSync(recordedPath, 'utf8')).probabilities
  const worst = Math.max(...probabilities.map((p, i) => Math.abs(p - recorded[i])))
  console.log(`greatest difference from PyTorch over ${recorded.length} chunks: ${worst.toExponential(2)}`)
  process.exitCode = worst < 1e-3 && probabilities.length === recorded.length ? 0 : 1
}
