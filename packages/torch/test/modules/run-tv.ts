import { existsSync, readFileSync } from 'node:fs'
import { type ModuleInstance, PythonProgram } from '@tsjit/compiler'
import { Source } from '@tsjit/types'
import * as torch from '../../src/index.ts'
import { ModuleScripter } from '../../src/script/modules/module-scripter.ts'
import { graphsOf, normalized } from './compare.ts'
const root = process.argv[2]
for (const line of readFileSync(process.argv[3], 'utf8').trim().split('\n')) {
  const row = JSON.parse(line)
  if (process.argv[4] && process.argv[4] !== row.name) continue
  const program = new PythonProgram({ loadModule: (m) => {
    for (const p of [`${root}/${m.replaceAll('.', '/')}.py`, `${root}/${m.replaceAll('.', '/')}/__init__.py`]) if (m.startsWith('torchvision') && existsSync(p)) return new Source(readFileSync(p, 'utf8'), p)
    return undefined } })
  const s = ModuleScripter.of(program)
  const mod = program.add(new Source('import torchvision.models\nfrom torchvision.models import *\n', 'x.py'), '__main__')
  const file: any = { resnet18: 'resnet', mobilenet_v2: 'mobilenetv2', mobilenet_v3_small: 'mobilenetv3', densenet121: 'densenet', googlenet: 'googlenet', squeezenet1_0: 'squeezenet', vgg11_bn: 'vgg', shufflenet_v2_x0_5: 'shufflenetv2', mnasnet0_5: 'mnasnet', efficientnet_b0: 'efficientnet', convnext_tiny: 'convnext', vit_b_32: 'vision_transformer', swin_t: 'swin_transformer', regnet_y_400mf: 'regnet', alexnet: 'alexnet', inception_v3: 'inception' }
  void mod
  try {
    torch.manual_seed(0)
    const m = program.importModule(`torchvision.models.${file[row.name]}`) as any
    const inst = s.interpreter.call(s.interpreter.global(m, row.name), []) as ModuleInstance
    const sm = s.script(inst, torch.defaultRuntime())
    const g = graphsOf(sm)
    let eq = 0; const bad: string[] = []
    for (const [k, t] of Object.entries(row.graphs ?? {})) if (g.get(k) === normalized(t as string)) eq++; else bad.push(k + (g.has(k) ? '' : ' MISSING'))
    let sum = 0
    for (const [, p] of sm.namedParameters()) sum += Number((p as any).double().abs().sum().item())
    console.log(row.name, row.error ? 'ACCEPTED but ' + row.error : `${eq}/${eq + bad.length}`, sum === row.sum ? 'same parameters' : `${sum} ${row.sum}`, bad.slice(0, 3).join(' '))
  } catch (e: any) { console.log(row.name, row.error ? 'both refuse' : 'REFUSED', e.message.split('\n').slice(0, 4).join(' | ').slice(0, 400), e.code ? '' : e.stack) }
}
