/**
 * What eager mode checks around operators that write to tensors or view them, and the versions that it counts: one for each operator that writes, whatever its
 * kernels do, shared by all views. Messages are PyTorch's (torch/csrc/autograd/VariableTypeUtils.h, aten/src/ATen/MemoryOverlap.cpp).
 */
import type { Operator } from '@tsjit/ops'
import { RuntimeError } from '@tsjit/types'
import { isGradEnabled, isInferenceModeEnabled } from './grad-mode.ts'
import { isNonOverlappingAndDense, sameSizes } from './shape.ts'
import type { Storage } from './storage.ts'
import { Tensor } from './tensor.ts'
import { activeTrace } from './tracing.ts'

export interface WriteRules {
  readonly name: string
  /** Indices of the arguments that are written. */
  readonly written: readonly number[]
  /** All of them are `out` arguments. */
  readonly isOut: boolean
  /** Whether results are views of the first argument. */
  readonly isView: boolean
  /** Whether the written memory may overlap itself: nothing is computed from it, or metadata alone is written. */
  readonly mayOverlap: boolean
  /** Whether other arguments may overlap the written memory. */
  readonly mayAlias: boolean
  /** Whether they may not even be the same memory in the same order. */
  readonly mustBeApart: boolean
}

const metadata =
  /^(t|transpose|swapaxes|swapdims|squeeze|unsqueeze|as_strided|detach|resize|resize_as|set|requires_grad|retain_grad|rename|set_data)_?$/
/** PyTorch writes these into expanded tensors too. */
const idempotent = new Set(['zero_', 'fill_', 'index_fill_', 'masked_fill_', 'index_put_', '_index_put_impl_'])
/** What is written must share nothing at all with these operators' other arguments: they read some of them after the first write. */
const apart = /^(_index_put_impl_|index_put_|index_fill_|index_copy_|index_add_|index_reduce_|scatter_|scatter_add_|scatter_reduce_)$/
/** Not a write in the sense of versions and leaves. */
const flags = new Set(['detach_', 'requires_grad_', 'retain_grad'])

export function writeRules({ schema }: Operator): WriteRules | undefined {
  const name = schema.name.slice(schema.name.indexOf('::') + 2)
  const written = schema.args.flatMap((argument, i) => (argument.alias?.isWrite ? [i] : []))
  const isView = written.length === 0 && name !== 'detach' && schema.returns.some((result) => result.alias && !result.alias.isWrite)
  if (flags.has(name) || (written.length === 0 && !isView)) return undefined
  const isMetadata = metadata.test(name)
  return {
    name,
    written,
    isOut: written.length > 0 && written.every((i) => schema.args[i].kwargOnly),
    isView,
    mayOverlap: isMetadata || idempotent.has(name),
    mayAlias: isMetadata,
    mustBeApart: apart.test(name),
  }
}

function* tensorsOf(value: unknown): Generator<Tensor> {
  if (value instanceof Tensor) yield value
  else if (Array.isArray(value)) for (const item of value) if (item instanceof Tensor) yield item
}

/** Whether PyTorch's autograd would follow it: a leaf that requires grad, or a view of one. */
const requiresGrad = (tensor: Tensor): boolean => tensor.requiresGrad || tensor.viewOf?.base.requiresGrad === true

/** Runs an operator between the checks. Throws TSJ_WRITE_LEAF, TSJ_WRITE_OVERLAP, TSJ_WRITE_INFERENCE. */
export function checkedWrite<T>(rules: WriteRules | undefined, values: readonly unknown[], run: () => T): T {
  const trace = activeTrace()
  // the checks are no part of a program that is traced
  const quietly = <R>(body: () => R): R => (trace ? trace.pause(body) : body())
  const versions = quietly(() => versionsBefore(rules, values))
  const result = run()
  for (const [storage, version] of versions) storage.version = version + 1
  quietly(() => (rules?.isView ? noteViews(rules, values[0], result) : noteFresh(values, result)))
  return result
}

/** Whether an operator's calls need `checkOverlaps`. */
export function checksOverlaps(rules: WriteRules | undefined): rules is WriteRules {
  return rules !== undefined && rules.written.length > 0 && !(rules.mayOverlap && rules.mayAlias)
}

/** What every mode checks of written tensors, before anything is written: throws TSJ_WRITE_OVERLAP. */
export function checkOverlaps(rules: WriteRules, values: readonly unknown[]): void {
  for (const i of rules.written) for (const tensor of tensorsOf(values[i])) checkOverlap(rules, tensor, values)
}

function checkOverlap({ name, mayOverlap, mayAlias, mustBeApart }: WriteRules, tensor: Tensor, values: readonly unknown[]): void {
  // a copy onto itself is none
  if (name === 'copy_' && values[1] === tensor) return
  if (!mayOverlap) checkInternalOverlap(tensor)
  if (!mayAlias) checkPartialOverlap(tensor, values, mustBeApart && !isMaskedFill(values))
}

/** index_put_ of one number where one mask is true is masked_fill_. */
function isMaskedFill([, indices, value]: readonly unknown[]): boolean {
  if (!Array.isArray(indices) || !(value instanceof Tensor) || value.numel !== 1) return false
  const [mask, ...others] = indices.filter((index) => index instanceof Tensor)
  return mask?.dtype === 'bool' && others.length === 0
}

