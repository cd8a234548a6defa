import type { Expression } from '@tsjit/parser'
import type { SourceRange } from '@tsjit/types'
import { fail } from '../errors.ts'
import { qualifiedName } from '../type-annotations.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { PythonNamedTuple } from './named-tuples.ts'
import { PythonClass } from './python-class.ts'
import {
  PythonAlias,
  PythonException,
  type PythonObject,
  PythonOpaque,
  PythonOperator,
  PythonSpecialForm,
  PythonType,
} from './python-object.ts'

/**
 * An annotation as the object that Python makes of it. PyTorch asks that object for its type before it reads the annotation by
 * itself, and what it then refuses it names as Python prints it.
 */
export interface AnnotationObject {
  /** Python's `repr` of it. */
  readonly text: string
  /** How it stands in the `repr` of another. */
  readonly inside: string
  readonly members?: readonly AnnotationObject[]
  /** Whether it names a type. Throws TSJ_UNKNOWN_TYPE where a part of it must and does not. */
  resolves(range: SourceRange): boolean
}

const operatorClasses: Readonly<Record<string, string>> = {
  'aten::Tensor': 'torch.Tensor',
  'aten::device': 'torch.device',
  'aten::dtype': 'torch.dtype',
  'aten::qscheme': 'torch.qscheme',
  'aten::SymInt': 'torch.SymInt',
  'aten::Generator': 'torch._C.Generator',
  'aten::Stream': 'torch.Stream',
  'aten::Size': 'torch.Size',
}

/** Throws what PyTorch says of an annotation whose Python object it cannot take; returns where it reads the annotation by itself. */
export function refuseAnnotation(expression: Expression, scope: Scope): void {
  const { range } = expression
  const text = expression.type === 'String' ? expression.value : range.source.text.slice(range.start, range.end)
  const object = objectOfText(text, scope)
  object?.resolves(range)
  if (expression.type === 'Binary' && expression.operator === '|') {
    refuseAnnotation(expression.left, scope)
    refuseAnnotation(expression.right, scope)
  } else if (
    expression.type === 'Subscript' &&
    /^(typing\.)?(Optional|Union|List|Dict|Tuple|list|dict|tuple)$/.test(qualifiedName(expression.value) ?? '')
  ) {
    for (const index of expression.indices) {
      for (const part of index.type === 'Tuple' ? index.elements : [index]) if (part.type !== 'Slice') refuseAnnotation(part, scope)
    }
  }
}

/**
 * What PyTorch's resolver makes of the text of an annotation: dotted names, and names with subscripts. Anything else (`X | Y`, quotes,
 * `...`) is undefined: it gives up, and the annotation is read as TorchScript.
 */
export function objectOfText(text: string, scope: Scope): AnnotationObject | undefined {
  const read = (from: number): [AnnotationObject, number] | undefined => {
    let at = from
    while (at < text.length && !',[]'.includes(text[at])) at++
    const name = text.slice(from, at)
    if (name === '()') return [emptyTuple, at]
    const base = named(name.trim(), scope)
    if (!base || text[at] !== '[') return base && [base, at]
    const parts: AnnotationObject[] = []
    while (text[at] !== ']') {
      if (at >= text.length) return undefined
      const part = read(++at)
      if (!part) return undefined
      parts.push(part[0])
      at = part[1]
    }
    return [subscripted(base, parts), at + 1]
  }
  const whole = read(0)
  return whole && whole[1] === text.length ? whole[0] : undefined
}

/** `Tuple[()]` has this for its only part. */
const emptyTuple: AnnotationObject = { text: '()', inside: '()', resolves: () => true }

function named(name: string, scope: Scope): AnnotationObject | undefined {
  const parts = name.split('.')
  if (!parts.every((part) => /^[A-Za-z_]\w*$/.test(part))) return undefined
  let object: PythonObject | undefined
  for (const [i, part] of parts.entries()) object = i === 0 ? scope.lookup(part) : object?.attr(part)
  return object && objectOf(object, parts[parts.length - 1])
}

function classObject(qualified: string, resolves: (range: SourceRange) => boolean, word = 'class'): AnnotationObject {
  const inside = qualified.startsWith('builtins.') ? qualified.slice('builtins.'.length) : qualified
  return { text: word === 'enum' ? `<enum '${qualified.split('.').pop()}'>` : `<class '${inside}'>`, inside, resolves }
}

function plain(text: string, resolves: (range: SourceRange) => boolean = () => false): AnnotationObject {
  return { text, inside: text, resolves }
}

/** Classes that make nothing but themselves: `Optional[list]` has no type. */
const untyped = new Set(['builtins.list', 'builtins.tuple', 'builtins.dict'])

function objectOf(object: PythonObject, name: string): AnnotationObject | undefined {
  if (object instanceof PythonClass) {
    const isEnum = object.kind === 'enum'
    return classObject(`${object.module.name}.${object.name}`, (range) => isScriptClass(object, range), isEnum ? 'enum' : 'class')
  }
  if (object instanceof PythonNamedTuple) return classObject(object.fields.name, () => object.type() !== undefined)
  if (object instanceof PythonAlias) return objectOfExpression(object.expression, object.scope)
  if (object instanceof PythonType) {
    const { qualifiedName } = object
    if (qualifiedName === undefined) return undefined
    // What is neither a class nor generic (`TypeVar` itself is a class) goes by its name.
    if (object.typeName !== 'type') return object.typeName === 'TypeVar' ? plain(`~${name}`) : plain(qualifiedName)
    return classObject(qualifiedName, (range) => !untyped.has(qualifiedName) && isType(object, range))
  }
  if (object instanceof PythonOperator) {
    if (object.symbol === 'aten::dict') return classObject(name === 'dict' ? 'dict' : 'collections.OrderedDict', () => false)
    if (object.symbol === 'aten::_Any') return plain('typing.Any', () => true)
    const qualified = Object.hasOwn(operatorClasses, object.symbol) ? operatorClasses[object.symbol] : undefined
    return qualified === undefined ? undefined : classObject(qualified, () => object.type() !== undefined)
  }
  if (object instanceof PythonSpecialForm) return object.type() && classObject(`torch.${name}`, () => true)
  if (object instanceof PythonException) return classObject(object.qualifiedName, () => false)
  return object instanceof PythonOpaque && object.typeName === 'TypeVar' ? plain(`~${name}`) : undefined
}

