/** Prints a tracer's warning with the line that it speaks of: `trace(f, x, { onWarning: printWarning })`. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type * as torch from 'tsjit'

export function printWarning({ name, reason, location }: torch.jit.TracerWarning): void {
  const line = location ? readFileSync(location.file, 'utf8').split('\n')[location.line - 1].trim() : ''
  console.log(`${location ? basename(location.file) : '?'}: ${name}: ${reason}\n  ${line}`)
}
