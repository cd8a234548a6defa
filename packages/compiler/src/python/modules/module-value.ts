import type { GraphFunction, Value } from '@tsjit/ir'
import { type ClassType, type InterfaceType, isSubtype, type SourceRange, TupleType, type Type } from '@tsjit/types'
import { type ConstantValue, constantOf, insertConstant, insertString } from '../../constants.ts'
import type { FunctionEmitter } from '../../emitter.ts'
import { fail } from '../../errors.ts'
import { lastAtom } from '../../names.ts'
import { didYouMean } from '../../near-names.ts'
import type { ActualArgument } from '../../schema-matching.ts'
import { BuiltinFunctionValue } from '../../sugared-values/builtin.ts'
import { IterableTree } from '../../sugared-values/iterables.ts'
import { FunctionValue, MethodValue } from '../../sugared-values/method.ts'
import { SimpleValue } from '../../sugared-values/simple-value.ts'
import { SugaredValue } from '../../sugared-values/sugared-value.ts'
import { SugaredTupleValue } from '../../sugared-values/tuple.ts'

import { ConcreteType, type ContainerKind } from './concrete-type.ts'
import { OverloadedMethodValue } from './overloaded-method.ts'

/** Who compiles methods of modules that nobody has asked for yet. */
export interface MethodSource {
  /** Compiles a method of the class if it has one of that name, or says what calling it means; undefined where it has none. */
  method(concrete: ConcreteType, self: Value, name: string, emitter: FunctionEmitter, range: SourceRange): SugaredValue | undefined
}

const childLists = ['named_modules', 'modules', 'children', 'named_children']

/** A module inside a method: attributes and submodules, methods compiled as they are asked for, containers unrolled. */
export class ModuleValue extends SugaredValue {
  readonly kind = 'module'
  constructor(
    readonly self: Value,
    readonly concrete: ConcreteType,
    private readonly source: MethodSource,
  ) {
    super()
  }

  override asValue(): Value {
    return this.self
  }

  private getAttr(emitter: FunctionEmitter, range: SourceRange, name: string, type: Type): Value {
    const node = emitter.graph.insert('prim::GetAttr', [this.self], [type], range).setAttribute('name', { kind: 's', value: name })
    emitter.graph.nameValue(node.output, name)
    return node.output
  }
  private child(emitter: FunctionEmitter, range: SourceRange, name: string, type: Type): ModuleValue {
    const concrete = this.concrete.modules.get(name) ?? concreteOf(type)
    return new ModuleValue(this.getAttr(emitter, range, name, type), concrete, this.source)
  }

