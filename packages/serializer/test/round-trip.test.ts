import { readdirSync, readFileSync } from 'node:fs'
import { PythonFunction, PythonProgram, SourceImporter } from '@tsjit/compiler'
import { CompilationUnit, canonicalGraph, type Graph, type GraphFunction, parseIR, printGraph } from '@tsjit/ir'
import { FunctionType, Source, TsjitError } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { ArchiveCode } from '../src/index.ts'

/** The functions that the compiler's recorded cases have. */
const cases = new URL('../../compiler/test/cases/', import.meta.url)
const files = readdirSync(cases).filter((name) => name.endsWith('.json'))

/** A graph without its constants' order: code names them where they are used. Warnings are numbered by process. */
function withoutConstants(graph: Graph): string {
  const constants = new Map<string, string>()
  const lines = canonicalGraph(graph)
    .replace(/warn_id=\d+/g, 'warn_id=0')
    .split('\n')
    .filter((line) => {
      const constant = /^ *(%\d+) : (.*? = prim::Constant.*)$/.exec(line)
      if (constant) constants.set(constant[1], `<${constant[2].replace(/^.*\? = prim::Constant\(\)$/, 'NoneType = prim::Constant()')}>`)
      return !constant
    })
  const numbers = new Map<string, string>()
  const number = (name: string): string => {
    if (!numbers.has(name)) numbers.set(name, `%${numbers.size}`)
    return numbers.get(name)!
  }
  return lines.join('\n').replace(/%\d+/g, (name) => constants.get(name) ?? number(name))
}

/** The function as it comes back from its code, printed with all that it needs. */
function printedAgain(fn: GraphFunction): GraphFunction {
  const code = new ArchiveCode()
  const type = new FunctionType(fn)
  code.defineAll(type)
  const sources = new Map(code.codeFiles().map(({ path, text }) => [path, text]))
  const importer = new SourceImporter({
    unit: new CompilationUnit(),
    constants: code.constants.entries,
    version: 10,
    loadSource: (qualifier) => {
      const text = sources.get(`${qualifier.replaceAll('.', '/')}.py`)
      return text === undefined ? undefined : new Source(text, qualifier)
    },
  })
  return importer.findFunction(code.nameOf(type))!
}

function sameAgain(fn: GraphFunction): boolean {
  try {
    return withoutConstants(printedAgain(fn).graph) === withoutConstants(fn.graph)
  } catch (error) {
    if (error instanceof TsjitError) return false
    throw error
  }
}

/**
 * What code does not keep, PyTorch's own neither: defaults of NamedTuples and of operators' lists, names of an operator's results, lists
 * of enums, the order of what loops carry, the type of a None, writes that only a lost list made matter, what forks and remote calls call,
 * classes without members, and a variable of two types.
 */
const lossy: Readonly<Record<string, readonly string[]>> = {
  'constructs.json': ['named_tuple_by_class', 'enum_loop', 'annotate_call'],
  'builtins.json': ['container431', 'container466', 'container468', 'container469', 'container483'],
  'control_flow.json': ['g12', 'g17', 'g39', 'g45', 'g61', 'g65', 'g68', 'g70'],
  'dead_code.json': ['dce_a7'],
  'enums_and_named_tuples.json': ['named_n1', 'named_a1', 'named_a2', 'named_a3', 'named_a4', 'named_a5', 'named_b9', 'named_c1'],
  'enum_members.json': ['enum_e4'],
  'python_annotations.json': ['part_a23'],
  'refusals.json': ['f32', 'f36'],
  'remote_calls.json': [1, 2, 3, 4, 5, 8, 9, 10, 11].map((i) => `remote_a${i}`).concat('remote_b6', 'remote_b8', 'remote_b15'),
  'targets_and_returns.json': ['various_g2'],
  'values.json': ['t5', 't6', 't7', 't8', 't66', 't74'],
}

describe.each(files)('%s', (file) => {
  const name = file.replace('.json', '.py')
  const module = new PythonProgram().add(new Source(readFileSync(new URL(name, cases), 'utf8'), name), 'program')
  const functions = module.definedNames.flatMap((defined): [string, GraphFunction][] => {
    const object = module.lookup(defined)
    if (!(object instanceof PythonFunction)) return []
    try {
      return [[defined, object.compile()]]
    } catch (error) {
      if (error instanceof TsjitError) return []
      throw error
    }
  })

  it('has the same text when its graphs are read again', () => {
    expect(functions.length).toBeGreaterThan(0)
    for (const [defined, { graph }] of functions) {
      const text = printGraph(graph)
      expect(printGraph(parseIR(text)), defined).toBe(text)
    }
  })

  it('has the same graphs when its code is compiled again', () => {
    const different = functions.flatMap(([defined, fn]) => {
      // Calls of the host's functions do not save.
      if (printGraph(fn.graph).includes('^')) return []
      return sameAgain(fn) ? [] : [defined]
    })
    expect(different).toEqual(lossy[file] ?? [])
  })
})
