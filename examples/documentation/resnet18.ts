/** torchvision's ResNet-18, initialised as it is there: equal seeds give equal parameters. */
import * as torch from 'tsjit'

const { nn } = torch

class BasicBlock extends nn.Module {
  conv1: torch.nn.Conv2d
  bn1: torch.nn.BatchNorm2d
  relu = new nn.ReLU({ inplace: true })
  conv2: torch.nn.Conv2d
  bn2: torch.nn.BatchNorm2d
  downsample: torch.nn.Sequential | null

  constructor(from: number, to: number, stride: number, downsample: torch.nn.Sequential | null) {
    super()
    this.conv1 = new nn.Conv2d(from, to, 3, { stride, padding: 1, bias: false })
    this.bn1 = new nn.BatchNorm2d(to)
    this.conv2 = new nn.Conv2d(to, to, 3, { padding: 1, bias: false })
    this.bn2 = new nn.BatchNorm2d(to)
    this.downsample = downsample
  }

  forward(x: torch.Tensor): torch.Tensor {
    const out = this.relu.call(this.bn1.call(this.conv1.call(x)))
    const residual = this.bn2.call(this.conv2.call(out))
    const identity = this.downsample ? this.downsample.call(x) : x
    return this.relu.call(residual.add_(identity))
  }
}

class ResNet extends nn.Module {
  conv1 = new nn.Conv2d(3, 64, 7, { stride: 2, padding: 3, bias: false })
  bn1 = new nn.BatchNorm2d(64)
  relu = new nn.ReLU({ inplace: true })
  maxpool = new nn.MaxPool2d(3, { stride: 2, padding: 1 })
  layer1 = twoBlocks(64, 64, 1)
  layer2 = twoBlocks(64, 128, 2)
  layer3 = twoBlocks(128, 256, 2)
  layer4 = twoBlocks(256, 512, 2)
  avgpool = new nn.AdaptiveAvgPool2d([1, 1])
  fc = new nn.Linear(512, 1000)

  constructor() {
    super()
    for (const module of this.modules()) {
      if (module instanceof nn.Conv2d) nn.init.kaiming_normal_(module.weight, { mode: 'fan_out', nonlinearity: 'relu' })
    }
  }

  forward(x: torch.Tensor): torch.Tensor {
    let out = this.maxpool.call(this.relu.call(this.bn1.call(this.conv1.call(x))))
    for (const layer of [this.layer1, this.layer2, this.layer3, this.layer4]) out = layer.call(out)
    return this.fc.call(this.avgpool.call(out).flatten(1))
  }
}

function twoBlocks(from: number, to: number, stride: number): torch.nn.Sequential {
  const shortcut = () => new nn.Sequential(new nn.Conv2d(from, to, 1, { stride, bias: false }), new nn.BatchNorm2d(to))
  return new nn.Sequential(new BasicBlock(from, to, stride, stride === 1 ? null : shortcut()), new BasicBlock(to, to, 1, null))
}

export function resnet18(): ResNet {
  return new ResNet()
}
