/**
 * Sorting and selecting by the very steps of PyTorch's CPU build, which decide where equal values end up: the introspective sort,
 * the n-th element and the partial sort of the GNU C++ library (quicksort by the median of three, insertion sort below 17 elements, heap
 * sort where the recursion gets deep), and PyTorch's own quickselect (Sedgewick 1978). All work on a list of positions.
 */

/** Whether position `a` comes before position `b`. */
export type Before = (a: number, b: number) => boolean

type Order = Float64Array | number[]

const shortRange = 16
const depthOf = (length: number): number => 2 * Math.floor(Math.log2(length))

function swap(order: Order, i: number, j: number): void {
  const kept = order[i]
  order[i] = order[j]
  order[j] = kept
}

/** `std::sort` over `order[first..last)`. */
export function introSort(order: Order, before: Before, first = 0, last = order.length): void {
  if (last - first < 2) return
  sortLoop(order, before, first, last, depthOf(last - first))
  if (last - first <= shortRange) return insertionSort(order, before, first, last)
  insertionSort(order, before, first, first + shortRange)
  for (let i = first + shortRange; i < last; i++) insertBackwards(order, before, i)
}

function sortLoop(order: Order, before: Before, first: number, last: number, depth: number): void {
  while (last - first > shortRange) {
    if (depth-- === 0) return partialSort(order, before, first, last, last)
    const cut = partition(order, before, first, last)
    sortLoop(order, before, cut, last, depth)
    last = cut
  }
}

/** `std::nth_element`: what belongs at `nth` gets there, what comes before it in front. */
export function nthElement(order: Order, before: Before, nth: number, first = 0, last = order.length): void {
  if (first === last || nth === last) return
  let depth = depthOf(last - first)
  while (last - first > 3) {
    if (depth-- === 0) {
      heapSelect(order, before, first, nth + 1, last)
      return swap(order, first, nth)
    }
    const cut = partition(order, before, first, last)
    if (cut <= nth) first = cut
    else last = cut
  }
  insertionSort(order, before, first, last)
}

/** `std::partial_sort`: the first elements in order up to `middle`. */
export function partialSort(order: Order, before: Before, first: number, middle: number, last: number): void {
  heapSelect(order, before, first, middle, last)
  for (let end = middle - 1; end > first; end--) popHeap(order, before, first, end, end)
}

/** Splits around the median of the second, the middle and the last element; where the second part starts. */
function partition(order: Order, before: Before, first: number, last: number): number {
  const [a, b, c] = [first + 1, first + ((last - first) >> 1), last - 1]
  const median = before(order[a], order[b])
    ? before(order[b], order[c])
      ? b
      : before(order[a], order[c])
        ? c
        : a
    : before(order[a], order[c])
      ? a
      : before(order[b], order[c])
        ? c
        : b
  swap(order, first, median)
  const pivot = order[first]
  let low = first + 1
  let high = last
  for (;;) {
    while (before(order[low], pivot)) low++
    high--
    while (before(pivot, order[high])) high--
    if (low >= high) return low
    swap(order, low, high)
    low++
  }
}

function insertionSort(order: Order, before: Before, first: number, last: number): void {
  for (let i = first + 1; i < last; i++) {
    const value = order[i]
    if (before(value, order[first])) {
      order.copyWithin(first + 1, first, i)
      order[first] = value
    } else insertBackwards(order, before, i)
  }
}

/** Moves the element at `at` down to its place; something not after it stands in front. */
function insertBackwards(order: Order, before: Before, at: number): void {
  const value = order[at]
  for (; before(value, order[at - 1]); at--) order[at] = order[at - 1]
  order[at] = value
}

function heapSelect(order: Order, before: Before, first: number, middle: number, last: number): void {
  const length = middle - first
  for (let parent = Math.floor((length - 2) / 2); length > 1 && parent >= 0; parent--)
    settle(order, before, first, parent, length, order[first + parent])
  for (let i = middle; i < last; i++) if (before(order[i], order[first])) popHeap(order, before, first, middle, i)
}

/** Puts the heap's top at `to` and what stood there into the heap `[first, last)`. */
function popHeap(order: Order, before: Before, first: number, last: number, to: number): void {
  const value = order[to]
  order[to] = order[first]
  settle(order, before, first, 0, last - first, value)
}

function settle(order: Order, before: Before, first: number, hole: number, length: number, value: number): void {
  const top = hole
  let child = hole
  while (child < Math.floor((length - 1) / 2)) {
    child = 2 * (child + 1)
    if (before(order[first + child], order[first + child - 1])) child--
    order[first + hole] = order[first + child]
    hole = child
  }
  if (length % 2 === 0 && child === (length - 2) / 2) {
    child = 2 * (child + 1)
    order[first + hole] = order[first + child - 1]
    hole = child - 1
  }
  for (let parent = (hole - 1) >> 1; hole > top && before(order[first + parent], value); parent = (hole - 1) >> 1) {
    order[first + hole] = order[first + parent]
    hole = parent
  }
  order[first + hole] = value
}

/** PyTorch's quickselect: what belongs at `k` gets there. */
export function quickSelect(order: Order, before: Before, k: number): void {
  const after: Before = (a, b) => before(b, a)
  let left = 0
  let right = order.length - 1
  while (right > left) {
    if (right === left + 1) {
      if (after(order[left], order[right])) swap(order, left, right)
      return
    }
    swap(order, (left + right) >> 1, left + 1)
    if (after(order[left + 1], order[right])) swap(order, left + 1, right)
    if (after(order[left], order[right])) swap(order, left, right)
    if (after(order[left + 1], order[left])) swap(order, left + 1, left)
    let i = left + 1
    let j = right
    const pivot = order[left]
    for (;;) {
      do i++
      while (after(pivot, order[i]))
      do j--
      while (after(order[j], pivot))
      if (j < i) break
      swap(order, i, j)
    }
    swap(order, left, j)
    if (j <= k) left = i
    if (j >= k) right = j - 1
  }
}
