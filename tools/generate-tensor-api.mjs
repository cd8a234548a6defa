// Writes the typed methods of Tensor (packages/runtime/src/generated/tensor-methods.ts) and the functions of torch, torch.linalg, torch.fft,
// torch.special (packages/torch/src/tensor/generated/) from the operator table and the names that PyTorch's Python has (tensor-api-names.json).
//     npx tsx --conditions tsjit-source tools/generate-tensor-api.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { overloadsOf } from '../packages/ops/src/index.ts'

const names = JSON.parse(readFileSync(new URL('tensor-api-names.json', import.meta.url), 'utf8'))

const bases = {
  Tensor: 'Tensor',
  int: 'Int',
  SymInt: 'Int',
  float: 'number',
  bool: 'boolean',
  SymBool: 'boolean',
  Scalar: 'Scalar',
  number: 'Scalar',
  str: 'string',
  complex: 'Complex',
  ScalarType: 'DType',
  Layout: 'LayoutName',
  MemoryFormat: 'MemoryFormatName',
  Device: 'DeviceLike',
  Generator: 'Generator',
}
const resultBases = { ...bases, int: 'number', SymInt: 'number', Scalar: 'ScalarResult', number: 'ScalarResult' }

function argumentType({ typeText, listSize }) {
  const found = /^(\w+)(?:\([^)]*\))?(\?)?(\[\d*\])?(?:\([^)]*\))?(\?)?$/.exec(typeText)
  const base = found && bases[found[1]]
  if (!base) return undefined
  const [, , inner, list, outer] = found
  if (list === undefined) return inner ? `${base} | null` : base
  const element = inner ? `(${base} | null)` : base
  const single = listSize === undefined ? '' : `${base} | `
  return `${single}readonly ${element}[]${outer ? ' | null' : ''}`
}

function resultType(returns) {
  const one = ({ typeText }) => {
    const found = /^(\w+)(?:\([^)]*\))?(\?)?(\[\d*\])?(?:\([^)]*\))?$/.exec(typeText)
    const base = found && resultBases[found[1]]
    return base && (found[3] === undefined ? (found[2] ? `${base} | null` : base) : `${base}[]`)
  }
  if (returns.length === 0) return 'void'
  const types = returns.map(one)
  if (types.includes(undefined)) return undefined
  if (types.length === 1) return types[0]
  if (!returns.every((r) => r.name)) return `[${types.join(', ')}]`
  return `[${returns.map((r, i) => `${r.name}: ${types[i]}`).join(', ')}] & { ${returns.map((r, i) => `${r.name}: ${types[i]}`).join('; ')} }`
}

const reserved = new Set(['var', 'in', 'function', 'default', 'delete', 'new', 'this', 'with', 'export', 'import', 'arguments'])
const parameter = (name) => (reserved.has(name) ? `${name}_` : name)

