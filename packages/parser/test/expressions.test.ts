import { Source } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../src/index.ts'
import { dump } from './dump.ts'

const parse = (text: string): string => dump(parseExpression(new Source(text, 'test.py')))

function cases(title: string, pairs: readonly (readonly [source: string, tree: string])[]): void {
  describe(title, () => {
    it.each(pairs.map(([source, tree]) => ({ source, tree })))('$source', ({ source, tree }) => expect(parse(source)).toBe(tree))
  })
}

cases('atoms', [
  ['x', 'x'],
  ['inf', 'inf'],
  ['nan', 'nan'],
  ['été', 'été'],
  ['ﬁ', 'fi'],
  ['x٣', 'x٣'],
  ['True', 'True'],
  ['False', 'False'],
  ['None', 'None'],
  ['...', '...'],
  ['Ellipsis', '...'],
  ['()', '(tuple)'],
  ['(x)', 'x'],
  ['((x))', 'x'],
  ['(x,)', '(tuple x)'],
  ['x,', '(tuple, x)'],
  ['x, y', '(tuple, x y)'],
  ['(x, *y)', '(tuple x (star y))'],
  ['[]', '(list)'],
  ['[1, 2,]', '(list 1 2)'],
  ['[*a, b]', '(list (star a) b)'],
  ['{}', '(dict)'],
  ['{1: 2, **m,}', '(dict 1=>2 **m)'],
  ['{1, *a}', '(set 1 (star a))'],
  ['matched', 'matched'],
  ['match', 'match'],
  ['nothing', 'nothing'],
  ['iffy', 'iffy'],
])

cases('numbers', [
  ['0', '0'],
  ['000', '0'],
  ['9007199254740991', '9007199254740991'],
  ['9007199254740992', '9007199254740992n'],
  ['-9223372036854775808', '(-: 9223372036854775808n)'],
  ['0xFFFFFFFFFFFFFFFF', '18446744073709551615n'],
  ['0b101', '5'],
  ['0o17', '15'],
  ['0x_ff', '255'],
  ['1_000_000', '1000000'],
  ['1.', 'f1'],
  ['.5', 'f0.5'],
  ['0.1', 'f0.1'],
  ['1e3', 'f1000'],
  ['1E-3', 'f0.001'],
  ['01.5', 'f1.5'],
  ['1.0000000000000001e-05', 'f0.00001'],
  ['1e400', 'fInfinity'],
  ['2j', 'j2'],
  ['1.5e1J', 'j15'],
  ['1if x else 2', '(if x 1 2)'],
])

cases('operators and their precedence', [
  ['a + b - c', '(- (+ a b) c)'],
  ['a + b * c', '(+ a (* b c))'],
  ['a * b + c', '(+ (* a b) c)'],
  ['a * b / c // d % e @ f', '(@ (% (// (/ (* a b) c) d) e) f)'],
  ['a ** b ** c', '(** a (** b c))'],
  ['-a ** b', '(-: (** a b))'],
  ['a ** -b', '(** a (-: b))'],
  ['a ** -b ** c', '(** a (-: (** b c)))'],
  ['a ** -b * c', '(* (** a (-: b)) c)'],
  ['-a * b', '(* (-: a) b)'],
  ['a - -b', '(- a (-: b))'],
  ['- + ~ a', '(-: (+: (~: a)))'],
  ['a << b + c >> d', '(>> (<< a (+ b c)) d)'],
  ['a | b ^ c & d << e', '(| a (^ b (& c (<< d e))))'],
  ['a & b == c', '(compare (& a b) == c)'],
  ['not a == b', '(not: (compare a == b))'],
  ['not not a', '(not: (not: a))'],
  ['not a and b', '(and (not: a) b)'],
  ['a and not b', '(and a (not: b))'],
  ['a or b and c', '(or a (and b c))'],
  ['a and b or c and d', '(or (and a b) (and c d))'],
  ['a and b and c', '(and (and a b) c)'],
  ['a < b <= c != d', '(compare a < b <= c != d)'],
  ['(a < b) < c', '(compare (compare a < b) < c)'],
  ['a < (b < c)', '(compare a < (compare b < c))'],
  ['a < b and b < c', '(and (compare a < b) (compare b < c))'],
  ['a > b >= c == d', '(compare a > b >= c == d)'],
  ['a in b', '(compare a in b)'],
  ['a not in b', '(compare a not-in b)'],
  ['a is b', '(compare a is b)'],
  ['a is not b', '(compare a is-not b)'],
  ['a is not None and b not in c', '(and (compare a is-not None) (compare b not-in c))'],
  ['a is (not b)', '(compare a is (not: b))'],
  ['a if b else c', '(if b a c)'],
  ['a if b else c if d else e', '(if b a (if d c e))'],
  ['(a if b else c) if d else e', '(if d (if b a c) e)'],
  ['a or b if c or d else e', '(if (or c d) (or a b) e)'],
  ['lambda: 0', '(lambda () 0)'],
  ['lambda x, *a, y=1, **k: x + y', '(lambda (x *a kw y=1 **k) (+ x y))'],
  ['lambda x: lambda y: x, z', '(tuple, (lambda (x) (lambda (y) x)) z)'],
  ['lambda x=1, /, *, y: x', '(lambda (/x=1 kw y) x)'],
])

