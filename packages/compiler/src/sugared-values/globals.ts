import { BoolType, ComplexType, FloatType, IntType, StringType, TensorT } from '@tsjit/types'
import { BuiltinFunctionValue, CastValue, MagicMethodValue } from './builtin.ts'
import { ExceptionValue, PrintValue } from './exception.ts'
import { SliceClassValue } from './slice.ts'
import { SpecialFormValue } from './special-form.ts'
import type { SugaredValue } from './sugared-value.ts'

let globals: ReadonlyMap<string, SugaredValue> | undefined

/** Python's builtin names, in every program. */
export function globalValue(name: string): SugaredValue | undefined {
  globals ??= makeGlobals()
  return globals.get(name)
}

function makeGlobals(): Map<string, SugaredValue> {
  const table = new Map<string, SugaredValue>()
  const magic = (name: string, base: SugaredValue): void => void table.set(name, new MagicMethodValue(`__${name}__`, base))
  magic('float', new CastValue(FloatType, 'aten::Float'))
  magic('complex', new CastValue(ComplexType, 'aten::Complex'))
  magic('int', new CastValue(IntType, 'aten::Int'))
  magic('bool', new CastValue(BoolType, 'aten::Bool'))
  magic('str', new CastValue(StringType, 'aten::str'))
  for (const name of ['len', 'hex', 'oct', 'round']) magic(name, new BuiltinFunctionValue(`aten::${name}`))
  table.set('_to_tensor', new CastValue(TensorT, 'prim::NumToTensor'))
  for (const name of ['hash', 'all', 'any', 'divmod', 'sum', 'ord', 'chr', 'bin', 'pow', 'sorted']) {
    table.set(name, new BuiltinFunctionValue(`aten::${name}`))
  }
  for (const name of ['id', 'min', 'max', 'abs', 'rangelist']) table.set(name, new BuiltinFunctionValue(`prim::${name}`))
  for (const form of ['tuple', 'getattr', 'hasattr', 'isinstance', 'list', 'dict', 'range', 'zip', 'enumerate'] as const) {
    table.set(form, new SpecialFormValue(form))
  }
  table.set('slice', new SliceClassValue())
  table.set('print', new PrintValue())
  table.set('AssertionError', new ExceptionValue('AssertionError'))
  return table
}
