export {
  enableGrad as enable_grad,
  inferenceMode as inference_mode,
  isGradEnabled as is_grad_enabled,
  isInferenceModeEnabled as is_inference_mode_enabled,
  noGrad as no_grad,
} from '@tsjit/runtime'
