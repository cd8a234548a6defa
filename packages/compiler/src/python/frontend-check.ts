import type { Expression, FunctionDef, ListComprehension, Slice, Statement } from '@tsjit/parser'
import type { SourceRange } from '@tsjit/types'
import { fail } from '../errors.ts'
import { typeLine, withTypeLine } from './type-line.ts'

/**
 * Refuses what TorchScript's syntax does not have, anywhere in a function, reachable or not, in the order of the source. PyTorch does
 * so before it compiles anything; the words are its own (`torch/jit/frontend.py` names nodes as Python's `ast` does). Returns the
 * definition with the types of its `# type:` comment.
 */
export function checkFrontend(def: FunctionDef, isMethod = false): FunctionDef {
  const { parameters } = def
  const line = typeLine(def)
  const varargs = parameters.find(({ kind }) => kind === 'kwargs') ?? parameters.find(({ kind }) => kind === 'varargs')
  if (varargs) fail('TSJ_UNSUPPORTED', variadic, varargs.range)
  for (const { kind, defaultValue } of parameters) {
    if (kind === 'keyword-only' && defaultValue) {
      checkExpression(defaultValue)
      fail('TSJ_UNSUPPORTED', variadic, defaultValue.range)
    }
  }
  for (const { annotation, name, range } of parameters) {
    if (annotation) checkExpression(annotation)
    checkName(name, range)
  }
  if (def.result) checkExpression(def.result)
  // What stands before a `/` is not a parameter to PyTorch's frontend.
  const positional = parameters.some(({ positionalOnly }) => positionalOnly)
    ? { ...def, parameters: parameters.filter(({ positionalOnly }) => !positionalOnly) }
    : def
  const typed = line === undefined ? positional : withTypeLine(positional, line, isMethod)
  checkStatements(def.body)
  return typed
}

const variadic = "Compiled functions can't take variable number of arguments or use keyword-only arguments with defaults"

function unsupported(what: string, range: SourceRange): never {
  return fail('TSJ_UNSUPPORTED', `${what} aren't supported`, range)
}

function checkName(name: string, range: SourceRange): void {
  if (name.startsWith('__jit')) {
    fail('TSJ_UNSUPPORTED', "names of variables used in JIT-ed functions can't start with __jit", range)
  }
}

function checkStatements(statements: readonly Statement[]): void {
  for (const statement of statements) checkStatement(statement)
}

const statementNames: Readonly<Record<string, string>> = {
  try: 'try blocks',
  global: 'global variables',
  nonlocal: 'nonlocal variables',
  'async def': 'async function definitions',
  'async for': 'async for loops',
  'async with': 'async with statements',
  match: 'Match',
  type: 'TypeAlias',
}
const operatorNames: Readonly<Record<string, string>> = { '//': 'FloorDiv', '@': 'MatMult' }

function checkStatement(statement: Statement): void {
  const { range } = statement
  switch (statement.type) {
    case 'ExpressionStatement':
      checkExpression(statement.value)
      return
    case 'Assign':
      if (statement.annotation) {
        if (!statement.value) unsupported('annotated assignments without assigned value', range)
        checkExpression(statement.value!)
        statement.targets.forEach(checkExpression)
        checkExpression(statement.annotation)
        return
      }
      if (statement.value) checkExpression(statement.value)
      statement.targets.forEach(checkExpression)
      return
    case 'AugmentedAssign':
      checkExpression(statement.target)
      checkExpression(statement.value)
      if (Object.hasOwn(operatorNames, statement.operator)) {
        fail('TSJ_UNSUPPORTED', `unsupported kind of augmented assignment: ${operatorNames[statement.operator]}`, range)
      }
      return
    case 'Return':
      if (statement.value) checkExpression(statement.value)
      return
    case 'Raise':
      if (statement.value) checkExpression(statement.value)
      return
    case 'Assert':
      checkExpression(statement.test)
      if (statement.message) checkExpression(statement.message)
      return
    case 'If':
      checkExpression(statement.test)
      checkStatements(statement.then)
      checkStatements(statement.otherwise)
      return
    case 'While':
      if (statement.otherwise.length > 0) fail('TSJ_UNSUPPORTED', "else branches of while loops aren't supported", range)
      checkExpression(statement.test)
      checkStatements(statement.body)
      return
    case 'For':
      if (statement.otherwise.length > 0) fail('TSJ_UNSUPPORTED', "else branches of for loops aren't supported", range)
      checkExpression(statement.target)
      checkExpression(statement.iterable)
      checkStatements(statement.body)
      return
    case 'With':
      for (const { context, target } of statement.items) {
        checkExpression(context)
        if (target) checkExpression(target)
      }
      checkStatements(statement.body)
      return
    case 'Delete':
      statement.targets.forEach(checkExpression)
      return
    case 'FunctionDef':
      unsupported('function definitions', statement.nameRange)
      break
    case 'ClassDef':
      unsupported('class definitions', statement.nameRange)
      break
    case 'Import':
      unsupported('import statements', range)
      break
    case 'UnsupportedStatement':
      unsupported(statementNames[statement.what] ?? statement.what, range)
      break
  }
}