  tryAttr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue | undefined {
    const { concrete } = this
    if (concrete.type.kind === 'Interface') return new SimpleValue(this.self).attr(emitter, range, name)
    const type = concrete.type as ClassType
    const attribute = type.attribute(name)
    if (attribute && isModuleType(attribute.type)) return this.child(emitter, range, name, attribute.type)
    if (attribute || type.methods.has(name)) return new SimpleValue(this.self).attr(emitter, range, name)
    const constant = type.constants.get(name)
    if (constant) return new SimpleValue(insertParts(emitter, constant, range))
    if (concrete.container === 'dict' && ['items', 'keys', 'values'].includes(name))
      return this.children(emitter, range).attr(emitter, range, name)
    if (childLists.includes(name)) return this.children(emitter, range).attr(emitter, range, name)
    if (name === 'named_buffers') return this.tensors(emitter, range, (buffer) => buffer.isBuffer).attr(emitter, range, name)
    const overloads = concrete.overloads.get(name)
    if (overloads) return new OverloadedMethodValue(this.self, overloads)
    const fn = concrete.functions.get(name)
    if (fn) return new FunctionValue(fn)
    const builtin = concrete.builtins.get(name)
    if (builtin) return new BuiltinFunctionValue(builtin)
    return this.source.method(concrete, this.self, name, emitter, range)
  }

  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    const found = this.tryAttr(emitter, range, name)
    if (found) return found
    const { concrete } = this
    const property = (concrete.type as ClassType).properties.get(name)
    if (property) return new MethodValue(this.self, lastAtom(property.getter.name)).call(emitter, range, [], [])
    const hint = concrete.failures.get(name) ?? (concrete.ignored.has(name) ? 'attribute was ignored during compilation' : '')
    const { attributes, methods, constants } = concrete.type as ClassType
    const known = [...attributes.map((attribute) => attribute.name), ...methods.keys(), ...constants.keys()]
    const reason = `Module '${lastAtom(concrete.type.name)}' has no attribute '${name}' ${hint}`
    return fail('TSJ_ATTRIBUTE', reason, range, didYouMean(name, known))
  }
  override hasAttr(emitter: FunctionEmitter, range: SourceRange, name: string): boolean {
    return this.tryAttr(emitter, range, name) !== undefined
  }
  override setAttr(emitter: FunctionEmitter, range: SourceRange, name: string, value: Value): void {
    new SimpleValue(this.self).setAttr(emitter, range, name, value)
  }

  /** `forward`, with the hooks around it. */
  override call(
    emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    const { graph } = emitter
    const { type } = this.concrete
    const preHooks = type.kind === 'Class' ? type.forwardPreHooks : []
    const hooks = type.kind === 'Class' ? type.forwardHooks : []
    if (preHooks.length + hooks.length === 0) return this.attr(emitter, range, 'forward').call(emitter, range, args, kwargs)
    const tuple = (values: readonly Value[]): Value => {
      const types = values.map((value) => value.type)
      return graph.insert('prim::TupleConstruct', values, [newTuple(types)], range).output
    }
    let input = tuple(args.map(({ value }) => value))
    const run = (hook: unknown, ...values: Value[]): Value =>
      new FunctionValue(hook as GraphFunction)
        .call(
          emitter,
          range,
          values.map((value) => ({ value })),
          kwargs,
        )
        .asValue(emitter, range)
    for (const hook of preHooks) {
      const output = run(hook, this.self, input)
      if (output.type.kind !== 'None') input = output.type.kind === 'Tuple' ? output : tuple([output])
    }
    let given = args
    if (preHooks.length > 0) {
      const { elements } = input.type as TupleType
      const unpacked = graph.insert('prim::TupleUnpack', [input], elements, range).outputs
      if (args.length > 0) given = unpacked.map((value) => ({ value }))
    }
    let result = this.attr(emitter, range, 'forward').call(emitter, range, given, kwargs).asValue(emitter, range)
    for (const hook of hooks) {
      const output = run(hook, this.self, input, result)
      if (output.type.kind !== 'None') result = output
    }
    return new SimpleValue(result)
  }

  // --- containers

  private children(emitter: FunctionEmitter, range: SourceRange): ModuleEntries {
    const keys: SugaredValue[] = []
    const values: ModuleValue[] = []
    for (const { name, type } of (this.concrete.type as ClassType).attributes) {
      if (!isModuleType(type)) continue
      keys.push(new SimpleValue(insertString(emitter.graph, name)))
      values.push(this.child(emitter, range, name, type))
    }
    return new ModuleEntries(this, keys, values)
  }
  private tensors(
    emitter: FunctionEmitter,
    range: SourceRange,
    wanted: (attribute: ClassType['attributes'][number]) => boolean,
  ): ModuleEntries {
    const names = (this.concrete.type as ClassType).attributes.filter(wanted).map(({ name }) => name)
    const keys: SugaredValue[] = []
    const values: SugaredValue[] = []
    for (const name of names) {
      keys.push(new SimpleValue(insertString(emitter.graph, name)))
      values.push(this.tryAttr(emitter, range, name)!)
    }
    return new ModuleEntries(this, keys, values)
  }
  /** Names and modules below this one, itself first. */
  nested(emitter: FunctionEmitter, range: SourceRange, prefix: string): [SugaredValue[], SugaredValue[]] {
    if (this.concrete.type.kind === 'Interface') {
      fail('TSJ_UNSUPPORTED', 'Could not compile modules() because module is an interface type. Please file issue.', range)
    }
    const keys: SugaredValue[] = [new SimpleValue(insertString(emitter.graph, prefix))]
    const values: SugaredValue[] = [this]
    const { keys: names, values: modules } = this.children(emitter, range)
    names.forEach((name, i) => {
      const text = String(constantOf(name.asValue(emitter, range))?.value)
      const [innerKeys, innerValues] = (modules[i] as ModuleValue).nested(emitter, range, prefix ? `${prefix}.${text}` : text)
      keys.push(...innerKeys)
      values.push(...innerValues)
    })
    return [keys, values]
  }

  override asTuple(emitter: FunctionEmitter, range: SourceRange): readonly SugaredValue[] {
    if (this.concrete.container === 'list') return this.children(emitter, range).values
    return fail('TSJ_TYPE', 'Only ModuleList or Sequential modules can be used as tuple', range)
  }
  override iter(emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    switch (this.concrete.container) {
      case 'dict':
        return new SugaredTupleValue(this.children(emitter, range).keys)
      case 'list':
        return new SugaredTupleValue(this.children(emitter, range).values)
      case 'parameter list':
        return new SugaredTupleValue(this.tensors(emitter, range, (attribute) => attribute.isParameter).values)
      default:
        return fail('TSJ_TYPE', 'Only constant Sequential, ModuleList, ModuleDict, or ParameterList can be used as an iterable', range)
    }
  }

  private containerIndex(emitter: FunctionEmitter, range: SourceRange, index: Value, hint: Type): SugaredValue {
    for (const { name, type } of (this.concrete.type as ClassType).attributes) {
      if (isModuleType(type) && !isSubtype(type, hint)) {
        fail('TSJ_TYPE', `Attribute ${name} is not of annotated type ${hint.annotation()}: `, range)
      }
    }
    return new SimpleValue(emitter.graph.insert('prim::ModuleContainerIndex', [this.self, index], [hint], range).output)
  }
  override getItem(emitter: FunctionEmitter, range: SourceRange, index: Value, hint?: Type): SugaredValue {
    const { container } = this.concrete
    if (container === 'list') {
      if (hint) return this.containerIndex(emitter, range, index, hint)
      return new SugaredTupleValue(this.children(emitter, range).values).getItem(emitter, range, index)
    }
    if (container === 'parameter list') {
      return new SugaredTupleValue(this.tensors(emitter, range, (attribute) => attribute.isParameter).values).getItem(emitter, range, index)
    }
    if (container === 'dict' || container === 'parameter dict') {
      const key = constantOf(index)
      if (key) {
        const entries =
          container === 'dict' ? this.children(emitter, range) : this.tensors(emitter, range, (attribute) => attribute.isParameter)
        const at = entries.keys.findIndex((name) => constantOf(name.asValue(emitter, range))?.value === key.value)
        return at >= 0 ? entries.values[at] : fail('TSJ_TYPE', `Key Error, ${String(key.value)}`, range)
      }
      if (hint) return this.containerIndex(emitter, range, index, hint)
      return fail(
        'TSJ_TYPE',
        "Unable to extract string literal index. ModuleDict indexing is only supported with string literals. For example, 'i = \"a\"; self.layers[i](x)' will fail because i is not a literal. Enumeration of ModuleDict is supported, e.g. 'for k, v in self.items(): out = v(inp)'",
        range,
      )
    }
    return fail('TSJ_TYPE', 'Only ModuleList, Sequential, ModuleDict, ParameterList, and ParameterDict modules are subscriptable', range)
  }
}

