import { ClassType, CompileError, type InterfaceType, TsjitError } from '@tsjit/types'
import { FunctionValue } from '../../sugared-values/method.ts'
import { qualifiedName as dottedName, typeFromExpression } from '../../type-annotations.ts'
import { iterate } from '../interpreter/expressions.ts'
import type { Interpreter } from '../interpreter/interpreter.ts'
import { typeNameOf } from '../interpreter/text.ts'
import { PyAnnotation, PyAttributeValue, PyBuiltin, PyDict, PyFunction, PyMethod } from '../interpreter/values.ts'
import type { PythonClass } from '../python-class.ts'
import { PythonFunction } from '../python-function.ts'
import { PythonSugared } from '../python-object.ts'
import { allMembers, classAnnotations, findMember, resolutionOrder } from './class-members.ts'
import { ConcreteType, type ContainerKind } from './concrete-type.ts'
import { constantFor, type Inferred, inferType } from './infer-type.ts'
import type { ModuleInstance } from './module-instance.ts'
import { concreteOf } from './module-value.ts'

/** Attributes of containers by the class that makes them one. */
const containers: Readonly<Record<string, ContainerKind>> = {
  'torch.nn.modules.container.ModuleDict': 'dict',
  'torch.nn.modules.container.ModuleList': 'list',
  'torch.nn.modules.container.Sequential': 'list',
  'torch.nn.modules.container.ParameterList': 'parameter list',
  'torch.nn.modules.container.ParameterDict': 'parameter dict',
}

/** The concrete types of a program's modules; equal ones are one. */
export class ModuleTypes {
  private readonly known = new Map<PythonClass, ConcreteType[]>()
  private readonly functions = new Map<unknown, PythonFunction>()
  private readonly compiled = new Map<ClassType, ConcreteType>()
  private mangled = 0

  constructor(readonly interpreter: Interpreter) {}

  /** Throws TSJ_MODULE_INIT for modules whose class forgot `super().__init__()`, TSJ_MODULE_CONSTANT. */
  typeOf(module: ModuleInstance): ConcreteType {
    if (module.compiled) {
      let concrete = this.compiled.get(module.compiled)
      if (!concrete) this.compiled.set(module.compiled, (concrete = concreteOf(module.compiled)))
      concrete.isCompiled = true
      return concrete
    }
    if (!module.isInitialized) {
      throw new CompileError(
        'TSJ_MODULE_INIT',
        `'${module.cls.module.name}.${module.cls.name}' has not been initialized, did you forget to call 'super()'?`,
      )
    }
    const made = this.infer(module)
    let list = this.known.get(module.cls)
    if (!list) this.known.set(module.cls, (list = []))
    const found = list.find((candidate) => candidate.equals(made))
    if (found) return found
    made.type = this.classType(made, module.cls)
    list.push(made)
    return made
  }

  private classType(concrete: ConcreteType, cls: PythonClass): ClassType {
    const { unit } = this.interpreter.program
    let name = cls.qualifiedName
    const dot = name.lastIndexOf('.')
    while (unit.types.has(name))
      name = `${cls.qualifiedName.slice(0, dot)}.___torch_mangle_${this.mangled++}${cls.qualifiedName.slice(dot)}`
    const type = new ClassType(name, true, cls.def.nameRange)
    for (const [attribute, { type: attributeType, isParameter, isBuffer }] of concrete.attributes) {
      type.addAttribute(attribute, attributeType, { isParameter, isBuffer })
    }
    for (const [constant, value] of concrete.constants) type.constants.set(constant, value)
    for (const [child, { type: childType }] of concrete.modules) type.addAttribute(child, childType)
    unit.addType(type)
    return type
  }

  private infer(module: ModuleInstance): ConcreteType {
    const { host } = this.interpreter
    const concrete = new ConcreteType(module.cls)
    for (const cls of resolutionOrder(module.cls)) concrete.container = containers[`${cls.module.name}.${cls.name}`] ?? concrete.container
    const annotated = classAnnotations(module.cls)
    for (const name of this.classStrings(module.cls, '__jit_ignored_attributes__')) concrete.ignored.add(name)

    const typeFor = (name: string, value: unknown): Inferred => {
      const annotation = annotated.annotations.get(name)
      if (annotation && name !== 'forward') return this.annotated(() => typeFromExpression(annotation, annotated.owner.module), name)
      if (value instanceof PyAttributeValue) {
        const { type } = value
        if (type instanceof PyAnnotation) return this.annotated(() => typeFromExpression(type.expression, type.module), name)
      }
      return inferType(host, value)
    }
    const add = (name: string, value: unknown, kind: { isParameter: boolean; isBuffer: boolean }): void => {
      const { type, reason } = typeFor(name, value)
      if (type) concrete.attributes.set(name, { type, ...kind })
      else concrete.failures.set(name, failure(value, reason))
    }
    const added = new Set<string>()
    for (const [name, value] of module.parameters) {
      if (concrete.ignored.has(name)) continue
      add(name, value, { isParameter: true, isBuffer: false })
      added.add(name)
    }
    for (const [name, value] of module.buffers) {
      if (concrete.ignored.has(name)) continue
      add(name, value, { isParameter: false, isBuffer: true })
      added.add(name)
    }
    for (const [name, child] of module.modules) {
      if (concrete.ignored.has(name)) continue
      if (!child) {
        add(name, null, { isParameter: false, isBuffer: false })
        continue
      }
      const annotation = annotated.annotations.get(name)
      const seenAs = annotation && typeFor(name, child).type
      if (seenAs && seenAs.kind === 'Interface') {
        const through = new ConcreteType(undefined)
        through.type = seenAs as InterfaceType
        concrete.modules.set(name, through)
      } else concrete.modules.set(name, this.typeOf(child))
      added.add(name)
    }
    this.addConstants(module, concrete, added)
    for (const member of allMembers(module.cls)) {
      if (!member.overloads?.length) continue
      concrete.overloads.set(
        member.name,
        member.overloads.map((_, i) => `${member.name}__${i}`),
      )
    }
    for (const [name, value] of module.attributes) {
      if (name.startsWith('__') || added.has(name) || concrete.ignored.has(name)) continue
      if (this.addFunction(concrete, name, value)) continue
      add(name, value, { isParameter: false, isBuffer: false })
    }
    concrete.forwardHooks.push(...module.forwardHooks)
    concrete.forwardPreHooks.push(...module.forwardPreHooks)
    return concrete
  }

