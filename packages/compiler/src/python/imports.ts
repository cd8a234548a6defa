/** One name that an import statement binds: a module, or an attribute of one (`*` for all). */
export interface ImportedName {
  readonly path: string
  readonly attribute?: string
  readonly as: string
}

/** The names that the text of an import statement binds. */
export function readImport(text: string): ImportedName[] {
  const flat = text
    .replace(/#[^\n]*/g, '')
    .replace(/[()\\\n\r;]/g, ' ')
    .trim()
  const from = /^from\s+([.\w]+)\s+import\s+(.*)$/.exec(flat)
  const names = (list: string): [name: string, as: string | undefined][] =>
    list
      .split(',')
      .map((item) => item.trim().split(/\s+as\s+/))
      .filter(([name]) => name !== '')
      .map(([name, as]) => [name, as])
  if (from) return names(from[2]).map(([attribute, as]) => ({ path: from[1], attribute, as: as ?? attribute }))
  const plain = /^import\s+(.*)$/.exec(flat)
  if (!plain) return []
  // `import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`.
  return names(plain[1]).map(([path, as]) => (as === undefined ? { path: path.split('.')[0], as: path.split('.')[0] } : { path, as }))
}