/** The lines of one name's signatures. `method` leaves `self` out. */
function signatures(name, method) {
  const operators = overloadsOf(`aten::${name}`)
  const lines = []
  const seen = new Set()
  for (const { schema } of operators) {
    const { args } = schema
    // `out` variants are an option of the others
    if (schema.isVararg || args.some((a) => a.kwargOnly && a.alias?.isWrite)) continue
    if (method && args[0]?.typeText.replace(/\(.*?\)/, '') !== 'Tensor') continue
    // scalar arithmetic of programs is no function of tensors
    if (
      !args.some((a) => /Tensor|ScalarType|Generator|SymInt\[\]/.test(a.typeText)) &&
      !schema.returns.some((r) => /Tensor/.test(r.typeText))
    )
      continue
    const types = args.map(argumentType)
    let result = resultType(schema.returns)
    if (types.includes(undefined) || result === undefined) continue
    if (args[0]?.alias?.isWrite && schema.returns.length === 1) result = method ? 'this' : 'Tensor'
    const start = method ? 1 : 0
    const firstKeyword = args.findIndex((a) => a.kwargOnly)
    const positional = args.slice(start, firstKeyword < 0 ? args.length : firstKeyword)
    const positionalTypes = types.slice(start, firstKeyword < 0 ? args.length : firstKeyword)
    const keywords = firstKeyword < 0 ? [] : args.slice(firstKeyword)
    const out = operators.find(
      ({ schema: other }) =>
        other.args.length === args.length + other.args.filter((a) => a.kwargOnly && a.alias?.isWrite).length &&
        other.args.filter((a) => a.kwargOnly && a.alias?.isWrite).length === 1 &&
        args.every((a) => other.args.find((b) => b.name === a.name)?.typeText === a.typeText),
    )
    const option = (a) => `${a.name}${a.hasDefault ? '?' : ''}: ${argumentType(a)}`
    const outOption = out && !method ? ['out?: Tensor'] : []
    const firstDefault = positional.findIndex((a) => a.hasDefault)
    const required = firstDefault < 0 ? positional.length : firstDefault
    const put = (parameters, options) => {
      const all = [...parameters]
      if (options.length) all.push(`options${options.every((o) => /^\w+\?:/.test(o)) ? '?' : ''}: { ${options.join('; ')} }`)
      const text = `(${all.join(', ')}): ${result}`
      if (seen.has(text)) return
      seen.add(text)
      lines.push([schema, text])
    }
    put(
      positional.map((a, i) => `${parameter(a.name)}${i >= required ? '?' : ''}: ${positionalTypes[i]}`),
      [...keywords.map(option), ...outOption],
    )
    if (required < positional.length) {
      put(
        positional.slice(0, required).map((a, i) => `${parameter(a.name)}: ${positionalTypes[i]}`),
        [...positional.slice(required), ...keywords].map(option).concat(outOption),
      )
    }
    const last = positional.at(-1)
    if (
      last &&
      /^(Sym)?Int?(nt)?\[/i.test(last.typeText) &&
      /^(Sym)?[iI]nt\[\]$/.test(last.typeText) &&
      keywords.every((k) => k.hasDefault)
    ) {
      put(
        [...positional.slice(0, -1).map((a, i) => `${parameter(a.name)}: ${positionalTypes[i]}`), `...${parameter(last.name)}: number[]`],
        [],
      )
    }
  }
  return lines
}

const doc = (schema) => `/** \`${schema}\` */`
const header = `// Generated by tools/generate-tensor-api.mjs from PyTorch 2.13's operator table. Do not edit.
`

// methods that the class itself has, or that it types better
const own = new Set(
  'numel data item is_contiguous index cpu cuda float double half bfloat16 int long short char byte bool cfloat cdouble requires_grad_ tolist nbytes'.split(
    ' ',
  ),
)
let methods = ''
const methodNames = []
for (const name of names.methods) {
  const lines = signatures(name, true)
  if (!lines.length) continue
  methodNames.push(name)
  if (own.has(name)) continue
  for (const [schema, text] of lines) methods += `  ${doc(schema)}\n  ${name}${text}\n`
}
const runtimeTypes = ['DeviceLike', 'Int', 'LayoutName', 'MemoryFormatName', 'Scalar', 'ScalarResult']
const used = (text, candidates) => candidates.filter((name) => new RegExp(`\\b${name}\\b`).test(text.replace(/\/\*\*.*?\*\//g, '')))
mkdirSync(new URL('../packages/runtime/src/generated/', import.meta.url), { recursive: true })
writeFileSync(
  new URL('../packages/runtime/src/generated/tensor-methods.ts', import.meta.url),
  `${header}import type { DType } from '@tsjit/types'
import type { Generator } from '../generator.ts'
import type { Tensor } from '../tensor.ts'
import type { ${used(methods, runtimeTypes).join(', ')} } from '../tensor-methods-types.ts'

/**
 * The operators as methods. Operators broadcast, promote dtypes and throw as PyTorch's: \`RuntimeError\` with its message for shapes and dtypes that do
 * not fit, TSJ_OPERATOR_ARGUMENTS for arguments that no overload takes.
 */
export interface TensorMethods {
${methods}}
`,
)
writeFileSync(
  new URL('../packages/runtime/src/generated/tensor-method-names.ts', import.meta.url),
  `${header}export const tensorMethodNames: readonly string[] =
  '${methodNames.join(' ')}'.split(' ')
`,
)

const folder = new URL('../packages/torch/src/tensor/generated/', import.meta.url)
mkdirSync(folder, { recursive: true })
// written by hand in the facade
const handMade = new Set(['tensor', 'zeros', 'ones', 'rand', 'randn', 'manual_seed', 'asarray', 'from_file', 'set_', 'save', 'load'])

function functionsFile(file, entries, title, target = folder, importFrom = '../operator-function.ts') {
  let body = ''
  const exportsAs = []
  for (const [exported, name] of entries) {
    const lines = signatures(name, false)
    if (!lines.length) continue
    const local = reserved.has(exported) ? `${exported}_` : exported
    body += `${reserved.has(exported) ? '' : 'export '}const ${local}: {\n${lines.map(([schema, text]) => `  ${doc(schema)}\n  ${text}`).join('\n')}\n} = operator('${name}')\n`
    if (reserved.has(exported)) exportsAs.push(`${local} as ${exported}`)
  }
  if (exportsAs.length) body += `export { ${exportsAs.join(', ')} }\n`
  const types = used(body, [
    'Complex',
    'DeviceLike',
    'Generator',
    'Int',
    'LayoutName',
    'MemoryFormatName',
    'Scalar',
    'ScalarResult',
    'Tensor',
  ])
  writeFileSync(
    new URL(file, target),
    `${header}import type { ${types.join(', ')} } from '@tsjit/runtime'
${used(body, ['DType']).length ? "import type { DType } from '@tsjit/types'\n" : ''}import { operator } from '${importFrom}'

/** ${title} */
${body.replace(/^export const/, 'export const')}`,
  )
}
functionsFile(
  'functions.ts',
  names.functions.filter((n) => !handMade.has(n)).map((n) => [n, n]),
  'The functions of `torch`.',
)
functionsFile(
  'linalg.ts',
  names.linalg.map((n) => [n.slice('linalg_'.length), n]),
  'The functions of `torch.linalg`.',
)
functionsFile(
  'fft.ts',
  names.fft.map((n) => [n.slice('fft_'.length), n]),
  'The functions of `torch.fft`.',
)
functionsFile(
  'special.ts',
  names.special.map((n) => [n.slice('special_'.length), n]),
  'The functions of `torch.special`.',
)
const direct =
  `conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d conv_tbc avg_pool1d avg_pool2d avg_pool3d adaptive_avg_pool1d
adaptive_avg_pool2d adaptive_avg_pool3d celu celu_ elu elu_ gelu glu hardshrink hardsigmoid hardswish hardtanh hardtanh_ leaky_relu leaky_relu_ mish prelu
relu relu_ relu6 rrelu rrelu_ selu selu_ sigmoid silu softplus softshrink tanh threshold threshold_ linear bilinear pixel_shuffle pixel_unshuffle
channel_shuffle cosine_similarity pairwise_distance pdist one_hot scaled_dot_product_attention rms_norm layer_norm group_norm alpha_dropout
feature_alpha_dropout`.split(/\s+/)
functionsFile(
  'operators.ts',
  direct.map((n) => [n, n]),
  'Operators of `torch.nn.functional` that are as the table has them.',
  new URL('../packages/nn/src/functional/generated/', import.meta.url),
  '../../operator.ts',
)
console.log(`${methodNames.length} methods`)
