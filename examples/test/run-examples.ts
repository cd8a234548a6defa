/** Runs examples one after the other: `run-examples.ts FILE...`. Writes a JSON object of what each printed. */
import { pathToFileURL } from 'node:url'

const printed: Record<string, string> = {}
const write = process.stdout.write.bind(process.stdout)
for (const file of process.argv.slice(2)) {
  let text = ''
  process.stdout.write = ((chunk: string) => {
    text += chunk
    return true
  }) as typeof process.stdout.write
  try {
    await import(pathToFileURL(file).href)
  } catch (error) {
    text += `${error instanceof Error ? error.stack : error}\n`
  }
  process.stdout.write = write
  printed[file] = text
}
write(JSON.stringify(printed))
