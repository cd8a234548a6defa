/** Operators of torchvision's library that scripted detectors call; the same rows as in the generated table. */
export const torchvisionSchemas: Record<string, readonly (readonly [text: string, composite?: string, tags?: readonly string[]])[]> = {
  'torchvision::nms': [['torchvision::nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor']],
  'torchvision::roi_align': [
    [
      'torchvision::roi_align(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width, int sampling_ratio, bool aligned) -> Tensor',
    ],
  ],
  'torchvision::roi_pool': [
    [
      'torchvision::roi_pool(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width) -> (Tensor, Tensor)',
    ],
  ],
  'torchvision::ps_roi_align': [
    [
      'torchvision::ps_roi_align(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width, int sampling_ratio) -> (Tensor, Tensor)',
    ],
  ],
  'torchvision::ps_roi_pool': [
    [
      'torchvision::ps_roi_pool(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width) -> (Tensor, Tensor)',
    ],
  ],
  'torchvision::deform_conv2d': [
    [
      'torchvision::deform_conv2d(Tensor input, Tensor weight, Tensor offset, Tensor mask, Tensor bias, SymInt stride_h, SymInt stride_w, SymInt pad_h, SymInt pad_w, SymInt dilation_h, SymInt dilation_w, SymInt groups, SymInt offset_groups, bool use_mask) -> Tensor',
    ],
  ],
}
