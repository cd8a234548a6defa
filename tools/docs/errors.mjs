// Writes docs/errors: a page for every error code, from the catalogue in tools/docs/errors (see its README).
//
//   node tools/docs/errors.mjs [--check]
//
// --check writes nothing, and fails where a page is missing, stale or left over.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const catalogueFolder = join(root, 'tools/docs/errors')
const pagesFolder = join(root, 'docs/errors')
const areas = ['language', 'running', 'tensors', 'archives', 'files']

/** Every entry: `{ code, area, means, advice, example: { kind, text, args } }`. */
export function readCatalogue() {
  const entries = []
  for (const area of areas) {
    const [title, ...lines] = readFileSync(join(catalogueFolder, `${area}.txt`), 'utf8')
      .trimEnd()
      .split('\n')
    for (const line of lines) {
      const [code, means, advice, ...rest] = line.split(' | ')
      const example = rest.join(' | ')
      if (!/^TSJ_[A-Z0-9_]+$/.test(code) || !means || !advice || !example)
        throw new Error(`${area}.txt: not a line of the catalogue: ${line}`)
      if (entries.some((entry) => entry.code === code)) throw new Error(`${area}.txt: ${code} stands in the catalogue twice`)
      entries.push({ code, area, title: title.replace(/^# /, ''), means, advice, example: readExample(example) })
    }
  }
  return entries
}

function readExample(text) {
  const [, prefix, body] = /^(?:(py|ir|sh):)?(.*)$/s.exec(text)
  const [source, args] = body.split(' ## ')
  const kind = prefix ?? 'ts'
  return { kind, text: kind === 'ts' ? source : source.replaceAll('\\n', '\n').trimEnd(), args }
}

const languages = { py: 'python', ir: 'text', sh: 'sh', ts: 'ts' }

function page({ code, means, advice, example, title, area }) {
  const call = example.args === undefined ? '' : `\nCalled with \`${example.args}\`.\n`
  return `<!-- Generated from tools/docs/errors/${area}.txt by tools/docs/errors.mjs: do not edit. -->
# ${code}

${means}

## Example

\`\`\`${languages[example.kind]}
${example.text}
\`\`\`
${call}
## What to do

${advice}

Area: [${title.toLowerCase()}](README.md#${anchor(title)}).
`
}

const anchor = (title) =>
  title
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '-')

function index(entries) {
  const parts = areas.map((area) => {
    const own = entries.filter((entry) => entry.area === area).sort((a, b) => (a.code < b.code ? -1 : 1))
    const rows = own.map(({ code, means }) => `| [${code}](${code}.md) | ${means.replaceAll('|', '\\|')} |`)
    return `## ${own[0].title}\n\n| code | meaning |\n|---|---|\n${rows.join('\n')}\n`
  })
  return `<!-- Generated from tools/docs/errors by tools/docs/errors.mjs: do not edit. -->
# Error codes

Every error that tsjit throws on purpose is a \`TsjitError\` (\`CompileError\`, \`ArchiveError\`, \`RuntimeError\`) with a \`code\` that stays the same between
versions. The message says what was expected, what was found and where; the page of the code says what it means and what to do.

${parts.join('\n')}`
}

/** The files of docs/errors by name. */
export function makePages(entries = readCatalogue()) {
  return new Map([['README.md', index(entries)], ...entries.map((entry) => [`${entry.code}.md`, page(entry)])])
}

/** Pages that are missing, stale or left over. */
export function stalePages() {
  const pages = makePages()
  const stale = [...pages].filter(([name, text]) => {
    const path = join(pagesFolder, name)
    return !existsSync(path) || readFileSync(path, 'utf8') !== text
  })
  const extra = existsSync(pagesFolder) ? readdirSync(pagesFolder).filter((name) => !pages.has(name)) : []
  return [...stale.map(([name]) => name), ...extra]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) {
    const stale = stalePages()
    if (stale.length > 0) {
      console.error(`docs/errors is not current (${stale.join(', ')}): run node tools/docs/errors.mjs`)
      process.exitCode = 1
    }
  } else {
    mkdirSync(pagesFolder, { recursive: true })
    const pages = makePages()
    for (const name of readdirSync(pagesFolder)) if (!pages.has(name)) rmSync(join(pagesFolder, name))
    for (const [name, text] of pages) writeFileSync(join(pagesFolder, name), text)
    console.log(`${pages.size} pages in docs/errors`)
  }
}
