import type { Assign, Expression, FunctionDef, Statement } from '@tsjit/parser'
import { qualifiedName } from '../../type-annotations.ts'
import { evaluate } from '../evaluate.ts'
import { PythonClass } from '../python-class.ts'
import { modifierOf } from '../python-function.ts'

/** What a class binds a name to. */
export interface ClassMember {
  readonly owner: PythonClass
  readonly name: string
  readonly kind: 'method' | 'static' | 'class' | 'property' | 'value'
  readonly def?: FunctionDef
  readonly setter?: FunctionDef
  /** Signatures by `@torch.jit._overload_method`, before the implementation. */
  readonly overloads?: readonly FunctionDef[]
  readonly expression?: Expression
}

interface ClassBody {
  readonly members: ReadonlyMap<string, ClassMember>
  readonly annotations: ReadonlyMap<string, Expression>
}

const bodies = new WeakMap<PythonClass, ClassBody>()
const orders = new WeakMap<PythonClass, readonly PythonClass[]>()

/** The class and those that it inherits from, in the order in which Python looks attributes up. */
export function resolutionOrder(cls: PythonClass): readonly PythonClass[] {
  let order = orders.get(cls)
  if (!order) {
    orders.set(cls, [cls])
    const bases = cls.def.bases.map((base) => evaluate(base, cls.module)).filter((base): base is PythonClass => base instanceof PythonClass)
    order = [cls, ...merge([...bases.map(resolutionOrder), bases])]
    orders.set(cls, order)
  }
  return order
}

/** The C3 merge of linearisations; where there is none, depth first. */
function merge(lists: readonly (readonly PythonClass[])[]): PythonClass[] {
  const result: PythonClass[] = []
  let rest = lists.filter((list) => list.length > 0)
  while (rest.length > 0) {
    const next = rest.map(([head]) => head).find((head) => rest.every((list) => !list.slice(1).includes(head))) ?? rest[0][0]
    result.push(next)
    rest = rest.map((list) => list.filter((cls) => cls !== next)).filter((list) => list.length > 0)
  }
  return result
}

export function inherits(cls: PythonClass, base: PythonClass): boolean {
  return resolutionOrder(cls).includes(base)
}

function bodyOf(cls: PythonClass): ClassBody {
  let body = bodies.get(cls)
  if (!body) {
    const members = new Map<string, ClassMember>()
    const annotations = new Map<string, Expression>()
    collect(cls, cls.def.body, members, annotations, new Map())
    body = { members, annotations }
    bodies.set(cls, body)
  }
  return body
}

function collect(
  owner: PythonClass,
  statements: readonly Statement[],
  members: Map<string, ClassMember>,
  annotations: Map<string, Expression>,
  overloads: Map<string, FunctionDef[]>,
): void {
  for (const statement of statements) {
    if (statement.type === 'FunctionDef') {
      const { name } = statement
      const decorators = statement.decorators.map((d) => qualifiedName(d.type === 'Call' ? d.callee : d) ?? '')
      if (decorators.some((decorator) => decorator.endsWith('_overload_method'))) {
        overloads.set(name, [...(overloads.get(name) ?? []), statement])
        continue
      }
      // `typing.overload` is for type checkers.
      if (modifierOf(statement.decorators) === 'overload') continue
      const known = members.get(name)
      if (decorators.some((decorator) => decorator.endsWith('.setter')) && known) members.set(name, { ...known, setter: statement })
      else {
        const kind = decorators.includes('staticmethod')
          ? 'static'
          : decorators.includes('classmethod')
            ? 'class'
            : decorators.some((decorator) => decorator === 'property' || decorator === 'cached_property')
              ? 'property'
              : 'method'
        members.set(name, { owner, name, kind, def: statement, overloads: overloads.get(name) ?? [] })
      }
    } else if (statement.type === 'Assign') collectAssign(owner, statement, members, annotations)
    else if (statement.type === 'If') {
      collect(owner, statement.otherwise, members, annotations, overloads)
      collect(owner, statement.then, members, annotations, overloads)
    }
  }
}

function collectAssign(
  owner: PythonClass,
  statement: Assign,
  members: Map<string, ClassMember>,
  annotations: Map<string, Expression>,
): void {
  for (const target of statement.targets) {
    if (target.type !== 'Name') continue
    if (statement.annotation) annotations.set(target.name, statement.annotation)
    const { value } = statement
    if (!value) continue
    // `_forward = forward` gives a method a second name.
    const aliased = value.type === 'Name' ? members.get(value.name) : undefined
    members.set(target.name, aliased ? { ...aliased, name: target.name } : { owner, name: target.name, kind: 'value', expression: value })
  }
}

export function ownMembers(cls: PythonClass): ReadonlyMap<string, ClassMember> {
  return bodyOf(cls).members
}

/** What Python finds when an attribute of the class is asked for. `after` is the class behind which `super()` looks. */
export function findMember(cls: PythonClass, name: string, after?: PythonClass): ClassMember | undefined {
  const order = resolutionOrder(cls)
  for (const candidate of after ? order.slice(order.indexOf(after) + 1) : order) {
    const member = bodyOf(candidate).members.get(name)
    if (member) return member
  }
  return undefined
}

/** All members by name, as `dir` lists them: sorted. */
export function allMembers(cls: PythonClass): ClassMember[] {
  const found = new Map<string, ClassMember>()
  for (const candidate of resolutionOrder(cls)) {
    for (const [name, member] of bodyOf(candidate).members) if (!found.has(name)) found.set(name, member)
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** The annotations of the first class in the order that has any, with the class whose names they speak of. */
export function classAnnotations(cls: PythonClass): { readonly owner: PythonClass; readonly annotations: ReadonlyMap<string, Expression> } {
  for (const owner of resolutionOrder(cls)) {
    const { annotations } = bodyOf(owner)
    if (annotations.size > 0) return { owner, annotations }
  }
  return { owner: cls, annotations: new Map() }
}

/** What the class itself annotates a name with. */
export function annotationOf(cls: PythonClass, name: string): Expression | undefined {
  return bodyOf(cls).annotations.get(name)
}
