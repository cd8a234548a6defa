import type { Comprehension, Expression, Slice } from '@tsjit/parser'
import type { SourceRange } from '@tsjit/types'
import { ModuleInstance } from '../modules/module-instance.ts'
import { PythonOpaque, PythonType } from '../python-object.ts'
import { getItem } from './attributes.ts'
import { builtinValue } from './builtins.ts'
import { Environment } from './environment.ts'
import type { Frame, Interpreter } from './interpreter.ts'
import { binary, equal, order, unary } from './operators.ts'
import { raise, refuse } from './python-error.ts'
import { assign } from './statements.ts'
import { format, repr, str, typeNameOf } from './text.ts'
import { PyAnnotation, PyAttributeValue, PyBuiltin, PyConstant, PyDict, PyInstance, PySet, PySlice, PySuper, PyTuple } from './values.ts'

export function evaluateExpression(interpreter: Interpreter, expression: Expression, frame: Frame): unknown {
  const { range } = expression
  const value = (inner: Expression): unknown => evaluateExpression(interpreter, inner, frame)
  interpreter.step(range)
  switch (expression.type) {
    case 'Name':
      return lookup(interpreter, expression.name, frame, range)
    case 'Number':
      if (expression.kind === 'int') return BigInt(expression.value)
      if (expression.kind === 'float') return Number(expression.value)
      return new PyConstant('complex', { re: 0, im: Number(expression.value) })
    case 'String':
      return expression.value
    case 'FString':
      return expression.parts
        .map((part) => {
          if (typeof part === 'string') return part
          const inner = value(part.value)
          return part.conversion === 'r' ? repr(inner) : format(inner, part.formatSpec ?? '')
        })
        .join('')
    case 'Constant':
      return expression.value === 'Ellipsis' ? new PyConstant('ellipsis', '...') : expression.value
    case 'Attribute':
      return interpreter.attribute(value(expression.value), expression.name, range)
    case 'Subscript': {
      const base = value(expression.value)
      if (isAnnotation(base)) return new PyAnnotation(expression, frame.module)
      const indices = expression.indices.map(value)
      return getItem(interpreter, base, expression.isTuple ? indices : [indices[0]], expression.isTuple, range)
    }
    case 'Slice': {
      const { start, stop, step } = expression as Slice
      return new PySlice(start ? value(start) : null, stop ? value(stop) : null, step ? value(step) : null)
    }
    case 'Call':
      return evaluateCall(interpreter, expression, frame)
    case 'Unary': {
      const operand = value(expression.operand)
      return expression.operator === 'not' ? !truth(interpreter, operand) : unary(interpreter.host, expression.operator, operand, range)
    }
    case 'Binary': {
      const left = value(expression.left)
      const right = value(expression.right)
      if (expression.operator === '%' && typeof left === 'string') return percentFormat(left, right)
      if (expression.operator === '|' && (left instanceof PyAnnotation || right instanceof PyAnnotation))
        return new PyAnnotation(expression, frame.module)
      return binary(interpreter.host, expression.operator, left, right, range)
    }
    case 'BoolOp': {
      const left = value(expression.left)
      return truth(interpreter, left) === (expression.operator === 'and') ? value(expression.right) : left
    }
    case 'Compare': {
      let left = value(expression.left)
      let result: unknown = true
      for (const { operator, right: next } of expression.rest) {
        const right = value(next)
        result = compare(interpreter, operator, left, right, range)
        if (expression.rest.length > 1 && !truth(interpreter, result)) return false
        left = right
      }
      return result
    }
    case 'Conditional':
      return truth(interpreter, value(expression.test)) ? value(expression.then) : value(expression.otherwise)
    case 'Tuple':
      return new PyTuple(spread(interpreter, expression.elements, frame))
    case 'List':
      return spread(interpreter, expression.elements, frame)
    case 'Set':
      return new PySet(spread(interpreter, expression.elements, frame))
    case 'Dict': {
      const dict = new PyDict()
      expression.keys.forEach((key, i) => {
        const item = value(expression.values[i])
        if (key) dict.set(value(key), item)
        else if (item instanceof PyDict) for (const [k, v] of item.entries()) dict.set(k, v)
        else refuse("unpacking anything but a dict by '**'", range)
      })
      return dict
    }
    case 'ListComprehension': {
      const items: unknown[] = []
      comprehend(interpreter, expression.generators, inner(frame), (scope) => items.push(interpreter.evaluate(expression.element, scope)))
      return expression.kind === 'set' ? new PySet(items) : items
    }
    case 'DictComprehension': {
      const dict = new PyDict()
      comprehend(interpreter, expression.generators, inner(frame), (scope) =>
        dict.set(interpreter.evaluate(expression.key, scope), interpreter.evaluate(expression.value, scope)),
      )
      return dict
    }
    case 'Lambda':
      return interpreter.makeFunction(expression, frame, '<lambda>')
    case 'Starred':
      return refuse("a '*' here", range)
    case 'Unsupported':
      return refuse(`'${expression.what}'`, range)
  }
}

