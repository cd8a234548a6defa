/** Views that copy, and views written to by a copy of the whole. */
import { RuntimeError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const views = [
  'alias',
  'as_strided',
  'detach',
  'diagonal',
  'expand',
  'permute',
  'select.int',
  'slice.Tensor',
  'squeeze',
  'squeeze.dim',
  'squeeze.dims',
  't',
  'transpose.int',
  'unfold',
  'unsqueeze',
  'view',
  'view.dtype',
  'view_as_complex',
  'view_as_real',
  'split.Tensor',
  'split_with_sizes',
  'unbind.int',
  'narrow',
  '_reshape_alias',
  'lift_fresh',
] as const

const copyName = (view: string): string => {
  const [name, overload] = view.split('.')
  return `aten::${name}_copy${overload ? `.${overload}` : ''}`
}

const contiguousFormat = 0

/** The view, then a contiguous copy of it (or of each in the list). */
function copyOf(view: string) {
  return (op: Dispatch, ...args: unknown[]): unknown => {
    const result = op.call(`aten::${view}`, ...args)
    const copy = (tensor: unknown) => op.call('aten::clone', tensor, contiguousFormat)
    return Array.isArray(result) ? result.map(copy) : copy(result)
  }
}

/** A copy of `self` in which the view holds `src`. */
function scatterInto(view: string) {
  return (op: Dispatch, self: TensorLike, src: TensorLike, ...args: unknown[]): unknown => {
    const result = op.call('aten::clone', self)
    const place = op.call(`aten::${view}`, result, ...args) as TensorLike
    if (place.shape.length !== src.shape.length || place.shape.some((size, i) => size !== src.shape[i])) {
      throw new RuntimeError(
        'TSJ_SHAPE_SCATTER',
        `expected src to have a size equal to the slice of self. src size = [${src.shape.join(', ')}], slice size = [${place.shape.join(', ')}]`,
      )
    }
    op.call('aten::copy_', place, src)
    return result
  }
}

export const viewCopyDecompositions: DecompositionTable = {
  ...Object.fromEntries(views.map((view) => [copyName(view), copyOf(view)])),
  'aten::_reshape_copy': copyOf('reshape'),
  'aten::_conj_copy': copyOf('conj_physical'),
  'aten::_neg_view_copy': (op, self) => op.call('aten::neg', self),
  'aten::_lazy_clone': (op, self) => op.call('aten::clone', self),
  'aten::select_scatter': scatterInto('select.int'),
  'aten::slice_scatter': scatterInto('slice.Tensor'),
  'aten::diagonal_scatter': scatterInto('diagonal'),
  'aten::as_strided_scatter': scatterInto('as_strided'),
}
