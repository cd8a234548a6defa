import { floatText, type GraphFunction } from '@tsjit/ir'
import { type ClassType, type EnumType, type FunctionType, type InterfaceType, TsjitError, type TupleType, type Type } from '@tsjit/types'
import { constantText, settle } from './constant-text.ts'
import type { FunctionPrinter } from './function-printer.ts'
import { isIdentifier } from './local-names.ts'

/** Classes that C++ binds have no source. */
export function isBoundClass(name: string): boolean {
  return name.startsWith('__torch__.torch.classes.')
}

/** Writes a function, class, NamedTuple, interface or enum into the printer's file. */
export function printDefinition(printer: FunctionPrinter, type: Type): void {
  switch (type.kind) {
    case 'Function':
      printer.function((type as FunctionType).callee as GraphFunction)
      return
    case 'Class':
      if (!isBoundClass((type as ClassType).name)) printClass(printer, type as ClassType)
      return
    case 'Tuple':
      printNamedTuple(printer, type as TupleType)
      return
    case 'Interface':
      printInterface(printer, type as InterfaceType)
      return
    case 'Enum':
      printEnum(printer, type as EnumType)
      return
  }
  throw new TsjitError('TSJ_CODE_TYPE', `a type of kind ${type.kind} has no definition in TorchScript code`)
}

function shortName(printer: FunctionPrinter, type: Type): string {
  const name = (type as ClassType).name ?? printer.context.nameOf(type)
  return name.slice(name.lastIndexOf('.') + 1)
}

function printClass(printer: FunctionPrinter, type: ClassType): void {
  const { body } = printer
  const line = (text: string): void => void printer.indent().write(`${text}\n`)
  body.write(`class ${shortName(printer, type)}${type.isModule ? '(Module)' : ''}:\n`)
  printer.indented(() => {
    const names = (list: readonly { readonly name: string }[]): string =>
      `[${list.map(({ name }) => `"${name.slice(name.lastIndexOf('.') + 1)}", `).join('')}]`
    const fields = (list: readonly { readonly name: string }[]): string => `[${list.map(({ name }) => `"${name}", `).join('')}]`
    if (type.isModule) {
      line(`__parameters__ = ${fields(type.attributes.filter((attribute) => attribute.isParameter))}`)
      line(`__buffers__ = ${fields(type.attributes.filter((attribute) => attribute.isBuffer))}`)
      if (type.forwardPreHooks.length > 0) line(`__forward_pre_hooks__ = ${names(type.forwardPreHooks)}`)
      if (type.forwardHooks.length > 0) line(`__forward_hooks__ = ${names(type.forwardHooks)}`)
    }
    for (const [i, attribute] of type.attributes.entries()) {
      printer.registerTypes(attribute.type)
      const annotation = printer.annotation(attribute.type)
      if (isIdentifier(attribute.name)) line(`${attribute.name} : ${annotation}`)
      else {
        if (i === 0) line('__annotations__ = []')
        line(`__annotations__["${attribute.name}"] = ${annotation}`)
      }
    }
    for (const [name, constant] of type.constants) {
      const settled = settle(constant)
      line(`${name} : Final[${printer.annotation(settled.type)}] = ${constantText(settled, printer.context)}`)
    }
    for (const method of type.methods.values()) printer.function(method as GraphFunction)
    const printed = new Set<string>()
    for (const hook of [...type.forwardHooks, ...type.forwardPreHooks]) {
      if (printed.has(hook.name)) continue
      printed.add(hook.name)
      printer.function(hook as GraphFunction)
    }
  })
}

function printNamedTuple(printer: FunctionPrinter, type: TupleType): void {
  printer.body.write(`class ${shortName(printer, type)}(NamedTuple):\n`)
  printer.indented(() => {
    for (const [i, field] of type.fields!.entries()) printer.indent().write(`${field} : ${printer.annotation(type.elements[i])}\n`)
  })
}

function printInterface(printer: FunctionPrinter, type: InterfaceType): void {
  printer.body.write(`class ${shortName(printer, type)}${type.isModule ? '(ModuleInterface)' : '(Interface)'}:\n`)
  printer.indented(() => {
    for (const [name, schema] of type.methods) {
      printer.indent().write(`def ${name}(self`)
      for (const argument of schema.args.slice(1)) {
        printer.registerTypes(argument.type)
        printer.body.write(`, ${argument.name}: ${printer.annotation(argument.type)}`)
      }
      const result = schema.returns[0].type
      printer.registerTypes(result)
      printer.body.write(`) -> ${printer.annotation(result)}:\n`)
      printer.indent().write('  pass\n')
    }
  })
}

function printEnum(printer: FunctionPrinter, type: EnumType): void {
  printer.body.write(`class ${shortName(printer, type)}(Enum):\n`)
  printer.indented(() => {
    for (const [name, value] of type.members) {
      const text =
        type.valueType.kind === 'str' ? `"${value}"` : type.valueType.kind === 'float' ? floatText(value as number) : String(value)
      printer.indent().write(`${name} = ${text}\n`)
    }
  })
}
