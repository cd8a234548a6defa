import type * as A from '../src/index.ts'

/** The tree of an expression as an S-expression, without ranges. */
export function dump(e: A.Expression): string {
  switch (e.type) {
    case 'Name':
      return e.name
    case 'Number':
      return `${e.kind === 'float' ? 'f' : e.kind === 'complex' ? 'j' : ''}${typeof e.value === 'bigint' ? `${e.value}n` : Object.is(e.value, -0) ? '-0' : e.value}`
    case 'String':
      return JSON.stringify(e.value)
    case 'FString':
      return list('fstring', e.parts.map(part))
    case 'Constant':
      return e.value === null ? 'None' : e.value === 'Ellipsis' ? '...' : e.value ? 'True' : 'False'
    case 'Attribute':
      return list('.', [dump(e.value), e.name])
    case 'Subscript':
      return list(e.isTuple ? 'index,' : 'index', [dump(e.value), ...e.indices.map(dump)])
    case 'Slice':
      return list(
        'slice',
        [e.start, e.stop, e.step].map((x) => (x ? dump(x) : '_')),
      )
    case 'Call':
      return list('call', [dump(e.callee), ...e.args.map(dump), ...e.keywords.map(keyword)])
    case 'Starred':
      return list('star', [dump(e.value)])
    case 'Unary':
      return list(`${e.operator}:`, [dump(e.operand)])
    case 'Binary':
    case 'BoolOp':
      return list(e.operator, [dump(e.left), dump(e.right)])
    case 'Compare':
      return list('compare', [dump(e.left), ...e.rest.map((c) => `${c.operator.replace(' ', '-')} ${dump(c.right)}`)])
    case 'Conditional':
      return list('if', [dump(e.test), dump(e.then), dump(e.otherwise)])
    case 'Tuple':
      return list(e.parenthesized ? 'tuple' : 'tuple,', e.elements.map(dump))
    case 'List':
      return list('list', e.elements.map(dump))
    case 'Set':
      return list('set', e.elements.map(dump))
    case 'Dict':
      return list(
        'dict',
        e.values.map((value, i) => (e.keys[i] ? `${dump(e.keys[i])}=>${dump(value)}` : `**${dump(value)}`)),
      )
    case 'ListComprehension':
      return list(`${e.kind}-comp`, [dump(e.element), ...e.generators.map(generator)])
    case 'DictComprehension':
      return list('dict-comp', [`${dump(e.key)}=>${dump(e.value)}`, ...e.generators.map(generator)])
    case 'Lambda':
      return list('lambda', [list('', e.parameters.map(parameter)), dump(e.body)])
    case 'Unsupported':
      return list('unsupported', [e.what])
  }
}

/** The tree of statements, one per line, blocks in braces. */
export function dumpAll(statements: readonly A.Statement[]): string {
  return statements.map(dumpStatement).join('\n')
}

function dumpStatement(s: A.Statement): string {
  switch (s.type) {
    case 'ExpressionStatement':
      return dump(s.value)
    case 'Assign':
      return list('=', [
        ...s.targets.map(dump),
        ...(s.annotation ? [`: ${dump(s.annotation)}`] : []),
        ...(s.value ? [dump(s.value)] : []),
        ...typeComment(s.typeComment),
      ])
    case 'AugmentedAssign':
      return list(`${s.operator}=`, [dump(s.target), dump(s.value)])
    case 'Return':
      return list('return', s.value ? [dump(s.value)] : [])
    case 'Raise':
      return list('raise', [...(s.value ? [dump(s.value)] : []), ...(s.cause ? [`from ${dump(s.cause)}`] : [])])
    case 'Assert':
      return list('assert', [dump(s.test), ...(s.message ? [dump(s.message)] : [])])
    case 'If':
      return `if ${dump(s.test)} ${block(s.then)}${s.otherwise.length ? ` else ${block(s.otherwise)}` : ''}`
    case 'While':
      return `while ${dump(s.test)} ${block(s.body)}${s.otherwise.length ? ` else ${block(s.otherwise)}` : ''}`
    case 'For':
      return `for ${dump(s.target)} in ${dump(s.iterable)} ${block(s.body)}${s.otherwise.length ? ` else ${block(s.otherwise)}` : ''}`
    case 'With':
      return `with ${s.items.map((i) => dump(i.context) + (i.target ? ` as ${dump(i.target)}` : '')).join(', ')} ${block(s.body)}`
    case 'Break':
    case 'Continue':
    case 'Pass':
      return s.type.toLowerCase()
    case 'Delete':
      return list('del', s.targets.map(dump))
    case 'Import':
      return list('import', [JSON.stringify(s.text)])
    case 'UnsupportedStatement':
      return list('unsupported', [s.what])
    case 'FunctionDef':
      return `${s.decorators.map((d) => `@${dump(d)} `).join('')}def ${s.name}(${s.parameters.map(parameter).join(', ')})${s.result ? ` -> ${dump(s.result)}` : ''}${typeComment(
        s.typeComment,
      )
        .map((t) => ` ${t}`)
        .join('')} ${block(s.body)}`
    case 'ClassDef':
      return `${s.decorators.map((d) => `@${dump(d)} `).join('')}class ${s.name}(${[...s.bases.map(dump), ...s.keywords.map(keyword)].join(', ')}) ${block(s.body)}`
  }
}

function list(head: string, items: readonly string[]): string {
  return `(${[head, ...items].filter((x) => x !== '').join(' ')})`
}

function block(statements: readonly A.Statement[]): string {
  return `{ ${statements.map(dumpStatement).join('; ')} }`
}

function part(p: string | A.FStringField): string {
  if (typeof p === 'string') return JSON.stringify(p)
  const spec = p.formatParts ? `:${p.formatParts.map(part).join('')}` : p.formatSpec === undefined ? '' : `:${p.formatSpec}`
  return `{${dump(p.value)}${p.conversion ? `!${p.conversion}` : ''}${spec}}`
}

function keyword(k: A.Keyword): string {
  return k.name === null ? `**${dump(k.value)}` : `${k.name}=${dump(k.value)}`
}

function generator(g: A.Comprehension): string {
  return list('for', [dump(g.target), dump(g.iterable), ...g.conditions.map((c) => `if ${dump(c)}`)])
}

function parameter(p: A.Parameter): string {
  const star = { positional: p.positionalOnly ? '/' : '', 'keyword-only': 'kw ', varargs: '*', kwargs: '**' }[p.kind]
  const comment = typeComment(p.typeComment)
    .map((t) => ` ${t}`)
    .join('')
  return `${star}${p.name}${p.annotation ? `: ${dump(p.annotation)}` : ''}${p.defaultValue ? `=${dump(p.defaultValue)}` : ''}${comment}`
}

function typeComment(c: A.TypeComment | undefined): string[] {
  if (!c) return []
  if (c.signature) return [`# (${c.signature.parameters.map(dump).join(', ')}) -> ${dump(c.signature.result)}`]
  return [c.expression ? `# ${dump(c.expression)}` : `#text ${c.text}`]
}
