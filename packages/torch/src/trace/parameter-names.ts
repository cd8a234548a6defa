/** The names of a function's parameters, where they are plain identifiers; as many as there are before the first that is not. */
export function parameterNames(fn: (...args: never[]) => unknown): string[] {
  const text = Function.prototype.toString.call(fn).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
  const single = /^(?:async\s+)?([A-Za-z_$][\w$]*)\s*=>/.exec(text)
  const names: string[] = []
  for (const part of single ? [single[1]] : topLevelParts(text)) {
    const name = /^\s*([A-Za-z_][\w$]*)\s*(?:=|$)/.exec(part)?.[1]
    if (!name || name.includes('$')) break
    names.push(name === 'self' ? 'self_1' : name)
  }
  return names
}

/** What stands between the commas of the parameter list. */
function topLevelParts(text: string): string[] {
  const start = text.indexOf('(') + 1
  if (start === 0) return []
  const parts: string[] = []
  let depth = 0
  let from = start
  for (let i = start; i < text.length; i++) {
    const char = text[i]
    if ('([{'.includes(char)) depth++
    else if (depth === 0 && (char === ',' || char === ')')) {
      parts.push(text.slice(from, i))
      from = i + 1
      if (char === ')') break
    } else if (')]}'.includes(char)) depth--
  }
  return parts
}