  /** `Final[int]` and `__constants__`, in the order in which they are written. */
  private addConstants(module: ModuleInstance, concrete: ConcreteType, added: Set<string>): void {
    const names = new Set(this.classStrings(module.cls, '__constants__'))
    for (const [name, annotation] of classAnnotations(module.cls).annotations) {
      const written = dottedName(annotation.type === 'Subscript' ? annotation.value : annotation)
      if (written === 'Final' || written?.endsWith('.Final')) names.add(name)
    }
    for (const name of names) {
      if (added.has(name) || !this.interpreter.hasAttribute(module, name)) continue
      const value = this.interpreter.attribute(module, name)
      const constant = constantFor(this.interpreter.host, value)
      if (!constant) {
        throw new CompileError(
          'TSJ_MODULE_CONSTANT',
          `'${typeNameOf(value)}' object in attribute '${module.cls.name}.${name}' is not a valid constant.\nValid constants are:\n1. a nn.ModuleList\n2. a value of type {bool, float, int, str, NoneType, torch.device, torch.layout, torch.dtype, torch.qscheme}\n3. a list or tuple of (2)\n`,
          { range: module.cls.def.nameRange },
        )
      }
      concrete.constants.set(name, constant)
      added.add(name)
    }
  }

  private annotated(type: () => NonNullable<Inferred['type']>, name: string): Inferred {
    try {
      return { type: type() }
    } catch (error) {
      if (!(error instanceof TsjitError)) throw error
      return { reason: `Error inferring type for ${name}: ${error.reason}` }
    }
  }

  private classStrings(cls: PythonClass, name: string): string[] {
    if (!findMember(cls, name)) return []
    const value = this.interpreter.attribute(cls, name)
    return (value instanceof PyDict ? value.keys() : iterate(this.interpreter, value)).map(String)
  }

  /** Functions are attributes of another kind: script calls them. Returns false for what is no function. */
  private addFunction(concrete: ConcreteType, name: string, value: unknown): boolean {
    if (value instanceof PyBuiltin && value.symbol !== undefined) {
      concrete.builtins.set(name, value.symbol)
      return true
    }
    if (value instanceof PythonSugared) {
      const made = value.sugar(undefined as never, undefined as never)
      if (made instanceof FunctionValue) concrete.functions.set(name, made.callees[0])
      else concrete.failures.set(name, '')
      return true
    }
    if (!(value instanceof PyFunction))
      return value instanceof PyBuiltin || value instanceof PyMethod ? this.refuse(concrete, name, value) : false
    try {
      concrete.functions.set(name, this.compileFunction(value))
    } catch (error) {
      if (!(error instanceof TsjitError)) throw error
      concrete.failures.set(
        name,
        `(This function exists as an attribute on the Python module, but we failed to compile it to a TorchScript function. \nThe error stack is reproduced here:\n${error.message})`,
      )
    }
    return true
  }
  private refuse(concrete: ConcreteType, name: string, value: unknown): true {
    concrete.failures.set(name, failure(value, 'it is not a function of Python'))
    return true
  }

  /** A function of Python that runs, as script: the same one each time. */
  compileFunction(fn: PyFunction) {
    const { def } = fn
    if (def.type === 'Lambda') throw new CompileError('TSJ_UNSUPPORTED', 'Expected a single top-level function', { range: def.range })
    const global = fn.module.lookup(fn.name)
    if (global instanceof PythonFunction && global.def === def) return global.compile()
    let made = this.functions.get(def)
    if (!made) this.functions.set(def, (made = new PythonFunction(def, fn.module)))
    return made.compile()
  }
}

function failure(value: unknown, reason: string | undefined): string {
  return `(This attribute exists on the Python module, but we failed to convert Python type: '${typeNameOf(value)}' to a TorchScript type. ${reason ?? ''}. Its type was inferred; try adding a type annotation for the attribute.)`
}
