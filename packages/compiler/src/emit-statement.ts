import type { GraphFunction, Value } from '@tsjit/ir'
import type { Delete, FunctionDef, Raise, Return, Statement, With } from '@tsjit/parser'
import { AnyType, type ClassType, isSubtype, NoneType, type SourceRange, unifyTypes } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { insertNone, insertString } from './constants.ts'
import { tryConvertToType } from './conversions.ts'
import { emitAssign } from './emit-assign.ts'
import { emitAugmentedAssign } from './emit-augmented-assign.ts'
import { emitDefinition } from './emit-definition.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import { emitAssert, emitIf } from './emit-if.ts'
import { emitFor, emitWhile } from './emit-loop.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { declaredSchema } from './function-definitions.ts'
import { definedSchema } from './function-schemas.ts'
import { ExceptionMessageValue, ExceptionValue } from './sugared-values/exception.ts'
import { ClosureValue, MethodValue } from './sugared-values/method.ts'

export function emitStatements(emitter: FunctionEmitter, statements: readonly Statement[]): void {
  for (const statement of statements) {
    emitStatement(emitter, statement)
    // What follows a return or raise is not reachable and not compiled.
    if (emitter.exitBlocks.has(emitter.environment.block)) return
  }
}

function emitStatement(emitter: FunctionEmitter, statement: Statement): void {
  if (emitter.options.marksLines) emitter.graph.insert('prim::Line', [], [], statement.range)
  switch (statement.type) {
    case 'If':
      emitIf(emitter, statement)
      return
    case 'While':
      if (statement.otherwise.length > 0) fail('TSJ_UNSUPPORTED', "else branches of while loops aren't supported", statement.range)
      emitWhile(emitter, statement)
      return
    case 'For':
      if (statement.otherwise.length > 0) fail('TSJ_UNSUPPORTED', "else branches of for loops aren't supported", statement.range)
      emitFor(emitter, statement)
      return
    case 'Assign':
      emitAssign(emitter, statement)
      return
    case 'AugmentedAssign':
      emitAugmentedAssign(emitter, statement)
      return
    case 'ExpressionStatement':
      // A string alone is a comment.
      if (statement.value.type !== 'String') emitSugared(emitter, statement.value, undefined, 0)
      return
    case 'Raise':
      emitRaise(emitter, statement)
      return
    case 'Assert':
      emitAssert(emitter, statement)
      return
    case 'Return':
      emitReturn(emitter, statement)
      return
    case 'Break':
    case 'Continue':
      checkLoop(emitter, statement.type === 'Break' ? 'break' : 'continue', statement.range)
      emitter.graph.insert(`prim::${statement.type}Stmt`, [], [], statement.range)
      return
    case 'Pass':
      return
    case 'FunctionDef':
      emitClosure(emitter, statement)
      return
    case 'Delete':
      emitDelete(emitter, statement)
      return
    case 'With':
      emitWith(emitter, statement)
      return
    case 'ClassDef':
      fail('TSJ_UNSUPPORTED', 'class definitions inside functions are not supported', statement.range)
      break
    case 'Import':
      fail('TSJ_UNSUPPORTED', 'import statements inside functions are not supported', statement.range)
      break
    case 'UnsupportedStatement':
      fail('TSJ_UNSUPPORTED', `${statement.what} statements are not supported`, statement.range)
  }
}

function checkLoop(emitter: FunctionEmitter, what: string, range: SourceRange): void {
  if (emitter.loopStatus === 'outside') fail('TSJ_SYNTAX_USE', `SyntaxError: '${what}' outside loop`, range)
  if (emitter.loopStatus === 'unrolled') {
    fail(
      'TSJ_SYNTAX_USE',
      'Because we emit iteration over modulelists or tuples as unrolled loops, we do not support break or continue inside the body of these loops',
      range,
    )
  }
}

function emitReturn(emitter: FunctionEmitter, statement: Return): void {
  const hint = emitter.definition.declaredReturn
  const value = statement.value ? emitExpression(emitter, statement.value, hint) : insertNone(emitter.graph, statement.range)
  emitReturnValue(emitter, value, statement.range)
}

/** Converts to the declared type, or merges the types of several returns, and leaves a `prim::ReturnStmt`. */
export function emitReturnValue(emitter: FunctionEmitter, given: Value, range: SourceRange): void {
  const { graph, definition } = emitter
  let value = given
  let result = definition.declaredReturn
  if (result) {
    value = tryConvertToType(graph, value, result, true, range)
    if (!isSubtype(value.type, result)) {
      fail(
        'TSJ_TYPE',
        `Return value was annotated as having type ${result.annotation()} but is actually of type ${value.type.annotation()}`,
        range,
      )
    }
  } else {
    const before = definition.mergedReturn ?? value.type
    result = unifyTypes(before, value.type)
    if (!result) {
      fail(
        'TSJ_TYPE',
        `Previous return statement returned a value of type ${before.annotation()} but this return statement returns a value of type ${value.type.annotation()}`,
        range,
      )
    }
  }
  definition.mergedReturn = result
  if (result === AnyType && value.type !== AnyType) value = graph.insert('prim::unchecked_cast', [value], [AnyType], range).output
  graph.insert('prim::ReturnStmt', [value], [], range)
  emitter.exitBlocks.add(emitter.environment.block)
}

