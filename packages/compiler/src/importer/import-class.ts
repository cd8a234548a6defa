import type { GraphFunction } from '@tsjit/ir'
import { type Assign, type ClassDef, type Expression, type FunctionDef, parseModule, type Statement } from '@tsjit/parser'
import { ClassType, type Source, type Type } from '@tsjit/types'
import { compileFunction } from '../compile-function.ts'
import { fail } from '../errors.ts'
import { evaluateLiteral } from '../literals.ts'
import { typeFromExpression } from '../type-annotations.ts'
import type { SourceImporter } from './source-importer.ts'

/** The lists of names at the top of a module class. */
const nameLists = ['__parameters__', '__buffers__', '__forward_pre_hooks__', '__forward_hooks__'] as const
type NameList = (typeof nameLists)[number]

/** Defines a module class or script class: attributes in slot order, constants, methods, hooks. */
export function importClass(importer: SourceImporter, name: string, def: ClassDef, isModule: boolean): void {
  const type = new ClassType(name, isModule, def.nameRange)
  const names: Record<NameList, string[]> = { __parameters__: [], __buffers__: [], __forward_pre_hooks__: [], __forward_hooks__: [] }
  const attributes: { name: string; annotation: Expression }[] = []
  const constants: { name: string; assign: Assign }[] = []
  const methods: FunctionDef[] = []

  for (const statement of def.body) {
    if (statement.type === 'FunctionDef') {
      methods.push(statement)
      continue
    }
    if (statement.type === 'Pass' || (statement.type === 'ExpressionStatement' && statement.value.type === 'String')) continue
    if (statement.type !== 'Assign') fail('TSJ_IMPORT', `Unexpected statement kind in class body: ${statement.type}`, statement.range)
    const assign = statement as Assign
    const [target] = assign.targets
    if (target.type === 'Subscript') {
      // __annotations__["0"] = Tensor: an attribute whose name is not an identifier.
      const [key] = target.indices
      const annotation = assign.annotation ?? assign.value
      if (target.value.type !== 'Name' || target.value.name !== '__annotations__' || key.type !== 'String' || !annotation) {
        fail('TSJ_IMPORT', 'Unexpected assignment in class body', assign.range)
      }
      attributes.push({ name: key.value, annotation })
      continue
    }
    if (target.type !== 'Name') fail('TSJ_IMPORT', 'Unexpected assignment in class body', assign.range)
    if ((nameLists as readonly string[]).includes(target.name)) names[target.name as NameList].push(...stringList(assign))
    else if (target.name === '__annotations__') continue
    else if (assign.annotation && assign.value) constants.push({ name: target.name, assign })
    else if (assign.annotation) attributes.push({ name: target.name, annotation: assign.annotation })
    else if (assign.value) attributes.push({ name: target.name, annotation: assign.value })
  }

  for (const attribute of attributes) {
    const attributeType = packedParameters(importer, name, attribute) ?? typeFromExpression(attribute.annotation, importer)
    type.addAttribute(attribute.name, attributeType, {
      isParameter: names.__parameters__.includes(attribute.name),
      isBuffer: names.__buffers__.includes(attribute.name),
    })
  }
  for (const { name: constant, assign } of constants) {
    const wanted = typeFromExpression(assign.annotation!, importer)
    type.constants.set(constant, evaluateLiteral(assign.value!, wanted))
  }
  importer.unit.addType(type)
  defineMethods(importer, type, methods, names)
}

/** Defines the methods of a module of PyTorch 1.0's layout, whose source holds nothing else; operators mean what they mean today, as in PyTorch. */
export function importMethods(importer: SourceImporter, type: ClassType, source: Source): void {
  for (const statement of parseModule(source).body) {
    if (statement.type === 'FunctionDef') {
      const name = `${type.name}.${statement.name}`
      const fn = compileFunction(importer.unit, statement, { name, resolver: importer, foldNegativeLiterals: true, self: type })
      importer.unit.addFunction(fn)
      type.methods.set(statement.name, fn)
    } else if (statement.type !== 'Import' && !isVersionNumber(statement)) {
      fail('TSJ_IMPORT', `Unexpected statement in code import: ${statement.type}`, statement.range)
    }
  }
}

/** `op_version_set = 1`, which old archives have at the top of each file. */
export function isVersionNumber(statement: Statement): boolean {
  return statement.type === 'Assign' && statement.targets[0].type === 'Name' && statement.targets[0].name === 'op_version_set'
}

function defineMethods(
  importer: SourceImporter,
  type: ClassType,
  methods: readonly FunctionDef[],
  names: Record<NameList, readonly string[]>,
): void {
  const hooks = new Map<string, GraphFunction>()
  for (const method of methods) {
    const isHook = names.__forward_hooks__.includes(method.name) || names.__forward_pre_hooks__.includes(method.name)
    const isStatic = method.decorators.some((decorator) => decorator.type === 'Name' && decorator.name === 'staticmethod')
    const fn = compileFunction(importer.unit, method, {
      name: `${type.name}.${method.name}`,
      resolver: importer,
      foldNegativeLiterals: true,
      ...(isStatic ? {} : { self: type }),
      // PyTorch upgrades the operators of methods, not those of hooks and free functions.
      ...(isHook ? {} : { operatorVersion: importer.version }),
    })
    importer.unit.addFunction(fn)
    if (isHook) hooks.set(method.name, fn)
    else if (isStatic) type.staticMethods.set(method.name, fn)
    else type.methods.set(method.name, fn)
  }
  const find = (hook: string): GraphFunction =>
    hooks.get(hook) ?? fail('TSJ_IMPORT', `hook '${hook}' of class ${type.name} is not defined`, type.range)
  type.forwardHooks.push(...names.__forward_hooks__.map(find))
  type.forwardPreHooks.push(...names.__forward_pre_hooks__.map(find))
}

function stringList({ value, range }: Assign): string[] {
  if (value?.type !== 'List') return fail('TSJ_IMPORT', 'expected a list of names', range)
  return value.elements.map((element) =>
    element.type === 'String' ? element.value : fail('TSJ_IMPORT', 'expected a name in quotes', element.range),
  )
}

/** Quantized modules of old archives declare their packed weights as tensors. */
const packedParameterClasses: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['torch.ao.nn.quantized', 'torch.nn.quantized'].flatMap((namespace) => [
      [`${namespace}.modules.linear.LinearPackedParams`, 'Linear'],
      [`${namespace}.modules.linear.Linear`, 'Linear'],
      [`${namespace}.dynamic.modules.linear.Linear`, 'Linear'],
      [`${namespace}.modules.conv.Conv2d`, 'Conv2d'],
      [`${namespace}.modules.conv.Conv3d`, 'Conv3d'],
    ]),
    ['torch.nn.intrinsic.quantized.modules.conv_relu.ConvReLU2d', 'Conv2d'],
    ['torch.nn.intrinsic.quantized.modules.conv_relu.ConvReLU3d', 'Conv3d'],
  ].map(([name, kind]) => [`__torch__.${name}`, `__torch__.torch.classes.quantized.${kind}PackedParamsBase`]),
)

function packedParameters(importer: SourceImporter, name: string, attribute: { name: string; annotation: Expression }): Type | undefined {
  if (attribute.name !== '_packed_params' || attribute.annotation.type !== 'Name' || attribute.annotation.name !== 'Tensor')
    return undefined
  const plain = name.replace(/\.___torch_mangle_\d+/g, '')
  return Object.hasOwn(packedParameterClasses, plain) ? importer.findType(packedParameterClasses[plain]) : undefined
}
