/** `import * as torch from 'tsjit'`: the same exports, and the same instances, as `@tsjit/torch`. */
export * from '@tsjit/torch'
