import { ClassType, Source } from '@tsjit/types'
import { importMethods } from './import-class.ts'
import type { SourceImporter } from './source-importer.ts'

/**
 * Classes that C++ extensions bind have no source in an archive; programs pass their objects around. Of the packed weights of quantised layers the methods
 * are known, as operators.
 */
export function defineBoundClass(importer: SourceImporter, name: string): void {
  const type = new ClassType(name, false)
  importer.unit.addType(type)
  const packed = /^__torch__\.torch\.classes\.quantized\.(?:(Linear)|(Conv[23]d))PackedParamsBase$/.exec(name)
  if (packed)
    importMethods(importer, type, new Source(packed[1] ? linearMethods : convolutionMethods(packed[2].toLowerCase()), `<${name}>`))
}

const linearMethods = `def unpack(self) -> Tuple[Tensor, Optional[Tensor]]:
  return ops.quantized.linear_unpack(self)
def bias(self) -> Optional[Tensor]:
  return (ops.quantized.linear_unpack(self))[1]
`

function convolutionMethods(kind: string): string {
  const method = (name: string, result: string): string => `def ${name}(self) -> ${result}:\n  return ops.quantized.${kind}_${name}(self)\n`
  return `def weight(self) -> Tensor:
  return (ops.quantized.${kind}_unpack(self))[0]
def bias(self) -> Optional[Tensor]:
  return (ops.quantized.${kind}_unpack(self))[1]
${method('unpack', 'Tuple[Tensor, Optional[Tensor]]')}${['stride', 'padding', 'output_padding', 'dilation'].map((name) => method(name, 'List[int]')).join('')}${method('groups', 'int')}def transpose(self) -> bool:
  return bool(ops.quantized.${kind}_transpose(self))
`
}
