import { existsSync, readdirSync, readFileSync } from 'node:fs'

interface Recorded {
  readonly name: string
  readonly error?: string
}

interface Construct {
  readonly section: string
  readonly title: string
  readonly name: string
  readonly error?: string
}

const root = new URL('../../../', import.meta.url)
const casesFile = 'packages/compiler/test/cases/constructs.py'

/** Constructs that need a module, a template or a debugger, and the test of each: a file and what its title says. */
const elsewhere: readonly (readonly [construct: string, file: string, title: string])[] = [
  ['functions written in a template', 'packages/torch/test/script.test.ts', 'a template is a function'],
  ['interpolated functions, constants and host functions', 'packages/torch/test/script.test.ts', 'values are interpolated'],
  ['functions of one source that call each other', 'packages/torch/test/script.test.ts', 'functions of the source call each other'],
  ['files that import files', 'packages/torch/test/script.test.ts', 'files import files beside them'],
  ['several errors at once', 'packages/torch/test/script.test.ts', 'independent errors come together'],
  ['the chain of calls in an error', 'packages/torch/test/script.test.ts', 'who called what does not compile'],
  ['TypeScript functions: control flow and ints', 'packages/torch/test/script.test.ts', 'control flow and ints'],
  ['TypeScript functions: tensors, lists, keywords', 'packages/torch/test/script.test.ts', 'tensors, lists, keywords, null, templates'],
  ['TypeScript functions: what they close over', 'packages/torch/test/script.test.ts', 'what it closes over is passed'],
  [
    'TypeScript functions: each statement and operator',
    'packages/torch/test/javascript-functions.test.ts',
    'functions of TypeScript give what JavaScript gives',
  ],
  ['TypeScript functions: what is refused', 'packages/torch/test/javascript-functions.test.ts', 'refusals show the line'],
  ['constants of every kind from TypeScript', 'packages/torch/test/environment.test.ts', 'constants of every kind'],
  ['classes, enums and modules of Python files', 'packages/torch/test/environment.test.ts', 'what a Python file defines'],
  ['scripted containers given by name', 'packages/torch/test/environment.test.ts', 'scripted containers'],
  ['host functions with signatures, and their errors', 'packages/torch/test/environment.test.ts', 'what they throw is the cause'],
  ['tracebacks of running programs', 'packages/torch/test/errors.test.ts', 'tracebacks are PyTorch’s'],
  ['suggestions of near names', 'packages/torch/test/errors.test.ts', 'near names'],
  ['TSJIT=0', 'packages/torch/test/jit-modes.test.ts', 'functions, traces and modules of TypeScript are what they were'],
  ['`parseIR`', 'packages/torch/test/jit-modes.test.ts', 'parseIR reads what is printed'],
  ['script modules written in TypeScript', 'packages/torch/test/modules.test.ts', 'a class with script methods'],
  ['modules of `torch.nn` and eager modules', 'packages/torch/test/modules.test.ts', 'an eager module by the text of its methods'],
  ['module classes in Python files', 'packages/torch/test/modules.test.ts', 'are constructed from TypeScript'],
  ['`torch.jit.freeze`', 'packages/torch/test/modules.test.ts', 'makes constants of attributes, and folds batch normalisation'],
  ['parameters, submodules, calls of them', 'packages/torch/test/modules/programs.py', 'class Simple('],
  ['ModuleList: iteration', 'packages/torch/test/modules/programs.py', 'class ListUnrolled('],
  ['ModuleList: enumerate', 'packages/torch/test/modules/programs.py', 'class ListEnumerated('],
  ['ModuleList: subscripts', 'packages/torch/test/modules/programs.py', 'class ListIndexed('],
  ['ModuleList: zip', 'packages/torch/test/modules/programs.py', 'class ListZipped('],
  ['ModuleDict: items, keys, values', 'packages/torch/test/modules/programs.py', 'class DictModule('],
  ['Sequential', 'packages/torch/test/modules/programs.py', 'class SequentialNamed('],
  ['ParameterList and ParameterDict', 'packages/torch/test/modules/programs.py', 'class ParameterDictModule('],
  ['`__constants__`', 'packages/torch/test/modules/programs.py', 'class ConstantsModule('],
  ['`Final`', 'packages/torch/test/modules/programs.py', 'class FinalModule('],
  ['attributes with annotations', 'packages/torch/test/modules/programs.py', 'class AttributesModule('],
  ['buffers', 'packages/torch/test/modules/programs.py', 'class BufferModule('],
  ['`@torch.jit.export`', 'packages/torch/test/modules/programs.py', 'class ExportedModule('],
  ['`@torch.jit.unused`', 'packages/torch/test/modules/programs.py', 'class UnusedModule('],
  ['properties', 'packages/torch/test/modules/programs.py', 'class PropertyModule('],
  ['overloaded methods', 'packages/torch/test/modules/programs.py', 'class OverloadModule('],
  ['static methods', 'packages/torch/test/modules/programs.py', 'class StaticModule('],
  ['functions as attributes', 'packages/torch/test/modules/programs.py', 'class FunctionAttribute('],
  ['`hasattr`', 'packages/torch/test/modules/programs.py', 'class HasAttr('],
  ['submodules that are None', 'packages/torch/test/modules/programs.py', 'class NoneSubmodule('],
  ['`self.training`', 'packages/torch/test/modules/programs.py', 'class TrainingModule('],
  ['inheritance and `super()`', 'packages/torch/test/modules/programs.py', 'class DerivedTwice('],
  ['named tuples', 'packages/torch/test/modules/programs.py', 'class NamedTupleModule('],
  ['enums', 'packages/torch/test/modules/programs.py', 'class EnumModule('],
  ['script classes', 'packages/torch/test/modules/programs.py', 'class ScriptClassModule('],
  ['interfaces of modules', 'packages/torch/test/modules/programs.py', 'class InterfaceModule('],
  ['hooks', 'packages/torch/test/modules/programs.py', 'class HookedModule('],
  ['fork and wait', 'packages/torch/test/modules/programs.py', 'class ForkModule('],
  ['shared parameters', 'packages/torch/test/modules/programs.py', 'class SharedWeights('],
  ['setting attributes', 'packages/torch/test/modules/programs.py', 'class SetAttrModule('],
  ['refinement of attributes', 'packages/torch/test/modules/programs.py', 'class RefineAttr('],
  ['`with torch.no_grad()`', 'packages/torch/test/modules/programs.py', 'class WithNoGrad('],
  ['modules without an attribute that is used', 'packages/torch/test/modules/programs.py', 'class RefusesMissing('],
  ['loops over what is no constant', 'packages/torch/test/modules/programs.py', 'class RefusesIterate('],
  ['code printed and compiled again', 'packages/serializer/test/round-trip.test.ts', 'has the same graphs when its code is compiled again'],
  ['graphs printed and read again', 'packages/serializer/test/round-trip.test.ts', 'has the same text when its graphs are read again'],
]

