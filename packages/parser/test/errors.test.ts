import { CompileError, Source } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { parseExpression, parseModule } from '../src/index.ts'

function failure(parse: () => unknown): CompileError {
  try {
    parse()
  } catch (error) {
    expect(error).toBeInstanceOf(CompileError)
    return error as CompileError
  }
  throw new Error('nothing was thrown')
}

/** Each case marks the range of the error with `«` and `»`. */
const cases: readonly (readonly [code: string, reason: string, marked: string])[] = [
  ['SYNTAX', "expected ) but found 'ident' here", 'f(a «b»)'],
  ['SYNTAX', "expected ] but found 'eof' here", 'x[1\n«»'],
  ['SYNTAX', "expected } but found ')' here", '{1: 2«)»'],
  ['SYNTAX', "expected newline but found ')' here", 'def f(x):\n  return x«)»\n'],
  ['SYNTAX', "expected newline but found 'ident' here", 'a «b»'],
  ['SYNTAX', "expected newline but found 'number' here", 'x«.1»'],
  ['SYNTAX', "expected expression but found '*' here", '1 + «*» 2'],
  ['SYNTAX', "expected expression but found 'newline' here", 'x =«\n»'],
  ['SYNTAX', "expected expression but found 'eof' here", 'x = (1 +«»'],
  ['SYNTAX', "expected expression but found 'not' here", 'a + «not» b'],
  ['SYNTAX', "expected expression but found 'if' here", 'x = «if»'],
  ['SYNTAX', "expected expression but found 'else' here", '«else»: pass'],
  ['SYNTAX', "expected expression but found ']' here", 'x[«]»'],
  ['SYNTAX', "expected ) but found '=' here", 'f(1«=»2)'],
  ['SYNTAX', "expected in but found 'ident' here", 'for x «i» y:\n  pass'],
  ['SYNTAX', "expected in but found 'ident' here", 'a not «b»'],
  ['SYNTAX', "expected else but found 'newline' here", 'x = a if b«\n»'],
  ['SYNTAX', "expected : but found 'newline' here", 'def f(x)«\n»  return x\n'],
  ['SYNTAX', "expected : but found '=' here", 'if x «=» 1: pass'],
  ['SYNTAX', "expected : but found 'newline' here", 'try«\n»  x'],
  ['SYNTAX', "expected ( but found ':' here", 'def f«:» pass'],
  ['SYNTAX', "expected ident but found 'number' here", 'def f(x, «1»):\n  pass'],
  ['SYNTAX', "expected ident but found 'def' here", 'class «def»: pass'],
  ['SYNTAX', "expected ident but found 'number' here", 'def «1»(): pass'],
  ['SYNTAX', "expected ident but found '(' here", 'x.«(»)'],
  ['SYNTAX', "expected ident but found '*' here", 'def f(*a, «*»b): pass'],
  ['SYNTAX', "expected ident but found '/' here", 'def f(«/»): pass'],
  ['SYNTAX', "expected def but found 'ident' here", '@d\n«x» = 1'],
  ['SYNTAX', "expected def but found 'ident' here", 'async «x»'],
  ['SYNTAX', "expected import but found 'ident' here", 'from x «y»'],
  ['SYNTAX', "expected ident but found 'newline' here", 'import«\n»'],
  ['SYNTAX', "expected newline but found 'eof' here", 'try: (\n«»'],
  ['SYNTAX', 'a starred expression can stand only in a list, a tuple, a set or a call', 'x = «*y»'],
  ['SYNTAX', 'a starred expression can stand only in a list, a tuple, a set or a call', '(«*y»)'],
  ['SYNTAX', 'a starred expression can stand only in a list, a tuple, a set or a call', '[«*y» for y in z]'],
  ['TOKEN', "expected a valid token but found '$' here", 'x = «$»'],
  ['TOKEN', "expected a valid token but found '?' here", 'x «?» y'],
  ['TOKEN', "expected a valid token but found '!' here", 'x «!» y'],
  ['TOKEN', "expected a valid token but found '\\x00' here", 'x «\0»'],
  ['TOKEN', "expected a valid token but found '€' here", 'x = «€»'],
  ['TOKEN', "expected a valid token but found '😀' here", 'x = «😀»'],
  ['TOKEN', 'unexpected character after line continuation character', 'x = 1 + «\\» 2'],
  ['TOKEN', 'unexpected character after line continuation character', 'x = «\\»'],
  ['INDENT', "expected indent but found 'ident' here", 'def f(x):\n«y»'],
  ['INDENT', "expected indent but found 'eof' here", 'def f(x):\n«»'],
  ['INDENT', "expected indent but found 'dedent' here", 'if a:\n  if b:\n«»c'],
  ['INDENT', "expected newline but found 'indent' here", 'x = 1\n«  »y = 2'],
  ['INDENT', 'invalid indent level 2', 'if x:\n   y\n«  »z'],
  ['INDENT', 'invalid indent level 0', '  x\n«»y'],
  ['INDENT', 'inconsistent use of tabs and spaces in indentation', 'if x:\n        y\n«\t»z'],
  ['INDENT', 'inconsistent use of tabs and spaces in indentation', 'if x:\n        if y:\n«\t\t»z'],
  ['STRING', 'unterminated string literal', "x = «'abc»\ny"],
  ['STRING', 'unterminated string literal', "x = «'abc\\'»"],
  ['STRING', 'unterminated triple-quoted string literal', "x = «'''abc\n»"],
  ['STRING', "expected 2 hexadecimal digits in the escape '\\x'", "'a«\\x»g'"],
  ['STRING', "expected 4 hexadecimal digits in the escape '\\u'", "'«\\u12»'"],
  ['STRING', 'illegal Unicode character: an escape cannot exceed \\U0010ffff', "'«\\U00110000»'"],
  ['STRING', "escapes by a character's name, '\\N{...}', are not supported", "'«\\N{»BULLET}'"],
  ['STRING', 'cannot mix bytes and nonbytes literals', "«b'x' 'y'»"],
  ['NUMBER', 'leading zeros in decimal integer literals are not permitted', 'x = «012»'],
  ['SYNTAX', "expected newline but found 'ident' here", 'x = 1«_»'],
  ['SYNTAX', "expected newline but found 'ident' here", 'x = 0«x»'],
  ['SYNTAX', "expected newline but found 'ident' here", 'x = 1«e»'],
  ['FSTRING', "f-string: single '}' is not allowed", "f'a«}»'"],
  ['FSTRING', "f-string: expected '}'", "x = f'{a«'»"],
  ['FSTRING', "f-string: expected '}'", "f'{a!r «x»}'"],
  ['FSTRING', 'f-string: expected an expression', "f'«{ }»'"],
  ['FSTRING', "f-string: an expression cannot include '#'", "f'{a «#» b}'"],
  ['FSTRING', "f-string: invalid conversion character 'x': expected 's', 'r' or 'a'", "f'{a«!x»}'"],
  ['FSTRING', "f-string: invalid conversion character '': expected 's', 'r' or 'a'", "f'{a«!»}'"],
  ['SYNTAX', "expected } but found 'ident' here", "f'{a «b»}'"],
  ['TARGET', 'unexpected expression on left-hand side of assignment', '«1» = x'],
  ['TARGET', 'unexpected expression on left-hand side of assignment', '«f()» = x'],
  ['TARGET', 'unexpected expression on left-hand side of assignment', 'a, («b + c», d) = x'],
  ['TARGET', 'unexpected expression on left-hand side of assignment', '«None» = x'],
  ['TARGET', 'unexpected expression on left-hand side of assignment', 'x = «1» = y'],
  ['TARGET', 'unexpected expression on left-hand side of assignment', 'for «f()» in x: pass'],
  ['TARGET', 'unexpected expression on left-hand side of assignment', '[x for «1» in y]'],
  ['TARGET', 'unexpected expression on left-hand side of assignment', 'with x as «1»: pass'],
  ['TARGET', 'unexpected expression to delete', 'del «f()»'],
  ['TARGET', 'a starred assignment target must be in a list or tuple', '«*a» = x'],
  ['TARGET', 'multiple starred expressions in assignment', '*a, «*b» = x'],
  ['TARGET', 'augmented assignment can only have one name, attribute or element on its left side', '«a, b» += 1'],
  ['TARGET', 'only a name, an attribute or an element can be annotated', '«f()»: int'],
  ['TARGET', 'Annotated multiple assignment is not supported in python', 'x: «int» = y = 1'],
  ['TARGET', "only a name can stand on the left of ':='", '(«x.y» := 1)'],
  ['ARGUMENTS', 'positional argument follows keyword argument', 'f(a=1, «b»)'],
  ['ARGUMENTS', 'positional argument follows keyword argument unpacking', 'f(**a, «b»)'],
  ['ARGUMENTS', 'keyword argument repeated: a', 'f(a=1, b=2, «a»=3)'],
  ['ARGUMENTS', 'a generator expression must be in parentheses if it is not the sole argument', 'f(a, «x» for x in y)'],
  ['ARGUMENTS', "duplicate parameter 'a' in function definition", 'def f(a, «a»): pass'],
  ['ARGUMENTS', 'parameter without a default follows parameter with a default', 'def f(a=1, «b»): pass'],
  ['ARGUMENTS', "named parameters must follow bare '*'", 'def f(a, «*»): pass'],
  ['ARGUMENTS', 'no parameter can follow **kwargs', 'def f(**a, «b»): pass'],
]

