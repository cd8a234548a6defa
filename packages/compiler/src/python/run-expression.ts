import type { Expression } from '@tsjit/parser'
import { BoolType, FloatType, IntType, NoneType, StringType, TsjitError } from '@tsjit/types'
import { evaluate } from './evaluate.ts'
import type { PythonHost } from './interpreter/host.ts'
import { Interpreter } from './interpreter/interpreter.ts'
import { refuse } from './interpreter/python-error.ts'
import { PyTuple } from './interpreter/values.ts'
import { PythonClass } from './python-class.ts'
import { PythonFunction } from './python-function.ts'
import { PythonConstant, PythonContainer, type PythonObject } from './python-object.ts'
import type { SourceModule } from './source-module.ts'

const tensors = (): never => refuse('a tensor')

/** There are no tensors where nothing but a default or a constant is made. */
const host: PythonHost = {
  isTensor: () => false,
  isParameter: () => false,
  parameter: tensors,
  callOperator: tensors,
  tensorProperty: () => undefined,
  setTensorProperty: tensors,
  hasTensorMethod: () => false,
  getItem: tensors,
  setItem: tensors,
  tensorItems: tensors,
  truth: tensors,
  function: () => undefined,
  print: () => undefined,
}

/**
 * What calls and operators at the top of a file give, where they take Python's own functions on numbers, texts and containers:
 * `float('inf')`, `max(1, 2)`, `(1,) * 2`. Undefined for anything else; functions and classes of files do not run.
 */
export function runExpression(expression: Expression, module: SourceModule): PythonObject | undefined {
  if (!isPlain(expression, module)) return undefined
  try {
    return objectOf(new Interpreter(module.program, host).evaluate(expression, { module, variables: undefined }))
  } catch (error) {
    if (error instanceof TsjitError) return undefined
    throw error
  }
}

function isPlain(expression: Expression, module: SourceModule): boolean {
  const each = (parts: readonly Expression[]): boolean => parts.every((part) => isPlain(part, module))
  switch (expression.type) {
    case 'Number':
    case 'String':
    case 'Constant':
      return true
    case 'Name':
    case 'Attribute': {
      if (expression.type === 'Attribute' && expression.value.type === 'Call') return isPlain(expression.value, module)
      const object = evaluate(expression, module)
      return !(object instanceof PythonFunction || object instanceof PythonClass)
    }
    case 'Unary':
      return isPlain(expression.operand, module)
    case 'Binary':
      return isPlain(expression.left, module) && isPlain(expression.right, module)
    case 'Tuple':
    case 'List':
      return each(expression.elements)
    case 'Call':
      return each([expression.callee, ...expression.args, ...expression.keywords.map(({ value }) => value)])
    default:
      return false
  }
}

function objectOf(value: unknown): PythonObject | undefined {
  if (value === null) return new PythonConstant({ type: NoneType, value }, 'NoneType')
  switch (typeof value) {
    case 'bigint':
      return new PythonConstant({ type: IntType, value }, 'int')
    case 'number':
      return new PythonConstant({ type: FloatType, value }, 'float')
    case 'boolean':
      return new PythonConstant({ type: BoolType, value }, 'bool')
    case 'string':
      return new PythonConstant({ type: StringType, value }, 'str')
  }
  const isTuple = value instanceof PyTuple
  if (!isTuple && !Array.isArray(value)) return undefined
  const items = [...(isTuple ? value.items : (value as unknown[]))].map(objectOf)
  return items.every((item) => item !== undefined) ? new PythonContainer(isTuple ? 'tuple' : 'list', items) : undefined
}
