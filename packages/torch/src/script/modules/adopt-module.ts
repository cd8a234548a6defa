import { type Interpreter, ModuleInstance, PyTuple, PythonClass } from '@tsjit/compiler'
import * as nn from '@tsjit/nn'
import { CompileError } from '@tsjit/types'
import { qualifiedClassName } from '../../trace/layer-paths.ts'

/** Constructors that take `*args`: their parameters by name. */
const recurrent = ['input_size', 'hidden_size', 'num_layers', 'bias', 'batch_first', 'dropout', 'bidirectional']
const variadic: Readonly<Record<string, readonly string[]>> = {
  RNN: [...recurrent, 'nonlinearity'],
  LSTM: [...recurrent, 'proj_size'],
  GRU: recurrent,
  Identity: [],
}

type Fields = Readonly<Record<string, unknown>>

/** What a constructor was given where the layer keeps it under another name, or not at all. */
const derived: Readonly<Record<string, Readonly<Record<string, (layer: Fields) => unknown>>>> = {
  MultiheadAttention: {
    bias: (layer) => layer.in_proj_bias !== null,
    add_bias_kv: (layer) => layer.bias_k !== null,
  },
  PairwiseDistance: { p: (layer) => layer.norm ?? layer.p },
  Transformer: { custom_encoder: (layer) => layer.encoder, custom_decoder: (layer) => layer.decoder },
  TransformerEncoder: { encoder_layer: firstLayer, num_layers: (layer) => (layer.layers as nn.ModuleList).length },
  TransformerDecoder: { decoder_layer: firstLayer, num_layers: (layer) => (layer.layers as nn.ModuleList).length },
  TransformerEncoderLayer: transformerLayer(),
  TransformerDecoderLayer: transformerLayer(),
}

function firstLayer(layer: Fields): unknown {
  return (layer.layers as nn.ModuleList).at(0)
}
function transformerLayer(): Readonly<Record<string, (layer: Fields) => unknown>> {
  const attention = (layer: Fields): Fields => layer.self_attn as Fields
  return {
    d_model: (layer) => attention(layer).embed_dim,
    nhead: (layer) => attention(layer).num_heads,
    dim_feedforward: (layer) => (layer.linear1 as Fields).out_features,
    dropout: (layer) => (layer.dropout as Fields).p,
    layer_norm_eps: (layer) => (layer.norm1 as Fields).eps,
    batch_first: (layer) => attention(layer).batch_first,
    bias: (layer) => (layer.linear1 as Fields).bias !== null,
    activation: (layer) => (typeof layer.activation === 'string' ? layer.activation : undefined),
  }
}

const ignored = ['self', 'device', 'dtype', 'weight', 'pos_weight', '_weight', '_freeze', '_random_samples', 'size_average', 'reduce']

/** A number of JavaScript as Python has it: an int where it is whole, unless the layer's class says that it is a float. */
function pythonValue(value: unknown, isFloat: boolean): unknown {
  if (typeof value === 'number') return isFloat || !Number.isInteger(value) ? value : BigInt(value)
  return Array.isArray(value) ? new PyTuple(value.map((item) => pythonValue(item, isFloat))) : value
}

/**
 * An eager layer as the compiler takes it: attributes by its constructor in the library, tensors its own. `child` adopts what is below. Throws
 * TSJ_MODULE_SCRIPT for layers without TorchScript.
 */
export function adoptLayer(adopting: Interpreter, layer: nn.Module, child: (module: nn.Module) => ModuleInstance): ModuleInstance {
  const qualified = qualifiedClassName(layer).slice('__torch__.'.length)
  const cls = adopting.program.library(qualified)
  if (!(cls instanceof PythonClass)) {
    throw new CompileError('TSJ_MODULE_SCRIPT', `'${qualified}' has no TorchScript form`, {
      hint: 'trace the module instead, or write the layer as a ScriptModule',
    })
  }
  const instance = adoptContainer(cls, layer, child) ?? adoptByConstructor(adopting, cls, layer, child)
  instance.attributes.set('training', layer.training)
  instance.origin = layer
  return instance
}

