import { type Expression, type FunctionDef, parseExpression } from '@tsjit/parser'
import { Source } from '@tsjit/types'
import { fail } from '../errors.ts'

const marker = '# type:'

/**
 * The `# type:` comment of a function as one line, as `get_type_line` finds it in the text of the whole `def`: one line alone, or the
 * comments of single parameters gathered into the `(...)` of the line with the result. Throws TSJ_SYNTAX_USE.
 */
export function typeLine(def: FunctionDef): string | undefined {
  const { source, start, end } = def.range
  const text = source.text.slice(start, end)
  if (!text.includes('#')) return undefined
  const lines = text.split('\n')
  const typed = lines.filter((line) => line.includes(marker) && !/# type: ignore(\[[a-zA-Z-]+\])?$/.test(line))
  if (typed.length === 0) {
    const wrong = lines.findIndex((line) => /#[\t ]*type[\t ]*(?!: ignore(\[.*\])?$):/.test(line))
    if (wrong < 0) return undefined
    return fail('TSJ_SYNTAX_USE', `The annotation prefix in line ${wrong} is probably invalid.\nIt must be '${marker}'`, def.nameRange)
  }
  if (typed.length === 1) return typed[0].trim()
  const at = typed.findIndex((line) => line.includes(`${marker} (...) -> `))
  if (at < 0) {
    fail(
      'TSJ_SYNTAX_USE',
      `Return type line '# type: (...) -> ...' not found on multiline type annotation\nfor type lines:\n${typed.join('\n')}`,
      def.nameRange,
    )
  }
  const parameters = typed.slice(0, at).map((line) => line.slice(line.indexOf(marker) + marker.length).trim())
  return typed[at].replace('...', parameters.join(', ')).trim()
}

/** A `def` with the types of its comment, which stand in for all annotations. `parameters` are those that the comment speaks of. */
export function withTypeLine(def: FunctionDef, line: string, isMethod: boolean): FunctionDef {
  const { parameters, result } = parseTypeLine(def, line)
  const skip = isMethod ? 1 : 0
  const expected = def.parameters.length - skip
  if (parameters.length !== expected) {
    fail(
      'TSJ_SYNTAX_USE',
      `Number of type annotations (${parameters.length}) did not match the number of ${isMethod ? 'method' : 'function'} parameters (${expected})`,
      def.range,
    )
  }
  const { typeComment: _comment, result: _result, ...plain } = def
  const annotated = def.parameters.map((parameter, i) => {
    const { typeComment: _own, ...rest } = parameter
    return i < skip ? rest : { ...rest, annotation: parameters[i - skip] }
  })
  return { ...plain, parameters: annotated, ...(result ? { result } : {}) }
}

function parseTypeLine(def: FunctionDef, line: string): { parameters: readonly Expression[]; result: Expression | undefined } {
  const unexpected = (wanted: string, text: string): never =>
    fail('TSJ_SYNTAX_USE', `expected ${wanted} but found '${tokenName(text)}' here`, def.nameRange)
  if (!line.startsWith(marker)) return unexpected('type comment', line)
  const text = line.slice(marker.length).trim()
  if (!text.startsWith('(')) return unexpected('(', text)
  const close = closingParenthesis(text)
  if (close < 0) return unexpected(')', '')
  const inside = text.slice(1, close)
  const list = parseExpression(new Source(`[${inside}]`, '<type comment>'))
  const after = text.slice(close + 1).trimStart()
  const result = after.startsWith('->') ? parseExpression(new Source(withoutComment(after.slice(2)).trim(), '<type comment>')) : undefined
  const parameters = list.type === 'List' ? list.elements : []
  for (const part of result ? [...parameters, result] : parameters) refuseSets(part)
  return { parameters, result }
}

/** A set is no expression of TorchScript's own parser, which reads these comments. */
function refuseSets(expression: Expression): void {
  if (expression.type === 'Set') fail('TSJ_SYNTAX_USE', "expected : but found '}' here", expression.range)
  if (expression.type === 'Subscript') for (const index of expression.indices) if (index.type !== 'Slice') refuseSets(index)
}

function closingParenthesis(text: string): number {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"' || char === "'") {
      const end = text.indexOf(char, i + 1)
      if (end < 0) return -1
      i = end
    } else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char) && --depth === 0) return i
  }
  return -1
}

function withoutComment(text: string): string {
  return text.replace(/\s#.*$/, '')
}

/** What PyTorch's parser calls the token that a text begins with. */
function tokenName(text: string): string {
  const word = /^[A-Za-z_]\w*/.exec(text)?.[0]
  if (word !== undefined) return keywords.has(word) ? word : 'ident'
  if (text === '') return 'eof'
  if (/^\d/.test(text)) return 'number'
  return /^['"]/.test(text) ? 'string_literal' : text[0]
}
const keywords = new Set(
  'and as assert break class continue def del elif else False for from global if import in is lambda None not or pass raise return True while with yield'.split(
    ' ',
  ),
)
