/** `einsum`: subscripts, repeated subscripts (diagonals), `...`, and any number of operands, contracted pair by pair. */
import { RuntimeError } from '@tsjit/types'
import type { Dispatch, TensorLike } from '../dispatch.ts'

const fail = (text: string): never => {
  throw new RuntimeError('TSJ_EINSUM', `einsum(): ${text}`)
}

/** Labels are letters; those of the ellipsis are numbers counted from its end, so that they broadcast. */
type Label = string

function parseOperand(text: string, ndim: number, index: number): Label[] {
  const labels: Label[] = []
  let ellipsis = -1
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === ' ') continue
    if (c === '.') {
      if (ellipsis >= 0) fail(`found '.' for operand ${index} for which an ellipsis was already found`)
      if (text.slice(i, i + 3) !== '...') fail(`found '.' for operand ${index} that is not part of any ellipsis`)
      ellipsis = labels.length
      i += 2
    } else if (/[A-Za-z]/.test(c)) labels.push(c)
    else fail(`invalid subscript given at index ${i} in the equation string, subscripts must be in [a-zA-Z]`)
  }
  const covered = ndim - labels.length
  if (ellipsis < 0 ? covered !== 0 : covered < 0) {
    fail(
      `the number of subscripts in the equation (${labels.length}) ${ellipsis < 0 ? 'does not match' : 'is more than'} the number of dimensions (${ndim}) for operand ${index}${ellipsis < 0 ? ' and no ellipsis was given' : ''}`,
    )
  }
  if (ellipsis >= 0) labels.splice(ellipsis, 0, ...Array.from({ length: covered }, (_, i) => `.${covered - 1 - i}`))
  return labels
}

function parseOutput(text: string, ellipsis: Label[], sizes: ReadonlyMap<Label, number>): Label[] {
  const labels: Label[] = []
  let found = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === ' ') continue
    if (c === '.') {
      if (found) fail("found '.' for output but an ellipsis (...) was already found")
      if (text.slice(i, i + 3) !== '...') fail("found '.' for output that is not part of any ellipsis (...)")
      found = true
      labels.push(...ellipsis)
      i += 2
    } else if (/[A-Za-z]/.test(c)) {
      if (labels.includes(c)) fail(`output subscript ${c} appears more than once in the output`)
      if (!sizes.has(c)) fail(`output subscript ${c} does not appear in the equation for any input operand`)
      labels.push(c)
    } else fail(`invalid subscript given at index ${i} in the equation string, subscripts must be in [a-zA-Z]`)
  }
  return labels
}

/** Repeated labels become diagonals. */
function takeDiagonals(op: Dispatch, tensor: any, labels: Label[], index: number): [any, Label[]] {
  const kept = [...labels]
  for (let i = 0; i < kept.length; i++) {
    for (let j = kept.length - 1; j > i; j--) {
      if (kept[j] !== kept[i]) continue
      if (tensor.shape[i] !== tensor.shape[j]) {
        fail(`subscript ${kept[i]} is repeated for operand ${index} but the sizes don't match, ${tensor.shape[j]} != ${tensor.shape[i]}`)
      }
      tensor = op.call('aten::movedim.int', op.call('aten::diagonal', tensor, 0, i, j), -1, i)
      kept.splice(j, 1)
    }
  }
  return [tensor, kept]
}

/** Sums over labels that nobody else wants. */
function sumOut(op: Dispatch, tensor: any, labels: Label[], wanted: ReadonlySet<Label>): [any, Label[]] {
  const gone = labels.flatMap((label, i) => (wanted.has(label) ? [] : [i]))
  if (gone.length === 0) return [tensor, labels]
  return [op.call('aten::sum.dim_IntList', tensor, gone), labels.filter((label) => wanted.has(label))]
}