cases('attributes, calls, subscripts', [
  ['a.b.c', '(. (. a b) c)'],
  ['__torch__.___torch_mangle_0.Net', '(. (. __torch__ ___torch_mangle_0) Net)'],
  ['self.lambda', '(. self lambda)'],
  ['torch.import.def', '(. (. torch import) def)'],
  ['1 .real', '(. 1 real)'],
  ['1.5.real', '(. f1.5 real)'],
  ['f()', '(call f)'],
  ['f(a, )', '(call f a)'],
  ['f(a, b=1, *c, d=2, **e)', '(call f a (star c) b=1 d=2 **e)'],
  ['f(from=1)', '(call f from=1)'],
  ['f(x for x in y)', '(call f (generator-comp x (for x y)))'],
  ['f(a)(b)[c].d', '(. (index (call (call f a) b) c) d)'],
  ['(foo).__init__(a, )', '(call (. foo __init__) a)'],
  ['a[0]', '(index a 0)'],
  ['a[0,]', '(index, a 0)'],
  ['a[(0, 1)]', '(index a (tuple 0 1))'],
  ['a[:]', '(index a (slice _ _ _))'],
  ['a[::]', '(index a (slice _ _ _))'],
  ['a[1:]', '(index a (slice 1 _ _))'],
  ['a[:2]', '(index a (slice _ 2 _))'],
  ['a[::3]', '(index a (slice _ _ 3))'],
  ['a[1:2:3]', '(index a (slice 1 2 3))'],
  ['a[..., None, 1:, -1]', '(index, a ... None (slice 1 _ _) (-: 1))'],
  ['a[*b]', '(index, a (star b))'],
  ['Tuple[()]', '(index Tuple (tuple))'],
  ['Dict[str, List[int]]', '(index, Dict str (index List int))'],
  ['annotate(List[int], [])', '(call annotate (index List int) (list))'],
  ['uninitialized(int)', '(call uninitialized int)'],
  ['ops.prim.data(x)', '(call (. (. ops prim) data) x)'],
  ['getattr(self, "0")', '(call getattr self "0")'],
])

cases('comprehensions', [
  ['[x for x in y]', '(list-comp x (for x y))'],
  ['[x for x in y if a if b]', '(list-comp x (for x y if a if b))'],
  ['[x for x in y for z in x if z]', '(list-comp x (for x y) (for z x if z))'],
  ['[i + j for i, j in p]', '(list-comp (+ i j) (for (tuple, i j) p))'],
  ['[x for x, in y]', '(list-comp x (for (tuple, x) y))'],
  ['[x for (x, *y) in z]', '(list-comp x (for (tuple x (star y)) z))'],
  ['[x for x in a or b]', '(list-comp x (for x (or a b)))'],
  ['[x if x else y for x in z]', '(list-comp (if x x y) (for x z))'],
  ['(x for x in y)', '(generator-comp x (for x y))'],
  ['{x for x in y}', '(set-comp x (for x y))'],
  ['{k: v for k, v in y}', '(dict-comp k=>v (for (tuple, k v) y))'],
  ['[x for x.y in z]', '(list-comp x (for (. x y) z))'],
])

cases('strings', [
  [`'a'`, '"a"'],
  [`"it's"`, `"it's"`],
  [`''`, '""'],
  [`''''''`, '""'],
  [`'''a'b''c'''`, `"a'b''c"`],
  ['"""a\nb"""', '"a\\nb"'],
  ['"""a\r\nb\rc"""', '"a\\nb\\nc"'],
  [`'a' "b" '''c'''`, '"abc"'],
  [`'\\n\\t\\r\\a\\b\\f\\v\\\\\\'\\"'`, JSON.stringify('\n\t\r\x07\b\f\v\\\'"')],
  [`'\\0\\7\\101\\x41\\u00e9\\U0001F600'`, JSON.stringify('\0\x07AAé😀')],
  [`'\\303\\251'`, '"Ã©"'],
  [`'\\d\\%'`, JSON.stringify('\\d\\%')],
  ["'a\\\nb'", '"ab"'],
  ["'a\\\r\nb'", '"ab"'],
  [`r'\\n\\''`, JSON.stringify("\\n\\'")],
  [`R"\\x"`, JSON.stringify('\\x')],
  [`u'x'`, '"x"'],
  [`b'x' b'y'`, '(unsupported bytes literal)'],
  [`rb'\\x'`, '(unsupported bytes literal)'],
  [`Br'''x'''`, '(unsupported bytes literal)'],
])

