import { findSchema, type Node, quotedText, type Value } from '@tsjit/ir'
import { CompileError, type FunctionType, isSubtype, NoneType, OptionalType, type TupleType, type Type } from '@tsjit/types'
import { constantText, isInferable } from './constant-text.ts'
import { constantOfValue, mustBeNone } from './constant-values.ts'
import type { FunctionPrinter } from './function-printer.ts'
import { isIdentifier } from './local-names.ts'
import { necessaryArguments } from './necessary-arguments.ts'
import type { TaggedText } from './tagged-text.ts'

type Rule = (printer: FunctionPrinter, out: TaggedText, node: Node) => void

/** Operators with a syntax of their own. */
const rules: Readonly<Record<string, Rule>> = {
  'prim::PythonOp': hostCall,
  'prim::IgnoredPythonOp': hostCall,
  'prim::Uninitialized': (printer, out, node) => out.write(`uninitialized(${printer.annotation(node.output.type)})`),
  'prim::Constant': constant,
  'aten::ScalarImplicit': annotated,
  'aten::FloatImplicit': annotated,
  'aten::IntImplicit': annotated,
  'aten::Int': call('int'),
  'aten::Float': call('float'),
  'aten::Bool': call('bool'),
  'aten::str': call('str'),
  'aten::sorted': call('sorted'),
  'prim::Print': call('print'),
  'aten::__getitem__': (printer, out, { inputs: [container, index] }) => {
    const text = String(printer.use(container))
    out
      .write(isIdentifier(text) ? text : `(${text})`)
      .write('[')
      .write(printer.use(index))
      .write(']')
  },
  'prim::TupleConstruct': (printer, out, node) => {
    if ((node.output.type as TupleType).name !== undefined) out.write(printer.annotation(node.output.type))
    printer.list(out, node.inputs, '(', node.inputs.length === 1 ? ',)' : ')')
  },
  'prim::TupleIndex': (printer, out, { inputs: [tuple, index] }) => {
    out.write('(').write(printer.use(tuple)).write(')[').write(printer.use(index)).write(']')
  },
  'prim::TupleSlice': (printer, out, node) => {
    out
      .write('(')
      .write(printer.use(node.input))
      .write(`)[${node.attribute('beg', 'i')}:${node.attribute('end', 'i')}]`)
  },
  'prim::ListConstruct': (printer, out, node) => {
    const { type } = node.output
    const bare = node.inputs.length > 0 && isInferable(type.contained()[0])
    if (!bare) out.write(`annotate(${printer.annotation(type)}, `)
    printer.list(out, node.inputs, '[', ']')
    if (!bare) out.write(')')
  },
  'prim::DictConstruct': (printer, out, node) => {
    const { type } = node.output
    const bare = node.inputs.length > 0 && type.contained().every(isInferable)
    if (!bare) out.write(`annotate(${printer.annotation(type)}, `)
    out.write('{')
    for (let i = 0; i < node.inputs.length; i += 2) {
      if (i > 0) out.write(', ')
      out
        .write(printer.use(node.inputs[i]))
        .write(': ')
        .write(printer.use(node.inputs[i + 1]))
    }
    out.write(bare ? '}' : '})')
  },
  'prim::CreateObject': (printer, out, node) => {
    const name = printer.annotation(node.output.type)
    out.write(`${name}.__new__(${name})`)
  },
  'prim::GetAttr': (printer, out, node) => {
    const field = node.attribute('name', 's')!
    if (isIdentifier(field)) out.write(printer.use(node.input)).write(`.${field}`)
    else
      out
        .write('getattr(')
        .write(printer.use(node.input))
        .write(`, ${quotedText(field)})`)
  },
  'prim::CallFunction': (printer, out, node) => {
    const [callee, ...args] = node.inputs
    const { callee: target } = callee.type as FunctionType
    if (!('graph' in target)) printer.noteHostCall(target.name, node)
    out.write(printer.use(callee)).write('(')
    for (const arg of args) out.write(printer.use(arg)).write(', ')
    out.write(')')
  },
  'prim::CallMethod': (printer, out, node) => {
    const [self, ...args] = node.inputs
    out
      .write('(')
      .write(printer.use(self))
      .write(`).${node.attribute('name', 's')}(`)
    for (const arg of args) out.write(printer.use(arg)).write(', ')
    out.write(')')
    printer.dependOn(self.type)
  },
  'aten::_unwrap_optional': (printer, out, node) => {
    out.write('torch._unwrap_optional(')
    // The type of unwrapping a bare None could not be found again.
    if (isSubtype(node.input.type, NoneType) || mustBeNone(node.input)) {
      out
        .write(`annotate(${printer.annotation(new OptionalType(node.output.type))}, `)
        .write(printer.use(node.input))
        .write(')')
    } else out.write(printer.use(node.input))
    out.write(')')
  },
  'prim::unchecked_unwrap_optional': cast,
  'prim::unchecked_cast': cast,
  'prim::isinstance': (printer, out, node) => {
    const types = node.attribute('types', 'tys')!.map((type: Type) => printer.annotation(type))
    out.write('isinstance(').write(printer.use(node.input)).write(', ')
    out.write(types.length === 1 ? types[0] : `(${types.join(', ')})`).write(')')
  },
  'prim::tolist': (printer, out, node) => {
    out
      .write(`annotate(${printer.annotation(node.output.type)}, `)
      .write(printer.use(node.inputs[0]))
      .write('.tolist())')
  },
  'prim::EnumValue': (printer, out, node) => void out.write('(').write(printer.use(node.input)).write(').value'),
  'prim::EnumName': (printer, out, node) => void out.write('(').write(printer.use(node.input)).write(').name'),
}

