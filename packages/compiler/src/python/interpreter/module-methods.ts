import type { SourceRange } from '@tsjit/types'
import { findMember } from '../modules/class-members.ts'
import { ModuleInstance } from '../modules/module-instance.ts'
import type { Interpreter } from './interpreter.ts'
import { raise } from './python-error.ts'
import { typeNameOf } from './text.ts'
import { type Callee, PyBuiltin, PyDict, type PyFunction, PyTuple } from './values.ts'

type Method = (interpreter: Interpreter, self: ModuleInstance, args: readonly unknown[], keywords: ReadonlyMap<string, unknown>) => unknown

const argument = (args: readonly unknown[], keywords: ReadonlyMap<string, unknown>, at: number, name: string): unknown =>
  args[at] ?? keywords.get(name) ?? null

/** The methods that `nn.Module` gives every module. */
const methods: Readonly<Record<string, Method>> = {
  __init__: (_, self, args, keywords) => {
    self.initialize()
    if (args.length + keywords.size > 0)
      raise('TypeError', `${self.cls.name}.__init__() takes 1 positional argument but ${args.length + 1} were given`)
    return null
  },
  register_parameter: (interpreter, self, args, keywords) => {
    const value = argument(args, keywords, 1, 'param')
    checkName(interpreter, self, String(argument(args, keywords, 0, 'name')), 'parameter')
    setParameter(self, String(argument(args, keywords, 0, 'name')), value)
    return null
  },
  register_buffer: (interpreter, self, args, keywords) => {
    const name = String(argument(args, keywords, 0, 'name'))
    checkName(interpreter, self, name, 'buffer')
    self.buffers.set(name, argument(args, keywords, 1, 'tensor'))
    if (argument(args, keywords, 2, 'persistent') === false) self.nonPersistentBuffers.add(name)
    return null
  },
  add_module: (interpreter, self, args, keywords) => {
    const module = argument(args, keywords, 1, 'module')
    const name = String(argument(args, keywords, 0, 'name'))
    if (!(module instanceof ModuleInstance) && module !== null) raise('TypeError', `${typeNameOf(module)} is not a Module subclass`)
    if (self.has(name) && !self.modules.has(name)) raise('KeyError', `"attribute '${name}' already exists"`)
    if (name.includes('.')) raise('KeyError', `'module name can\\'t contain ".", got: ${name}'`)
    void interpreter
    self.modules.set(name, module as ModuleInstance | null)
    return null
  },
  register_module: (interpreter, self, args, keywords) => methods.add_module(interpreter, self, args, keywords),
  register_forward_hook: (_, self, [hook]) => {
    self.forwardHooks.push(hook as PyFunction)
    return null
  },
  register_forward_pre_hook: (_, self, [hook]) => {
    self.forwardPreHooks.push(hook as PyFunction)
    return null
  },
  children: (_, self) => [...new Set([...self.modules.values()].filter((child) => child !== null))],
  named_children: (_, self) => [...self.modules].filter(([, child]) => child !== null).map((entry) => new PyTuple(entry)),
  modules: (_, self) => [...self.namedModules()].map(([, module]) => module),
  named_modules: (_, self) => [...self.namedModules()].map((entry) => new PyTuple(entry)),
  parameters: (_, self) =>
    [...new Set([...self.namedModules()].flatMap(([, module]) => [...module.parameters.values()]))].filter((p) => p !== null),
  named_parameters: (_, self) => named(self, (module) => module.parameters),
  buffers: (_, self) => [...self.namedModules()].flatMap(([, module]) => [...module.buffers.values()]).filter((buffer) => buffer !== null),
  named_buffers: (_, self) => named(self, (module) => module.buffers),
  apply: (interpreter, self, [fn]) => {
    const visit = (module: ModuleInstance): void => {
      for (const child of module.modules.values()) if (child) visit(child)
      interpreter.call(fn, [module])
    }
    visit(self)
    return self
  },
  train: (_, self, args, keywords) => setTraining(self, (args[0] ?? keywords.get('mode') ?? true) !== false),
  eval: (_, self) => setTraining(self, false),
  requires_grad_: (_, self) => self,
  float: (_, self) => self,
  cpu: (_, self) => self,
  double: (interpreter, self) => convert(interpreter, self, 'double'),
  half: (interpreter, self) => convert(interpreter, self, 'half'),
  to: (interpreter, self, args, keywords) => convert(interpreter, self, 'to', args, keywords),
  get_submodule: (_, self, [path]) => {
    let found: ModuleInstance | null | undefined = self
    for (const name of path === '' ? [] : String(path).split('.')) found = found?.modules.get(name)
    return found ?? raise('AttributeError', `${self.cls.name} has no attribute \`${String(path)}\``)
  },
  state_dict: (_, self) => {
    const state = new PyDict([], 'OrderedDict')
    for (const [path, module] of self.namedModules()) {
      const prefix = path ? `${path}.` : ''
      for (const [name, value] of module.parameters) if (value !== null) state.set(prefix + name, value)
      for (const [name, value] of module.buffers)
        if (value !== null && !module.nonPersistentBuffers.has(name)) state.set(prefix + name, value)
    }
    return state
  },
  _get_name: (_, self) => self.cls.name,
  extra_repr: () => '',
  share_memory: (_, self) => self,
}

