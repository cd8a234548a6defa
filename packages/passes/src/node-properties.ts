import { findSchema, type Node } from '@tsjit/ir'
import { operatorByKey } from '@tsjit/ops'
import type { FunctionSchema, Type } from '@tsjit/types'

const sideEffects = new Set([
  'prim::PythonOp',
  'prim::IgnoredPythonOp',
  'prim::Print',
  'prim::RaiseException',
  'aten::warn',
  'aten::save',
  'aten::manual_seed',
  'prim::AddStatValue',
  'prim::TimePoint',
  'prim::CallFunction',
  'prim::CallMethod',
  'prim::BailoutTemplate',
  'prim::BailOut',
  'prim::rpc_async',
  'prim::rpc_sync',
  'prim::rpc_remote',
  'aten::wait',
  'prim::awaitable_wait',
  'prim::fork',
  'prim::awaitable',
  'prim::Enter',
  'prim::Exit',
  'aten::set_grad_enabled',
  'prim::Store',
])

/** Primitive nodes without a schema that compute from their inputs and nothing else. */
const purePrimitives = new Set([
  'prim::Constant',
  'prim::ListConstruct',
  'prim::DictConstruct',
  'prim::TupleConstruct',
  'prim::TupleUnpack',
  'prim::TupleIndex',
  'prim::TupleSlice',
  'prim::ListUnpack',
  'prim::GetAttr',
  'prim::CreateObject',
  'prim::unchecked_cast',
  'prim::isinstance',
  'prim::tolist',
  'prim::NumToTensor',
  'prim::Uninitialized',
  'prim::EnumName',
  'prim::EnumValue',
  'prim::If',
  'prim::Loop',
  'prim::SetAttr',
  'prim::unchecked_unwrap_optional',
  'prim::DictIndex',
  'prim::Load',
  'prim::ListIndex',
  'prim::RangeConstruct',
  'prim::min',
  'prim::max',
  'prim::data',
  'prim::ImplicitTensorToNum',
  'prim::AutogradZero',
  'prim::HasAttr',
  'aten::format',
  'aten::percentFormat',
  'prim::HasAttr',
  'prim::Return',
  'prim::Param',
])

/**
 * Whether running the node can be seen other than through its outputs and the memory it writes (alias analysis knows that).
 * A node of an unknown kind has side effects.
 */
export function hasSideEffects(node: Node): boolean {
  if (sideEffects.has(node.kind)) return true
  return !purePrimitives.has(node.kind) && !schemaOf(node)
}

/** The operator's schema; found by the inputs' types where whoever made the node did not set it. */
export function schemaOf(node: Node): FunctionSchema | undefined {
  if (!node.schema && !node.kind.startsWith('prim::')) node.schema = findSchema(node)
  return node.schema
}

/** Whether equal inputs may give different outputs. Dropout that a constant turns off is deterministic. */
export function isNondeterministic(node: Node): boolean {
  const schema = schemaOf(node)
  if (!schema) return false
  if (node.kind === 'aten::dropout') {
    const train = node.inputs[2]?.node
    return !(train?.kind === 'prim::Constant' && train.attribute('value', 'i') === 0)
  }
  return operatorByKey(schema.key)?.tags.includes('nondeterministic_seeded') ?? false
}

/** Whether a value of the type can be written to, or holds one that can. */
export function isMutableType(type: Type): boolean {
  switch (type.kind) {
    case 'Tensor':
    case 'List':
    case 'Dict':
    case 'Class':
    case 'Interface':
    case 'Any':
    case 'AnyList':
    case 'AnyTuple':
    case 'AnyClass':
    case 'Var':
    case 'Module':
    case 'Capsule':
    case 'RRef':
    case 'Storage':
      return true
    case 'Optional':
    case 'Union':
    case 'Tuple':
    case 'Future':
    case 'Await':
      return type.contained().some(isMutableType)
  }
  return false
}
