import type { Assign, ClassDef } from '@tsjit/parser'
import { EnumType, InterfaceType, TupleType, type Type, typeEquals } from '@tsjit/types'
import { fail } from '../errors.ts'
import { declaredSchema } from '../function-definitions.ts'
import { evaluateLiteral } from '../literals.ts'
import { typeFromExpression } from '../type-annotations.ts'
import type { SourceImporter } from './source-importer.ts'

/** `class Point(NamedTuple)`: a tuple type with names, and defaults for the last fields. */
export function importNamedTuple(importer: SourceImporter, name: string, def: ClassDef): void {
  const fields: string[] = []
  const types: Type[] = []
  const defaults: unknown[] = []
  for (const statement of def.body) {
    if (statement.type === 'Pass') continue
    const { targets, annotation, value } = statement as Assign
    const target = targets?.[0]
    if (statement.type !== 'Assign' || target?.type !== 'Name' || !annotation) {
      fail('TSJ_IMPORT', 'Unexpected statement in NamedTuple body: only attribute annotations are currently supported.', statement.range)
    }
    const type = typeFromExpression(annotation, importer)
    fields.push(target.name)
    types.push(type)
    if (value) defaults.push(evaluateLiteral(value, type).value)
  }
  importer.unit.addType(new TupleType(types, name, fields, defaults))
}

export function importEnum(importer: SourceImporter, name: string, def: ClassDef): void {
  const members: [string, unknown][] = []
  let valueType: Type | undefined
  for (const statement of def.body) {
    const { targets, value } = statement as Assign
    const target = targets?.[0]
    if (statement.type !== 'Assign' || target?.type !== 'Name' || !value) {
      fail(
        'TSJ_IMPORT',
        'Unexpected statement in Enum class body: only enum attribute definitions are currently supported.',
        statement.range,
      )
    }
    const literal = evaluateLiteral(value)
    if (!['int', 'float', 'str'].includes(literal.type.kind)) {
      fail('TSJ_IMPORT', `Unsupported enum value type: ${literal.type}. Only Integers, Floats and Strings are supported.`, value.range)
    }
    if (valueType && !typeEquals(valueType, literal.type)) {
      fail('TSJ_IMPORT', 'Enum class with varying value types are not supported.', statement.range)
    }
    valueType = literal.type
    members.push([target.name, literal.value])
  }
  if (!valueType) fail('TSJ_IMPORT', `No enum values defined for ${name}`, def.range)
  importer.unit.addType(new EnumType(name, valueType, members))
}

/** `class Activation(ModuleInterface)`: methods by signature. */
export function importInterface(importer: SourceImporter, name: string, def: ClassDef, isModule: boolean): void {
  const type = new InterfaceType(name, isModule)
  importer.unit.addType(type)
  for (const statement of def.body) {
    if (statement.type === 'Pass') continue
    if (statement.type !== 'FunctionDef') {
      fail('TSJ_IMPORT', 'interface declartions can only contain method definitions', statement.range)
    }
    const schema = declaredSchema(statement, statement.name, importer, type)
    if (schema.returns.length === 0) fail('TSJ_IMPORT', 'interface declarations must have a return type annotated.', statement.range)
    type.methods.set(statement.name, schema)
  }
}
