import type { SourceRange } from '@tsjit/types'

/**
 * The syntax tree of the Python subset. Every node has the exact range of its text; `type` discriminates.
 * The same tree serves archives' code, scripted source and type annotations (annotations are expressions).
 */
interface Base {
  readonly range: SourceRange
}

// --- expressions -----------------------------------------------------------------------------------------------

export interface Name extends Base {
  readonly type: 'Name'
  readonly name: string
}
/** `value` is a number for floats; for ints a number while it is a safe integer, else a bigint; `imaginary` marks `2j`. */
export interface NumberLiteral extends Base {
  readonly type: 'Number'
  readonly kind: 'int' | 'float' | 'complex'
  readonly value: number | bigint
  readonly text: string
}
export interface StringLiteral extends Base {
  readonly type: 'String'
  readonly value: string
}
export interface FString extends Base {
  readonly type: 'FString'
  readonly parts: readonly (string | FStringField)[]
}
export interface FStringField extends Base {
  readonly value: Expression
  readonly conversion?: string
  readonly formatSpec?: string
  /** The parts of a format specification that has fields itself (`{x:{width}.2f}`); `formatSpec` is then its text. */
  readonly formatParts?: readonly (string | FStringField)[]
}
export interface Constant extends Base {
  readonly type: 'Constant'
  readonly value: true | false | null | 'Ellipsis'
}
export interface Attribute extends Base {
  readonly type: 'Attribute'
  readonly value: Expression
  readonly name: string
  readonly nameRange: SourceRange
}
export interface Subscript extends Base {
  readonly type: 'Subscript'
  readonly value: Expression
  readonly indices: readonly (Expression | Slice)[]
  readonly isTuple: boolean
}
export interface Slice extends Base {
  readonly type: 'Slice'
  readonly start?: Expression
  readonly stop?: Expression
  readonly step?: Expression
}
export interface Keyword extends Base {
  readonly name: string | null
  readonly value: Expression
} // name null: **kwargs
export interface Call extends Base {
  readonly type: 'Call'
  readonly callee: Expression
  readonly args: readonly Expression[]
  readonly keywords: readonly Keyword[]
}
export interface Starred extends Base {
  readonly type: 'Starred'
  readonly value: Expression
}
export type UnaryOperator = '-' | '+' | '~' | 'not'
export interface Unary extends Base {
  readonly type: 'Unary'
  readonly operator: UnaryOperator
  readonly operand: Expression
}
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '&' | '|' | '^' | '<<' | '>>'
export interface Binary extends Base {
  readonly type: 'Binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  readonly operatorRange: SourceRange
}
export interface BoolOp extends Base {
  readonly type: 'BoolOp'
  readonly operator: 'and' | 'or'
  readonly left: Expression
  readonly right: Expression
}
export type CompareOperator = '<' | '>' | '<=' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not'
/** `a < b <= c`: `rest` holds each further comparison. */
export interface Compare extends Base {
  readonly type: 'Compare'
  readonly left: Expression
  readonly rest: readonly { readonly operator: CompareOperator; readonly right: Expression; readonly range: SourceRange }[]
}
export interface Conditional extends Base {
  readonly type: 'Conditional'
  readonly test: Expression
  readonly then: Expression
  readonly otherwise: Expression
}
export interface TupleExpression extends Base {
  readonly type: 'Tuple'
  readonly elements: readonly Expression[]
  readonly parenthesized: boolean
}
export interface ListExpression extends Base {
  readonly type: 'List'
  readonly elements: readonly Expression[]
}
export interface SetExpression extends Base {
  readonly type: 'Set'
  readonly elements: readonly Expression[]
}
export interface DictExpression extends Base {
  readonly type: 'Dict'
  readonly keys: readonly (Expression | null)[]
  readonly values: readonly Expression[]
} // key null: **mapping
export interface Comprehension extends Base {
  readonly target: Expression
  readonly iterable: Expression
  readonly conditions: readonly Expression[]
}
export interface ListComprehension extends Base {
  readonly type: 'ListComprehension'
  readonly kind: 'list' | 'generator' | 'set'
  readonly element: Expression
  readonly generators: readonly Comprehension[]
}
export interface DictComprehension extends Base {
  readonly type: 'DictComprehension'
  readonly key: Expression
  readonly value: Expression
  readonly generators: readonly Comprehension[]
}
export interface Lambda extends Base {
  readonly type: 'Lambda'
  readonly parameters: readonly Parameter[]
  readonly body: Expression
}
/**
 * Parsed so that the compiler can refuse them with a good message. `what` is one of `:=`, `yield`, `yield from`, `await`, `bytes literal`,
 * `async comprehension`.
 */
