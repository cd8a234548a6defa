import type { ClassType } from '@tsjit/types'

/** Names that the body of a Python class assigns, for what is said where an object is asked for one. */
export const classAttributes = new WeakMap<ClassType, ReadonlySet<string>>()