cases('f-strings', [
  [`f''`, '(fstring)'],
  [`f'a{b}c'`, '(fstring "a" {b} "c")'],
  [`f'{{}}'`, '(fstring "{}")'],
  [`f'{a!r}{b!s:>10}'`, '(fstring {a!r} {b!s:>10})'],
  [`f'{x:.3f}'`, '(fstring {x:.3f})'],
  [`f'{x:{w}.{p}f}'`, '(fstring {x:{w}"."{p}"f"})'],
  [`f'{x:{"a" if y else "b"}}'`, '(fstring {x:{(if y "a" "b")}})'],
  [`f'{x = }'`, '(fstring "x = " {x!r})'],
  [`f'{x=:3}'`, '(fstring "x=" {x:3})'],
  [`f'{x=!s}'`, '(fstring "x=" {x!s})'],
  [`f'{a == b}'`, '(fstring {(compare a == b)})'],
  [`f'{a != b}{c<=d}'`, '(fstring {(compare a != b)} {(compare c <= d)})'],
  [`f'{d["k"]}'`, '(fstring {(index d "k")})'],
  [`f'{d['k']}'`, '(fstring {(index d "k")})'],
  [`f'{ {1: 2}[1] }'`, '(fstring {(index (dict 1=>2) 1)})'],
  [`f'{a[1:2]:>3}'`, '(fstring {(index a (slice 1 2 _)):>3})'],
  [`f'{(lambda x: x)(1)}'`, '(fstring {(call (lambda (x) x) 1)})'],
  [`f'{a, b}'`, '(fstring {(tuple, a b)})'],
  [`f'{f"{x}"}'`, '(fstring {(fstring {x})})'],
  [`f'{f'{f'{x}'}'}'`, '(fstring {(fstring {(fstring {x})})})'],
  [`rf'\\d{x}'`, '(fstring "\\\\d" {x})'],
  [`f'\\x41\\{x}'`, '(fstring "A\\\\" {x})'],
  [`f'''{\nx\n}'''`, '(fstring {x})'],
  [`'a' f'b{c}' 'd' f'e' 'f'`, '(fstring "ab" {c} "def")'],
  [`f'{x:">10}'`, '(fstring {x:">10})'],
  [`f'{(yield)}'`, '(fstring {(unsupported yield)})'],
])

cases('what is parsed to be refused later', [
  ['(x := 1)', '(unsupported :=)'],
  ['f(x := 1, y)', '(call f (unsupported :=) y)'],
  ['[y for x in z if (y := x)]', '(list-comp y (for x z if (unsupported :=)))'],
  ['(yield)', '(unsupported yield)'],
  ['(yield 1, 2)', '(unsupported yield)'],
  ['(yield from x)', '(unsupported yield from)'],
  ['await f(x)', '(unsupported await)'],
  ['-await x ** 2', '(-: (** (unsupported await) 2))'],
  ['[x async for x in y]', '(unsupported async comprehension)'],
])

cases('white space and comments', [
  ['  x  ', 'x'],
  ['a +\n  b  # c\n', '(+ a b)'],
  ['a + \\\n b', '(+ a b)'],
  ['\tf(\r\n1,\r2)', '(call f 1 2)'],
  ['\ufeffx', 'x'],
])

describe('parseExpression', () => {
  it('parses a part of a source with offsets into the whole', () => {
    const source = new Source('x = "List[int]"', 'test.py')
    const tree = parseExpression(source, 5, 14)
    expect(dump(tree)).toBe('(index List int)')
    expect([tree.range.start, tree.range.end]).toEqual([5, 14])
    expect(tree.range.source).toBe(source)
  })

  it('reads octal escapes as bytes of UTF-8 where that is asked for', () => {
    const octal = (text: string) => dump(parseExpression(new Source(text, 'code.py'), 0, text.length, { octalBytes: true }))
    expect(octal(`"\\303\\251\\n\\360\\237\\230\\200\\007"`)).toBe(JSON.stringify('é\n😀\x07'))
    expect(octal(`"é"`)).toBe('"é"')
    expect(() => octal(`"\\303"`)).toThrow('not valid UTF-8')
    expect(() => octal(`"\\303A"`)).toThrow('not valid UTF-8')
    expect(() => octal(`"\\303\\101"`)).toThrow('not valid UTF-8')
    expect(() => octal(`"\\777"`)).toThrow('cannot exceed \\377')
  })

  it('keeps what a number was written as', () => {
    expect(parseExpression(new Source('1_0.50', 't'))).toMatchObject({ type: 'Number', kind: 'float', value: 10.5, text: '1_0.50' })
  })
})