const expressionNames: Readonly<Record<string, string>> = {
  ':=': 'NamedExpr',
  yield: 'Yield',
  'yield from': 'YieldFrom',
  await: 'Await',
}

export function checkExpression(expression: Expression | Slice): void {
  const { range } = expression
  switch (expression.type) {
    case 'Name':
      checkName(expression.name, range)
      return
    case 'Attribute':
      // A long chain of attributes and calls leans to the left.
      checkExpression(expression.value)
      return
    case 'Call':
      checkExpression(expression.callee)
      expression.args.forEach(checkExpression)
      for (const { name, value } of expression.keywords) {
        checkExpression(value)
        if (name === null) fail('TSJ_UNSUPPORTED', 'keyword-arg expansion is not supported', value.range)
      }
      return
    case 'Subscript':
      checkExpression(expression.value)
      expression.indices.forEach(checkExpression)
      return
    case 'Slice':
      for (const part of [expression.start, expression.stop, expression.step]) if (part) checkExpression(part)
      return
    case 'Starred':
      checkExpression(expression.value)
      return
    case 'Unary':
      checkExpression(expression.operand)
      if (expression.operator === '+') fail('TSJ_UNSUPPORTED', 'unsupported unary operator: UAdd', range)
      return
    case 'Binary': {
      let left: Expression = expression
      const rights: Expression[] = []
      while (left.type === 'Binary') {
        rights.push(left.right)
        left = left.left
      }
      checkExpression(left)
      for (const right of rights.reverse()) checkExpression(right)
      return
    }
    case 'BoolOp': {
      let left: Expression = expression
      const rights: Expression[] = []
      while (left.type === 'BoolOp') {
        rights.push(left.right)
        left = left.left
      }
      checkExpression(left)
      for (const right of rights.reverse()) checkExpression(right)
      return
    }
    case 'Compare':
      checkExpression(expression.left)
      for (const { right } of expression.rest) checkExpression(right)
      return
    case 'Conditional':
      checkExpression(expression.test)
      checkExpression(expression.then)
      checkExpression(expression.otherwise)
      return
    case 'Tuple':
    case 'List':
      expression.elements.forEach(checkExpression)
      return
    case 'Set':
      unsupported('Set', range)
      break
    case 'Dict':
      if (expression.keys.length > 0 && expression.keys[0] === null) {
        fail('TSJ_UNSUPPORTED', 'Dict expansion (e.g. `{**dict}`) is not supported', range)
      }
      for (const key of expression.keys) if (key) checkExpression(key)
      expression.values.forEach(checkExpression)
      return
    case 'ListComprehension':
      if (expression.kind === 'set') unsupported('SetComp', range)
      checkGenerators(expression.generators, range)
      checkExpression(expression.element)
      checkComprehension(expression.generators[0])
      return
    case 'DictComprehension':
      checkGenerators(expression.generators, range)
      checkExpression(expression.key)
      checkExpression(expression.value)
      checkComprehension(expression.generators[0])
      return
    case 'FString':
      for (const part of expression.parts) {
        if (typeof part === 'string') continue
        if (part.conversion !== undefined) fail('TSJ_UNSUPPORTED', "Don't support conversion in JoinedStr", part.range)
        if (part.formatSpec !== undefined) fail('TSJ_UNSUPPORTED', "Don't support formatting in JoinedStr", part.range)
        checkExpression(part.value)
      }
      return
    case 'Lambda':
      unsupported('Lambda', range)
      break
    case 'Unsupported':
      if (expression.what === 'bytes literal') fail('TSJ_UNSUPPORTED', 'Unknown Constant expression type', range)
      unsupported(expressionNames[expression.what] ?? expression.what, range)
      break
  }
}

function checkGenerators(generators: ListComprehension['generators'], range: SourceRange): void {
  if (generators.length !== 1) fail('TSJ_UNSUPPORTED', 'Only a single generator is currently supported', range)
  if (generators[0].conditions.length > 0) fail('TSJ_UNSUPPORTED', 'Comprehension ifs are not supported yet', range)
}

function checkComprehension({ target, iterable }: ListComprehension['generators'][number]): void {
  checkExpression(target)
  checkExpression(iterable)
}
