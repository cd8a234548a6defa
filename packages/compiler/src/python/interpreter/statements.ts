import type { Expression, Statement } from '@tsjit/parser'
import { attributeOf, setItem } from './attributes.ts'
import { iterate, truth } from './expressions.ts'
import type { Frame, Interpreter } from './interpreter.ts'
import { binary } from './operators.ts'
import { PythonError, raise, refuse } from './python-error.ts'
import { str, typeNameOf } from './text.ts'
import { PyDict, PySet, PySlice } from './values.ts'

export type Completion = { readonly kind: 'return'; readonly value: unknown } | { readonly kind: 'break' } | { readonly kind: 'continue' }

export function executeStatements(interpreter: Interpreter, statements: readonly Statement[], frame: Frame): Completion | undefined {
  for (const statement of statements) {
    const completion = execute(interpreter, statement, frame)
    if (completion) return completion
  }
  return undefined
}

function execute(interpreter: Interpreter, statement: Statement, frame: Frame): Completion | undefined {
  const { range } = statement
  interpreter.step(range)
  switch (statement.type) {
    case 'ExpressionStatement':
      interpreter.evaluate(statement.value, frame)
      return undefined
    case 'Assign': {
      if (!statement.value) return undefined
      const value = interpreter.evaluate(statement.value, frame)
      for (const target of statement.targets) assign(interpreter, target, value, frame)
      return undefined
    }
    case 'AugmentedAssign': {
      const { target, operator } = statement
      const before = interpreter.evaluate(target, frame)
      const value = interpreter.evaluate(statement.value, frame)
      if (operator === '+' && Array.isArray(before)) {
        before.push(...iterate(interpreter, value, range))
        return undefined
      }
      if (interpreter.host.isTensor(before)) {
        const name = { '+': 'add_', '-': 'sub_', '*': 'mul_', '/': 'div_' }[operator as '+']
        if (name) {
          assign(interpreter, target, interpreter.host.callOperator(name, [before, value], new Map()), frame)
          return undefined
        }
      }
      assign(interpreter, target, binary(interpreter.host, operator, before, value, range), frame)
      return undefined
    }
    case 'Return':
      return { kind: 'return', value: statement.value ? interpreter.evaluate(statement.value, frame) : null }
    case 'If':
      return executeStatements(
        interpreter,
        truth(interpreter, interpreter.evaluate(statement.test, frame)) ? statement.then : statement.otherwise,
        frame,
      )
    case 'While':
      while (truth(interpreter, interpreter.evaluate(statement.test, frame))) {
        interpreter.step(range)
        const completion = executeStatements(interpreter, statement.body, frame)
        if (completion?.kind === 'break') return undefined
        if (completion?.kind === 'return') return completion
      }
      return executeStatements(interpreter, statement.otherwise, frame)
    case 'For':
      for (const item of iterate(interpreter, interpreter.evaluate(statement.iterable, frame), statement.iterable.range)) {
        interpreter.step(range)
        assign(interpreter, statement.target, item, frame)
        const completion = executeStatements(interpreter, statement.body, frame)
        if (completion?.kind === 'break') return undefined
        if (completion?.kind === 'return') return completion
      }
      return executeStatements(interpreter, statement.otherwise, frame)
    case 'Raise':
      return raiseStatement(interpreter, statement.value, frame)
    case 'Assert':
      if (!truth(interpreter, interpreter.evaluate(statement.test, frame))) {
        raise('AssertionError', statement.message ? str(interpreter.evaluate(statement.message, frame)) : '', range)
      }
      return undefined
    case 'With':
      for (const { context, target } of statement.items) {
        const manager = interpreter.evaluate(context, frame)
        // Gradients are not recorded here: torch.no_grad() and its like change nothing.
        if (attributeOf(interpreter, manager, '__enter__', range) !== undefined) refuse('a context manager', range)
        if (target) assign(interpreter, target, manager, frame)
      }
      return executeStatements(interpreter, statement.body, frame)
    case 'Break':
      return { kind: 'break' }
    case 'Continue':
      return { kind: 'continue' }
    case 'Pass':
    case 'Import':
      return undefined
    case 'FunctionDef':
      frame.variables?.set(statement.name, interpreter.makeFunction(statement, frame, statement.name))
      return undefined
    case 'Delete':
      for (const target of statement.targets) remove(interpreter, target, frame)
      return undefined
    case 'ClassDef':
      return refuse('a class inside of a function', range)
    case 'UnsupportedStatement':
      return refuse(`'${statement.what}'`, range)
  }
}

function raiseStatement(interpreter: Interpreter, value: Expression | undefined, frame: Frame): never {
  if (!value) return raise('RuntimeError', 'No active exception to reraise', undefined)
  const made = interpreter.evaluate(value, frame)
  if (made instanceof PythonError) throw new PythonError(made.exception, made.text, value.range)
  return raise(typeNameOf(made) === 'type' ? str(made) : 'TypeError', '', value.range)
}

export function assign(interpreter: Interpreter, target: Expression, value: unknown, frame: Frame): void {
  switch (target.type) {
    case 'Name':
      if (!frame.variables) refuse('an assignment outside of a function', target.range)
      frame.variables!.set(target.name, value)
      return
    case 'Attribute':
      interpreter.setAttribute(interpreter.evaluate(target.value, frame), target.name, value, target.range)
      return
    case 'Subscript': {
      const object = interpreter.evaluate(target.value, frame)
      const indices = target.indices.map((index) => interpreter.evaluate(index as Expression, frame))
      setItem(interpreter, object, target.isTuple ? indices : [indices[0]], target.isTuple, value, target.range)
      return
    }
    case 'Tuple':
    case 'List': {
      const items = iterate(interpreter, value, target.range)
      const starred = target.elements.findIndex((element) => element.type === 'Starred')
      const count = target.elements.length
      if (starred < 0 ? items.length !== count : items.length < count - 1) {
        raise(
          'ValueError',
          items.length > count
            ? `too many values to unpack (expected ${count})`
            : `not enough values to unpack (expected ${count}, got ${items.length})`,
          target.range,
        )
      }
      target.elements.forEach((element, i) => {
        if (element.type === 'Starred') assign(interpreter, element.value, items.slice(i, items.length - (count - 1 - i)), frame)
        else assign(interpreter, element, items[starred >= 0 && i > starred ? items.length - (count - i) : i], frame)
      })
      return
    }
    default:
      refuse('this target of an assignment', target.range)
  }
}

function remove(interpreter: Interpreter, target: Expression, frame: Frame): void {
  if (target.type === 'Name') frame.variables?.delete(target.name)
  else if (target.type === 'Attribute') {
    const object = interpreter.evaluate(target.value, frame) as { delete?: (name: string) => boolean; attributes?: Map<string, unknown> }
    if (!(object.delete?.(target.name) ?? object.attributes?.delete(target.name))) raise('AttributeError', target.name, target.range)
  } else if (target.type === 'Subscript') {
    const object = interpreter.evaluate(target.value, frame)
    const key = interpreter.evaluate(target.indices[0] as Expression, frame)
    if (object instanceof PyDict || object instanceof PySet) object.delete(key)
    else if (Array.isArray(object) && key instanceof PySlice) refuse('del of a slice', target.range)
    else if (Array.isArray(object)) object.splice(Number(key) < 0 ? object.length + Number(key) : Number(key), 1)
    else refuse(`del of an item of '${typeNameOf(object)}'`, target.range)
  } else refuse('this del', target.range)
}