function setTraining(self: ModuleInstance, mode: boolean): ModuleInstance {
  for (const [, module] of self.namedModules()) module.attributes.set('training', mode)
  return self
}

function convert(
  interpreter: Interpreter,
  self: ModuleInstance,
  name: string,
  args: readonly unknown[] = [],
  keywords: ReadonlyMap<string, unknown> = new Map(),
) {
  const { host } = interpreter
  const changed = (tensor: unknown): unknown => {
    if (host.callOperator('is_floating_point', [tensor], new Map()) !== true) return tensor
    return host.callOperator(name, [tensor, ...args], keywords)
  }
  for (const [, module] of self.namedModules()) {
    for (const [key, value] of module.parameters) if (value !== null) module.parameters.set(key, host.parameter(changed(value), true))
    for (const [key, value] of module.buffers) if (value !== null) module.buffers.set(key, changed(value))
  }
  return self
}

function named(self: ModuleInstance, table: (module: ModuleInstance) => ReadonlyMap<string, unknown>): PyTuple[] {
  const seen = new Set<unknown>()
  const result: PyTuple[] = []
  for (const [path, module] of self.namedModules()) {
    for (const [name, value] of table(module)) {
      if (value === null || seen.has(value)) continue
      seen.add(value)
      result.push(new PyTuple([path ? `${path}.${name}` : name, value]))
    }
  }
  return result
}

function checkName(_interpreter: Interpreter, self: ModuleInstance, name: string, kind: 'parameter' | 'buffer'): void {
  if (!self.isInitialized) raise('AttributeError', `cannot assign ${kind} before Module.__init__() call`)
  if (name.includes('.')) raise('KeyError', `'${kind} name can\\'t contain "."'`)
  if (name === '') raise('KeyError', `'${kind} name can\\'t be empty string ""'`)
  const own = kind === 'parameter' ? self.parameters : self.buffers
  if ((self.has(name) || findMember(self.cls, name)) && !own.has(name)) raise('KeyError', `"attribute '${name}' already exists"`)
}

function setParameter(self: ModuleInstance, name: string, value: unknown): void {
  self.attributes.delete(name)
  self.buffers.delete(name)
  self.modules.delete(name)
  self.parameters.set(name, value)
}

/** A method that every module has, bound to this one. */
export function moduleMethod(interpreter: Interpreter, self: ModuleInstance, name: string): PyBuiltin | undefined {
  if (!Object.hasOwn(methods, name)) return undefined
  const call: Callee = (args, keywords) => methods[name](interpreter, self, args, keywords)
  return new PyBuiltin(name, call)
}

/** `self.name = value`, as `nn.Module.__setattr__` sorts it. */
export function setModuleAttribute(
  interpreter: Interpreter,
  self: ModuleInstance,
  name: string,
  value: unknown,
  range?: SourceRange,
): void {
  const { host } = interpreter
  if (host.isParameter(value)) {
    if (!self.isInitialized) raise('AttributeError', 'cannot assign parameters before Module.__init__() call', range)
    setParameter(self, name, value)
  } else if (self.parameters.has(name)) {
    if (value !== null)
      raise(
        'TypeError',
        `cannot assign '${host.isTensor(value) ? 'torch.FloatTensor' : typeNameOf(value)}' as parameter '${name}' (torch.nn.Parameter or None expected)`,
        range,
      )
    self.parameters.set(name, null)
  } else if (value instanceof ModuleInstance) {
    if (!self.isInitialized) raise('AttributeError', 'cannot assign module before Module.__init__() call', range)
    self.attributes.delete(name)
    self.buffers.delete(name)
    self.modules.set(name, value)
  } else if (self.modules.has(name) && value === null) self.modules.set(name, null)
  else if (self.modules.has(name))
    raise('TypeError', `cannot assign '${typeNameOf(value)}' as child module '${name}' (torch.nn.Module or None expected)`, range)
  else if (self.buffers.has(name)) {
    if (value !== null && !host.isTensor(value))
      raise('TypeError', `cannot assign '${typeNameOf(value)}' object to buffer '${name}' (torch.Tensor or None expected)`, range)
    self.buffers.set(name, value)
  } else self.attributes.set(name, value)
}