describe('errors', () => {
  it.each(cases.map(([code, reason, marked]) => ({ code, reason, marked })))('$code: $reason: $marked', ({ code, reason, marked }) => {
    const start = marked.indexOf('«')
    const end = marked.indexOf('»') - 1
    const source = new Source(marked.replace('«', '').replace('»', ''), 'test.py')
    const error = failure(() => parseModule(source))
    expect(error.reason).toBe(reason)
    expect(error.code).toBe(`TSJ_PARSE_${code}`)
    expect([error.range!.start, error.range!.end]).toEqual([start, end])
    expect(error.range!.source).toBe(source)
  })

  it('look like PyTorch’s', () => {
    const source = new Source('def f(x):\n  return x)\n', '<string>')
    expect(failure(() => parseModule(source)).message).toBe(
      'expected newline but found \')\' here:\n  File "<string>", line 2\ndef f(x):\n  return x)\n          ~ <--- HERE',
    )
  })

  it('name the first error of a text, not the first one of its tokens', () => {
    const error = failure(() => parseModule(new Source('a b\n"unterminated', 'test.py')))
    expect(error.reason).toBe("expected newline but found 'ident' here")
  })

  it('refuse text behind an expression, and an empty one', () => {
    expect(failure(() => parseExpression(new Source('int]', 't'))).reason).toBe("expected eof but found ']' here")
    expect(failure(() => parseExpression(new Source('', 't'))).reason).toBe("expected expression but found 'eof' here")
    expect(failure(() => parseExpression(new Source('x y', 't'), 5, 1)).reason).toBe("expected expression but found 'eof' here")
  })

  it('refuse integers that Python refuses to read', () => {
    const error = failure(() => parseExpression(new Source('9'.repeat(4301), 't')))
    expect(error.code).toBe('TSJ_PARSE_NUMBER')
    expect(parseExpression(new Source('9'.repeat(4300), 't'))).toMatchObject({ value: 10n ** 4300n - 1n })
  })
})