export interface Unsupported extends Base {
  readonly type: 'Unsupported'
  readonly what: string
}

export type Expression =
  | Name
  | NumberLiteral
  | StringLiteral
  | FString
  | Constant
  | Attribute
  | Subscript
  | Slice
  | Call
  | Starred
  | Unary
  | Binary
  | BoolOp
  | Compare
  | Conditional
  | TupleExpression
  | ListExpression
  | SetExpression
  | DictExpression
  | ListComprehension
  | DictComprehension
  | Lambda
  | Unsupported

// --- statements ------------------------------------------------------------------------------------------------

/** A type comment: `# type: int` behind an assignment, `# type: (int) -> Tensor` under a def; parsed as an expression where it parses. */
export interface TypeComment extends Base {
  readonly text: string
  readonly expression?: Expression
  readonly signature?: { readonly parameters: readonly Expression[]; readonly result: Expression }
}

export interface ExpressionStatement extends Base {
  readonly type: 'ExpressionStatement'
  readonly value: Expression
}
/** `a = b = value`: several targets. `annotation` for `a: int = value` (value absent for a bare declaration). */
export interface Assign extends Base {
  readonly type: 'Assign'
  readonly targets: readonly Expression[]
  readonly value?: Expression
  readonly annotation?: Expression
  readonly typeComment?: TypeComment
}
export interface AugmentedAssign extends Base {
  readonly type: 'AugmentedAssign'
  readonly target: Expression
  readonly operator: BinaryOperator
  readonly value: Expression
}
export interface Return extends Base {
  readonly type: 'Return'
  readonly value?: Expression
}
export interface Raise extends Base {
  readonly type: 'Raise'
  readonly value?: Expression
  readonly cause?: Expression
}
export interface Assert extends Base {
  readonly type: 'Assert'
  readonly test: Expression
  readonly message?: Expression
}
export interface If extends Base {
  readonly type: 'If'
  readonly test: Expression
  readonly then: readonly Statement[]
  readonly otherwise: readonly Statement[]
}
export interface While extends Base {
  readonly type: 'While'
  readonly test: Expression
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}
export interface For extends Base {
  readonly type: 'For'
  readonly target: Expression
  readonly iterable: Expression
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}
export interface With extends Base {
  readonly type: 'With'
  readonly items: readonly { readonly context: Expression; readonly target?: Expression; readonly range: SourceRange }[]
  readonly body: readonly Statement[]
}
export interface Break extends Base {
  readonly type: 'Break'
}
export interface Continue extends Base {
  readonly type: 'Continue'
}
export interface Pass extends Base {
  readonly type: 'Pass'
}
export interface Delete extends Base {
  readonly type: 'Delete'
  readonly targets: readonly Expression[]
}
export interface Import extends Base {
  readonly type: 'Import'
  readonly text: string
}
/**
 * Taken as a whole, body included, so that the compiler can refuse them by name. `what` is one of `global`, `nonlocal`, `try`, `async def`,
 * `async for`, `async with`, `match`, `type`.
 */
export interface UnsupportedStatement extends Base {
  readonly type: 'UnsupportedStatement'
  readonly what: string
}

export interface Parameter extends Base {
  readonly name: string
  readonly annotation?: Expression
  readonly defaultValue?: Expression
  readonly kind: 'positional' | 'keyword-only' | 'varargs' | 'kwargs'
  /** It stands before a `/`. */
  readonly positionalOnly?: true
  readonly typeComment?: TypeComment
}
export interface FunctionDef extends Base {
  readonly type: 'FunctionDef'
  readonly name: string
  readonly nameRange: SourceRange
  readonly parameters: readonly Parameter[]
  readonly result?: Expression
  readonly typeComment?: TypeComment
  readonly body: readonly Statement[]
  readonly decorators: readonly Expression[]
}
export interface ClassDef extends Base {
  readonly type: 'ClassDef'
  readonly name: string
  readonly nameRange: SourceRange
  readonly bases: readonly Expression[]
  readonly keywords: readonly Keyword[]
  readonly body: readonly Statement[]
  readonly decorators: readonly Expression[]
}

export type Statement =
  | ExpressionStatement
  | Assign
  | AugmentedAssign
  | Return
  | Raise
  | Assert
  | If
  | While
  | For
  | With
  | Break
  | Continue
  | Pass
  | Delete
  | Import
  | UnsupportedStatement
  | FunctionDef
  | ClassDef

export interface Module extends Base {
  readonly type: 'Module'
  readonly body: readonly Statement[]
}