/** Checks what is written, and the versions of it. */
function versionsBefore(rules: WriteRules | undefined, values: readonly unknown[]): Map<Storage, number> {
  const versions = new Map<Storage, number>()
  if (rules) {
    if (rules.written.length > 0) checkGrad(rules, values)
    for (const i of rules.written) {
      for (const tensor of tensorsOf(values[i])) {
        checkInference(tensor)
        checkOverlap(rules, tensor, values)
        versions.set(tensor.storage, tensor.storage.version)
      }
    }
  }
  return versions
}

function checkGrad({ name, written, isOut }: WriteRules, values: readonly unknown[]): void {
  if (!isGradEnabled()) return
  if (isOut) {
    for (const value of values)
      for (const tensor of tensorsOf(value)) {
        if (requiresGrad(tensor)) {
          throw refused(
            'TSJ_WRITE_LEAF',
            `${name}(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.`,
          )
        }
      }
    return
  }
  for (const i of written) {
    for (const tensor of tensorsOf(values[i])) {
      const { viewOf } = tensor
      if (requiresGrad(tensor) && (name === 'resize_' || name === 'resize_as_'))
        throw refused('TSJ_WRITE_LEAF', 'cannot resize variables that require grad')
      if (!viewOf?.base.requiresGrad) {
        if (tensor.requiresGrad)
          throw refused('TSJ_WRITE_LEAF', 'a leaf Variable that requires grad is being used in an in-place operation.')
        continue
      }
      if (viewOf.several) {
        throw refused(
          'TSJ_WRITE_LEAF',
          `Output ${viewOf.several.index} of ${viewOf.several.operator} is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.`,
        )
      }
      throw refused('TSJ_WRITE_LEAF', 'a view of a leaf Variable that requires grad is being used in an in-place operation.')
    }
  }
}

function refused(code: string, reason: string): RuntimeError {
  return new RuntimeError(code, reason, { hint: 'write inside torch.no_grad(() => …), or to a detach()ed tensor' })
}

function checkInference({ storage }: Tensor): void {
  if (!storage.isInference || isInferenceModeEnabled()) return
  throw new RuntimeError('TSJ_WRITE_INFERENCE', 'Inplace update to inference tensor outside InferenceMode is not allowed.', {
    hint: 'make a clone() to get a normal tensor before doing inplace update',
  })
}

function checkInternalOverlap({ shape, strides }: Tensor): void {
  for (let i = 0; i < shape.length; i++) {
    if (strides[i] !== 0 || shape[i] <= 1 || shape.includes(0)) continue
    throw new RuntimeError(
      'TSJ_WRITE_OVERLAP',
      'unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.',
    )
  }
}

function checkPartialOverlap(target: Tensor, values: readonly unknown[], apart: boolean): void {
  for (const [i, value] of values.entries()) {
    for (const other of tensorsOf(value)) {
      const sameTensor = other === target && !(apart && i > 0)
      if (sameTensor || other.storage !== target.storage || !overlapsPartly(target, other, apart)) continue
      throw new RuntimeError(
        'TSJ_WRITE_OVERLAP',
        'unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation.',
      )
    }
  }
}

/** Of two dense tensors in one storage: they share bytes, but (unless `wholly`) are not the same ones in the same order. Others are too hard to tell. */
function overlapsPartly(a: Tensor, b: Tensor, wholly: boolean): boolean {
  if (a.numel === 0 || b.numel === 0) return false
  if (!isNonOverlappingAndDense(a.shape, a.strides) || !isNonOverlappingAndDense(b.shape, b.strides)) return false
  const [beginA, beginB] = [a.offset * a.itemSize, b.offset * b.itemSize]
  const [endA, endB] = [beginA + a.numel * a.itemSize, beginB + b.numel * b.itemSize]
  if (beginA === beginB && endA === endB) return wholly || !sameSizes(a.strides, b.strides)
  return beginA < endB && beginB < endA
}

function noteViews({ name }: WriteRules, self: unknown, result: unknown): void {
  if (!(self instanceof Tensor)) return
  const base = self.viewOf?.base ?? self
  const inherited = self.viewOf?.several
  let index = 0
  for (const view of tensorsOf(result)) {
    // What views only where it can (`reshape`, `to`) may have made a copy, or nothing new at all.
    if (view !== self && view.storage === self.storage) {
      const several = Array.isArray(result) ? { operator: operatorTitle(name), index } : inherited
      view.viewOf = several ? { base, several } : { base }
    }
    index++
  }
}

/** `unbind` as PyTorch titles it. */
function operatorTitle(name: string): string {
  const of = name === 'chunk' ? 'split' : name
  return of.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Results of their own memory begin at version 0, however often their kernels wrote. */
export function noteFresh(values: readonly unknown[], result: unknown): void {
  const inferring = isInferenceModeEnabled()
  for (const made of tensorsOf(result)) {
    if (made.storage.version === 0 && !inferring) continue
    let isGiven = false
    for (const value of values) for (const given of tensorsOf(value)) isGiven ||= given.storage === made.storage
    if (isGiven) continue
    made.storage.version = 0
    made.storage.isInference = inferring
  }
}