/** Names and values of a container: `items()` and its like. */
class ModuleEntries extends SugaredValue {
  readonly kind = 'ModuleDict'
  constructor(
    private readonly owner: ModuleValue,
    readonly keys: readonly SugaredValue[],
    readonly values: readonly SugaredValue[],
  ) {
    super()
  }
  override attr(emitter: FunctionEmitter, range: SourceRange, name: string): SugaredValue {
    const side = (keys: readonly SugaredValue[], values: readonly SugaredValue[]): SugaredValue => {
      const tree = new IterableTree()
      tree.add(new SugaredTupleValue(keys), range)
      tree.add(new SugaredTupleValue(values), range)
      return new EntriesMethod(name, tree)
    }
    switch (name) {
      case 'keys':
        return new EntriesMethod(name, new SugaredTupleValue(this.keys))
      case 'values':
      case 'children':
        return new EntriesMethod(name, new SugaredTupleValue(this.values))
      case 'modules':
        return new EntriesMethod(name, new SugaredTupleValue(this.owner.nested(emitter, range, '')[1]))
      case 'named_modules':
        return side(...this.owner.nested(emitter, range, ''))
      default:
        return side(this.keys, this.values)
    }
  }
}

/** `self.layers.items`: calling it gives what there is to iterate over. */
class EntriesMethod extends SugaredValue {
  constructor(
    readonly kind: string,
    private readonly entries: SugaredValue,
  ) {
    super()
  }
  override call(
    _emitter: FunctionEmitter,
    range: SourceRange,
    args: readonly ActualArgument[],
    kwargs: readonly ActualArgument[],
  ): SugaredValue {
    if (args.length + kwargs.length > 0) fail('TSJ_ARGUMENTS', `${this.kind} method does not accept any arguments`, range)
    return this.entries
  }
}

function isModuleType(type: Type): boolean {
  return (type.kind === 'Class' && (type as ClassType).isModule) || (type.kind === 'Interface' && (type as InterfaceType).isModule)
}

/** A module that is TorchScript already, inside a function. PyTorch's containers are unrolled by their classes' names. */
export function compiledModule(self: Value): ModuleValue {
  return new ModuleValue(self, compiledConcrete(self.type as ClassType), { method: () => undefined })
}

const containers: Readonly<Record<string, ContainerKind>> = {
  Sequential: 'list',
  ModuleList: 'list',
  ModuleDict: 'dict',
  ParameterList: 'parameter list',
  ParameterDict: 'parameter dict',
}

function compiledConcrete(type: ClassType): ConcreteType {
  const concrete = concreteOf(type)
  const [, name] = /^__torch__\.torch\.nn\.modules\.container\.(?:___torch_mangle_\d+\.)?(\w+)$/.exec(type.name) ?? []
  concrete.container = containers[name] ?? 'none'
  for (const attribute of type.attributes) {
    if (attribute.type.kind === 'Class' && isModuleType(attribute.type))
      concrete.modules.set(attribute.name, compiledConcrete(attribute.type as ClassType))
  }
  return concrete
}

/** What a type by itself says of a module, where its source is not known. */
export function concreteOf(type: Type): ConcreteType {
  const concrete = new ConcreteType(undefined)
  concrete.type = type as ClassType
  return concrete
}

/** A tuple constant is one node for each part, as PyTorch makes it. */
function insertParts(emitter: FunctionEmitter, { type, value }: ConstantValue, range: SourceRange): Value {
  if (type.kind !== 'Tuple') return insertConstant(emitter.graph, { type, value }, range)
  const parts = type.contained().map((part, i) => insertParts(emitter, { type: part, value: (value as unknown[])[i] }, range))
  return emitter.graph.insert('prim::TupleConstruct', parts, [newTuple(parts.map((part) => part.type))], range).output
}

function newTuple(types: readonly Type[]): TupleType {
  return new TupleType(types)
}
