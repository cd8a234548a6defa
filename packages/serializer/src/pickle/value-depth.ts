import type { PickleContext } from './pickle-global.ts'
import { PyDict, PyObject, PySet, PyTuple } from './python-values.ts'

interface Frame {
  value: object
  children: readonly unknown[]
  next: number
  height: number
}

/**
 * Refuses values that are nested deeper than `maxDepth` (TSJ_PICKLE_DEPTH), so that those who walk a value may recurse. Cycles
 * count once round. Shared values are walked once.
 */
export function checkDepth(root: unknown, maxDepth: number, context: PickleContext): void {
  const heights = new Map<object, number>()
  const frames: Frame[] = []
  const enter = (value: object): void => {
    // Present while it is walked: a cycle ends here.
    heights.set(value, 0)
    frames.push({ value, children: childrenOf(value), next: 0, height: 1 })
  }
  if (!isContainer(root)) return
  enter(root)
  while (frames.length > 0) {
    const frame = frames[frames.length - 1]
    if (frames.length > maxDepth || frame.height > maxDepth) {
      throw context.error('TSJ_PICKLE_DEPTH', `values are nested deeper than ${maxDepth}`, 'raise maxDepth if you trust the file')
    }
    if (frame.next < frame.children.length) {
      const child = frame.children[frame.next++]
      if (!isContainer(child)) continue
      const known = heights.get(child)
      if (known === undefined) enter(child)
      else frame.height = Math.max(frame.height, known + 1)
    } else {
      frames.pop()
      heights.set(frame.value, frame.height)
      const parent = frames[frames.length - 1]
      if (parent) parent.height = Math.max(parent.height, frame.height + 1)
    }
  }
}

function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || value instanceof PyTuple || value instanceof PyDict || value instanceof PyObject || value instanceof PySet
}

function childrenOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value instanceof PyTuple) return value.items
  if (value instanceof PyDict) return [...[...value].flat(), value.attributes]
  if (value instanceof PySet) return [...value]
  const object = value as PyObject
  return [...object.args, object.keywords, object.state]
}
