/** torchvision's operators on boxes: non-maximum suppression and aligned pooling of regions. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { check, fromNumbers, output, readNumbers, shapeText } from './nn-host.ts'

/** Indices of boxes [x1, y1, x2, y2] by falling score, without those that overlap a better one by more than the threshold. */
function nms(d: Dispatcher, boxes: Tensor, scores: Tensor, threshold: number): Tensor {
  check(boxes.ndim === 2, () => `boxes should be a 2d tensor, got ${boxes.ndim}D`, 'TSJ_SHAPE_BOXES')
  check(boxes.shape[1] === 4, () => `boxes should have 4 elements in dimension 1, got ${boxes.shape[1]}`, 'TSJ_SHAPE_BOXES')
  check(scores.ndim === 1, () => `scores should be a 1d tensor, got ${scores.ndim}D`, 'TSJ_SHAPE_BOXES')
  check(
    boxes.shape[0] === scores.shape[0],
    () => `boxes and scores should have same number of elements in dimension 0, got ${boxes.shape[0]} and ${scores.shape[0]}`,
    'TSJ_SHAPE_BOXES',
  )
  const box = readNumbers(boxes)
  const score = readNumbers(scores)
  const area = (i: number): number => (box[4 * i + 2] - box[4 * i]) * (box[4 * i + 3] - box[4 * i + 1])
  const order = Array.from(score, (_, i) => i).sort((a, b) => score[b] - score[a])
  const gone = new Uint8Array(order.length)
  const kept: number[] = []
  for (let a = 0; a < order.length; a++) {
    const i = order[a]
    if (gone[i]) continue
    kept.push(i)
    for (const j of order.slice(a + 1)) {
      const width = Math.max(0, Math.min(box[4 * i + 2], box[4 * j + 2]) - Math.max(box[4 * i], box[4 * j]))
      const height = Math.max(0, Math.min(box[4 * i + 3], box[4 * j + 3]) - Math.max(box[4 * i + 1], box[4 * j + 1]))
      const shared = width * height
      if (shared / (area(i) + area(j) - shared) > threshold) gone[j] = 1
    }
  }
  return fromNumbers(d, kept, [kept.length], 'int64', boxes.device)
}

/** Linear interpolation; places up to one beyond the edge take the edge, further ones 0. */
function sample(values: ArrayLike<number>, plane: number, height: number, width: number, y: number, x: number): number {
  if (y < -1 || y > height || x < -1 || x > width) return 0
  const [top, left] = [Math.max(y, 0), Math.max(x, 0)]
  const low = (at: number, size: number): [number, number, number] => {
    const first = Math.floor(at)
    return first >= size - 1 ? [size - 1, size - 1, 0] : [first, first + 1, at - first]
  }
  const [y0, y1, dy] = low(top, height)
  const [x0, x1, dx] = low(left, width)
  const at = (row: number, column: number): number => values[plane + row * width + column]
  return (1 - dy) * ((1 - dx) * at(y0, x0) + dx * at(y0, x1)) + dy * ((1 - dx) * at(y1, x0) + dx * at(y1, x1))
}

function checkRegions(input: Tensor, rois: Tensor): void {
  check(input.ndim === 4, () => `input should be a 4D tensor, got ${shapeText(input.shape)}`, 'TSJ_SHAPE_INPUT')
  check(rois.ndim === 2 && rois.shape[1] === 5, () => 'rois must have shape as Tensor[K, 5]', 'TSJ_SHAPE_BOXES')
}

/** The mean of samples on a grid in each of the bins of a region [batch index, x1, y1, x2, y2]. */
function roiAlign(
  d: Dispatcher,
  input: Tensor,
  rois: Tensor,
  scale: number,
  rows: number,
  columns: number,
  sampling: number,
  aligned: boolean,
): Tensor {
  checkRegions(input, rois)
  const [, channels, height, width] = input.shape
  const values = readNumbers(input)
  const regions = readNumbers(rois)
  const count = rois.shape[0]
  const result = output(d, [count, channels, rows, columns], input.dtype, input.device)
  const shift = aligned ? 0.5 : 0
  for (let k = 0; k < count; k++) {
    const [index, x1, y1, x2, y2] = Array.from({ length: 5 }, (_, i) => regions[5 * k + i])
    const [left, top] = [x1 * scale - shift, y1 * scale - shift]
    let [regionWidth, regionHeight] = [x2 * scale - shift - left, y2 * scale - shift - top]
    if (!aligned) [regionWidth, regionHeight] = [Math.max(regionWidth, 1), Math.max(regionHeight, 1)]
    const [binHeight, binWidth] = [regionHeight / rows, regionWidth / columns]
    const gridHeight = sampling > 0 ? sampling : Math.ceil(regionHeight / rows)
    const gridWidth = sampling > 0 ? sampling : Math.ceil(regionWidth / columns)
    const samples = Math.max(gridHeight * gridWidth, 1)
    for (let c = 0; c < channels; c++) {
      const plane = (index * channels + c) * height * width
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let sum = 0
          for (let a = 0; a < gridHeight; a++) {
            const y = top + i * binHeight + ((a + 0.5) * binHeight) / gridHeight
            for (let b = 0; b < gridWidth; b++)
              sum += sample(values, plane, height, width, y, left + j * binWidth + ((b + 0.5) * binWidth) / gridWidth)
          }
          result.data[((k * channels + c) * rows + i) * columns + j] = sum / samples
        }
      }
    }
  }
  return result.finish()
}

export const visionKernels: KernelTable = {
  'torchvision::nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor': nms,
  'torchvision::roi_align(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width, int sampling_ratio, bool aligned) -> Tensor':
    roiAlign,
}