function adoptContainer(cls: PythonClass, layer: nn.Module, child: (module: nn.Module) => ModuleInstance): ModuleInstance | undefined {
  if (layer instanceof nn.ParameterList || layer instanceof nn.ParameterDict) {
    const instance = new ModuleInstance(cls)
    instance.initialize()
    for (const [name, parameter] of layer.ownParameters()) instance.parameters.set(name, parameter)
    if (layer instanceof nn.ParameterList) instance.attributes.set('_size', BigInt(layer.length))
    return instance
  }
  if (!(layer instanceof nn.Sequential || layer instanceof nn.ModuleList || layer instanceof nn.ModuleDict)) return undefined
  const instance = new ModuleInstance(cls)
  instance.initialize()
  for (const [name, module] of layer.namedItems()) instance.modules.set(name, child(module as nn.Module))
  return instance
}

function adoptByConstructor(
  adopting: Interpreter,
  cls: PythonClass,
  layer: nn.Module,
  child: (module: nn.Module) => ModuleInstance,
): ModuleInstance {
  const fields = layer as unknown as Fields
  const instance = adopting.instantiate(cls, [], constructorArguments(adopting, cls, fields, child)) as ModuleInstance
  const parameters = new Map(layer.ownParameters())
  const buffers = new Map(layer.ownBuffers())
  const children = new Map(layer.namedChildren())
  for (const [name, parameter] of parameters) {
    if (parameter instanceof nn.UninitializedParameter) {
      throw new CompileError(
        'TSJ_MODULE_INIT',
        `'${cls.module.name}.${cls.name}' has uninitialized parameters ${name}. Did you forget to run a forward pass?`,
      )
    }
  }
  for (const name of instance.parameters.keys()) instance.parameters.set(name, parameters.get(name) ?? null)
  for (const [name, parameter] of parameters) if (!instance.parameters.has(name)) instance.parameters.set(name, parameter)
  for (const name of instance.buffers.keys()) instance.buffers.set(name, buffers.get(name) ?? null)
  for (const name of ['bias_k', 'bias_v']) if (instance.parameters.has(name)) instance.attributes.delete(name)
  for (const name of [...instance.modules.keys()]) {
    const own = children.get(name)
    if (own) instance.modules.set(name, child(own))
  }
  const flat = instance.attributes.get('_flat_weights_names')
  if (Array.isArray(flat))
    instance.attributes.set(
      '_flat_weights',
      flat.map((name) => parameters.get(String(name)) ?? null),
    )
  return instance
}

function constructorArguments(
  adopting: Interpreter,
  cls: PythonClass,
  fields: Fields,
  child: (module: nn.Module) => ModuleInstance,
): Map<string, unknown> {
  const args = new Map<string, unknown>()
  const options = (fields.options ?? {}) as Fields
  const special = Object.hasOwn(derived, cls.name) ? derived[cls.name] : {}
  for (const { name, isFloat, wantsFlag } of constructorParameters(adopting, cls)) {
    if (ignored.includes(name)) continue
    let value = Object.hasOwn(special, name) ? special[name](fields) : name in fields ? fields[name] : options[name]
    if (wantsFlag && value !== undefined && typeof value !== 'boolean') value = value !== null
    if (value === undefined || (value === null && wantsFlag)) {
      if (wantsFlag && name in fields) args.set(name, false)
      continue
    }
    args.set(name, value instanceof nn.Module ? child(value) : pythonValue(value, isFloat))
  }
  return args
}

interface ConstructorParameter {
  readonly name: string
  readonly isFloat: boolean
  /** `bias`: whether there is one. */
  readonly wantsFlag: boolean
}

function constructorParameters(adopting: Interpreter, cls: PythonClass): ConstructorParameter[] {
  const names = Object.hasOwn(variadic, cls.name) ? variadic[cls.name] : adopting.parametersOf(cls).map(({ name }) => name)
  return names.map((name) => ({
    name,
    isFloat: name === 'scale_factor' || name === 'margin' || adopting.isFloatField(cls, name),
    wantsFlag: name === 'bias' || name === 'add_bias_kv',
  }))
}
