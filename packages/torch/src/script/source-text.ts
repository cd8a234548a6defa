import type { PythonObject, PythonProgram } from '@tsjit/compiler'

/** `torch`, `nn`, `F` and `math` need no import in a script of a few lines. */
export function withTorch(program: PythonProgram, env: ReadonlyMap<string, PythonObject>) {
  const all = new Map<string, NonNullable<ReturnType<PythonProgram['module']>>>()
  const implied: readonly (readonly [string, string])[] = [
    ['torch', 'torch'],
    ['nn', 'torch.nn'],
    ['F', 'torch.nn.functional'],
    ['math', 'math'],
  ]
  for (const [name, path] of implied) {
    const module = program.module(path)
    if (module) all.set(name, module)
  }
  for (const [name, object] of env) all.set(name, object)
  return all
}

/** A template's lines begin where its first `def` does. */
export function dedent(text: string): string {
  const lines = text.replace(/^\s*\n/, '').split('\n')
  const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length)
  const margin = margins.length > 0 ? Math.min(...margins) : 0
  return lines.map((line) => line.slice(Math.min(margin, /^[ \t]*/.exec(line)![0].length))).join('\n')
}

/** A template with its values as names. */
export function templateText(strings: TemplateStringsArray, values: readonly unknown[]): { text: string; env: Record<string, unknown> } {
  const env: Record<string, unknown> = {}
  let text = strings.raw[0]
  values.forEach((value, i) => {
    const name = `interpolated_${i}`
    env[name] = value
    text += name + strings.raw[i + 1]
  })
  return { text, env }
}

/** The lines that `dedent` takes away. */
export function blankLines(text: string): number {
  return (/^\s*\n/.exec(text)?.[0].match(/\n/g) ?? []).length
}