function inner(frame: Frame): Frame {
  return { ...frame, variables: new Environment(frame.variables) }
}

function comprehend(interpreter: Interpreter, generators: readonly Comprehension[], frame: Frame, body: (frame: Frame) => void): void {
  const [first, ...rest] = generators
  if (!first) {
    body(frame)
    return
  }
  for (const item of iterate(interpreter, interpreter.evaluate(first.iterable, frame), first.range)) {
    assign(interpreter, first.target, item, frame)
    if (first.conditions.every((condition) => truth(interpreter, interpreter.evaluate(condition, frame))))
      comprehend(interpreter, rest, frame, body)
  }
}

function spread(interpreter: Interpreter, elements: readonly Expression[], frame: Frame): unknown[] {
  const items: unknown[] = []
  for (const element of elements) {
    if (element.type === 'Starred') items.push(...iterate(interpreter, interpreter.evaluate(element.value, frame), element.range))
    else items.push(interpreter.evaluate(element, frame))
  }
  return items
}

function evaluateCall(interpreter: Interpreter, expression: Extract<Expression, { type: 'Call' }>, frame: Frame): unknown {
  const { callee, range } = expression
  if (callee.type === 'Name' && callee.name === 'super' && !frame.variables?.has('super')) {
    const [cls, self] = expression.args.map((arg) => interpreter.evaluate(arg, frame))
    const owner = (cls as Frame['owner']) ?? frame.owner
    if (!owner) return raise('RuntimeError', 'super(): no arguments', range)
    return new PySuper(owner, self ?? frame.self)
  }
  const target = interpreter.evaluate(callee, frame)
  if (target instanceof PyBuiltin && target.name === 'Attribute') return attributeValue(interpreter, expression, frame)
  const args = spread(interpreter, expression.args, frame)
  const keywords = new Map<string, unknown>()
  for (const { name, value } of expression.keywords) {
    const given = interpreter.evaluate(value, frame)
    if (name !== null) keywords.set(name, given)
    else if (given instanceof PyDict) for (const [key, item] of given.entries()) keywords.set(String(key), item)
    else refuse("unpacking anything but a dict by '**'", range)
  }
  return interpreter.call(target, args, keywords, range)
}

/** `torch.jit.Attribute(value, type)`: the type is read, not run. */
function attributeValue(
  interpreter: Interpreter,
  { args, keywords, range }: Extract<Expression, { type: 'Call' }>,
  frame: Frame,
): PyAttributeValue {
  const value = args[0] ?? keywords.find(({ name }) => name === 'value')?.value
  const type = args[1] ?? keywords.find(({ name }) => name === 'type')?.value
  if (!value || !type) return raise('TypeError', 'Attribute() takes a value and a type', range)
  return new PyAttributeValue(interpreter.evaluate(value, frame), new PyAnnotation(type, frame.module))
}

/** `List`, `Optional`, `Callable`: what a subscript makes a type of. */
function isAnnotation(base: unknown): boolean {
  if (base instanceof PyAnnotation || base instanceof PythonType || base instanceof PythonOpaque) return true
  return base instanceof PyBuiltin && ['list', 'dict', 'tuple', 'set', 'type'].includes(base.name)
}

