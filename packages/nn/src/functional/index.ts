/** `torch.nn.functional`: operators under their names, and the functions that Python adds to them. */
export { canonicalMask, type MultiHeadAttentionOptions, multiHeadAttention, squareSubsequentMask } from './attention.ts'
export * from './generated/operators.ts'
export { type InterpolateMode, type InterpolateOptions, interpolate } from './interpolate.ts'
export * from './loss.ts'
export { localResponseNorm, normalize } from './normalization.ts'
export { type PaddingMode, pad } from './padding.ts'
export { lpPool, maxPool, maxUnpool } from './pooling.ts'
export * from './simple.ts'
