import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as torch from '../src/index.ts'

const fixture = (name: string): URL => new URL(`./fixtures/${name}`, import.meta.url)
const { functions, failures } = JSON.parse(readFileSync(fixture('tracebacks.json'), 'utf8')) as {
  functions: string
  failures: Record<string, string>
}
const ones = (...shape: number[]): torch.Tensor => torch.ones(shape)

function failure(call: () => unknown): Error & { code: string } {
  try {
    call()
  } catch (error) {
    return error as Error & { code: string }
  }
  throw new Error('it does not fail')
}

/** What a program that does not catch its error prints, and how it ends. */
function uncaught(program: string): { text: string; status: number | null } {
  const path = fileURLToPath(fixture('uncaught.ts'))
  const { stderr, status } = spawnSync(process.execPath, ['--conditions=tsjit-source', '--import', 'tsx', path, program], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { text: stderr, status }
}

describe('tracebacks are PyTorch’s (fixtures/record-tracebacks.py)', () => {
  test.each(['script', 'trace'])('of an archive: %s', (name) => {
    const module = torch.jit.loadSync(fixture(`tracebacks/${name}.pt`))
    const { message, code } = failure(() => module.forward(ones(2, 4)))
    expect(message).toBe(failures[name].trimEnd())
    expect(code).toBe('TSJ_SHAPE_MATMUL')
  })
  test.each<[string, string, unknown[]]>([
    ['outer', 'outer', [ones(2, 3)]],
    ['raise', 'checked', [ones(2), 2]],
    ['assert', 'checked', [ones(2), 0]],
    ['index', 'checked', [ones(1), 1]],
  ])('of a source: %s', (name, fn, args) => {
    const run = torch.jit.script(functions, { filename: 'functions.py', name: fn })
    // PyTorch's ranges of `raise` and `assert` end before the end of their text.
    const narrow = (text: string): string => text.trimEnd().replace(/~+ <---/, '~ <---')
    const expected = narrow(failures[name])
    expect(narrow(failure(() => run(...args)).message)).toBe(expected)
    expect(narrow(failure(() => torch.jit.optimizedExecution(false, () => run(...args))).message)).toBe(expected)
  })
})

describe('errors that nobody catches', () => {
  test.each([
    ['compile', 'TSJ_UNDEFINED_NAME', '~~~~~~~ <--- HERE'],
    ['several', 'TSJ_COMPILE_ERRORS', 'at several.py:2:11'],
    ['archive', 'TSJ_SHAPE_MATMUL', 'File "net.py", line 9, in forward'],
    ['traced', 'TSJ_SHAPE_MATMUL', 'net.py(9): forward'],
    ['argument', 'TSJ_ARGUMENT_TYPE', "expected a value of type 'Tensor' for argument 'x'"],
    ['host', 'TSJ_HOST_RAISED', 'TypeError: broken'],
  ])('%s: a screenful with message, code, and the program’s own stack', (program, code, part) => {
    const { text, status } = uncaught(program)
    expect(status).toBe(1)
    expect(text).toContain(`code: '${code}'`)
    expect(text).toContain(part)
    expect(text).toMatch(/^ {4}at .*uncaught\.ts:\d+:\d+\)?$/m)
    expect(text.split('\n').length).toBeLessThan(60)
    expect(text).not.toMatch(/lineStarts|startLine|SourceRange|\n {4}at .*packages\/compiler/)
  })
  test('what is read by name is there, but not listed', () => {
    const error = failure(() => torch.jit.script('def f(x):\n    return missing\n', { filename: 'one.py' }))
    expect(error).toMatchObject({ code: 'TSJ_UNDEFINED_NAME', reason: 'undefined value missing', name: 'CompileError' })
    expect(String((error as unknown as { range: unknown }).range)).toBe('one.py:2:11')
    expect(inspect((error as unknown as { range: unknown }).range)).toBe('SourceRange(one.py:2:11)')
    expect(Object.keys(error)).toEqual(['code'])
    expect(JSON.stringify(error)).toBe('{"code":"TSJ_UNDEFINED_NAME"}')
  })
})

describe('errors of the compiler', () => {
  const messageOf = (source: string, name?: string): string =>
    failure(() => torch.jit.script(source, { filename: 'e.py', ...(name ? { name } : {}) })).message
  test.each([
    ['a variable', 'def f(x):\n    total = x\n    return totla\n', "did you mean 'total'?"],
    ['a function', 'def helper(x):\n    return x\ndef f(x):\n    return helpr(x)\n', "did you mean 'helper'?"],
    ['an operator', 'def f(x):\n    return torch.rleu(x)\n', "did you mean 'relu'?"],
    ['a functional', 'def f(x):\n    return F.sotfmax(x, 0)\n', "did you mean 'softmax'?"],
    ['a method', 'def f(x):\n    return x.reshap(2)\n', "did you mean 'reshape'?"],
    ['a property', 'def f(x):\n    return x.dtpye\n', "did you mean 'dtype'?"],
    ['a list', 'def f(x: List[int]):\n    return x.apend(1)\n', "did you mean 'append'?"],
    [
      'an attribute',
      'class A:\n    def __init__(self):\n        self.size = 1\ndef f(x):\n    a = A()\n    return a.sise\n',
      "did you mean 'size'?",
    ],
  ])('near names: %s', (_, source, hint) => {
    expect(messageOf(source)).toContain(`hint: ${hint}`)
  })
  test('nothing is near', () => {
    expect(messageOf('def f(x):\n    return x.completely_unknown()\n')).not.toContain('did you mean')
    expect(messageOf('def f(x):\n    return ab\n')).not.toContain('did you mean')
  })
  test('the calls that lead to an error, of the function that is wanted', () => {
    const source = 'def g(x):\n    return x.foo()\ndef h(x):\n    return g(x)\ndef f(x):\n    return h(x)\n'
    expect(messageOf(source)).toMatch(
      /'g' is being compiled since it was called from 'h'\n {2}File "e\.py", line 4\n[\s\S]*'h' is being compiled since it was called from 'f'\n {2}File "e\.py", line 6\n/,
    )
    expect(messageOf(`${source}def k(x):\n    return nope\n`, 'f')).toMatch(/^2 errors:[\s\S]*called from 'f'[\s\S]*undefined value nope/)
  })
  test('frames keep to the function, as PyTorch’s', () => {
    expect(messageOf('def g(x):\n    return x\n\n@torch.jit.export\ndef f(x):\n    return nope\n\ndef h(x):\n    return x\n')).toBe(
      'undefined value nope:\n  File "e.py", line 6\n@torch.jit.export\ndef f(x):\n    return nope\n           ~~~~ <--- HERE',
    )
  })
})
