import { type Callable, type FunctionSchema, RuntimeError } from '@tsjit/types'
import type { SourceModule } from './source-module.ts'

/** A function of the host's language with a declared signature: script calls it, and programs that do run but do not save. */
export class HostFunction implements Callable {
  constructor(
    readonly name: string,
    readonly schema: FunctionSchema,
    /** Takes and returns runtime values. */
    readonly host: (...args: unknown[]) => unknown,
  ) {}
}

/** Who knows the host's functions that stand in for Python's. */
export interface HostFunctions {
  /** The first of the names that there is a function for, taking and returning runtime values of the schema's types. */
  find(names: readonly string[], schema: FunctionSchema): HostFunction['host'] | undefined
  /** What a module at the top of a file does when a function of the file calls it. */
  moduleOf?(file: SourceModule, name: string, schema: FunctionSchema): HostFunction['host'] | undefined
}

/** What `^f[]()` calls: a function that stays Python's. The host's function in its place is looked for at each call, so it may come later. */
export class StandIn extends HostFunction {
  constructor(
    functions: HostFunctions | undefined,
    names: readonly string[],
    schema: FunctionSchema,
    otherwise?: () => HostFunction['host'] | undefined,
  ) {
    const name = names[names.length - 1]
    super(name, schema, (...args) => {
      const found = functions?.find(names, schema) ?? otherwise?.()
      if (found) return found(...args)
      const parameters = schema.args.map((argument) => argument.name).join(', ')
      throw new RuntimeError('TSJ_HOST_UNBOUND', `'${name}' is a function of Python, and no function of JavaScript stands in for it`, {
        hint: `give one: script(source, { host: { ${name}: (${parameters}) => … } }), or scriptFile(path, { host: … })`,
      })
    })
  }
}