const none: AnnotationObject = { text: "<class 'NoneType'>", inside: 'NoneType', resolves: () => true }

function isScriptClass(object: PythonClass, range: SourceRange): boolean {
  const extendsList = object.def.bases.some((base) => /^(list|tuple)$/.test(qualifiedName(base) ?? ''))
  return !extendsList && object.type(range) !== undefined
}

/** What is said of a call of a class is said of its methods, where it is not of its constructor. */
function isType(object: PythonType, range: SourceRange): boolean {
  const { refusal } = object
  if (refusal !== undefined && !/^(Can't get source for <class|Cannot |python value|module, class)/.test(refusal)) {
    fail('TSJ_UNKNOWN_TYPE', refusal, range)
  }
  return object.type(range) !== undefined
}

function subscripted(base: AnnotationObject, given: readonly AnnotationObject[]): AnnotationObject {
  const text = `${base.inside}[${given.map(({ inside }) => inside).join(', ')}]`
  switch (base.inside) {
    case 'typing.Optional':
      return union([...given, none])
    case 'typing.Union':
      return union(given)
    case 'typing.Tuple':
    case 'tuple':
      return plain(text, (range) => {
        for (const part of given) if (!part.resolves(range)) fail('TSJ_UNKNOWN_TYPE', 'Can not create tuple with None type', range)
        return true
      })
    case 'typing.List':
    case 'list':
      return plain(text, (range) => given[0].resolves(range))
    case 'typing.Dict':
    case 'dict':
      return plain(text, (range) => {
        for (const part of given) {
          if (part.resolves(range)) continue
          const [where] = range.highlight().split('\n')
          fail('TSJ_UNKNOWN_TYPE', `Unknown type annotation: '${part.text}' at ${where}`, range)
        }
        return true
      })
    case 'typing.Final':
    case 'torch._C.Future':
    case 'torch.futures.Future':
    case 'torch.distributed.rpc.api.RRef':
      return plain(text, (range) => given[0].resolves(range))
    default:
      return plain(text)
  }
}

/** `Union[…]`, flat and without repetitions, as Python makes it. */
function union(given: readonly AnnotationObject[], bar = false): AnnotationObject {
  const parts = new Map<string, AnnotationObject>()
  for (const part of given.flatMap((each) => each.members ?? [each])) if (!parts.has(part.inside)) parts.set(part.inside, part)
  const members = [...parts.values()]
  if (members.length === 1) return members[0]
  const others = members.filter((member) => member !== none)
  const isOptional = members.length === 2 && others.length === 1
  const text = bar
    ? members.map((member) => (member === none ? 'None' : member.inside)).join(' | ')
    : isOptional
      ? `typing.Optional[${others[0].inside}]`
      : `typing.Union[${members.map(({ inside }) => inside).join(', ')}]`
  return {
    ...plain(text, (range) => {
      for (const member of isOptional ? others : members) {
        if (member.resolves(range)) continue
        fail(
          'TSJ_UNKNOWN_TYPE',
          `Unsupported annotation ${text} could not be resolved because ${member.text} could not be resolved. At`,
          range,
        )
      }
      return true
    }),
    members,
  }
}

/** An alias at the top of a file: Python has evaluated all of it. */
function objectOfExpression(expression: Expression, scope: Scope): AnnotationObject | undefined {
  switch (expression.type) {
    case 'String':
      return plain(`ForwardRef('${expression.value}')`)
    case 'Name':
    case 'Attribute':
      return objectOf(evaluate(expression, scope), expression.name)
    case 'Constant':
      return expression.value === null ? none : expression.value === 'Ellipsis' ? { ...plain('Ellipsis'), inside: '...' } : undefined
    case 'Binary': {
      const parts = [expression.left, expression.right].map((side) => objectOfExpression(side, scope))
      if (expression.operator !== '|' || parts.some((part) => !part)) return undefined
      return union(parts as AnnotationObject[], !parts.some((part) => part!.inside.startsWith('typing.')))
    }
    case 'List': {
      const parts = expression.elements.map((element) => objectOfExpression(element, scope))
      return parts.some((part) => !part) ? undefined : plain(`[${parts.map((part) => part!.inside).join(', ')}]`)
    }
    case 'Subscript': {
      const base = objectOfExpression(expression.value, scope)
      const indices = expression.indices.flatMap((index) => (index.type === 'Tuple' ? index.elements : [index]))
      if (!base || indices.some((index) => index.type === 'Slice')) return undefined
      const keepsText = !base.inside.startsWith('typing.') || base.inside === 'typing.Literal'
      const parts = (indices as Expression[]).map((index) => {
        // `list['X']` keeps the text; `List['X']` refers forward.
        if (index.type === 'String' && keepsText) return plain(`'${index.value}'`)
        return objectOfExpression(index, scope)
      })
      return parts.some((part) => !part) ? undefined : subscripted(base, parts as AnnotationObject[])
    }
    default:
      return undefined
  }
}
