/** Operators of torchvision's library that scripted detectors call; the same rows as in the generated table. */
export const torchvisionSchemas: Record<string, readonly (readonly [text: string, composite?: string, tags?: readonly string[]])[]> = {
  'torchvision::nms': [['torchvision::nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor']],
  'torchvision::roi_align': [
    ['torchvision::roi_align(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width, int sampling_ratio, bool aligned) -> Tensor'],
  ],
}
