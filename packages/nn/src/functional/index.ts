/** `torch.nn.functional`: operators under their names, and the functions that Python adds to them. */
export { canonicalMask, multiHeadAttention, type MultiHeadAttentionOptions, squareSubsequentMask } from './attention.ts'
export * from './generated.ts'
export { interpolate, type InterpolateMode, type InterpolateOptions } from './interpolate.ts'
export * from './loss.ts'
export { localResponseNorm, normalize } from './normalization.ts'
export { pad, type PaddingMode } from './padding.ts'
export { lpPool, maxPool, maxUnpool } from './pooling.ts'
export * from './simple.ts'