function lookup(interpreter: Interpreter, name: string, frame: Frame, range: SourceRange): unknown {
  if (frame.variables?.has(name)) return frame.variables.get(name)
  if (frame.classBody) {
    const { classBody, ...outer } = frame
    const member = classBody.def.body.find((s) => s.type === 'Assign' && s.targets.some((t) => t.type === 'Name' && t.name === name))
    if (member?.type === 'Assign' && member.value) return interpreter.evaluate(member.value, { ...outer, classBody })
  }
  const found = interpreter.global(frame.module, name, range)
  if (found !== undefined) return found
  const builtin = builtinValue(interpreter, name)
  return builtin === undefined ? raise('NameError', `name '${name}' is not defined`, range) : builtin
}

/** Python's `bool(value)`. */
export function truth(interpreter: Interpreter, value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false
  if (typeof value === 'bigint' || typeof value === 'number') return value !== 0 && value !== 0n
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof PyTuple) return value.items.length > 0
  if (value instanceof PyDict || value instanceof PySet) return value.size > 0
  if (interpreter.host.isTensor(value)) return interpreter.host.truth(value)
  if (value instanceof ModuleInstance && interpreter.hasAttribute(value, '__len__'))
    return interpreter.call(interpreter.attribute(value, '__len__'), []) !== 0n
  return true
}

/** What a `for` goes over, all at once. */
export function iterate(interpreter: Interpreter, value: unknown, range?: SourceRange): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value instanceof PyTuple) return value.items
  if (value instanceof PyDict) return value.keys()
  if (value instanceof PySet) return value.values()
  if (typeof value === 'string') return [...value]
  if (interpreter.host.isTensor(value)) return interpreter.host.tensorItems(value)
  if ((value instanceof ModuleInstance || value instanceof PyInstance) && interpreter.hasAttribute(value, '__iter__')) {
    return iterate(interpreter, interpreter.call(interpreter.attribute(value, '__iter__', range), [], undefined, range), range)
  }
  return raise('TypeError', `'${typeNameOf(value)}' object is not iterable`, range)
}

export function compare(interpreter: Interpreter, operator: string, left: unknown, right: unknown, range: SourceRange): unknown {
  switch (operator) {
    case 'is':
    case 'is not': {
      const same = left === right || (left instanceof PyConstant && right instanceof PyConstant && equal(left, right))
      return same === (operator === 'is')
    }
    case 'in':
      return contains(interpreter, right, left, range)
    case 'not in':
      return !contains(interpreter, right, left, range)
  }
  if (interpreter.host.isTensor(left) || interpreter.host.isTensor(right)) return binary(interpreter.host, operator, left, right, range)
  if (operator === '==') return equal(left, right)
  if (operator === '!=') return !equal(left, right)
  const found = order(left, right, operator, range)
  return operator === '<' ? found < 0 : operator === '>' ? found > 0 : operator === '<=' ? found <= 0 : found >= 0
}

function contains(interpreter: Interpreter, container: unknown, item: unknown, range: SourceRange): boolean {
  if (typeof container === 'string') return container.includes(String(item))
  if (container instanceof PyDict || container instanceof PySet) return container.has(item)
  if ((container instanceof ModuleInstance || container instanceof PyInstance) && interpreter.hasAttribute(container, '__contains__')) {
    return truth(interpreter, interpreter.call(interpreter.attribute(container, '__contains__'), [item], undefined, range))
  }
  return iterate(interpreter, container, range).some((candidate) => equal(candidate, item))
}

/** `'%d x %s' % (1, 2)`. */
function percentFormat(template: string, value: unknown): string {
  const values = value instanceof PyTuple ? [...value.items] : [value]
  return template.replace(/%(-?\d*(?:\.\d+)?)([sdifgrx%])/g, (_, spec: string, kind: string) => {
    if (kind === '%') return '%'
    const next = values.shift()
    if (kind === 's') return str(next).padStart(Number(spec) || 0)
    return kind === 'r' ? repr(next) : format(next, `${spec}${kind === 'i' ? 'd' : kind}`)
  })
}