/** Writes what a node computes: `torch.add(x, y)`. Throws TSJ_CODE_OPERATOR where no overload fits. */
export function printExpression(printer: FunctionPrinter, out: TaggedText, node: Node): void {
  if (Object.hasOwn(rules, node.kind)) rules[node.kind](printer, out, node)
  else if (node.kind.startsWith('^')) hostCall(printer, out, node)
  else operatorCall(printer, out, node)
}

function call(name: string): Rule {
  return (printer, out, node) => printer.list(out, node.inputs, `${name}(`, ')')
}

function annotated(printer: FunctionPrinter, out: TaggedText, node: Node): void {
  out
    .write(`annotate(${printer.annotation(node.output.type)}, `)
    .write(printer.use(node.input))
    .write(')')
}

function cast(printer: FunctionPrinter, out: TaggedText, node: Node): void {
  out
    .write(`unchecked_cast(${printer.annotation(node.output.type)}, `)
    .write(printer.use(node.input))
    .write(')')
}

function hostCall(printer: FunctionPrinter, out: TaggedText, node: Node): void {
  const name = node.hostCallee?.name ?? node.attribute('name', 's') ?? /^\^([^[]+)/.exec(node.kind)?.[1] ?? 'function'
  printer.noteHostCall(name, node)
  printer.list(out.write(`^${name}`), node.inputs, '(', ')')
}

function constant(printer: FunctionPrinter, out: TaggedText, node: Node): void {
  const { type } = node.output
  if (type.kind === 'Function') {
    const { callee } = type as FunctionType
    if (!('graph' in callee)) return void out.write(`^${callee.name}`)
    printer.dependOn(type as FunctionType)
    out.write(printer.annotation(type))
  } else if (mustBeNone(node.output)) out.write('None')
  else out.write(constantText(constantOfValue(node.output)!, printer.context))
}

function operatorCall(printer: FunctionPrinter, out: TaggedText, node: Node): void {
  const schema = node.schema ?? findSchema(node)
  if (!schema) {
    throw new CompileError(
      'TSJ_CODE_OPERATOR',
      `the operator '${node.kind}' of ${printer.functionName} is not in the table, or no overload of it fits its arguments`,
      {
        ...(node.sourceRange ? { range: node.sourceRange.original() } : {}),
      },
    )
  }
  printer.context.noteOperator(schema)
  out.write(operatorName(node.kind)).write('(')
  const { args } = schema
  if (args.length > 0) {
    const { leading, out: outs } = necessaryArguments(schema, node)
    const write = (value: Value, keyword: string): void => void out.write(keyword).write(printer.use(value))
    for (let i = 0; i < leading; i++) {
      if (i > 0) out.write(', ')
      write(node.inputs[i], args[i]?.kwargOnly ? `${args[i].name}=` : '')
    }
    for (let i = args.length - outs; i < args.length; i++) {
      const index = node.inputs.length - (args.length - i)
      if (index < leading) continue
      out.write(', ')
      write(node.inputs[index], `${args[i].name}=`)
    }
  } else printer.list(out, node.inputs, '', '')
  out.write(')')
}

/** `aten::add` is `torch.add`, `prim::dtype` is `ops.prim.dtype`. */
function operatorName(kind: string): string {
  if (kind === 'aten::backward' || kind === 'aten::grad') return `torch.autograd.${kind.slice('aten::'.length)}`
  const [namespace, name] = kind.split('::')
  return namespace === 'aten' ? `torch.${name}` : `ops.${namespace}.${name}`
}
