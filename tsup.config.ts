import { existsSync } from 'node:fs'
import { defineConfig } from 'tsup'

/** One configuration for every package: ES modules for Node 20, workspace packages left as imports. Types come from `tsc -b`. */
export default defineConfig({
  entry: ['src/index.ts', ...['src/backend.ts', 'src/main.ts', 'src/replay.ts'].filter((file) => existsSync(file))],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  splitting: true,
  sourcemap: true,
  clean: false,
  dts: false,
  outExtension: () => ({ js: '.js' }),
})