/** Contracts two operands to the labels that are wanted, by one batched matrix product. */
function contract(op: Dispatch, a: any, la: Label[], b: any, lb: Label[], wanted: ReadonlySet<Label>): [any, Label[]] {
  const sizeA = (label: Label): number => a.shape[la.indexOf(label)]
  const sizeB = (label: Label): number => b.shape[lb.indexOf(label)]
  // what only one has, or what is 1 in one, is summed on its own side
  const own = (x: any, lx: Label[], other: Label[], size: (l: Label) => number, otherSize: (l: Label) => number): [any, Label[]] =>
    sumOut(op, x, lx, new Set(lx.filter((l) => wanted.has(l) || (other.includes(l) && !(size(l) !== 1 && otherSize(l) === 1)))))
  const [a1, la1] = own(a, la, lb, sizeA, sizeB)
  const [b1, lb1] = own(b, lb, la, sizeB, sizeA)
  const shared = la1.filter((l) => lb1.includes(l))
  const sa = (l: Label): number => a1.shape[la1.indexOf(l)]
  const sb = (l: Label): number => b1.shape[lb1.indexOf(l)]
  const batch = shared.filter((l) => wanted.has(l))
  const summed = [...shared.filter((l) => !wanted.has(l))]
  const freeA = la1.filter((l) => !lb1.includes(l) && wanted.has(l))
  const freeB = lb1.filter((l) => !la1.includes(l) && wanted.has(l))
  // a label of size 1 that the other side has summed already
  const dropA = la1.filter((l) => !lb1.includes(l) && !wanted.has(l))
  const dropB = lb1.filter((l) => !la1.includes(l) && !wanted.has(l))
  const [a2, la2] = sumOut(op, a1, la1, new Set(la1.filter((l) => !dropA.includes(l))))
  const [b2, lb2] = sumOut(op, b1, lb1, new Set(lb1.filter((l) => !dropB.includes(l))))
  const batchSizes = batch.map((l) => (sa(l) === 1 ? sb(l) : sa(l)))
  const product = (labels: Label[], size: (l: Label) => number): number => labels.reduce((n, l) => n * size(l), 1)
  const arrange = (x: any, lx: Label[], order: Label[], last: number[]): any => {
    const permuted = op.call(
      'aten::permute',
      x,
      order.map((l) => lx.indexOf(l)),
    )
    const grown = op.call('aten::expand', permuted, [...batchSizes, ...order.slice(batch.length).map((l) => x.shape[lx.indexOf(l)])])
    return op.call('aten::reshape', grown, [batchSizes.reduce((n, s) => n * s, 1), ...last])
  }
  const depth = product(summed, sa)
  const left = arrange(a2, la2, [...batch, ...freeA, ...summed], [product(freeA, sa), depth])
  const right = arrange(b2, lb2, [...batch, ...summed, ...freeB], [depth, product(freeB, sb)])
  const result = op.call('aten::bmm', left, right)
  return [op.call('aten::reshape', result, [...batchSizes, ...freeA.map(sa), ...freeB.map(sb)]), [...batch, ...freeA, ...freeB]]
}

export function einsum(op: Dispatch, equation: string, tensors: readonly TensorLike[], path: readonly number[] | null): unknown {
  if (tensors.length === 0) fail('must provide at least one operand')
  const arrow = equation.indexOf('->')
  const inputs = (arrow < 0 ? equation : equation.slice(0, arrow)).split(',')
  if (inputs.length < tensors.length) fail('more operands were provided than specified in the equation')
  if (inputs.length > tensors.length) fail('fewer operands were provided than specified in the equation')
  const labels = inputs.map((text, i) => parseOperand(text, tensors[i].ndim, i))
  const sizes = new Map<Label, number>()
  let operands: [any, Label[]][] = tensors.map((t, i) => takeDiagonals(op, t, labels[i], i))
  operands.forEach(([tensor, own], i) => {
    own.forEach((label, j) => {
      const size = tensor.shape[j]
      const known = sizes.get(label)
      if (known === undefined || known === 1) sizes.set(label, size)
      else if (size !== 1 && size !== known)
        fail(`subscript ${label} has size ${size} for operand ${i} which does not broadcast with previously seen size ${known}`)
    })
  })
  const ellipsis = [...sizes.keys()].filter((l) => l.startsWith('.')).sort((x, y) => Number(y.slice(1)) - Number(x.slice(1)))
  const counts = new Map<Label, number>()
  for (const own of labels) for (const label of own) counts.set(label, (counts.get(label) ?? 0) + 1)
  // without an arrow: the labels that occur once, sorted as characters, after the ellipsis
  const output =
    arrow < 0
      ? [...ellipsis, ...[...counts.keys()].filter((l) => !l.startsWith('.') && counts.get(l) === 1).sort((x, y) => (x < y ? -1 : 1))]
      : parseOutput(equation.slice(arrow + 2), ellipsis, sizes)

  const steps = path ? [...path] : []
  while (operands.length > 1) {
    const i = steps.length ? steps.shift()! : 0
    const j = steps.length ? steps.shift()! : 1
    if (i === j || i >= operands.length || j >= operands.length) fail('path has operands that do not exist')
    const [first, second] = [operands[i], operands[j]]
    const rest = operands.filter((_, k) => k !== i && k !== j)
    const wanted = new Set([...output, ...rest.flatMap(([, own]) => own)])
    const merged = contract(op, first[0], first[1], second[0], second[1], wanted)
    operands = path ? [...rest, merged] : [merged, ...rest]
  }
  const [result, own] = sumOut(op, operands[0][0], operands[0][1], new Set(output))
  return op.call(
    'aten::permute',
    result,
    output.map((label) => own.indexOf(label)),
  )
}