/** The functions of constructs.py that a comment introduces, with what PyTorch made of them. */
export function constructs(): Construct[] {
  const recorded = new Map(
    (JSON.parse(readFileSync(new URL(casesFile.replace('.py', '.json'), root), 'utf8')) as Recorded[]).map((row) => [row.name, row]),
  )
  const found: Construct[] = []
  let section = ''
  let title = ''
  for (const line of readFileSync(new URL(casesFile, root), 'utf8').split('\n')) {
    const heading = /^# (\w+) -+$/.exec(line)
    const comment = /^# (.*)$/.exec(line)
    if (heading) section = heading[1]
    else if (comment) title = comment[1]
    const name = /^def (\w+)\(/.exec(line)?.[1]
    if (name === undefined || title === '') continue
    const row = recorded.get(name)
    if (!row) throw new Error(`${casesFile}: nothing is recorded of ${name}`)
    found.push({ section, title, name, ...(row.error === undefined ? {} : { error: row.error }) })
    title = ''
  }
  return found
}

/** What is wrong with the rows that name tests of other files. */
export function missingTests(): string[] {
  return elsewhere.flatMap(([, file, title]) => {
    const path = new URL(file, root)
    return existsSync(path) && readFileSync(path, 'utf8').includes(title) ? [] : [`${file}: ${title}`]
  })
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The page as Markdown. */
export function languageTable(): string {
  const rows = constructs()
  const count = readdirSync(new URL('packages/compiler/test/cases/', root))
    .filter((name) => name.endsWith('.json'))
    .reduce(
      (sum, name) => sum + (JSON.parse(readFileSync(new URL(`packages/compiler/test/cases/${name}`, root), 'utf8')) as unknown[]).length,
      0,
    )
  const out = [
    '# The language',
    '',
    '<!-- Written by packages/compiler/scripts/write-language-table.ts; do not edit. -->',
    '',
    `tsjit compiles TorchScript as PyTorch 2.13 does: the same graphs, the same refusals. Each row names the test that holds it to that, a function of`,
    `\`${casesFile}\` whose graph or refusal PyTorch recorded. The files beside it hold ${Math.floor(count / 100) * 100} more such functions.`,
  ]
  for (const section of [...new Set(rows.map((row) => row.section))]) {
    out.push('', `## ${section}`, '', '| Construct | | Test |', '|---|---|---|')
    for (const { title, name, error, section: own } of rows) {
      if (own !== section) continue
      out.push(`| ${cell(title)} | ${error === undefined ? 'compiles' : `refused: ${cell(error)}`} | \`${name}\` |`)
    }
  }
  out.push('', '## Modules, and meeting TypeScript', '', '| What | Test |', '|---|---|')
  for (const [construct, file, title] of elsewhere) out.push(`| ${cell(construct)} | \`${file}\`, "${cell(title)}" |`)
  return `${out.join('\n')}\n`
}