function emitRaise(emitter: FunctionEmitter, statement: Raise): void {
  if (!statement.value) fail('TSJ_UNSUPPORTED', 'raise without an exception is not supported', statement.range)
  let sugared = emitSugared(emitter, statement.value)
  // `raise X` without a call has no message, and PyTorch does not say which class it was.
  if (sugared instanceof ExceptionValue) sugared = new ExceptionMessageValue(insertString(emitter.graph, '', statement.range))
  if (!(sugared instanceof ExceptionMessageValue)) fail('TSJ_TYPE', 'exceptions must derive from BaseException', statement.range)
  emitRaiseMessage(emitter, sugared, statement.range)
}

export function emitRaiseMessage(emitter: FunctionEmitter, exception: ExceptionMessageValue, range: SourceRange): void {
  const { message: given } = exception
  const message =
    given.type.kind === 'str' ? given : emitBuiltin(emitter, 'aten::str', { args: [{ value: given, range }], kwargs: [] }, range)
  const className = exception.className ?? insertNone(emitter.graph, range)
  emitBuiltin(emitter, 'prim::RaiseException', { args: [{ value: message }, { value: className }], kwargs: [] }, range)
  emitter.exitBlocks.add(emitter.environment.block)
}

/** A `def` inside a function: a `prim::Closure` with the body as its block, later a subgraph (`cleanup/lift-closures.ts`). */
function emitClosure(emitter: FunctionEmitter, def: FunctionDef): void {
  const { graph } = emitter
  const node = graph.insert('prim::Closure', [], [NoneType], def.range)
  const block = node.addBlock()
  const declared = declaredSchema(def, def.name, emitter.resolver)
  emitter.inDefinition(block, () => void emitDefinition(emitter, def, declared, block))
  emitter.environment.setSugared(def.name, new ClosureValue(node.output), def.nameRange)
}

function emitDelete(emitter: FunctionEmitter, statement: Delete): void {
  for (const target of statement.targets) {
    if (target.type === 'Name') {
      emitter.environment.remove(target.name, target.range)
      continue
    }
    if (target.type !== 'Subscript') {
      fail('TSJ_UNSUPPORTED', 'del statements are only supported for deleting list and dict items and variables', target.range)
    }
    const [index] = target.indices
    if (target.indices.length !== 1 || index.type === 'Slice') {
      fail(
        'TSJ_UNSUPPORTED',
        'del statements only support deletion at a single index, slicing is not supported (see https://github.com/pytorch/pytorch/issues/31430)',
        target.range,
      )
    }
    const container = emitSugared(emitter, target.value)
    const key = emitExpression(emitter, index)
    const value = container.asValue(emitter, target.value.range)
    if (value.type.kind === 'Class') {
      if (!(value.type as ClassType).methods.has('__delitem__')) fail('TSJ_ATTRIBUTE', 'Class does not define __delitem__', target.range)
      new MethodValue(value, '__delitem__').call(emitter, statement.range, [{ value: key }], [])
    } else emitBuiltin(emitter, 'aten::Delete', { args: [{ value }, { value: key }], kwargs: [] }, target.range)
  }
}

function emitWith(emitter: FunctionEmitter, statement: With): void {
  const { graph } = emitter
  const entered: Value[] = []
  for (const { context, target, range } of statement.items) {
    const value = emitExpression(emitter, context)
    if (value.type.kind !== 'Class') fail('TSJ_TYPE', 'With item expression must return an object', context.range)
    const owner = value.type as ClassType
    const enter = owner.methods.get('__enter__')
    const exit = owner.methods.get('__exit__')
    if (!enter || !exit) {
      fail('TSJ_ATTRIBUTE', 'Object returned by with item expression does not define __enter__ and __exit__ methods', context.range)
    }
    const enterSchema = definedSchema(enter as GraphFunction, range)
    if (enterSchema.args.length !== 1) fail('TSJ_TYPE', '__enter__ must have only one argument and one return value', context.range)
    const exitSchema = definedSchema(exit as GraphFunction, range)
    if (exitSchema.args.length !== 4) fail('TSJ_TYPE', '__exit__ must have four arguments', context.range)
    for (let i = 1; i < 4; i++) {
      if (exitSchema.args[i].type.kind !== 'Any') {
        fail(
          'TSJ_TYPE',
          `argument ${i} of __exit__ must have Any type; TorchScript does not currently support passing exception type, value, or traceback to the __exit__ function.`,
          context.range,
        )
      }
    }
    const node = graph.insert('prim::Enter', [value], [enterSchema.returns[0].type], range)
    entered.push(value)
    if (target) {
      if (target.type !== 'Name') fail('TSJ_UNSUPPORTED', 'the target of a with statement must be a variable', target.range)
      else emitter.environment.set(target.name, node.output, target.range)
    }
  }
  emitStatements(emitter, statement.body)
  for (const value of entered.reverse()) graph.insert('prim::Exit', [value], 1, statement.range)
}
