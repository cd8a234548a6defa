import { Boxed, Complex, Device, EnumValue, isTagged, ScriptObject, Tensor } from '@tsjit/runtime'
import { AnyType, BoolType, ComplexType, DeviceType, GeneratorType, NoneType, StringType, TensorT, type Type } from '@tsjit/types'

/** The type of a value whose static type is `type`: what `isinstance` asks. */
export function dynamicType(value: unknown, type: Type): Type {
  if (value instanceof Boxed) return value.type
  if (value === null || value === undefined) return NoneType
  if (typeof value === 'boolean') return BoolType
  if (typeof value === 'string') return StringType
  if (value instanceof Tensor) return TensorT
  if (value instanceof Complex) return ComplexType
  if (value instanceof Device) return DeviceType
  if (value instanceof ScriptObject || value instanceof EnumValue) return value.type
  const base = type.kind === 'Optional' ? type.contained()[0] : type
  return isTagged(base) ? (base.kind === 'Any' ? AnyType : GeneratorType) : base
}
